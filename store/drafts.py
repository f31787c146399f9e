"""Notes that are being written: kept while they are typed, so that no kill, closed window or power cut loses them.

One file a note, named after it and the process. The draft of a process that has gone becomes a note when its article
is opened next.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from store import atomic
from store.annotation import new_id
from store.errors import NotebookError
from store.home import Home, reason
from store.notebook import Notebook
from store.spans import Span

_NAME = "draft-{}.json"
_OWN = new_id()
"""Names this process: the system gives the number of one that has gone to another."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is not saved yet."""

    article: str
    """`Article.id`."""
    text: str
    span: Span | None = None
    """The passage that it is about; None for the article as a whole."""
    note: str = ""
    """`Note.id` of the note that is being changed; empty for a new one."""
    exact: str = ""
    """The words at `span`: the text may change until the draft is found again."""
    highlight: str = ""
    """`Highlight.id` of what it is on, when that has no place in the text; else empty."""
    id: str = ""
    """Tells it from the other drafts of this process: several notes may not be saved yet while another is written."""


def keep(home: Home, draft: Draft) -> None:
    """Keep what was typed so far, in place of what this process kept under that id before.

    Raises:
        NotebookError: it cannot be written.
    """
    path = _path(home, draft.id)
    try:
        atomic.write(path, json.dumps(asdict(draft), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")
    except OSError as error:
        raise NotebookError(f"the draft cannot be kept ({reason(error)})", path) from error


def drop(home: Home, id: str = "") -> None:  # noqa: A002 (the field's name)
    """Forget this process's draft of that id: the note was saved or thrown away.

    Raises:
        NotebookError: it cannot be removed, and becomes a note once more when its article is opened next.
    """
    path = _path(home, id)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotebookError(f"the draft of a note cannot be removed ({reason(error)})", path) from error


def recover(home: Home, notebook: Notebook) -> int:
    """Make notes of what processes that have gone were writing on the notebook's article; how many.

    Raises:
        NotebookError: a note cannot be saved; its draft stays.
    """
    found = (path for path in sorted(home.root.glob(_NAME.format("*"))) if not _lives(path))
    return sum(_recovered(home, notebook, path) for path in found)


def _recovered(home: Home, notebook: Notebook, path: Path) -> bool:
    draft = _read(path)
    if draft is None or draft.article != notebook.article.id:
        return False
    # Renamed, it is this process's: another window that is at the same leaves it alone. Who is late finds no file.
    mine = _path(home, new_id())
    try:
        path.rename(mine)
    except OSError:
        return False
    try:
        if draft.text.strip():
            _save(notebook, draft)
    except NotebookError:
        with suppress(OSError):
            mine.rename(path)
        raise
    with suppress(OSError):
        mine.unlink()
    return bool(draft.text.strip())


def _save(notebook: Notebook, draft: Draft) -> None:
    text = draft.text.strip()
    if draft.note and any(note.id == draft.note for note in notebook.notes):
        notebook.change_note(draft.note, text=text)
        return
    span = _span_now(notebook.article.text, draft)
    here = next((placed.highlight for placed in notebook.placed() if span and placed.span == span), None)
    if span is None and here is None:
        here = notebook.highlight(draft.highlight)
    if span is not None and here is None:
        notebook.add_note(text, span=span)
    elif text not in (note.text.strip() for note in notebook.notes_on(here.id if here else None)):
        # A kill may have left both the note and its draft.
        notebook.add_note(text, highlight=here.id if here else None)


def _span_now(text: str, draft: Draft) -> Span | None:
    """Where the draft's passage stands; None when it is gone: better on the article than on other words."""
    if draft.span is None or text[slice(*draft.span)] == draft.exact:
        return draft.span
    at = text.find(draft.exact) if draft.exact else -1
    return (at, at + len(draft.exact)) if at >= 0 else None


def _path(home: Home, id: str) -> Path:  # noqa: A002 (the field's name)
    return home.root / _NAME.format(f"{_OWN}-{id}-{os.getpid()}")


def _lives(path: Path) -> bool:
    """Whether the process that writes the draft is still there."""
    if _OWN in path.stem:
        return True
    try:
        process = int(path.stem.rpartition("-")[2])
        if process == os.getpid():
            return False
        os.kill(process, 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _read(path: Path) -> Draft | None:
    try:
        data = json.loads(path.read_bytes())
        span = None if data["span"] is None else (int(data["span"][0]), int(data["span"][1]))
        words = (str(data.get(name, "")) for name in ("exact", "highlight"))
        return Draft(str(data["article"]), str(data["text"]), span, str(data["note"]), *words)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
