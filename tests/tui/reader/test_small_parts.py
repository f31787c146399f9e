"""Key sequences, jumps, and the view's arithmetic."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tui.page import Page
from tui.reader.jumps import Jumps
from tui.reader.sequences import MOST, Sequences
from tui.reader.view import View


def machine(counts: bool = False) -> Sequences:
    return Sequences({"m": "set_mark", "'": "go_mark", "c": "colour"}, {"colour": "12345"}, counts=counts)


def test_a_prefix_takes_the_key_that_completes_it_and_drops_any_other():
    keys = machine()
    assert keys.feed("m", "m").kind == "wait" and keys.pending == "set_mark"
    done = keys.feed("a", "a")
    assert (done.kind, done.action, done.argument) == ("done", "set_mark", "a")
    keys.feed("c", "c")
    assert keys.feed("7", "7").kind == "drop"
    assert keys.feed("7", "7").kind == "pass"
    keys.feed("apostrophe", "'")
    assert keys.feed("apostrophe", "'").argument == "'"
    keys.feed("m", "m")
    assert keys.feed("escape", "\x1b").kind == "drop" and not keys.pending


def test_counts_only_where_they_are_wanted():
    assert machine().feed("3", "3").kind == "pass"
    keys = machine(counts=True)
    assert keys.feed("0", "0").kind == "pass"
    assert [keys.feed(digit, digit).kind for digit in "120"] == ["wait"] * 3
    assert keys.feed("j", "j").kind == "pass" and keys.take_count() == 120 and keys.take_count() is None
    for digit in "999999999":
        keys.feed(digit, digit)
    assert keys.take_count() == MOST
    keys.feed("4", "4")
    assert keys.feed("escape", "\x1b").kind == "drop" and keys.take_count() is None
    keys.begin("colour")
    assert keys.feed("2", "2").argument == "2"


def test_jumps_lead_back_and_forth():
    jumps = Jumps()
    assert jumps.back(0) is None
    for offset in (10, 20, 20, 30):
        jumps.record(offset)
    assert [jumps.back(30), jumps.back(20), jumps.back(0)] == [20, 10, None]
    jumps.record(5)
    assert jumps.swap(50) == 5 and jumps.swap(5) == 50


@given(
    st.text(alphabet="ab cd\n", min_size=1, max_size=300),
    st.integers(1, 12),
    st.lists(st.integers(-20, 20), max_size=8),
)
def test_the_window_never_leaves_the_text_and_is_full_when_it_can_be(text, height, scrolls):
    page = Page(text, 10)
    total = page.distance(page.first, page.last, 1_000) + 1
    view, top = View(page, height), 0
    for rows in scrolls:
        expected = min(max(top + rows, 0), max(0, total - height))
        assert view.scroll(rows) == expected - top
        top = expected
        assert len(view.rows()) == min(height, total)
        assert page.distance(page.first, view.top, 1_000) == top


@given(
    st.text(alphabet="ab cd\n", min_size=40, max_size=300), st.integers(3, 12), st.integers(0, 300), st.integers(0, 40)
)
def test_what_is_revealed_is_in_sight(text, height, offset, length):
    page = Page(text, 10)
    view = View(page, height)
    first, last = page.place(min(offset, len(text))), page.place(min(offset + length, len(text)))
    view.reveal(first, last)
    assert view.row_of(first) is not None
    if page.distance(first, last, 1_000) < height // 2:
        assert view.row_of(last) is not None
    assert view.nearest(first) == first


def test_what_draws_the_first_page_loads_no_toolkit():
    code = (
        "import sys, tui.page, tui.reader.segments, tui.reader.layers, tui.reader.view, tui.reader.jumps,"
        " tui.reader.sequences, tui.reader.finding, tui.actions;"
        "print([name for name in sys.modules if name.partition('.')[0] in ('textual', 'rich', 'spacy', 'tinydb')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
