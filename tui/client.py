"""The client of `store.worker`: starts the process that owns spaCy, gives it one article at a time, tells what it says.

Runs in the app's event loop and touches no widget. A worker that dies is started again; an article that kills it twice
is reported and not tried again.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from store.article import Article
from store.worker import article_json

LONGEST_LINE = 256 * 1024 * 1024
"""Bytes of one answer: an analysis of a million words is about 30 MB."""
MOST_DEATHS = 2
"""How often one article may kill the worker."""

_GRACE = 1.0
"""Seconds that the worker has to end by itself: in the middle of a download it stops that, too."""
_PATIENCE = 180.0
"""Seconds without a word from the worker after which an article counts as killing it; fetching says a word a second."""
_PATIENCE_A_WORD = 0.01

Answer = dict[str, Any]


class Client:
    """Asks for analyses. Every answer about an article goes to `tell(article, answer)`, in order."""

    def __init__(self, tell: Callable[[Article, Answer], None]) -> None:
        self._tell = tell
        self._waiting: list[Article] = []
        self._wake = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._number = 0

    def ask(self, article: Article) -> None:
        """Have `article` analysed next, before those that wait already."""
        self._waiting = [waiting for waiting in self._waiting if waiting.text_hash != article.text_hash]
        self._waiting.append(article)
        self._go_on()

    def ask_later(self, article: Article) -> None:
        """Have `article` analysed after all that wait already."""
        if all(waiting.text_hash != article.text_hash for waiting in self._waiting):
            self._waiting.insert(0, article)
        self._go_on()

    def _go_on(self) -> None:
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def close(self) -> None:
        """End the worker; nothing is told any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._end()

    async def _work(self) -> None:
        while True:
            while not self._waiting:
                self._wake.clear()
                await self._wake.wait()
            await self._analyse(self._waiting.pop())

    async def _analyse(self, article: Article) -> None:
        for _ in range(MOST_DEATHS):
            try:
                if await self._exchange(article):
                    return
            except OSError as error:
                self._tell(article, {"error": f"The analysis could not be started ({error.strerror})"})
                return
            await self._end()
        self._tell(article, {"error": "This article stops the analysis; it can be read and annotated without"})

    async def _exchange(self, article: Article) -> bool:
        """Ask and pass on the answers; False when the worker died."""
        process = await self._started()
        if process.stdin is None or process.stdout is None:
            return False
        self._number += 1
        request = json.dumps({"id": self._number, "article": article_json(article)}) + "\n"
        with contextlib.suppress(ConnectionError):
            process.stdin.write(request.encode())
            await process.stdin.drain()
        patience = _PATIENCE + _PATIENCE_A_WORD * len(article.text) / 6
        while line := await _within(patience, process.stdout.readline()):
            try:
                answer: Answer = json.loads(line)
            except ValueError:
                return False  # it died in the middle of an answer
            if answer.get("id") != self._number:
                continue
            self._tell(article, answer)
            if "analysis" in answer or "error" in answer:
                return True
        return False

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                # Nothing in the folder that briefbook was started in may pass for a module of ours.
                "-P",
                "-m",
                "store.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=LONGEST_LINE,
                # Ctrl-C in an editor that briefbook started is not meant for it.
                start_new_session=True,
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for end in (process.terminate, process.kill):
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    end()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_GRACE):
                        await process.wait()


async def _within(seconds: float, line: Awaitable[bytes]) -> bytes:
    """The line; nothing when it does not come in time, as from a worker that died.

    Not by `asyncio.wait_for`: in Python 3.11 it forgets that it was cancelled when the line comes at that moment, and
    the client would never end.
    """
    try:
        async with asyncio.timeout(seconds):
            return await line
    except TimeoutError:
        return b""
