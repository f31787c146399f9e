"""The screen of all highlights and notes: each filter through the real index, and that Enter opens at the place."""

import pytest
from textual.widgets import Input

from store.article import make_article
from store.extract.analyse import analyses
from store.home import Config
from store.library import Library
from store.notebook import Notebook
from tui.screens.all_notes import AllNotesScreen

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(fetch_model=False)
FERRY = """Ferry strike ends

The strike ended on Monday, Ingrid Holm, head of the Sailors' Union, told reporters.

“We got what we asked for,” she said. The boats sail again on Tuesday.
"""
MILL = "The mill\n\nThe mill hums again. The weavers are content, and nobody sends them away.\n"


@pytest.fixture
def marked(home, nlp):
    """Two articles with highlights and notes; one highlight was made long ago, by another program."""
    with Library(home.library) as library:
        ferry = library.put(make_article(FERRY, title="Ferry strike ends", source="/ferry.txt"))
        mill = library.put(make_article(MILL, title="The mill", source="/mill.txt"))
        (analysis,) = analyses(nlp, [ferry])
        library.keep_analysis(ferry.text_hash, "s", analysis)
    notebook = Notebook(home, ferry)
    for words, colour, tags in (("We got what we asked for", 2, ["terms"]), ("The boats sail again", 3, [])):
        start = FERRY.index(words)
        notebook.add_highlight((start, start + len(words)), colour, tags)
    other = Notebook(home, mill)
    start = MILL.index("weavers")
    made = other.add_highlight((start, start + len("weavers are content")), 1, ["craft"])
    old = "2020-02-03T00:00:00Z"
    other.bring("aged", [type(made)(made.id, made.selector, made.colour, made.tags, old, old)])
    other.add_note("Who pays them?")
    return notebook, other


async def asked(pilot, until, typed: str) -> list[str]:
    """What answers `typed`: the first words of each."""
    notes = pilot.app.screen
    assert isinstance(notes, AllNotesScreen)
    notes.query_one(Input).value = typed
    await until(pilot, lambda: notes._shown == typed, typed)
    return sorted(row.words.split()[0] for row in notes.answers.rows)


async def test_every_filter_finds_what_it_should(home, marked, opened, until):
    async with opened(home, size=(80, 24), config=QUIET) as (pilot, _):
        await pilot.press("6")
        for typed, found in (
            ("", ["The", "We", "Who", "weavers"]),
            ("boats sail", ["The"]),
            ("pays", ["Who"]),
            ("color:2", ["We"]),
            ("colour:green", ["The"]),
            ("tag:terms", ["We"]),
            ("tag:cra*", ["weavers"]),
            ("actor:Holm", ["We"]),
            ("-actor:holm title:mill", ["Who", "weavers"]),
            ("after:2021-01-01", ["The", "We", "Who"]),
            ("before:2021-01-01", ["weavers"]),
            ("after:2020-02-03 before:2020-02-04", ["weavers"]),
            ("after:2021-01-01 color:3", ["The"]),
            ("tag:terms actor:holm color:2 asked", ["We"]),
            ("tag:terms color:3", []),
        ):
            assert await asked(pilot, until, typed) == found, typed
        await pilot.press("escape")


async def test_enter_opens_the_article_at_the_highlight(home, marked, opened, until):
    async with opened(home, config=QUIET) as (pilot, screen):
        for typed, title, words in (
            ("tag:craft", "The mill", "weavers are content"),
            ("actor:holm", "Ferry strike ends", "We got what we asked for"),
        ):
            await pilot.press("6")
            await asked(pilot, until, typed)
            await pilot.press("enter")
            await until(pilot, lambda title=title: screen.reading.article.title == title, title)
            await until(pilot, lambda: screen.reader.emphasis is not None, "the place")
            assert screen.reading.article.text[slice(*screen.reader.emphasis)] == words
            assert screen.focused is screen.reader


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_of_what_is_gone_the_note_is_shown(home, marked, size, opened, until):
    with Library(home.library) as library:
        library.put(make_article(MILL.replace("The weavers are content, and nobody", "Nobody"), source="/mill.txt"))
    async with opened(home, size=size, config=QUIET) as (pilot, screen):
        await pilot.press("6")
        await asked(pilot, until, "tag:craft")
        await pilot.press("enter")
        await until(pilot, lambda: "gone from this text; p places it" in screen.status.message, "what is said")
        pane = screen.pane("notes")
        assert screen.focused is pane and pane.row().words.startswith("weavers are content")
