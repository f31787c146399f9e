"""A library that fails under the shelf: each thing that is done there says so, and the app goes on."""

from dataclasses import replace

import pytest

from store.article import make_article
from store.errors import LibraryError
from store.home import Config, Home
from store.library import Library
from tui.panes.heads import group_key
from tui.screens.ask import AskScreen

pytestmark = pytest.mark.usefixtures("without_worker")

QUIET = Config(fetch_model=False, analyse_ahead=False)


@pytest.fixture
def grouped(home: Home) -> None:
    """Four articles of two folders."""
    with Library(home.library) as library:
        library.add(
            make_article(f"Text {n} of it.", source=f"/data/{folder}/{n}.txt") for n, folder in enumerate("aabb")
        )


def fail(*_: object) -> None:
    raise LibraryError("the library failed (disk I/O error)", "articles.sqlite")


async def shown(pilot, until, screen) -> None:
    await until(pilot, lambda: screen.shelf.shelf.heads and len(screen.shelf.shelf.heads) < len(screen.shelf.rows))
    screen.status.say("")


async def said(pilot, until, screen) -> None:
    await until(pilot, lambda: "the library failed (disk I/O error)" in screen.status.message, "what is wrong")
    assert pilot.app.is_running and pilot.app._exception is None


@pytest.mark.parametrize(
    ("method", "action"),
    [("ids_of", "star_book"), ("turn", "read_book"), ("ids_of", "delete_book"), ("ids_of", "tag_book"),
     ("tags_of", "tag_book"), ("throw_away", "delete_book")],
)  # fmt: skip
async def test_what_is_done_with_articles(home, grouped, opened, until, monkeypatch, method, action):
    async with opened(home, config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        monkeypatch.setattr(screen.desk, method, fail)
        screen._do_with_books(list(screen.desk.keys[:2]), action)
        await said(pilot, until, screen)
        assert not screen._undoing and not isinstance(pilot.app.screen, AskScreen)


async def test_what_is_done_with_a_group(home, grouped, opened, until, monkeypatch):
    async with opened(home, config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        monkeypatch.setattr(screen.desk, "keys_in", fail)
        key = next(group_key(group) for group in screen._groups() if group.query)
        screen._do_with_head(key, "archive_book")
        await said(pilot, until, screen)


async def test_what_cannot_be_taken_back_can_be_later(home, grouped, opened, until):
    async with opened(home, config=QUIET) as (pilot, screen):
        await shown(pilot, until, screen)
        ids = screen.desk.ids_of(screen.desk.keys[:1])
        screen._do_with_books(list(screen.desk.keys[:1]), "star_book")
        await until(pilot, lambda: screen.desk.marks.states(ids, "starred") == {ids[0]: True}, "the star")
        step = screen._undoing[0]
        failing = [fail, step.undo]
        screen._undoing[:] = [replace(step, undo=lambda: failing.pop(0)())]
        screen.shelf.focus()
        await pilot.press("u")
        await said(pilot, until, screen)
        await pilot.press("u")
        await until(pilot, lambda: screen.desk.marks.states(ids, "starred") == {ids[0]: False}, "no star")
