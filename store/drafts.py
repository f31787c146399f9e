"""The note that is being written: kept while it is typed, so that no kill, closed window or power cut loses it.

One file a process, named after it. The draft of a process that has gone becomes a note when its article is opened
next.
"""

import json
import os
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


def keep(home: Home, draft: Draft) -> None:
    """Keep what was typed so far, in place of what this process kept before.

    Raises:
        NotebookError: it cannot be written.
    """
    path = _path(home, os.getpid())
    try:
        atomic.write(path, json.dumps(asdict(draft), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")
    except OSError as error:
        raise NotebookError(f"the draft cannot be kept ({reason(error)})", path) from error


def drop(home: Home) -> None:
    """Forget this process's draft: the note was saved or thrown away.

    Raises:
        NotebookError: it cannot be removed, and becomes a note once more when its article is opened next.
    """
    path = _path(home, os.getpid())
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotebookError(f"the draft of a note cannot be removed ({reason(error)})", path) from error


def recover(home: Home, notebook: Notebook) -> int:
    """Make notes of what processes that have gone were writing on the notebook's article; how many.

    Raises:
        NotebookError: a note cannot be saved; its draft stays.
    """
    count = 0
    for path in sorted(home.root.glob(_NAME.format("*"))):
        draft = _read(path)
        if draft is None or draft.article != notebook.article.id or _lives(path):
            continue
        if draft.text.strip():
            _save(notebook, draft)
            count += 1
        path.unlink(missing_ok=True)
    return count


def _save(notebook: Notebook, draft: Draft) -> None:
    if draft.note and any(note.id == draft.note for note in notebook.notes):
        notebook.change_note(draft.note, text=draft.text.strip())
        return
    span = _span_now(notebook.article.text, draft)
    here = next((placed.highlight for placed in notebook.placed() if span and placed.span == span), None)
    if span is None and here is None:
        here = notebook.highlight(draft.highlight)
    if span is None or here is not None:
        notebook.add_note(draft.text.strip(), highlight=here.id if here else None)
    else:
        notebook.add_note(draft.text.strip(), span=span)


def _span_now(text: str, draft: Draft) -> Span | None:
    """Where the draft's passage stands; None when it is gone: better on the article than on other words."""
    if draft.span is None or text[slice(*draft.span)] == draft.exact:
        return draft.span
    at = text.find(draft.exact) if draft.exact else -1
    return (at, at + len(draft.exact)) if at >= 0 else None


def _path(home: Home, process: int) -> Path:
    return home.root / _NAME.format(f"{_OWN}-{process}")


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
