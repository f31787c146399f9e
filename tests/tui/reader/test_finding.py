"""Searching: case, typography, line ends, expressions that never end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.reader import finding
from tui.reader.finding import SearchedText, SearchError, WordSearch, regex_matches


def found(text: str, words: str) -> list[str]:
    search = WordSearch(SearchedText(text), words)
    assert search.advance(10)
    return [text[slice(*search.matches[index])] for index in range(len(search.matches))]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Bank, bank, BANK", "bank", ["Bank", "bank", "BANK"]),
        ("Bank, bank, BANK", "Bank", ["Bank"]),
        ("the long\nroad, the long  road, the\u00a0long road", "the long road", 3),
        ("don’t don't donʼt", "don't", 3),
        ('“so” "so" «so»', '"so"', 3),
        ("1990–1995, 1990-1995, 1990—1995", "1990-1995", 3),
        ("wait… wait...", "wait...", 2),
        ("Zürich Zu\u0308rich ZÜRICH", "zürich", 3),
        ("a(b) a.b", "a(b", ["a(b"]),
        ("İstanbul and istanbul", "istanbul", 2),
        ("ПЕТР Петр", "петр", 2),
    ],
)
def test_words_are_found_in_any_case_and_typography(text, words, wanted):
    matches = found(text, words)
    assert matches == wanted if isinstance(wanted, list) else len(matches) == wanted


@given(st.text(alphabet="abA \n", max_size=80), st.sampled_from(["a", "ab", "aab", "b"]), st.integers(0, 80))
def test_near_and_counted_matches_agree(text, words, offset):
    counted = WordSearch(SearchedText(text), words)
    counted.advance(10)
    spans = [counted.matches[index] for index in range(len(counted.matches))]
    assert spans == [match.span() for match in re.finditer(words, text.lower())]
    fresh = WordSearch(SearchedText(text), words)
    after = [span for span in spans if span[0] > offset] or spans
    assert fresh.after(offset) == (after[0] if after else None)
    assert counted.after(offset) == (after[0] if after else None)
    before = [span for span in spans if span[0] < offset] or spans
    assert fresh.before(offset) == (before[-1] if before else None)
    window = [span for span in spans if span[0] < offset + 9 and span[1] > offset]
    assert list(counted.overlapping(offset, offset + 9)) == window
    assert all(counted.matches.index(start) == index for index, (start, _) in enumerate(spans))
    assert counted.matches.index(-1) is None


async def regex(text: str, pattern: str, start: int = 0) -> list[str]:
    return [text[a:b] async for batch in regex_matches(text, pattern, start) for a, b in batch]


async def test_expressions_run_from_the_place_given_and_around():
    text = "one 1\ntwo 22\nthree 333 “é”"
    assert await regex(text, r"\d+", 8) == ["22", "333", "1"]
    assert await regex(text, r"^T\w+") == []
    assert await regex(text, r"^t\w+") == ["two", "three"]
    assert await regex(text, "“.”") == ["“é”"]
    assert await regex(text, "x*") == []


async def test_an_expression_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(finding, "TIME_LIMIT", 0.4)
    with pytest.raises(SearchError, match="takes too long"):
        await regex("a" * 60 + "b", "(a+)+$")


async def test_what_is_no_expression_is_told():
    with pytest.raises(SearchError, match="no regular expression"):
        await regex("a", "(")
