"""Notes whose article is not in the library, and which article they belong to when it comes in again.

A notes file says by itself what it is of: the source, and the texts that were worked on. So notes are found again when
the article was taken out, or the library itself was lost, and the text has changed since. Nothing is written here.
"""

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from store.annotation import Correction, Highlight, Note
from store.article import Article
from store.canonical import canonical
from store.errors import NotebookError
from store.home import Home
from store.notefile import Header, Kept, notes_names, read_kept
from store.shelving import NO_SOURCES

_BEGINNING = 12
"""Hexadecimal digits of its text's hash that an article's id has, or more."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Notes whose article is not in the library."""

    id: str
    """The id that the article had, which names the file."""
    header: Header
    texts: frozenset[str]
    """`Article.text_hash` of each text that was worked on."""
    changed: int
    """When the file was changed last; nanoseconds since 1970."""
    made: frozenset[str]
    """The ids of its highlights, notes and corrections; none when all that was in it was deleted."""

    @property
    def source(self) -> str:
        """The one name of where the article came from; empty when that says nothing about which it is."""
        return "" if self.header.source in NO_SOURCES else canonical(self.header.source)

    def is_of_text(self, text_hash: str) -> bool:
        """Whether it was made in that text, or its id of it."""
        return text_hash in self.texts or (len(self.id) >= _BEGINNING and text_hash.startswith(self.id))


class LostNotes:
    """The lost notes of `home`, for a library to ask. Not for several threads at once.

    Asking costs a listing of the folder and a lookup of each file's id, a few microseconds each; only files that
    have lost their article are read, once for as long as they do not change.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._read: dict[str, tuple[str, Lost]] = {}

    def look(self, connection: sqlite3.Connection) -> "Look":
        """What is lost beside the articles of that library, for as long as one transaction lasts."""
        return Look(self, connection)

    def beside(self, connection: sqlite3.Connection) -> list[Lost]:
        """The lost notes, the last changed first; files that cannot be read are left out."""
        query = "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id = value)"
        ids = [name.removesuffix(".json") for name in notes_names(self._home)]
        return self.of(row[0] for row in connection.execute(query, (json.dumps(ids),))) if ids else []

    def of(self, ids: Iterable[str]) -> list[Lost]:
        """The notes of the articles of these ids, as for `beside`."""
        found = [lost for id_ in ids if (lost := self._one(id_)) is not None]
        return sorted(found, key=lambda lost: (-lost.changed, lost.id))

    def _one(self, id_: str) -> Lost | None:
        path = f"{self._home.notes}/{id_}.json"
        try:
            status = os.stat(path)  # noqa: PTH116 (a Path costs more than the call)
            stamp, changed = f"{status.st_ino} {status.st_size} {status.st_mtime_ns}", status.st_mtime_ns
        except OSError:  # its last good copy alone is left
            stamp, changed = "", 0
        known = self._read.get(id_)
        if known is not None and stamp and known[0] == stamp:
            return known[1]
        try:
            made = _lost(id_, read_kept(self._home.notes / f"{id_}.json"), changed)
        except NotebookError:
            return None
        self._read[id_] = (stamp, made)
        return made


class Look:
    """The lost notes as they were at the first question, within one transaction on `connection`."""

    def __init__(self, lost: LostNotes, connection: sqlite3.Connection) -> None:
        self._lost, self._connection = lost, connection

    def id_of(self, article: Article) -> str | None:
        """The id under which `article`, which the library does not know, has notes; None when it has none.

        The same source counts before the same text, as in the library; of several, notes made in this very text,
        then those that were changed last.
        """
        found = self.find(article.source, article.text_hash)
        return found.id if found else None

    def find(self, source: str, text_hash: str) -> Lost | None:
        """The notes of an article that the library does not know, from that source or of that text, as for `id_of`."""
        source = "" if source in NO_SOURCES else canonical(source)
        same_source = self._by_source.get(source, []) if source else []
        near = self._by_text.get(text_hash[:_BEGINNING], [])
        same_text = [lost for lost in near if lost.is_of_text(text_hash)]
        both = [lost for lost in same_source if lost in same_text]
        return next((lost for lost in (*both, *same_source, *same_text) if self._is_free(lost.id)), None)

    def _is_free(self, id_: str) -> bool:
        """Whether no article took it in this very transaction."""
        return self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (id_,)).fetchone() is None

    @cached_property
    def _all(self) -> list[Lost]:
        return self._lost.beside(self._connection)

    @cached_property
    def _by_source(self) -> dict[str, list[Lost]]:
        found: defaultdict[str, list[Lost]] = defaultdict(list)
        for lost in self._all:
            found[lost.source].append(lost)
        return found

    @cached_property
    def _by_text(self) -> dict[str, list[Lost]]:
        """By the beginning of each text's hash."""
        found: defaultdict[str, list[Lost]] = defaultdict(list)
        for lost in self._all:
            for beginning in {text[:_BEGINNING] for text in (*lost.texts, lost.id)}:
                found[beginning].append(lost)
        return found


def _lost(id_: str, kept: Kept, changed: int) -> Lost:
    passages = [*(one.selector for one in kept.highlights), *(one.selector for one in kept.corrections)]
    texts = {kept.article.version, *(selector.version for selector in passages)} - {""}
    return Lost(id_, kept.article, frozenset(texts), changed, made_in(kept))


def made_in(kept: Kept) -> frozenset[str]:
    """The ids of all that the reader made in a notes file."""
    every: Iterable[Highlight | Note | Correction] = (*kept.highlights, *kept.notes, *kept.corrections)
    return frozenset(one.id for one in every)
