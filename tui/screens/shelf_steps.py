"""What was done on the shelf, so that it can be taken back and done again, and the words for it. No Textual in here.

Only what was done since the app was opened: what is said of articles has no history on the disk.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from store.marks import State

Doing = Callable[[], object]
"""Does something to articles; called in the desk's thread."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done on the shelf."""

    words: str
    """What, in a few words."""
    undo: Doing
    redo: Doing
    row: str = ""
    """The key of the row that it was done on: the cursor goes back to it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A state of articles that an action turns on, or off when all of them have it."""

    state: State
    on: tuple[str, str]
    """What was done when it was turned on: said of one article, and of several after their number."""
    off: tuple[str, str]
    """The same when it was turned off."""


TURNS: Mapping[str, Turn] = {
    "star_book": Turn("starred", ("Starred", "starred"), ("No star any more", "without a star now")),
    "archive_book": Turn("archived", ("Put away", "put away"), ("On the shelf again", "on the shelf again")),
    "read_book": Turn("read", ("Read", "read"), ("Not read", "not read")),
}
"""By the id of the action."""


def turned(turn: Turn, before: Mapping[str, bool]) -> tuple[bool, int]:
    """Whether articles that were as `before` says are turned on, and how many of them that changes."""
    on = not all(before.values())
    return on, sum(was != on for was in before.values())


def turned_words(turn: Turn, before: Mapping[str, bool]) -> str:
    """What was done to these articles, where those that were put away are found included."""
    on, count = turned(turn, before)
    one, several = turn.on if on else turn.off
    words = one if len(before) == 1 else f"{articles(count)} {several}"
    if on and turn.state == "archived":
        words += f"; is:archived finds {'it' if count == 1 else 'them'}"
    return words


def articles(count: int) -> str:
    """`1 article`, `2 articles`."""
    return f"{count:,} article{'' if count == 1 else 's'}"
