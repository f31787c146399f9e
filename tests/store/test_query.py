"""The query language: what is read from a text, what is refused and where, and that a tree comes back as it was."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.query import EVERYTHING, And, Figure, Not, Or, QueryError, Term, unparse
from store.query_parser import parse

WORD = Term("", "strike")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", EVERYTHING),
        ("  ", EVERYTHING),
        ("strike", WORD),
        ("strike harbour", And((WORD, Term("", "harbour")))),
        ("strike and harbour", And((WORD, Term("", "harbour")))),
        ("strike OR walk*", Or((WORD, Term("", "walk", prefix=True)))),
        ("“fair offer”", Term("", "fair offer", quoted=True)),
        ("-strike", Not(WORD)),
        ("-(strike or x)", Not(Or((WORD, Term("", "x"))))),
        ("a b or c", Or((And((Term("", "a"), Term("", "b"))), Term("", "c")))),
        ('a "or" b', And((Term("", "a"), Term("", "or", quoted=True), Term("", "b")))),
        ("TITLE:strike", Term("title", "strike")),
        ('tag:"two words"', Term("tag", "two words", quoted=True)),
        ("is:Unread has:note", And((Term("is", "unread"), Term("has", "note")))),
        ("colour:red color:3", And((Term("color", "2"), Term("color", "3")))),
        ("after:2025-04 before:7d", And((Term("after", "2025-04"), Term("before", "7d")))),
        ("number>5e9", Figure(">", 5e9)),
        ("number<=1,200", Figure("<=", 1200.0)),
        ("number=2.5bn", Figure("=", 2.5e9)),
        ("number:usd", Term("number", "usd")),
        ("number:€", Term("number", "EUR")),
        ("number:usd>1e9", And((Term("number", "usd"), Figure(">", 1e9)))),
        ("number:$>=1bn<2bn", And((Term("number", "USD"), Figure(">=", 1e9), Figure("<", 2e9)))),
        ('number:"square metre"<50', And((Term("number", "square metre", True), Figure("<", 50.0)))),
        ("number:>5m", Figure(">", 5e6)),
        ("12:30", Term("", "12:30")),
        ("https://example.org/a", Term("", "https://example.org/a")),
        ("don't", Term("", "don't")),
    ],
)
def test_a_query_is_read(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("strike (harbour", 7, "never closed"),
        ("strike)", 6, "never opened"),
        ('say "fair', 4, "never closed"),
        ("a ()", 2, "nothing in these"),
        ("strike or", 9, "something is missing"),
        ("or strike", 0, "something is missing"),
        ("a - b", 2, "after the minus"),
        ("a titel:x", 2, "no field “titel”"),
        ("is:new", 3, "does not take this; it takes unread"),
        ("has:", 4, "does not take this"),
        ("color:6", 6, "yellow"),
        ("after:soon", 6, "no date"),
        ("before:2025-13", 7, "no date"),
        ("number>many", 7, "no figure"),
        ("number:usd>many", 11, "no figure"),
        ("number:usd>", 11, "no figure"),
        ("title:", 6, "no word"),
        ("a !!", 2, "no word"),
        ("(" * 30 + "a" + ")" * 30, 20, "too deep"),
        ("a" * 2001, 2000, "at most"),
    ],
)
def test_a_wrong_query_says_where(text, position, words):
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert words in str(caught.value)
    line, caret = caught.value.pointed.split("\n")
    assert caret == " " * position + "^" and line == text


FRAGMENTS = st.sampled_from(
    ["a", "bc*", "or", "and", "-", "(", ")", '"x y"', '"', "title:", "said:q", "number>2", "number:usd",
     "number:usd<1m", "is:read", "before:2024", "color:red", " ", "  ", "é", "\0", "\ud800", "ÿ:", "1e9", "*", "tag:#x"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(st.characters(), max_size=40), st.lists(FRAGMENTS, max_size=14).map(" ".join),
                 st.lists(FRAGMENTS, max_size=14).map("".join)))  # fmt: skip
@example("x (and)")
@example("--a")
@example("number>1e308 number<-0")
def test_what_is_read_comes_back_and_nothing_else_is_raised(text):
    try:
        tree = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text) and str(error)
        return
    assert parse(unparse(tree)) == tree
