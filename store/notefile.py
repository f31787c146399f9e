"""What a notes file holds: its tables, their form, older formats, and the whole of it as types.

How it is kept safe is the business of `store.durable`, how it is changed that of `store.notebook`.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from store.annotation import (
    COLOURS,
    CORRECTION_KINDS,
    Correction,
    Highlight,
    Note,
    Pane,
    Scope,
    Selector,
    correction_from_json,
    highlight_from_json,
    note_from_json,
)
from store.article import Article
from store.errors import NotebookError
from store.home import Home, reason
from store.tablefile import DamagedError, Document, Format, Tables, copy_name, decode

ARTICLE, HIGHLIGHTS, NOTES, CORRECTIONS = "article", "highlights", "notes", "corrections"
"""The tables' names."""

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_EVERYWHERE = "corrections.json"


@dataclass(frozen=True, slots=True)
class Header:
    """What a notes file says of its article, so that it stands alone."""

    id: str
    title: str
    source: str = ""
    byline: str = ""
    publisher: str = ""
    published: str = ""
    language: str = "en"
    version: str = ""
    """`Article.text_hash` of the text that was last worked on."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that one notes file holds."""

    article: Header
    highlights: tuple[Highlight, ...]
    """In the order of the text that each was made in."""
    notes: tuple[Note, ...]
    """In the order of their making."""
    corrections: tuple[Correction, ...]
    """In the order of their making."""


def notes_path(home: Home, id: str) -> Path:  # noqa: A002 (the field's name)
    """The notes file of the article `id`.

    Raises:
        NotebookError: when the id cannot be a file's name.
    """
    if not _ID.fullmatch(id):
        raise NotebookError("an article's id has letters, digits, - and _ only", id, "give the id that briefbook lists")
    return home.notes / f"{id}.json"


def everywhere_path(home: Home) -> Path:
    """The file of the corrections that hold in every article."""
    return home.notes / _EVERYWHERE


def notes_files(home: Home) -> list[Path]:
    """The notes files, by name; those that lie beside them (copies, set aside, conflicts) left out."""
    return [home.notes / name for name in notes_names(home)]


def notes_names(home: Home) -> list[str]:
    """The names of the notes files, for what looks at all of them often: a few microseconds each."""
    try:
        names = os.listdir(home.notes)  # noqa: PTH208 (Paths take ten times as long)
    except OSError:
        return []
    # A file whose last good copy alone is left is still one.
    names += [name[1:-5] for name in names if name.startswith(".") and name.endswith(".json.copy")]
    found = {name for name in names if name.endswith(".json") and _ID.fullmatch(name[:-5])}
    return sorted(found - {_EVERYWHERE})


def header_of(article: Article) -> Header:
    """What a notes file keeps of `article`."""
    fields = ("id", "title", "source", "byline", "publisher", "published", "language")
    return Header(**{name: getattr(article, name) for name in fields}, version=article.text_hash)


def header_json(header: Header) -> Document:
    """The document of the table `article`."""
    return asdict(header)


def kept_of(tables: Tables) -> Kept:
    """The types of what `tables` hold. Raises KeyError, TypeError or ValueError when they are not of the right form."""
    headers = [_header(document) for document in _documents(tables, ARTICLE)]
    highlights = [_highlight(document) for document in _documents(tables, HIGHLIGHTS)]
    notes = [_note(document) for document in _documents(tables, NOTES)]
    corrections = [correction_of(document) for document in _documents(tables, CORRECTIONS)]
    return Kept(
        headers[0] if headers else Header("", ""),
        tuple(sorted(highlights, key=lambda highlight: (highlight.selector.start, highlight.selector.end))),
        tuple(sorted(notes, key=lambda note: (note.created, note.id))),
        tuple(sorted(corrections, key=lambda correction: (correction.created, correction.id))),
    )


def read_kept(path: Path) -> Kept:
    """What the notes file at `path` holds, or its last good copy when that one is damaged; nothing is written.

    Raises:
        NotebookError: neither can be read.
    """
    try:
        return kept_of(decode(path.read_bytes(), FORM, path))
    except (DamagedError, OSError) as damage:
        copy = copy_name(path)
        try:
            return kept_of(decode(copy.read_bytes(), FORM, copy))
        except (DamagedError, OSError):
            why = reason(damage)
            raise NotebookError(f"it cannot be read ({why})", path, "run `briefbook doctor`") from damage


def _documents(tables: Tables, name: str) -> Iterable[Document]:
    for key, document in tables.get(name, {}).items():
        if document["id"] != key:
            raise ValueError(f"in {name}, {key!r} is not the id of what is there")
        yield document


def correction_of(document: Document) -> Correction:
    """The correction that `document` is. Raises KeyError, TypeError or ValueError when it is none."""
    one = correction_from_json(document)
    _passage(one.selector)
    _texts(one.id, one.value, one.name, one.created)
    if one.kind not in CORRECTION_KINDS or one.pane not in get_args(Pane) or one.scope not in get_args(Scope):
        raise ValueError(f"there is no such correction as {one.kind!r} in {one.pane!r} {one.scope!r}")
    return one


def _highlight(document: Document) -> Highlight:
    highlight = highlight_from_json(document)
    _passage(highlight.selector)
    _texts(highlight.id, highlight.created, highlight.modified, *highlight.tags)
    if type(highlight.colour) is not int or highlight.colour not in range(1, len(COLOURS) + 1):
        raise ValueError(f"there is no colour {highlight.colour!r}")
    return highlight


def _note(document: Document) -> Note:
    note = note_from_json(document)
    _texts(note.id, note.text, note.highlight or "", note.created, note.modified, *note.tags)
    return note


def _header(document: Document) -> Header:
    _texts(*document.values())
    return Header(**document)


def _passage(selector: Selector) -> None:
    _texts(selector.exact, selector.prefix, selector.suffix, selector.version)
    if not (type(selector.start) is type(selector.end) is int and 0 <= selector.start < selector.end < 1 << 40):
        raise ValueError("a passage begins before it ends")


def _texts(*values: object) -> None:
    if not all(isinstance(value, str) for value in values):
        raise TypeError("what should be text is not")


def _from_plain(content: dict[str, Any]) -> dict[str, Any]:
    """Format 0: tables as TinyDB numbers them by itself. Each document goes to its own id."""
    if HIGHLIGHTS not in content and NOTES not in content:
        raise KeyError(HIGHLIGHTS)
    return {name: {doc["id"]: doc for doc in table.values()} for name, table in content.items() if name != "_default"}


FORM = Format(number=1, check=kept_of, migrations={0: _from_plain})
"""The form of a notes file."""
