"""What is named lies on the shelf: every article of a source that holds several, with the first one open at once; and
the shelf itself when nothing is named.
"""

import json

import pytest

from store import intake
from store.article import make_article
from store.home import Config
from store.library import Library
from tui.desk import Desk

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(analyse_ahead=False)


def titles(screen) -> list[str]:
    """What the shelf shows, in order."""
    return [row.words.partition(" · ")[0] for row in screen.shelf.rows]


@pytest.fixture
def several(tmp_path):
    """Three articles in one file, and a line between them that is none; behind it a file with one."""
    lines = [json.dumps({"title": f"Tide {number}", "text": f"High water at {number}."}) for number in (1, 2, 3)]
    inbox, single = tmp_path / "inbox.jsonl", tmp_path / "last.txt"
    inbox.write_text("\n".join([*lines[:2], "{broken", lines[2]]))
    single.write_text("Last of all\n\nIt ebbs.\n", encoding="utf-8")
    return inbox, single


async def test_all_articles_of_a_file_lie_on_the_shelf_in_its_order(home, several, opened, until):
    inbox, single = several
    with Library(home.library) as library:
        library.add([make_article("An older one.", source="/older"), intake.read(f"{inbox}#4")])
    for _ in range(2):
        async with opened(home, inbox, single, size=(160, 40), config=QUIET) as (pilot, screen):
            assert screen.reading.article.title == "Tide 1"
            await until(
                pilot,
                lambda screen=screen: (
                    [title.split(" inbox")[0].split(" last")[0] for title in titles(screen)][-5:]
                    == ["Tide 1", "Tide 2", "Tide 3", "Last of all", "An older one. older"]
                ),
                "all of them",
            )
            await until(pilot, lambda screen=screen: "3 articles in inbox.jsonl" in screen.status.message, "how many")
            assert "1 cannot be read" in screen.status.message and screen.status.alert
            await pilot.press("J", "J", "J")
            await until(pilot, lambda screen=screen: screen.reading.article.title == "Last of all", "the last one")


def test_what_comes_by_standard_input_is_laid_out_too(home, several):
    inbox, _ = several
    with inbox.open("rb") as stream:
        desk = Desk(home, QUIET, (), intake.begin_stdin(stream))
        try:
            key, reading = desk.first()
            assert reading.article.title == "Tide 1" and desk.has_more(key)
            ids = [one.article.id for one in desk.more_of(key) if not isinstance(one, Exception)]
            assert desk.lay_behind(key, ids) == f"id:{ids[-1]}" and not desk.has_more(key)
            assert desk.lay_behind(key, ids) == key
            desk.gather()
            assert [desk.article(one).title for one in desk.keys] == ["Tide 1", "Tide 2", "Tide 3"]
        finally:
            desk.close()


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_without_a_name_the_shelf_comes_first_where_one_left_off(home, size, opened, until):
    with Library(home.library) as library:
        made = library.add(make_article(f"Text {number}.", source=f"/{number}") for number in range(5))
        library.keep_position(made[2].article.id, 0, 0.5)
        library.add([make_article("A new one.", source="/new")])
    async with opened(home, size=size, config=QUIET) as (pilot, screen):
        await until(pilot, lambda: len(screen.shelf.rows) == 6 and screen.shelf.rows[0].words, "the shelf")
        assert screen.focused is screen.shelf and screen.shelf.display
        key = screen.key
        assert screen.shelf.row().key == key
        await pilot.press("enter")
        await until(pilot, lambda: screen.focused is screen.reader, "the text")
        assert screen.key == key


async def test_jumping_to_the_end_of_a_long_text_is_not_reading_it(home, tmp_path, opened, until):
    path = tmp_path / "long.txt"
    path.write_text("A long text\n\n" + "\n\n".join(f"Paragraph {number} says little." for number in range(80)))

    def entry(screen):
        return screen.desk.library.read_from(str(path))[0]

    async with opened(home, path, size=(80, 24), config=QUIET) as (pilot, screen):
        await pilot.press("v", "G", "escape")
        await screen._keep_position()
        assert screen.reader.progress == 1 and 0 < entry(screen).progress < 0.3 and not entry(screen).read
        before = entry(screen)
    async with opened(home, path, size=(80, 24), config=QUIET) as (pilot, screen):
        assert (screen.reader.position, screen.reader.seen) == (
            before.position,
            pytest.approx(before.progress, abs=0.1),
        )
        await pilot.press("g", *["space"] * 25)
        await until(pilot, lambda: screen.reader.seen == 1, "all of it")
        await screen._keep_position()
        assert entry(screen).read
