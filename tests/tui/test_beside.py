"""Work that is not waited for: its result and its error arrive, and leaving waits for neither."""

import asyncio
import threading

import pytest

from tui.beside import beside


async def test_what_it_gives_and_what_it_raises_arrives() -> None:
    assert await beside("{} {}".format, "one", 2) == "one 2"
    with pytest.raises(ZeroDivisionError):
        await beside(lambda: 1 / 0)


def test_leaving_waits_for_nothing() -> None:
    gate, ended = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait()
        ended.set()

    async def leave() -> None:
        asyncio.create_task(beside(work))  # noqa: RUF006 (it is left behind on purpose)
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert not ended.is_set()
    gate.set()
    assert ended.wait(60)
