"""The matches of a search, as they become known. How they are found is the business of `tui.reader.finding`.

No Textual in here, and nothing that costs at start: every reader has an empty one.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right

from store.spans import Span


class Matches:
    """Spans that match, in order, as they become known."""

    def __init__(self) -> None:
        self.starts, self.ends = array("q"), array("q")
        self.complete = False
        """Whether all of them are known."""

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Span:
        return self.starts[index], self.ends[index]

    def add(self, start: int, end: int) -> None:
        """Append the next match."""
        self.starts.append(start)
        self.ends.append(end)

    def precede(self, earlier: "Matches") -> None:
        """Put `earlier`, which all lie before these, in front."""
        self.starts, self.ends = earlier.starts + self.starts, earlier.ends + self.ends

    def index(self, start: int) -> int | None:
        """Which match starts at `start`, from 0; None when none does, or it is not known yet."""
        index = bisect_left(self.starts, start)
        return index if index < len(self) and self.starts[index] == start else None

    def known_until(self) -> int:
        """Up to which offset all matches are known."""
        return sys.maxsize if self.complete else self.ends[-1] if self.ends else 0

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The known matches that share a code point with `[start, end)`."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return [self[index] for index in range(first, last)]

    def after(self, offset: int) -> Span | None:
        """The first known match that starts behind `offset`; the very first one when there is none."""
        index = bisect_right(self.starts, offset)
        return self[index if index < len(self) else 0] if len(self) else None

    def before(self, offset: int) -> Span | None:
        """The last known match that starts before `offset`; the very last one when there is none."""
        return self[bisect_left(self.starts, offset) - 1] if len(self) else None
