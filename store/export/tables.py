"""The tables of actors, numbers and quotes, as rows of plain cells; how they look is the business of each format."""

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
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
