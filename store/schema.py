"""What the library's tables look like, and what leads from each older form of them to the next.

How a file is opened and migrated is the business of `store.database`; what its rows mean that of the modules that
write them. Every table has an integer key of its own, because SQLite may number rows anew that have none; no two tables
have columns of the same number and types, so that `store.salvage` can tell rows apart when the schema itself is lost.
"""

import sqlite3
import zlib
from collections.abc import Callable

from store.canonical import canonical

PAGE_SIZE = 16_384
"""Bytes of a page: compressed texts of 2 to 4 kB lie several to a page; 4,096 made the file a fifth longer."""
_LEVEL = 6
"""Of zlib: halves a news text in 0.2 ms."""

Step = str | Callable[[sqlite3.Connection], None]
"""A statement, or what does more than one."""

_FIRST: tuple[Step, ...] = (
    """CREATE TABLE articles (
        id TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, byline TEXT NOT NULL,
        publisher TEXT NOT NULL, published TEXT NOT NULL, language TEXT NOT NULL, words INTEGER NOT NULL,
        added TEXT NOT NULL, opened TEXT NOT NULL, turn INTEGER NOT NULL, position INTEGER NOT NULL DEFAULT 0,
        progress REAL NOT NULL DEFAULT 0, read INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE versions (
        article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, hash TEXT NOT NULL, seen TEXT NOT NULL,
        words INTEGER NOT NULL, furniture TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (article, hash)
    ) STRICT""",
    "CREATE INDEX articles_by_turn ON articles(turn)",
    "CREATE INDEX versions_by_hash ON versions(hash)",
    """CREATE TABLE sources (
        source TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE
    ) STRICT""",
    "CREATE INDEX sources_by_article ON sources(article)",
    "CREATE TABLE analyses (hash TEXT PRIMARY KEY, stamp TEXT NOT NULL, data TEXT NOT NULL) STRICT",
)

_SEARCH = """CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', {more}
    tokenize="unicode61 remove_diacritics 2")"""

_FACTS = (
    # The first column takes two bytes less a word, and quotes have the most of them.
    _SEARCH.format(name="facts", columns="quote, speaker, spoken, actor, figure", more="columnsize=0,"),
    "INSERT INTO facts (facts, rank) VALUES ('hashsize', 8388608)",
)

TABLES = (
    """CREATE TABLE articles (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL, title TEXT NOT NULL,
        source TEXT NOT NULL, byline TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL,
        language TEXT NOT NULL, words INTEGER NOT NULL, day TEXT NOT NULL, added TEXT NOT NULL, opened TEXT NOT NULL,
        turn INTEGER NOT NULL, position INTEGER NOT NULL DEFAULT 0, progress REAL NOT NULL DEFAULT 0,
        read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, archived INTEGER NOT NULL DEFAULT 0,
        binned INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE versions (
        number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
        hash TEXT NOT NULL, seen TEXT NOT NULL, words INTEGER NOT NULL, furniture TEXT NOT NULL, text BLOB NOT NULL,
        UNIQUE (article, hash)
    ) STRICT""",
    """CREATE TABLE sources (
        number INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE tags (
        number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
        tag TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (folded, article)
    ) STRICT""",
    """CREATE TABLE analyses (
        number INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, data BLOB NOT NULL
    ) STRICT""",
    "CREATE TABLE figures (number INTEGER PRIMARY KEY, low REAL NOT NULL, high REAL NOT NULL) STRICT",
    """CREATE TABLE searches (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL, made TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE feeds (
        number INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, site TEXT NOT NULL,
        folder TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL, fetched TEXT NOT NULL,
        problem TEXT NOT NULL, added TEXT NOT NULL
    ) STRICT""",
    _SEARCH.format(name="search", columns="title, byline, text", more=""),
    *_FACTS,
    # Segments of the size of a batch: a fifth faster to add to, and searching does not feel it.
    "INSERT INTO search (search, rank) VALUES ('hashsize', 8388608)",
    "INSERT INTO search (search, rank) VALUES ('automerge', 8)",
)
"""The tables without their indexes, in the order in which rows can be put into them."""

INDEXES = (
    "CREATE INDEX articles_by_turn ON articles(turn)",
    "CREATE INDEX articles_by_opened ON articles(opened, turn)",
    "CREATE INDEX articles_by_day ON articles(day)",
    "CREATE INDEX articles_by_title ON articles(title COLLATE NOCASE)",
    "CREATE INDEX articles_by_read ON articles(read)",
    "CREATE INDEX articles_by_version ON articles(version)",
    "CREATE INDEX articles_binned ON articles(binned) WHERE binned",
    "CREATE INDEX versions_by_hash ON versions(hash)",
    "CREATE INDEX sources_by_article ON sources(article)",
    "CREATE INDEX tags_by_article ON tags(article)",
    "CREATE INDEX figures_by_high ON figures(high)",
)


def _index_facts(connection: sqlite3.Connection) -> None:
    from store import facts

    facts.index_all(connection)


_OLD = ("articles", "versions", "sources", "analyses")
_SECOND: tuple[Step, ...] = (
    *(f"ALTER TABLE {name} RENAME TO old_{name}" for name in _OLD),
    *(f"DROP INDEX {name}" for name in ("articles_by_turn", "versions_by_hash", "sources_by_article")),
    *TABLES,
    *INDEXES,
    """INSERT INTO articles (id, version, title, source, byline, publisher, published, language, words, day, added,
        opened, turn, position, progress, read)
        SELECT id, version, title, source, byline, publisher, published, language, words,
        iif(length(published) >= 10, substr(published, 1, 10), substr(added, 1, 10)), added,
        opened, turn, position, progress, read FROM old_articles ORDER BY added, turn""",
    """INSERT INTO versions (article, hash, seen, words, furniture, text)
        SELECT a.number, v.hash, v.seen, v.words, v.furniture, deflated(CAST(v.text AS BLOB))
        FROM old_versions v JOIN articles a ON a.id = v.article ORDER BY v.seen, v.rowid""",
    """INSERT OR IGNORE INTO sources (source, article)
        SELECT CAST(canonical_bytes(CAST(s.source AS BLOB)) AS TEXT), a.number
        FROM old_sources s JOIN articles a ON a.id = s.article""",
    "INSERT INTO analyses (hash, stamp, data) SELECT hash, stamp, deflated(CAST(data AS BLOB)) FROM old_analyses",
    """INSERT INTO search (rowid, title, byline, text)
        SELECT a.number, a.title, a.byline, CAST(inflated(v.text) AS TEXT)
        FROM articles a JOIN versions v ON v.article = a.number AND v.hash = a.version""",
    *(f"DROP TABLE old_{name}" for name in ("sources", "versions", "articles", "analyses")),
)
_THIRD: tuple[Step, ...] = ("DROP TABLE facts", *_FACTS, _index_facts)

MIGRATIONS: tuple[tuple[Step, ...], ...] = (_FIRST, _SECOND, _THIRD)
"""What leads from each version of the schema (`PRAGMA user_version`) to the next; only ever added to."""


def packed(text: str, beside: str = "") -> bytes:
    """`text` as it is kept: compressed; lone surrogates, which file names and texts may hold, survive.

    Args:
        beside: a text that shares words with it, which must be given again to read it (RFC 1950, preset dictionary).
    """
    data = text.encode("utf-8", "surrogatepass")
    if not beside:
        return deflated(data)
    packer = zlib.compressobj(_LEVEL, zdict=_dictionary(beside))
    return packer.compress(data) + packer.flush()


def unpacked(data: bytes, beside: str = "") -> str:
    """The inverse of `packed`. Raises zlib.error or ValueError when `data` is spoilt or `beside` another."""
    unpacker = zlib.decompressobj(zdict=_dictionary(beside)) if beside else zlib.decompressobj()
    text = unpacker.decompress(data) + unpacker.flush()
    if not unpacker.eof:
        raise zlib.error("it is cut short")
    return text.decode("utf-8", "surrogatepass")


def _dictionary(text: str) -> bytes:
    """The end of `text` as far back as the compression looks."""
    return text.encode("utf-8", "surrogatepass")[-32_768:]


def deflated(data: bytes) -> bytes:
    """`data` compressed; an SQL function, too."""
    return zlib.compress(data, _LEVEL)


def inflated(data: bytes) -> bytes:
    """The inverse of `deflated`."""
    return zlib.decompress(data)


def day(published: str, added: str) -> str:
    """The day that an article is of, as `2025-04-01`: when it was published, or added when that is not known."""
    return published[:10] if len(published) >= 10 else added[:10]


def canonical_bytes(source: bytes) -> bytes:
    """`store.canonical.canonical` for SQL, where lone surrogates pass as bytes only."""
    return canonical(source.decode("utf-8", "surrogatepass")).encode("utf-8", "surrogatepass")


FUNCTIONS = (deflated, inflated, canonical_bytes)
"""The SQL functions that migrations use, each of one argument; texts go through `CAST(... AS BLOB)`."""
