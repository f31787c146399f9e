"""The help screen at the widths of real terminals: its words hang in a column, and none of them is lost."""

import pytest
from textual.containers import VerticalScroll
from textual.content import Content

from store.home import Config
from tui.actions import ACTIONS
from tui.keymaps import PRESETS, keymap
from tui.panes.lines import width_of
from tui.screens.help import TITLES, Hanging, hanging, help_content


def plain(line: Content, width: int) -> list[str]:
    return [piece.plain for piece in hanging(line, width)]


def test_words_hang_beside_the_keys_or_beneath_them():
    line = Content.assemble(("  j  down       ", "bold"), "Go one line down in the text, or in the list that is active")
    assert plain(line, 90) == [line.plain]
    assert plain(line, 46) == [
        "  j  down       Go one line down in the text,",
        "                or in the list that is active",
    ]
    assert plain(line, 30) == [
        "  j  down",
        "      Go one line down in the",
        "      text, or in the list",
        "      that is active",
    ]
    assert plain(Content("  ? the machine is not sure"), 16) == ["  ? the machine", "  is not sure"]
    assert plain(Content(""), 16) == [""]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("width", [30, 74, 84])
def test_no_line_of_the_help_is_wider_than_there_is_room(preset, width):
    body = help_content(keymap(preset), ("shelf", "lists", "everywhere"))
    pieces = [piece for line in body.split("\n") for piece in plain(line, width)]
    assert all(width_of([(piece, "")]) <= width for piece in pieces)
    words = " ".join(" ".join(pieces).split())
    assert all(" ".join(action.help.split()) in words for action in ACTIONS)


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_the_help_hangs_on_the_screen(home, folder, opened, width):
    async with opened(home, folder, size=(width, 30), config=Config(fetch_model=False)) as (pilot, screen):
        await pilot.press("?")
        await pilot.pause()
        body = pilot.app.screen.query_one(Hanging)

        def check() -> None:
            lines = [body.render_line(y).text.rstrip() for y in range(body.size.height)]
            words = lines[1 : lines.index("")]
            column = 6 if body.size.width < 50 else 26
            hung = [line for line in words if line.startswith(" " * 6)]
            assert all(line.startswith(" " * column) and line[column] != " " for line in hung)
            assert all(line[:2] == "  " and line[2] != " " for line in words if line not in hung)
            assert set(TITLES.values()) <= set(lines) and lines[-1].endswith("row")

        check()
        scroll = pilot.app.screen.query_one(VerticalScroll)
        await pilot.press("j", "j")
        assert scroll.scroll_y == 2
        await pilot.press("G")
        assert scroll.scroll_y == scroll.max_scroll_y > 100
        await pilot.resize_terminal(160 - width, 30)
        await pilot.pause()
        check()
        await pilot.press("/", *"keys")
        await pilot.pause()
        assert "Show the keys of this place" in body.content.plain and len(body.content.split("\n")) < 20
        await pilot.press("enter", "q")
        assert pilot.app.screen is screen
