"""Readwise CSV: what goes into Readwise (seven columns) and what comes out of it (more of them)."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping

from store.annotation import Highlight, Note
from store.errors import ImportingError
from store.imports import Bundle, Heaps, Origin, identity, moment, passage, tags_of

MOST_CELL = 1_000_000
"""Characters of one cell."""
COLOURS = {"yellow": 1, "orange": 1, "red": 2, "pink": 2, "green": 3, "blue": 4, "purple": 5}
"""Our colour nearest to each of Readwise's."""

_COLUMNS = {
    "title": ("title", "book title"),
    "author": ("author", "book author"),
    "url": ("url", "source url"),
    "date": ("date", "highlighted at"),
    "colour": ("color", "colour"),
}
_TAGS = re.compile(r"(?:\.[^\s.]\S*)(?:[ \t]+\.[^\s.]\S*)*(?=\s|$)")
"""Tags stand at the very start of a note, each behind a full stop."""


def recognises(head: str) -> bool:
    """Whether the first line is a header with a column for highlights."""
    try:
        return "highlight" in _folded(next(csv.reader([head.partition("\n")[0]]), []))
    except csv.Error:
        return False


def read(lines: Iterable[str]) -> Iterator[Bundle | ImportingError]:
    """The rows by article; behind them why reading ended early, if it did."""
    heaps, failure = Heaps(), None
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(lines)
    header = _folded(next(reader, []))
    try:
        for row in reader:
            if row:
                _take(dict(zip(header, row, strict=False)), heaps)
    except csv.Error as error:
        failure = ImportingError(f"line {reader.line_num} is no CSV ({error}); what stands above it came in")
    yield from heaps
    if failure:
        yield failure


def _folded(header: list[str]) -> list[str]:
    return [name.strip().casefold() for name in header]


def _take(row: Mapping[str, str], heaps: Heaps) -> None:
    def cell(name: str) -> str:
        return next((row[column] for column in _COLUMNS.get(name, (name,)) if row.get(column)), "")

    origin = Origin(cell("title"), cell("url"), cell("author"))
    dotted, note = _parted(cell("note"))
    tags = tags_of([*cell("tags").split(","), *dotted])
    created = moment(cell("date"))
    text, location = cell("highlight"), cell("location")
    name = (origin.source or origin.title, text, location)
    selector = passage(text, start=int(location) if location.isdecimal() and len(location) < 12 else None)
    if selector is None:
        heaps.add(origin, None, [Note(identity(*name, note), note, None, tags, created, created)] if note else [])
        return
    colour = COLOURS.get(cell("colour").casefold(), 1)
    highlight = Highlight(identity(*name), selector, colour, tags, created, created)
    heaps.add(
        origin, highlight, [Note(identity(*name, note), note, highlight.id, (), created, created)] if note else []
    )


def _parted(note: str) -> tuple[list[str], str]:
    """The tags that a note begins with, and the rest of it."""
    found = _TAGS.match(note)
    if found is None:
        return [], note.strip()
    return [tag.removeprefix(".") for tag in found[0].split()], note[found.end() :].strip()
