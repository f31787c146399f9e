"""A notes file that was saved elsewhere comes in as it was, or is refused in one sentence."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.article import Article, make_article
from store.errors import ImportingError, NotebookError
from store.everywhere import everywhere
from store.home import Home
from store.imports import Bundle, Past, reading
from store.imports.bringing import Report, bring
from store.imports.matching import Shelf
from store.library import Library
from store.notebook import Notebook
from store.notefile import read_kept
from store.undo import MOST_STEPS

TEXT = "The ferry to Tolby was cancelled again.\nWaiting cost Ms Lund two hours.\n"


@pytest.fixture
def article(home: Home) -> Article:
    with Library(home.library) as library:
        return library.put(make_article(TEXT, title="No ferry", source="/ferry.txt"))


@pytest.fixture
def elsewhere(home: Home, article: Article, tmp_path: Path) -> Path:
    """What a notebook had that could save only its first highlight in its place."""
    notebook = Notebook(home, article)
    notebook.add_highlight((4, 9), 2, ["sea"])
    obstacle = notebook.path.with_name(f".{notebook.path.name}.new")
    obstacle.mkdir()
    with pytest.raises(NotebookError):
        notebook.add_note("why?", span=(54, 61), colour=4)
    with pytest.raises(NotebookError):
        notebook.add_correction("rename", "actors", (53, 60), value="Ada Lund", name="Lund")
    notebook.save_elsewhere(tmp_path / "elsewhere.json")
    obstacle.rmdir()
    return tmp_path / "elsewhere.json"


def taken(data: bytes) -> list[Bundle | ImportingError]:
    return list(reading.read(io.BytesIO(data)).bundles)


def test_it_comes_in_as_it_was(home: Home, article: Article, elsewhere: Path) -> None:
    assert len(Notebook(home, article).highlights) == 1
    (bundle,) = taken(elsewhere.read_bytes())
    assert isinstance(bundle, Bundle)
    with Library(home.library) as library:
        report = bring(Shelf(home, library), bundle)
    assert (report.highlights, report.notes, report.is_new) == (1, 1, False)
    kept, now = read_kept(elsewhere), read_kept(Notebook(home, article).path)
    assert (now.highlights, now.notes, now.corrections) == (kept.highlights, kept.notes, kept.corrections)
    assert len(now.corrections) == 1


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("format",), 99, "newer briefbook"),
        (("highlights",), [], "damaged"),
        (("notes",), {"x": 3}, "damaged"),
        (("highlights",), {"x": {"id": "x"}}, "damaged"),
        (("article",), {"x": []}, "damaged"),
    ],
)
def test_what_is_wrong_is_refused_in_a_sentence(elsewhere: Path, path: tuple[str], value: Any, says: str) -> None:
    data = json.loads(elsewhere.read_bytes())
    data[path[0]] = value
    (error,) = taken(json.dumps(data, indent=1).encode())
    assert isinstance(error, ImportingError) and says in str(error) and "\n" not in str(error)


def test_a_file_without_marks_holds_none(elsewhere: Path) -> None:
    data = json.loads(elsewhere.read_bytes())
    (bundle,) = taken(json.dumps({key: data[key] for key in ("format", "article")}, indent=1).encode())
    assert isinstance(bundle, Bundle) and bundle.origin.title == "No ferry"
    assert (bundle.highlights, bundle.notes, bundle.corrections) == ((), (), ())


def deleting(notebook: Notebook, path: Path, *changes: Callable[[], object]) -> None:
    """Make changes while the file cannot be written, and write all to `path`."""
    obstacle = notebook.path.with_name(f".{notebook.path.name}.new")
    obstacle.mkdir()
    for change in changes:
        with pytest.raises(NotebookError, match="cannot be saved"):
            change()
    notebook.save_elsewhere(path)
    obstacle.rmdir()


def imported(home: Home, path: Path, *, rehearse: bool = False) -> Report:
    (bundle,) = taken(path.read_bytes())
    assert isinstance(bundle, Bundle)
    with Library(home.library) as library:
        return bring(Shelf(home, library), bundle, rehearse=rehearse)


def test_what_was_deleted_there_is_deleted_here_and_an_undo_brings_it_back(
    home: Home, article: Article, tmp_path: Path
) -> None:
    notebook, path = Notebook(home, article), tmp_path / "x.json"
    stays, gone = notebook.add_highlight((4, 9)), notebook.add_highlight((13, 18), 3)
    note, alone = notebook.add_note("by ferry", gone.id), notebook.add_note("alone")
    named = notebook.add_correction("rename", "actors", (53, 60), value="Ada Lund", name="Lund", scope="everywhere")
    deleting(
        notebook,
        path,
        lambda: notebook.change_highlight(gone.id, colour=5),
        lambda: notebook.delete_highlight(gone.id),
        lambda: notebook.delete_note(alone.id),
        lambda: notebook.delete_correction(named.id),
        lambda: notebook.add_note("new"),
    )
    assert imported(home, path, rehearse=True).deleted == 4
    assert len(Notebook(home, article).highlights) == 2
    report = imported(home, path)
    assert (report.deleted, report.notes, report.highlights) == (4, 1, 0)
    after = Notebook(home, article)
    assert after.highlights == (stays,) and [one.text for one in after.notes] == ["new"]
    assert after.corrections == () and everywhere(home) == ()
    assert imported(home, path).deleted == 0
    assert after.undo() == "0 highlights and 1 notes imported, 4 deleted"
    assert set(after.highlights) == {stays, gone} and set(after.notes) == {note, alone}
    assert after.corrections == (named,)


def test_what_was_done_here_since_keeps_all_that_is_here(home: Home, article: Article, tmp_path: Path) -> None:
    notebook, path = Notebook(home, article), tmp_path / "x.json"
    marked = notebook.add_highlight((4, 9))
    deleting(notebook, path, lambda: notebook.delete_highlight(marked.id))
    Notebook(home, article).add_note("later")
    assert imported(home, path).deleted == 0
    assert Notebook(home, article).highlights == (marked,)


def test_a_copy_from_before_an_undo_does_not_delete_again(home: Home, article: Article, tmp_path: Path) -> None:
    notebook, path = Notebook(home, article), tmp_path / "x.json"
    marked = notebook.add_highlight((4, 9))
    notebook.delete_highlight(marked.id)
    notebook.save_elsewhere(path)
    notebook.undo()
    assert imported(home, path).deleted == 0
    notebook.add_note("later")  # which forgets what was undone
    assert imported(home, path).deleted == 0
    assert Notebook(home, article).highlights == (marked,)


def test_what_was_written_into_the_file_otherwise_is_kept(home: Home, article: Article, tmp_path: Path) -> None:
    notebook, path = Notebook(home, article), tmp_path / "x.json"
    marked, other = notebook.add_highlight((4, 9)), notebook.add_highlight((13, 18))
    note = notebook.add_note("mine", marked.id)
    deleting(notebook, path, lambda: notebook.delete_highlight(marked.id), lambda: notebook.delete_highlight(other.id))
    text = notebook.path.read_text()
    notebook.path.write_text(text.replace('"mine"', '"by hand"').replace('"colour": 1', '"colour": 2', 1))
    assert imported(home, path).deleted <= 1
    after = Notebook(home, article)
    assert [one.text for one in after.notes] == ["by hand"] and after.highlight(note.highlight or "") is not None


def test_a_long_history_that_forgets_its_beginning_still_tells(home: Home, article: Article, tmp_path: Path) -> None:
    notebook, path = Notebook(home, article), tmp_path / "x.json"
    gone = notebook.add_highlight((4, 9))
    for number in range(MOST_STEPS):
        notebook.add_note(f"note {number}")
    deleting(notebook, path, lambda: notebook.delete_highlight(gone.id))
    assert imported(home, path).deleted == 1
    assert Notebook(home, article).highlights == ()


@pytest.mark.parametrize("history", [3, [], {"x": 3}, {"1": {"before": 3}}, {"1": {"by": "x", "before": {"notes": 3}}},
                                     {"1": {"by": "x", "before": {"notes": {"n": {"id": "n"}}}}}])  # fmt: skip
def test_a_history_that_makes_no_sense_says_nothing(elsewhere: Path, history: Any) -> None:
    data = json.loads(elsewhere.read_bytes())
    (bundle,) = taken(json.dumps({**data, "history": history}, indent=1).encode())
    assert isinstance(bundle, Bundle) and len(bundle.highlights) == 2 and bundle.past == Past()
