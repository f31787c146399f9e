"""Journeys of highlights whose place the reader sets: ends moved, passages that are gone, words that changed."""

import pytest

from store.article import make_article
from store.home import Config
from store.library import Library
from store.notebook import Notebook
from tui.actions import LIST_PLACES, actions_in
from tui.keymaps import PRESETS, keymap
from tui.screens.note import NoteScreen

pytestmark = pytest.mark.usefixtures("without_worker")

OLD = """The mill

The mill stood empty for a year. Then the weavers came back, with looms of their own.

Nobody had asked them to. The owner said that it would stay shut.
"""
NEW = OLD.replace("came back, with looms of their own.", "came home with their looms.").replace(
    "The owner said that it would stay shut.", "It is for sale."
)
QUIET = Config(fetch_model=False)


def at(words: str, text: str = OLD) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.fixture
def path(home, tmp_path):
    """A file that was read, marked, and has a new text since: one passage changed, one is gone."""
    path = tmp_path / "mill.txt"
    path.write_text(NEW, encoding="utf-8")
    with Library(home.library) as library:
        article = library.put(make_article(OLD, title="The mill", source=str(path)))
    notebook = Notebook(home, article)
    notebook.add_highlight(at("The mill stood empty for a year."), 2, ["craft"])
    notebook.add_highlight(at("Then the weavers came back, with looms of their own."), 3)
    gone = notebook.add_highlight(at("The owner said that it would stay shut."), 4, ["owner"])
    notebook.add_note("Ask him.", gone.id)
    return path


def kept(home, screen, colour: int):
    """The highlight of that colour, as another process finds it, and the words that it stands on."""
    notebook = Notebook(home, screen.reading.article)
    (placed,) = (one for one in notebook.placed() if one.highlight.colour == colour)
    return placed, screen.reading.article.text[slice(*placed.span)] if placed.span else ""


async def said(pilot, until, screen, words: str) -> None:
    await until(pilot, lambda: words in screen.status.message, words)


async def to_gone(pilot, screen):
    """In the notes, on the row of what is gone."""
    await pilot.press("5", "G")
    row = screen.pane("notes").row()
    assert row is not None and row.places == ()
    return row


async def test_what_is_gone_is_placed_by_selecting_and_undone(home, path, opened, until):
    async with opened(home, path, size=(80, 24), config=QUIET) as (pilot, screen):
        row = await to_gone(pilot, screen)
        await pilot.press("enter")
        await said(pilot, until, screen, "gone from this text; p places it")
        await pilot.press("p")
        assert screen.focused is screen.reader
        assert screen.status.message == "Select (v) where it belongs, Enter places it, Esc leaves it"
        assert [label for _, label in screen.key_line._shown[:2]] == ["Place at this sentence", "Leave it"]
        screen.reader.select_span(at("for sale", NEW))
        await pilot.pause()
        assert screen.key_line._shown[0] == ("Enter", "Place here")
        await pilot.press("enter")
        await said(pilot, until, screen, "Placed and saved")
        placed, words = kept(home, screen, 4)
        assert (placed.highlight.id, placed.grade, words) == (row.key, "exact", "for sale")
        assert placed.highlight.tags == ("owner",)
        assert [note.text for note in screen.reading.notebook.notes_on(row.key)] == ["Ask him."]
        assert screen.reader.selection is None and not screen.placing
        await pilot.press("u")
        await said(pilot, until, screen, "Undone: placed")
        placed, _ = kept(home, screen, 4)
        assert placed.grade == "orphan" and placed.highlight.selector.exact == "The owner said that it would stay shut."


async def test_it_is_placed_at_once_where_something_is_selected(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        screen.reader.select_span(at("for sale", NEW))
        screen.pane("notes").focus()
        await pilot.press("G", "p")
        await said(pilot, until, screen, "Placed and saved")
        assert kept(home, screen, 4)[1] == "for sale"


async def test_a_first_selection_can_be_made_anew_and_leaving_twice_leaves_it(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        await to_gone(pilot, screen)
        await pilot.press("p", "v", "escape")
        await said(pilot, until, screen, "Select (v)")
        assert screen.placing
        await pilot.press("escape")
        await said(pilot, until, screen, "Left as it was")
        assert not screen.placing and kept(home, screen, 4)[0].grade == "orphan"
        assert ("H", "Highlight") in screen.key_line._shown
        await pilot.press("1", "H")
        await said(pilot, until, screen, "Highlighted")


async def test_q_leaves_it_as_escape_does_and_the_app_stays(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        for keys in (("p",), ("p", "v", "q")):
            await to_gone(pilot, screen)
            await pilot.press(*keys)
            await said(pilot, until, screen, "Select (v)")
            await pilot.press("q")
            await said(pilot, until, screen, "Left as it was")
            assert not screen.placing and pilot.app.is_running
        assert kept(home, screen, 4)[0].grade == "orphan"


async def test_without_a_selection_it_is_placed_at_the_sentence(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        await to_gone(pilot, screen)
        await pilot.press("p", "G", "enter")
        await said(pilot, until, screen, "Placed and saved")
        assert kept(home, screen, 4)[1].strip() == "It is for sale."


async def test_what_changed_is_taken_as_it_reads_now(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        before, _ = kept(home, screen, 3)
        assert before.grade == "changed"
        await pilot.press("5")
        screen.pane("notes").select(before.highlight.id)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        labels = [str(label.render()) for label in pilot.app.screen.query("Label")]
        assert labels[0].startswith("Note on “Then the weavers came home")
        assert labels[1] == "Marked as “Then the weavers came back, with looms of their own.”"
        await pilot.press("ctrl+t", "p")
        assert screen.reader.selection == before.span
        await pilot.press("enter")
        await said(pilot, until, screen, "Placed and saved")
        placed, words = kept(home, screen, 3)
        assert (placed.grade, words) == ("exact", before.reads)


async def test_ends_are_moved_in_the_text_and_left_where_they_were(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        start, _ = at("The mill stood", NEW)
        screen.reader.go_to((start + 4, start + 5))
        await pilot.press("r")
        assert screen.reader.selection == at("The mill stood empty for a year.", NEW)
        await pilot.press("b", "b", "b", "h", "h", "enter")
        await said(pilot, until, screen, "Placed and saved")
        placed, words = kept(home, screen, 2)
        assert words == "The mill stood empty" and placed.highlight.tags == ("craft",)
        await pilot.press("r", "b", "escape")
        await said(pilot, until, screen, "Left as it was")
        assert kept(home, screen, 2)[1] == words
        await pilot.press("r", "o", "w", "5")
        await said(pilot, until, screen, "Placed and saved")
        assert kept(home, screen, 5)[1] == "mill stood empty"
        await pilot.press("r", "enter")
        await said(pilot, until, screen, "It stands there already")


async def test_a_selection_gives_its_ends_to_the_one_highlight_that_it_touches(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        screen.reader.select_span(at("empty for", NEW))
        await pilot.press("r")
        await said(pilot, until, screen, "Placed and saved")
        assert kept(home, screen, 2)[1] == "empty for"
        screen.reader.select_span(at("Nobody", NEW))
        await pilot.press("r")
        await said(pilot, until, screen, "touches no highlight")
        screen.reader.select_span((0, len(NEW) - 1))
        await pilot.press("r")
        await said(pilot, until, screen, "touches 2 highlights; press r on the one that you mean")
        await pilot.press("escape", "g", "r")
        await said(pilot, until, screen, "There is no highlight here; H makes one")


async def test_a_note_on_new_ends_is_on_the_highlight_that_was_moved(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        screen.reader.go_to(at("The mill stood", NEW))
        await pilot.press("r", "b", "h", "h", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press(*"why", "escape")
        await said(pilot, until, screen, "Note saved")
        placed, _ = kept(home, screen, 2)
        assert [note.text for note in screen.reading.notebook.notes_on(placed.highlight.id)] == ["why"]
        assert len(screen.reading.notebook.highlights) == 3


async def test_a_note_is_written_on_what_is_gone(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        row = await to_gone(pilot, screen)
        notebook = screen.reading.notebook
        notebook.delete_note(notebook.notes_on(row.key)[0].id)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        about = str(pilot.app.screen.query("Label").first().render())
        assert about == "Note on “The owner said that it would stay shut.”, which is gone"
        await pilot.press(*"lost", "escape")
        await said(pilot, until, screen, "Note saved")
        assert [note.text for note in Notebook(home, screen.reading.article).notes_on(row.key)] == ["lost"]


async def test_what_is_gone_is_shown_whatever_the_notes_are_filtered_by(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        gone = kept(home, screen, 4)[0].highlight.id
        screen.pane("notes").set_filter("weavers")
        assert screen.pane("notes").place_of(gone) is None
        await screen.open_at(screen.reading.article.id, -1, gone)
        await said(pilot, until, screen, "Its passage is gone")
        assert screen.pane("notes").row().key == gone and not screen.pane("notes").filter


async def test_a_note_on_the_article_has_no_place_and_enter_opens_it(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        screen.reading.notebook.add_note("On the whole: short.")
        screen.draw_notes()
        await pilot.press("5", "g", "p")
        await said(pilot, until, screen, "it has no place in the text")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press("ctrl+t")


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_of_a_list_means_two_things_in_it(preset):
    keys = keymap(preset)
    for place in LIST_PLACES:
        used = [key for item in actions_in("everywhere", "lists", place) for key in keys[item.id]]
        assert len(used) == len(set(used))
