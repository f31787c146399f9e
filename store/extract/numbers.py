"""The numbers pane: every figure of an article with its value, range, relation, unit and what it counts or measures.

The parts are `numerals` (how numbers are written), `figures` (with unit, rate, range), `exclusions` (what is none),
`relations` and `counted`; here they are put together, and nothing else.
"""

from typing import TYPE_CHECKING

from store.analysis import Number, Relation
from store.article import Article
from store.extract import counted, exclusions, relations
from store.extract.figures import Figure, figures, finite
from store.spans import Span, contains

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LESS_SURE_IN_FURNITURE = 0.6
"""Factor for the confidence of a figure in a link line."""


def numbers(doc: "Doc", article: Article) -> tuple[Number, ...]:
    """The figures of `article` in the order of its text.

    Args:
        doc: the parsed text (`store.extract.parse.parse`); its text is the article's.
    """
    excluded = exclusions.spans(doc.text)
    rows: list[Number] = []
    before: tuple[Figure, Relation, counted.Counted] | None = None
    sentence = -1
    for figure in _changes_of_level(doc, [f for f in figures(doc.text, excluded) if finite(f)]):
        tokens = _tokens(doc, figure)
        if not tokens or not exclusions.is_figure(figure, tokens, counted.head_noun(doc, figure)):
            continue
        if tokens[0].sent.start != sentence:
            before, sentence = None, tokens[0].sent.start
        said = relations.relation(doc, figure, counted.anchor(doc, figure), before[:2] if before else None)
        what = _what(doc, figure, before)
        before = (figure, said, what)
        rows.append(_row(doc, article, figure, said, what))
    return tuple(rows)


def _tokens(doc: "Doc", figure: Figure) -> "list[Token]":
    span = doc.char_span(*figure.numeral, alignment_mode="expand")
    return list(span) if span is not None else []


def _what(doc: "Doc", figure: Figure, before: tuple[Figure, Relation, counted.Counted] | None) -> counted.Counted:
    if figure.converts and before:
        return before[2]
    return counted.counted(doc, figure, before[2] if before else None)


def _changes_of_level(doc: "Doc", found: list[Figure]) -> list[Figure]:
    return found


def _row(doc: "Doc", article: Article, figure: Figure, said: Relation, what: counted.Counted) -> Number:
    span: Span = (figure.start, figure.end)
    sure = figure.certain * what.sure
    if any(contains(paragraph, span) for paragraph in article.furniture):
        sure *= LESS_SURE_IN_FURNITURE
    return Number(
        start=figure.start,
        end=figure.end,
        text=doc.text[figure.start : figure.end],
        kind=figure.kind,
        value=figure.low,
        high=figure.high,
        relation=said,
        unit=figure.unit or what.noun,
        of=what.of,
        confidence=round(sure, 2),
    )
