"""Layout: nothing is lost, nothing is too wide, every offset has its cell."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.page import Page

HARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" \n\tab.—“世、。👩\u200d\ufe0f❤e\u0301\u200bא\u202e\x1b🇩🇪")), st.characters()
    ),
    max_size=120,
)


def all_rows(page: Page):
    place, rows = page.first, []
    while True:
        rows.append((place, page.row(place)))
        following = page.step(place, 1)
        if following == place:
            return rows
        assert page.step(following, -1) == place and page.distance(place, following, 5) == 1
        place = following


@settings(max_examples=200, deadline=None)
@given(HARD, st.integers(2, 30))
def test_rows_give_back_the_text_and_fit_and_every_offset_has_one_cell(text, width):
    page = Page(text, width)
    rows = all_rows(page)
    assert rows[-1][0] == page.last
    assert "".join(text[row.start : row.end] for _, row in rows) == text
    for place, row in rows:
        shown = row.shown(row.start, row.end)
        assert row.width <= width + 1 and cell_len(shown) == row.width
        assert not any(unicodedata.category(character) == "Cc" for character in shown)
        for offset in range(row.start, row.end):
            start, end = row.cluster(offset)
            assert page.cell(offset) == (place, row.cell(offset))
            assert row.offset(row.cell(offset)) == start <= offset < end <= row.end


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab cd\n", max_size=200), st.integers(2, 20), st.integers(-30, 30))
def test_steps_and_distances_agree(text, width, rows):
    page = Page(text, width)
    places = [place for place, _ in all_rows(page)]
    for index, place in enumerate(places):
        target = min(max(index + rows, 0), len(places) - 1)
        assert page.step(place, rows) == places[target]
        assert page.distance(place, places[target], 1_000) == target - index
    assert [place for place, _ in page.rows(page.first, 5)] == places[:5]


@given(st.text(alphabet="ab世 ", max_size=60), st.integers(2, 20), st.data())
def test_a_part_is_as_wide_as_its_cells(text, width, data):
    page = Page(text, width)
    for _, row in all_rows(page):
        starts = sorted({row.cluster(offset)[0] for offset in range(row.start, row.end)} | {row.end})
        first, last = sorted(data.draw(st.tuples(st.sampled_from(starts), st.sampled_from(starts))))
        assert cell_len(row.shown(first, last)) == row.cell(last) - row.cell(first)


def shown(text: str, width: int) -> list[str]:
    return [row.shown(row.start, row.end).rstrip() for _, row in all_rows(Page(text, width))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three", ["one two", "three"]),
        ("one  two    three", ["one  two", "three"]),
        ("abcdefghijk lm", ["abcdefgh", "ijk lm"]),
        ("a\tb", ["a", "b"]),
        ("世界世界世界", ["世界世界", "世界"]),
        ("世界世界。世界", ["世界世", "界。世界"]),
        ("ab\x1b[31mcd", ["ab␛[31mc", "d"]),
        ("keep\u00a0this together", ["keep\u00a0thi", "s", "together"]),
    ],
)
def test_where_rows_end(text, rows):
    assert shown(text, 8) == rows


def test_tabs_reach_their_stops():
    page = Page("ab\tc\td", 40)
    row = page.row(page.first)
    assert row.shown(0, 6) == "ab      c       d"
    assert [row.cell(offset) for offset in range(6)] == [0, 1, 2, 8, 9, 16]
    assert row.offset(5) == 2


def test_blank_lines_stand_as_they_are_and_dense_paragraphs_are_set_apart():
    assert shown("One\n\n\nTwo\n", 20) == ["One", "", "", "Two"]
    dense = "\n".join(
        "words that follow each other without an end to them, they say, and so on and on" * 2 for _ in "123"
    )
    gaps = [row.gap for _, row in all_rows(Page(dense, 200))]
    assert gaps == [False, True, False, True, False]


def test_lines_broken_by_hand_are_wrapped_anew():
    line = "the council of the small town met on tuesday evening to talk about"
    page = Page(f"{line} it\n" * 9, 140)
    assert all_rows(page)[0][1].end > 130


def test_a_million_words_are_open_at_once_wherever_one_looks():
    text = ("Ordinary words “follow” each other here. " * 30 + "\n\n") * 5_000
    started = time.process_time()
    page = Page(text, 72)
    place = page.place(len(text) // 2)
    assert page.row(page.step(place, 40)).start > len(text) // 2
    assert time.process_time() - started < 0.5
    assert page.lines > 10_000


def test_one_paragraph_of_a_hundred_thousand_characters_is_laid_out_in_pieces():
    text = "Ordinary words follow each other here. " * 2_600
    page = Page(text, 72)
    assert "".join(text[row.start : row.end] for _, row in all_rows(page)) == text
