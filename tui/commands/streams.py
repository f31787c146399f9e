"""How commands speak: data to standard output, messages to standard error; nothing in either acts on a terminal."""

import sys
from typing import Any

from store.errors import BriefbookError, printable


def put(text: str) -> None:
    """One line of data for people."""
    sys.stdout.write(f"{printable(text)}\n")


def put_json(data: Any) -> None:
    """One line of data for programs."""
    from store.export import jsonl

    sys.stdout.write(jsonl.line(data))


def say(message: BriefbookError | str) -> None:
    """One line that is no data: what failed, or what was done."""
    sys.stderr.write(f"briefbook: {printable(str(message))}\n")


class Progress:
    """A line on standard error that is written over, on a terminal only."""

    def __init__(self) -> None:
        self._shown = False
        self._wanted = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Show `text` in place of what stood there."""
        if self._wanted:
            sys.stderr.write(f"\r\x1b[2K{printable(text)}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Leave an empty line for what comes next."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._shown = False
