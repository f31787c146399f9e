"""Text to screen rows and back: wrapping, the cell of every offset, the offset under every cell.

No Textual and no Rich in here, and no idea of what is visible: that is `tui.reader.view`. Layout is lazy, block by
block (see `tui.blocks`), so that a million words open as fast as a page; what is laid out is kept while it is of use.

Wrapping is greedy. A row ends behind white space, which hangs: one blank may stand in the cell behind the text's
width, further ones share that cell. Between wide characters a row may end anywhere but before closing and behind
opening punctuation. A word that is longer than a row is cut between grapheme clusters.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from store.spans import Span
from tui.blocks import Blocks
from tui.cells import PLAIN, TAB, Cluster, clusters

_KEPT = 512
"""How many laid-out blocks are kept; a screen shows at most as many as it has rows."""

_NOT_AT_START = frozenset("、。，．：；！？）］｝」』】〉》〕〗〙’”…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}%")
_NOT_AT_END = frozenset("（［｛「『【〈《〔〖〘‘“([{")
_BLANKS = frozenset(" \t\n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")


class Place(NamedTuple):
    """A row of the page. Places are ordered as the rows are; they hold until the width changes."""

    block: int
    row: int


class Row:
    """One laid-out row: which characters are in it and in which cells they stand."""

    __slots__ = ("_cells", "_starts", "_text", "end", "gap", "start", "width")

    def __init__(self, start: int, end: int, text: str | Sequence[Cluster], width: int, *, gap: bool = False) -> None:
        self.start = start
        """Offset of its first code point."""
        self.end = end
        """Offset behind its last, white space at its end included; the next row starts there."""
        self.gap = gap
        """Whether it is the empty row drawn between two paragraphs of a dense text. It holds no code point."""
        self._starts: list[int] | None = None
        if isinstance(text, str):
            self._text: Sequence[str] = text[: width + 1]
            self._cells: Sequence[int] = ()
            self.width = len(self._text)
            """How many cells it takes, at most one more than the page is wide."""
        else:
            self._place(text, width)

    def _place(self, row: Sequence[Cluster], width: int) -> None:
        """Put clusters into cells: tabs to their stops, blanks behind the width into the cell that hangs there."""
        starts: list[int] = []
        cells: list[int] = []
        shown: list[str] = []
        cell = 0
        for cluster in row:
            taken, text = cluster.cells, cluster.shown
            if text == " " and cell >= width:
                if cell > width:
                    continue
                taken = 1
            elif cluster.cells == TAB:
                taken = min(TAB - cell % TAB, width + 1 - cell)
                text = " " * taken
            starts.append(cluster.start)
            cells.append(cell)
            shown.append(text)
            cell += taken
        self._starts, self._cells, self._text, self.width = starts, cells, shown, cell

    def _index(self, offset: int) -> int:
        if self._starts is None:
            return min(max(offset - self.start, 0), max(self.width - 1, 0))
        return max(0, bisect_right(self._starts, offset) - 1)

    def cell(self, offset: int) -> int:
        """The first cell of the character that `offset` is in; `width` for the row's end and beyond."""
        if offset >= self.end:
            return self.width
        index = self._index(offset)
        return index if self._starts is None else self._cells[index] if self._cells else 0

    def cluster(self, offset: int) -> Span:
        """The whole character, as a reader sees it, that `offset` is in; blanks that hang together count as one."""
        index = self._index(offset)
        if self._starts is None:
            last = index == self.width - 1
            return self.start + index, self.end if last else min(self.start + index + 1, self.end)
        following = self._starts[index + 1] if index + 1 < len(self._starts) else self.end
        return self._starts[index], following

    def offset(self, cell: int) -> int:
        """Where the character under `cell` starts; the last one of the row when `cell` is behind it."""
        if self._starts is None:
            return self.start + min(max(cell, 0), max(self.width - 1, 0))
        return self._starts[max(0, bisect_right(self._cells, max(cell, 0)) - 1)]

    def shown(self, start: int, end: int) -> str:
        """What is drawn for the characters that begin in `[start, end)`; it takes `cell(end) - cell(start)` cells."""
        if self._starts is None:
            return "".join(self._text[max(start - self.start, 0) : max(end - self.start, 0)])
        first, last = bisect_right(self._starts, start - 1), bisect_right(self._starts, end - 1)
        return "".join(self._text[first:last])


class Page:
    """`text` laid out `width` cells wide (one more for a blank that hangs at a row's end).

    Args:
        text: anything; offsets count its code points.
        width: cells a row may take, at least 2.
        blocks: those of the same text, when they have been made already (laying out anew after a resize).
    """

    def __init__(self, text: str, width: int, blocks: Blocks | None = None) -> None:
        self.text = text
        self.width = max(2, width)
        self.blocks = blocks or Blocks(text)
        self._layouts: OrderedDict[int, _Layout] = OrderedDict()
        self._rows_of_laid = self._characters_of_laid = 0

    @property
    def first(self) -> Place:
        """The first row."""
        return Place(0, 0)

    @property
    def last(self) -> Place:
        """The last row."""
        block = len(self.blocks) - 1
        return Place(block, self._layout(block).rows - 1)

    @property
    def lines(self) -> int:
        """How many rows there are, as estimated from what has been laid out so far. Never used for scrolling."""
        laid, characters = self._rows_of_laid or 1, self._characters_of_laid or self.width
        return max(1, round(len(self.text) * laid / characters))

    def row(self, place: Place) -> Row:
        """The row at `place`."""
        return self._layout(place.block).placed[place.row][1]

    def rows(self, place: Place, count: int) -> list[tuple[Place, Row]]:
        """`count` rows from `place` on, each with its place; fewer at the end of the text."""
        block, rows = place.block, self._layout(place.block).placed[place.row : place.row + count]
        while len(rows) < count and block + 1 < len(self.blocks):
            block += 1
            rows = rows + self._layout(block).placed[: count - len(rows)]
        return rows

    def place(self, offset: int) -> Place:
        """The row that `offset` is in; the last one for the end of the text."""
        block = self.blocks.at(offset)
        return Place(block, max(0, bisect_right(self._layout(block).starts, offset) - 1))

    def cell(self, offset: int) -> tuple[Place, int]:
        """The row and the cell of `offset`."""
        place = self.place(offset)
        return place, self.row(place).cell(offset)

    def step(self, place: Place, rows: int) -> Place:
        """The place `rows` further down, or up when negative; the first or last one when there are not so many.

        Linear in `rows`, whatever the length of the text.
        """
        block, row = place.block, place.row + rows
        while row < 0 and block > 0:
            block -= 1
            row += self._layout(block).rows
        while row >= (count := self._layout(block).rows) and block + 1 < len(self.blocks):
            row -= count
            block += 1
        return Place(block, min(max(row, 0), self._layout(block).rows - 1))

    def distance(self, start: Place, end: Place, most: int) -> int:
        """How many rows `end` is below `start` (negative: above), looking no further than `most` rows."""
        if end < start:
            return -self.distance(end, start, most)
        rows, block = -start.row, start.block
        while block < end.block and rows <= most:
            rows += self._layout(block).rows
            block += 1
        return min(rows + end.row, most) if block == end.block else most

    def cluster(self, offset: int) -> Span:
        """The character, as a reader sees it, that `offset` is in; empty at the end of the text."""
        if offset >= len(self.text):
            return len(self.text), len(self.text)
        return self.row(self.place(offset)).cluster(offset)

    def _layout(self, block: int) -> "_Layout":
        layout = self._layouts.get(block)
        if layout is None:
            layout = self._layouts[block] = _lay_out(self.blocks, block, self.width)
            self._rows_of_laid += layout.rows
            self._characters_of_laid += layout.placed[-1][1].end - layout.starts[0]
            if len(self._layouts) > _KEPT:
                self._layouts.popitem(last=False)
        return layout


class _Layout:
    """One block, wrapped."""

    __slots__ = ("placed", "rows", "starts")

    def __init__(self, starts: list[int], placed: list[tuple[Place, Row]]) -> None:
        self.starts = starts
        """Offset of each row that has text."""
        self.placed = placed
        """Each row with its place; an empty one at the end when a gap follows."""
        self.rows = len(placed)
        """How many there are."""


def _shift(row: list[Cluster], by: int, text: str) -> list[Cluster]:
    """`row` with its offsets moved by `by`, and its tabs given their full width."""
    return [
        Cluster(start + by, end + by, TAB if text[start] == "\t" else cells, shown) for start, end, cells, shown in row
    ]


def _lay_out(blocks: Blocks, index: int, width: int) -> _Layout:
    """Wrap block `index`. Newlines are shown as blanks; those of a hard-wrapped text are ends only where it says so."""
    start, end = blocks.span(index)
    shown = blocks.text[start:end].replace("\n", " ")
    plain = PLAIN.fullmatch(shown) is not None
    wrap = _wrap_plain if plain else _wrap_wide
    cuts = [0, *(at + 1 - start for at in blocks.breaks(index)), len(shown)] if blocks.column else [0, len(shown)]
    starts = [start + first + at for first, last in pairwise(cuts) for at in wrap(shown[first:last], width)]
    rows = []
    for number, (first, last) in enumerate(pairwise([*starts, end])):
        text = shown[first - start : last - start]
        row = Row(first, last, text if plain else _shift(clusters(text), first, text), width)
        rows.append((Place(index, number), row))
    if _gap_follows(blocks, index):
        rows.append((Place(index, len(rows)), Row(end, end, "", width, gap=True)))
    return _Layout(starts, rows)


def _gap_follows(blocks: Blocks, index: int) -> bool:
    """Whether an empty row is drawn behind block `index` because the text has no blank lines."""
    following = index + 1
    if not blocks.dense or following == len(blocks) or not blocks.ended(index):
        return False
    return not blocks.blank(index) and not blocks.blank(following)


def _wrap_plain(text: str, width: int) -> list[int]:
    """Where the rows of `text` start, one cell a character."""
    starts, at, length = [0], 0, len(text)
    while length - at > width:
        cut = text.rfind(" ", at, at + width + 1) + 1
        if cut <= at:
            cut = at + width
        while cut < length and text[cut] == " ":
            cut += 1
        if cut >= length:
            break
        starts.append(cut)
        at = cut
    return starts


def _wrap_wide(text: str, width: int) -> list[int]:
    """Where the rows of `text` start, whatever is in it."""
    row = clusters(text)
    starts, cell, index, first, cut = [0], 0, 0, 0, 0
    while index < len(row):
        cluster = row[index]
        character = text[cluster.start]
        if character in _BLANKS:
            cell += TAB - cell % TAB if character == "\t" else cluster.cells
            index += 1
            cut = index
            continue
        if index > first and cut < index and _may_part(row[index - 1], cluster, text):
            cut = index
        if cell + cluster.cells > width and index > first:
            first = index = cut if cut > first else index
            starts.append(row[first].start)
            cell, cut = 0, first
            continue
        cell += cluster.cells
        index += 1
    return starts


def _may_part(before: Cluster, after: Cluster, text: str) -> bool:
    """Whether a row may end between two characters that are not blank."""
    if before.cells < 2 and after.cells < 2:
        return text[before.start] == "\u200b" or text[after.start - 1] == "\u200b"
    return text[after.start] not in _NOT_AT_START and text[before.start] not in _NOT_AT_END
