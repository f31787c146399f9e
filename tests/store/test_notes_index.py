"""All annotations of all articles, filtered; derived, so that losing it loses nothing."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from store.article import make_article
from store.home import Home
from store.notebook import Notebook
from store.notes_index import NotesIndex, index_path

MILL = make_article("The mill hums again. The weavers are content.", title="The mill")
FERRY = make_article("No ferry today. The Société regrets it.", title="No ferry")


@pytest.fixture
def notebooks(home: Home) -> tuple[Notebook, Notebook]:
    mill, ferry = Notebook(home, MILL), Notebook(home, FERRY)
    mill.add_note("Ask *Anna*", span=(4, 8), colour=2, tags=["Craft"])
    mill.add_note("On the whole: fine")
    ferry.add_highlight((20, 27), 3, ["sea"])
    return mill, ferry


@pytest.fixture
def index(home: Home, notebooks: tuple[Notebook, Notebook]) -> Iterator[NotesIndex]:
    with closing(NotesIndex(home)) as index:
        assert index.refresh() == 2
        yield index


def test_rows_say_what_is_marked_and_noted(index: NotesIndex) -> None:
    (row,) = index.find("anna")
    assert (row.article, row.title, row.quote, row.text) == (MILL.id, "The mill", "mill", "Ask *Anna*")
    assert (row.is_highlight, row.colour, row.tags, row.start) == (True, 2, ("Craft",), 4)
    (row,) = index.find("whole")
    assert (row.is_highlight, row.colour, row.quote) == (False, 0, "")


def test_filters_narrow_together(index: NotesIndex) -> None:
    assert len(index.find()) == 3
    assert {row.title for row in index.find("mill")} == {"The mill"}
    assert [row.quote for row in index.find("SOCIÉTÉ ferry", tag="SEA", colour=3)] == ["Société"]
    assert index.find("mill", tag="sea") == []
    assert index.find(tag="se") == []
    assert len(index.find(since="2000-01-01")) == 3
    assert index.find(until="2000-01-01") == []
    assert index.find("' OR 1 --") == []


def test_the_last_changed_comes_first(index: NotesIndex, notebooks: tuple[Notebook, Notebook]) -> None:
    mill, _ = notebooks
    mill.change_note(mill.notes[0].id, "Asked Anna")
    assert index.refresh() == 1
    assert index.find()[0].text == "Asked Anna"


def test_tags_are_counted(index: NotesIndex) -> None:
    assert index.tags() == {"Craft": 1, "sea": 1}


def test_what_is_deleted_goes(index: NotesIndex, notebooks: tuple[Notebook, Notebook]) -> None:
    _, ferry = notebooks
    ferry.delete_highlight(ferry.highlights[0].id)
    index.refresh()
    assert index.find(tag="sea") == []
    assert index.refresh() == 0


@pytest.mark.parametrize("damage", [b"", b"no database at all, and long enough to be read as one" * 100])
def test_a_damaged_index_costs_nothing(home: Home, index: NotesIndex, damage: bytes) -> None:
    index.close()
    index_path(home).write_bytes(damage)
    with closing(NotesIndex(home)) as again:
        again.refresh()
        assert len(again.find()) == 3


def test_a_file_that_cannot_be_read_is_named(home: Home, index: NotesIndex) -> None:
    (home.notes / "0123456789ab.json").write_text('{"format": 99}')
    index.refresh()
    assert len(index.problems) == 1
    assert "newer briefbook" in index.problems[0]
    assert len(index.find()) == 3
