"""What a list of articles shows of each, and the orders that it may stand in. Rows in, types out; no texts."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

Order = Literal["opened", "added", "date", "title", "unread"]

ORDERS: dict[Order, str] = {
    "opened": "a.turn DESC",
    "added": "a.number DESC",
    "date": "a.day DESC, a.number DESC",
    "title": "a.title COLLATE NOCASE, a.number",
    "unread": "a.read, a.number DESC",
}
"""The orders of a shelf: last opened or come in first, last added, newest, by title, what is not read first."""


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
    """When it was last read; empty when it never was."""
    position: int
    """Code point where reading stopped."""
    progress: float
    """How much of it was seen, 0 to 1."""
    read: bool
    """Whether it was seen to its end once, or said to be read."""
    starred: bool = False
    archived: bool = False
    """Put away: not on the shelf, but found."""
    tags: tuple[str, ...] = ()
    """The article's own, in the order of the alphabet."""


_BETWEEN = "\x1f"
_TAGS = f"(SELECT group_concat(tag, '{_BETWEEN}') FROM (SELECT tag FROM tags WHERE article = a.number ORDER BY folded))"
COLUMNS = ", ".join(f"a.{item.name}" for item in fields(Entry) if item.name != "tags") + f", {_TAGS} AS tags"
"""What is to be selected of `articles a` for `entry_of`."""


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry in a row of `COLUMNS`."""
    values = {item.name: row[item.name] for item in fields(Entry)}
    flags = {name: bool(values[name]) for name in ("read", "starred", "archived")}
    return Entry(**{**values, **flags, "tags": tuple((values["tags"] or "").split(_BETWEEN)) if values["tags"] else ()})


def entries_by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Entry]:
    """The entries of these ids, in their order; those that are not there are left out."""
    query = f"SELECT {COLUMNS} FROM articles a WHERE a.id = ?"
    rows = (connection.execute(query, (id_,)).fetchone() for id_ in ids)
    return [entry_of(row) for row in rows if row is not None]
