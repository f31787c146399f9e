"""Arithmetic on spans: pairs of code-point offsets, half-open, into one text. Nothing else lives here."""

from collections.abc import Iterable

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


def trim(text: str, span: Span) -> Span:
    """`span` without white space at its ends; empty at its start when it holds nothing else."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
