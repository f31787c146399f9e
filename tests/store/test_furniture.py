"""Paragraphs that are not the report: which are found, and which must stay."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.furniture import furniture, is_furniture

REPORT = "The dam at Lorn burst on Monday, the minister said. Three villages were cut off."


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Why the dam burst",
        "READ ALSO | The engineers who warned",
        "Related stories: Rain to go on",
        "Watch: The flood from the air",
        "More on the floods: what we know",
        "By Ada Blum",
        "By Ada Blum and Jean-Luc de Groot, The Lorn Courier",
        "BY ADA BLUM",
        "Author: Ada Blum",
        "(Reporting by Ada Blum in Lorn; Editing by Li Wei)",
        "Additional reporting by Li Wei.",
        "Photo: Li Wei/The Lorn Courier",
        "Image credit: Lorn Archive",
        "Li Wei contributed to this report.",
        "Subscribe to our evening letter.",
        "Follow us on Mastodon.",
        "This article was first published in The Lorn Courier.",
        "© 2031 The Lorn Courier. All rights reserved.",
        "Advertisement",
    ],
)
def test_a_line_that_is_not_the_report_is_found_wherever_it_stands(line: str) -> None:
    text = f"{REPORT}\n\n{line}\n\n{REPORT}"
    assert [text[start:end] for start, end in furniture(text)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the water had reached the church.",
        "LORN (Reuters) - The dam burst on Monday.",
        "Watch the water, the old men said.",
        "Read more books, the minister told the pupils.",
        "More on the way: the rain will not stop, forecasters say, and the river has not yet reached its crest." * 3,
        "Related costs ran to 3 million crowns.",
        "Photographs of the dam had shown cracks.",
        "Subscribers to the scheme lost everything.",
        "Ada Blum is an engineer who warned of the cracks.",
    ],
)
def test_report_stays(line: str) -> None:
    assert not furniture(f"{REPORT}\n{line}\n{REPORT}")


def test_a_note_on_the_author_is_found_at_the_end_alone() -> None:
    note = "Ada Blum is a reporter at The Lorn Courier. She covers rivers."
    end = f"{REPORT}\n{note}\nFollow us on Mastodon."
    assert [end[start:stop] for start, stop in furniture(end)] == [note, "Follow us on Mastodon."]
    assert not furniture(f"{REPORT}\n{note}\n{REPORT}")


def test_a_person_of_the_report_is_no_author() -> None:
    text = f"Ada Blum was first at the dam.\n{REPORT}\nMs Blum took notes.\nAda Blum is a reporter at The Lorn Courier."
    assert not furniture(text)


def test_a_text_of_nothing_else_is_left_alone() -> None:
    assert furniture("By Ada Blum\nRead more: The flood") == ()


@pytest.mark.parametrize(
    "line", ["By " + "A " * 50_000, "Aa Bb, " * 20_000, "(" * 100_000, "See more " + "x" * 100_000]
)
def test_a_long_line_costs_nothing(line: str) -> None:
    assert not is_furniture(line)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["By Ada Blum", "Read more: x", "A b c.", "", " ", "Ada Blum is a writer", "\x00", "(x"])
    ).map("\n".join)
)
def test_spans_are_sorted_disjoint_and_inside(text: str) -> None:
    spans = furniture(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
