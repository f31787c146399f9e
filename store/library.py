"""The shelf: articles, their versions and sources, reading positions and cached analyses, in one SQLite file.

Nothing that the reader wrote is kept here (that is `store.notebook`), so that losing this file loses no note. Any
thread may call a Library, and any number of processes may have the file open.
"""

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from store import database
from store.analysis import Analysis, from_json, to_json
from store.annotation import now
from store.article import Article
from store.database import raw
from store.errors import LibraryError
from store.home import reason

T = TypeVar("T")

READ_AT = 0.98
"""Progress from which on an article counts as read."""
NO_SOURCES = ("", "-")
"""Sources that say nothing about which article it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the shelf."""

    id: str
    title: str
    source: str
    """Where it was last read from."""
    publisher: str
    published: str
    words: int
    added: str
    """When it was first seen; ISO 8601, UTC."""
    opened: str
    """When it was last read."""
    position: int
    """Code point where reading stopped."""
    progress: float
    """How much of it was seen, 0 to 1."""
    read: bool
    """Whether it was seen to its end once."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text that an article has had."""

    hash: str
    """`Article.text_hash` of it."""
    seen: str
    """When it was first seen; ISO 8601, UTC."""
    words: int


class Library:
    """The library in the file `path`, made when it is not there; close it, or use it in a `with` statement.

    A damaged file is set aside and a new one begun; where nothing can be written the library works in memory. Both
    are told in `problem`.

    Raises:
        LibraryError: when a newer briefbook wrote the file; it is left untouched.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        """One sentence on what is wrong with the file; empty when nothing is."""
        self._lock = threading.RLock()
        try:
            self._connection = database.open_file(path)
        except sqlite3.DatabaseError as error:
            self._connection = self._replace_damaged() if database.is_damaged(error) else self._in_memory(error)
        except OSError as error:
            self._connection = self._in_memory(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        with self._lock:
            self._connection.close()

    def put(self, article: Article) -> Article:
        """Keep `article` as just opened, and return it under the id that it has here.

        A source that is known brings a version of its article; a text that is known from another source brings
        that article a second source; anything else is a new article.

        Raises:
            LibraryError: when it cannot be written.
        """

        def work(connection: sqlite3.Connection) -> Article:
            kept = replace(article, id=_identify(connection, article) or _free_id(connection, article))
            _keep(connection, kept)
            return kept

        return self._write(work)

    def identify(self, article: Article) -> str | None:
        """The id under which this source or this text is known; None when neither is. Nothing is written."""
        return self._read(lambda connection: _identify(connection, article))

    def get(self, id: str, version: str = "") -> Article | None:  # noqa: A002 (the field's name)
        """The article with that id, as last seen or in the version with that hash; None when there is none."""

        def work(connection: sqlite3.Connection) -> Article | None:
            row = connection.execute(
                "SELECT a.*, v.text, v.furniture FROM articles a JOIN versions v ON v.article = a.id"
                " WHERE a.id = ? AND v.hash = iif(? = '', a.version, ?)",
                (id, version, version),
            ).fetchone()
            return _article(row) if row else None

        return self._read(work)

    def entries(self) -> list[Entry]:
        """The shelf, last opened first; 10,000 of them take about 0.1 s."""
        query = f"SELECT {', '.join(item.name for item in fields(Entry))} FROM articles ORDER BY turn DESC"
        rows = self._read(lambda connection: connection.execute(query).fetchall())
        return [Entry(*(*row[:-1], bool(row[-1]))) for row in rows]

    def versions(self, id: str) -> list[Version]:  # noqa: A002
        """The texts that the article has had, the oldest first."""
        query = "SELECT hash, seen, words FROM versions WHERE article = ? ORDER BY seen, rowid"
        return [Version(*row) for row in self._read(lambda connection: connection.execute(query, (id,)).fetchall())]

    def remove(self, id: str) -> None:  # noqa: A002
        """Forget the article, its versions and sources. Notes are kept elsewhere and stay."""
        self._write(lambda connection: connection.execute("DELETE FROM articles WHERE id = ?", (id,)))

    def position(self, id: str) -> int:  # noqa: A002
        """The code point where reading stopped; 0 at first."""
        query = "SELECT position FROM articles WHERE id = ?"
        row = self._read(lambda connection: connection.execute(query, (id,)).fetchone())
        return int(row[0]) if row else 0

    def keep_position(self, id: str, offset: int, progress: float) -> None:  # noqa: A002
        """Remember where reading stopped and how much was seen (0 to 1); the article becomes the last opened."""
        progress = min(1.0, max(0.0, progress))
        query = (
            "UPDATE articles SET position = ?, progress = ?, read = max(read, ?), opened = ?,"
            f" turn = {_NEXT_TURN} WHERE id = ?"
        )
        values = (offset, progress, int(progress >= READ_AT), now(), id)
        self._write(lambda connection: connection.execute(query, values))

    def analysis(self, text_hash: str, stamp: str) -> Analysis | None:
        """The analysis of that text that was made under `stamp`; None when there is none."""
        return self._analysis("SELECT data FROM analyses WHERE hash = ? AND stamp = ?", text_hash, stamp)

    def latest_analysis(self, text_hash: str) -> Analysis | None:
        """The last analysis of that text, whatever made it; None when there is none."""
        return self._analysis("SELECT data FROM analyses WHERE hash = ?", text_hash)

    def keep_analysis(self, text_hash: str, stamp: str, analysis: Analysis) -> None:
        """Keep `analysis` in place of any other one of that text."""
        values = (text_hash, stamp, json.dumps(to_json(analysis), separators=(",", ":")))
        self._write(lambda connection: connection.execute("REPLACE INTO analyses VALUES (?, ?, ?)", values))

    def _analysis(self, query: str, *values: str) -> Analysis | None:
        row = self._read(lambda connection: connection.execute(query, values).fetchone())
        try:
            return from_json(json.loads(row[0])) if row else None
        except (KeyError, TypeError, ValueError):
            return None

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return self._do(work)

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def in_transaction(connection: sqlite3.Connection) -> T:
            with database.transaction(connection):
                return work(connection)

        return self._do(in_transaction)

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work`; when the file turns out to be damaged, once more on a new one."""
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                if not database.is_damaged(error):
                    raise LibraryError(
                        f"the library failed ({reason(error)})", self.path, database.advice(error)
                    ) from error
                self._connection.close()
                self._connection = self._replace_damaged()
                return work(self._connection)

    def _replace_damaged(self) -> sqlite3.Connection:
        try:
            aside = database.set_aside(self.path)
            connection = database.open_file(self.path)
        except (OSError, sqlite3.Error) as error:
            return self._in_memory(error)
        if aside:
            self.problem = _sentence(
                self.path,
                "the library was damaged and a new one is begun",
                f"your notes are safe; the old file is {aside.name}",
            )
        return connection

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        """A library for this session only, with what could be read of the file."""
        message = f"the library cannot be written ({reason(error)}), so nothing new in it is kept after this session"
        self.problem = _sentence(self.path, message, "make the file and its folder writable")
        return database.in_memory(self.path)


def _sentence(path: Path, message: str, advice: str) -> str:
    return str(LibraryError(message, path, advice))


def _identify(connection: sqlite3.Connection, article: Article) -> str | None:
    row = None
    if article.source not in NO_SOURCES:
        query = "SELECT article FROM sources WHERE source = CAST(? AS TEXT)"
        row = connection.execute(query, (raw(article.source),)).fetchone()
    row = (
        row
        or connection.execute(
            "SELECT article FROM versions v JOIN articles a ON a.id = v.article WHERE hash = ?"
            " ORDER BY a.version = hash DESC, a.rowid LIMIT 1",
            (article.text_hash,),
        ).fetchone()
    )
    return str(row[0]) if row else None


def _free_id(connection: sqlite3.Connection, article: Article) -> str:
    """The article's id, made longer when another article has it already."""
    id_ = article.id
    while connection.execute("SELECT 1 FROM articles WHERE id = ?", (id_,)).fetchone():
        id_ = article.text_hash[: len(id_) + 4]
    return id_


_NEXT_TURN = "(SELECT coalesce(max(turn), 0) + 1 FROM articles)"
"""Orders the shelf where the clock cannot: two articles in one millisecond, or a clock that was set back."""
_FIELDS = ("title", "source", "byline", "publisher", "published", "language")


def _keep(connection: sqlite3.Connection, article: Article) -> None:
    moment = now()
    known = (article.id, article.text_hash, article.words, moment, moment)
    names = [name for name in ("version", "words", "opened", "turn", *_FIELDS) if name != "source"]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    updates += f", source = iif(excluded.source IN {NO_SOURCES}, articles.source, excluded.source)"
    connection.execute(
        f"INSERT INTO articles (id, version, words, added, opened, turn, {', '.join(_FIELDS)})"
        f" VALUES (?, ?, ?, ?, ?, {_NEXT_TURN}{', CAST(? AS TEXT)' * len(_FIELDS)})"
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        (*known, *(raw(getattr(article, name)) for name in _FIELDS)),
    )
    connection.execute(
        "INSERT INTO versions (article, hash, seen, words, furniture, text) VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT))"
        " ON CONFLICT DO UPDATE SET furniture = excluded.furniture",
        (article.id, article.text_hash, moment, article.words, json.dumps(article.furniture), raw(article.text)),
    )
    if article.source not in NO_SOURCES:
        query = "INSERT OR IGNORE INTO sources (source, article) VALUES (CAST(? AS TEXT), ?)"
        connection.execute(query, (raw(article.source), article.id))


def _article(row: sqlite3.Row) -> Article:
    values: dict[str, Any] = {name: row[name] for name in ("id", "text", *_FIELDS)}
    return Article(**values, furniture=tuple((start, end) for start, end in json.loads(row["furniture"])))
