"""What becomes of a change when another window changed the same thing meanwhile: both are kept.

The operations of `store.notebook` are put together from these; each works on the file's state as it is by then.
"""

from collections.abc import Iterable

from store.annotation import Correction, Highlight, Note, to_json
from store.notefile import CORRECTIONS, HIGHLIGHTS, NOTES
from store.tablefile import Document
from store.undo import Change


def merged(change: Change, table: str, old: Highlight | Note, new: Highlight | Note) -> Document:
    """The document as it stands, with what differs between `old` and `new`; one deleted meanwhile comes back."""
    before = to_json(old)
    fields = {key: value for key, value in to_json(new).items() if value != before[key]}
    return {**(change.get(table, new.id) or before), **fields}


def put_note(change: Change, document: Document, on: Highlight | None) -> None:
    """Put the note, and its highlight when that was deleted meanwhile."""
    if on is not None and change.get(HIGHLIGHTS, on.id) is None:
        change.put(HIGHLIGHTS, to_json(on))
    change.put(NOTES, document)


def take_out(change: Change, gone: Iterable[Highlight | Note | Correction]) -> None:
    """Remove those of `gone` that still stand as they are given, and of the highlights those without notes by then."""
    tables = {Note: NOTES, Correction: CORRECTIONS, Highlight: HIGHLIGHTS}
    for kind, table in tables.items():
        here = [one.id for one in gone if isinstance(one, kind) and change.get(table, one.id) == to_json(one)]
        change.remove(table, [key for key in here if kind is not Highlight or not change.ids(NOTES, "highlight", key)])


def keep_other_text(change: Change, old: Note, new: Note, spare: str) -> None:
    """Two windows rewrote the same note: what the other one wrote becomes a note of its own."""
    fresh = change.get(NOTES, old.id)
    if fresh is not None and old.text != new.text and fresh["text"] not in (old.text, new.text):
        change.put(NOTES, {**fresh, "id": spare})


def hold_together(change: Change) -> bool:
    """Whether every note that `change` leaves behind, and every one on what it removes, still has its highlight."""
    notes = (change.get(NOTES, key) for key in change.before.get(NOTES, {}))
    gone = (key for key in change.before.get(HIGHLIGHTS, {}) if change.get(HIGHLIGHTS, key) is None)
    wanted = {note["highlight"] for note in notes if note and note["highlight"]}
    return all(change.get(HIGHLIGHTS, key) for key in wanted) and not any(
        change.ids(NOTES, "highlight", key) for key in gone
    )
