"""What is done to articles on the shelf, in the real app: how many, what becomes of the cursor, and taking it back."""

import pytest

from store.article import make_article
from store.home import Config
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook
from tui.panes.heads import group_key
from tui.panes.shelf import PAGE, ShelfRows
from tui.screens.menu import MenuScreen
from tui.screens.shelf_steps import TURNS, turned_words
from tui.stack import Stack

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(fetch_model=False, analyse_ahead=False, preview=False)


@pytest.fixture
def grouped(home):
    """Three articles of one folder and two of another; the ids by the letter and number of the file."""
    names = ("a/1", "a/2", "a/3", "b/1", "b/2")
    with Library(home.library) as library:
        made = [make_article(f"Text {name} of it.", title=name, source=f"/data/{name}.txt") for name in names]
        library.add(made)
        Marks(library.file).save_search("Ones", "title:1")
    return dict(zip(names, (article.id for article in made), strict=True))


def titles(screen) -> list[str]:
    """The articles that the shelf shows."""
    rows = screen.shelf.rows[len(screen.shelf.shelf.heads) :]
    return [row.words.partition(" ")[0] for row in rows]


async def shown(pilot, until, screen, count: int = 5) -> None:
    await until(pilot, lambda: len(titles(screen)) == count and all(titles(screen)), "the shelf")


async def said(pilot, until, screen, words: str) -> None:
    await until(pilot, lambda: screen.status.message == words, words)


async def on_group(pilot, until, screen, name: str) -> None:
    """On the row of that group."""
    await until(pilot, lambda: screen.desk.groups, "the groups")
    outer = next(group_key(one) for one in screen.desk.groups)
    key = next(group_key(one) for one in screen._groups() if one.name == name)
    await pilot.press("0")
    if screen.shelf.place_of(key) is None:
        screen.open_group(outer)
        await until(pilot, lambda: screen.shelf.place_of(key) is not None, "the groups in it")
    screen.shelf.select(key)


async def asked(pilot, until) -> str:
    """The question that is put."""
    await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen), "the question")
    return pilot.app.screen._title


async def test_a_group_is_put_away_after_a_question_and_brought_back(home, grouped, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        await on_group(pilot, until, screen, "a")
        await pilot.press("A")
        assert await asked(pilot, until) == "Put 3 articles away?"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen, "the shelf")
        assert not screen._undoing
        await pilot.press("A")
        await asked(pilot, until)
        await pilot.press("enter")
        await said(pilot, until, screen, "3 articles put away; is:archived finds them; u takes it back")
        await shown(pilot, until, screen, 2)
        await pilot.press("u")
        await said(pilot, until, screen, "Undone: 3 articles put away")
        await shown(pilot, until, screen)
        await pilot.press("U")
        await said(pilot, until, screen, "Done again: 3 articles put away")
        await shown(pilot, until, screen, 2)


async def test_a_group_is_starred_and_read_as_a_whole_with_its_number(home, grouped, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        await on_group(pilot, until, screen, "a")
        await pilot.press("*")
        await said(pilot, until, screen, "3 articles starred; u takes it back")
        await pilot.press("r")
        await said(pilot, until, screen, "3 articles read; u takes it back")
        await pilot.press("r")
        await said(pilot, until, screen, "3 articles not read; u takes it back")
        screen.shelf.select(next(group_key(one) for one in screen.desk.groups if not one.query))
        await pilot.press("r")
        await said(pilot, until, screen, "5 articles read; u takes it back")
        await pilot.press("x")
        await until(pilot, lambda: "`briefbook feeds rm` leaves a feed" in screen.status.message, "what to do")


async def test_what_a_saved_search_finds_is_put_away_and_put_back(home, grouped, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        await pilot.press("0", "g", "A")
        assert await asked(pilot, until) == "Put 2 articles away?"
        await pilot.press("A")
        await said(pilot, until, screen, "2 articles put away; is:archived finds them; u takes it back")
        await shown(pilot, until, screen, 3)
        assert screen.shelf.row().key == "search:Ones"
        await pilot.press("A")
        assert await asked(pilot, until) == "Put 2 articles back on the shelf?"
        await pilot.press("enter")
        await said(pilot, until, screen, "2 articles on the shelf again; u takes it back")
        await screen.desk.call(screen.desk.marks.save_search, "Ones", "nothingofthekind")
        await screen.refill_shelf()
        await pilot.press("A")
        await said(pilot, until, screen, "There is no article in it")


async def test_what_was_named_leaves_the_shelf_when_it_is_put_away(home, tmp_path, opened, until):
    folder = tmp_path / "in"
    folder.mkdir()
    paths = [folder / f"{number}.txt" for number in (1, 2, 3)]
    for path in paths:
        path.write_text(f"Text {path.stem} of it, which is short.\n", encoding="utf-8")
    with Library(home.library) as library:
        library.add([make_article(path.read_text(), title=path.stem, source=str(path)) for path in paths])
    async with opened(home, *paths, size=(160, 40), config=QUIET) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) == 3, "the shelf")
        screen._do_with_books(screen.desk.keys_in("is:unread"), "archive_book")
        await said(pilot, until, screen, "3 articles put away; is:archived finds them; u takes it back")
        await until(pilot, lambda: not screen.shelf.rows, "that they leave")
        await pilot.press("0", "u")
        await until(pilot, lambda: list(screen.desk.keys) == [str(path) for path in paths], "all of them again")
        await pilot.press("/", *"is:archived", "enter")
        await until(pilot, lambda: screen.shelf.filter == "is:archived" and not screen.shelf.rows, "none of them")


async def test_the_shelf_never_takes_back_what_was_done_to_notes(home, grouped, opened, until):
    with Library(home.library) as library:
        article = library.get(grouped["a/1"])
    Notebook(home, article).add_highlight((0, 4), 2)
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        await screen.open_at(article.id, 0)
        await pilot.press("0", "u")
        await said(pilot, until, screen, "There is nothing on the shelf to undo")
        await pilot.press("U")
        await said(pilot, until, screen, "There is nothing on the shelf to redo")
        assert len(Notebook(home, article).highlights) == 1
        await pilot.press("1", "u")
        await until(pilot, lambda: not Notebook(home, article).highlights, "the highlight is gone")


async def test_the_cursor_stays_near_what_was_deleted_and_goes_back_with_it(home, grouped, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        await pilot.press("0", "G")
        middle, beneath, above, last = screen.desk.keys[1:]
        await pilot.press("x")
        await said(pilot, until, screen, "Deleted; its notes are kept; u takes it back")
        await shown(pilot, until, screen, 4)
        assert screen.shelf.row().key == above
        await pilot.press("u")
        await until(pilot, lambda: screen.shelf.row().key == last, "the row")
        screen.shelf.select(middle)
        await pilot.press("x")
        await shown(pilot, until, screen, 4)
        assert screen.shelf.row().key == beneath
        await pilot.press("U")
        await said(pilot, until, screen, "There is nothing on the shelf to redo")


@pytest.mark.parametrize(
    ("left", "cursor", "stays"),
    [("abcd", 3, 3), ("abc", 3, 2), ("abd", 2, 3), ("d", 1, 3), ("", 2, 2), ("xyz", 9, 9)],
)
def test_the_nearest_row_that_stays_is_rather_beneath_than_above(left, cursor, stays):
    wanted: list[int] = []
    rows = ShelfRows([], Stack("abcd"), wanted.append)
    assert rows.near(cursor, ShelfRows([], Stack(left), wanted.append)) == stays
    assert not wanted


def test_only_a_page_is_looked_through_for_the_nearest():
    rows = ShelfRows([], Stack(map(str, range(3 * PAGE))), lambda _: None)
    assert rows.near(0, ShelfRows([], Stack([str(2 * PAGE)]), lambda _: None)) == 0


def test_what_was_done_says_how_many_it_changed():
    archive = TURNS["archive_book"]
    assert turned_words(archive, {"a": False}) == "Put away; is:archived finds it"
    assert turned_words(archive, {"a": False, "b": True}) == "1 article put away; is:archived finds it"
    assert turned_words(archive, {"a": True, "b": True}) == "2 articles on the shelf again"
    assert turned_words(TURNS["read_book"], dict.fromkeys(map(str, range(1_234)), False)) == "1,234 articles read"
