"""What was extracted, as the query language finds it: an index row for each actor, quote and figure of an analysis.

A row is numbered by its analysis and its place in it (`analysis << 16 | place`), so that no other table is needed to
get from one to the other. The index keeps no texts: what was put in must be given again to take it out, and is made
from the analysis as it is kept (`Document`), compressed beside the article's text, which has most of its words.
"""

import json
import math
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from store.analysis import Analysis, Quote, from_json, to_json
from store.schema import packed, unpacked

Document = dict[str, Any]
"""The JSON of an analysis, and under "speakers" the words by which each quote's speaker is found."""

MOST = 0xFFFF
"""Rows of one analysis that are indexed."""
_APART = " \ue000 "
"""Between two names: a letter of nobody's, so that no phrase runs from one name into the next."""
_COLUMNS = "quote, speaker, actor, figure"

Row = tuple[int, bytes, bytes, bytes, bytes]


def text_of(connection: sqlite3.Connection, text_hash: str) -> str:
    """The text of that hash; empty when no article has it."""
    row = connection.execute("SELECT text FROM versions WHERE hash = ? LIMIT 1", (text_hash,)).fetchone()
    return unpacked(row["text"]) if row else ""


def document(analysis: Analysis, text: str) -> Document:
    """What is kept of `analysis`; `text` is the article's, empty when it is not known."""
    return to_json(analysis) | {"speakers": [_speaker(analysis, quote, text) for quote in analysis.quotes]}


def keep(connection: sqlite3.Connection, text_hash: str, stamp: str, analysis: Analysis) -> None:
    """Keep an analysis in place of any other one of that text, and what it says in the index."""
    forget(connection, text_hash)
    text = text_of(connection, text_hash)
    kept = document(analysis, text)
    data = packed(json.dumps(_in_columns(kept), separators=(",", ":"), ensure_ascii=False), text)
    made = connection.execute("INSERT INTO analyses (hash, stamp, data) VALUES (?, ?, ?)", (text_hash, stamp, data))
    _index(connection, int(made.lastrowid or 0), kept)


def forget(connection: sqlite3.Connection, text_hash: str) -> None:
    """Take the analysis of that text out, if there is one; the text must be there still if it was when it was kept."""
    row = connection.execute("SELECT number, data FROM analyses WHERE hash = ?", (text_hash,)).fetchone()
    if row is None:
        return
    kept = _read(row["data"], text_of(connection, text_hash))
    columns = f"facts, rowid, {_COLUMNS}"
    values = f"'delete', ?, {_TEXTS}"
    connection.executemany(f"INSERT INTO facts ({columns}) VALUES ({values})", _rows(row["number"], kept))
    first = row["number"] << 16
    connection.execute("DELETE FROM figures WHERE number BETWEEN ? AND ?", (first, first + MOST))
    connection.execute("DELETE FROM analyses WHERE number = ?", (row["number"],))


def index_all(connection: sqlite3.Connection) -> None:
    """Make the index anew from the analyses that are kept."""
    connection.execute("INSERT INTO facts (facts) VALUES ('delete-all')")
    connection.execute("DELETE FROM figures")
    for row in connection.execute("SELECT number, hash, data FROM analyses").fetchall():
        _index(connection, row["number"], _read(row["data"], text_of(connection, row["hash"])))


_TEXTS = ", ".join(["CAST(? AS TEXT)"] * 4)


def _index(connection: sqlite3.Connection, number: int, kept: Document) -> None:
    connection.executemany(f"INSERT INTO facts (rowid, {_COLUMNS}) VALUES (?, {_TEXTS})", _rows(number, kept))
    figures = (
        (rowid, _real(row["value"]), _real(row["value"] if row["high"] is None else row["high"]))
        for rowid, row in zip(_numbered(number), _listed(kept, "numbers"), strict=False)
    )
    connection.executemany("INSERT INTO figures VALUES (?, ?, ?)", figures)


def _numbered(number: int) -> range:
    return range(number << 16, (number << 16) + MOST)


def _rows(number: int, kept: Document) -> Iterator[Row]:
    """The index rows: figures first, so that they have the numbers that `figures` gives them."""
    rows = islice(_columns(kept), MOST)
    for rowid, columns in zip(_numbered(number), rows, strict=False):
        quote, speaker, actor, figure = (text.encode("utf-8", "surrogatepass") for text in columns)
        yield rowid, quote, speaker, actor, figure


def _columns(kept: Document) -> Iterator[tuple[str, str, str, str]]:
    for number in _listed(kept, "numbers"):
        yield "", "", "", " ".join(str(number.get(name) or "") for name in ("unit", "kind", "of"))
    speakers = _listed(kept, "speakers")
    for place, quote in enumerate(_listed(kept, "quotes")):
        yield quote["text"], speakers[place] if place < len(speakers) else "", "", ""
    for actor in _listed(kept, "actors"):
        yield "", "", _apart([actor["name"], *actor["aliases"]]), ""


def _listed(kept: Document, name: str) -> list[Any]:
    found = kept.get(name)
    return found if isinstance(found, list) else []


def read(data: bytes, text: str) -> Analysis | None:
    """The analysis in what was kept; None when it is spoilt, or `text` is not the one that it was kept beside."""
    kept = _read(data, text)
    return from_json(kept) if kept else None


def _read(data: bytes, text: str) -> Document:
    """The document; an empty one when it is spoilt."""
    try:
        found = _in_rows(json.loads(unpacked(data, text)))
        from_json(found)
    except (AttributeError, KeyError, TypeError, ValueError, zlib.error):
        return {}
    return found


def _in_columns(kept: Document) -> Document:
    """`kept` with each list of rows as one object of columns: an eighth smaller when it is compressed."""
    return {name: _columned(rows) if rows and isinstance(rows[0], dict) else rows for name, rows in kept.items()}


def _columned(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _in_rows(kept: Document) -> Document:
    """The inverse of `_in_columns`; what is in rows already stays."""
    return {
        name: [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
        if isinstance(found, dict)
        else found
        for name, found in kept.items()
    }


def _real(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def _speaker(analysis: Analysis, quote: Quote, text: str) -> str:
    """The words by which the speaker is found: the actor's names, the role, and how the article has it there."""
    actor = analysis.actor(quote.actor)
    names = [actor.name, *actor.aliases, *([actor.role] if actor.role else [])] if actor else []
    words = text[slice(*quote.speaker)] if quote.speaker else ""
    return _apart([*names, *([words] if words else [])])


def _apart(names: Iterable[str]) -> str:
    """`names` so that no phrase runs from one into the next; one that stands within another finds nothing more."""
    kept: list[str] = []
    for name in names:
        if not any(f" {name} " in f" {other} " for other in kept):
            kept.append(name)
    return _APART.join(kept)
