"""Arithmetic on spans: pairs of code-point offsets, half-open, into one text. Nothing else lives here."""

import itertools
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""`(start, end)`: offsets in code points, `start <= end`, the end not included."""


def overlap(a: Span, b: Span) -> int:
    """How many code points `a` and `b` share; 0 when they only touch."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies within `outer`, ends included."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def merge(spans: Iterable[Span]) -> list[Span]:
    """The union of `spans` as sorted, disjoint spans; spans that touch become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def distance(span: Span, offset: int) -> int:
    """How far `offset` is from `span`; 0 when it is inside."""
    start, end = span
    if start <= offset < end:
        return 0
    return start - offset if offset < start else offset - end + 1


def nearest(spans: Sequence[Span], offset: int) -> int | None:
    """The index of the span nearest to `offset`, the earlier of two equally near; None when there are none."""
    return min(range(len(spans)), key=lambda index: (distance(spans[index], offset), spans[index]), default=None)


def trim(text: str, span: Span) -> Span:
    """`span` without white space at its ends; empty at its start when it holds nothing else."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def flatten(layers: Iterable[tuple[Span, str]], start: int, end: int) -> list[tuple[Span, tuple[str, ...]]]:
    """Cut overlapping named spans into disjoint runs that cover `[start, end)`.

    Args:
        layers: `(span, name)` pairs in any order; a name may occur often.
        start, end: the window; spans outside it are ignored.

    Returns:
        Runs in order, each with the names that cover it, in the order of `layers`, each name once.
    """
    inside = [(max(s, start), min(e, end), name) for (s, e), name in layers if s < end and e > start and s < e]
    cuts = sorted({start, end} | {cut for s, e, _ in inside for cut in (s, e)})
    return [
        ((left, right), tuple(dict.fromkeys(name for s, e, name in inside if s <= left and right <= e)))
        for left, right in itertools.pairwise(cuts)
    ]
