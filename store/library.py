"""The library: articles, their versions and sources, reading positions and cached analyses, in one SQLite file.

Nothing that the reader wrote is kept here (that is `store.notebook`), so that losing this file loses no note. Any
thread may call a Library, and any number of processes may have the file open.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store import facts
from store.analysis import Analysis
from store.annotation import now
from store.article import Article
from store.canonical import canonical
from store.entries import COLUMNS, ORDERS, Entry, Order, entries_by_id, entry_of
from store.library_file import LibraryFile
from store.query_conditions import raw
from store.shelving import Finder, Shelved, article_of, identify, nowhere, shelve, take_out

if TYPE_CHECKING:
    from store.lost_notes import LostNotes

READ_AT = 0.98
"""Progress from which on an article counts as read."""
MOST_NAMED = 100
"""Entries that `named` gives at most."""

__all__ = ["READ_AT", "Entry", "Library", "Version"]


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

    A damaged file is set aside, and what can be read of it is in the new one; where nothing can be written the library
    works in memory. Both are told in `problem`. Every method raises LibraryError when the file cannot be read or
    written.

    Args:
        lost: the notes that have lost their article: an article that comes in anew is under the id of its notes.

    Raises:
        LibraryError: when a newer briefbook wrote the file; it is left untouched.
    """

    def __init__(self, path: Path, lost: "LostNotes | None" = None) -> None:
        self._lost = lost
        self.file = LibraryFile(path)
        """For what else is kept in it: `store.marks`, `store.subscriptions`, `store.search`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self.file.path

    @property
    def problem(self) -> str:
        """One sentence on what is wrong with the file; empty when nothing is."""
        return self.file.problem

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        self.file.close()

    # --- articles --------------------------------------------------------------------------------------------

    def put(self, article: Article) -> Article:
        """Keep `article` as just opened, and return it under the id that it has here.

        A source that is known brings a version of its article; a text that is known from another source brings
        that article a second source; anything else is a new article, under the id of the notes that it has had before
        if there are any. URLs that differ in tracking parameters and the like are one source (`store.canonical`).
        """
        return self.file.write(
            lambda connection: shelve(connection, article, opened=True, before=self._before(connection))
        ).article

    def add(self, articles: Iterable[Article]) -> list[Shelved]:
        """Keep `articles` as something to read, all in one transaction: all of them or, when that fails, none.

        Those that are known with this text stay as they are, but for a new source. 100 to 500 at a time are quickest.
        """
        given = list(articles)

        def work(connection: sqlite3.Connection) -> list[Shelved]:
            before = self._before(connection)
            return [shelve(connection, one, opened=False, before=before) for one in given]

        return self.file.write(work)

    def identify(self, article: Article) -> str | None:
        """The id under which this source or this text is known; None when neither is. Nothing is written."""
        return self.file.read(lambda connection: identify(connection, article))

    def id_of(self, article: Article) -> str:
        """The id under which `article` is known, else that of the notes it has had before, else its own."""
        return self.file.read(
            lambda connection: identify(connection, article) or self._before(connection)(article) or article.id
        )

    def knows(self, source: str) -> bool:
        """Whether an article came from there before."""
        query = "SELECT 1 FROM sources WHERE source = CAST(? AS TEXT)"
        values = (raw(canonical(source)),)
        return self.file.read(lambda connection: connection.execute(query, values).fetchone()) is not None

    def get(self, id: str, version: str = "") -> Article | None:  # noqa: A002 (the field's name)
        """The article with that id, as last seen or in the version with that hash; None when there is none."""

        def work(connection: sqlite3.Connection) -> Article | None:
            row = connection.execute(
                "SELECT a.*, v.text, v.furniture FROM articles a JOIN versions v ON v.article = a.number"
                " WHERE a.id = ? AND v.hash = iif(? = '', a.version, ?)",
                (id, version, version),
            ).fetchone()
            return article_of(row) if row else None

        return self.file.read(work)

    def versions(self, id: str) -> list[Version]:  # noqa: A002
        """The texts that the article has had, the oldest first."""
        query = (
            "SELECT v.hash, v.seen, v.words FROM versions v JOIN articles a ON a.number = v.article"
            " WHERE a.id = ? ORDER BY v.number"
        )
        return self.file.read(lambda connection: [Version(*row) for row in connection.execute(query, (id,))])

    def remove(self, *ids: str) -> None:
        """Forget these articles, their versions, sources and tags. Notes are kept elsewhere and stay."""

        def work(connection: sqlite3.Connection) -> None:
            for id_ in ids:
                take_out(connection, id_)

        self.file.write(work)

    # --- lists -----------------------------------------------------------------------------------------------

    def entries(self, order: Order = "opened", limit: int = -1, offset: int = 0) -> list[Entry]:
        """What is on the shelf or put away, in that order; 10,000 of them take about 0.1 s."""
        query = f"SELECT {COLUMNS} FROM articles a WHERE NOT a.binned ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
        return self.file.read(lambda connection: list(map(entry_of, connection.execute(query, (limit, offset)))))

    def last_opened(self, limit: int) -> list[Entry]:
        """Those that were opened last; where none was, those that came in last."""
        query = f"SELECT {COLUMNS} FROM articles a WHERE NOT a.binned ORDER BY a.opened DESC, a.turn DESC LIMIT ?"
        return self.file.read(lambda connection: list(map(entry_of, connection.execute(query, (limit,)))))

    def entries_of(self, ids: Sequence[str]) -> list[Entry]:
        """The entries of these ids, in their order; those that are not there are left out. About 20 µs each."""
        return self.file.read(lambda connection: entries_by_id(connection, ids))

    def named(self, words: str) -> list[Entry]:
        """The entries whose title has `words` in it, whatever its letters' case; at most `MOST_NAMED`, newest first."""
        folded = words.casefold()

        def work(connection: sqlite3.Connection) -> list[Entry]:
            rows = connection.execute("SELECT id, title FROM articles WHERE NOT binned ORDER BY number DESC")
            found = [row["id"] for row in rows if folded in row["title"].casefold()]
            return entries_by_id(connection, found[:MOST_NAMED])

        return self.file.read(work)

    def read_from(self, source: str) -> list[Entry]:
        """The entry that came from `source`, if there is one."""
        query = (
            f"SELECT {COLUMNS} FROM sources s JOIN articles a ON a.number = s.article"
            " WHERE s.source = CAST(? AS TEXT) AND NOT a.binned"
        )
        values = (raw(canonical(source)),)
        return self.file.read(lambda connection: list(map(entry_of, connection.execute(query, values))))

    def beginning_with(self, start: str) -> list[Entry]:
        """The entries whose id begins so; at most `MOST_NAMED`."""
        query = f"SELECT {COLUMNS} FROM articles a WHERE a.id >= ? AND a.id < ? AND NOT a.binned LIMIT {MOST_NAMED}"
        values = (start, start + "\U0010ffff")
        return self.file.read(lambda connection: list(map(entry_of, connection.execute(query, values))))

    # --- reading ---------------------------------------------------------------------------------------------

    def position(self, id: str) -> int:  # noqa: A002
        """The code point where reading stopped; 0 at first."""
        query = "SELECT position FROM articles WHERE id = ?"
        row = self.file.read(lambda connection: connection.execute(query, (id,)).fetchone())
        return int(row[0]) if row else 0

    def keep_position(self, id: str, offset: int, progress: float) -> None:  # noqa: A002
        """Remember where reading stopped and how much was seen (0 to 1); the article becomes the last opened."""
        progress = min(1.0, max(0.0, progress))
        query = (
            "UPDATE articles SET position = ?, progress = ?, read = max(read, ?), opened = ?,"
            " turn = (SELECT coalesce(max(turn), 0) + 1 FROM articles) WHERE id = ?"
        )
        values = (offset, progress, int(progress >= READ_AT), now(), id)
        self.file.write(lambda connection: connection.execute(query, values))

    # --- analyses --------------------------------------------------------------------------------------------

    def analysis(self, text_hash: str, stamp: str, text: str = "") -> Analysis | None:
        """The analysis of that text that was made under `stamp`; None when there is none.

        Args:
            text: the text itself where it is at hand: it is not read once more then.
        """
        return self._analysis("SELECT data FROM analyses WHERE hash = ? AND stamp = ?", text, text_hash, stamp)

    def latest_analysis(self, text_hash: str, text: str = "") -> Analysis | None:
        """The last analysis of that text, whatever made it; None when there is none. `text` as for `analysis`."""
        return self._analysis("SELECT data FROM analyses WHERE hash = ?", text, text_hash)

    def keep_analysis(self, text_hash: str, stamp: str, analysis: Analysis) -> None:
        """Keep `analysis` in place of any other one of that text, and have the query language find what is in it."""

        self.file.write(lambda connection: facts.keep(connection, text_hash, stamp, analysis))

    def unanalysed(self, stamp: str, limit: int) -> list[str]:
        """Ids of the articles on the shelf without an analysis under `stamp`, unread and last come in first."""
        query = (
            "SELECT a.id FROM articles a WHERE NOT a.binned AND NOT a.archived AND NOT EXISTS"
            " (SELECT 1 FROM analyses n WHERE n.hash = a.version AND n.stamp = ?)"
            " ORDER BY a.read, a.number DESC LIMIT ?"
        )
        return self.file.read(lambda connection: [row[0] for row in connection.execute(query, (stamp, limit))])

    def count_unanalysed(self, stamp: str) -> int:
        """How many articles on the shelf have no analysis under `stamp`."""
        query = (
            "SELECT count(*) FROM articles a WHERE NOT a.binned AND NOT a.archived AND NOT EXISTS"
            " (SELECT 1 FROM analyses n WHERE n.hash = a.version AND n.stamp = ?)"
        )
        return self.file.read(lambda connection: int(connection.execute(query, (stamp,)).fetchone()[0]))

    def _before(self, connection: sqlite3.Connection) -> Finder:
        return self._lost.look(connection).id_of if self._lost else nowhere

    def _analysis(self, query: str, text: str, *values: str) -> Analysis | None:
        def work(connection: sqlite3.Connection) -> tuple[bytes, str] | None:
            row = connection.execute(query, values).fetchone()
            return (row["data"], text or facts.text_of(connection, values[0])) if row else None

        found = self.file.read(work)
        return facts.read(*found) if found else None
