"""What becomes of a change when another window changed the same thing meanwhile: both are kept.

The operations of `store.notebook` are put together from these; each works on the file's state as it is by then.
"""

from store.annotation import Highlight, Note, to_json
from store.notefile import HIGHLIGHTS, NOTES
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


def keep_other_text(change: Change, old: Note, new: Note, spare: str) -> None:
    """Two windows rewrote the same note: what the other one wrote becomes a note of its own."""
    fresh = change.get(NOTES, old.id)
    if fresh is not None and old.text != new.text and fresh["text"] not in (old.text, new.text):
        change.put(NOTES, {**fresh, "id": spare})
