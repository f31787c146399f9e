"""The shelf: drawing it, filtering it by queries, and what is done with its articles. A side of the reader screen.

What is done to articles here can be taken back with the undo key while the shelf is the active part, until the app is
left. Notes have an undo of their own, which no key of the shelf sets off: what it changed would be out of sight.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from textual import work

from store.entries import ORDERS
from store.errors import BriefbookError
from store.query import QueryError
from store.tags import tags_in
from tui.actions import action
from tui.panes.heads import SEARCH, is_article
from tui.panes.lines import clean
from tui.panes.row import Row
from tui.panes.shelf import ShelfRows
from tui.panes.shelf_pane import ShelfPane
from tui.screens.previewing import Previewing
from tui.screens.shelf_steps import TURNS, Step, Turn, articles, turned, turned_words

SHELF_ORDERS = tuple(ORDERS)


class Shelving(Previewing):
    """The side of the reader screen that has to do with the shelf."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._undoing: list[Step] = []
        self._redoing: list[Step] = []

    # --- drawing ---------------------------------------------------------------------------------------------

    async def refill_shelf(self) -> None:
        """Have the shelf show what is in the library by now."""
        try:
            await self.desk.call(self.desk.gather)
        except QueryError as error:
            self.status.say(_at_place(error), alert=True)
            return
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
            return
        await self.draw_shelf()
        if not self.shelf.filter:
            self.count_groups_soon()

    async def draw_shelf(self) -> None:
        """Draw the shelf anew, in the order of the desk; rows are fetched when they come into view."""
        shelf, desk, is_first = self.shelf, self.desk, not self.shelf.rows
        rows = ShelfRows(self.heads(), desk.keys, lambda page: self._fetch(rows, page))
        shelf.show(rows, "The shelf is empty." if not shelf.filter else "Nothing matches.")
        if is_first or not shelf.has_focus:
            shelf.select(self.key)
        self._draw_title()
        self.draw_progress()

    def _draw_title(self) -> None:
        shelf, counts = self.shelf, self.desk.counts
        words = f"Shelf {shelf.shelf.articles:,}"
        if shelf.filter:
            words += f" of “{clean(self.filter_name())}”"
        elif counts.unread:
            words += f" · {counts.unread:,} unread"
        words += f" · {shelf.order}" if shelf.order != SHELF_ORDERS[0] else ""
        words += f" · {len(shelf.shelf.chosen):,} selected" if shelf.shelf.chosen else ""
        shelf.border_title = self._title("pane_shelf", words)

    @work(group="shelf")
    async def _fetch(self, rows: ShelfRows, page: int) -> None:
        books = await self.attempt(self.desk.books, rows.keys_on(page), self.key, otherwise=None)
        if books is None:
            return
        rows.fill(books)
        if rows is self.shelf.shelf:
            self.shelf.redraw()

    def redraw_books(self, keys: Sequence[str]) -> None:
        """Draw these articles' rows anew."""
        self.shelf.shelf.forget(keys)
        self.shelf.redraw()

    # --- filtering and sorting -------------------------------------------------------------------------------

    @work(exclusive=True, group="filter")
    async def on_shelf_pane_filtered(self, message: ShelfPane.Filtered) -> None:
        """The shelf is to show what answers a query."""
        self.desk.filter = message.query
        self.status.say("")
        await self.refill_shelf()
        self.leave_head()

    @work(exclusive=True, group="filter")
    async def sort_shelf(self) -> None:
        """Take the order that the shelf says."""
        self.desk.order = next(order for order in ORDERS if order == self.shelf.order)
        await self.refill_shelf()
        named = "; what was named at the start stays in front" if self.desk.named else ""
        self.status.say(f"Sorted by {self.shelf.order}{named}")

    def open_article(self, key: str) -> None:
        """Open the article of that key; `ReaderScreen` does it."""
        raise NotImplementedError

    def open_shelf_row(self, key: str) -> None:
        """Open an article, or show what a saved search or a group holds."""
        if not is_article(key):
            self.choose_head(key)
            return
        if key != self.key:
            self.open_article(key)
        self.reader.focus()

    # --- doing things with articles --------------------------------------------------------------------------

    def do_with_row(self, pane: str, row: Row, action_id: str) -> None:
        """What is done with articles of the shelf is done here."""
        if pane != "shelf" or action_id == "copy_row":
            super().do_with_row(pane, row, action_id)  # type: ignore[misc]
        elif action_id == "save_search":
            self.save_filter()
        elif row.key.startswith(SEARCH) and action_id == "delete_book" and not self.shelf.shelf.chosen:
            self.forget_search(row.key.removeprefix(SEARCH))
        elif action_id in ("open_group", "close_group"):
            getattr(self, action_id)(row.key)
        elif keys := self.shelf.meant():
            self._do_with_books(keys, action_id)
        elif not is_article(row.key):
            self._do_with_head(row.key, action_id)

    @work(group="books")
    async def _do_with_head(self, key: str, action_id: str) -> None:
        """Do with all articles of a group or a saved search what is done with those that are selected."""
        if action_id == "delete_book":
            shows = self._key("open_row")
            self.status.say(f"Articles are deleted in the list that {shows} shows; `briefbook feeds rm` leaves a feed")
            return
        queries = self.queries_of(key)
        keys = await self.attempt(
            lambda: list(dict.fromkeys(chain.from_iterable(map(self.desk.keys_in, queries)))), otherwise=None
        )
        if keys is not None and not keys:
            self.status.say("There is no article in it")
        elif keys and (action_id != "archive_book" or len(keys) == 1 or await self._agreed(keys)):
            self._do_with_books(keys, action_id)

    async def _agreed(self, keys: Sequence[str]) -> bool:
        """Whether the reader wants so many articles put away, or back on the shelf."""
        turn = TURNS["archive_book"]
        before = await self.attempt(lambda: self.desk.marks.states(self.desk.ids_of(keys), turn.state), otherwise=None)
        if before is None:
            return False
        on, count = turned(turn, before)
        question = f"Put {articles(count)} {'away' if on else 'back on the shelf'}?"
        go_on = replace(action("archive_book"), help="Yes" if count == 1 else f"Yes, all {count:,}")
        return await self.choose(question, [go_on, replace(action("cancel"), help="No")]) == go_on.id

    def _do_with_books(self, keys: Sequence[str], action_id: str) -> None:
        if not keys:
            return
        if action_id in TURNS:
            self.set_state(keys, TURNS[action_id])
        elif action_id == "delete_book":
            self.delete_books(keys)
        elif action_id == "tag_book":
            self.tag_books(keys)

    @work(group="books")
    async def set_state(self, keys: Sequence[str], turn: Turn) -> None:
        """Star, put away or call read, or the opposite."""
        row = self._row_key()
        before = await self.attempt(lambda: self.desk.turn(self.desk.ids_of(keys), turn.state), otherwise=None)
        if before is None:
            return
        if not before:
            self.status.say(f"This is not in the library yet; {self._key('open_row')} opens it and puts it there")
            return
        after = dict.fromkeys(before, turned(turn, before)[0])
        undo, redo = (partial(self.desk.set_state, states, turn.state) for states in (before, after))
        words = turned_words(turn, before)
        await self._after(words, keys, Step(_short(words), undo, redo, row), moved=turn.state != "starred")

    @work(group="books")
    async def delete_books(self, keys: Sequence[str]) -> None:
        """Throw articles away; they are gone for good when the app is left."""
        row = self._row_key()
        ids = await self.attempt(self.desk.ids_of, keys, otherwise=None)
        if ids is None or not await self.done(self.desk.throw_away, ids):
            return
        what = "Deleted; its notes are kept" if len(ids) == 1 else f"{len(ids):,} deleted; their notes are kept"
        undo, redo = partial(self.desk.bring_back, ids), partial(self.desk.throw_away, ids)
        await self._after(what, keys, Step(_short(what), undo, redo, row), moved=True)

    @work(group="dialog", exclusive=True)
    async def tag_books(self, keys: Sequence[str]) -> None:
        """Change the tags of articles: of one to what is written, of several what they have in common."""
        before = await self.attempt(lambda: self.desk.tags_of(self.desk.ids_of(keys)), otherwise=None)
        if before is None:
            return
        common = [tag for tag in next(iter(before.values()), ()) if all(tag in tags for tags in before.values())]
        question = "Tags of the article" if len(keys) == 1 else f"Tags of {len(keys):,} articles"
        answer = await self.ask(question, "".join(f"{tag}, " for tag in common), "parted by commas", goes_on=True)
        if answer is None:
            return
        given = tags_in(answer)
        after = {id_: (*(tag for tag in tags if tag not in common), *given) for id_, tags in before.items()}
        if not await self.done(self.desk.set_tags, after):
            return
        undo, redo = partial(self.desk.set_tags, before), partial(self.desk.set_tags, after)
        await self._after("Tags saved", keys, Step("tags saved", undo, redo, self._row_key()), moved=False)

    async def _after(self, words: str, keys: Sequence[str], step: Step, moved: bool) -> None:
        """Say what was done, keep how it is undone, and draw what changed."""
        self._undoing.append(step)
        self._redoing.clear()
        self.shelf.choose_none()
        self.status.say(f"{words}; {self._key('undo')} takes it back")
        await self._redraw(keys, moved)

    async def _redraw(self, keys: Sequence[str], moved: bool) -> None:
        if moved or self.shelf.filter:
            await self.refill_shelf()
        self.redraw_books(keys)

    def _row_key(self) -> str:
        row = self.shelf.row()
        return row.key if row is not None else ""

    @work(group="books")
    async def undo_shelf(self) -> None:
        """Take back the last thing that was done to articles."""
        await self._step(self._undoing, self._redoing, "undo", "Undone")

    @work(group="books")
    async def redo_shelf(self) -> None:
        """Do again what was taken back last."""
        await self._step(self._redoing, self._undoing, "redo", "Done again")

    async def _step(self, steps: list[Step], others: list[Step], way: str, said: str) -> None:
        if not steps:
            self.status.say(f"There is nothing on the shelf to {way}")
            return
        step = steps.pop()
        if not await self.done(step.undo if way == "undo" else step.redo):
            steps.append(step)
            return
        others.append(step)
        self.status.say(f"{said}: {step.words}")
        self.shelf.shelf.forget()
        await self.refill_shelf()
        self.shelf.select(step.row)

    def action_undo(self) -> None:
        """Take back the last change: of the shelf when that is active, else of notes."""
        if self.focused is self.shelf:
            self.undo_shelf()
        else:
            super().action_undo()  # type: ignore[misc]

    def action_redo(self) -> None:
        """Do again what was taken back: on the shelf when that is active, else in the notes."""
        if self.focused is self.shelf:
            self.redo_shelf()
        else:
            super().action_redo()  # type: ignore[misc]

    # --- saved searches --------------------------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def save_filter(self) -> None:
        """Keep the filter under a name."""
        query = self.shelf.filter
        if not query.strip():
            self.status.say(f"Filter the shelf first, with {self._key('search')}")
            return
        name = await self.ask("Save this search as", query, "it stands in the shelf")
        if name:
            if not await self.done(self.desk.save_search, name, query):
                return
            self.status.say(f"Saved as {name}")
            await self.refill_shelf()

    @work(group="books")
    async def forget_search(self, name: str) -> None:
        """Forget a saved search."""
        query = next((one.query for one in self.desk.searches if one.name == name), "")
        if not await self.done(self.desk.marks.forget_search, name):
            return
        undo, redo = partial(self.desk.marks.save_search, name, query), partial(self.desk.marks.forget_search, name)
        await self._after("Search forgotten", [], Step("search forgotten", undo, redo, SEARCH + name), moved=True)


def _at_place(error: QueryError) -> str:
    """What is wrong with a query, with the words at which it goes wrong."""
    here = error.query[error.position : error.position + 20].strip()
    return f"{error} (at “{here}”)" if here else str(error)


def _short(words: str) -> str:
    """What was done, without what it says of finding it again."""
    words = words.partition(";")[0]
    return words[:1].lower() + words[1:]
