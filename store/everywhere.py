"""The corrections that hold in every article, in one file of their own that every article reads.

An article's notes file is where a correction is made and undone; this file repeats those of scope `everywhere`, with
the article that each comes from, and follows the notes files. It can be made anew from them (`store.notecheck`).
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import cast

from tinydb import where

from store import undo
from store.annotation import Correction, to_json
from store.durable import DurableStorage, stamp
from store.errors import NotebookError
from store.home import Home
from store.notefile import CORRECTIONS, FORM, correction_of, everywhere_path, notes_files, notes_path, read_kept
from store.recorder import Recorder
from store.tablefile import Document, Format, Tables


def _check(tables: Tables) -> None:
    for document in tables.get(CORRECTIONS, {}).values():
        _correction(document)
        if not isinstance(document["article"], str):
            raise TypeError("the article's id is a text")


EVERYWHERE_FORM = Format(number=1, check=_check)


class Everywhere:
    """The part of the file that comes from one article. Nothing is read or written before the first `follow`."""

    def __init__(self, home: Home, article: str) -> None:
        self._path, self._article = everywhere_path(home), article
        self._notes = notes_path(home, article)
        self._database: undo.Tables | None = None
        self._followed: tuple[Correction, ...] = ()
        self._behind = False

    @property
    def unsaved(self) -> bool:
        """Whether the last `follow` could not be written."""
        return self._behind

    def follow(self, corrections: Iterable[Correction]) -> None:
        """Make the file hold, of this article's corrections, those among `corrections` that hold everywhere.

        Costs a `stat` when nothing changed; the first call reads the file, and locks it only to change it.

        Raises:
            NotebookError: it could not be written; `unsaved` is true until a later call succeeds.
        """
        wanted = _general(corrections)
        if self._database is None and not wanted and not self._path.exists():
            return
        known = self._database is not None and not _storage(self._database).stale()
        if known and not self._behind and wanted == self._followed:
            return
        again, self._behind = self._behind, True
        if again or self._kept() != wanted:
            self._write(self._tables(), wanted)
        self._followed, self._behind = wanted, False

    def _tables(self) -> undo.Tables:
        self._database = self._database or undo.Tables(self._path, EVERYWHERE_FORM, storage=DurableStorage)
        return self._database

    def _kept(self) -> tuple[Correction, ...]:
        """What the file holds of this article."""
        storage = _storage(self._tables())
        if storage.stale():
            storage.reload()
        rows = (storage.read() or {}).get(CORRECTIONS, {}).values()
        return _general(_correction(row) for row in rows if row["article"] == self._article)

    def _write(self, database: undo.Tables, wanted: tuple[Correction, ...]) -> None:
        with _storage(database).change():
            # Another window may have written since: what the notes file holds by now counts.
            if self._notes.exists():
                wanted = _general(read_kept(self._notes).corrections)
            database.table(CORRECTIONS).remove(where("article") == self._article)
            for one in wanted:
                undo.put(database, CORRECTIONS, one.id, {**to_json(one), "article": self._article})


def everywhere(home: Home) -> tuple[tuple[str, Correction], ...]:
    """The corrections that hold in every article, in the order of their making, each with its article's id.

    Costs a `stat` while the file does not change.

    Raises:
        NotebookError: the file is of a newer format or must not be read.
    """
    path = everywhere_path(home)
    here = stamp(path)
    return () if here is None else _everywhere(path, here)


@lru_cache(2)
def _everywhere(path: Path, _: tuple[int, ...]) -> tuple[tuple[str, Correction], ...]:
    tables = DurableStorage(path, EVERYWHERE_FORM).read() or {}
    rows = [(document["article"], _correction(document)) for document in tables.get(CORRECTIONS, {}).values()]
    return tuple(sorted(rows, key=lambda row: (row[1].created, row[1].id)))


def corrections_for(home: Home, article: str) -> tuple[Correction, ...]:
    """What `store.corrections.corrected` applies to the article of that id: those that hold everywhere, then its own.

    Raises:
        NotebookError: a file cannot be read.
    """
    path = notes_path(home, article)
    own = read_kept(path).corrections if path.exists() else ()
    general = tuple(one for origin, one in everywhere(home) if origin != article)
    return general + own


def everywhere_is_behind(home: Home) -> bool:
    """Whether the file is not what the readable notes files say; an article without notes file keeps what it has."""
    try:
        there = everywhere(home)
    except NotebookError:
        return False
    return any(
        tuple(one for origin, one in there if origin == article) != wanted
        for article, wanted in _by_article(home).items()
    )


def follow_all(home: Home) -> None:
    """Make the file what the readable notes files say. Raises NotebookError when it cannot be written."""
    for article, wanted in _by_article(home).items():
        Everywhere(home, article).follow(wanted)


def delete_everywhere(home: Home, id: str) -> None:  # noqa: A002 (the field's name)
    """Delete the correction of that id, wherever it was made; undo is offered by the notebook of that article.

    Raises:
        NotebookError: there is none, or it could not be written.
    """
    origin = next((article for article, one in everywhere(home) if one.id == id), None)
    if origin is None:
        raise NotebookError("there is no such correction", id, "it may have been deleted in another window")
    if notes_path(home, origin).exists():
        recorder = Recorder(notes_path(home, origin), FORM, lambda change: None)
        recorder.make("correction deleted", lambda change: change.remove(CORRECTIONS, [id]))
    Everywhere(home, origin).follow(one for article, one in everywhere(home) if article == origin and one.id != id)


def _by_article(home: Home) -> dict[str, tuple[Correction, ...]]:
    found = {}
    for path in notes_files(home):
        with suppress(NotebookError):
            found[path.stem] = _general(read_kept(path).corrections)
    return found


def _general(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those that hold everywhere, in the order of their making."""
    chosen = (one for one in corrections if one.scope == "everywhere")
    return tuple(sorted(chosen, key=lambda one: (one.created, one.id)))


def _storage(database: undo.Tables) -> DurableStorage:
    return cast("DurableStorage", database.storage)


def _correction(document: Document) -> Correction:
    return correction_of({key: value for key, value in document.items() if key != "article"})
