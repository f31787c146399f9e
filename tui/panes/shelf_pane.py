"""The list of the shelf: rows that are fetched while one scrolls, a filter that is a query, groups that open and close,
and a selection of several.

What is done with articles is decided by the screen that it asks.
"""

from collections.abc import Sequence

from textual.message import Message
from textual.strip import Strip

from tui.panes.heads import is_article
from tui.panes.heights import Heights
from tui.panes.list_pane import ListPane
from tui.panes.row import Row
from tui.panes.shelf import HEIGHT, ShelfHeights, ShelfRows
from tui.stack import Stack


class ShelfPane(ListPane):
    """The shelf."""

    class Filtered(Message):
        """Those articles alone are wanted that answer a query."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Pointed(Message):
        """The cursor is on the row of that key while the shelf has the focus; empty: on none, or it has not."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str, orders: tuple[str, ...]) -> None:  # noqa: A002
        super().__init__(id=id, orders=orders, row_height=HEIGHT)
        self.shelf = ShelfRows([], Stack(), lambda _: None)
        self._filter_shown = ""

    def show(self, rows: ShelfRows, empty: str) -> None:
        """Show these rows; what is known of the articles is shown until they are fetched anew.

        The cursor stays on its row, or near it when that is gone; another filter has it begin at the top.
        """
        rows.take_over(self.shelf)
        if self.filter == self._filter_shown:
            self.cursor = self.shelf.near(self.cursor, rows)
        self.shelf, self._filter_shown = rows, self.filter
        self.set_rows(rows, empty)

    def heights(self) -> Heights:
        """How high the rows are."""
        return ShelfHeights(len(self.rows), len(self.shelf.heads))

    def redraw(self) -> None:
        """Draw the rows anew, after something in them changed."""
        self._drawn.clear()
        self.refresh()

    def _row_line(self, index: int, number: int, width: int) -> Strip:
        if number and index < len(self.shelf.heads):
            # The empty line beneath the heads belongs to none of them.
            return Strip.blank(width, self._style(""))
        return super()._row_line(index, number, width)

    def set_filter(self, text: str) -> None:
        """Ask for those articles that answer the query `text`."""
        if text != self.filter:
            self.filter = text
            self.post_message(self.Filtered(text))

    def fitting(self, rows: Sequence[Row]) -> Sequence[Row]:
        """All of them: the filter is the library's business."""
        return rows

    def meant(self) -> list[str]:
        """Keys of the articles that an action is for: the selected ones, else the one under the cursor."""
        if self.shelf.chosen:
            return [key for key in self.shelf.chosen if self.shelf.place(key) is not None]
        row = self.row()
        return [row.key] if row is not None and is_article(row.key) else []

    def point(self) -> None:
        """Say where the cursor is."""
        row = self.row() if self.has_focus else None
        self.post_message(self.Pointed(row.key if row is not None else ""))

    def _move_to(self, index: int) -> None:
        super()._move_to(index)
        self.point()

    def _take(self) -> None:
        super()._take()
        self.point()

    def on_focus(self) -> None:
        """What is under the cursor is of interest as soon as the focus has come."""
        self.call_later(self.point)

    def on_blur(self) -> None:
        """And no longer."""
        self.post_message(self.Pointed(""))

    def choose_none(self) -> None:
        """Select nothing."""
        self.shelf.chosen.clear()
        self.redraw()

    def action_choose_row(self) -> None:
        """Select the row or not, and go to the next."""
        row = self.row()
        if row is not None and is_article(row.key):
            self.shelf.chosen ^= {row.key}
        self.redraw()
        self.action_row_down()

    def ask(self, action: str) -> None:
        """Ask for something to be done with what is meant, even when no row is under the cursor."""
        self.post_message(self.Asked(self, self.row() or Row("", lambda _: ()), action))

    def action_open_group(self) -> None:
        """Ask for what stands in a group to be shown."""
        self.ask("open_group")

    def action_close_group(self) -> None:
        """Ask for what stands in a group to be hidden."""
        self.ask("close_group")

    def action_star_book(self) -> None:
        """Ask for a star."""
        self.ask("star_book")

    def action_archive_book(self) -> None:
        """Ask for it to be put away."""
        self.ask("archive_book")

    def action_read_book(self) -> None:
        """Ask for it to count as read, or not."""
        self.ask("read_book")

    def action_tag_book(self) -> None:
        """Ask for other tags."""
        self.ask("tag_book")

    def action_delete_book(self) -> None:
        """Ask for it to be thrown away."""
        self.ask("delete_book")

    def action_save_search(self) -> None:
        """Ask for the filter to be kept under a name."""
        self.ask("save_search")
