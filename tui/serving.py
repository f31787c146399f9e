"""The web server of `briefbook serve`: its address, its page, who may open it, and one app process a window.

What an app draws and how keys get there is textual-serve's; all that is done with what that keeps private is in here.
Nothing but `tui.commands.serve` may import this module, because textual-serve is not always installed.
"""

import asyncio
import contextlib
import errno
import ipaddress
import os
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable
from html import escape
from importlib import resources
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, web
from textual_serve import server
from textual_serve.app_service import AppService

from store.errors import BriefbookError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""With every answer: nothing comes from other hosts, and no other page can show this one in a frame of its own.

The terminal in the page makes its styles by script, which needs 'unsafe-inline'.
"""
_SIZE = {"width": 80, "height": 24}
"""Columns and lines until the window tells its own."""
_HEARTBEAT = 15.0
"""Seconds between two looks whether a window is still there."""
_FAREWELL = 2.0
"""Seconds that a window has to say that it closes."""
_MALFORMED = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What textual-serve raises at a message that its page would never send; the window is closed then."""
_GRACE = 10.0
"""Seconds that the apps have to write what is left when the server ends."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at this address; with port 0 at a free one.

    Raises:
        BriefbookError: when there is no such address, or it is taken or not allowed.
    """
    named = _url(host, port)
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise BriefbookError("there is no such address", host or "''", "give one of this machine") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BriefbookError("another program listens there", named, "`--port 0` takes a free port") from error
        reason = os.strerror(error.errno or 0).lower()
        raise BriefbookError(f"it cannot be listened at ({reason})", named, "give another host or port") from error


class Window(AppService):
    """The app of one browser window."""

    async def run(self) -> None:
        """Pass on what the app draws; when it ends, in whatever way, the window is told."""
        try:
            await super().run()
        finally:
            await self.remote_close()
        if self._process is not None:
            # An app that cannot write, or waits for keys that nobody can press, would never end.
            await self._process.communicate(b"")


class Server(server.Server):
    """Serves the page, and an app to every window of it, to whoever has the key, and to this page only.

    Who has a window can run commands (`|` is a key of the reader), so that reaching the address is not enough: the
    address holds a key, made anew at each start, which becomes a cookie of the page. A page from elsewhere can have a
    browser connect to any address (cross-site WebSocket hijacking), which shows in `Origin`; and it can have its own
    name lead to any address (DNS rebinding), which shows in `Host`.
    """

    def __init__(self, command: str, listening: socket.socket, host: str) -> None:
        """Serve.

        Args:
            command: the line for the shell that opens the app.
            listening: where to listen, as `listen` gives it; the caller closes it.
            host: the name by which that was asked for.
        """
        where, port = listening.getsockname()[:2]
        address = ipaddress.ip_address(where)
        self.is_loopback = address.is_loopback
        """Whether only this machine reaches it."""
        self.root = _url(socket.gethostname() if address.is_unspecified else where, port)
        """Where it is found."""
        self._key = secrets.token_urlsafe(24)
        self._cookie = f"briefbook-{port}"
        self.address = f"{self.root}?key={self._key}"
        """What to type into a browser."""
        super().__init__(command, where, port, title="briefbook", public_url=self.root)
        self._listening = listening
        own = socket.gethostname().lower()
        self._names = {"localhost", host.lower(), own, f"{own}.local"} - {""}
        self._open: set[web.WebSocketResponse] = set()

    def serve(self, debug: bool = False) -> None:
        """Serve until SIGINT or SIGTERM. What the apps say when they have ended goes to standard error."""
        with contextlib.redirect_stdout(sys.stderr):
            web.run_app(
                self._make_app(), sock=self._listening, print=None, access_log=None, shutdown_timeout=_GRACE
            )  # fmt: skip

    async def _make_app(self) -> web.Application:
        made = await super()._make_app()
        made.router.add_get("/browser.js", self.handle_script)
        made.middlewares.append(self._guard)
        made.on_response_prepare.append(_add_headers)
        return made

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: the command has said the address."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Close all windows; their apps write what is left, and the server waits for that."""
        await asyncio.gather(*(window.close(code=WSCloseCode.GOING_AWAY) for window in self._open))

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page: our own, because that of textual-serve asks another host for its font.

        The key becomes a cookie first, so that it stands neither in the window's address nor in the browser's history.
        """
        if "key" in request.query:
            moved = web.HTTPFound("/")
            moved.set_cookie(self._cookie, self._key, httponly=True, samesite="Strict")
            raise moved
        page = _own("browser.html").replace("{host}", escape(request.host))
        return web.Response(text=page, content_type="text/html")

    async def handle_script(self, request: web.Request) -> web.Response:
        """What the page does besides textual-serve's script."""
        return web.Response(text=_own("browser.js"), content_type="text/javascript")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """An app for a window, which is asked to leave when the window is closed."""
        connection = web.WebSocketResponse(heartbeat=_HEARTBEAT, timeout=_FAREWELL)
        await connection.prepare(request)

        async def close() -> None:
            await connection.close()

        window = Window(
            self.command, write_bytes=connection.send_bytes, write_str=connection.send_str, close=close,
            download_manager=self.download_manager,
        )  # fmt: skip
        self._open.add(connection)
        try:
            await window.start(*(server.to_int(request.query.get(name, ""), size) for name, size in _SIZE.items()))
            with contextlib.suppress(*_MALFORMED):
                await self._process_messages(connection, window)
        finally:
            self._open.discard(connection)
            await window.stop()
        return connection

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not self._is_from_here(request):
            raise web.HTTPForbidden(text=f"briefbook answers its own page at {self.root} only.\n")
        if not self._has_key(request):
            raise web.HTTPForbidden(text="The key is missing: open the whole address that `briefbook serve` printed.\n")
        return await handler(request)

    def _has_key(self, request: web.Request) -> bool:
        given = request.query.get("key") or request.cookies.get(self._cookie, "")
        return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), self._key.encode())

    def _is_from_here(self, request: web.Request) -> bool:
        host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
        if origin is None:
            # Browsers name the origin of every WebSocket; pages that are merely looked at have none.
            return self._is_our_name(host) and request.path != "/ws"
        return self._is_our_name(host) and origin.partition("://")[2].lower() == host.lower()

    def _is_our_name(self, host: str) -> bool:
        """Whether `Host` is a name that nobody else can make lead here: an address in figures, or one of our own."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._names or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


def _own(name: str) -> str:
    return resources.files("tui").joinpath(name).read_text(encoding="utf-8")


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
