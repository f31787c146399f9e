"""Corrections that hold in every article: kept where all articles find them, following the notes files."""

import pytest

from store.article import make_article
from store.errors import NotebookError
from store.everywhere import corrections_for, delete_everywhere, everywhere, everywhere_is_behind, follow_all
from store.home import Home
from store.notebook import Notebook
from store.notefile import everywhere_path

FIRST = make_article("Ms Ulm spoke first. Ms Ulm left.", title="First")
SECOND = make_article("Then Mr Berg spoke of Ms Ulm.", title="Second")


def rename(notebook: Notebook, value: str) -> str:
    """A correction that holds everywhere."""
    return notebook.add_correction(
        "rename", "actors", (0, 6), value=value, name=notebook.article.text[:6], scope="everywhere"
    ).id


def test_every_article_has_them_before_its_own(home: Home) -> None:
    rename(Notebook(home, FIRST), "Eva Ulm")
    own = Notebook(home, SECOND).add_correction("reject", "actors", (5, 12), name="Mr Berg")
    assert [one.value for one in corrections_for(home, SECOND.id)] == ["Eva Ulm", ""]
    assert corrections_for(home, SECOND.id)[1] == own
    assert [one.value for one in corrections_for(home, FIRST.id)] == ["Eva Ulm"]


def test_what_holds_here_only_makes_no_file(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    notebook.add_correction("rename", "actors", (0, 6), value="Eva Ulm")
    notebook.undo()
    assert not everywhere_path(home).exists()


def test_it_follows_undo_redo_and_deletion(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    id_ = rename(notebook, "Eva Ulm")
    rename(Notebook(home, SECOND), "Then")
    notebook.undo()
    assert [one.value for _, one in everywhere(home)] == ["Then"]
    notebook.redo()
    assert {one.value for _, one in everywhere(home)} == {"Eva Ulm", "Then"}
    notebook.delete_correction(id_)
    assert [one.value for _, one in everywhere(home)] == ["Then"]


def test_one_can_be_deleted_from_anywhere_and_undone_where_it_was_made(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    delete_everywhere(home, rename(notebook, "Eva Ulm"))
    assert everywhere(home) == ()
    assert notebook.refresh()
    assert notebook.corrections == ()
    assert notebook.undo() == "correction deleted"
    assert [one.value for _, one in everywhere(home)] == ["Eva Ulm"]
    with pytest.raises(NotebookError, match="no such correction"):
        delete_everywhere(home, "unknown")


def test_a_step_follows_at_its_end(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    with notebook.step("two"):
        rename(notebook, "A")
        rename(notebook, "B")
        assert not everywhere_path(home).exists()
    assert len(everywhere(home)) == 2


def test_what_could_not_follow_is_unsaved_until_it_can(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    obstacle = everywhere_path(home).with_name(".corrections.json.new")
    obstacle.mkdir()
    with pytest.raises(NotebookError, match="cannot be saved"):
        rename(notebook, "Eva Ulm")
    assert notebook.unsaved
    assert len(notebook.corrections) == 1
    obstacle.rmdir()
    notebook.retry()
    assert not notebook.unsaved
    assert len(everywhere(home)) == 1


@pytest.mark.parametrize("what", ["highlight", "step", "redo", "retry"])
def test_one_that_was_saved_late_follows_whatever_saves_it(home: Home, what: str) -> None:
    notebook = Notebook(home, FIRST)
    notebook.add_highlight((0, 6))
    obstacle = notebook.path.with_name(f".{notebook.path.name}.new")
    obstacle.mkdir()
    with pytest.raises(NotebookError, match="cannot be saved"):
        rename(notebook, "Eva Ulm")
    obstacle.rmdir()
    if what == "highlight":
        notebook.add_highlight((7, 12))
    elif what == "step":
        with notebook.step("two"):
            notebook.add_highlight((7, 12))
            notebook.add_note("so")
    elif what == "redo":
        assert notebook.redo() is None
    else:
        notebook.retry()
    assert not notebook.unsaved
    assert [one.value for _, one in everywhere(home)] == ["Eva Ulm"]


def test_a_change_that_brings_nothing_new_leaves_the_file_alone(home: Home) -> None:
    rename(Notebook(home, FIRST), "Eva Ulm")
    everywhere_path(home).with_name(".corrections.json.new").mkdir()
    for article in (FIRST, SECOND):
        notebook = Notebook(home, article)
        notebook.add_highlight((0, 6))
        notebook.undo()
        assert not notebook.unsaved
    assert len(everywhere(home)) == 1


def test_they_are_read_again_only_when_they_changed(home: Home) -> None:
    notebook = Notebook(home, FIRST)
    rename(notebook, "Eva Ulm")
    first = everywhere(home)
    assert everywhere(home) is first
    rename(notebook, "Eva M. Ulm")
    assert [one.value for _, one in everywhere(home)] == ["Eva Ulm", "Eva M. Ulm"]
    everywhere_path(home).unlink()
    everywhere_path(home).with_name(".corrections.json.copy").unlink()
    assert everywhere(home) == ()


def test_it_can_be_made_anew_from_the_notes_files(home: Home) -> None:
    rename(Notebook(home, FIRST), "Eva Ulm")
    before = everywhere(home)
    for file in home.notes.glob("*corrections.json*"):
        file.unlink()
    assert everywhere_is_behind(home)
    follow_all(home)
    assert everywhere(home) == before
    assert not everywhere_is_behind(home)
