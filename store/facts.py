"""What was extracted, as the query language finds it: an index row for each actor, quote and figure of an analysis.

A row is numbered by its analysis and its place in it (`analysis << 16 | place`), so that no other table is needed to
get from one to the other. The index keeps no texts: what was put in must be given again to take it out, and is made
from the analysis as it is kept (`store.columns`), compressed beside the article's text.
"""

import json
import math
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice, repeat
from typing import Any

from store import columns
from store.analysis import Analysis, Number, from_json
from store.schema import packed, unpacked

Kept = tuple[Analysis, list[str]]
"""An analysis, and the words by which each quote's speaker is found."""

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


def keep(connection: sqlite3.Connection, text_hash: str, stamp: str, analysis: Analysis) -> None:
    """Keep an analysis in place of any other one of that text, and what it says in the index."""
    forget(connection, text_hash)
    text = text_of(connection, text_hash)
    found_by = list(map(_apart, speakers(analysis, text)))
    data = packed(columns.write(analysis, text, found_by), text)
    made = connection.execute("INSERT INTO analyses (hash, stamp, data) VALUES (?, ?, ?)", (text_hash, stamp, data))
    _index(connection, int(made.lastrowid or 0), (analysis, found_by))


def forget(connection: sqlite3.Connection, text_hash: str) -> None:
    """Take the analysis of that text out, if there is one; the text must be there still if it was when it was kept."""
    row = connection.execute("SELECT number, data FROM analyses WHERE hash = ?", (text_hash,)).fetchone()
    if row is None:
        return
    kept = _read(row["data"], text_of(connection, text_hash))
    if kept is None:
        # What it put into the index is not known any more. Its number stays taken, so that this is found for no text.
        query = "UPDATE analyses SET hash = 'spoilt ' || number, data = x'' WHERE number = ?"
        connection.execute(query, (row["number"],))
        return
    names = f"facts, rowid, {_COLUMNS}"
    values = f"'delete', ?, {_TEXTS}"
    connection.executemany(f"INSERT INTO facts ({names}) VALUES ({values})", _rows(row["number"], kept))
    first = row["number"] << 16
    connection.execute("DELETE FROM figures WHERE number BETWEEN ? AND ?", (first, first + MOST))
    connection.execute("DELETE FROM analyses WHERE number = ?", (row["number"],))


def speakers(analysis: Analysis, text: str) -> list[list[str]]:
    """The names by which each quote's speaker is found: the actor's names, the role, and how the article has it."""
    names = {actor.id: [actor.name, *actor.aliases, *filter(None, [actor.role])] for actor in analysis.actors}
    return [
        [*names.get(quote.actor or "", ()), *([text[slice(*quote.speaker)]] if quote.speaker else [])]
        for quote in analysis.quotes
    ]


def bounds(figure: Number) -> tuple[float, float]:
    """The least and the most that a figure may be, as it is compared."""
    return _real(figure.value), _real(figure.value if figure.high is None else figure.high)


def words_of(figure: Number) -> str:
    """The words by which a figure is found."""
    return f"{figure.unit or ''} {figure.kind} {figure.of or ''}"


def index_all(connection: sqlite3.Connection) -> None:
    """Make the index anew from the analyses that are kept."""
    connection.execute("INSERT INTO facts (facts) VALUES ('delete-all')")
    connection.execute("DELETE FROM figures")
    for row in connection.execute("SELECT number, hash, data FROM analyses").fetchall():
        if kept := _read(row["data"], text_of(connection, row["hash"])):
            _index(connection, row["number"], kept)


def read(data: bytes, text: str) -> Analysis | None:
    """The analysis in what was kept; None when it is spoilt, or `text` is not the one that it was kept beside."""
    with suppress(*_SPOILT):
        return _analysis(unpacked(data, text), text)
    return None


_TEXTS = ", ".join(["CAST(? AS TEXT)"] * 4)
_OLD = "{"
"""How what was kept before it was lines of columns begins."""
_SPOILT = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, zlib.error)


def _read(data: bytes, text: str) -> Kept | None:
    """What is indexed of an analysis; None when it is spoilt."""
    with suppress(*_SPOILT):
        lines = unpacked(data, text)
        if lines.startswith(_OLD):
            found_by = [str(words) for words in _in_rows(lines).get("speakers", [])]
        else:
            found_by = columns.speakers(lines)
        return _analysis(lines, text), found_by
    return None


def _analysis(lines: str, text: str) -> Analysis:
    return from_json(_in_rows(lines)) if lines.startswith(_OLD) else columns.read(lines, text)


def _in_rows(lines: str) -> dict[str, Any]:
    """The JSON of an analysis, whose lists of rows may stand there as one object of columns each."""
    return {
        name: [dict(zip(found, values, strict=True)) for values in zip(*found.values(), strict=True)]
        if isinstance(found, dict)
        else found
        for name, found in json.loads(lines).items()
    }


def _index(connection: sqlite3.Connection, number: int, kept: Kept) -> None:
    connection.executemany(f"INSERT INTO facts (rowid, {_COLUMNS}) VALUES (?, {_TEXTS})", _rows(number, kept))
    figures = ((rowid, *bounds(figure)) for rowid, figure in zip(_numbered(number), kept[0].numbers, strict=False))
    connection.executemany("INSERT INTO figures VALUES (?, ?, ?)", figures)


def _numbered(number: int) -> range:
    return range(number << 16, (number << 16) + MOST)


def _rows(number: int, kept: Kept) -> Iterator[Row]:
    """The index rows: figures first, so that they have the numbers that `figures` gives them."""
    for rowid, words in zip(_numbered(number), islice(_words(kept), MOST), strict=False):
        quote, speaker, actor, figure = (text.encode("utf-8", "surrogatepass") for text in words)
        yield rowid, quote, speaker, actor, figure


def _words(kept: Kept) -> Iterator[tuple[str, str, str, str]]:
    analysis, speakers = kept
    for number in analysis.numbers:
        yield "", "", "", words_of(number)
    for quote, speaker in zip(analysis.quotes, chain(speakers, repeat("")), strict=False):
        yield quote.text, speaker, "", ""
    for actor in analysis.actors:
        yield "", "", _apart([actor.name, *actor.aliases]), ""


def _real(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _apart(names: Iterable[str]) -> str:
    """`names` so that no phrase runs from one into the next; one that stands within another finds nothing more."""
    kept: list[str] = []
    for name in names:
        if not any(f" {name} " in f" {other} " for other in kept):
            kept.append(name)
    return _APART.join(kept)
