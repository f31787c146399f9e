"""A passage is found again where it stands by now, or not at all; never somewhere else."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.anchoring import Found, describe, find

ARTICLE = """\
Harbour council votes to move the fish market
The harbour council of Elmsport voted on Tuesday to move the old fish market to the northern quay. Nine members were in
favour and four against, with two absent.
"The roof leaks, the floor leaks, and by now the excuses leak as well," said Marta Olsen, who chairs the council. She
promised that no stall would pay more rent before 2031.
Stallholders were less cheerful. Piet Brandt, whose family has sold herring there since 1952, called the plan a costly
detour. "My customers come by bus," he said. "No bus goes to the northern quay."
The move will cost about 14.5 million crowns, of which the region pays a third. Work begins in March and should take
eighteen months. The council will hear objections until the end of the year.
The old hall is to become a library. "A library!" said Brandt. "Books do not smell, I grant you that."
"""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a plain text stand."""
    return [match.span() for match in re.finditer(r"\S[^.!?]*[.!?][\"”]?", text)]


def without_offsets(text: str, start: int, end: int) -> Found | None:
    """Found again in the same text from words and context alone."""
    return find(replace(describe(text, start, end), start=0, end=0), text)


@pytest.mark.parametrize("span", sentences(ARTICLE))
def test_every_sentence_is_found_from_its_words_alone(span: tuple[int, int]) -> None:
    found = without_offsets(ARTICLE, *span)
    assert found is not None
    assert (found.start, found.end) == span


def test_the_same_text_is_exact() -> None:
    assert find(describe(ARTICLE, 100, 130), ARTICLE) == Found(100, 130, "exact")


def test_a_paragraph_on_top_moves_it() -> None:
    at = ARTICLE.index("Marta Olsen")
    lead = "Update: the mayor of Elmsport has since resigned.\n"
    assert find(describe(ARTICLE, at, at + 11), lead + ARTICLE) == Found(at + len(lead), at + len(lead) + 11, "moved")


@pytest.mark.parametrize("copies", [2, 3, 10])
def test_the_context_tells_one_of_many_alike(copies: int) -> None:
    text = "".join(
        f"Item {word}. The motion was carried. Next came the {word} report.\n" for word in "abcdefghij"[:copies]
    )
    new = "The minutes follow.\n" + text
    for match in re.finditer(r"The motion was carried\.", text):
        found = find(describe(text, *match.span()), new)
        assert found == Found(match.start() + 20, match.end() + 20, "moved")


def test_alike_in_all_the_position_decides() -> None:
    text = "Hear, hear. " * 30
    found = find(describe(text, 120, 131), "Oh. " + text)
    assert found is not None
    assert abs(found.start - 120) <= 8


@pytest.mark.parametrize(
    "span",
    [(0, 7), (0, len(ARTICLE)), (len(ARTICLE) - 10, len(ARTICLE) - 1), (46, 47), (30, 400), (5, 6)],
    ids=["start", "whole", "end", "one character", "paragraphs", "within a word"],
)
def test_the_ends_and_all_lengths(span: tuple[int, int]) -> None:
    lead = "By our own staff. "
    found = find(describe(ARTICLE, *span), lead + ARTICLE)
    assert found is not None
    assert (lead + ARTICLE)[found.start : found.end].strip() == ARTICLE[slice(*span)].strip()


def test_five_thousand_characters() -> None:
    text = " ".join(f"Clause {number} speaks of matter {number * 7}." for number in range(400))
    new = "Preamble. " + text.replace("matter 70.", "no matter.")
    found = find(describe(text, 100, 5100), new)
    assert found is not None
    assert found.grade == "changed"
    assert abs(found.start - 110) <= 10


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Two flags 🇳🇴🇸🇪 flew. A family 👩‍👩‍👧 waved back at the crowd.", "👩‍👩‍👧 waved"),
        ("Le café était fermé. Le garçon rentrait chez lui.", "garçon rentrait"),
        ("去年的经济增长率为百分之五。今年预计为百分之四。", "预计为百分之四"),
        ("أعلن الوزير عن خطة جديدة. رفضت المعارضة الخطة.", "رفضت المعارضة"),
        ("ตลาดปลาย้ายไปท่าเรือเหนือในเดือนมีนาคม", "ท่าเรือเหนือ"),
    ],
)
def test_other_scripts_before_and_inside(text: str, quote: str) -> None:
    at = text.index(quote)
    lead = "🎈 Ünïcode first. "
    assert find(describe(text, at, at + len(quote)), lead + text) == Found(
        at + len(lead), at + len(lead) + len(quote), "moved"
    )


def test_typography_is_looked_through() -> None:
    old = '"My customers come by bus," he said - and so they do... every day, at cafe\u0301 time.'
    new = "“My\u00a0customers come by bus,” he said — and  so they do… every\u200b day,\n\nat caf\u00e9 time."
    found = find(describe(old, 0, len(old)), "Lead.\n" + new)
    assert found == Found(6, 6 + len(new), "moved")


def test_changed_words_within_and_at_the_ends() -> None:
    quote = "Work begins in March and should take eighteen months."
    text = ARTICLE.replace("take\neighteen", "take eighteen")
    start = text.index("Work begins")
    selector = describe(text, start, start + len(quote))
    for new_quote in (
        "Work begins in April and should take eighteen months.",
        "Construction begins in March and should take twenty months.",
        "The work begins in March and should take eighteen long months.",
    ):
        new = text.replace(text[start : start + len(quote)], new_quote)
        found = find(selector, new)
        assert found is not None
        assert found.grade == "changed"
        assert (
            new_quote.removeprefix("The ") in new[found.start : found.end] or new[found.start : found.end] in new_quote
        )
        assert len(new[found.start : found.end]) >= len(new_quote) - 4


def test_a_passage_that_is_gone_is_an_orphan_until_it_returns() -> None:
    quote = "Nine members were in\nfavour and four against, with two absent."
    at = ARTICLE.index(quote)
    selector = describe(ARTICLE, at, at + len(quote))
    assert find(selector, ARTICLE.replace(quote, "")) is None
    assert find(selector, ARTICLE) == Found(at, at + len(quote), "exact")


def test_a_word_whose_sentence_is_gone_is_not_found_in_another() -> None:
    sentence = '"My customers come by bus," he said. '
    at = ARTICLE.index("bus")
    assert find(describe(ARTICLE, at, at + 3), ARTICLE.replace(sentence, "")) is None


def test_another_article_has_none_of_them() -> None:
    other = "A ferry ran aground near Tolby on Friday. All passengers were brought ashore. The council was informed."
    assert [find(describe(ARTICLE, *span), other) for span in sentences(ARTICLE)] == [None] * len(sentences(ARTICLE))


def test_a_span_does_not_creep_over_many_edits() -> None:
    quote = "no stall would pay more rent before 2031"
    at = ARTICLE.index(quote)
    selector, text, dice = describe(ARTICLE, at, at + len(quote)), ARTICLE, random.Random(4)
    for edit in range(20):
        words = text.split(" ")
        free = [place for place, word in enumerate(words) if word and word not in quote and "\n" not in word]
        words[dice.choice(free)] = f"new{edit}"
        text = " ".join(words)
        found = find(selector, text)
        assert found is not None
        assert text[found.start : found.end] == quote


def test_a_text_of_one_word_over_and_over_is_no_trap() -> None:
    text = "ha " * 4000
    found = find(describe(text, 3000, 9000), "x" + text + "ho")
    assert found is not None
    assert found.grade == "moved"
    assert found.end - found.start >= 5998


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=80), st.text(max_size=80), st.data())
def test_whatever_the_texts_the_answer_lies_in_the_text(text: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = describe(text, start, end)
    assert find(selector, text) == Found(start, end, "exact")
    found = find(selector, new)
    assert found is None or 0 <= found.start < found.end <= len(new)
