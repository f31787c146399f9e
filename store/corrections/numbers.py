"""Corrections in the numbers pane: another value, reject, add, another kind. All of them hold in their own article."""

from dataclasses import replace

from store.analysis import NUMBER_KINDS, Analysis, Number
from store.annotation import Correction
from store.article import Article
from store.corrections.figure import read_figure
from store.spans import Span, overlap


def apply(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> Analysis:
    """`analysis` with the correction `one`, whose passage stands at `place`."""
    if place is None:
        return analysis
    if one.kind == "add":
        start, end = place
        return _put(analysis, place, _with_value(Number(start, end, article.text[start:end], "count", 0), one.value))
    number = max(analysis.numbers, key=lambda number: overlap(number.span, place), default=None)
    if number is None or not overlap(number.span, place):
        return analysis
    match one.kind:
        case "reject":
            return _put(analysis, number.span, None)
        case "set-value":
            return _put(analysis, number.span, _with_value(number, one.value))
        case _:
            kind = next((kind for kind in NUMBER_KINDS if kind == one.value), number.kind)
            return _put(analysis, number.span, replace(number, kind=kind, confidence=1.0))


def _with_value(number: Number, typed: str) -> Number:
    figure = read_figure(typed)
    return replace(
        number,
        kind=figure.kind or number.kind,
        value=figure.value,
        high=figure.high,
        relation=figure.relation,
        unit=figure.unit,
        confidence=1.0,
    )


def _put(analysis: Analysis, place: Span, number: Number | None) -> Analysis:
    """`number` in place of those that overlap `place`."""
    rest = [other for other in analysis.numbers if not overlap(other.span, place)]
    return replace(analysis, numbers=tuple(sorted([*rest, *([number] if number else [])], key=lambda one: one.span)))
