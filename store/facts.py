"""What was extracted, as the query language finds it: an index row for each actor, quote and figure of an analysis.

A row is numbered by its analysis and its place in it (`analysis << 16 | place`), so that no other table is needed to
get from one to the other. The index keeps no texts: what was put in must be given again to take it out, and is made
from the analysis as it is kept (`store.columns`), compressed beside the article's text.

Behind each name stands one word that the whole name alone has (`exactly`): so those who are called just so are found
without those who have longer names, and no phrase runs from one name into the next.
"""

import hashlib
import json
import math
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from store import columns
from store.analysis import Actor, Analysis, Number, from_json
from store.annotation import Pane
from store.article import one_line
from store.schema import packed, unpacked

Kept = tuple[Analysis, str]
"""An analysis, and the text that it is of."""

MOST = 0xFFFF
"""Rows of one analysis that are indexed."""
_APART = "\ue000"
"""What words that stand for whole names begin with: a letter of nobody's."""
_COLUMNS = "quote, speaker, spoken, actor, figure"
"""Of a quote the names and the role of its actor stand in `speaker`, how the article has the speaker in `spoken`."""

Row = tuple[int, bytes, bytes, bytes, bytes, bytes]


def text_of(connection: sqlite3.Connection, text_hash: str) -> str:
    """The text of that hash; empty when no article has it."""
    row = connection.execute("SELECT text FROM versions WHERE hash = ? LIMIT 1", (text_hash,)).fetchone()
    return unpacked(row["text"]) if row else ""


def keep(connection: sqlite3.Connection, text_hash: str, stamp: str, analysis: Analysis) -> None:
    """Keep an analysis in place of any other one of that text, and what it says in the index."""
    forget(connection, text_hash)
    text = text_of(connection, text_hash)
    data = packed(columns.write(analysis, text), text)
    made = connection.execute("INSERT INTO analyses (hash, stamp, data) VALUES (?, ?, ?)", (text_hash, stamp, data))
    _index(connection, int(made.lastrowid or 0), (analysis, text))


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


def exactly(name: str) -> str:
    """The word by which the index has those who are called just `name`, letters' case and white space aside."""
    folded = one_line(name).casefold().encode("utf-8", "surrogatepass")
    return _APART + hashlib.blake2b(folded, digest_size=5).hexdigest()


def bounds(figure: Number) -> tuple[float, float]:
    """The least and the most that a figure may be, as it is compared."""
    return _real(figure.value), _real(figure.value if figure.high is None else figure.high)


def words_of(figure: Number) -> str:
    """The words by which a figure is found."""
    return f"{figure.unit or ''} {figure.kind} {figure.of or ''}"


def index_all(connection: sqlite3.Connection) -> None:
    """Make the index anew from the analyses that are kept; those whose text is damaged stay out of it."""
    connection.execute("INSERT INTO facts (facts) VALUES ('delete-all')")
    connection.execute("DELETE FROM figures")
    for row in connection.execute("SELECT number, hash, data FROM analyses").fetchall():
        kept = None
        with suppress(*_SPOILT):
            kept = _read(row["data"], text_of(connection, row["hash"]))
        if kept is not None:
            _index(connection, row["number"], kept)


def read(data: bytes, text: str, panes: Collection[Pane] = columns.PANES) -> Analysis | None:
    """The analysis in what was kept; None when it is spoilt, or `text` is not the one that it was kept beside.

    Args:
        panes: what is needed of it; the rest may be left out. A news article's takes 1.5 ms, its figures alone 0.2 ms.
    """
    with suppress(*_SPOILT):
        return _analysis(unpacked(data, text), text, panes)
    return None


_TEXTS = ", ".join(["CAST(? AS TEXT)"] * 5)
_OLD = "{"
"""How what was kept before it was lines of columns begins."""
_SPOILT = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, zlib.error)


def _read(data: bytes, text: str) -> Kept | None:
    """What is indexed of an analysis; None when it is spoilt."""
    with suppress(*_SPOILT):
        return _analysis(unpacked(data, text), text), text
    return None


def _analysis(lines: str, text: str, panes: Collection[Pane] = columns.PANES) -> Analysis:
    return from_json(_in_rows(lines)) if lines.startswith(_OLD) else columns.read(lines, text, panes)


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
        quote, speaker, spoken, actor, figure = (column.encode("utf-8", "surrogatepass") for column in words)
        yield rowid, quote, speaker, spoken, actor, figure


def _words(kept: Kept) -> Iterator[tuple[str, str, str, str, str]]:
    analysis, text = kept
    for number in analysis.numbers:
        yield "", "", "", "", words_of(number)
    actors = {actor.id: actor for actor in analysis.actors}
    for quote in analysis.quotes:
        spoken = text[slice(*quote.speaker)] if quote.speaker else ""
        yield quote.text, _speaker(actors.get(quote.actor or ""), spoken), spoken, "", ""
    for actor in analysis.actors:
        yield "", "", "", _names([actor.name, *actor.aliases]), ""


def _speaker(actor: Actor | None, spoken: str) -> str:
    """The names that a quote's speaker goes by: those of the actor, else how the article has it."""
    if actor is not None:
        return f"{_names([actor.name, *actor.aliases])} {actor.role or ''}"
    return exactly(spoken) if spoken else ""


def _real(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _names(names: Iterable[str]) -> str:
    """Each of `names` with its word behind it; of one that stands within another the word is enough."""
    kept: list[str] = []
    words: list[str] = []
    for name in names:
        within = any(f" {name} " in f" {other} " for other in kept)
        kept += [] if within else [name]
        words += [exactly(name)] if within else [name, exactly(name)]
    return " ".join(words)
