"""A file that another program changes while it is open: said, and taken in without losing the place or a change."""

import threading

import pytest

from store.home import Config
from store.notebook import Notebook
from tui.screens import renewing

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(analyse_ahead=False)
NEWS = "\n\n".join(
    f"Paragraph {number} tells that ship {number * 7} of the {name} line came into port on day {number}."
    for number, name in enumerate(["Orn", "Sarn", "Velt", "Mire", "Dorn", "Kest", "Lune", "Harl"] * 5)
)


@pytest.fixture
def report(tmp_path):
    """A file of 40 paragraphs."""
    path = tmp_path / "report.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


async def look(screen) -> None:
    """Have the screen look at the file as often as it takes to see that it is left alone."""
    for _ in range(3):
        await screen.look_at_file().wait()


async def test_a_changed_file_is_said_and_taken_in_at_the_same_place(home, report, opened, until, at):
    async with opened(home, report, config=QUIET) as (pilot, screen):
        at(screen, "Paragraph 20 ")
        await pilot.press("H")
        await until(pilot, lambda: "saved" in screen.status.message, "the highlight")
        await pilot.press("m", "a", "j", "j")
        await look(screen)
        assert "changed" not in screen.status.message and not screen.head.sign
        sentence, row = screen.reader.sentence, screen.reader.row
        words = NEWS[slice(*sentence)]
        report.write_text("A new beginning.\n\n" + NEWS.replace("ship 140", "ferry 140"), encoding="utf-8")
        await look(screen)
        said = "report.txt has changed on the disk; R takes the new text in"
        assert screen.status.message == said and screen.head.sign == "Changed on the disk (R)"
        assert screen.reading.article.text == NEWS
        await pilot.press("R")
        await until(pilot, lambda: screen.reading.article.text.startswith("A new"), "the new text")
        assert screen.reading.article.text[slice(*screen.reader.sentence)] == words
        assert screen.reader.row == row and not screen.head.sign
        assert screen.status.message == "The new text is here, D shows what changed; highlights: 1 in other words"
        (placed,) = screen.reading.notebook.placed()
        assert placed.grade == "changed" and "ferry 140" in placed.reads
        await pilot.press("'", "a")
        assert "Paragraph 20 " in screen.reading.article.text[slice(*screen.reader.sentence)]
        assert len(screen.desk.library.versions(screen.reading.article.id)) == 2
        await look(screen)
        assert not screen.head.sign


async def test_a_file_that_says_what_it_said_is_no_news(home, report, opened):
    async with opened(home, report, config=QUIET) as (pilot, screen):
        await look(screen)
        for text, sign in ((NEWS + "\n\nMore.", True), (NEWS, False)):
            report.write_text(text, encoding="utf-8")
            await look(screen)
            assert bool(screen.head.sign) == sign
        report.unlink()
        await look(screen)
        assert not screen.head.sign
        await pilot.press("R")
        await pilot.pause()
        await screen.workers.wait_for_complete()
        assert "no such file" in screen.status.message


async def test_what_changed_since_it_was_read_is_said_of_an_article_of_the_library(home, report, opened):
    async with opened(home, report, config=QUIET):
        pass
    report.write_text(NEWS + "\n\nMore.", encoding="utf-8")
    async with opened(home, config=QUIET) as (_, screen):
        assert screen.reading.article.text == NEWS
        await look(screen)
        assert screen.head.sign


async def test_changes_that_are_on_no_disk_yet_come_first(home, report, opened, until, at):
    async with opened(home, report, config=QUIET) as (pilot, screen):
        at(screen, "Paragraph 3 ")
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("H")
        await until(pilot, lambda: "Not saved" in screen.status.message, "that it is not saved")
        report.write_text("Other.\n\n" + NEWS, encoding="utf-8")
        await pilot.press("R")
        await until(pilot, lambda: "not saved yet" in screen.status.message, "why not")
        assert screen.reading.article.text == NEWS
        home.notes.unlink()
        home.notes.mkdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: "Saved now" in screen.status.message, "that it is saved")
        await pilot.press("R")
        await until(pilot, lambda: screen.reading.article.text.startswith("Other"), "the new text")
        assert len(Notebook(home, screen.reading.article).highlights) == 1


async def test_a_place_that_is_left_while_the_new_text_is_taken_in_goes_with_it(
    home, report, opened, until, monkeypatch
):
    real, begun, go_on = renewing.same_places, threading.Event(), threading.Event()

    def slow(*arguments):
        begun.set()
        go_on.wait()
        return real(*arguments)

    monkeypatch.setattr(renewing, "same_places", slow)
    async with opened(home, report, config=QUIET) as (pilot, screen):
        report.write_text("A new beginning.\n\n" + NEWS, encoding="utf-8")
        await pilot.press("R")
        await until(pilot, begun.is_set, "the search for the places")
        await pilot.press("G", "m", "z", "g")
        go_on.set()
        await until(pilot, lambda: screen.reading.article.text.startswith("A new"), "the new text")
        await pilot.press("'", "z")
        assert "Paragraph 39 " in screen.reading.article.text[slice(*screen.reader.sentence)]
