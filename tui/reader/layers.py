"""Which part of the text is marked as what, and which mark is seen where several meet. No Textual in here.

The rule of precedence: a mark is named `layer` or `layer-style`; `PRECEDENCE` orders the layers, lowest first, and
within a layer the later and then the shorter span lies on top. Where marks meet, the highest one that sets a colour
gives it, and bold, italic and underline of all of them add up: an actor in a highlight in a quote is seen to be all
three.
`tui.reader.styles` turns the names into looks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from store.spans import Span

LAYERS = ("furniture", "quotes", "numbers", "actors", "highlights", "search")
"""The layers that are set from outside, lowest first."""

PRECEDENCE = ("sentence", *LAYERS, "match", "emphasis", "selection", "caret", "hint")
"""Everything that can mark text, lowest first: between and above the layers, what the reader widget itself marks."""

_LONG = 2_000
"""Spans longer than this, in code points, are kept apart, so that the others need looking for only nearby."""


class LayerSpan(NamedTuple):
    """One mark of a layer."""

    span: Span
    key: str = ""
    """What it stands for: an actor's or a highlight's id."""
    style: str = ""
    """The kind of mark within its layer: "person", "colour-3", "direct". Empty: the layer's own look."""


class Run(NamedTuple):
    """A stretch of text that looks the same throughout."""

    start: int
    end: int
    marks: tuple[str, ...]
    """The names of its marks, lowest first."""


class Layer:
    """The marks of one layer, found by place.

    Args:
        spans: in any order; empty ones are left out.
    """

    def __init__(self, name: str, spans: Iterable[LayerSpan] = ()) -> None:
        self.name = name
        self.shown = True
        """Whether it is drawn."""
        ordered = _in_order([item for item in spans if item.span[0] < item.span[1]])
        self._short = _Sorted([item for item in ordered if item.span[1] - item.span[0] <= _LONG])
        self._long = _Sorted([item for item in ordered if item.span[1] - item.span[0] > _LONG])

    def __len__(self) -> int:
        return len(self._short.spans) + len(self._long.spans)

    def overlapping(self, start: int, end: int) -> list[LayerSpan]:
        """The marks that share a code point with `[start, end)`, drawn from first to last.

        Logarithmic in the number of marks, apart from those nearby and the few very long ones.
        """
        found = self._short.overlapping(start, end)
        if self._long.spans:
            found = sorted(self._long.overlapping(start, end) + found, key=lambda item: (item.span[0], -item.span[1]))
        return found

    def mark(self, item: LayerSpan) -> str:
        """The name of its mark."""
        return f"{self.name}-{item.style}" if item.style else self.name


def _in_order(spans: list[LayerSpan]) -> list[LayerSpan]:
    """`spans` by their start, of two that start together the longer one first. Quick when they are so already."""
    if all(a.span[0] < b.span[0] for a, b in pairwise(spans)):
        return spans
    return sorted(spans, key=lambda item: (item.span[0], -item.span[1]))


class _Sorted:
    """Spans by start, with the furthest end so far, so that the first one that reaches a place is found by halving."""

    __slots__ = ("reach", "spans", "starts")

    def __init__(self, spans: Sequence[LayerSpan]) -> None:
        self.spans = spans
        self.starts = [item.span[0] for item in spans]
        self.reach = list(accumulate((item.span[1] for item in spans), max))

    def overlapping(self, start: int, end: int) -> list[LayerSpan]:
        first, last = bisect_right(self.reach, start), bisect_left(self.starts, end)
        return [item for item in self.spans[first:last] if item.span[1] > start] if first < last else []


def runs(marks: Iterable[tuple[Span, str]], start: int, end: int) -> list[Run]:
    """Cut `[start, end)` into runs of one look.

    Args:
        marks: `(span, name)`, lowest first; what lies outside the window is ignored.
    """
    inside = [(max(a, start), min(b, end), name) for (a, b), name in marks if a < b and a < end and b > start]
    cuts = sorted({start, end, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    return [
        Run(left, right, tuple(name for a, b, name in inside if a <= left and right <= b))
        for left, right in pairwise(cuts)
    ]
