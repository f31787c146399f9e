"""Which parts of a text have been on the screen, whatever the order. No Textual in here."""

from bisect import bisect_left

from store.spans import Span


class Seen:
    """Spans of a text of `length` code points, merged where they touch."""

    def __init__(self, length: int, share: float = 0.0) -> None:
        """What was seen before is taken to be the beginning, `share` (0 to 1) of the whole."""
        self._length = length
        self._spans: list[Span] = [(0, round(length * share))] if share > 0 else []

    def add(self, start: int, end: int) -> None:
        """What stands between two offsets is on the screen. Costs the number of spans that it joins."""
        first = bisect_left(self._spans, start, key=lambda span: span[1])
        last = first
        while last < len(self._spans) and self._spans[last][0] <= end:
            start, end = min(start, self._spans[last][0]), max(end, self._spans[last][1])
            last += 1
        self._spans[first:last] = [(start, end)]

    @property
    def share(self) -> float:
        """How much of the text has been seen, 0 to 1."""
        return min(1.0, sum(end - start for start, end in self._spans) / self._length) if self._length else 0.0
