"""The whole analysis on texts that nobody would write: well formed rows, and work in proportion to the text."""

import itertools
import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import Analysis, from_json, to_json
from store.article import Article, make_article
from store.extract.analyse import analyse, analyses
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

PIECES = [
    *("Ada Blum", " said", " she", " told", " that", " Lorn Bank", " U.S.", " (ABC)", " Mr.", " the minister", "ADA: "),
    *(
        "“",
        "”",
        '"',
        "‘",
        "'",
        "(",
        ")",
        ",",
        ".",
        ";",
        ":",
        "—",
        "-",
        " | ",
        "\n",
        "\n\n",
        "\t",
        "\x00",
        "\u200b",
        "é",
    ),
    *(
        " 5",
        " 3.5",
        " 1,200",
        " $2m",
        " 40%",
        " to",
        " from",
        " half",
        " a",
        " third",
        " of",
        " km",
        " 2019",
        " in six",
    ),
    *("🎈", "👩\u200d🚒", "\ud800", "ﷺ", "\u202e", " Oslo", " according to", " rose", " up", " Dr", " €"),
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join), st.text(max_size=80))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS.filter(str.strip), title=st.sampled_from(["", "Ada Blum said so"]))
def test_every_row_is_well_formed(nlp: "Language", text: str, title: str) -> None:
    if not text.removeprefix("\ufeff").strip():
        return
    article = make_article(text, title=title)
    [analysis] = analyses(nlp, [article])
    _actors_hold(article, analysis)
    _numbers_hold(article, analysis)
    _quotes_hold(article, analysis)
    assert from_json(json.loads(json.dumps(to_json(analysis)))) == analysis


def _actors_hold(article: Article, analysis: Analysis) -> None:
    assert len({actor.id for actor in analysis.actors}) == len(analysis.actors)
    for actor in analysis.actors:
        assert actor.name.strip() and actor.mentions and 0 <= actor.confidence <= 1
        for start, end in (*actor.mentions, *actor.references):
            assert 0 <= start < end <= len(article.text)


def _numbers_hold(article: Article, analysis: Analysis) -> None:
    for number in analysis.numbers:
        assert number.text == article.text[slice(*number.span)] != ""
        assert math.isfinite(number.value) and 0 <= number.confidence <= 1
        assert number.high is None or (math.isfinite(number.high) and number.high > number.value)
    assert all(a.end <= b.start for a, b in itertools.pairwise(analysis.numbers))


def _quotes_hold(article: Article, analysis: Analysis) -> None:
    ids = {actor.id for actor in analysis.actors}
    for quote in analysis.quotes:
        assert quote.text == " ".join(article.text[start:end] for start, end in quote.spans) != ""
        assert quote.actor is None or quote.actor in ids
        for start, end in filter(None, (*quote.spans, quote.speaker, quote.cue)):
            assert 0 <= start < end <= len(article.text)


@contextmanager
def calls() -> Iterator[list[int]]:
    """Counts the calls of Python and C functions: a measure of cost that no clock disturbs."""
    count = [0]

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        count[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield count
    finally:
        sys.setprofile(before)


REPEATED = {
    "straight marks": '" ',
    "curly marks": "“",
    "digits": "7 ",
    "brackets": "( ",
    "emoji": "🎈 ",
    "cues": "said ",
    "conjunctions": "and ",
    "names": "Ada Blum, ",
    "a table": "Oslo | 12 | 3.5 kg\n",
    "labels": "ADA BLUM: yes\n",
    "ranges": "from 3 to ",
    "sentences": "Ada Blum told the bank that “it rains” on 5 km. He said so. ",
}


@pytest.mark.parametrize("name", REPEATED)
def test_the_work_is_in_proportion_to_the_text(nlp: "Language", name: str) -> None:
    def cost(count: int) -> int:
        article = make_article(REPEATED[name] * count)
        doc = parse(nlp, article.flowing)
        with calls() as counted:
            analyse(doc, article)
        return counted[0]

    cost(1)
    assert cost(160) < 5 * cost(40)


@pytest.mark.parametrize("text", ["7" * 30_000, "a" * 30_000, "x" + "\n" * 30_000, "(" * 2_000 + ")" * 2_000])
def test_long_runs(nlp: "Language", text: str) -> None:
    [analysis] = analyses(nlp, [make_article(text)])
    assert not analysis.numbers and not analysis.quotes
