"""Paragraphs: as they stand, broken by hand, without blank lines, far too long."""

from hypothesis import given
from hypothesis import strategies as st

from tui.blocks import LONGEST, Blocks

HARD = """\
The council of the small town met on Tuesday evening to talk about the
old bridge, which had been closed since the spring flood had washed away
two of its pillars. Nobody expected that the meeting would last as long
as it did, but then the engineers took out their drawings and began.

There were three proposals on the table when the night was over:

- mend the pillars and open the bridge for people on foot and on bikes
- tear all of it down and build another one a little further upstream
- wait

The mayor said that the town had waited long enough, and that she would
ask the state for money in the morning. The state has not answered yet,
and the ferry, which is small and slow, goes on crossing the brown river.
"""
DENSE = "\n".join(f"Paragraph {n}: " + "words that follow each other without an end to them, " * 4 for n in range(6))
POEM = "\n".join(["The river is brown", "and the ferry is slow", "it carries the town", "wherever they go"] * 8)


def lines(blocks: Blocks) -> list[str]:
    return [blocks.text[slice(*blocks.span(index))] for index in range(len(blocks))]


@given(st.text(alphabet=" \n\tab.", max_size=300))
def test_blocks_cover_the_text(text):
    blocks = Blocks(text)
    assert "".join(lines(blocks)) == text
    for index in range(len(blocks)):
        start, end = blocks.span(index)
        assert start < end or not text
        assert blocks.at(start) == index and blocks.at(max(start, end - 1)) == index


def test_every_line_of_ordinary_text_is_a_block():
    assert lines(Blocks("One\n\nTwo\nThree")) == ["One\n", "\n", "Two\n", "Three"]


def test_lines_broken_by_hand_are_joined_and_lines_ended_on_purpose_are_not():
    blocks = Blocks(HARD)
    assert blocks.column == 71
    paragraphs = [line for line in lines(blocks) if line.strip()]
    assert [paragraph.count("\n") for paragraph in paragraphs] == [4, 1, 3, 3]
    items = next(index for index in range(len(blocks)) if lines(blocks)[index].startswith("- mend"))
    assert len(blocks.breaks(items)) == 2
    assert blocks.breaks(0) == []


def test_verse_and_paragraphs_on_one_line_are_not_taken_for_broken_lines():
    assert Blocks(POEM).column == 0
    assert Blocks(DENSE).column == 0


def test_paragraphs_without_blank_lines_are_dense():
    assert Blocks(DENSE).dense
    assert not Blocks(DENSE.replace("\n", "\n\n")).dense
    assert not Blocks(POEM).dense
    assert not Blocks(HARD).dense


def test_a_paragraph_that_is_far_too_long_is_cut_behind_sentences_or_blanks_or_characters():
    for text in ("A sentence that ends. " * 2_000, "word " * 9_000, "x" * 40_000, "👨\u200d👩\u200d👧" * 6_000):
        blocks = Blocks(text)
        assert "".join(lines(blocks)) == text
        assert all(len(line) <= LONGEST + 64 for line in lines(blocks))
        assert not blocks.ended(0) and blocks.ended(len(blocks) - 1)
    assert all(line.endswith(". ") for line in lines(Blocks("A sentence that ends. " * 2_000)))
    assert all(line.endswith("👧") for line in lines(Blocks("👨\u200d👩\u200d👧" * 6_000)))
