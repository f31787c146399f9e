"""JSON as KOReader's exporter writes it: one book, or several under `documents`."""

from collections.abc import Iterator
from typing import Any

from store.annotation import Highlight, Note
from store.imports import Bundle, Heaps, Origin, identity, moment, passage, words

COLOURS = {
    "yellow": 1, "orange": 1, "gray": 1, "red": 2, "green": 3, "olive": 3, "blue": 4, "cyan": 4, "purple": 5,
}  # fmt: skip
"""Our colour nearest to each of KOReader's."""


def recognises(data: Any) -> bool:
    """Whether it is a book with entries, or several."""
    return any(isinstance(book, dict) and isinstance(book.get("entries"), list) for book in _books(data))


def read(data: Any) -> Iterator[Bundle]:
    """The entries by book."""
    heaps = Heaps()
    for book in _books(data):
        if isinstance(book, dict) and isinstance(book.get("entries"), list):
            origin = Origin(words(book.get("title")) or "Untitled", byline=words(book.get("author")))
            for entry in book["entries"]:
                _take(entry if isinstance(entry, dict) else {}, origin, heaps)
    yield from heaps


def _books(data: Any) -> list[Any]:
    documents = data.get("documents") if isinstance(data, dict) else data
    return documents if isinstance(documents, list) else [data]


def _take(entry: dict[str, Any], origin: Origin, heaps: Heaps) -> None:
    text, note = words(entry.get("text")), words(entry.get("note"))
    created = moment(entry.get("time"))
    name = (origin.title, origin.byline, text, str(entry.get("page")), created)
    selector = passage(text)
    if selector is None:
        notes = [Note(identity(*name, note), note, None, (), created, created)] if note.strip() else []
        heaps.add(origin, None, notes)
        return
    highlight = Highlight(identity(*name), selector, COLOURS.get(words(entry.get("color")), 1), (), created, created)
    notes = [Note(identity(*name, note), note, highlight.id, (), created, created)] if note.strip() else []
    heaps.add(origin, highlight, notes)
