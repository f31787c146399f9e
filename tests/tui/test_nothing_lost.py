"""What would cost the reader work: dialogs over a changing article, drafts, quitting too soon, hostile text."""

import threading
from pathlib import Path

import pytest

from store.article import make_article
from store.errors import NotebookError
from store.home import Config
from store.notebook import Notebook
from tui.desk import Desk
from tui.screens import correcting
from tui.screens.ask import AskScreen
from tui.screens.note import NoteScreen
from tui.screens.pick import PickScreen
from tui.screens.sharing import _MOST_ANSWER, _piped


async def test_a_note_goes_to_the_article_that_it_was_begun_on(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt", analysed / "2-river.txt") as (pilot, screen):
        at(screen, "Tomas Reyes")
        harbour = screen.reading.article
        screen.note(screen.reader.sentence)
        screen.open_article(screen.desk.keys[1])
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press(*"mine", "escape")
        await until(pilot, lambda: "River" in screen.reading.article.title, "the other article")
        await until(pilot, lambda: Notebook(home, harbour).notes, "the note")
        assert Notebook(home, screen.reading.article).notes == ()


async def drafted(home, pilot, screen, until, at) -> Path:
    """Begin to write a note; returns the file of its draft."""
    at(screen, "Tomas Reyes")
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
    await pilot.press(*"mine")
    await until(pilot, lambda: list(home.root.glob("draft-*")), "the draft")
    (draft,) = home.root.glob("draft-*")
    return draft


async def test_a_draft_stays_until_its_note_is_on_the_disk(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await drafted(home, pilot, screen, until, at)
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("escape")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        assert list(home.root.glob("draft-*"))
        home.notes.unlink()
        home.notes.mkdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: not list(home.root.glob("draft-*")), "the end of the draft")
        assert [note.text for note in Notebook(home, screen.reading.article).notes] == ["mine"]


async def test_a_note_that_is_saved_late_leaves_the_draft_of_the_next_one(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await drafted(home, pilot, screen, until, at)
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("escape")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        screen.note(None)
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.press(*"more")
        await until(pilot, lambda: len(list(home.root.glob("draft-*"))) == 2, "the second draft")
        home.notes.unlink()
        home.notes.mkdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: len(list(home.root.glob("draft-*"))) == 1, "the end of the first draft")
        (left,) = home.root.glob("draft-*")
        assert '"more"' in left.read_text(encoding="utf-8")


async def test_quitting_saves_what_could_not_be_saved_and_warns_once_when_it_still_cannot(
    home, analysed, opened, until, at
):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("H")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        await screen.action_quit()
        assert "Quit again to lose it" in screen.status.message
        home.notes.unlink()
        home.notes.mkdir()
        assert await screen.save_what_is_left() == ""
        assert len(Notebook(home, screen.reading.article).highlights) == 1


@pytest.mark.parametrize("text", ["Look [/b] at \x1b]0;owned\x07 that.\n\nMore.\n"])
async def test_hostile_words_act_in_no_dialog(home, tmp_path, opened, until, text):
    path = tmp_path / "hostile.txt"
    path.write_text(text, encoding="utf-8")
    async with opened(home, path) as (pilot, screen):
        screen.reader.select_span((0, len(text.splitlines()[0])))
        await pilot.press("#")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        line = pilot.app.screen.query_one("#answer").render_line(0)
        assert "\x1b" not in "".join(segment.text for segment in line)
        await pilot.press("escape")
        screen.reader.leave_selection()
        Notebook(home, screen.reading.article).add_note("old \x1b]0;owned\x07 note")
        await until(pilot, lambda: screen.pane("notes").count, "the note")
        await pilot.press("5", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        line = pilot.app.screen.query_one("#note").render_line(0)
        assert "\x1b" not in "".join(segment.text for segment in line)
        await pilot.press("ctrl+t")
        asking = screen.run_worker(screen.ask(f"Save {text}", hint=text))
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question for a line")
        for label in pilot.app.screen.query("Label"):
            assert "\x1b" not in "".join(segment.text for segment in label.render_line(0))
        await pilot.press("escape")
        await asking.wait()


async def test_an_article_whose_notes_are_of_a_newer_version_is_passed_by(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", analysed / "2-river.txt") as (pilot, screen):
        await until(pilot, lambda: screen.desk.article(screen.desk.keys[1]), "the other article")
        other = screen.desk.article(screen.desk.keys[1])
        (home.notes / f"{other.id}.json").write_text('{"format": 99}', encoding="utf-8")
        await pilot.press("J")
        await until(pilot, lambda: screen.status.alert, "the sentence")
        assert "Dockers" in screen.reading.article.title


async def test_a_command_that_never_ends_its_answer_is_cut(home, analysed, opened):
    answer = await _piped("yes", "")
    assert answer.startswith("y\ny\n") and len(answer) <= _MOST_ANSWER + 100


async def test_a_command_is_given_every_text() -> None:
    assert await _piped("wc -c", "\ud83d!") == "4\n"


async def test_in_a_browser_there_is_no_editor(home, analysed, opened, until, at, monkeypatch, tmp_path):
    monkeypatch.setenv("VISUAL", f"touch {tmp_path / 'started'}")
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        monkeypatch.setattr("os.isatty", lambda _: False)
        monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
        at(screen, "Tomas Reyes")
        await pilot.press("e")
        await until(pilot, lambda: screen.status.message, "what is said")
        assert screen.status.message == "There is no editor in a browser; a writes the note here"


async def test_a_draft_that_cannot_be_removed_is_told_and_ends_nothing(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        draft = await drafted(home, pilot, screen, until, at)
        draft.unlink()
        draft.mkdir()
        await pilot.press("escape")
        await until(pilot, lambda: "cannot be removed" in screen.status.message, "what is wrong")
        assert len(Notebook(home, screen.reading.article).notes) == 1
        draft.rmdir()


def test_the_panes_sizes_are_kept_for_the_owner_alone(home):
    desk = Desk(home, Config())
    desk.keep_state({"side": 30})
    assert desk.state() == {"side": 30} and home.state.stat().st_mode & 0o777 == 0o600
    assert not [path for path in home.root.iterdir() if path.suffix == ".new"]
    desk.close()


async def test_a_correction_that_cannot_be_deleted_is_told(home, analysed, opened, until, monkeypatch):
    def fail(*_):
        raise NotebookError("it cannot be saved (disk full)", home.notes)

    monkeypatch.setattr(correcting, "delete_everywhere", fail)
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        other = Notebook(home, make_article("Bo Ito said no.", source="/other.txt"))
        made = other.add_correction("rename", "actors", (0, 6), value="Bo K. Ito", name="Bo Ito", scope="everywhere")
        screen.reading.general = (made,)

        async def choose(*_):
            return made.id

        screen.choose_correction = choose
        screen.action_corrections()
        await until(pilot, lambda: "disk full" in screen.status.message, "what is wrong")
        assert screen.reading.general == (made,)


async def test_a_note_is_saved_though_the_next_dialog_is_opened_meanwhile(home, analysed, opened, until):
    gate = threading.Event()
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        screen.run_worker(screen.desk.call(gate.wait))
        await pilot.press(*"mine", "escape")
        await until(pilot, lambda: pilot.app.screen is screen, "the article")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the next dialog")
        gate.set()
        await until(pilot, lambda: [note.text for note in screen.reading.notebook.notes] == ["mine"], "the note")
        await pilot.press("escape")
        await until(pilot, lambda: not list(home.root.glob("draft-*")), "the end of its draft")
