"""Journeys over the shelf, the search of all articles and all notes, in the real app on a real library."""

from dataclasses import replace

import pytest
from textual import events
from textual.widgets import Input, Static

from store.article import make_article
from store.home import Config, Home
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook
from store.subscriptions import Followed, Subscriptions
from tui.panes.answers import excerpt_lines
from tui.panes.shelf import PAGE, Book, ShelfHeights, ShelfRows, book_lines
from tui.screens.ask import AskScreen
from tui.screens.querying import QueryScreen
from tui.stack import Stack

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(analyse_ahead=False)
TEXTS = {
    "Harbour plan": "Harbour plan approved\n\nThe council met for a long time. " * 9
    + "At last the dykes were mentioned.",
    "River levels": "River levels fall\n\nThe water board measured 1.2 metres.",
    "Night train": "Night train returns\n\nIt runs from Lindhaven past the dykes of Orn.",
}


@pytest.fixture
def shelf(home: Home) -> dict[str, str]:
    """Three articles in the library, the last one opened once; their ids by title."""
    with Library(home.library) as library:
        made = [make_article(text, title=title, source=f"/{title}", published="2025-04-01", publisher="The Desk")
                for title, text in TEXTS.items()]  # fmt: skip
        library.add(made)
        library.keep_position(made[2].id, 3, 0.5)
    return {article.title: article.id for article in made}


def titles(screen) -> list[str]:
    """What the shelf shows, in order."""
    return [row.words.partition(" The Desk")[0] for row in screen.shelf.rows]


async def filled(pilot, until, screen, count=3) -> None:
    await until(pilot, lambda: len(screen.shelf.rows) == count and all(titles(screen)), "the shelf")


async def test_the_shelf_stands_in_its_order_and_counts_what_is_unread(home, shelf, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await filled(pilot, until, screen)
        assert screen.reading.article.title == "Night train"
        assert titles(screen) == ["Night train", "River levels", "Harbour plan"]
        assert "Shelf 3 · 3 unread" in str(screen.shelf.border_title)
        await pilot.press("0", "s", "s", "s")
        await until(pilot, lambda: titles(screen) == ["Harbour plan", "Night train", "River levels"], "by title")
        await pilot.press("g", "r")
        await until(pilot, lambda: "2 unread" in str(screen.shelf.border_title), "one is read")


async def test_the_shelf_is_filtered_as_one_types_and_the_filter_is_kept(home, shelf, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await filled(pilot, until, screen)
        await pilot.press("0", "/", *"lindh")
        await until(pilot, lambda: titles(screen) == ["Night train"], "the filter")
        await pilot.press(*"x titel:x")
        await until(pilot, lambda: "did you mean title:?" in screen.status.message, "what is wrong")
        screen.query_one("#find", Input).value = "dykes -title:night"
        await until(pilot, lambda: titles(screen) == ["Harbour plan"], "the query")
        await pilot.press("enter", "S")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question for a name")
        assert pilot.app.screen.query_one(Input).selected_text == "dykes -title:night"
        await pilot.press(*"Dykes by day", "enter")
        await until(pilot, lambda: screen.desk.searches, "the saved search")
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.shelf.rows) == 4, "all of them and the search")
        screen.shelf.select("search:Dykes by day")
        await pilot.press("enter")
        await until(pilot, lambda: titles(screen) == ["Harbour plan"], "what the search finds")
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.shelf.rows) == 4, "all of them and the search")
        screen.shelf.select("search:Dykes by day")
        await pilot.press("x")
        await until(pilot, lambda: len(screen.shelf.rows) == 3, "the search is forgotten")
        await pilot.press("u")
        await until(pilot, lambda: len(screen.shelf.rows) == 4, "and is there again")


async def test_groups_open_in_place_show_their_own_and_are_read_as_a_whole(home, shelf, opened, until):
    with Library(home.library) as library:
        library.add(make_article(f"Of {name}.", source=f"/press/{name}.txt") for name in ("2024/a", "2024/b", "2025/c"))
        subscriptions = Subscriptions(library.file)
        subscriptions.follow([Followed("https://a.example/feed", "Ports", folder=("News",))])
        subscriptions.brought("https://a.example/feed", {"1": "/press/2025/c.txt", "2": "/River levels"})

    def heads() -> list[str]:
        width = 24
        return ["".join(text for text, _ in row.draw(width)[0]) for row in screen.shelf.shelf.heads]

    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        closed = ["▸ Feeds              2/2", "▸ Folders            3/3"]
        await until(pilot, lambda: heads() == closed, "the groups, closed")
        await pilot.press("0", "g", "right")
        await until(pilot, lambda: heads()[1:2] == ["  ▸ News             2/2"], "what is in it")
        await pilot.press("j", "l")
        await until(pilot, lambda: heads()[2:3] == ["      Ports          2/2"], "the feed")
        await pilot.press("j", "enter")
        await until(pilot, lambda: titles(screen) == ["Of 2025/c. c.txt", "River levels"], "what it brought")
        assert "Shelf 2 of “Ports”" in str(screen.shelf.border_title)
        await pilot.press("escape")
        await until(pilot, lambda: screen.shelf.row().key.startswith("group:feed:"), "the feed again")
        await pilot.press("r")
        await until(pilot, lambda: heads()[2:3] == ["      Ports            2"], "all of it read")
        await pilot.press("u")
        await until(pilot, lambda: heads()[2:3] == ["      Ports          2/2"], "none of it read")
        marks, ids = screen.desk.marks, screen.desk.ids_of(screen.desk.keys_in("feed:ports"))
        await screen.desk.call(marks.set, dict.fromkeys(ids, True), "read")
        screen.count_groups_soon()
        await until(pilot, lambda: heads()[2:3] == ["      Ports            2"], "what was counted before")
        await screen.desk.call(marks.set, dict.fromkeys(ids, False), "read")
        screen.count_groups_soon()
        await until(pilot, lambda: heads()[2:3] == ["      Ports          2/2"], "all of it unread")
        await pilot.press("x")
        await until(pilot, lambda: "feeds rm" in screen.status.message, "what to do")
        await pilot.press("left", "left", "left")
        await until(pilot, lambda: screen.shelf.cursor == 0 and len(heads()) == 3, "the outer group")
        await pilot.press("enter")
        await until(pilot, lambda: heads() == closed, "all closed")
        assert screen.kept_state["groups"] == []


@pytest.mark.parametrize("heads", [0, 1, 4])
def test_heads_are_a_line_high_with_an_empty_one_beneath(heads):
    heights = ShelfHeights(heads + 3, heads)
    assert heights.total == heads + bool(heads) + 9
    assert [heights.row_at(heights.top(row)) for row in range(heads + 3)] == list(range(heads + 3))
    rows = [heights.row_at(line) for line in range(heights.total)]
    assert rows == sorted(rows) and heights.row_at(heights.total) == heads + 3


async def test_a_click_on_the_empty_line_beneath_the_heads_does_nothing(home, shelf, opened, until):
    with Library(home.library) as library:
        library.add(make_article(f"Of {name}.", source=f"/press/{name}.txt") for name in ("2024/a", "2025/b"))
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await until(pilot, lambda: screen.shelf.shelf.heads and len(screen.shelf.rows) > 5, "the group")
        heads, top = len(screen.shelf.shelf.heads), screen.shelf.gutter.top
        before = screen.shelf.cursor
        await pilot.click(screen.shelf, offset=(5, top + heads))
        await pilot.pause()
        assert len(screen.shelf.shelf.heads) == heads and screen.shelf.cursor == before
        await pilot.click(screen.shelf, offset=(5, top + heads - 1))
        await until(pilot, lambda: len(screen.shelf.shelf.heads) > heads, "the group, opened")


async def test_several_are_selected_tagged_starred_put_away_deleted_and_brought_back(home, shelf, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await filled(pilot, until, screen)
        marks = Marks(screen.desk.library.file)
        await pilot.press("0", "g", "space", "space", "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question for tags")
        await pilot.press(*"dam, Orn", "enter")
        await until(pilot, lambda: marks.tags() == {"dam": 2, "Orn": 2}, "the tags")
        await pilot.press("g", "*")
        await until(pilot, lambda: marks.counts().starred == 1, "the star")
        await pilot.press("G", "A")
        await until(pilot, lambda: marks.counts().archived == 1 and len(screen.shelf.rows) == 2, "put away")
        await pilot.press("g", "space", "space", "x")
        await until(pilot, lambda: len(screen.shelf.rows) == 0, "deleted")
        for expected in (2, 3):
            await pilot.press("u")
            await until(pilot, lambda expected=expected: len(screen.shelf.rows) == expected, "brought back")
        await pilot.press("u", "u")
        await until(pilot, lambda: marks.tags() == {} and marks.counts().starred == 0, "all undone")
        screen.shelf.select(f"id:{shelf['River levels']}")
        await pilot.press("x")
        await until(pilot, lambda: len(screen.shelf.rows) == 2, "deleted")
    with Library(home.library) as library:
        assert sorted(entry.title for entry in library.entries()) == ["Harbour plan", "Night train"]
        assert library.get(shelf["River levels"]) is None


async def test_a_search_of_all_articles_opens_at_the_place(home, shelf, opened, until):
    async with opened(home, size=(100, 30), config=QUIET) as (pilot, screen):
        await pilot.press("8", *"dyke")
        search = pilot.app.screen
        assert isinstance(search, QueryScreen)
        await until(
            pilot, lambda: [row.words for row in search.answers.rows] == ["Night train", "Harbour plan"], "both"
        )
        await pilot.press(*"s (")
        problem = search.query_one("#query-problem", Static)
        await until(pilot, lambda: "      ^ this parenthesis" in str(problem.render()), "what is wrong")
        counted = search.query_one("#query-status", Static)
        assert not search.answers.rows and not str(counted.render())
        await pilot.press("backspace")
        await until(pilot, lambda: len(search.answers.rows) == 2, "both again")
        assert "2 found" in str(counted.render())
        await pilot.press("down", "enter")
        await until(pilot, lambda: screen.reading.article.title == "Harbour plan", "the article")
        article = screen.reading.article
        await until(pilot, lambda: "dykes" in article.text[slice(*screen.reader.sentence)], "the place")
        await pilot.press("8")
        await until(pilot, lambda: isinstance(pilot.app.screen, QueryScreen), "the search again")
        line = pilot.app.screen.query_one(Input)
        assert (line.value, line.selected_text) == ("dykes ", "dykes ")
        await pilot.press(*"train")
        await until(pilot, lambda: len(pilot.app.screen.answers.rows) == 1, "another answer")
        await pilot.press("tab", "tab", "!")
        assert line.value == "train!"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the question for a name")
        await pilot.press("enter")
        await until(pilot, lambda: Marks(screen.desk.library.file).searches(), "the saved search")
        assert line.value == "train!"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen, "back")


async def test_all_notes_are_filtered_and_open_at_the_highlight(home, shelf, opened, until):
    with Library(home.library) as library:
        for title, colour, word in (("Harbour plan", 2, "dykes"), ("Night train", 1, "Lindhaven")):
            article = library.get(shelf[title])
            start = article.text.index(word)
            marked = Notebook(home, article).add_highlight((start, start + len(word)), colour, ["todo"])
        Notebook(home, article).add_note("Ask the driver.", marked.id)
    async with opened(home, size=(100, 30), config=QUIET) as (pilot, screen):
        await pilot.press("6")
        notes = pilot.app.screen
        await until(pilot, lambda: len(notes.answers.rows) == 2, "both")
        notes.query_one(Input).value = "said:lind"
        problem = notes.query_one("#query-problem", Static)
        await until(pilot, lambda: "notes have no “said:”" in str(problem.render()), "what is wrong")
        notes.query_one(Input).value = "tag:todo -driver color:red title:harbour after:2d"
        await until(pilot, lambda: len(notes.answers.rows) == 1, "the one")
        await pilot.press("enter")
        await until(pilot, lambda: screen.reading.article.title == "Harbour plan", "the article")
        await until(pilot, lambda: screen.reader.emphasis is not None, "the place")
        assert screen.reading.article.text[slice(*screen.reader.emphasis)] == "dykes"


async def test_what_is_dropped_on_the_window_is_added_and_opened(home, shelf, tmp_path, opened, until):
    path = tmp_path / "a report.txt"
    path.write_text("Dropped report\n\nOf dams.\n", encoding="utf-8")
    async with opened(home, config=QUIET) as (pilot, screen):
        screen.post_message(events.Paste(f"'{path}' "))
        await until(pilot, lambda: screen.reading.article.title == "Dropped report", "the article")
        screen.post_message(events.Paste("some words, no path"))
        await pilot.pause()
        assert screen.reading.article.title == "Dropped report"


async def test_a_long_shelf_fetches_what_is_looked_at(home, opened, until):
    with Library(home.library) as library:
        library.add(make_article(f"Text {number} of many.", source=f"/{number}") for number in range(5 * PAGE))
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) == 5 * PAGE, "the shelf")
        await until(pilot, lambda: screen.shelf.rows[0].words, "its first row")
        assert not screen.shelf.shelf._books.get(screen.desk.keys[-1])
        await pilot.press("0", "G")
        await until(pilot, lambda: screen.shelf.row().words, "its last row")
        assert screen.shelf.rows[0].words.startswith("Text 499 ") and screen.shelf.row().words.startswith("Text 0 ")
        await pilot.press("enter", "K")
        await until(pilot, lambda: screen.reading.article.text == "Text 1 of many.", "the article before")


async def test_what_another_process_adds_comes_onto_the_shelf(home, shelf, opened, until):
    async with opened(home, size=(160, 40), config=QUIET) as (pilot, screen):
        await filled(pilot, until, screen)
        await screen.look_at_library().wait()
        with Library(home.library) as library:
            library.add([make_article("News\n\nOf dams.", source="/news")])
        await screen.look_at_library().wait()
        await filled(pilot, until, screen, 4)
        assert titles(screen)[0].startswith("News")


def test_a_book_is_three_lines_and_shows_its_state():
    book = Book("k", "Title\x1b[31m", "The Desk", 0.42, open=True, unread=True, starred=True, tags=("dam",))
    lines = ["".join(text for text, _ in line) for line in book_lines(book, 40)]
    assert len(lines) == 3 and lines[0].startswith("▸ Title␛[31m")
    assert "The Desk #dam" in lines[1] and lines[1].endswith("★ 42%") and not lines[2]
    lines = ["".join(text for text, _ in line) for line in book_lines(replace(book, title="Title " * 9), 40)]
    assert len(lines) == 3 and lines[1].startswith("  Title") and "The Desk #dam" in lines[2]
    assert book_lines(book, 40, chosen=True)[0][0][0] == "✓ "


def test_rows_are_made_when_they_are_looked_at():
    wanted: list[int] = []
    rows = ShelfRows([], Stack(f"id:{number}" for number in range(100_000)), wanted.append)
    assert rows[99_999].words == "" and wanted == [99_999 // PAGE]
    rows.fill([Book("id:99999", "Last")])
    assert rows[99_999].words == "Last" and rows.place("id:99999") == 99_999


@pytest.mark.parametrize("width", [20, 33, 60, 200])
def test_an_excerpt_marks_its_words_at_every_width(width):
    from store.contexts import context, wanted
    from store.query_parser import parse

    text = "Long ago in Lindhaven the dykes broke. " * 6
    found = context(text, wanted(parse("lindhaven dykes")))
    lines = excerpt_lines(found, width)
    assert 1 <= len(lines) <= 2
    marked = [words for line in lines for words, style in line if style == "marked-word"]
    assert marked and all("Lindhaven dykes".find(words.rstrip("…")) in (0, 10) for words in marked)


async def test_what_is_common_is_shown_before_it_is_counted(home, shelf, opened, until):
    with Library(home.library) as library:
        library.add(make_article(f"Ferry {number} left.", source=f"/{number}") for number in range(520))
    async with opened(home, size=(100, 30), config=QUIET) as (pilot, screen):
        said, search_all = [], screen.desk.count
        screen.desk.count = lambda typed: said.append(len(search.answers.rows)) or search_all(typed)
        await pilot.press("8")
        search = pilot.app.screen
        await pilot.press(*"ferry")
        counted = search.query_one("#query-status", Static)
        await until(pilot, lambda: "the first 500 of 520" in str(counted.render()), "how many there are")
        assert {*said} == {500} and len(search.answers.rows) == 500


async def test_articles_that_are_not_analysed_are_told_beside_the_count(home, shelf, opened, until):
    async with opened(home, size=(100, 30), config=QUIET) as (pilot, _):
        await pilot.press("8")
        search = pilot.app.screen
        status = search.query_one("#query-status", Static)
        search.query_one("#query").value = "number>1"
        await until(pilot, lambda: "not analysed yet; done" in str(status.render()), "what is not analysed")
        search.query_one("#query").value = "ferry"
        await until(pilot, lambda: search._shown == "ferry", "the answers")
        assert "analysed" not in str(status.render())


@pytest.mark.parametrize("action", ["search_all", "all_notes"])
async def test_what_is_typed_at_once_is_for_the_search(home, shelf, opened, until, action):
    async with opened(home, size=(100, 30), config=QUIET) as (pilot, screen):
        await screen.run_action(action)
        assert isinstance(pilot.app.screen, QueryScreen)
        await pilot.press(*"axt")
        assert pilot.app.screen.query_one(Input).value == "axt"
