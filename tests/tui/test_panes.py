"""The panes by mouse, and what their own keys do: scroll, choose a tab, mark a row's highlight, take out everywhere."""

from textual import events

from store.everywhere import everywhere
from store.home import Config
from store.notebook import Notebook
from tui.panes.list_pane import ListPane
from tui.reader.surface import Reader
from tui.screens.pick import PickScreen

QUIET = Config(fetch_model=False)


def scrolled(pane: ListPane, event: type[events.MouseScrollDown] | type[events.MouseScrollUp]) -> int:
    """Turn the wheel over the pane once; the line at its top before that."""
    pane.post_message(event(pane, 1, 1, 0, 0, 0, False, False, False))
    return pane.scroll_offset.y


def test_the_handlers_of_the_wheel_are_the_list_panes_own():
    assert {"on_mouse_scroll_down", "on_mouse_scroll_up"} <= set(dir(ListPane))


async def test_the_wheel_scrolls_a_list_and_leaves_its_cursor(home, tmp_path, opened, until):
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Passage {number} of many." for number in range(60)), encoding="utf-8")
    async with opened(home, path, config=QUIET) as (pilot, screen):
        notebook = Notebook(home, screen.reading.article)
        for start, end in screen.reading.article.paragraphs[:60]:
            notebook.add_highlight((start, end))
        pane = screen.pane("notes")
        await until(pilot, lambda: pane.count == 60, "the highlights")
        await until(pilot, lambda: scrolled(pane, events.MouseScrollDown), "the rows below")
        assert pane.cursor == 0
        await until(pilot, lambda: not scrolled(pane, events.MouseScrollUp), "the first row")


async def test_a_click_on_a_tab_brings_its_pane_to_the_front(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", size=(80, 24)) as (pilot, screen):
        words = "".join(segment.text for segment in screen.tabs.render_line(0))
        for name, index in (("Numbers", 1), ("Notes", 3), ("Actors", 0)):
            await pilot.click("#tabs", offset=(words.index(name), 0))
            await until(pilot, lambda index=index: screen.active == list(screen.things)[index], name)
            words = "".join(segment.text for segment in screen.tabs.render_line(0))


async def test_a_highlight_is_tagged_and_coloured_in_its_list(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("H")
        await until(pilot, lambda: screen.pane("notes").count, "the highlight")
        await pilot.press("5", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the colours")
        await pilot.press("3")
        await until(pilot, lambda: screen.reading.notebook.highlights[0].colour == 3, "the colour")
        await pilot.press("t", *"port, dues", "enter")
        await until(pilot, lambda: screen.reading.notebook.highlights[0].tags == ("port", "dues"), "the tags")


async def test_an_actor_is_taken_out_of_every_article_and_comes_back(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        pane = screen.pane("actors")
        await until(pilot, lambda: pane.count, "the actors")
        count, name = pane.count, screen.reading.analysis.actors[0].name
        await pilot.press("2", "X")
        await until(pilot, lambda: pane.count == count - 1, "the row gone")
        assert "everywhere" in screen.status.message
        assert [one.name for _, one in everywhere(home)] == [name]
        await pilot.press("u")
        await until(pilot, lambda: pane.count == count, "the row back")
        assert everywhere(home) == ()


async def test_another_articles_list_begins_at_its_top(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", analysed / "2-river.txt") as (pilot, screen):
        pane = screen.pane("numbers")
        await until(pilot, lambda: pane.count, "the figures")
        await pilot.press("3", "s", "s", "G", "1", "J")
        await until(pilot, lambda: "River" in screen.reading.article.title and pane.count, "the other article")
        assert pane.order == "size"
        assert pane.cursor == 0 and pane.scroll_offset.y == 0


async def test_a_figure_that_cannot_be_read_is_asked_for_again_as_it_was_typed(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await until(pilot, lambda: screen.pane("numbers").count, "the figures")
        await pilot.press("3", "R")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        first = pilot.app.screen
        first.query_one("#answer").value = "no idea"
        await pilot.press("enter")
        await until(
            pilot, lambda: isinstance(pilot.app.screen, PickScreen) and pilot.app.screen is not first, "it again"
        )
        assert "is not a figure" in str(pilot.app.screen.query("Label").first().render())
        pilot.app.screen.query_one("#answer").value = "$7bn"
        await pilot.press("enter")
        await until(pilot, lambda: screen.reading.analysis.numbers[0].value == 7_000_000_000, "the figure")


async def test_a_count_goes_from_the_status_line_with_the_key_that_it_is_for(home, analysed, opened, until):
    config = Config(preset="vim", fetch_model=False)
    async with opened(home, analysed / "1-harbour.txt", config=config) as (pilot, screen):
        await pilot.press("3")
        await until(pilot, lambda: screen.status.message == "3", "the count")
        await pilot.press("j")
        await until(pilot, lambda: screen.status.message == "", "that it goes")


async def test_sorting_says_what_it_does_not_sort(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", analysed / "2-river.txt", size=(200, 60)) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) >= 2, "the shelf")
        await pilot.press("0", "s")
        await until(pilot, lambda: "named at the start stays in front" in screen.status.message, "the sentence")


async def test_a_click_on_a_highlight_brings_its_row_into_sight(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt", size=(80, 24)) as (pilot, screen):
        at(screen, "Tomas Reyes")
        await pilot.press("H", "g", "H")
        pane = screen.pane("notes")
        await until(pilot, lambda: pane.count == 2, "the highlights")
        last = max(screen.reading.notebook.placed(), key=lambda placed: placed.span)
        assert screen.active != "notes"
        screen.reader.post_message(Reader.Clicked(last.span[0] + 1, 1))
        await until(pilot, lambda: screen.active == "notes" and pane.row().key == last.highlight.id, "its row")
        assert screen.focused is screen.reader
