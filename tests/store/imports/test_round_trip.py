"""Out and in again: what JSON-LD and JSON Lines carry comes into an empty home as it was, whatever it is."""

import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.annotation import Highlight, Note
from store.article import Article, make_article
from store.everywhere import everywhere
from store.export import Export, load
from store.home import Home
from store.imports import Bundle, reading
from store.imports.bringing import bring
from store.imports.matching import Shelf
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook, Placed

TEXT = (
    "The ferry 🎈 to Tolby was cancelled again. Waiting cost Ms Lund two hours.\n"
    "She wrote: “It regrets nothing.” The ferry to Tolby was cancelled, again.\n\tEnd\x07 of  it é.\n"
)
ARTICLE = make_article(TEXT, title="No ferry: [again]", source="https://news.example/ferry?id=7", byline="A. Writer")
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
SPANS = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 40)).filter(
    lambda pair: bool(TEXT[pair[0] : pair[0] + pair[1]].strip())
)
TAGS = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=3)
MARKS = st.lists(st.tuples(SPANS, st.integers(1, 5), TAGS, st.lists(st.tuples(TEXTS, TAGS), max_size=2)), max_size=5)

Kept = tuple[set[Highlight], set[Note], dict[str, tuple[int, int] | None]]


def kept(notebook: Notebook) -> Kept:
    """Highlights, notes and places."""
    places = {item.highlight.id: item.span for item in notebook.placed()}
    return set(notebook.highlights), set(notebook.notes), places


def filled(home: Home, article: Article, marks: list, notes: list) -> Notebook:
    notebook = Notebook(home, article)
    with notebook.step("all"):
        for (start, length), colour, tags, own in marks:
            made = notebook.add_highlight((start, min(start + length, len(TEXT))), colour, tags)
            for text, note_tags in own:
                notebook.add_note(text, made.id, note_tags)
        for text, tags in notes:
            notebook.add_note(text, None, tags)
    return notebook


def written(name: str, article: Article, placed: tuple[Placed, ...], notes: tuple[Note, ...]) -> bytes:
    text = "".join(load(name).pieces([Export(article, placed, notes)]))
    return text.encode()


def taken_in(home: Home, data: bytes) -> list:
    with Library(home.library) as library:
        shelf = Shelf(home, library)
        bundles = list(reading.read(io.BytesIO(data)).bundles)
        assert all(isinstance(bundle, Bundle) for bundle in bundles)
        return [bring(shelf, bundle) for bundle in bundles]


@pytest.mark.parametrize("name", ["jsonld", "jsonl"])
@settings(deadline=None, max_examples=8)
@given(
    source=st.sampled_from(["https://news.example/ferry?id=7", "/desk/ferry.txt", ""]),
    text=st.sampled_from([TEXT, TEXT[:100], "Now\n" + TEXT]),
    marks=MARKS,
    notes=st.lists(st.tuples(TEXTS, TAGS), max_size=2),
)
def test_a_notebook_comes_in_as_it_went_out(name: str, source: str, text: str, marks: list, notes: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, there = Home(Path(folder, "here")), Home(Path(folder, "there"))
        here.make()
        there.make()
        first = replace(ARTICLE, source=source)
        filled(here, first, marks, notes)
        article = replace(first, text=text)
        before = Notebook(here, article)
        data = written(name, article, before.placed(), before.notes)
        reports = taken_in(there, data)
        # Now the text is read there, as the reader would.
        with Library(there.library) as library:
            opened = library.put(replace(article, id=article.text_hash[:12]))
        after = Notebook(there, opened)
        assert kept(after) == kept(before)
        bytes_after = after.path.read_bytes() if after.path.exists() else b""
        again = taken_in(there, data)
        assert sum(report.highlights + report.notes + report.changed for report in again) == 0
        assert (after.path.read_bytes() if after.path.exists() else b"") == bytes_after
        assert sum(report.highlights for report in reports) == len(marks)


def test_what_changed_since_comes_in_and_the_rest_stays(home: Home) -> None:
    notebook = Notebook(home, ARTICLE)
    first = notebook.add_highlight((0, 9), 1, ["x"])
    noted = notebook.add_note("Old.", first.id)
    with Library(home.library) as library:
        library.put(ARTICLE)
    old = written("jsonl", ARTICLE, notebook.placed(), notebook.notes)
    notebook.change_highlight(first.id, colour=3)
    notebook.change_note(noted.id, "New.")
    new = written("jsonl", ARTICLE, notebook.placed(), notebook.notes)
    (report,) = taken_in(home, old)
    assert (report.changed, report.known) == (0, 2)
    notebook.undo(), notebook.undo()
    (report,) = taken_in(home, new)
    assert report.changed == 2
    notebook.refresh()
    assert notebook.highlights[0].colour == 3 and notebook.notes[0].text == "New."
    assert notebook.undo() and notebook.notes[0].text == "Old."


def test_corrections_travel_in_json_lines(home: Home, tmp_path: Path) -> None:
    here = Home(tmp_path / "here")
    here.make()
    notebook = Notebook(here, ARTICLE)
    notebook.add_correction("rename", "actors", (57, 64), value="Ms Anna Lund", name="Lund", scope="everywhere")
    data = "".join(load("jsonl").pieces([Export(ARTICLE, corrections=notebook.corrections)]))
    (report,) = taken_in(home, data.encode())
    assert report.corrections == 1 and taken_in(home, data.encode())[0].corrections == 0
    after = Notebook(home, ARTICLE)
    assert after.corrections == notebook.corrections
    assert [one for _, one in everywhere(home)] == list(notebook.corrections)
    broken = json.loads(data)
    broken["corrections"][0]["kind"] = "explode"
    (failure,) = reading.read(io.BytesIO(json.dumps(broken).encode())).bundles
    assert "line 1 cannot be taken in" in str(failure)


def test_an_article_that_comes_in_has_its_tags_and_one_that_is_here_keeps_its_own(home: Home) -> None:
    def tags() -> tuple[str, ...]:
        with Library(home.library) as library:
            (entry,) = library.entries()
            return entry.tags

    data = "".join(load("jsonl").pieces([Export(ARTICLE, tags=("ferries", "Who pays"))])).encode()
    taken_in(home, data)
    assert tags() == ("ferries", "Who pays")
    with Library(home.library) as library:
        Marks(library.file).tag([entry.id for entry in library.entries()], remove=["ferries"])
    taken_in(home, data)
    assert tags() == ("Who pays",)
