"""The help screen: every action of this place first, then all others, with the keys as they are mapped.

The words stand in a column beside the keys at every width, and beneath them where beside them is no room.
"""

from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tui.actions import ACTIONS, Action, Keymap, Where
from tui.keymaps import shown
from tui.panes.actors import SIGNS as KINDS
from tui.panes.lines import width_of, wrap
from tui.panes.numbers import SIGNS as RELATIONS
from tui.screens.text import TextScreen

TITLES: dict[Where, str] = {
    "everywhere": "Everywhere",
    "reading": "Reading",
    "selecting": "Selecting",
    "lists": "Lists",
    "actors": "Actors",
    "numbers": "Numbers",
    "quotes": "Quotes",
    "notes": "Notes",
    "shelf": "Shelf",
}
_KEY_CELLS = 24
_LEAST = 24
"""Cells that the words need beside the keys; where there are fewer they stand beneath them."""
_BENEATH = 6
"""Cells that they are indented there."""
_MOST_LINES = 50


def help_content(keys: Keymap, here: Iterable[Where]) -> Content:
    """All actions by place, those of `here` first; then what the signs in the panes mean."""
    here = tuple(here)
    places = [*here, *(place for place in TITLES if place not in here)]
    parts: list[Content] = []
    for place in places:
        actions = [action for action in ACTIONS if action.where == place]
        if actions:
            parts.append(Content.styled(f"{TITLES[place]}\n", "bold $accent"))
            parts.extend(_line(action, keys) for action in actions)
            parts.append(Content("\n"))
    parts.append(_signs())
    return Content("").join(parts)


def _line(action: Action, keys: Keymap) -> Content:
    names = "  ".join(shown(key) for key in keys[action.id]) or "(no key)"
    return Content.assemble((f"  {names:<{_KEY_CELLS}}", "bold"), f"{action.help}\n")


def _signs() -> Content:
    kinds = "   ".join(f"{sign} {kind}" for kind, sign in KINDS.items())
    relations = "≈ about   < > ≤ ≥ less, more, at most, at least   ↑ up by   ↓ down by"
    assert set(RELATIONS) == {"=", "~", "<", ">", "<=", ">=", "up", "down"}
    return Content.assemble(
        ("Signs\n", "bold $accent"),
        f"  {kinds}\n  {relations}\n",
        "  ·▂▅█ where in the article an actor stands, from its start to its end\n",
        "  ?    the machine is not sure of this row\n",
    )


def hanging(line: Content, width: int) -> Iterator[Content]:
    """One line of the help on as many lines of `width` cells as it takes: its words stand under one another.

    The words begin where the first style ends; without one they are indented by two.
    """
    start = max((span.end for span in line.spans[:1]), default=2)
    head, words = line[:start], line.plain[start:]
    if width_of([(line.plain, "")]) <= width or not words.strip():
        yield line
        return
    column = start if width - start >= _LEAST or not line.spans else _BENEATH
    pieces = _wrapped(line[start:], max(1, width - column))
    if column < start:
        yield head.rstrip()
    else:
        yield Content.assemble(head, pieces.pop(0))
    yield from (Content.assemble(" " * column, piece) for piece in pieces)


def _wrapped(words: Content, width: int) -> list[Content]:
    """`words` in lines of `width` cells, in their looks."""
    lines, at = [], 0
    for piece in wrap(words.plain, width, _MOST_LINES):
        start = words.plain.find(piece, at)
        lines.append(words[start : start + len(piece)] if start >= 0 else Content(piece))
        at = max(at, start)
    return lines


class Hanging(Static):
    """A text whose lines hang, whatever the width."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as that takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines at the width that there is."""
        return Content("\n").join(self._lines(self.content_size.width))

    def on_resize(self) -> None:
        """Other lines at another width."""
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[Content]:
        body = self.content if isinstance(self.content, Content) else Content(str(self.content))
        return [piece for line in body.split("\n") for piece in hanging(line, width)]


class HelpScreen(TextScreen):
    """Help for a place."""

    def body(self) -> Hanging:
        """What shows the text."""
        return Hanging(self._body, id="shown-text", markup=False)

    def __init__(self, keys: Keymap, here: Iterable[Where]) -> None:
        super().__init__("Keys", help_content(keys, here))
