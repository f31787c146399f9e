"""Hard-wrapped texts: which newlines are blanks."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from store.article import make_article
from store.hard_wrap import flowing, wrap_column

PROSE = (
    "The board of the harbour met on Monday and heard the report of its engineer, who had walked the length of the "
    "eastern mole and counted the stones that the winter had taken from it, and who asked for money. "
)
TEXT = "\n\n".join(textwrap.fill(PROSE * 2, 72) for _ in range(3)) + "\n\n- one\n- two\n"


def test_the_column_is_found_only_where_lines_were_broken_by_hand():
    assert 66 <= wrap_column(TEXT) <= 72
    assert wrap_column("\n\n".join([PROSE * 2] * 9)) == 0
    assert wrap_column("roses are red\nviolets are blue\n" * 9) == 0


def test_paragraphs_flow_over_soft_newlines_and_lists_stay_lists():
    article = make_article(TEXT)
    found = [article.flowing[start:end] for start, end in article.paragraphs]
    assert found == [(PROSE * 2).strip()] * 3 + ["- one", "- two"]
    assert article.text == TEXT


@given(st.text(st.sampled_from("ab \n-."), max_size=400), st.integers(0, 3))
def test_offsets_stay(text, times):
    mixed = text + TEXT * times
    made = flowing(mixed)
    assert len(made) == len(mixed)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(mixed, made, strict=True))
