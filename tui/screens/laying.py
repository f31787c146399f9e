"""Laying out what was named: every source is read, and of one that holds several articles all come onto the shelf. A
side of the reader screen.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath
from time import monotonic

from store.errors import BriefbookError
from store.gathering import BATCH, Outcome
from store.shelving import Shelved
from tui.beside import beside
from tui.screens.shelving import Shelving

_DRAW_EVERY = 0.1
"""Seconds between drawings of titles that have become known."""


class Laying(Shelving):
    """The side of the reader screen that lays out what was named on the command line."""

    async def lay_named(self) -> None:
        """Read what was named; the shelf is drawn at once, with titles as they are known, and as a whole in the end."""
        await self.refill_shelf()
        named, drawn = list(self.desk.named), monotonic()
        for key in named:
            try:
                if await self.desk.call(self.desk.has_more, key):
                    await self._lay_rest(key)
            except BriefbookError as error:
                self.status.say(str(error), alert=True)
            if monotonic() - drawn > _DRAW_EVERY:
                self.redraw_books(named)
                drawn = monotonic()
        if len(named) > 1:
            self.redraw_books(named)
            self.desk.groups = None
            await self.refill_shelf()

    async def _lay_rest(self, key: str) -> None:
        """Lay out all articles of a source but the first; reading them keeps nothing waiting."""
        outcomes = self.desk.more_of(key)
        behind, laid, failures = key, 1, list[BriefbookError]()
        while batch := await beside(_next, outcomes):
            failures += [one for one in batch if isinstance(one, BriefbookError)]
            ids = [one.article.id for one in batch if isinstance(one, Shelved)]
            behind = await self.desk.call(self.desk.lay_behind, behind, ids)
            if laid == 1:
                await self.refill_shelf()
            laid += len(ids)
            self.status.say(f"Laying out {_name(key)}: {laid:,} articles so far …")
        await self.refill_shelf()
        more = f"; {len(failures):,} cannot be read, the first: {failures[0]}" if failures else ""
        self.status.say(f"{laid:,} articles in {_name(key)}{more}", alert=bool(failures))


def _next(outcomes: Iterator[Outcome]) -> list[Outcome]:
    return list(islice(outcomes, BATCH))


def _name(key: str) -> str:
    """What a source is called in a sentence."""
    return "standard input" if key == "-" else PurePath(key).name or key
