"""Which keys mean what for this reader: presets, their own keys from `config.toml`, clashes; and how a key is written.

The actions and their standard keys stand in `tui.actions`. No Textual in here.
"""

from collections.abc import Mapping

from tui.actions import ACTIONS, LIST_PLACES, Keymap, Where, actions_in

PRESETS: dict[str, dict[str, str]] = {
    "standard": {},
    "vim": {
        "half_page_down": "ctrl+d",
        "page_down": "ctrl+f space pagedown",
        "page_up": "ctrl+b b pageup",
        "jump_back": "ctrl+o backspace",
        "redo": "ctrl+r U",
    },
    "less": {
        "line_down": "j e down",
        "line_up": "k y up",
        "half_page_down": "d ctrl+d",
        "page_down": "space f pagedown ctrl+f",
        "copy": "c",
        "colour": "C",
        "links": "F",
        "note_editor": "ctrl+e",
    },
    "arrows": {
        "line_down": "down",
        "line_up": "up",
        "next_sentence": "right",
        "previous_sentence": "left",
        "page_down": "pagedown space",
        "page_up": "pageup",
        "top": "home",
        "bottom": "end",
        "row_down": "down",
        "row_up": "up",
    },
}
"""What each preset changes of the standard keys, by action id; keys parted by blanks."""


def keymap(preset: str = "standard", overrides: Mapping[str, str] | None = None) -> Keymap:
    """The keys of every action under a preset and the reader's own `keys` from `config.toml` (parted by commas).

    Raises:
        KeyError: when the preset or an overridden action does not exist; the key is what is unknown.
    """
    keys = {item.id: item.keys for item in ACTIONS}
    for id_, text in PRESETS[preset].items():
        keys[id_] = tuple(text.split())
    for id_, text in (overrides or {}).items():
        if id_ not in keys:
            raise KeyError(id_)
        keys[id_] = tuple(key.strip() for key in text.split(",") if key.strip())
    return keys


def clashes(keys: Keymap) -> list[str]:
    """One sentence for each key that means two things in one place, in the order of the table."""
    told: dict[tuple[str, tuple[str, ...]], str] = {}
    for place, words in _PLACES.items():
        for key, ids in _users(keys, place).items():
            if len(ids) > 1:
                told.setdefault((key, ids), f"{shown(key)} means {' and '.join(ids)} {words}")
    return list(told.values())


_PLACES: dict[Where, str] = {
    "reading": "while reading",
    "selecting": "while selecting",
    "lists": "in lists",
    **{place: f"in the list of {place}" for place in LIST_PLACES if place != "shelf"},
    "shelf": "on the shelf",
}


def _users(keys: Keymap, place: Where) -> dict[str, tuple[str, ...]]:
    """The actions that a key may mean in a place. A selection takes the keys that it needs from those of everywhere."""
    outer: dict[str, tuple[str, ...]] = {}
    lists: tuple[Where, ...] = ("lists",) if place in LIST_PLACES else ()
    for where in ("everywhere", *lists, place):
        own: dict[str, tuple[str, ...]] = {}
        for item in actions_in(where):
            for key in keys[item.id]:
                own[key] = (*own.get(key, () if where == "selecting" else outer.get(key, ())), item.id)
        outer |= own
    return outer


_SHOWN = {
    "question_mark": "?", "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "shift+Tab",
    "backspace": "Backspace", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "left": "Left", "right": "Right", "up": "Up", "down": "Down",
}  # fmt: skip


def shown(key: str) -> str:
    """`key` as it is written in help, footer and README: `pagedown` is `PgDn`."""
    prefix, _, last = key.rpartition("+") if key != "+" else ("", "", "+")
    if prefix == "shift" and key in _SHOWN:
        return _SHOWN[key]
    last = _SHOWN.get(last, last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    return f"{prefix}+{last}" if prefix else last
