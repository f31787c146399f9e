"""Blocks to text: what is joined how, tables, and that furniture is found where it stands."""

from hypothesis import given
from hypothesis import strategies as st

from store.intake.blocks import Block, Lists, cells, compose, table


def test_numbers_stand_in_columns() -> None:
    rows = [["Port", "Ships"], ["Varna", "1,200"], ["Constanța", "7"]]
    assert table(rows) == "Port      | Ships\nVarna     | 1,200\nConstanța |     7"


def test_a_wide_table_is_not_padded() -> None:
    rows = [["Port", "What the harbour master said about it"], ["Varna", "word " * 20]]
    assert table(rows) == "Port | What the harbour master said about it\nVarna | " + ("word " * 20).strip()


def test_wide_characters_count_twice() -> None:
    assert table([["港", "Ships"], ["Oslo", "3"]]) == "港   | Ships\nOslo |     3"
    assert cells("e\u0301") == 1


def test_ragged_and_empty_tables_are_taken_as_they_are() -> None:
    assert table([]) == ""
    assert table([["a", "b", "c"], [], ["d"]]) == "a | b | c\nd"


def test_lists_are_bulleted_numbered_and_indented() -> None:
    lists = Lists()
    made = []
    for tag, nesting, text in [
        ("ul", 1, ""),
        ("li", 1, "one"),
        ("ol", 1, ""),
        ("li", 1, "inner"),
        ("p", 1, "more of it"),
        ("ol", -1, ""),
        ("li", 1, "two"),
        ("ul", -1, ""),
        ("p", 1, "after"),
    ]:
        lists.follow(tag, nesting, 3)
        if text:
            made.append(lists.block(text, 0.0))
    assert compose(made)[0] == "• one\n  3. inner\n    more of it\n• two\n\nafter"


def test_a_line_of_blanks_at_the_end_leaves_no_empty_line() -> None:
    assert compose([Block("0\n "), Block("1")])[0] == "0\n\n1"


@given(st.lists(st.builds(Block, st.text(max_size=30), st.booleans(), st.booleans()), max_size=8))
def test_furniture_stands_where_it_is_said_to_stand(blocks: list[Block]) -> None:
    text, furniture = compose(blocks)
    assert text == text.strip("\n") and "\r" not in text and "\x1b" not in text
    for start, end in furniture:
        assert text[start:end].strip() and "\n" not in text[start:end]
    assert len(furniture) == sum(
        1 for block in blocks if block.furniture for line in compose([block])[0].split("\n") if line.strip()
    )
