"""Tables in a text, by the look of their lines alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.tables import Tables

TEXT = "Before | it\n\nTown | 2023 | Rent, €\n---- | ---- | ----\nLorn | 5 |\n| Visp | 7 | 8 |\n\nAfter"


def test_a_cell_knows_its_row_and_column() -> None:
    tables = Tables(TEXT)
    cells = {TEXT[cell.start : cell.end]: cell for cell in tables.cells}
    assert list(cells) == ["Town", "2023", "Rent, €", "Lorn", "5", "Visp", "7", "8"]
    assert cells["2023"].in_head and not cells["7"].in_head
    assert (cells["8"].label, cells["8"].head, cells["8"].corner) == ("Visp", "Rent, €", "Town")
    assert tables.at(TEXT.index("8")) is cells["8"]
    assert tables.at(0) is None and tables.at(len(TEXT) - 1) is None


def test_a_table_may_have_no_head() -> None:
    assert [(cell.head, cell.label) for cell in Tables("Lorn | 5\nVisp | 7").cells] == [
        ("", ""),
        ("", "Lorn"),
        ("", ""),
        ("", "Visp"),
    ]


@pytest.mark.parametrize("text", ["", "|", "a | b", "a | b\nc", "By Ada Blum | Lorn Post\nTuesday", "a|b\nc|d"])
def test_no_table(text: str) -> None:
    assert Tables(text).cells == []


@given(st.text("ab1| \n-"))
def test_cells_are_in_order_and_within(text: str) -> None:
    tables = Tables(text)
    ends = [offset for cell in tables.cells for offset in (cell.start, cell.end)]
    assert ends == sorted(ends) and all(cell.start < cell.end <= len(text) for cell in tables.cells)
    assert all("|" not in text[cell.start : cell.end].split() for cell in tables.cells)
