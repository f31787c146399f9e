"""Tables in a text: lines of cells parted by ` | `, and for each cell the label of its row and the head of its column.

Only the look of lines counts here. What may be a name in a cell and what a figure in it measures, the panes say.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.spans import Span, trim

_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_RULE = re.compile(r"[\s|:+=-]+")
_FIGURE = re.compile(r"[^\w]*\d[\d.,]*\W*")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty."""

    start: int
    end: int
    head: str
    """What stands at the top of its column; empty in the head itself, and in a table without one."""
    label: str
    """What stands in the first column of its row; empty for that cell itself."""
    corner: str
    """What stands at the top of the first column."""
    in_head: bool
    """Whether it is in the head."""
    column: int
    """Counted from 0."""


class Tables:
    """The cells of a text. Linear time; of a text without tables next to none."""

    def __init__(self, text: str) -> None:
        self.cells = [cell for lines in _blocks(text) for cell in _cells(text, lines)] if "|" in text else []
        self._starts = [cell.start for cell in self.cells]

    def at(self, offset: int) -> Cell | None:
        """The cell in which the character at `offset` stands; None outside of tables."""
        place = bisect_right(self._starts, offset) - 1
        return self.cells[place] if place >= 0 and offset < self.cells[place].end else None


def _blocks(text: str) -> Iterator[list[list[Span]]]:
    """Runs of two lines or more with as many cells each."""
    block: list[list[Span]] = []
    start = 0
    for line in text.split("\n"):
        spans = _split(text, start, start + len(line)) if "|" in line else []
        start += len(line) + 1
        if spans and _RULE.fullmatch(line):
            continue
        if len(spans) < 2 or (block and len(block[-1]) != len(spans)):
            if len(block) > 1:
                yield block
            block = []
        if len(spans) > 1:
            block.append(spans)
    if len(block) > 1:
        yield block


def _split(text: str, start: int, end: int) -> list[Span]:
    """The cells of a line, empty ones too; a bar before the first and the one behind the last part nothing.

    >>> [text[slice(*span)] for text in ["| Lorn | 5 | |"] for span in _split(text, 0, len(text))]
    ['Lorn', '5', '']
    """
    start, end = trim(text, (start, end))
    bars = [match.start() for match in _BAR.finditer(text[start:end])]
    inner = [start + bar for bar in bars if 0 < bar < end - start - 1]
    framed = bool(bars) and bars[0] == 0
    closed = bool(bars) and bars[-1] == end - start - 1
    inner += [end - 1] if closed and not framed else []
    first, last = start + framed, end - (closed and framed)
    return [trim(text, (a, b)) for a, b in zip([first, *(bar + 1 for bar in inner)], [*inner, last], strict=True)]


def _cells(text: str, lines: Sequence[Sequence[Span]]) -> Iterator[Cell]:
    heads = [text[slice(*span)] for span in lines[0]]
    if any(_FIGURE.fullmatch(head) and not _YEAR.fullmatch(head) for head in heads[1:]):
        heads = []
    for number, spans in enumerate(lines):
        in_head = bool(heads) and number == 0
        label = text[slice(*spans[0])]
        for column, (start, end) in enumerate(spans):
            if start < end:
                head = heads[column] if heads and not in_head else ""
                corner = heads[0] if heads else ""
                yield Cell(start, end, head, label if column else "", corner, in_head, column)
