"""What stands between quotation marks and is no speech: titles, names of things, terms, captions of headings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from store.analysis import Quote
from store.article import make_article
from store.extract.parse import parse
from store.extract.quotes.pane import quotes

if TYPE_CHECKING:
    from spacy.language import Language

Told = Callable[[str], list[tuple[str, str | None]]]


@pytest.fixture(name="told")
def told_(nlp: "Language") -> Told:
    """Gives what is quoted in a text, each with its speaker."""

    def told(text: str) -> list[tuple[str, str | None]]:
        article = make_article(text)
        found: tuple[Quote, ...] = quotes(parse(nlp, article.flowing), article, ())
        return [(quote.text, text[slice(*quote.speaker)] if quote.speaker else None) for quote in found]

    return told


@pytest.mark.parametrize(
    "text",
    [
        "Review: “The Long Way Home” by Ann Lee\n\nThe book is long.",
        "Chapter 3: “A House Divided Against Itself”\n\nIt begins.",
        "Box 4: “Just transition” in practice\n\nIt rained.",
        "Annex: “Guidelines for the Safe Handling of Grain”\n\nIt rained.",
        "Workshop: “How Cities Can Save Water”\n\nIt rained.",
        "The “worst-case scenario” explained\n\nIt rained.",
        "“Force majeure” means any event beyond the control of the parties.",
        "Her book, “How to Build a Bridge That Lasts,” came out in May.",
        "The programme, called “Clean Rivers for All”, began in May.",
        "Recalling its resolution 12/4, entitled “Water and sanitation”, and reaffirming its will,",
    ],
)
def test_a_title_or_a_term_is_no_quote(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Exports by region, as reported\n\nAsia took a tenth.",
        "Operating margin, as reported\nIt fell.",
        "Growth in sales as stated: 4%\nIt fell.",
    ],
)
def test_a_heading_that_ends_in_as_reported_says_nothing(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Unseeded Elin Berg knocked out the champion from Lorn.",
        "Sales fell 3% as two contracts ended.",
        "(iii) Seek a joint position with Lorn.",
    ],
)
def test_what_is_done_is_not_said(told: Told, text: str) -> None:
    assert told(text) == []


def test_all_that_stands_before_a_cue_is_said(told: Told) -> None:
    text = "Winds reached 50 knots and waves were high when the ship left port, the weather office said."
    assert told(text) == [
        ("Winds reached 50 knots and waves were high when the ship left port", "the weather office"),
    ]


def test_a_sentence_with_as_reported_does(told: Told) -> None:
    assert told("The bridge was closed, as Ann Lee reported.") == [("The bridge was closed", "Ann Lee")]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Mayor Lee: “We will not be moved”\n\nThe mayor spoke.", "We will not be moved", "Mayor Lee"),
        ("Minister: “We will not pay”\n\nIt rained.", "We will not pay", "Minister"),
        ("“We Will Not Be Moved,” Says Mayor of Lorn\n\nIt rained.", "We Will Not Be Moved,", "Mayor of Lorn"),
    ],
)
def test_a_heading_with_a_speaker_quotes(told: Told, text: str, content: str, speaker: str) -> None:
    assert told(text) == [(content, speaker)]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ('"Nobody knows," he said.', "Nobody knows,", "he"),
        ('"Nobody knows how much," the minister said.', "Nobody knows how much,", "the minister"),
        (
            '"Nobody knows," the minister said, "what we will pay, and nobody believes the council."',
            "Nobody knows, what we will pay, and nobody believes the council.",
            "the minister",
        ),
        ("“Nobody knows what’s in it,’’ he said.", "Nobody knows what’s in it,", "he"),
        ('"Nobody here thinks that it works," was the verdict.', "Nobody here thinks that it works,", None),
    ],
)
def test_no_word_of_a_quotation_is_its_speaker(told: Told, text: str, content: str, speaker: str | None) -> None:
    assert told(text) == [(content, speaker)]


def test_what_somebody_calls_a_thing_is_quoted(told: Told) -> None:
    text = "The plan, which the mayor, Ann Lee, called “total nonsense”, began in May."
    assert told(text) == [("total nonsense", "the mayor, Ann Lee")]


def test_what_a_thing_was_labelled_is_quoted(told: Told) -> None:
    assert told("When the office tested the claim, it was labelled “mostly true.”") == [("mostly true.", None)]


def test_a_question_that_was_put_is_not_the_answer(told: Told) -> None:
    assert told("Asked “do you trust the council?”, 40% said yes.") == [("do you trust the council?", None)]
