"""A library made anew from what can be read of a damaged one, and the indexes made anew from what the library holds.

A text is taken only when its hash says that it is whole. Where an article's row is lost and its text is not, the
article is made from the text.
"""

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

from store import database, facts, salvage
from store.article import first_line
from store.schema import inflated, unpacked

_TABLES = ("articles", "versions", "sources", "tags", "analyses", "searches", "feeds")
_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "REAL": (float, int), "BLOB": (bytes,)}

_MEND = (
    # The row of an article that lost its present text tells of the last one that is there; without any it is dropped.
    """UPDATE articles SET version = coalesce((SELECT hash FROM versions WHERE article = articles.number
        ORDER BY number DESC LIMIT 1), '') WHERE NOT EXISTS
        (SELECT 1 FROM versions WHERE article = articles.number AND hash = articles.version)""",
    "DELETE FROM articles WHERE version = ''",
    "DELETE FROM sources WHERE article NOT IN (SELECT number FROM articles)",
    "DELETE FROM tags WHERE article NOT IN (SELECT number FROM articles)",
)


def from_damaged(path: Path, connection: sqlite3.Connection) -> int:
    """Put what can be read of the file at `path` into the new library; returns how many articles that were."""
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        with database.transaction(connection):
            _take_rows(path, connection)
            _make_lost_rows(connection)
            for statement in _MEND:
                connection.execute(statement)
            index_all(connection)
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except (OSError, sqlite3.Error):
        return 0
    finally:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("PRAGMA foreign_keys = ON")


def index_all(connection: sqlite3.Connection) -> None:
    """Make the indexes anew from the tables, in the transaction of the caller: a millisecond an article."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute(
        """INSERT INTO search (rowid, title, byline, text)
        SELECT a.number, a.title, a.byline, CAST(inflated(v.text) AS TEXT)
        FROM articles a JOIN versions v ON v.article = a.number AND v.hash = a.version ORDER BY a.number"""
    )
    facts.index_all(connection)


def _take_rows(path: Path, connection: sqlite3.Connection) -> None:
    shapes = {name: _shape(connection, name) for name in _TABLES}
    for rowid, values in salvage.rows(path):
        for name, shape in shapes.items():
            if _fits(values, shape) and _SOUND.get(name, _any)(values):
                marks = ", ".join("CAST(? AS TEXT)" if type_ is str else "?" for type_ in _first_types(shape))
                bound = (_bound(value) for value in values[1:])
                connection.execute(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", (rowid, *bound))


def _shape(connection: sqlite3.Connection, name: str) -> list[tuple[type, ...]]:
    return [_TYPES[row["type"]] for row in connection.execute(f"PRAGMA table_info({name})")]


def _first_types(shape: list[tuple[type, ...]]) -> list[type]:
    return [types[0] for types in shape]


def _fits(values: tuple[object, ...], shape: list[tuple[type, ...]]) -> bool:
    """Whether a row is of that table; its first column is its number, which is not kept twice."""
    return (
        len(values) == len(shape)
        and values[0] is None
        and all(isinstance(value, types) for value, types in zip(values[1:], shape[1:], strict=True))
    )


def _bound(value: object) -> object:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def _any(values: tuple[object, ...]) -> bool:
    return True


def _is_whole(values: tuple[object, ...]) -> bool:
    """Whether a version's text is the one of its hash."""
    try:
        return hashlib.sha256(inflated(values[6])).hexdigest() == values[2]  # type: ignore[arg-type]
    except zlib.error:
        return False


_SOUND: dict[str, Callable[[tuple[object, ...]], bool]] = {"versions": _is_whole}


def _make_lost_rows(connection: sqlite3.Connection) -> None:
    query = "SELECT * FROM versions WHERE article NOT IN (SELECT number FROM articles) ORDER BY number"
    for row in connection.execute(query).fetchall():
        title = first_line(unpacked(row["text"])).encode("utf-8", "surrogatepass")
        connection.execute(
            "INSERT OR IGNORE INTO articles (number, id, version, title, source, byline, publisher, published,"
            " language, words, day, added, opened, turn) VALUES (?, ?, ?, CAST(? AS TEXT), '', '', '', '', 'en', ?, ?,"
            " ?, '', 0)",
            (row["article"], row["hash"][:12], row["hash"], title, row["words"], row["seen"][:10], row["seen"]),
        )
