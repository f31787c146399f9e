"""From anywhere in the library to a place in an article: the search of all articles, all notes, and what is dropped on
the window. A side of the reader screen.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work

from store.errors import BriefbookError
from store.intake import is_url
from store.shelving import Shelved
from tui.beside import beside
from tui.screens.asking import Asking
from tui.screens.querying import Chosen

if TYPE_CHECKING:
    from tui.screens.all_notes import AllNotesScreen
    from tui.screens.search_all import SearchAllScreen

_MOST_DROPPED = 4_000
"""Characters of a paste that may be a path or an address."""


class Finding(Asking):
    """The side of the reader screen that finds articles and opens them at a place."""

    _searched = ""
    _noted = ""

    async def open_at(self, article: str, start: int, highlight: str = "") -> None:
        """Open the article of that id at a place; `ReaderScreen` does it."""
        raise NotImplementedError

    async def action_search_all(self) -> None:
        """Search all articles, and open the one that is chosen."""
        from tui.screens.search_all import SearchAllScreen

        # Not in a worker: what is typed next is for the search already, and no command to the shelf.
        screen = SearchAllScreen(self.desk, self.keys, self._searched)

        def taken(chosen: Chosen | None) -> None:
            self._found(screen, chosen)

        await self.app.push_screen(screen, taken)

    async def action_all_notes(self) -> None:
        """Look through all highlights and notes, and open the one that is chosen."""
        from tui.screens.all_notes import AllNotesScreen

        screen = AllNotesScreen(self.desk, self.keys, self._noted)

        def taken(chosen: Chosen | None) -> None:
            self._found_note(screen, chosen)

        await self.app.push_screen(screen, taken)

    @work(group="dialog", exclusive=True)
    async def _found(self, screen: "SearchAllScreen", chosen: Chosen | None) -> None:
        self._searched = screen.typed
        await self._go(chosen)
        await self.refill_shelf()

    @work(group="dialog", exclusive=True)
    async def _found_note(self, screen: "AllNotesScreen", chosen: Chosen | None) -> None:
        self._noted = screen.typed
        await self._go(chosen)

    async def refill_shelf(self) -> None:
        """Have the shelf show what is in the library by now; `Shelving` does it."""
        raise NotImplementedError

    async def _go(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            await self.open_at(chosen.article, chosen.start, chosen.highlight)

    @work(exclusive=True, group="feeds")
    async def action_fetch_feeds(self) -> None:
        """Look at every feed that is followed; the servers are waited for beside the desk's thread."""
        feeds = await self.attempt(self.desk.followed, otherwise=None)
        if feeds is None:
            return
        if not feeds:
            self.status.say("No feeds are followed yet; `briefbook feeds add` follows one")
            return
        fresh, problems = 0, []
        for number, feed in enumerate(feeds, 1):
            self.status.say(f"Fetching feed {number:,} of {len(feeds):,}: {feed.title or feed.url} …")
            try:
                look = await beside(self.desk.look_at_feed, feed)
            except BriefbookError as error:
                problems.append(str(error))
                continue
            fresh += len(look.new)
            problems += [look.feed.problem] if look.feed.problem else []
        await self.refill_shelf()
        more = f"; {len(problems)} failed, the first: {problems[0]}" if problems else ""
        self.status.say(f"{fresh:,} new articles from {len(feeds):,} feeds{more}", alert=bool(problems))

    def on_paste(self, event: events.Paste) -> None:
        """A path or an address that is dropped on the window, or pasted, is added and opened."""
        source = _dropped(event.text)
        if source:
            event.stop()
            self._add(source)

    @work(group="add")
    async def _add(self, source: str) -> None:
        self.status.say(f"Adding {source} …")
        try:
            shelved, failures = await beside(self.desk.add, source)
        except BriefbookError as error:
            shelved, failures = [], [error]
        if failures:
            self.status.say(str(failures[0]), alert=True)
        if shelved:
            await self.refill_shelf()
            await self.open_at(shelved[0].article.id, -1)
            self.status.say(_added(shelved))


def _added(shelved: Sequence[Shelved]) -> str:
    words = f"Added {len(shelved)} articles" if len(shelved) > 1 else "Added"
    return f"{words}; what was imported before is marked in it" if any(one.was_stub for one in shelved) else words


def _dropped(text: str) -> str:
    """The path or address that a paste is; empty when it is something else."""
    source = text.strip().strip("'\"")
    if not source or len(source) > _MOST_DROPPED or "\n" in source:
        return ""
    if is_url(source) or source.startswith("file://"):
        return source
    source = source.replace("\\ ", " ")
    try:
        return source if Path(source).expanduser().is_absolute() and Path(source).expanduser().exists() else ""
    except (OSError, ValueError, RuntimeError):
        return ""
