"""Sentences, words, paragraphs as a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.blocks import Blocks
from tui.reader.segments import Segments


def sentences(text: str) -> list[str]:
    segments = Segments(Blocks(text))
    span, found = segments.sentence(0), []
    while span is not None:
        found.append(text[slice(*span)])
        span = segments.next_sentence(span[0])
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Amara Quist met Gen. Bo Lund on Jan. 5.|Nothing came of it.",
        "J. R. Holt of the U.S. Navy paid $3.5 million.|He left at 5 p.m.|The talks went on.",
        "It was sold by Acme Inc.|The buyer is Bolt Corp. of Ohio.",
        '"Why now?" asked Mina.|"Because."|Then they left.',
        "“Why now?” Mina Holt asked.|“It rained.”|“No.”",
        '"Stop!" he said.|"I won\'t."',
        "It works (see No. 5 and Fig. 2) as told.|It broke.",
        "1. First item.|It counts.",
        "They waited... and waited.|They left... They slept.".replace("|They left... They", "|They left...|They"),
        "So what?!|Nothing… and more.",
        "He is on the board, i.e. Nina said so.|Fine.",
        "これは文です。|次の文です。|「はい。」と言った。",
        "No period at the end",
    ],
)
def test_where_sentences_end(text):
    parts = text.split("|")
    joined = "".join(part if "。" in part else f"{part} " for part in parts).rstrip()
    assert sentences(joined) == parts


def test_a_heading_a_list_and_a_paragraph_are_sentences_of_their_own():
    assert sentences("A heading\n\n- one thing\n- another\nText here.") == [
        "A heading", "- one thing", "- another", "Text here.",
    ]  # fmt: skip


def test_sentences_go_over_lines_that_were_broken_by_hand():
    line = "the council of the small town met on tuesday evening to talk about"
    text = f"{line} it\n" * 8 + f"{line}. And they\nleft the hall late."
    assert len(sentences(text)) == 2


@given(st.text(alphabet="aB. ?!“”\n世。1)", max_size=120), st.integers(0, 120))
def test_sentences_are_in_order_and_every_visible_character_is_in_one(text, offset):
    segments = Segments(Blocks(text))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    start, end = segments.sentence(min(offset, len(text)))
    if text.strip():
        assert text[start:end] == text[start:end].strip() != ""
        following = segments.next_sentence(start)
        assert following is None or segments.previous_sentence(following[0]) == (start, end)


def test_paragraphs_skip_blank_lines_and_join_the_pieces_of_long_ones():
    text = "One.\n\n\nTwo. More.\n" + "word " * 9_000 + "\nLast."
    segments = Segments(Blocks(text))
    assert segments.paragraph(0) == (0, 4)
    two = segments.next_paragraph(0)
    assert two is not None and text[slice(*two)] == "Two. More."
    assert segments.paragraph(5) == two
    long = segments.next_paragraph(two[0])
    assert long is not None and long[1] - long[0] == 9_000 * 5 - 1
    last = segments.next_paragraph(long[0])
    assert last == segments.paragraph(len(text)) and segments.next_paragraph(len(text) - 1) is None
    assert segments.previous_paragraph(last[0]) == long
    assert segments.paragraph_number(2) == two and segments.paragraph_number(99) == last


def test_words():
    text = "She won't pay $3.5m, he said.\n\n世界 is wide"
    segments = Segments(Blocks(text))
    starts, at = [0], 0
    while (following := segments.next_word(at)) > at:
        starts.append(at := following)
    assert [text[slice(*segments.word(start))] for start in starts] == [
        "She", "won't", "pay", "$", "3.5m", ",", "he", "said", ".", "世", "界", "is", "wide",
    ]  # fmt: skip
    assert [segments.previous_word(start) for start in starts[1:]] == starts[:-1]
    assert segments.previous_word(0) == 0
    assert segments.word_end(0) == 2 and segments.word_end(2) == 8
    assert segments.word_end(len(text) - 1) == len(text) - 1
    assert segments.word(3) == (3, 4)


def test_a_text_without_anything_to_read():
    segments = Segments(Blocks(" \n\n "))
    assert segments.sentence(2) == (0, 0) and segments.paragraph(2) == (0, 0)
    assert segments.next_sentence(0) is None and segments.next_word(0) == 0
