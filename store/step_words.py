"""What a step of undo is called: a few words that a reader recognises it by. It decides nothing."""

from store.annotation import Correction, Highlight, Note

_CORRECTED = {
    "rename": "{} renamed",
    "merge": "{}s merged",
    "split": "{} split",
    "reject": "{} rejected",
    "add": "{} added",
    "kind": "kind of {} changed",
    "set-speaker": "speaker set",
    "set-value": "value set",
}
_ROW = {"actors": "actor", "numbers": "number", "quotes": "quote"}


def changed_highlight(old: Highlight, new: Highlight) -> str:
    """What makes `new` of `old` ("colour changed"); general words when it is more than one thing."""
    words = {"selector": "placed", "colour": "colour changed", "tags": "tags changed"}
    said = [word for field, word in words.items() if getattr(old, field) != getattr(new, field)]
    return said[0] if len(said) == 1 else "highlight changed"


def changed_note(old: Note, new: Note) -> str:
    """What makes `new` of `old`."""
    return "note changed" if old.text != new.text else "tags changed"


def corrected(one: Correction) -> str:
    """What a correction puts right ("actor renamed", "speaker set")."""
    return _CORRECTED[one.kind].format(_ROW[one.pane])
