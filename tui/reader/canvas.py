"""Draws the rows of a page as strips: gutter, text with its marks, background. Knows no keys and moves nothing.

A strip is made once and kept under everything that changes its look: the row, and which part of it the sentence
cursor, the emphasis, the selection, the caret, the current match and the link hints cover. What changes all rows at
once (layers, marks, theme, width) empties the cache. Strips carry their whole style, background included, so that the
toolkit can send a row that was drawn before without styling it again.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from store.spans import Span
from tui.cells import fit
from tui.page import Page, Place, Row
from tui.reader.layers import LAYERS, Layer, runs
from tui.reader.styles import Palette
from tui.reader.view import BAR, BAR_LINE, GUTTER

_MOST = 1_000
"""How many strips are kept: some twenty screens; each takes several kilobytes."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What the reader widget itself marks in the text, apart from the layers."""

    sentence: Span
    """Under the sentence cursor."""
    caret: int
    """Where the caret is."""
    selection: Span | None = None
    """What is selected; the caret is drawn only then."""
    emphasis: Span | None = None
    """What was gone to, until the next motion."""
    match: Span | None = None
    """The match that was gone to last."""
    hints: tuple[tuple[int, str], ...] = ()
    """Labels to draw over the text, by offset."""


class Look(NamedTuple):
    """The part of a cursor that one row shows; rows that look the same have equal ones."""

    place: Place
    sentence: Span | None
    here: bool
    selection: Span | None
    caret: int | None
    emphasis: Span | None
    match: Span | None
    hints: tuple[tuple[int, str], ...]


class Canvas:
    """Everything that rows are drawn from. Change an attribute and call `clear`.

    Args:
        page: the text, laid out.
        palette: the looks of marks.
        width: cells of the whole pane.
        left: cells left of the text, gutter included.
    """

    def __init__(self, page: Page, palette: Palette, width: int, left: int) -> None:
        self.page = page
        self.palette = palette
        self.width = width
        self.left = left
        self.layers: Mapping[str, Layer] = {}
        self.notes: Mapping[int, str] = {}
        """Symbols for the margin, by offset."""
        self.headings: Callable[[int], bool] = lambda block: False
        """Whether a block of the page is a heading."""
        self.matches: Callable[[int, int], Iterable[Span]] = lambda start, end: ()
        """What the search found within two offsets."""
        self._drawn_layers: list[Layer] = []
        self._note_offsets: list[int] = []
        self._strips: dict[Look, Strip] = {}
        self._blank = Strip.blank(width, palette.base)

    def clear(self) -> None:
        """Forget all strips: what they are drawn from has changed."""
        self._strips.clear()
        layers = [self.layers[name] for name in LAYERS if name in self.layers]
        self._drawn_layers = [layer for layer in layers if layer.shown and len(layer)]
        self._note_offsets = sorted(self.notes)
        self._blank = Strip.blank(self.width, self.palette.base)

    def look(self, place: Place, row: Row, cursor: Cursor) -> Look:
        """What of `cursor` the row at `place` shows."""
        start, end = row.start, row.end
        caret = start <= cursor.caret < end or (cursor.caret == end == len(self.page.text))
        return Look(
            place,
            _part(cursor.sentence, start, end),
            caret,
            _part(cursor.selection, start, end),
            cursor.caret if caret and cursor.selection else None,
            _part(cursor.emphasis, start, end),
            _part(cursor.match, start, end),
            tuple(hint for hint in cursor.hints if start <= hint[0] < end) if cursor.hints else (),
        )

    def strip(self, look: Look, row: Row) -> Strip:
        """The row as it looks."""
        strip = self._strips.get(look)
        if strip is None:
            if len(self._strips) > _MOST:
                self._strips.clear()
            strip = self._strips[look] = self._blank if row.gap and not look.sentence else self._draw(look, row)
        return strip

    @property
    def blank(self) -> Strip:
        """A row behind the end of the text."""
        return self._blank

    def _draw(self, look: Look, row: Row) -> Strip:
        base = self.palette.base
        segments = [*self._gutter(look, row), *self._text(look, row)]
        used = self.left + row.width
        if used < self.width:
            segments.append(Segment(" " * (self.width - used), base))
        return Strip(segments, max(used, self.width)).crop(0, self.width)

    def _gutter(self, look: Look, row: Row) -> list[Segment]:
        style, note = self.palette.style, self._note(row)
        if note == " " and not look.sentence and not look.here:
            return [Segment(" " * self.left, self.palette.base)]
        bar = " "
        if look.sentence:
            bar = BAR_LINE if look.here else BAR
        elif look.here:
            bar = BAR_LINE
        left = max(0, self.left - GUTTER)
        return [
            Segment(" " * left, self.palette.base),
            Segment(note, style(("note",))),
            Segment(bar, style(("bar-line",) if look.here else ("bar",))),
            Segment(" ", self.palette.base),
        ][: self.left + 1 if self.left < GUTTER else None]

    def _note(self, row: Row) -> str:
        """The symbol of the first note in the row, one cell wide."""
        index = bisect_left(self._note_offsets, row.start)
        if index < len(self._note_offsets) and self._note_offsets[index] < row.end:
            return fit(self.notes[self._note_offsets[index]], 1).ljust(1)
        return " "

    def _text(self, look: Look, row: Row) -> list[Segment]:
        """The row's text, cut into runs of one look."""
        style, hints = self.palette.style, dict(look.hints)
        segments = []
        for run in runs(self._marks(look, row), row.start, row.end):
            shown = row.shown(run.start, run.end)
            if run.start in hints and "hint" in run.marks:
                shown = hints[run.start]
            if shown:
                segments.append(Segment(shown, style(run.marks)))
        return segments

    def _marks(self, look: Look, row: Row) -> list[tuple[Span, str]]:
        """All marks of the row, lowest first. White space at its end is marked by selection and caret only."""
        end = row.start + len(self.page.text[row.start : row.end].rstrip())
        marks: list[tuple[Span, str]] = []
        if self.headings(look.place.block):
            marks.append(((row.start, end), "heading"))
        if look.sentence:
            marks.append(((look.sentence[0], min(look.sentence[1], end)), "sentence"))
        for layer in self._drawn_layers:
            marks += [
                ((item.span[0], min(item.span[1], end)), layer.mark(item)) for item in layer.overlapping(row.start, end)
            ]
        marks += (((first, min(last, end)), "search") for first, last in self.matches(row.start, end))
        own = ((look.match, "match"), (look.emphasis, "emphasis"), (look.selection, "selection"))
        marks += ((span, name) for span, name in own if span)
        if look.caret is not None:
            marks.append((row.cluster(look.caret), "caret"))
        marks += (((offset, offset + len(label)), "hint") for offset, label in look.hints)
        return marks


def _part(span: Span | None, start: int, end: int) -> Span | None:
    """What of `span` lies in `[start, end)`; None when nothing does."""
    if span is None or span[0] >= end or span[1] <= start:
        return None
    return max(span[0], start), min(span[1], end)
