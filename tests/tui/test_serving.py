"""The app in a browser: a real server on loopback, and a client that speaks as the page does."""

import asyncio
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, WSServerHandshakeError

from store import intake
from store.home import Home
from store.places import place
from tui.commands import serve

PATIENCE = 30.0
TITLE = "Water rises in Orn"
TEXT = f"{TITLE}\n\n" + "\n\n".join(f"Line {number} says that the water rose again." for number in range(200))
KEYS = b"Commands"
"""In the line of keys, which is drawn when the text has the focus."""
Run = Callable[..., tuple[int, str, str]]


class Served:
    """`briefbook serve` in a process of its own, and its address."""

    def __init__(self, *words: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", "serve", "--port", "0", *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout
        self.opening = self.process.stdout.readline().strip()
        """The whole address, with its key."""
        self.address, _, self.key = self.opening.partition("?key=")

    def end(self) -> tuple[int, str]:
        """Ctrl-C, which goes to all processes of a terminal; the exit status and what was said."""
        os.killpg(self.process.pid, signal.SIGINT)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "it's a report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def served(report: Path) -> Iterator[Served]:
    made = Served(report)
    yield made
    made.close()


def browser() -> ClientSession:
    """A client that keeps cookies, also those of addresses in figures."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True))


@asynccontextmanager
async def window(served: Served) -> AsyncIterator[ClientWebSocketResponse]:
    """A window in which the app is there, and has all its keys."""
    async with ClientSession() as session:
        origin = {"Origin": served.address.rstrip("/")}
        async with session.ws_connect(
            f"{served.address}ws?width=100&height=30&key={served.key}", headers=origin
        ) as opened:
            seen = await until(opened, KEYS)
            assert TITLE.encode() in seen and b"Line 3 " in seen
            yield opened


async def until(opened: ClientWebSocketResponse, what: bytes) -> bytes:
    """What the app draws until `what` was in it."""
    seen = b""
    async with asyncio.timeout(PATIENCE):
        while what not in seen:
            message = await opened.receive()
            assert message.type is WSMsgType.BINARY, (message, seen[-500:])
            seen += message.data
    return seen


async def eventually(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.02)


def position(home: Home, report: Path) -> int:
    return place(home.library, intake.read(str(report)))


async def test_the_page_needs_no_other_host(served: Served) -> None:
    async with browser() as session, session.get(served.opening) as answer:
        page = await answer.text()
        assert str(answer.url) == served.address and served.key not in page
        assert answer.status == 200 and "default-src 'none'" in answer.headers["Content-Security-Policy"]
        named = re.findall(r"""(?:src|href)="([^"]*)"|url\("([^"]*)"\)""", page)
        paths = {path or url for path, url in named} - {"data:,"}
        assert len(paths) > 4 and all(path.startswith("/") and not path.startswith("//") for path in paths)
        for path in paths:
            async with session.get(served.address + path[1:]) as part:
                assert part.status == 200 and await part.read(), path
        host = served.address.removeprefix("http://").rstrip("/")
        assert re.findall(r"https?://|ws://[^\"]*", page) == [f"ws://{host}/ws"]


async def test_a_window_shows_the_app_takes_keys_and_leaves_as_it_closes(
    served: Served, home: Home, report: Path
) -> None:
    async with window(served) as opened:
        await opened.send_str(json.dumps(["stdin", "G"]))
        await until(opened, b"Line 199 ")
    await eventually(lambda: position(home, report))
    assert served.end()[0] == 0


async def test_a_window_is_closed_when_its_app_has_ended_or_nonsense_came(served: Served) -> None:
    for sent in (["stdin", "q"], ["stdin", None]):
        async with window(served) as opened:
            await opened.send_str(json.dumps(sent))
            async with asyncio.timeout(PATIENCE):
                while (await opened.receive()).type is WSMsgType.BINARY:
                    pass
            assert opened.closed
    assert "Traceback" not in served.end()[1]


async def test_what_cannot_be_opened_any_more_closes_the_window_and_is_said(served: Served, report: Path) -> None:
    report.unlink()
    async with ClientSession() as session:
        origin = {"Origin": served.address.rstrip("/")}
        async with (
            session.ws_connect(f"{served.address}ws?key={served.key}", headers=origin) as opened,
            asyncio.timeout(PATIENCE),
        ):
            assert (await opened.receive()).type is WSMsgType.CLOSE
    status, said = served.end()
    assert status == 0 and "there is no such file" in said and "Traceback" not in said


async def test_ctrl_c_ends_it_with_open_windows(served: Served, home: Home, report: Path) -> None:
    async with window(served) as opened:
        await opened.send_str(json.dumps(["stdin", "G"]))
        await until(opened, b"Line 199 ")
        status, said = await asyncio.to_thread(served.end)
        assert (status, said) == (0, "briefbook: open this address in a browser; Ctrl-C ends it\n")
    assert position(home, report)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")
async def test_no_app_outlives_a_killed_server(served: Served) -> None:
    pid = served.process.pid
    async with window(served):
        (app,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        served.process.kill()
        await eventually(lambda: _has_ended(app))


def _has_ended(pid: str) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


async def test_requests_of_other_pages_are_refused(served: Served) -> None:
    port = served.address.rstrip("/").rpartition(":")[2]
    own, foreign = f"http://127.0.0.1:{port}", "https://elsewhere.example"
    sockets = (
        {"Origin": foreign},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {},
        {"Origin": foreign, "Host": "elsewhere.example"},
    )
    pages = ({"Host": f"elsewhere.example:{port}"}, {"Host": "127.0.0.1.elsewhere.example"}, {"Origin": foreign})
    async with browser() as session:
        async with session.get(served.opening) as answer:
            assert answer.status == 200
        for headers in sockets:
            with pytest.raises(WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{own}/ws?key={served.key}", headers=headers)
        for headers in pages:
            async with session.get(own, headers=headers) as answer:
                assert (answer.status, "elsewhere" in await answer.text()) == (403, False), headers
        # As through a tunnel, which has another port at its other end.
        for host in ("localhost:9999", "127.0.0.1:9999", "[::1]:9999"):
            async with session.get(own, headers={"Host": host}) as answer:
                assert answer.status == 200 and f'"ws://{host}/ws"' in await answer.text()
        async with session.get(own, headers={"Host": 'localhost:1"><script>'}) as answer:
            assert "><script>" not in await answer.text()


async def test_without_the_key_nothing_is_answered(served: Served) -> None:
    origin = {"Origin": served.address.rstrip("/")}
    async with browser() as session:
        for query in ("", "?key=", f"?key={served.key}x", "?key=%ff%00"):
            for path in ("", "browser.js", "static/css/xterm.css"):
                async with session.get(f"{served.address}{path}{query}") as answer:
                    assert answer.status == 403 and served.key not in await answer.text()
            with pytest.raises(WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{served.address}ws{query}", headers=origin)
        async with session.get(served.opening, allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert answer.status == 302 and "HttpOnly" in cookie and "SameSite=Strict" in cookie
        async with session.ws_connect(f"{served.address}ws", headers=origin) as opened:
            await until(opened, TITLE.encode())


def test_another_host_is_warned_of() -> None:
    served = Served("--host", "0.0.0.0")
    try:
        assert served.process.stderr
        said = served.process.stderr.readline()
    finally:
        served.close()
    assert said.startswith(f"briefbook: whoever learns the key of {served.address} acts as you here")


def test_an_address_that_cannot_be_had_is_one_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, out, err = run("serve", "--port", taken.getsockname()[1])
    assert (status, out, err.count("\n")) == (1, "", 1) and "another program listens there" in err
    status, out, err = run("serve", "--host", "192.0.2.1", "--port", 0)
    assert (status, out, err.count("\n")) == (1, "", 1) and "it cannot be listened at (" in err
    status, out, err = run("serve", "--host", "\0" * 70, "--port", 0)
    assert (status, out, err.count("\n")) == (1, "", 1) and "there is no such address" in err


def test_what_is_not_there_is_not_served(run: Run, tmp_path: Path) -> None:
    status, out, err = run("serve", tmp_path / "none.txt", "-", "ftp://elsewhere.example/")
    assert (status, out, err.count("\n")) == (1, "", 3) and "none.txt: there is no such file" in err
    for port in ("-1", "65536", "x"):
        status, out, err = run("serve", f"--port={port}")
        assert (status, out, err.count("\n")) == (2, "", 1) and "briefbook serve --help" in err


def test_without_the_extra_one_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['textual_serve'] = None; from tui.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'pip install "briefbook[serve]"' in done.stderr


def test_the_shell_gets_names_as_they_are() -> None:
    names = ["/tmp/it's", "/tmp/$(x) `y`; z & w\n*", 'https://elsewhere.example/?a=1&b="2"', "/tmp/-o"]
    assert shlex.split(serve.command(names))[-4:] == names
    shown = subprocess.run(
        serve.command(names).replace("-m tui", "-c 'import sys; print(sys.argv[1:])'"),
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout == f"{names}\n"


def test_the_reader_is_refused_a_pipe_unless_a_browser_is_at_its_end(report: Path) -> None:
    for driver in ("", "textual.drivers.web_driver:Other"):
        done = subprocess.run(
            [sys.executable, "-m", "tui", str(report)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False, env={**os.environ, "TEXTUAL_DRIVER": driver},
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "") and "needs a terminal" in done.stderr
