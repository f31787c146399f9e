"""Where the rows of a list begin, in lines: measured where somebody looks, estimated elsewhere. No Textual in here.

An analysis of a million words has tens of thousands of rows, and drawing a row to know its height takes 50 µs. So rows
are measured block by block, in whatever order they come into sight. When a block is measured, what stands beneath it
moves by what the estimate was wrong; `Heights.look_around` is for knowing it before anything is shown.
"""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

BLOCK = 32
"""Rows that are measured together."""


class Heights:
    """The tops of `count` rows, one above the other."""

    def __init__(self, count: int, measure: Callable[[int], int]) -> None:
        """Rows of which the first block is measured.

        Args:
            measure: gives the lines, at least one, of the row of an index; asked once a row.
        """
        self._count, self._measure = count, measure
        self._tops: dict[int, list[int]] = {}
        """Of each measured block, where its rows begin within it, and where it ends."""
        self._starts = [0]
        if count:
            first = self._measured(0)
            rows = len(first) - 1
            lines = [len(self._rows(block)) * first[-1] // rows for block in range(-(-count // BLOCK))]
            self._starts = [*accumulate(lines, initial=0)]
            self._keep(0, first)

    @property
    def total(self) -> int:
        """Lines of all rows; those that are not measured yet count as high as the first ones are on average."""
        return self._starts[-1]

    def top(self, index: int) -> int:
        """The line at which the row of that index begins; of `count`, the line behind the last row."""
        if index >= self._count:
            return self.total
        block, row = divmod(index, BLOCK)
        tops = self._block(block)
        return self._starts[block] + tops[row]

    def row_at(self, line: int) -> int:
        """The index of the row that `line` is in; `count` behind the last one."""
        while line < self.total:
            block = max(0, bisect_right(self._starts, line) - 1)
            tops = self._block(block)
            if line < self._starts[block + 1]:
                return block * BLOCK + max(0, bisect_right(tops, line - self._starts[block]) - 1)
        return self._count

    def look_around(self, index: int) -> None:
        """Measure the block of that row and its neighbours."""
        here = min(index, self._count - 1) // BLOCK
        for block in range(max(0, here - 1), min(here + 2, len(self._starts) - 1)):
            self._block(block)

    def _block(self, block: int) -> list[int]:
        if block not in self._tops:
            self._keep(block, self._measured(block))
        return self._tops[block]

    def _measured(self, block: int) -> list[int]:
        return [*accumulate((self._measure(row) for row in self._rows(block)), initial=0)]

    def _keep(self, block: int, tops: list[int]) -> None:
        self._tops[block] = tops
        wrong = tops[-1] - (self._starts[block + 1] - self._starts[block])
        if wrong:
            self._starts[block + 1 :] = [start + wrong for start in self._starts[block + 1 :]]

    def _rows(self, block: int) -> range:
        return range(block * BLOCK, min((block + 1) * BLOCK, self._count))


class Alike(Heights):
    """Rows that all have as many lines: nothing is ever measured."""

    def __init__(self, count: int, lines: int) -> None:
        """So many rows of so many lines."""
        super().__init__(0, lambda _: lines)
        self._count, self._lines = count, lines

    @property
    def total(self) -> int:
        """Lines of all rows."""
        return self._count * self._lines

    def top(self, index: int) -> int:
        """The line at which the row of that index begins."""
        return index * self._lines

    def row_at(self, line: int) -> int:
        """The index of the row that `line` is in; `count` or more behind the last one."""
        return line // self._lines

    def look_around(self, index: int) -> None:
        """There is nothing to look for."""
