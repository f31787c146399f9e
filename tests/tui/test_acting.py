"""What the reader is told and offered while acting on a text: only what can be done, and what a key came to."""

import pytest

from tui.screens.menu import MenuScreen
from tui.screens.note import NoteScreen

WITHOUT = {"note", "tags", "copy", "copy_cited", "note_editor", "about"}
"""What the menu of a sentence always offers, of an article from a file."""


async def menu(pilot, until) -> set[str]:
    """What Enter on the sentence offers; the menu is left again."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, MenuScreen), "the menu")
    offered = {option.id for option in pilot.app.screen.query_one("OptionList").options}
    await pilot.press("escape")
    return offered


async def test_the_menu_offers_only_what_can_be_done(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        assert await menu(pilot, until) == WITHOUT | {"highlight"}
        await pilot.press("v", "w", "e", "3")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        assert await menu(pilot, until) == WITHOUT | {"highlight", "move_ends", "delete"}
        await pilot.press("H")
        await until(pilot, lambda: screen.pane("notes").count == 2, "the highlight of the sentence")
        assert await menu(pilot, until) == WITHOUT | {"move_ends", "delete"}


async def test_a_key_that_completes_nothing_says_which_ones_do(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        for keys, said in (
            (("c", "7"), "The colours are 1 yellow  2 red  3 green  4 blue  5 purple"),
            (("m", "-"), "A mark is a letter or a digit"),
            (("c", "escape"), ""),
        ):
            await pilot.press(*keys)
            await until(pilot, lambda said=said: screen.status.message == said, said or "nothing")


async def test_taking_out_an_actor_says_that_it_holds_here_only(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        actors = screen.pane("actors")
        await pilot.press("2")
        actors.select(next(actor.id for actor in screen.reading.analysis.actors if actor.name == "Tomas Reyes"))
        await pilot.press("x")
        said = "Tomas Reyes taken out, here only, and saved; u takes it back"
        await until(pilot, lambda: screen.status.message == said, said)


@pytest.mark.parametrize("size", [(40, 10), (45, 17), (80, 24)])
async def test_the_place_to_write_always_says_how_to_leave_it(home, analysed, size, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt", size=size) as (pilot, screen):
        at(screen, "“We have waited")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen), "the note's place")
        await pilot.pause()
        hint, place = pilot.app.screen.query_one(".dialog-hint").region, pilot.app.screen.query_one("#note").region
        assert place.height >= 3 and place.bottom <= hint.y and hint.bottom < size[1]
        await pilot.press("ctrl+t")
