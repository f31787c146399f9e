"""What the panes of one article show, put right, as the terms of a query are held against it. Pure.

Here as in the index (`store.facts`) one thing must fit all terms: an actor, a quote with who said it, or a figure.
"""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from store import facts
from store.analysis import Analysis
from store.contexts import folded, wanted
from store.query import Figure, Query, Term


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in an article; all words folded."""

    actors: tuple[tuple[str, ...], ...]
    """The names of each."""
    quotes: tuple[tuple[tuple[str, ...], str], ...]
    """Of each the names of its speaker, and its words."""
    figures: tuple[tuple[float, float, str], ...]
    """Of each the least and the most that it may be, and the words for it."""


NOTHING = Shown((), (), ())


def shown(analysis: Analysis, text: str) -> Shown:
    """What `analysis`, put right, says of `text`."""
    speakers = facts.speakers(analysis, text)
    return Shown(
        tuple(_folded(actor.name, *actor.aliases) for actor in analysis.actors),
        tuple((_folded(*who), folded(quote.text)) for quote, who in zip(analysis.quotes, speakers, strict=True)),
        tuple((*facts.bounds(figure), folded(facts.words_of(figure))) for figure in analysis.numbers),
    )


def fits(terms: Sequence[Query], found: Shown) -> bool:
    """Whether one thing in the article fits all of `terms`, which ask for figures, for an actor, or for a quote."""
    if is_about_figures(terms):
        return any(all(_figure_fits(term, *figure) for term in terms) for figure in found.figures)
    patterns = [(term.field, pattern) for term in terms if isinstance(term, Term) and (pattern := pattern_of(term))]
    if any(field == "actor" for field, _ in patterns):
        return any(all(_has(pattern, names) for _, pattern in patterns) for names in found.actors)
    return any(
        all(_has(pattern, who if field == "said" else [words]) for field, pattern in patterns)
        for who, words in found.quotes
    )


def is_about_figures(terms: Sequence[Query]) -> bool:
    """Whether `terms` ask for a figure."""
    return any(isinstance(term, Figure) or (isinstance(term, Term) and term.field == "number") for term in terms)


def compares(term: Figure, low: float, high: float) -> bool:
    """Whether a figure from `low` to `high` compares so."""
    if term.comparison == "=":
        return low <= term.value <= high
    compared = _COMPARED[term.comparison]
    return compared(low if term.comparison.startswith("<") else high, term.value)


def pattern_of(term: Term) -> "re.Pattern[str] | None":
    """What finds the words of `term` in a folded text; None when it has none."""
    return wanted(replace(term, field=""))


_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _figure_fits(term: Query, low: float, high: float, words: str) -> bool:
    if isinstance(term, Figure):
        return compares(term, low, high)
    pattern = pattern_of(term) if isinstance(term, Term) else None
    return pattern is not None and _has(pattern, [words])


def _has(pattern: "re.Pattern[str]", texts: Iterable[str]) -> bool:
    return any(map(pattern.search, texts))


def _folded(*names: str) -> tuple[str, ...]:
    return tuple(map(folded, names))
