"""Which part of the text is marked as what, and which mark is seen where several meet. No Textual in here.

The rule of precedence: a mark is named `layer` or `layer-style`; `PRECEDENCE` orders the layers, lowest first, and
within a layer the later and then the shorter span lies on top. Where marks meet, the highest one that sets a colour
gives it, and bold, italic and underline of all of them add up: an actor in a highlight in a quote is seen to be all
three.
`tui.reader.styles` turns the names into looks.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from store.spans import Span, distance

LAYERS = ("furniture", "quotes", "numbers", "actors", "highlights", "search")
"""The layers that are set from outside, lowest first."""

PRECEDENCE = ("heading", "sentence", *LAYERS, "match", "emphasis", "selection", "caret", "hint")
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
    """The marks of one layer, found by place."""

    def __init__(self, name: str, spans: Iterable[LayerSpan] = ()) -> None:
        """A layer.

        Args:
            spans: in any order; empty ones are left out.
        """
        self.name = name
        self.shown = True
        """Whether it is drawn."""
        self._short, self._long = _Sorted(), _Sorted()
        for item in spans:
            start, end = item.span
            if start < end:
                (self._long if end - start > _LONG else self._short).add(item)
        self._short.put_in_order()
        self._long.put_in_order()

    def __len__(self) -> int:
        return len(self._short.starts) + len(self._long.starts)

    def overlapping(self, start: int, end: int) -> list[LayerSpan]:
        """The marks that share a code point with `[start, end)`, drawn from first to last.

        Logarithmic in the number of marks, apart from those nearby and the few very long ones.
        """
        found = self._short.overlapping(start, end)
        if self._long.starts:
            found = sorted(self._long.overlapping(start, end) + found, key=lambda item: (item.span[0], -item.span[1]))
        return found

    def keys_within(self, span: Span) -> list[str]:
        """The keys of the marks that share a code point with `span`, each once, the nearest to its start first."""
        found = sorted(self.overlapping(*span), key=lambda item: distance(item.span, span[0]))
        return list(dict.fromkeys(item.key for item in found))

    def following(self, offset: int) -> Span | None:
        """The first of the marks that begin at `offset` or later; None when none does."""
        return min(filter(None, (part.following(offset) for part in (self._short, self._long))), default=None)

    def preceding(self, offset: int) -> Span | None:
        """The last of the marks that begin before `offset`; None when none does."""
        return max(filter(None, (part.preceding(offset) for part in (self._short, self._long))), default=None)

    def mark(self, item: LayerSpan) -> str:
        """The name of its mark."""
        return f"{self.name}-{item.style}" if item.style else self.name


class _Sorted:
    """Marks by start, with the furthest end so far, so that the first one that reaches a place is found by halving.

    Columns of plain numbers: as objects, those of a long text would take several times the text.
    """

    __slots__ = ("_ends", "_keys", "_reach", "_styles", "starts")

    def __init__(self) -> None:
        self.starts, self._ends, self._reach = array("i"), array("i"), array("i")
        self._keys: list[str] = []
        self._styles: list[str] = []

    def add(self, item: LayerSpan) -> None:
        """Take one more in; `put_in_order` comes after the last."""
        self.starts.append(item.span[0])
        self._ends.append(item.span[1])
        self._keys.append(item.key)
        self._styles.append(item.style)

    def put_in_order(self) -> None:
        """By their start, of two that start together the longer one first. Quick when they are so already."""
        starts, ends = self.starts, self._ends
        if not all(a < b for a, b in pairwise(starts)):
            order = sorted(range(len(starts)), key=lambda index: (starts[index] << 32) - ends[index])
            self.starts, self._ends = (array("i", map(column.__getitem__, order)) for column in (starts, ends))
            self._keys, self._styles = ([column[i] for i in order] for column in (self._keys, self._styles))
        self._reach = array("i", accumulate(self._ends, max))

    def overlapping(self, start: int, end: int) -> list[LayerSpan]:
        first, last = bisect_right(self._reach, start), bisect_left(self.starts, end)
        return [self._item(index) for index in range(first, last) if self._ends[index] > start]

    def following(self, offset: int) -> Span | None:
        index = bisect_left(self.starts, offset)
        return self._item(index).span if index < len(self.starts) else None

    def preceding(self, offset: int) -> Span | None:
        index = bisect_left(self.starts, offset) - 1
        return self._item(index).span if index >= 0 else None

    def _item(self, index: int) -> LayerSpan:
        return LayerSpan((self.starts[index], self._ends[index]), self._keys[index], self._styles[index])


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
