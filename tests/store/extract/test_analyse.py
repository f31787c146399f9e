"""From articles to analyses: in order, in batches, and in other languages no more than can be known."""

from typing import TYPE_CHECKING

import pytest

from store.article import make_article
from store.errors import ExtractError
from store.extract import analyse
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

TEXTS = (
    "Mara Lind, the ports minister, said that about 40 ships wait.",
    "“We start in May,” said Tomas Berg of the Harbour Council.",
    "Nothing happened.",
)


def test_a_batch_gives_what_each_article_alone_gives(nlp: "Language") -> None:
    articles = [make_article(text) for text in TEXTS]
    together = list(analyse.analyses(nlp, iter(articles)))
    assert together == [analyse.analyse(parse(nlp, article.text), article) for article in articles]
    assert [len(analysis.quotes) for analysis in together] == [1, 1, 0]


def test_every_span_is_the_words_that_it_claims(nlp: "Language") -> None:
    article = make_article("🎈 " + "\n".join(TEXTS))
    [analysis] = analyse.analyses(nlp, [article])
    for number in analysis.numbers:
        assert article.text[slice(*number.span)] == number.text
    for quote in analysis.quotes:
        assert " ".join(article.text[slice(*span)] for span in quote.spans) == quote.text
        assert quote.actor is None or analysis.actor(quote.actor)
    assert {article.text[slice(*span)] for actor in analysis.actors for span in actor.mentions} >= {"Mara Lind"}


def test_another_language_has_its_actors_and_no_guessed_numbers(nlp: "Language") -> None:
    from spacy.tokens import Doc, Span

    article = make_article("Mara Lind sah 1.470 Schiffe in Hamburg.", language="de-AT")
    doc = Doc(
        nlp.vocab,
        words=["Mara", "Lind", "sah", "1.470", "Schiffe", "in", "Hamburg", "."],
        spaces=[True] * 6 + [False] * 2,
    )
    doc.set_ents([Span(doc, 0, 2, "PER"), Span(doc, 4, 5, "MISC"), Span(doc, 6, 7, "LOC")])
    for token in doc:
        token.pos_, token.dep_, token.head = "PROPN", "dep", doc[0]
    analysis = analyse.analyse(doc, article)
    assert {(actor.name, actor.kind) for actor in analysis.actors} == {("Mara Lind", "person"), ("Hamburg", "place")}
    assert analysis.numbers == () and analysis.quotes == ()


def test_a_rule_that_fails_names_the_article(nlp: "Language") -> None:
    with pytest.raises(ExtractError, match=r"^A title: it could not be analysed \(\w+Error at \w+\.py:\d+\)"):
        analyse.analyse(None, make_article(TEXTS[0], title="A title"))  # type: ignore[arg-type]
