"""The client of the worker ends when it is told to, at whatever moment."""

import asyncio

import pytest

from store.article import make_article
from store.library import Library
from tui import client


async def test_it_is_cancelled_even_when_the_answer_comes_at_that_moment() -> None:
    line: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(client._within(60, line))
    await asyncio.sleep(0)
    line.set_result(b"{}\n")
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_line_that_does_not_come_is_none() -> None:
    assert await client._within(0, asyncio.get_running_loop().create_future()) == b""


async def test_a_listener_that_fails_stops_neither_the_next_article_nor_the_end(home, monkeypatch) -> None:
    home.models.unlink(missing_ok=True)
    monkeypatch.setenv("BRIEFBOOK_HOME", str(home.root))
    home.config.write_text("fetch_model = false\n", encoding="utf-8")
    told: asyncio.Queue[str] = asyncio.Queue()

    def tell(article, answer) -> None:
        if "error" in answer:
            told.put_nowait(article.title)
            raise KeyError("stamp")

    asked = client.Client(tell)
    for title in ("First", "Second"):
        asked.ask(make_article(f"{title} report.", title=title))
        assert await told.get() == title
    await asked.close()


async def test_an_analysis_of_another_version_is_said(home, analysed, opened) -> None:
    async with opened(home, analysed / "1-harbour.txt") as (_, screen):
        screen.reading.raw = None
        screen.told(screen.reading.article, {"analysis": {"people": []}, "stamp": "of tomorrow"})
        assert "Start it again" in screen.pane("actors").empty


async def test_what_came_in_is_analysed_behind_the_open_article(home, opened, until) -> None:
    with Library(home.library) as library:
        library.add(
            make_article(f"{name} approved\n\nThe council of {name} met.", title=name) for name in ("Orn", "Sarn")
        )
    async with opened(home) as (pilot, screen):
        stamp = screen.desk.stamp
        await until(pilot, lambda: screen.desk.library.unanalysed(stamp, 9) == [], "all analyses")
        await until(pilot, lambda: "to go" not in screen.status.work, "that it says no more")
        assert screen.reading.analysis is not None
