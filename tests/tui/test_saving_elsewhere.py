"""Notes that cannot be saved in their place: what is said, and that they can be written to another file."""

from pathlib import Path

import pytest

from store.home import Config
from store.notebook import Notebook
from store.notefile import read_kept
from tui.screens.ask import AskScreen

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
