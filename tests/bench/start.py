"""How long it takes until the article is on the screen, beside the smallest program of the toolkit, in turn.

    python tests/bench/start.py FILE [--rounds 10] [--size 120x40]

Each program runs in a pseudo-terminal that answers nothing. Printed are milliseconds of clock and of processor until
the first page, until the toolkit's own first frame, and until the first frame of a Textual program of one line; then
the ratios to the latter, pair by pair. Look at ratios: milliseconds are those of the machine. Run it twice: the first
opening has the file analysed. Linux only.
"""

import argparse
import fcntl
import os
import pty
import signal
import statistics
import struct
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("Briefing start")
Hello().run()
"""
FIRST_PAGE, FRAME = b"\x1b[?2026l", b"Commands"
"""What ends the first page, and what stands in the line of keys of the toolkit's first frame."""
PATIENCE = 60.0


class Time(NamedTuple):
    """Milliseconds since the program was started."""

    clock: float
    processor: float


def measure(words: list[str], wanted: bytes, size: tuple[int, int]) -> Time:
    """How long Python with these arguments takes to write `wanted`; it is killed then."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.execv(sys.executable, [sys.executable, *words])
    try:
        seen = b""
        while wanted not in seen:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{wanted!r} never came from {words}")
            seen += os.read(terminal, 65_536)
        taken = (time.perf_counter() - began) * 1000
        return Time(taken, int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def compare(path: Path, rounds: int, size: tuple[int, int]) -> dict[str, list[Time]]:
    """The times of `rounds` rounds, by what was waited for."""
    programs = {
        "first page": (["-m", "tui", str(path)], FIRST_PAGE),
        "first frame": (["-m", "tui", str(path)], FRAME),
        "one line": (["-c", HELLO], b"Briefing start"),
    }
    found: dict[str, list[Time]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (words, wanted) in programs.items():
            found[name].append(measure(words, wanted, size))
    return found


def main() -> None:
    """Print a line each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--size", default="120x40")
    options = parser.parse_args()
    columns, _, rows = options.size.partition("x")
    found = compare(options.file, options.rounds, (int(columns), int(rows)))
    print(f"{'until':12}{'clock ms':>10}{'cpu ms':>10}{'x one line':>12}{'range':>14}")
    for name, times in found.items():
        ratios = [one.clock / other.clock for one, other in zip(times, found["one line"], strict=True)]
        clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
        spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
        print(f"{name:12}{clock:10.0f}{processor:10.0f}{statistics.median(ratios):12.2f}{spread:>14}")


if __name__ == "__main__":
    main()
