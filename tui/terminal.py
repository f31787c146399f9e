"""The terminal before the toolkit has it: keys are kept and not echoed, the alternate screen is on, all is put back.

From `hold` on nothing that is typed shows or is lost: it stays in the terminal's queue, where the toolkit's driver
(`tui.toolkit`) finds it. Whatever ends the program, `release` leaves the terminal as it was. What is shown meanwhile is
the business of `tui.first_page`. POSIX only: elsewhere nothing is held and nothing is shown early. So it is where a
browser takes the terminal's place.
"""

import os
import signal
import sys
from types import FrameType, TracebackType
from typing import Any, Self

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]

ENTER = "\x1b[?1049h"
"""Switches to the alternate screen; many terminals clear it, even when it is on already."""
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
"""Around what is to appear at once (synchronized output)."""
_HIDE_CURSOR, _NO_WRAP = "\x1b[?25l", "\x1b[?7l"
_LEAVE = "\x1b[?7h\x1b[?1049l\x1b[?25h"
_RESET = "".join(f"\x1b[?{mode}l" for mode in (1000, 1003, 1015, 1006, 1016, 1004, 2004, 2048)) + "\x1b[<u"
"""Turns off what the toolkit has terminals report: mouse, focus, pastes, sizes, keys in Kitty's way."""
_DUMB = ("", "dumb", "unknown")
_SIGNALS = ("SIGTERM", "SIGHUP")
_WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What textual-serve names to the processes that it starts."""


def in_browser() -> bool:
    """Whether the app is shown in a browser: then it speaks through two pipes with `briefbook serve`.

    There is no terminal then, and nothing but the toolkit may read standard input or write to standard output.
    """
    return os.environ.get("TEXTUAL_DRIVER") == _WEB_DRIVER and not any(map(os.isatty, (0, 1)))


class Terminal:
    """The terminal that the program was started in; use it in a `with` statement."""

    def __init__(self) -> None:
        self.attributes: list[Any] | None = None
        """What `tcgetattr` gave before; None while nothing is held."""
        self.shown = False
        """Whether the alternate screen is on with something on it."""
        self.taken = False
        """Whether the toolkit has taken over, which leaves the alternate screen by itself."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def hold(self) -> bool:
        """Take the keys: no echo, no lines, no flow control; whether that could be done. Twice is as good as once."""
        if self.attributes is not None:
            return True
        if termios is None or os.environ.get("TERM", "") in _DUMB or not all(map(os.isatty, (0, 1, 2))):
            return False
        try:
            before = termios.tcgetattr(0)
            termios.tcsetattr(0, termios.TCSANOW, _quiet(before))
        except termios.error:
            return False
        self.attributes = before
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), self._end)
        return True

    def show(self, page: str) -> None:
        """Turn the alternate screen on and draw `page` on it, at once. Only while the terminal is held."""
        self.shown = True
        # Standard error is where the toolkit draws: both must go the same way to stay in order.
        sys.stderr.flush()
        _write(ENTER + _HIDE_CURSOR + _NO_WRAP + _BEGIN + page + _END)

    def release(self) -> None:
        """Put everything back; nothing is done where nothing was held."""
        if self.attributes is None:
            return
        if self.shown and not self.taken:
            _write(_LEAVE)
        self._put_back()

    def _put_back(self) -> None:
        attributes, self.attributes, self.shown = self.attributes, None, False
        try:
            termios.tcsetattr(0, termios.TCSANOW, attributes or [])
        except termios.error:  # the window was closed
            return
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), signal.SIG_DFL)

    def _end(self, number: int, _: FrameType | None) -> None:
        """The program is being ended from outside: put everything back, then end as if nothing had been caught."""
        if self.shown or self.taken:
            _write(_RESET + _LEAVE)
        self._put_back()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def _quiet(attributes: list[Any]) -> list[Any]:
    """`attributes` as the toolkit's driver will set them, but that Ctrl-C still ends the program."""
    changed = [*attributes[:6], list(attributes[6])]
    changed[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    # A program that is stopped here would leave its screen to the shell.
    nothing = bytes([os.fpathconf(0, "PC_VDISABLE") & 0xFF])
    changed[6][termios.VSUSP] = changed[6][termios.VQUIT] = nothing
    return changed


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        try:
            data = data[os.write(2, data) :]
        except OSError:  # the window was closed
            return
