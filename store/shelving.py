"""Putting articles into the library and taking them out: which article a text is, its versions, the word index.

Every function works on a connection within a transaction of its caller, `store.library`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from store import facts
from store.annotation import now
from store.article import Article, text_hash, text_iri
from store.canonical import canonical, is_web
from store.query_conditions import raw
from store.schema import day, packed, unpacked
from store.stub import FURNITURE, is_stub_text, stands_in

NO_SOURCES = ("", "-")
"""Sources that say nothing about which article it is."""

FIELDS = ("title", "source", "byline", "publisher", "published", "language")
"""What is kept of an article under the same name."""
_NEXT_TURN = "(SELECT coalesce(max(turn), 0) + 1 FROM articles)"
"""Orders the shelf where the clock cannot: two articles in one millisecond, or a clock that was set back."""


Finder = Callable[[Article], str | None]
"""The id under which an article that is not known here has been before (`store.lost_notes`); None when it has not."""


def nowhere(article: Article) -> str | None:
    """The finder where nothing tells what has been before."""
    return None


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article as it was put into the library."""

    article: Article
    """Under the id that it has there."""
    is_new: bool
    """Whether it was not known before."""
    is_changed: bool
    """Whether it was known with another text."""
    was_stub: bool = False
    """Whether of that other text only what was marked was known (`store.stub`), which is now found in the whole."""


def identify(connection: sqlite3.Connection, article: Article) -> str | None:
    """The id under which this source or this text is known, or what was marked in it before it came (`_stub_of`)."""
    row = None
    if article.source not in NO_SOURCES:
        query = "SELECT a.id FROM sources s JOIN articles a ON a.number = s.article WHERE s.source = CAST(? AS TEXT)"
        row = connection.execute(query, (raw(canonical(article.source)),)).fetchone()
    # Of two articles the same may be marked, or nothing: then only those that no source tells apart are one.
    is_stub = is_stub_text(article.text)
    if row is None and not (is_stub and article.source not in NO_SOURCES):
        row = connection.execute(
            "SELECT a.id FROM versions v JOIN articles a ON a.number = v.article WHERE v.hash = ?"
            f"{f' AND a.source IN {NO_SOURCES}' if is_stub else ''} ORDER BY a.version = v.hash DESC, a.number LIMIT 1",
            (article.text_hash,),
        ).fetchone()
    return str(row[0]) if row else _stub_of(connection, article)


def shelve(connection: sqlite3.Connection, article: Article, opened: bool, before: Finder = nowhere) -> Shelved:
    """Put `article` in: as just opened, or as something to read. When it is new, `before` may know its id."""
    known = identify(connection, article)
    id_ = known or before(article) or _free_id(connection, article)
    old = connection.execute("SELECT * FROM articles WHERE id = ?", (id_,)).fetchone() if known else None
    made = replace(article, id=id_)
    vars(made)["text_hash"] = article.text_hash
    same_text = old is not None and old["version"] == article.text_hash
    if old is not None and same_text:
        vars(made)["words"] = old["words"]  # a cached property: counting a million words takes 0.2 s
    if old is not None and same_text and not opened and not old["binned"]:
        _add_source(connection, old["number"], article)
        return Shelved(made, False, False)
    words = None
    if old is not None:
        # Reading the text of a million words takes 80 ms.
        words = (old["title"], old["byline"], made.text) if same_text else _indexed(connection, old["number"])
    _keep_row(connection, made, opened)
    number = int(connection.execute("SELECT number FROM articles WHERE id = ?", (id_,)).fetchone()[0])
    _keep_version(connection, number, made)
    _add_source(connection, number, article)
    _index(connection, number, words, (made.title, made.byline, made.text))
    was_stub = words is not None and is_stub_text(words[2]) and not is_stub_text(made.text)
    return Shelved(made, old is None, old is not None and not same_text, was_stub)


def _stub_of(connection: sqlite3.Connection, article: Article) -> str | None:
    """The one article of which only what was marked is known (`store.stub`), and all of it stands in this text.

    It was marked in this very text; or it has the same title, which must be alone in that, and not another web page.
    """
    row = connection.execute(
        "SELECT a.id FROM sources s JOIN articles a ON a.number = s.article WHERE s.source = ?",
        (text_iri(article.text_hash),),
    ).fetchone()
    if row is not None:
        return str(row[0])
    found = connection.execute(
        "SELECT a.id, a.source, v.text FROM articles a JOIN versions v ON v.article = a.number AND v.hash = a.version"
        " WHERE a.title = CAST(? AS TEXT) COLLATE NOCASE AND v.furniture = ? AND NOT a.binned LIMIT 2",
        (raw(article.title), json.dumps(FURNITURE)),
    ).fetchall()
    if len(found) != 1 or (is_web(article.source) and is_web(found[0]["source"])):
        return None
    return str(found[0]["id"]) if stands_in(unpacked(found[0]["text"]), article.text) else None


def take_out(connection: sqlite3.Connection, id: str) -> None:  # noqa: A002 (the field's name)
    """Forget the article, its versions, sources and tags, and what was extracted from texts that no other has."""
    row = connection.execute("SELECT number FROM articles WHERE id = ?", (id,)).fetchone()
    if row is None:
        return
    number = int(row[0])
    hashes = [one[0] for one in connection.execute("SELECT hash FROM versions WHERE article = ?", (number,))]
    _index(connection, number, _indexed(connection, number), None)
    others = "SELECT 1 FROM versions WHERE hash = ? AND article <> ?"
    for version in hashes:
        if connection.execute(others, (version, number)).fetchone() is None:
            facts.forget(connection, version)
    connection.execute("DELETE FROM articles WHERE number = ?", (number,))


def article_of(row: sqlite3.Row) -> Article:
    """The article in a row of `articles` with `text` and `furniture` of one of its versions."""
    values: dict[str, Any] = {name: row[name] for name in ("id", *FIELDS)}
    furniture = tuple((start, end) for start, end in json.loads(row["furniture"]))
    return Article(**values, text=unpacked(row["text"]), furniture=furniture)


Words = tuple[str, str, str]
"""Title, byline and text: what the word index has of an article."""


def _indexed(connection: sqlite3.Connection, number: int) -> Words | None:
    row = connection.execute(
        "SELECT a.title, a.byline, v.text FROM articles a"
        " JOIN versions v ON v.article = a.number AND v.hash = a.version WHERE a.number = ?",
        (number,),
    ).fetchone()
    return (row["title"], row["byline"], unpacked(row["text"])) if row else None


def _index(connection: sqlite3.Connection, number: int, old: Words | None, new: Words | None) -> None:
    """Bring the word index from `old` to `new`; it keeps no texts, so that the old words must be given."""
    if old == new:
        return
    texts = ", ".join(["CAST(? AS TEXT)"] * 3)
    if old is not None:
        query = f"INSERT INTO search (search, rowid, title, byline, text) VALUES ('delete', ?, {texts})"
        connection.execute(query, (number, *map(raw, old)))
    if new is not None:
        query = f"INSERT INTO search (rowid, title, byline, text) VALUES (?, {texts})"
        connection.execute(query, (number, *map(raw, new)))


def _free_id(connection: sqlite3.Connection, article: Article) -> str:
    """The article's id; when another article has it already, more of the text's hash, or hashes of that."""
    taken = "SELECT 1 FROM articles WHERE id = ?"
    return next(id_ for id_ in _ids(article) if connection.execute(taken, (id_,)).fetchone() is None)


def _ids(article: Article) -> Iterator[str]:
    yield article.id
    for length in range(len(article.id) + 4, len(article.text_hash) + 1, 4):
        yield article.text_hash[:length]
    for number in count(1):
        yield text_hash(f"{article.text_hash} {number}")


def _keep_row(connection: sqlite3.Connection, article: Article, opened: bool) -> None:
    moment = now()
    names = [name for name in ("version", "words", *FIELDS) if name != "source"]
    names += ["opened", "turn"] if opened else []
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    updates += f", source = iif(excluded.source IN {NO_SOURCES}, articles.source, excluded.source)"
    updates += ", day = iif(excluded.published = '', articles.day, excluded.day), binned = 0"
    connection.execute(
        f"INSERT INTO articles (id, version, words, day, added, opened, turn, {', '.join(FIELDS)})"
        f" VALUES (?, ?, ?, ?, ?, ?, {_NEXT_TURN}{', CAST(? AS TEXT)' * len(FIELDS)})"
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        (
            *(article.id, article.text_hash, article.words, day(article.published, moment), moment),
            moment if opened else "",
            *(raw(getattr(article, name)) for name in FIELDS),
        ),
    )


def _keep_version(connection: sqlite3.Connection, number: int, article: Article) -> None:
    known = connection.execute(
        "UPDATE versions SET furniture = ? WHERE article = ? AND hash = ?",
        (json.dumps(article.furniture), number, article.text_hash),
    )
    if known.rowcount:
        return
    connection.execute(
        "INSERT INTO versions (article, hash, seen, words, furniture, text) VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(number, article.text_hash, now(), article.words),
            *(json.dumps(article.furniture), packed(article.text)),
        ),
    )


def _add_source(connection: sqlite3.Connection, number: int, article: Article) -> None:
    if article.source not in NO_SOURCES:
        query = "INSERT OR IGNORE INTO sources (source, article) VALUES (CAST(? AS TEXT), ?)"
        connection.execute(query, (raw(canonical(article.source)), number))
