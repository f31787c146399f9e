"""The numbers pane: every figure of an article with its value, range, relation, unit and what it counts or measures.

The parts are `numerals` (how numbers are written), `figures` (with unit, rate, range), `exclusions` (what is none),
`relations` and `counted`; here they are put together, and nothing else.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.analysis import Number, NumberKind, Relation
from store.article import Article
from store.extract.numbers import exclusions, levels, pairs, relations, tabular
from store.extract.numbers.counted import Counting
from store.extract.numbers.figure import Figure
from store.extract.numbers.figures import figures
from store.extract.numbers.phrases import Counted
from store.extract.numbers.surroundings import Reading
from store.extract.tables import Tables
from store.spans import contains

if TYPE_CHECKING:
    from spacy.tokens import Doc

SURE: dict[NumberKind, float] = {
    "measure": 0.95,
    "duration": 0.95,
    "percent": 0.92,
    "ratio": 0.9,
    "money": 0.88,
    "count": 0.86,
    "age": 0.85,
    "rate": 0.75,
    "score": 0.7,
    "ordinal": 0.5,
}
"""How many rows of a kind are right in value, relation and unit, measured on news sentences."""
SURE_UNNAMED = 0.55
"""The same for a bare number that nothing is said to be counted by."""
LESS_SURE_IN_FURNITURE = 0.6
"""Factor for the confidence of a figure in a link line."""


def numbers(doc: "Doc", article: Article) -> tuple[Number, ...]:
    """The figures of `article` in the order of its text.

    Args:
        doc: the parsed text (`store.extract.parse.parse`); its text is the article's.
    """
    text, tables = article.text, Tables(article.text)
    candidates = Reading(doc, text, list(tabular.in_cells(text, figures(text), tables)))
    kept = [
        figure
        for figure in candidates.figures
        if tabular.is_value(text, figure, tables) or exclusions.is_figure(figure, candidates)
    ]
    joined = levels.levels(text, pairs.distant_ranges(text, levels.same_money(text, kept)))
    counting = Counting(doc, text, joined)
    return tuple(_rows(article, counting, tables))


def _rows(article: Article, counting: Counting, tables: Tables) -> Iterator[Number]:
    before: tuple[Figure, Relation] | None = None
    for index, figure in enumerate(counting.figures):
        said = relations.relation(counting, figure, before)
        before = (figure, said)
        in_cell = tabular.measured_thing(article.text, figure, tables)
        what = Counted(None, in_cell) if in_cell else counting.counted(index)
        yield _row(article, figure, said, what, in_cell is not None)


_PER = re.compile(
    r"\s(?:per|an?|each|every)\s(second|minute|hour|day|night|week|month|quarter|year|decade)\b|\sper\s(\w+)"
)


def _counted_unit(text: str, figure: Figure, noun: str | None) -> str | None:
    """The counted noun; of a rate with what it is per: "tests per day"."""
    if noun is None or not text.startswith(noun, figure.end + 1):
        return noun
    per = _PER.match(text, figure.end + 1 + len(noun))
    return f"{noun} per {per[1] or per[2]}" if per else noun


def _row(article: Article, figure: Figure, said: Relation, what: Counted, in_cell: bool) -> Number:
    kind: NumberKind = "ratio" if figure.form == "fraction" and figure.kind == "count" else figure.kind
    unit = figure.unit or _counted_unit(article.text, figure, what.noun)
    return Number(
        start=figure.start,
        end=figure.end,
        text=article.text[figure.start : figure.end],
        kind=kind,
        value=figure.low,
        high=figure.high,
        relation=said,
        unit=unit,
        of=what.of or None,
        confidence=_confidence(article, figure, kind, unit, in_cell),
    )


def _confidence(article: Article, figure: Figure, kind: NumberKind, unit: str | None, in_cell: bool) -> float:
    sure = SURE_UNNAMED if kind == "count" and unit is None and not in_cell else SURE[kind]
    if any(contains(paragraph, (figure.start, figure.end)) for paragraph in article.furniture):
        sure *= LESS_SURE_IN_FURNITURE
    return round(sure * figure.certain, 2)
