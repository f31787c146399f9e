"""What was deleted in the app and is opened again, its text changed meanwhile."""

from store.home import Config
from store.library import Library
from store.notebook import Notebook

QUIET = Config(analyse_ahead=False)


async def test_a_deleted_article_whose_text_changed_comes_back_with_its_notes(home, folder, opened, until):
    report = folder / "2-river.txt"
    async with opened(home, report, config=QUIET) as (pilot, screen):
        before = screen.reading.article
        Notebook(home, before).add_note("keep this note")
        await until(pilot, lambda: len(screen.shelf.rows) == 1, "the shelf")
        screen.shelf.focus()
        await pilot.press("x")
        await until(pilot, lambda: not screen.shelf.rows, "the empty shelf")
    with Library(home.library) as library:
        assert library.get(before.id) is None
    report.write_text(before.text.replace("Tuesday", "Friday"), encoding="utf-8")
    async with opened(home, report, config=QUIET) as (pilot, screen):
        assert screen.reading.article.id == before.id and "Friday" in screen.reading.article.text
        assert [note.text for note in screen.reading.notebook.notes] == ["keep this note"]
