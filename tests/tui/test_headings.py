"""What reads as a heading, and what does not though it is short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import make_article
from tui.blocks import Blocks
from tui.headings import Headings


def headings(text: str, source: str = "/papers/water.md", title: str = "Water", furniture=()) -> list[str]:
    """The lines of `text` that are headings."""
    article = make_article(text, title=title, source=source, furniture=furniture)
    blocks = Blocks(article.text)
    found = Headings(article, blocks)
    return [article.text[slice(*blocks.span(index))].strip() for index in range(len(blocks)) if found.at(index)]


PROSE = "The wells of Orn ran dry in June. The council met, and it sent for water."


@pytest.mark.parametrize(
    "line",
    ["What the council did", "2.1 (a) The costs", "Who pays?", "III. Outlook", "The “dry year” (2021)", "水の問題"],
)
def test_a_short_line_that_begins_as_a_title_does_is_one(line: str) -> None:
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == [line]
    assert headings(f"{line}\n\n{PROSE}", source="https://example.org/water") == [line]
    assert headings(f"{line}\n\n{PROSE}", source="/papers/water.txt") == []


@pytest.mark.parametrize(
    "line",
    [
        "It did nothing.",
        "These are the measures:",
        "“We wait,” she said",
        "“We wait”",
        "• Wells to be dug",
        "  what an item goes on with",
        "water from elsewhere",
        "By Ilse Brandt",
        "Well | Depth",
        "Ilse Brandt: Who will pay for all of that?",
        "The council met in June and it sent for water from the wells of the next town and then waited",
        "— Ilse Brandt",
        "14.2",
        "Wells\nDepths",
    ],
)
def test_other_short_lines_are_none(line: str) -> None:
    assert headings(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


def test_a_line_at_the_end_and_a_list_of_names_are_none() -> None:
    assert headings(f"{PROSE}\n\nThe council of Orn") == []
    names = "\n\n".join(["Present", "Ilse Brandt", "Tomas Reyes", "Petra Lang"])
    assert headings(f"{PROSE}\n\n{names}\n\n{PROSE}") == []
    assert headings(f"Part One\n\nWells\n\nDepth\n\n{PROSE}") == ["Part One", "Wells", "Depth"]


def test_what_is_not_the_report_is_none() -> None:
    text = f"{PROSE}\n\nRead more about wells\n\n{PROSE}"
    start = text.index("Read")
    assert headings(text, furniture=[(start, start + len("Read more about wells"))]) == []


def test_in_other_texts_only_the_title_is_one_where_it_is_the_first_line() -> None:
    text = f"Orn runs dry\n\n{PROSE}\n\nWhat is next\n\n{PROSE}"
    assert headings(text, "/papers/water.txt", "Orn runs dry") == ["Orn runs dry"]
    assert headings(text, "-", "Something else") == []


@given(st.text(alphabet="aA1 .\n“•|", max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    assert all(1 <= len(line) <= 100 for line in headings(f"x{text}"))
