"""Notes that cannot be saved in their place: what is said, and that they can be written to another file."""

import threading
from pathlib import Path

import pytest

from store.home import Config
from store.notebook import Notebook
from store.notefile import read_kept
from tui.screens import changing
from tui.screens.ask import AskScreen

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(fetch_model=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mill.txt"
    made.write_text("The mill\n\nThe mill stood empty for a year. Then the weavers came back.\n", encoding="utf-8")
    return made


async def refused(pilot, until, screen) -> Path:
    """Highlight a sentence while its file cannot be written; returns what is to be removed to let it be again."""
    notes = screen.reading.notebook.path
    obstacle = notes.with_name(f".{notes.name}.new")
    obstacle.mkdir(parents=True)
    await pilot.press("G", "H")
    await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
    return obstacle


async def answer(pilot, until, words: object) -> AskScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question")
    dialog = pilot.app.screen
    dialog.query_one("#answer").value = str(words)
    await pilot.press("enter")
    await until(pilot, lambda: pilot.app.screen is not dialog, "the answer's being taken")
    return dialog


async def test_what_cannot_be_saved_is_saved_elsewhere(home, path, tmp_path, opened, until):
    async with opened(home, path, size=(80, 24), config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        assert screen.status.message.startswith("Not saved yet; W saves it elsewhere. ")
        await screen.action_quit()
        assert screen.status.message.startswith("Not saved. Quit again to lose it, W saves it elsewhere. ")
        await pilot.press("W")
        await answer(pilot, until, tmp_path / "rescued.json")
        await until(pilot, lambda: "Saved in" in screen.status.message, "where it is saved")
        assert str(tmp_path / "rescued.json") in screen.status.message
        (kept,) = read_kept(tmp_path / "rescued.json").highlights
        assert kept.selector.exact.startswith("Then the weavers")
        assert await screen.save_what_is_left() == ""
        await pilot.press("g", "H")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning for a later change")
        assert await screen.save_what_is_left() != ""
        obstacle.rmdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: "Saved now" in screen.status.message, "the end of it")
        assert len(Notebook(home, screen.reading.article).highlights) == 2
        await pilot.press("W")
        await until(pilot, lambda: screen.status.message == "Everything is saved", "that")


async def test_leaving_warns_again_of_what_was_not_saved_later(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        await screen.action_quit()
        obstacle.rmdir()
        assert await screen.save_what_is_left() == ""
        obstacle.mkdir()
        screen.status.say("")
        await pilot.press("g", "H")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning for a later change")
        await screen.action_quit()
        assert screen.status.message.startswith("Not saved. Quit again to lose it")
        obstacle.rmdir()


async def test_a_file_that_is_there_is_never_written_over(home, path, tmp_path, opened, until):
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    async with opened(home, path, config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        await pilot.press("ctrl+s")
        problems = ("there is a file of this name already", "cannot be saved", "home directory")
        for words, says in zip((mine, mine / "x.json", "~no-such-reader/x"), problems, strict=True):
            await answer(pilot, until, words)
            await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question again")
            hint = str(pilot.app.screen.query("Label").last().render())
            assert hint.startswith("Not saved: ") and says in hint
        await answer(pilot, until, tmp_path / "folder")
        await until(pilot, lambda: "Saved in" in screen.status.message, "where it is saved")
        assert mine.read_text(encoding="utf-8") == "mine"
        assert [file.name for file in (tmp_path / "folder").iterdir()] == ["The mill.notes.json"]
        obstacle.rmdir()


async def test_leaving_the_question_leaves_all_as_it_is(home, path, opened, until):
    async with opened(home, path, config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        await pilot.press("W")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question")
        await pilot.press("escape")
        assert screen.reading.notebook.unsaved and await screen.save_what_is_left() != ""
        obstacle.rmdir()


@pytest.fixture
def barn(tmp_path: Path) -> Path:
    made = tmp_path / "barn.txt"
    made.write_text("The barn\n\nThe barn burned down in May. It was rebuilt by autumn.\n", encoding="utf-8")
    return made


async def save_elsewhere(pilot, until, screen, path: Path) -> None:
    screen.status.say("")
    await pilot.press("W")
    await answer(pilot, until, path)
    await until(pilot, lambda: "Saved in" in screen.status.message, "where it is saved")


async def test_without_a_working_folder_the_home_folder_is_proposed(home, path, tmp_path, opened, until, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    monkeypatch.setenv("HOME", str(tmp_path))
    async with opened(home, path, config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        (tmp_path / "gone").rmdir()
        await pilot.press("W")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question")
        await pilot.press("enter")
        await until(pilot, lambda: "Saved in" in screen.status.message, "where it is saved")
        assert len(read_kept(tmp_path / "The mill.notes.json").highlights) == 1
        obstacle.rmdir()


async def test_a_change_made_while_saving_elsewhere_is_not_taken_for_saved(
    home, path, tmp_path, opened, until, monkeypatch
):
    real, written, go_on = changing._save_elsewhere, threading.Event(), threading.Event()

    def slow(*arguments):
        done = real(*arguments)
        written.set()
        assert go_on.wait(30)
        return done

    monkeypatch.setattr(changing, "_save_elsewhere", slow)
    async with opened(home, path, config=QUIET) as (pilot, screen):
        obstacle = await refused(pilot, until, screen)
        await pilot.press("W")
        await answer(pilot, until, tmp_path / "rescued.json")
        await until(pilot, written.is_set, "the file")
        await pilot.press("g", "H")
        go_on.set()
        await until(pilot, lambda: len(screen.reading.notebook.highlights) == 2, "the change")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        assert len(read_kept(tmp_path / "rescued.json").highlights) == 1
        assert await screen.save_what_is_left() != ""
        obstacle.rmdir()


async def test_each_of_two_articles_is_saved_elsewhere(home, path, barn, tmp_path, opened, until):
    async with opened(home, path, barn, config=QUIET) as (pilot, screen):
        mill = screen.reading
        obstacles = [await refused(pilot, until, screen)]
        await pilot.press("J")
        await until(pilot, lambda: screen.reading is not mill, "the other article")
        obstacles.append(await refused(pilot, until, screen))
        await save_elsewhere(pilot, until, screen, tmp_path / "1.json")
        assert await screen.save_what_is_left() != ""
        await save_elsewhere(pilot, until, screen, tmp_path / "2.json")
        assert {read_kept(tmp_path / name).article.title for name in ("1.json", "2.json")} == {"The mill", "The barn"}
        assert await screen.save_what_is_left() == ""
        for obstacle in obstacles:
            obstacle.rmdir()


async def test_who_comes_back_to_an_article_finds_what_is_not_saved_yet(home, path, barn, opened, until):
    async with opened(home, path, barn, config=QUIET) as (pilot, screen):
        mill = screen.reading
        obstacle = await refused(pilot, until, screen)
        await pilot.press("J")
        await until(pilot, lambda: screen.reading is not mill, "the other article")
        await pilot.press("K")
        await until(pilot, lambda: screen.reading.article.title == "The mill", "the first one")
        assert len(screen.reading.notebook.highlights) == 1 and len(screen.pane("notes").rows) == 1
        await pilot.press("u")
        await until(pilot, lambda: not screen.reading.notebook.highlights, "its being undone")
        obstacle.rmdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: "Saved now" in screen.status.message, "the end of it")
        assert Notebook(home, screen.reading.article).highlights == () and not screen._unsaved
