"""Where the rows of a list begin, in lines: measured as far as somebody asks, estimated beyond. No Textual in here.

An analysis of a million words has tens of thousands of rows; drawing them all to know their heights takes a second.
"""

from bisect import bisect_right
from collections.abc import Callable


class Heights:
    """The tops of `count` rows, one above the other."""

    def __init__(self, count: int, measure: Callable[[int], int], alike: int | None = None) -> None:
        """Nothing is measured yet.

        Args:
            measure: gives the lines of the row of an index; asked once a row, in order.
            alike: the lines of every row when all have as many; then nothing is ever measured.
        """
        self._count, self._measure, self._alike = count, measure, alike
        self._tops = [0]

    @property
    def complete(self) -> bool:
        """Whether every row is measured."""
        return self._alike is not None or len(self._tops) > self._count

    @property
    def total(self) -> int:
        """Lines of all rows; those that are not measured yet count as high as the others are on average."""
        if self._alike is not None:
            return self._count * self._alike
        measured = len(self._tops) - 1
        rest = self._count - measured
        return self._tops[-1] + (rest * self._tops[-1] // measured if measured else 0)

    def more(self, rows: int) -> None:
        """Measure so many rows more."""
        self._to(len(self._tops) - 1 + rows)

    def top(self, index: int) -> int:
        """The line at which the row of that index begins; of `count`, the line behind the last row."""
        if self._alike is not None:
            return index * self._alike
        self._to(index)
        return self._tops[index]

    def row_at(self, line: int) -> int:
        """The index of the row that `line` is in; `count` or more behind the last one."""
        if self._alike is not None:
            return line // self._alike
        while self._tops[-1] <= line and not self.complete:
            self.more(1)
        return bisect_right(self._tops, line) - 1

    def _to(self, index: int) -> None:
        for row in range(len(self._tops) - 1, min(index, self._count)):
            self._tops.append(self._tops[-1] + self._measure(row))
