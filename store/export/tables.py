"""The tables of actors, numbers and quotes, as rows of plain cells; how they look is the business of each format."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from store.analysis import Analysis, Number
from store.article import Article


@dataclass(frozen=True, slots=True)
class Table:
    """One table; no rows when nothing was found."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def tables(article: Article, analysis: Analysis) -> list[Table]:
    """Actors, numbers and quotes, in this order."""
    actors = [
        (actor.name, actor.kind, actor.role or "", ", ".join(actor.aliases), str(len(actor.mentions)))
        for actor in analysis.actors
    ]
    numbers = [(number.text, _value(number), number.unit or "", number.of or "") for number in analysis.numbers]
    speakers = analysis.speaker_names(article.text)
    quotes = [(who, quote.text, quote.kind) for who, quote in zip(speakers, analysis.quotes, strict=True)]
    return [
        Table("actors", "Actors", ("Actor", "Kind", "Role", "Also", "Mentions"), actors),
        Table("numbers", "Numbers", ("Figure", "Value", "Unit", "Of"), numbers),
        Table("quotes", "Quotes", ("Who", "What", "Kind"), quotes),
    ]


def _value(number: Number) -> str:
    relation = "" if number.relation == "=" else f"{number.relation} "
    high = "" if number.high is None else f" to {_digits(number.high)}"
    return f"{relation}{_digits(number.value)}{high}"


def _digits(value: float) -> str:
    """A figure for people: six digits that count, or two decimals of a large one.

    >>> _digits(2 / 3), _digits(12_345_678.125), _digits(5_200_000), _digits(0.05)
    ('0.666667', '12,345,678.12', '5,200,000', '0.05')
    """
    if isinstance(value, int):
        return f"{value:,}"
    if not math.isfinite(value) or value == int(value):
        return f"{value:,.0f}"
    decimals = max(2, 5 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}".rstrip("0")
