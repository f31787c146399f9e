"""The preview: it comes when the cursor of the shelf rests, changes nothing, and goes with the shelf."""

import pytest
from textual.app import App

from store.article import make_article
from store.home import Config
from store.library import Library
from tui.screens.preview import Preview

pytestmark = pytest.mark.usefixtures("without_worker")

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.fixture
def shelf(home):
    """Three articles; the last one was read to its half."""
    texts = (
        "Harbour plan\n\nThe council met.\n\nRead more: the plan.",
        "River levels\n\nThe board measured.",
        "Night train",
    )
    with Library(home.library) as library:
        made = [one.article for one in library.add(make_article(text, source=f"/{text[:5]}") for text in texts)]
        library.keep_position(made[2].id, 3, 0.5)
    return made


def shown(screen) -> str:
    """What the preview shows, if it is to be seen."""
    if not screen.preview.display or screen.preview.region.width < 20:
        return ""
    width = screen.preview.size.width
    return "\n".join("".join(text for text, _ in line) for line in screen.preview.lines(width))


@pytest.mark.parametrize("size", SIZES)
async def test_the_article_under_a_resting_cursor_is_previewed_and_nothing_is_done_to_it(
    home, shelf, opened, until, size
):
    async with opened(home, size=size, config=Config(analyse_ahead=False)) as (pilot, screen):
        library, asked = screen.desk.library, []
        screen.client.ask = asked.append
        await until(pilot, lambda: len(screen.shelf.rows) == 3 and screen.shelf.rows[0].words, "the shelf")
        before = [library.entries_of([article.id])[0] for article in shelf[:2]]
        place, open_key = screen.reader.position, screen.key
        assert screen.focused is screen.shelf and not shown(screen)
        await pilot.press("j")
        await until(pilot, lambda: "The board measured." in shown(screen), "the preview")
        assert "Enter opens it" in shown(screen) and "River levels" in shown(screen).split("\n")[0]
        body, preview, beside = screen.query_one("#body").region, screen.preview.region, screen.shelf.region
        assert preview.x >= beside.right and body.contains_region(preview)
        await pilot.press("j")
        await until(pilot, lambda: "The council met." in shown(screen), "the next one")
        await pilot.press("escape")
        await until(pilot, lambda: not shown(screen) and screen.focused is screen.reader, "the text again")
        assert (screen.reader.position, screen.key) == (place, open_key)
        assert {article.id for article in asked} <= {shelf[2].id}
        assert [library.entries_of([article.id])[0] for article in shelf[:2]] == before  # not the open one
        await pilot.press("0", "k", "k", "j")
        await until(pilot, lambda: "The board measured." in shown(screen), "the preview")
        await pilot.press("enter")
        await until(pilot, lambda: screen.reading.article.title == "River levels" and not shown(screen), "the article")


async def test_what_is_open_or_moved_to_is_not_covered(home, shelf, opened, until):
    async with opened(home, size=(120, 40), config=Config(analyse_ahead=False)) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) == 3 and screen.shelf.rows[0].words, "the shelf")
        await pilot.press("j")
        await until(pilot, lambda: shown(screen), "the preview")
        await pilot.press("k")
        await until(pilot, lambda: not shown(screen), "what is open")
        await pilot.press("j")
        await until(pilot, lambda: shown(screen), "the preview")
        await pilot.press("J")
        await until(pilot, lambda: screen.reading.article.title == "River levels" and not shown(screen), "the next one")
        await pilot.press("j")
        await until(pilot, lambda: "The council met." in shown(screen), "the preview")
        screen.reader.go_to((0, 5))
        await until(pilot, lambda: not shown(screen), "the place gone to")
        await pilot.press("k", "j")
        await until(pilot, lambda: "The council met." in shown(screen), "the preview")
        assert await pilot.click(screen.preview)
        await until(pilot, lambda: screen.reading.article.title == "Harbour plan", "the article that was clicked on")


async def test_it_can_be_turned_off(home, shelf, opened, until):
    async with opened(home, config=Config(analyse_ahead=False, preview=False)) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) == 3 and screen.shelf.rows[0].words, "the shelf")
        await pilot.press("j")
        await pilot.pause(0.3)
        assert not shown(screen)


async def test_a_preview_of_a_long_and_hostile_text_is_short_and_acts_nowhere():
    class Showing(App[None]):
        def compose(self):
            yield Preview(id="preview")

    app = Showing()
    async with app.run_test(size=(60, 20)):
        preview = app.query_one(Preview)
        preview.styles.height = 20
        text = "\x1b]0;owned\x07 [b]bold[/b]\n\n" + "word " * 100_000
        preview.show("k", make_article(text, title="[/x] \x1b[31m", furniture={(0, 10)}), "")
        lines = ["".join(text for text, _ in line) for line in preview.lines(60)]
        assert "\x1b" not in "".join(lines) and "[b]bold[/b]" in "".join(lines) and len(lines) <= 20
