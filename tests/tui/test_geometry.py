"""The article stands where `tui.geometry` says, at every size: the first page relies on it."""

from pathlib import Path

import pytest

from store.home import Home
from tui import geometry

pytestmark = pytest.mark.usefixtures("without_worker")

SIZES = [
    (80, 24),
    (40, 14),
    (40, 10),
    (60, 17),
    (60, 18),
    (99, 35),
    (99, 36),
    (100, 30),
    (120, 40),
    (139, 50),
    (140, 40),
    (200, 60),
    (61, 47),
]


@pytest.mark.parametrize("size", SIZES)
async def test_the_article_stands_where_it_was_said_to(home: Home, folder: Path, opened, size) -> None:
    async with opened(home, folder / "2-river.txt", size=size) as (pilot, screen):
        await pilot.pause()
        region = screen.query_one("#article").region
        assert geometry.article(*size) == (region.x, region.y, region.width, region.height)


@pytest.mark.parametrize("side", [20, 34, 60, 88])
async def test_it_does_when_the_panes_were_made_wider_or_narrower(home: Home, folder: Path, opened, side) -> None:
    home.state.write_text(f'{{"side": {side}}}', encoding="utf-8")
    async with opened(home, folder / "2-river.txt", size=(120, 30)) as (pilot, screen):
        await pilot.pause()
        region = screen.query_one("#article").region
        assert geometry.article(120, 30, side) == (region.x, region.y, region.width, region.height)


@pytest.mark.parametrize("size", [(39, 30), (40, 9), (100, 9), (1, 1), (0, 0)])
def test_a_screen_may_be_too_small(size: tuple[int, int]) -> None:
    assert geometry.article(*size) is None
