"""Texts that nobody would write: the quotes stay well formed, and their cost stays in proportion."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import Actor, Quote
from store.article import make_article
from store.extract.parse import parse
from store.extract.quotes.pane import quotes, quotes_in
from store.extract.quotes.tree import Tree

if TYPE_CHECKING:
    from spacy.language import Language

WORDS = [
    "said",
    "“",
    "”",
    '"',
    "''",
    "Lee",
    "according",
    "to",
    "who",
    "that",
    "he",
    ",",
    ".",
    ":",
    "—",
    "\n",
    "the",
    "plan",
    "LEE:",
]


def well_formed(text: str, found: tuple[Quote, ...]) -> None:
    last = 0
    for quote in found:
        assert quote.spans
        assert quote.text == " ".join(text[start:end] for start, end in quote.spans)
        assert quote.text.strip() == quote.text != ""
        assert 0 <= quote.confidence <= 1
        assert all(a[1] <= b[0] for a, b in zip(quote.spans, quote.spans[1:], strict=False))
        for start, end in [*quote.spans, *filter(None, (quote.speaker, quote.cue))]:
            assert 0 <= start < end <= len(text)
        assert last <= quote.spans[0][0]
        last = quote.spans[0][0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_no_sequence_of_marks_and_cues_makes_it_fail(nlp: "Language", words: list[str]) -> None:
    text = " ".join(words)
    if not text.strip():
        return
    article = make_article(text)
    lee = Actor(
        "a1",
        "Lee",
        "person",
        "the plan",
        (),
        tuple((at, at + 3) for at in range(len(text)) if text.startswith("Lee", at)),
    )
    well_formed(article.text, quotes(parse(nlp, article.text), article, (lee,)))


def flat(words: list[str], head_of_all: bool) -> Tree:
    """A tree as a parser could give of nonsense: every word hangs on the word before it, or all on the first."""
    count = len(words)
    starts = [5 * index for index in range(count)]
    heads = [0 if head_of_all else max(0, index - 1) for index in range(count)]
    children: list[list[int]] = [[] for _ in words]
    for index in range(1, count):
        children[heads[index]].append(index)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    tags = ["VBD" if word == "said" else "VBG" if word == "according" else "NN" for word in words]
    return Tree(
        words,
        words,
        tags,
        ["conj"] * count,
        heads,
        list(range(count)),
        [count] * count,
        children,
        starts,
        ends,
        [0] * count,
        [""] * count,
    )


@contextmanager
def lines_run() -> Iterator[list[None]]:
    """Counts lines of Python as they run: a measure of cost that no clock disturbs."""
    lines: list[None] = []

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        if event == "line":
            lines.append(None)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        yield lines
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("head_of_all", [False, True])
@pytest.mark.parametrize("word", ["“", '"', "''", "said", "(", "claim", "according"])
def test_the_cost_grows_with_the_text(word: str, head_of_all: bool) -> None:
    def cost(count: int) -> int:
        words = [word] * count
        article = make_article("".join(f"{each:<5}" for each in words))
        parsed = flat(words, head_of_all)
        with lines_run() as lines:
            quotes_in(parsed, article, ())
        return len(lines)

    assert cost(1_600) < 10 * cost(200)
