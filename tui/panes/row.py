"""What a list needs to know of its rows, whatever they show. No Textual in here."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from store.spans import Span
from tui.panes.lines import Line

_KEPT = 256
"""Rows that need not be made anew: about as many as are looked at while scrolling to and fro."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    key: str
    """Names the row within its list."""
    draw: Callable[[int], Sequence[Line]]
    """The row's lines for a width in cells; at least one."""
    places: Sequence[Span] = ()
    """Where in the text it stands, in order; Enter walks through them."""
    words: str = ""
    """What the filter looks in, and what copying the row gives."""


class KnownRows(Sequence[Row]):
    """Rows that are too many to be looked through, and know by themselves where each of them stands."""

    @abstractmethod
    def row(self, place: int) -> Row:
        """The row at `place`, from 0 to the last."""

    @abstractmethod
    def place(self, key: str) -> int | None:
        """Where the row of that key stands; None when there is none."""

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """The row, or the rows, at a place."""
        if isinstance(place, slice):
            return [self.row(one) for one in range(*place.indices(len(self)))]
        return self.row(range(len(self))[place])


class MadeRows(KnownRows):
    """Rows that are made when they are looked at: the analysis of a long text has tens of thousands."""

    def __init__(self, count: int, make: Callable[[int], Row], find: Callable[[str], int]) -> None:
        """So many rows.

        Args:
            make: makes the row at a place.
            find: the place of the row with that key; raises ValueError when there is none.
        """
        self._count, self._make, self._find = count, lru_cache(_KEPT)(make), find

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return map(self._make.__wrapped__, range(self._count))

    def row(self, place: int) -> Row:
        """The row at `place`, made or as it was made a moment ago."""
        return self._make(place)

    def place(self, key: str) -> int | None:
        """Where the row of that key stands; None when there is none."""
        try:
            return self._find(key)
        except ValueError:
            return None


def numbered(order: Sequence[int], key: str) -> int:
    """The place in `order` of the index that stands in `key` behind its letter. Raises ValueError without one."""
    return order.index(int(key[1:]))
