"""What the intake tests share: files written on the spot, and a web site on the loopback interface."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

Write = Callable[[str, str | bytes], str]
Behaviour = Callable[[BaseHTTPRequestHandler], None]
"""What a test does with a request itself, byte for byte."""


@dataclass
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """What the server answers, by path, and what it was asked."""

    url: str = ""
    server: Any = None
    pages: dict[str, Page | Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Answer `path` with `body`, and give its URL; names of headers are written with `_` for `-`."""
        told = {"Content-Type": kind} if kind else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(body if isinstance(body, bytes) else body.encode(), 200, told)
        return self.url + path

    def lead(self, path: str, target: str, status: int = 302) -> str:
        """Answer `path` with a redirect, and give its URL."""
        self.pages[path] = Page(b"", status, {"Location": target})
        return self.url + path

    def do(self, path: str, behaviour: Behaviour) -> str:
        """Let a function answer `path`, and give its URL."""
        self.pages[path] = behaviour
        return self.url + path


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    """A server in a thread of its own, ended when the block is left."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, Page(b"not here", 404))
            try:
                page(self) if callable(page) else self._send(page)
            except OSError:
                self.close_connection = True  # the reader had enough

        def _send(self, page: Page) -> None:
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in page.headers:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer((address, 0), Handler)
    site.server = server
    site.url = f"http://{address}:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests speak to the loopback interface, whatever the environment says of proxies."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    """A real web site without pages; a test puts some on it."""
    with serving() as site:
        yield site


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """Another one, at 127.0.0.2: tests make it count as public, since none of them may leave this computer."""
    try:
        with serving("127.0.0.2") as site:
            yield site
    except OSError:
        pytest.skip("this system has only one loopback address")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the test's own folder, text as UTF-8, and gives its path."""

    def written(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written
