"""Quotation marks by themselves: every typography, and texts that nobody would write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import make_article
from store.extract.quotes.quotation_marks import Stretch, stretches


def found(text: str) -> list[Stretch]:
    return stretches(text, make_article(text).paragraphs)


def inner(text: str) -> list[str]:
    return [text[slice(*stretch.inner)] for stretch in found(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She said “yes” and left.", ["yes"]),
        ('She said "yes" and "no" and left.', ["yes", "no"]),
        ("She said ''yes'' and left.", ["yes"]),
        ("She said ``yes'' and left.", ["yes"]),
        ("She said «yes» and « no » and left.", ["yes", "no"]),
        ("She said „ja“ and left.", ["ja"]),
        ("She said 「はい」 and left.", ["はい"]),
        ("She said ‘yes, it’s late’ and left.", ["yes, it’s late"]),
        ("'It's late,' she said. 'The dogs' den is cold.'", ["It's late,", "The dogs' den is cold."]),
        ("“He told me ‘no’,” she said.", ["He told me ‘no’,"]),
        ("“The “best” plan,” she said.", ["The “best” plan,"]),
        ('"The “best” plan," she said.', ["The “best” plan,"]),
        ("She said ”yes” and left.", ["yes"]),
        ("She said “yes“ and left.", ["yes"]),
        ('("yes")', ["yes"]),
        ("The dogs' den isn't cold in the '90s.", []),
        ("He is 6'2\" and she is 5'11\" tall.", []),
        ("It is “” empty.", []),
    ],
)
def test_pairs(text: str, content: list[str]) -> None:
    assert inner(text) == content


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "She said: “It is late.\nWe left."
    (stretch,) = found(text)
    assert (text[slice(*stretch.inner)], stretch.closed) == ("It is late.", False)


def test_a_mark_at_the_next_paragraph_goes_on_with_an_unclosed_one() -> None:
    assert [stretch.continues for stretch in found("“It is late.\n“We go.”\n“No.”")] == [False, True, False]


def test_a_mark_before_a_whole_block_hides_no_pair_in_it() -> None:
    assert inner('"She said “yes” and left.') == ["yes"]


MARKS = "“”\"'‘’«»„`aA .,\n(—"


@settings(max_examples=60, deadline=None)
@given(st.text(MARKS, min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_stretches_are_ordered_disjoint_and_within_one_paragraph(text: str) -> None:
    article = make_article(text)
    end = 0
    for stretch in stretches(article.text, article.paragraphs):
        assert end <= stretch.outer[0] <= stretch.inner[0] < stretch.inner[1] <= stretch.outer[1]
        assert any(first <= stretch.outer[0] and stretch.outer[1] <= last for first, last in article.paragraphs)
        end = stretch.outer[1]
