"""An article as the rules of the quotes read it: its parse, and its paragraphs, labels and quoted stretches in words.

It is made once an article and handed from rule to rule; nothing is decided here.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from store.article import Article
from store.extract.datelines import dateline
from store.extract.quotes.cues import Cues
from store.extract.quotes.labels import Label, labels, unlabelled
from store.extract.quotes.pieces import Piece, pieces
from store.extract.quotes.quotation_marks import stretches
from store.extract.quotes.tree import Tree
from store.spans import Span, contains


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules look at."""

    tree: Tree
    text: str
    cues: Cues
    paragraphs: tuple[tuple[int, int], ...]
    """The words of each paragraph that is the report."""
    labels: tuple[Label, ...]
    """Names that label what they say."""
    pieces: tuple[Piece, ...]
    """The quoted stretches."""
    inside: tuple[int, ...]
    """For each word the number of the piece that it stands in; -1 for none."""
    datelines: dict[int, int]
    """For each word of a dateline, or of the number that opens an item of a list, the word after it."""

    def words(self, span: Span) -> tuple[int, int]:
        """The words that a span of the text covers."""
        return words_of(self.tree, span)


def words_of(tree: Tree, span: Span) -> tuple[int, int]:
    """The words that a span of the text covers, first and end."""
    return bisect_right(tree.ends, span[0]), bisect_right(tree.starts, span[1] - 1)


def read(tree: Tree, article: Article, cues: Cues) -> Reading:
    """`article` as the rules read it. Linear time."""
    spans = [span for span in _report(article) if _has_words(tree, span)]
    paragraphs = tuple(words_of(tree, span) for span in spans)
    first = paragraphs[0][1] if len(paragraphs) > 1 else 0
    later = zip(tree.words[first:], tree.entities[first:], strict=True)
    names = {word for word, kind in later if kind in {"PERSON", "ORG"}}
    named = labels(article.text, spans, names)
    colons = {label.rest[0]: words_of(tree, (label.colon, label.colon + 1))[0] for label in named}
    found = pieces(tree, unlabelled(stretches(article.text, spans), named), paragraphs, colons)
    datelines: dict[int, int] = {}
    for span, (first, _) in zip(spans, paragraphs, strict=True):
        end = bisect_right(tree.starts, max(dateline(article.text, span), _numbering(article.text, span)) - 1)
        datelines.update(dict.fromkeys(range(first, end), end))
    return Reading(tree, article.text, cues, paragraphs, tuple(named), tuple(found), _inside(tree, found), datelines)


def _report(article: Article) -> list[Span]:
    """The paragraphs that are not furniture."""
    starts = [start for start, _ in article.furniture]

    def is_furniture(span: Span) -> bool:
        place = bisect_right(starts, span[0]) - 1
        return place >= 0 and contains(article.furniture[place], span)

    return [span for span in article.paragraphs if not is_furniture(span)]


def _has_words(tree: Tree, span: Span) -> bool:
    first, end = words_of(tree, span)
    return first < end


_ITEM = re.compile(r"\s{0,8}(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[•▪◦‣*–-])\s+")


def _numbering(text: str, paragraph: Span) -> int:
    """Where the number or bullet that opens a paragraph ends; its start when there is none."""
    match = _ITEM.match(text, *paragraph)
    return match.end() if match else paragraph[0]


def _inside(tree: Tree, found: list[Piece]) -> tuple[int, ...]:
    inside = [-1] * len(tree)
    for number, piece in enumerate(found):
        inside[piece.first : piece.end] = [number] * (piece.end - piece.first)
    return tuple(inside)
