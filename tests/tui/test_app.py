"""Journeys through the real app, the real model, TinyDB and SQLite, driven by Textual's pilot."""

import gc
import json

import pytest

from store import worker
from store.article import Article
from store.errors import LibraryError
from store.home import Config, Home
from store.notebook import Notebook
from tui.actions import ACTIONS
from tui.desk import Desk
from tui.panes.list_pane import ListPane
from tui.screens.help import HelpScreen
from tui.screens.note import NoteScreen


def notes_on_disk(home: Home, article: Article) -> Notebook:
    """The notebook as another process would find it."""
    return Notebook(home, article)


async def test_the_panes_fill_and_a_second_opening_needs_no_analysis(home, folder, opened, until):
    async with opened(home, folder / "1-harbour.txt") as (pilot, screen):
        await until(pilot, lambda: screen.reading.analysis, "the analysis")
        names = {actor.name for actor in screen.reading.analysis.actors}
        assert {"Ilse Brandt", "Tomas Reyes"} <= names
        assert {5_200_000, 2_400} <= {number.value for number in screen.reading.analysis.numbers}
        assert any("three years" in quote.text for quote in screen.reading.analysis.quotes)
        assert screen.pane("actors").count == len(screen.reading.analysis.actors)
    async with opened(home, folder / "1-harbour.txt") as (_, screen):
        assert screen.reading.analysis is not None


async def test_enter_on_a_row_walks_through_its_places_and_the_text_marks_the_row(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        brandt = next(actor for actor in screen.reading.analysis.actors if actor.name == "Ilse Brandt")
        await pilot.press("2")
        pane = screen.pane("actors")
        assert screen.focused is pane
        pane.select(brandt.id)
        row = pane.row()
        assert row is not None and len(row.places) >= 2
        await pilot.press("enter")
        start, end = screen.reader.sentence
        assert start <= row.places[0][0] < end
        await pilot.press("enter")
        start, end = screen.reader.sentence
        assert start <= row.places[1][0] < end
        at(screen, "Tomas Reyes")
        reyes = next(actor for actor in screen.reading.analysis.actors if actor.name == "Tomas Reyes")
        await until(pilot, lambda: reyes.id in pane.here, "the mark")


async def test_a_highlight_and_a_note_are_on_disk_when_the_status_line_says_so(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        await pilot.press("H")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        (kept,) = notes_on_disk(home, screen.reading.article).highlights
        assert kept.selector.exact.startswith("About 2,400 people")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press(*"so many", "escape")
        await until(pilot, lambda: "Note saved" in screen.status.message, "the note")
        (note,) = notes_on_disk(home, screen.reading.article).notes
        assert (note.text, note.highlight) == ("so many", kept.id)
        assert screen.pane("notes").count == 1


async def test_delete_undo_redo(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        for key, word, count in (("H", "saved", 1), ("x", "deleted", 0), ("u", "Undone", 1), ("U", "Done again", 0)):
            await pilot.press(key)
            await until(pilot, lambda word=word: word in screen.status.message, word)
            assert len(notes_on_disk(home, screen.reading.article).highlights) == count


async def test_a_selection_is_highlighted_exactly_in_its_colour(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        await pilot.press("v", "w", "e", "3")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        (kept,) = notes_on_disk(home, screen.reading.article).highlights
        assert kept.colour == 3
        assert screen.reading.article.text[kept.selector.start : kept.selector.end] == kept.selector.exact
        assert screen.reader.selection is None


async def test_searching_the_text_and_filtering_a_list(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("/", *"brandt", "enter")
        await until(pilot, lambda: "2" in screen.status.message, "the count")
        assert screen.focused is screen.reader
        await pilot.press("2", "/", *"reyes", "enter")
        pane = screen.pane("actors")
        assert [row.words.split()[0] for row in pane.rows] == ["Tomas"]
        await pilot.press("escape")
        assert len(pane.rows) == pane.count > 1


async def test_articles_are_stepped_through_and_places_are_remembered(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt", analysed / "2-river.txt") as (pilot, screen):
        at(screen, "Tomas Reyes")
        here = screen.reader.sentence
        await pilot.press("J")
        await until(pilot, lambda: "River" in screen.reading.article.title, "the second article")
        await pilot.press("K")
        await until(pilot, lambda: "Dockers" in screen.reading.article.title, "the first article")
        assert screen.reader.sentence == here
    async with opened(home) as (_, screen):
        assert "Dockers" in screen.reading.article.title
        assert screen.reader.sentence == here


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10)])
async def test_every_part_can_be_reached_at_every_size(home, analysed, size, opened, until):
    async with opened(home, analysed / "1-harbour.txt", size=size) as (pilot, screen):
        for key, name in (("2", "actors"), ("3", "numbers"), ("4", "quotes"), ("5", "notes"), ("0", "shelf")):
            await pilot.press(key)
            focused = screen.focused
            assert isinstance(focused, ListPane) and focused.id == name
            assert focused.size.width >= 10 and focused.size.height >= 1
        await pilot.press("1")
        await until(pilot, lambda: screen.reader.size.height >= 5, "room for the text")
        assert screen.focused is screen.reader


async def test_a_low_window_shows_the_article_or_the_panes(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", size=(40, 10)) as (pilot, screen):
        text, side = screen.query_one("#article"), screen.query_one("#side")
        await until(pilot, lambda: text.size.height == 8 and not side.size.height, "the article alone")
        await pilot.press("2")
        await until(pilot, lambda: side.size.height == 8 and not text.size.height, "the panes alone")
        await pilot.press("slash", *"ilse", "enter")
        assert "2 Actors 1 of" in screen.tabs.render_line(0).text
        await pilot.press("enter")
        await until(pilot, lambda: text.size.height == 8 and screen.focused is screen.reader, "the place in the text")


async def test_a_terminal_too_small_says_so(home, analysed, opened):
    async with opened(home, analysed / "1-harbour.txt", size=(30, 8)) as (pilot, screen):
        assert "too small" in str(screen.query_one("#too-small").render())
        assert screen.query_one("#too-small").display
        await pilot.resize_terminal(80, 24)
        assert not screen.query_one("#too-small").display


async def test_help_names_every_action_and_the_palette_finds_one(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("?")
        assert isinstance(pilot.app.screen, HelpScreen)
        body = str(pilot.app.screen._body)
        assert all(action.help in body for action in ACTIONS)
        await pilot.press("q")
        await pilot.press(":", *"highlight")
        await until(pilot, lambda: pilot.app.screen is not screen, "the palette")
        await pilot.press("escape")


async def test_without_a_model_the_reader_works_and_the_panes_say_what_is_missing(home, folder, opened, until, at):
    home.models.unlink()
    home.models.mkdir()
    home.config.write_text("fetch_model = false\n", encoding="utf-8")
    async with opened(home, folder / "1-harbour.txt", config=Config(fetch_model=False)) as (pilot, screen):
        await until(pilot, lambda: "briefbook model install" in screen.pane("actors").empty, "the sentence")
        at(screen, "About 2,400")
        await pilot.press("H")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")


async def test_how_far_the_analysis_of_a_long_text_is_is_said(home, folder, opened):
    config = Config(fetch_model=False)
    async with opened(home, folder / "1-harbour.txt", config=config) as (_, screen):
        article = screen.reading.article
        for total, words in ((5_000_000, "Reading the article, 12 % …"), (90_000, "Reading the article …")):
            screen.told(article, {"state": "parsing", "done": total * 12 // 100, "total": total})
            assert screen.reading.waiting == words


async def test_an_analysis_that_the_worker_kept_is_taken_from_the_library(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        reading, stamp = screen.reading, screen.desk.stamp
        rows = {name: screen.pane(name).count for name in ("actors", "numbers", "quotes")}
        reading.raw = None
        screen.draw_analysis()
        assert not any(screen.pane(name).count for name in rows)
        screen.told(reading.article, {"analysis": None, "stamp": stamp})
        await until(pilot, lambda: {name: screen.pane(name).count for name in rows} == rows, "the rows")


async def test_an_analysis_that_cannot_be_read_from_the_library_is_said_and_not_asked_for_again(
    home, analysed, opened, until, monkeypatch
):
    config = Config(fetch_model=False, analyse_ahead=False)
    async with opened(home, analysed / "1-harbour.txt", config=config) as (pilot, screen):
        await pilot.pause()
        asked = []
        monkeypatch.setattr(screen.client, "ask_later", lambda article: asked.append(article.id))
        screen.desk.library.file.write(lambda connection: connection.execute("UPDATE analyses SET data = x'00'"))
        screen.reading.raw = None
        screen.told(screen.reading.article, {"analysis": None, "stamp": screen.desk.stamp})
        await until(pilot, lambda: "could not be read" in screen.reading.waiting, "the sentence")
        assert "could not be read" in screen.pane("actors").empty

        def fail(*_):
            raise LibraryError("the library failed (disk I/O error)", "library.db", "try again")

        monkeypatch.setattr(screen.desk.library, "analysis", fail)
        monkeypatch.setattr(screen.desk.library, "latest_analysis", fail)
        screen.told(screen.reading.article, {"analysis": None, "stamp": screen.desk.stamp})
        await until(pilot, lambda: "disk I/O error" in screen.status.message, "the reason")
        screen.analyse_ahead()
        await pilot.pause()
        assert asked == []


async def test_only_what_a_long_text_has_made_is_kept_from_the_collector(home, analysed, opened, until, monkeypatch):
    gc.unfreeze()
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await until(pilot, lambda: screen.pane("actors").count, "the rows")
        assert gc.get_freeze_count() == 0
        monkeypatch.setattr(worker, "LONG", 10)
        await screen.desk.call(screen.desk.look_up, screen.reading)
        assert gc.get_freeze_count() > 0 and gc.isenabled()
        monkeypatch.setattr(worker, "LONG", 400_000)
        await screen.desk.call(screen.desk.look_up, screen.reading)
        assert gc.get_freeze_count() == 0


async def test_a_correction_in_a_long_text_is_drawn_when_all_is_made_anew(home, analysed, opened, until, monkeypatch):
    monkeypatch.setattr("tui.screens.drawing.LONG", 10)
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        pane = screen.pane("actors")
        await until(pilot, lambda: pane.count, "the rows")
        count = pane.count
        pane.focus()
        await pilot.press("x")
        await until(pilot, lambda: pane.count == count - 1, "the row gone")
        await pilot.press("u")
        await until(pilot, lambda: pane.count == count, "the row back")


async def test_what_could_not_be_read_is_said_at_the_start(home, analysed, opened, until):
    notices = ["/gone.txt: there is no such file", "/empty.txt: it is empty"]
    async with opened(home, analysed / "1-harbour.txt", notices=notices) as (pilot, screen):
        await until(pilot, lambda: "/gone.txt" in screen.status.message and "1 more" in screen.status.message, "it")
        assert screen.status.alert


async def test_hostile_text_acts_nowhere(home, tmp_path, opened, until):
    hostile = tmp_path / "[bold]x[red].txt"
    hostile.write_text(
        "[/b] \x1b]0;owned\x07 He [sic] said \x9b31m no\u202e\n\nMore [red]words[/red].\n", encoding="utf-8"
    )
    async with opened(home, hostile) as (pilot, screen):
        await pilot.press("H")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press("escape")
        svg = pilot.app.export_screenshot()
        assert "\x1b" not in svg and "\x9b" not in svg and "\u202e" not in svg
        assert "[sic]" in svg.replace("&#160;", " ")


async def test_what_another_window_changed_is_seen(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        Notebook(home, screen.reading.article).add_highlight((0, 7))
        await until(pilot, lambda: screen.pane("notes").count == 1, "the other window's highlight")


async def test_a_note_that_cannot_be_saved_stays_and_is_saved_later(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("H")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        assert screen.pane("notes").count == 1
        home.notes.unlink()
        home.notes.mkdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: "Saved now" in screen.status.message, "the second try")
        assert len(notes_on_disk(home, screen.reading.article).highlights) == 1


async def test_exporting_writes_the_file_that_was_named(home, analysed, tmp_path, opened, until, at):
    target = tmp_path / "out.md"
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        await pilot.press("H")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        await pilot.press("E")
        await until(pilot, lambda: pilot.app.screen is not screen, "the question of the format")
        await pilot.press("1")
        await until(pilot, lambda: pilot.app.screen.query("#answer").first().value.endswith(".md"), "that of the file")
        pilot.app.screen.query_one("#answer").value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: "Exported" in screen.status.message, "the export")
    assert "About 2,400 people" in target.read_text(encoding="utf-8")


async def test_exporting_asks_before_it_writes_over_a_file(home, analysed, tmp_path, opened, until):
    target = tmp_path / "out.html"
    target.write_text("mine", encoding="utf-8")
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        for answer, written in (("2", False), ("1", True)):
            await pilot.press("E")
            await until(pilot, lambda: pilot.app.screen.query("#rows"), "the question of the format")
            await pilot.press("2")
            await until(pilot, lambda: pilot.app.screen.query("#answer").first().value.endswith(".html"), "the file")
            pilot.app.screen.query_one("#answer").value = str(target)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.screen.query("#rows"), "the question whether to write over it")
            await pilot.press(answer)
            await until(pilot, lambda: pilot.app.screen is screen, "the reader")
            if written:
                await until(pilot, lambda: "Exported" in screen.status.message, "the export")
            assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>" if written else "mine")


def test_state_that_is_no_json_is_let_go(home):
    home.state.write_text(json.dumps([1]), encoding="utf-8")
    desk = Desk(home, Config())
    try:
        assert desk.state() == {}
    finally:
        desk.close()
