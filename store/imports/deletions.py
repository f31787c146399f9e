"""What was deleted in a notes file that was saved elsewhere, and which of that may be deleted here as well.

A file does not say what is not in it any more, but its history of undo does. That is followed only where nothing can be
lost by it: when nothing was done to the article here since, and of what is here only that which stands as it did.
What an undo there took away is kept: whether that step was done again here since cannot be told.
"""

from collections.abc import Mapping
from typing import Any

from store.annotation import Correction, Highlight, Note
from store.imports import Bundle, Past, jsonl
from store.notebook import Notebook
from store.notefile import CORRECTIONS, HIGHLIGHTS, NOTES
from store.undo import HISTORY, names

_TABLES = (HIGHLIGHTS, NOTES, CORRECTIONS)


def past_of(data: Mapping[str, Any]) -> Past:
    """What the history in a notes file's content says; nothing when it makes no sense."""
    try:
        history = data.get(HISTORY, {})
        gone: dict[str, list[Any]] = {table: [] for table in _TABLES}
        for step in history.values():
            for table in _TABLES:
                there = data.get(table, {})
                before = step["before"].get(table, {}).items()
                gone[table] += [document for id_, document in before if document is not None and id_ not in there]
        found = jsonl.bundle(gone)
        return Past((*found.highlights, *found.notes, *found.corrections), names(history))
    except (AttributeError, KeyError, TypeError, ValueError):
        return Past()


def deletions(notebook: Notebook, bundle: Bundle) -> list[Highlight | Note | Correction]:
    """What is to be deleted from `notebook`, as it stands there."""
    gone = set(bundle.past.deleted)
    if not gone or not _is_as_it_was(notebook, bundle.past):
        return []
    notes = [note for note in notebook.notes if note in gone]
    noted = {note.highlight for note in notebook.notes if note not in gone}
    highlights = [one for one in notebook.highlights if one in gone and one.id not in noted]
    return [*notes, *highlights, *(one for one in notebook.corrections if one in gone)]


def _is_as_it_was(notebook: Notebook, past: Past) -> bool:
    """Whether the file knows all that was done here: its last step, and every other that it has not forgotten as old.

    An undo or a redo gives a step another name; and what forgets an undone step is a new one, which is then the last.
    """
    here = notebook.history
    oldest = min(past.steps, default=0)
    known = set(past.steps.values())
    return bool(here) and all(name in known for number, name in here.items() if number >= min(oldest, max(here)))
