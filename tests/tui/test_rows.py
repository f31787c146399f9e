"""What rows look like, by the functions that draw them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.analysis import Actor, Analysis, Number, Quote
from store.annotation import Highlight, Note, Selector
from store.notebook import Placed
from tui.panes.actors import actor_lines, actor_rows, strip
from tui.panes.differences import compared
from tui.panes.lines import fit, spread, width_of, wrap, wrap_marked
from tui.panes.notes import highlight_lines
from tui.panes.numbers import number_lines, number_rows
from tui.panes.quotes import UNNAMED, quote_lines, quote_rows, said
from tui.panes.shelf import HEIGHT, Book, book_lines

MINISTER = Actor("a1", "Ana Moreau", "person", "transport minister of Belland", ("Moreau",), ((0, 10), (90, 96)))
PORT = Actor("a2", "Port of Sarn", "organization", None, (), ((20, 32),), confidence=0.3)
FARE = Number(40, 52, "$1.2 billion", "money", 1.2e9, None, "~", "USD", "cost of the new quay")
TEXT = " " * 60 + "We shall not wait!!!" + " " * 40
QUOTE = Quote(((60, 77),), "We shall not wait", "direct", (90, 96), (97, 101), "a1")
ANALYSIS = Analysis((MINISTER, PORT), (FARE,), (QUOTE,))

words = st.text(st.characters(codec="utf-8"), max_size=80)


def plain(line):
    return "".join(text for text, _ in line)


@given(words, st.integers(0, 60))
def test_fit_never_exceeds_its_width(text, width):
    assert cell_len(fit(text, width)) <= width


@given(words, st.integers(1, 40), st.integers(1, 6))
def test_wrapped_lines_fit_and_are_no_more_than_asked(text, width, most):
    lines = wrap(text, width, most)
    assert len(lines) <= most
    # One wide character is put on a line of one cell rather than lost.
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@given(words, st.integers(8, 60))
def test_wrapping_loses_no_letter(text, width):
    joined = "".join("".join(wrap(text, width, 10_000)).split())
    assert joined == "".join(text.split())


def test_what_is_left_out_leaves_an_ellipsis():
    assert wrap("one two three", 9, 1) == ["one two…"]
    assert wrap("one two", 9, 1) == ["one two"]


def test_the_pieces_of_a_quotation_are_told_apart():
    text = "“We wait,” she said. “No longer.”"
    quote = Quote(((1, 9), (22, 32)), "We wait, No longer.", "direct")
    assert said(quote, text) == "“We wait,” … “No longer.”"


@given(words, words, st.integers(4, 60))
def test_spread_fills_just_its_width_when_the_right_side_fits(left, right, width):
    right = fit(right, width)
    line = spread([(left, "")], [(right, "")], width)
    assert width_of(line) == width


def test_an_actor_is_shown_with_sign_count_and_role():
    first, second = actor_lines(MINISTER, 100, 44)
    assert plain(first).startswith("● Ana Moreau")
    assert plain(first).endswith("  2")
    assert plain(second) == "  transport minister of Belland"


def test_an_actor_without_role_or_alias_takes_one_line_and_doubt_is_shown():
    (line,) = actor_lines(PORT, 100, 44)
    assert "Port of Sarn ?" in plain(line)


def test_an_alias_that_is_part_of_the_name_takes_no_line():
    lee = Actor("a1", "Ann Lee", "person", None, ("Lee", "Iron Ann"), ((0, 1),))
    assert [plain(line).strip() for line in actor_lines(lee, 9, 44)[1:]] == ["Iron Ann"]


def test_the_strip_shows_where_and_how_often():
    assert strip(((0, 1), (1, 2), (99, 100)), 100) == "▅········▂"


def test_actors_can_be_put_in_every_order():
    assert [row.key for row in actor_rows(ANALYSIS, 100, "name")] == ["a1", "a2"]
    assert [row.key for row in actor_rows(ANALYSIS, 100, "appearance")] == ["a1", "a2"]
    assert [row.key for row in actor_rows(ANALYSIS, 100, "kind")] == ["a1", "a2"]


def test_a_number_shows_relation_figure_and_what_is_counted():
    (line,) = number_lines(FARE, 44)
    assert plain(line) == "≈ $1.2 billion  cost of the new quay"
    (short,) = number_lines(FARE, 30)
    assert plain(short) == "≈ $1.2 billion  cost of the n…"
    assert len(number_lines(FARE, 24)) == 2


def test_a_number_whose_words_are_not_its_value_shows_that_too():
    table = Number(0, 5, "1,420", "money", 1_420_000_000, unit="GBP", of="Revenue")
    assert plain(number_lines(table, 44)[0]) == "  1,420 = 1.42 billion GBP  Revenue"
    put_right = replace(FARE, value=1.5e9, confidence=1.0)
    assert plain(number_lines(put_right, 60)[0]) == "≈ $1.2 billion = 1.5 billion USD  cost of the new quay"
    words = Number(0, 7, "a dozen", "count", 12, confidence=0.9)
    assert plain(number_lines(words, 44)[0]) == "  a dozen"
    assert plain(number_lines(replace(words, value=0.05, high=7, confidence=1.0), 44)[0]) == ("  a dozen = 0.05 to 7")


def test_a_kind_is_named_where_the_figure_does_not_show_it():
    assert plain(number_lines(Number(0, 2, "58", "age", 58), 44)[0]) == "  58  age"


def test_numbers_can_be_put_in_every_order():
    small = Number(5, 6, "7", "count", 7)
    analysis = Analysis(numbers=(small, FARE))
    assert [row.key for row in number_rows(analysis)] == ["n0", "n1"]
    assert [row.key for row in number_rows(analysis, "kind")] == ["n1", "n0"]
    assert [row.key for row in number_rows(analysis, "size")] == ["n1", "n0"]


def test_a_direct_quote_stands_in_quotation_marks_under_its_speaker():
    first, second = quote_lines(QUOTE, said(QUOTE, TEXT), "Ana Moreau", True, 44)
    assert plain(first).startswith("Ana Moreau") and plain(first).endswith("direct")
    assert plain(second) == "  “We shall not wait”"


def test_by_speaker_the_name_stands_once():
    quotes = (QUOTE, Quote(((5, 9),), "so it is", "indirect"), Quote(((81, 85),), "Never", "direct", None, None, "a1"))
    rows = quote_rows(Analysis((MINISTER,), (), quotes), " " * 100, "speaker")
    drawn = [[plain(line) for line in row.draw(40)] for row in rows]
    assert [row.key for row in rows] == ["q0", "q2", "q1"]
    assert "Ana Moreau" in drawn[0][0] and "Ana" not in drawn[1][0]
    assert drawn[2][0].startswith(UNNAMED)


def test_control_characters_never_reach_a_row():
    hostile = Actor("a1", "\x1b]0;x\x07Eve\u202e", "person", "\x9b31m", (), ((0, 1),))
    text = "".join(plain(line) for line in actor_lines(hostile, 10, 40))
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in text)


def test_every_book_is_as_high():
    for book in (Book("k", "Title"), Book("k", "T", "Daily · 2026", 0.5), Book("k", "T", problem="gone", open=True)):
        assert len(book_lines(book, 28)) == HEIGHT


def placed(old, new="", grade="changed"):
    made = Highlight("h1", Selector(old, "", "", 0, len(old)), 3, ("sea",))
    return Placed(made, None if grade == "orphan" else (0, len(new or old)), grade, new)


@pytest.mark.parametrize("width", [26, 33, 40, 80])
def test_a_passage_whose_words_changed_shows_both_and_what_differs(width):
    old, new = "The ferry to Tolby was cancelled again", "The old ferry to Tolby was late again"
    lines = highlight_lines(placed(old, new), [Note("n1", "why?", "h1")], width)
    assert all(width_of(line) <= width for line in lines)
    said = [plain(line).rstrip() for line in lines]
    label = next(number for number, line in enumerate(said) if "changed; it reads now:" in line)
    assert said[0].startswith("3▌The ferry") and said[-2:] == ["  #sea", "  » why?"]
    for part, words in ((lines[:label], old), (lines[label + 1 : -2], new)):
        text = " ".join(plain(line)[2:] for line in part)
        assert text == words
    assert [text for line in lines for text, style in line if style == "marked-word"] == ["cancelled", "old", "late"]


def test_of_a_long_passage_that_changed_the_change_is_shown():
    old = (
        "The council met on Monday and heard what the port had to say of the new quay, " * 3
        + "which costs nine million"
    )
    lines = highlight_lines(placed(old, old.replace("nine", "twelve")), [], 30)
    said = [plain(line) for line in lines]
    assert any("nine" in line for line in said) and any("twelve" in line for line in said)
    assert said[0].startswith("3▌… quay, which costs nine")


def test_of_a_passage_that_is_gone_that_is_said():
    lines = highlight_lines(placed("The ferry to Tolby", grade="orphan"), [], 30)
    assert [plain(line) for line in lines][:2] == ["3▌The ferry to Tolby", " ▌its passage is gone"]


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9), st.integers(4, 40))
def test_words_that_differ_are_those_that_only_one_has(old, new, width):
    before, after = compared(" ".join(old), " ".join(new))
    rest = []
    for side in (before, after):
        kept = list(side.text)
        for start, end in side.differs:
            kept[start:end] = " " * (end - start)
        rest.append("".join(kept).split())
        lines = wrap_marked(side.text, side.differs, width, 99, "marked", "marked-word")
        assert " ".join(plain(line) for line in lines).split() == side.text.split()
    assert rest[0] == rest[1]


def test_words_changed_by_hostile_hands_act_nowhere():
    lines = highlight_lines(placed("the old \x1b]0;x\x07 word", "the new \x9b31m word\u202e"), [], 30)
    text = "".join(plain(line) for line in lines)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char == "\u202e" for char in text)
