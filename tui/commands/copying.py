"""The clipboard from the command line: the terminal's own way to it (OSC 52), tmux's, the desktop's."""

import base64

from store.errors import BriefbookError
from tui import clipboard
from tui.commands.streams import say


def copy(text: str) -> None:
    """Copy `text` and say by which roads.

    Raises:
        BriefbookError: there is no terminal and no tool that could take it.
    """
    reached: list[bool] = []
    roads = clipboard.copy(text, lambda words: reached.append(_by_terminal(words)))
    roads = roads if any(reached) else roads.removeprefix("terminal").removeprefix(", ")
    if not roads:
        raise BriefbookError("there is no clipboard in reach", "", "print it and pipe it to what can copy")
    say(f"copied {len(text):,} characters ({roads})")


def _by_terminal(text: str) -> bool:
    coded = base64.b64encode(text.encode("utf-8", "replace")).decode()
    try:
        with open("/dev/tty", "w", encoding="ascii") as terminal:  # noqa: PTH123
            terminal.write(f"\x1b]52;c;{coded}\a")
    except OSError:
        return False
    return True
