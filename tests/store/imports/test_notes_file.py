"""A notes file that was saved elsewhere comes in as it was, or is refused in one sentence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from store.article import Article, make_article
from store.errors import ImportingError, NotebookError
from store.home import Home
from store.imports import Bundle, reading
from store.imports.bringing import bring
from store.imports.matching import Shelf
from store.library import Library
from store.notebook import Notebook
from store.notefile import read_kept

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
