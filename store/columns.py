"""An analysis in columns: how the library keeps it, and how that of a long text is held in memory.

A novel's analysis has tens of thousands of rows and a hundred thousand spans. As objects they take 80 MB; as columns of
plain numbers, whose rows are made when somebody looks at them, a tenth of it. Words that stand in the text are not
kept a second time.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from itertools import accumulate, chain
from typing import Any, TypeVar, overload

from store.analysis import Actor, Analysis, Number, Quote
from store.annotation import Pane
from store.spans import Span

T = TypeVar("T")
MANY = 2_000
"""Rows of a kind from which on they are made when they are looked at."""

_NOWHERE = (-1, -1)
_KINDS: Mapping[Pane, type[Actor] | type[Number] | type[Quote]] = {"actors": Actor, "numbers": Number, "quotes": Quote}
PANES: tuple[Pane, ...] = ("actors", "numbers", "quotes")
"""The kinds of rows."""
_LISTS = ("mentions", "references", "spans")
"""Fields with any number of spans."""
_PLACES = ("speaker", "cue")
"""Fields with one span or none."""


class _Frozen(Sequence[T]):
    """A sequence that is equal to a tuple of the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))


class Spans(_Frozen[Span]):
    """Spans in eight bytes each."""

    __slots__ = ("_ends",)

    def __init__(self, ends: "array[int]") -> None:
        """Spans; `ends` are the start and the end of each, one after the other."""
        self._ends = ends

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Spans":
        """These spans."""
        return cls(array("i", chain.from_iterable(spans)))

    def __len__(self) -> int:
        return len(self._ends) // 2

    def __iter__(self) -> Iterator[Span]:
        ends = iter(self._ends)
        return zip(ends, ends, strict=True)

    @overload
    def __getitem__(self, place: int) -> Span: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Span, ...]: ...
    def __getitem__(self, place: int | slice) -> Span | tuple[Span, ...]:
        """The span, or the spans, at a place."""
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        start = 2 * range(len(self))[place]
        return self._ends[start], self._ends[start + 1]

    def __repr__(self) -> str:
        return repr(tuple(self))


class Rows(_Frozen[T]):
    """Rows that are made of their columns when they are looked at, and made again the next time."""

    __slots__ = ("_columns", "_make")

    def __init__(self, make: Callable[..., T], *columns: Sequence[Any]) -> None:
        """Rows; `make` makes one of a value of each column. Raises ValueError when the columns are not equally long."""
        if len({len(column) for column in columns}) != 1:
            raise ValueError("columns of unlike lengths")
        self._make, self._columns = make, columns

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, *self._columns)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """The row, or the rows, at a place."""
        if isinstance(place, slice):
            return tuple(map(self._make, *(column[place] for column in self._columns)))
        return self._make(*(column[place] for column in self._columns))

    def __repr__(self) -> str:
        return repr(tuple(self))


def write(analysis: Analysis, text: str) -> str:
    """`analysis` of `text` as JSON Lines: one of each column.

    So reading it never holds the interpreter for longer than a column takes, and a key can come between.
    """
    panes = zip(PANES, (analysis.actors, analysis.numbers, analysis.quotes), strict=True)
    lines = [
        [pane, field.name, _column(rows, field.name, text)] for pane, rows in panes for field in fields(_KINDS[pane])
    ]
    return "\n".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) for line in lines)


def read(lines: str, text: str, panes: Collection[Pane] = PANES) -> Analysis:
    """The analysis in what `write` gave for `text`.

    Args:
        panes: what is wanted of it; the others are empty, and cost nothing.

    Raises:
        KeyError, OverflowError, TypeError, ValueError: it is not of that form.
    """
    columns: dict[Pane, dict[str, Sequence[Any]]] = {pane: {} for pane in PANES}
    wanted = tuple(f'["{pane}"' for pane in panes)
    for line in lines.split("\n"):
        if line.startswith(wanted):
            pane, name, values = json.loads(line)
            columns[pane][name] = _read_column(name, values)
    actors, numbers, quotes = (columns[pane] for pane in PANES)
    if numbers:
        numbers["text"] = Rows(partial(_number_words, text), numbers["text"], numbers["start"], numbers["end"])
    if quotes:
        quotes["text"] = Rows(partial(_quote_words, text), quotes["text"], quotes["spans"])
    return Analysis(
        actors=tuple(_rows(Actor, actors)) if "actors" in panes else (),
        numbers=_rows(Number, numbers) if "numbers" in panes else (),
        quotes=_rows(Quote, quotes) if "quotes" in panes else (),
    )


def _column(rows: Sequence[Any], name: str, text: str) -> list[Any]:
    values = [getattr(row, name) for row in rows]
    if name in _LISTS:
        return [[len(spans) for spans in values], [end for spans in values for span in spans for end in span]]
    if name in _PLACES:
        return [end for span in values for end in span or _NOWHERE]
    if name == "text":
        return [None if row.text == _own_words(row, text) else row.text for row in rows]
    return values


def _own_words(row: Number | Quote, text: str) -> str:
    if isinstance(row, Number):
        return _number_words(text, None, row.start, row.end)
    return _quote_words(text, None, row.spans)


def _number_words(text: str, words: str | None, start: int, end: int) -> str:
    """The words of a figure: those in the text when none are kept."""
    return text[start:end] if words is None else words


def _quote_words(text: str, words: str | None, spans: Iterable[Span]) -> str:
    return " ".join([text[start:end] for start, end in spans]) if words is None else words


def _read_column(name: str, values: list[Any]) -> Sequence[Any]:
    if name in _LISTS:
        return _read_lists(*values)
    if name in _PLACES:
        return Rows(_somewhere, Spans(array("i", values)))
    if name == "confidence":
        return array("d", values)
    if name == "aliases":
        return [tuple(map(str, aliases)) for aliases in values]
    # The same few words stand in many rows: they are kept once.
    once: dict[Any, Any] = {}
    return [once.setdefault(value, value) if value.__class__ is str else value for value in values]


def _read_lists(counts: list[int], ends: list[int]) -> Sequence[Spans]:
    flat, bounds = array("i", ends), array("i", accumulate((2 * count for count in counts), initial=0))
    if bounds[-1] != len(flat) or any(count < 0 for count in counts):
        raise ValueError("spans that are no row's")
    return Rows(lambda first, end: Spans(flat[first:end]), bounds[:-1], bounds[1:])


def _somewhere(span: Span) -> Span | None:
    return None if span == _NOWHERE else span


def _rows(kind: Callable[..., T], columns: Mapping[str, Sequence[Any]]) -> Sequence[T]:
    made = Rows(kind, *(columns[field.name] for field in fields(kind)))  # type: ignore[arg-type]
    return tuple(made) if len(made) < MANY else made
