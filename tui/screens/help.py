"""The help screen: every action of this place first, then all others, with the keys as they are mapped."""

from collections.abc import Iterable

from textual.content import Content

from tui.actions import ACTIONS, Action, Keymap, Where, shown
from tui.panes.actors import SIGNS as KINDS
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


class HelpScreen(TextScreen):
    """Help for a place."""

    def __init__(self, keys: Keymap, here: Iterable[Where]) -> None:
        super().__init__("Keys", help_content(keys, here))
