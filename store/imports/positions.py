"""Passages by their position alone: in which text it can be trusted, and offsets in UTF-16 units.

A position counts in one text. Where a file says by its hash which text that is, and it is one that the article has
had, the words there are the passage. In any other text they would be some words, so what was written to such a passage
is kept as a note on the article.
"""

from collections.abc import Callable
from dataclasses import replace

from store import anchoring
from store.annotation import Highlight, Note, Selector
from store.imports import Bundle


def with_words(bundle: Bundle, text_of: Callable[[str], str]) -> Bundle:
    """`bundle` without positions: they are highlights with their words, or their notes are on the article.

    Args:
        text_of: the article's text of a hash (`Article.text_hash`); empty when there is none.
    """
    if not bundle.positions:
        return bundle
    read = {given.id: _read(given, text_of(given.selector.version), bundle.utf16) for given in bundle.positions}
    lost = {given.id: given for given in bundle.positions if read[given.id] is None}
    noted = {note.highlight for note in bundle.notes}
    return replace(
        bundle,
        highlights=(*bundle.highlights, *filter(None, read.values())),
        notes=tuple(_on_article(note, lost.get(note.highlight or "")) for note in bundle.notes),
        positions=(),
        skipped=bundle.skipped + len(lost.keys() - noted),
    )


def _read(given: Highlight, text: str, utf16: bool) -> Highlight | None:
    place = CodePoints(text).selector(given.selector) if utf16 else given.selector
    if place.end > len(text) or not text[place.start : place.end].strip():
        return None
    made = anchoring.describe(text, place.start, place.end)
    return replace(given, selector=replace(made, version=given.selector.version))


def _on_article(note: Note, marked: Highlight | None) -> Note:
    return note if marked is None else replace(note, highlight=None, tags=(*marked.tags, *note.tags))


class CodePoints:
    """Offsets in UTF-16 units, turned into code points of a text."""

    def __init__(self, text: str) -> None:
        self._beyond = [offset for offset, char in enumerate(text) if char > "\uffff"] if not text.isascii() else []

    def selector(self, selector: Selector) -> Selector:
        """`selector` with its offsets in code points."""
        start = self._offset(selector.start)
        return replace(selector, start=start, end=max(start + 1, self._offset(selector.end)))

    def _offset(self, units: int) -> int:
        # The nth character beyond U+FFFF begins `n` units later than its code point says.
        low, high = 0, len(self._beyond)
        while low < high:
            middle = (low + high) // 2
            if self._beyond[middle] + middle < units:
                low = middle + 1
            else:
                high = middle
        return units - low
