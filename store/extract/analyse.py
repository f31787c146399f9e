"""From an article to its analysis: parse, then the three panes in turn. The rules stand in modules of their own."""

import itertools
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.analysis import Analysis
from store.article import Article
from store.errors import ExtractError
from store.extract.actors.pane import actors
from store.extract.language import is_english
from store.extract.numbers.pane import numbers
from store.extract.parse import Parsed, parse_all
from store.extract.quotes.pane import quotes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ENTITY_LABELS = {"PER": "PERSON", "LOC": "GPE", "MISC": ""}
"""What other languages' pipelines call a person and a place, in the terms of the English one; MISC is no actor."""


def analyse(doc: "Doc", article: Article) -> Analysis:
    """What `article` holds; `doc` is its whole text as it flows (`Article.flowing`), parsed.

    In a language other than English only actors are found: the rules for numbers and quotes are those of English.

    Raises:
        ExtractError: when a rule fails on this text, which is a fault of the rule.
    """
    try:
        if not is_english(article.language):
            _map_labels(doc)
            return Analysis(actors=tuple(actors(doc, article)))
        found = tuple(actors(doc, article))
        return Analysis(found, tuple(numbers(doc, article)), tuple(quotes(doc, article, found)))
    except Exception as error:
        raise ExtractError(f"it could not be analysed ({fault(error)})", article.title, "please report it") from error


def analyses(nlp: "Language", articles: Iterable[Article], parsed: Parsed = lambda _: None) -> Iterator[Analysis]:
    """The analysis of each article, in order, parsed in batches.

    Args:
        nlp: what `store.extract.language.load` gave, for the language of every one of `articles`.
        parsed: told of each piece that was parsed, see `store.extract.parse`.

    Raises:
        ExtractError: when an article cannot be analysed; the iteration ends there.
    """
    ahead, texts = itertools.tee(articles)
    docs = parse_all(nlp, (article.flowing for article in texts), parsed=parsed)
    for article, doc in zip(ahead, docs, strict=True):
        yield analyse(doc, article)


def fault(error: BaseException) -> str:
    """What failed and where, for a report: the error's kind, file and line, and none of the article's words."""
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    return " ".join([type(error).__name__, *(f"at {Path(one.filename).name}:{one.lineno}" for one in frame)])


def _map_labels(doc: "Doc") -> None:
    from spacy.tokens import Span

    labels = ((entity, ENTITY_LABELS.get(entity.label_, entity.label_)) for entity in doc.ents)
    doc.set_ents([Span(doc, entity.start, entity.end, label=label) for entity, label in labels if label])
