"""The search of all articles: a query, and the articles that answer it with the words in context, best first."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from store.errors import BriefbookError
from tui.panes.answers import HIT_HEIGHT, hit_rows
from tui.panes.row import Row
from tui.screens.ask import AskScreen
from tui.screens.querying import Chosen, QueryScreen


class SearchAllScreen(QueryScreen):
    """Gives the article that was chosen, and where in it the words stand."""

    TITLE_WORDS = "Search all articles"
    HINT = "Enter opens · ↑ ↓ move · Tab list · ctrl+s saves the search · Esc leaves"
    START = (
        'harbour strike · "fair offer" · strik* · -river · strike or walkout · title: · source: · tag: · is:unread'
        " · is:starred · is:archived · has:note · color:red · after:2025-04 · before:7d · actor:brandt"
        " · said:brandt quote:offer · number>5e9 · number:usd"
    )
    ROW_HEIGHT = HIT_HEIGHT
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", priority=True), Binding("S", "save")]

    def rows(self, typed: str, limit: int) -> list[Row]:
        """The articles."""
        return hit_rows(self.desk.find(typed, limit))

    def count(self, typed: str) -> int:
        """How many articles answer."""
        return self.desk.count(typed)

    def lacking(self, typed: str) -> int:
        """How many articles have to be analysed first."""
        return self.desk.lacking(typed) if typed.strip() else 0

    def chosen(self, row: Row) -> Chosen:
        """The article, at the first of the words."""
        return Chosen(row.key, row.places[0][0])

    @work(group="dialog", exclusive=True)
    async def action_save(self) -> None:
        """Keep the query under a name; it stands in the shelf from then on."""
        if not self.typed.strip():
            return
        name = await self.app.push_screen_wait(AskScreen("Save this search as", self.typed, "it stands in the shelf"))
        if not name:
            return
        try:
            await self.desk.call(self.desk.save_search, name, self.typed)
        except BriefbookError as error:
            self.say(str(error))
        else:
            self.say(f"Saved as {name}; it stands in the shelf")
