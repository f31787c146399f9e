"""What a newer version of an article changed, as a text to read: what was there behind a minus, what is there now
behind a plus, the words that differ set off.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from textual.content import Content

from tui.changes import Change, Changes
from tui.panes.differences import Side, compared
from tui.panes.lines import clean
from tui.screens.help import Hanging
from tui.screens.text import TextScreen

_MOST = 500
"""Changes of a kind that are shown."""
_UNKNOWN = "  Figures and quotes can be compared when both texts are analysed.\n"


class ChangedScreen(TextScreen):
    """The differences between the open text and the one before it."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(f"What changed since the text of {_moment(changes.since)}", content(changes))

    def body(self) -> Hanging:
        """What shows the text."""
        return Hanging(self._body, id="shown-text", markup=False)


def content(changes: Changes) -> Content:
    """All changes, by kind."""
    parts = [
        *_section("Figures", changes.figures or ()),
        *_section("Quotes", changes.quotes or ()),
        *_section("Text", changes.paragraphs),
    ]
    if changes.figures is None or changes.quotes is None:
        parts.append(Content(_UNKNOWN))
    return Content("").join(parts) if parts else Content("  Nothing but white space.")


def _section(title: str, changes: Iterable[Change]) -> Iterator[Content]:
    changes = list(changes)
    if not changes:
        return
    yield Content.styled(f"{title}\n", "bold $accent")
    for change in changes[:_MOST]:
        yield from _both(change)
    if len(changes) > _MOST:
        yield Content(f"  … and {len(changes) - _MOST:,} more\n")
    yield Content("\n")


def _both(change: Change) -> Iterator[Content]:
    old, new = clean(change.old), clean(change.new)
    was, now = compared(old, new) if old and new else (Side(old, [], 0), Side(new, [], 0))
    if old:
        yield _side("−", was)
    if new:
        yield _side("+", now)


def _side(sign: str, side: Side) -> Content:
    words = Content(side.text)
    for start, end in side.differs:
        words = words.stylize("bold underline", start, end)
    return Content.assemble((f"  {sign} ", "bold"), words, "\n")


def _moment(seen: str) -> str:
    try:
        return datetime.fromisoformat(seen).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return seen
