"""Analysing ahead: what came into the library is analysed in the background, most wanted first, while nothing else is.

A side of the reader screen. The open article always comes before; what is found is kept, so that each text is
analysed once for each extractor and model.
"""

from typing import Any

from textual import work

from store.article import Article
from store.errors import BriefbookError
from tui.client import Answer, Client
from tui.screens.laying import Laying

LOOK_EVERY = 5.0
"""Seconds between looks at what other processes put into the library."""
_AT_ONCE = 4
"""Articles that are fetched from the library together."""


class Ahead(Laying):
    """The side of the reader screen that has articles analysed before they are opened."""

    client: Client

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._ahead: dict[str, Article] = {}
        self._not_again: list[str] = []
        """The ids of articles that are not asked for again, whether there is an analysis by now or there cannot be."""

    @work(exclusive=True, group="ahead")
    async def analyse_ahead(self) -> None:
        """Ask for the next articles that nobody analysed yet, if there are any."""
        stamp = self.desk.stamp
        if stamp is None or not self.desk.config.analyse_ahead or self._ahead:
            return
        try:
            found = await self.desk.call(self.desk.unanalysed, stamp, self._not_again, _AT_ONCE)
            left = await self.desk.call(self.desk.library.count_unanalysed, stamp) if found else 0
        except BriefbookError:
            return
        self._ahead = {article.text_hash: article for article in found}
        for article in found:
            self.client.ask_later(article)
        self._say_ahead(left)

    @work(exclusive=True, group="library")
    async def look_at_library(self) -> None:
        """Have the shelf show what another process put into the library, if one did."""
        try:
            changed = await self.desk.call(self.desk.library.file.changed_outside)
        except BriefbookError:
            return
        if changed:
            await self.refill_shelf()
            self.shelf.shelf.forget()
            self.shelf.redraw()
            self.analyse_ahead()

    def _say_ahead(self, left: int) -> None:
        self.status.set_work(f"Analysing the library: {left:,} to go" if left else "")

    def told_ahead(self, article: Article, answer: Answer) -> bool:
        """Take in an answer; True when it was about an article that was asked for ahead."""
        # The worker is asked last, and knows: the program may have been updated, or a model fetched, since the start.
        self.desk.stamp = answer.get("stamp") or self.desk.stamp
        if article.text_hash not in self._ahead:
            return False
        if "error" in answer:
            self._not_again.append(article.id)
            if answer.get("missing"):
                self._ahead.clear()
                return True
        if "error" in answer or "analysis" in answer:
            del self._ahead[article.text_hash]
        if "error" in answer and not self._ahead:
            self.analyse_ahead()
        return True
