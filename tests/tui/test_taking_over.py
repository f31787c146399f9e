"""A real pseudo-terminal: the first page, keys typed before the app is there, and what is left when it has ended."""

import os
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import intake
from store.home import Home
from store.library import Library

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs POSIX terminals")

ENTER, LEAVE, SHOWN = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?2026l"
KEYS_OF_THE_APP = b"Commands"
PATIENCE = 60.0
QUESTIONS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
TEXT = "\n\n".join(f"Line {number} of the report says that the water rose again." for number in range(80))


class Window:
    """A terminal window with a program in it."""

    def __init__(self, *words: str, **environment: str) -> None:
        self.master, self.slave = os.openpty()
        termios.tcsetwinsize(self.slave, (30, 100))
        self.before = termios.tcgetattr(self.slave)
        self.seen = b""
        variables = {"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        self.program = subprocess.Popen(
            [sys.executable, *words], stdin=self.slave, stdout=self.slave, stderr=self.slave,
            env={**os.environ, **variables}, preexec_fn=self._own_terminal,
        )  # fmt: skip

    def _own_terminal(self) -> None:
        os.setsid()
        import fcntl

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def read(self) -> None:
        """Take what is there, and answer what is asked."""
        if not select.select([self.master], [], [], 0.05)[0]:
            return
        data = os.read(self.master, 65_536)
        self.seen += data
        for question, answer in QUESTIONS.items():
            if question in data:
                os.write(self.master, answer)

    def until(self, what: bytes) -> None:
        """Read until that was seen."""
        until = time.monotonic() + PATIENCE
        while what not in self.seen:
            assert time.monotonic() < until, f"{what!r} never came, but {self.seen[-2000:]!r}"
            self.read()

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self) -> int:
        """Read until the program ends; its exit status."""
        until = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            assert time.monotonic() < until, f"it never ended: {self.seen[-2000:]!r}"
            self.read()
        while select.select([self.master], [], [], 0)[0]:
            self.read()
        return self.program.returncode

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def window() -> Iterator[type[Window]]:
    """Opens windows; they are closed afterwards."""
    opened: list[Window] = []

    def make(*words: str, **environment: str) -> Window:
        opened.append(Window(*words, **environment))
        return opened[-1]

    yield make  # type: ignore[misc]
    for one in opened:
        one.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def position(home: Home, path: Path) -> int:
    with Library(home.library) as library:
        known = library.identify(intake.read(str(path)))
        assert known is not None
        return library.position(known)


def test_keys_typed_before_the_app_is_there_are_kept_and_not_echoed(home: Home, report: Path, window) -> None:
    here = window("-m", "tui", str(report))
    here.until(SHOWN)
    here.type(b"jjjq")
    assert here.end() == 0
    assert b"jjj" not in here.seen
    assert TEXT[: position(home, report)].count("\n\n") == 3  # `j` passes over blank rows
    assert termios.tcgetattr(here.slave) == here.before


def test_keys_typed_before_python_has_begun_are_kept(home: Home, report: Path, window) -> None:
    here = window("-m", "tui", str(report))
    here.type(b"jjjq")
    assert here.end() == 0
    assert position(home, report) > 0
    assert termios.tcgetattr(here.slave) == here.before


def test_the_app_takes_over_without_a_flicker(report: Path, window) -> None:
    here = window("-m", "tui", str(report))
    here.until(KEYS_OF_THE_APP)
    first, _, rest = here.seen.partition(SHOWN)
    assert first.startswith(ENTER) and b"Line 0 of the report" in first
    between = rest[: rest.index(b"Line 0 of the report")]
    assert not re.search(rb"\x1b\[\??[0-3]?J|\x1b\[\?(?:1049|1047|47)[hl]|\x1bc", between)
    here.type(b"q")
    assert here.end() == 0
    assert here.seen.count(ENTER) == here.seen.count(LEAVE) == 1


def test_the_second_opening_shows_the_place_where_reading_stopped(report: Path, window) -> None:
    here = window("-m", "tui", str(report))
    here.until(KEYS_OF_THE_APP)
    here.type(b"Gq")
    assert here.end() == 0
    again = window("-m", "tui", str(report))
    again.until(SHOWN)
    assert b"Line 79 of the report" in again.seen.partition(SHOWN)[0]
    again.type(b"q")
    assert again.end() == 0


@pytest.mark.parametrize("moment", [SHOWN, KEYS_OF_THE_APP])
def test_a_program_that_is_ended_from_outside_puts_everything_back(report: Path, moment: bytes, window) -> None:
    here = window("-m", "tui", str(report))
    here.until(moment)
    here.program.send_signal(signal.SIGTERM)
    assert here.end() == -signal.SIGTERM
    assert here.seen.count(LEAVE) == 1
    assert termios.tcgetattr(here.slave) == here.before


EDITOR = """\
#!/bin/sh
trap 'echo "Written after Ctrl-C." > "$1"; exit 0' INT
echo the editor is here
while :; do sleep 0.1; done
"""


def test_in_an_editor_ctrl_c_is_the_editors(report: Path, tmp_path: Path, window) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o700)
    here = window("-m", "tui", str(report), EDITOR=str(editor))
    here.until(KEYS_OF_THE_APP)
    here.type(b"e")
    here.until(b"the editor is here")
    here.type(b"\x03")
    here.until(b"Note saved")
    here.type(b"q")
    assert here.end() == 0
    assert termios.tcgetattr(here.slave) == here.before


def test_an_editor_that_is_not_there_gives_the_terminal_back(report: Path, window) -> None:
    here = window("-m", "tui", str(report), EDITOR="/nowhere/editor")
    here.until(KEYS_OF_THE_APP)
    here.type(b"e")
    here.until(b"the editor cannot be run")
    here.type(b"q")
    assert here.end() == 0
    assert termios.tcgetattr(here.slave) == here.before


HOLDING = """
import os
from tui.terminal import Terminal
with Terminal() as terminal:
    assert terminal.hold() and terminal.hold()
    terminal.show("page")
    {then}
"""


@pytest.mark.parametrize(
    ("then", "keys", "status"),
    [
        ("while True: pass", b"\x03", -signal.SIGINT),  # Ctrl-C; a read may begin after the signal and never end
        ("raise SystemExit(7)", b"", 7),
        ("1 / 0", b"", 1),
        ("assert os.read(0, 9) == b'\\r\\x1a\\x11'", b"\r\x1a\x11", 0),  # Enter, Ctrl-Z, Ctrl-Q are keys
    ],
)
def test_everything_is_put_back_whatever_ends_it(then: str, keys: bytes, status: int, window) -> None:
    here = window("-c", HOLDING.format(then=then))
    here.until(SHOWN)
    here.type(keys)
    assert here.end() == status
    assert here.seen.count(ENTER) == here.seen.count(LEAVE) == 1
    assert termios.tcgetattr(here.slave) == here.before


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"COLORTERM": ""}])
def test_a_terminal_that_cannot_do_it_is_opened_in_the_usual_way(report: Path, environment: dict, window) -> None:
    here = window("-m", "tui", str(report), **environment)
    here.until(KEYS_OF_THE_APP)
    assert b"Line 0 of the report" not in here.seen.partition(b"\x1b[?1000h")[0]
    here.type(b"q")
    assert here.end() == 0
    assert termios.tcgetattr(here.slave) == here.before


@pytest.mark.parametrize(("name", "says"), [("nothing.txt", b"there is no such file"), ("empty.txt", b"it is empty")])
def test_a_file_that_cannot_be_read_leaves_no_trace(tmp_path: Path, window, name: str, says: bytes) -> None:
    (tmp_path / "empty.txt").touch()
    here = window("-m", "tui", str(tmp_path / name))
    assert here.end() == 1
    assert ENTER not in here.seen and says in here.seen
    assert termios.tcgetattr(here.slave) == here.before
