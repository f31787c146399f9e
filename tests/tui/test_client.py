"""The client of the worker ends when it is told to, at whatever moment."""

import asyncio

import pytest

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
