"""Articles of which a file tells only what was marked: on the shelf at once, and their text takes them over."""

import io
from itertools import permutations
from pathlib import Path

import pytest

from store.annotation import Note
from store.article import Article, make_article
from store.export import Export, load
from store.home import Home
from store.imports import Bundle, reading
from store.imports.bringing import Report, bring
from store.imports.matching import Shelf
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook
from store.stub import is_stub

TEXT = (
    "The lock at Vadby\nThe old lock at Vadby leaks since the flood of last March.\n"
    "“It will not last another winter,” said the keeper, Jon Ravn.\nThe council wants to see 40 000 crowns first.\n"
)
PASSAGES = ("leaks since the flood", "It will not last another winter", "40 000 crowns first")


@pytest.fixture
def there(tmp_path: Path) -> Home:
    home = Home(tmp_path / "there")
    home.make()
    return home


@pytest.fixture
def marked(home: Home) -> Notebook:
    """An article from a file with three highlights and a note."""
    with Library(home.library) as library:
        article = library.put(make_article(TEXT, title="The lock at Vadby", source="/desk/lock.txt"))
    notebook = Notebook(home, article)
    first, *_ = [
        notebook.add_highlight((start, start + len(words)))
        for words in PASSAGES
        if (start := TEXT.index(words)) is not None
    ]
    notebook.add_note("Since when?", first.id)
    return notebook


def written(name: str, notebook: Notebook) -> bytes:
    return "".join(load(name).pieces([Export(notebook.article, notebook.placed(), notebook.notes)])).encode()


def taken_in(home: Home, data: bytes) -> Report:
    with Library(home.library) as library:
        (bundle,) = reading.read(io.BytesIO(data)).bundles
        assert isinstance(bundle, Bundle)
        return bring(Shelf(home, library), bundle)


def only(home: Home) -> tuple[Article, Notebook]:
    """The one article on the shelf, and its notebook."""
    with Library(home.library) as library:
        (entry,) = library.entries()
        article = library.get(entry.id)
    assert article is not None
    return article, Notebook(home, article)


def words(notebook: Notebook) -> tuple[list[str], list[str], set[str]]:
    """What is marked, what is noted, and how the highlights stand."""
    exact = [item.highlight.selector.exact for item in notebook.placed()]
    return exact, [note.text for note in notebook.notes], {item.grade for item in notebook.placed()}


@pytest.mark.parametrize("name", ["jsonld", "hypothesis", "readwise", "jsonl"])
def test_it_is_on_the_shelf_and_goes_out_again_as_it_came_in(there: Home, marked: Notebook, name: str) -> None:
    data = written(name, marked)
    report = taken_in(there, data)
    assert (report.highlights, report.notes, report.is_new) == (3, 1, True)
    article, notebook = only(there)
    assert article.id == report.article and article.title == marked.article.title
    assert words(notebook)[0:2] == words(marked)[0:2] and "orphan" not in words(notebook)[2]
    again = written(name, notebook)
    if name in ("jsonld", "jsonl"):
        assert again == data
    if name != "jsonl":
        assert is_stub(article)
    assert taken_in(there, data).known == 4 and taken_in(there, again).known == 4
    assert len(only(there)[1].highlights) == 3


@pytest.mark.parametrize("name", ["jsonld", "hypothesis", "readwise"])
def test_its_text_takes_over(there: Home, marked: Notebook, name: str) -> None:
    taken_in(there, written(name, marked))
    stub, _ = only(there)
    with Library(there.library) as library:
        assert library.id_of(make_article(TEXT, title="The lock at Vadby", source="/else/lock.txt")) == stub.id
        Marks(library.file).tag([stub.id], ["water"])
        (shelved,) = library.add([make_article(TEXT, title="The lock at Vadby", source="/else/lock.txt")])
        assert shelved.was_stub and shelved.is_changed and not shelved.is_new
        assert library.entries()[0].tags == ("water",) and library.entries()[0].source == "/else/lock.txt"
    article, notebook = only(there)
    assert article.id == stub.id and article.text == TEXT
    assert sorted(words(notebook)[0]) == sorted(PASSAGES) and words(notebook)[1] == ["Since when?"]
    assert "orphan" not in words(notebook)[2]
    assert taken_in(there, written(name, marked)).known == 4


def test_files_of_several_formats_bring_everything_once(tmp_path: Path, marked: Notebook) -> None:
    for number, names in enumerate(permutations(("jsonld", "hypothesis", "readwise", ""))):
        there = Home(tmp_path / f"{number}")
        there.make()
        for name in names:
            if name:
                taken_in(there, written(name, marked))
                continue
            with Library(there.library) as library:
                library.add([make_article(TEXT, title="The lock at Vadby", source="/else/lock.txt")])
        article, notebook = only(there)
        assert article.text == TEXT, names
        assert sorted(words(notebook)[0]) == sorted(PASSAGES), names
        assert words(notebook)[1] == ["Since when?"], names


@pytest.mark.parametrize("difference", ["title", "passage", "short", "web"])
def test_another_article_takes_nothing_over(home: Home, difference: str) -> None:
    passage = "the flood" if difference == "short" else PASSAGES[0]
    url = "https://a.example/lock" if difference == "web" else ""
    rows = f"Highlight,Title,URL\n{passage},The lock at Vadby,{url}\n"
    taken_in(home, rows.encode())
    text = TEXT.replace("leaks", "drips") if difference == "passage" else TEXT
    title = "The lock at Malm" if difference == "title" else "The lock at Vadby"
    source = "https://b.example/lock" if difference == "web" else "/desk/lock.txt"
    with Library(home.library) as library:
        (shelved,) = library.add([make_article(text, title=title, source=source)])
        assert shelved.is_new and not shelved.was_stub and len(library.entries()) == 2


def test_of_two_with_the_same_title_none_is_taken_over(home: Home) -> None:
    for page in ("https://a.example/lock", "https://b.example/lock"):
        taken_in(home, f"Highlight,Title,URL\n{PASSAGES[0]},The lock at Vadby,{page}\n".encode())
    with Library(home.library) as library:
        (shelved,) = library.add([make_article(TEXT, title="The lock at Vadby", source="/desk/lock.txt")])
        assert shelved.is_new and len(library.entries()) == 3


def test_two_texts_of_one_title_stay_apart(home: Home, there: Home) -> None:
    for text in ("One text of the report.", "Another text of the report."):
        note = Note(f"0190f0a0-0000-7000-8000-{len(text):012}", "Ask.")
        data = "".join(load("hypothesis").pieces([Export(make_article(text, title="Report"), notes=(note,))]))
        taken_in(there, data.encode())
    with Library(there.library) as library:
        assert len({entry.source for entry in library.entries()}) == 2
