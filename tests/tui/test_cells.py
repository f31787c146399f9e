"""Cell widths against Rich's, which cuts the lines, and against what a terminal can show."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tui.cells import MOST_MARKS, PLAIN, cells, clusters, fit

# Every code point where something differs from its neighbours; of the large uniform blocks some.
CODES = [*range(0x3400), *range(0xA000, 0xAC20), *range(0xD780, 0x1FC00), *range(0x1FC00, sys.maxunicode + 1, 101)]


def test_every_character_is_as_wide_as_the_toolkit_thinks_and_none_controls():
    for code in CODES:
        (cluster,) = clusters(chr(code))
        assert cell_len(cluster.shown) == cluster.cells, hex(code)
        assert not any(unicodedata.category(shown) in ("Cc", "Cs") for shown in cluster.shown), hex(code)


def test_plain_characters_are_one_cell_wide_and_stand_for_themselves():
    for code in CODES:
        if PLAIN.fullmatch(chr(code)):
            assert get_character_cell_size(chr(code)) == 1, hex(code)
            assert clusters(chr(code))[0].shown == chr(code), hex(code)


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("e\u0301x", [1, 1]),
        ("👨\u200d👩\u200d👧!", [2, 1]),
        ("🤷\u200d♂\ufe0f", [2]),
        ("❤\ufe0f.", [1, 1]),
        ("1\ufe0f\u20e3", [1]),
        ("🇩🇪🇫🇷", [2, 2]),
        ("👍🏽", [2]),
        ("世界", [2, 2]),
        ("\u1112\u1161\u11ab", [2]),
        ("\u200bab", [1, 1]),
        ("क\u094dष", [1, 1]),
        ("\u0301a", [1, 1]),
        ("a\u00adb", [1, 1]),
    ],
)
def test_what_a_reader_sees_as_one_character_is_one_cluster(text, widths):
    assert [cluster.cells for cluster in clusters(text)] == widths


@given(st.text(max_size=40))
def test_clusters_cover_the_text_and_are_as_wide_as_they_say(text):
    found = clusters(text)
    assert "".join(text[cluster.start : cluster.end] for cluster in found) == text
    assert cell_len("".join(cluster.shown for cluster in found)) == sum(cluster.cells for cluster in found)


def test_a_pile_of_marks_is_cut():
    (cluster,) = clusters("o" + "\u0301" * 500)
    assert len(cluster.shown) == 1 + MOST_MARKS


def test_bidirectional_overrides_are_seen_and_marks_are_not():
    assert [cluster.shown for cluster in clusters("a\u202eb")] == ["a", "\ufffd", "b"]
    assert "\u200b" not in "".join(cluster.shown for cluster in clusters("a\u200bb"))


@given(st.text(max_size=30), st.integers(0, 12))
def test_fit_never_takes_more_than_its_width(text, width):
    assert cells(fit(text, width)) <= width
    assert fit("plain", 5) == "plain" and fit("plainly", 5) == "plai…"
