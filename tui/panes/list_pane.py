"""The one list widget: rows with a filter and an order, which can be chosen and of which something can be asked.

It knows nothing of actors or quotes. What is chosen goes upward as a message.
"""

from collections.abc import Iterable, Sequence

from textual import events
from textual.message import Message

from store.spans import Span
from tui import keys
from tui.actions import LIST_PLACES, Keymap
from tui.panes.row import Row
from tui.panes.row_list import RowList


class ListPane(RowList, can_focus=True):
    """A list of rows. `places` of its rows are spans of the text, and Enter walks through them."""

    BINDINGS = keys.bindings("lists")

    class Opened(Message):
        """A row was chosen: go to `place`, or open what the row stands for when it has none."""

        def __init__(self, pane: "ListPane", row: Row, place: Span | None) -> None:
            super().__init__()
            self.pane, self.row, self.place = pane, row, place

        @property
        def control(self) -> "ListPane":
            """The list that it comes from."""
            return self.pane

    class Asked(Message):
        """Something is to be done with a row that the list cannot do: the id of the action says what."""

        def __init__(self, pane: "ListPane", row: Row | None, action: str) -> None:
            super().__init__()
            self.pane, self.row, self.action = pane, row, action

        @property
        def control(self) -> "ListPane":
            """The list that it comes from."""
            return self.pane

    class Focused(Message):
        """The list became the active one."""

        def __init__(self, pane: "ListPane") -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, *, id: str, orders: Sequence[str] = (), row_height: int | None = None) -> None:  # noqa: A002
        """A list.

        Args:
            orders: what `sort` goes through; the first is in force at the start.
            row_height: as for `RowList`.
        """
        super().__init__(id=id, row_height=row_height)
        self.orders = tuple(orders)
        self.order = self.orders[0] if self.orders else ""
        self.filter = ""
        self._all: Sequence[Row] = []
        self._nothing = ""
        self._place: dict[str, int] = {}

    def map_keys(self, keymap: Keymap) -> None:
        """Work with these keys: those of every list, and those of the list of this name."""
        keys.install(self, "lists", *(place for place in LIST_PLACES if place == self.id), keys=keymap)

    # --- what it is told -------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row], empty: str = "") -> None:
        """Show these rows, or the sentence `empty` when there are none. The cursor stays on its row.

        A sequence is taken as it is, so that it may make its rows when they are looked at.
        """
        self._all = rows if isinstance(rows, Sequence) else list(rows)
        self._nothing = empty
        self._take()

    def set_filter(self, text: str) -> None:
        """Show only the rows whose words hold every word of `text`, whatever its case."""
        self.filter = text
        self._take()

    def begin(self) -> None:
        """Forget the row under the cursor: what comes is of another article."""
        self.cursor, self._here = 0, frozenset()
        self.rows, self._places, self._place = [], None, {}
        self._lay_out()

    def set_here(self, keys: Iterable[str], follow: bool = True) -> None:
        """Mark the rows that stand where the text's cursor is; with `follow` the first comes into view."""
        here = frozenset(keys)
        if here == self._here:
            return
        self._here = here
        if follow and here and not self.has_focus:
            first = min((place for key in here if (place := self.place_of(key)) is not None), default=None)
            if first is not None:
                self.cursor = first
                self._show_cursor()
        self.refresh()

    def select(self, key: str) -> None:
        """Put the cursor on the row of that key, if it is shown."""
        place = self.place_of(key)
        if place is not None:
            self._move_to(place)

    @property
    def count(self) -> int:
        """How many rows there are, filtered or not."""
        return len(self._all)

    def _take(self) -> None:
        key = current.key if (current := self.row()) else None
        self.rows, self._places = self.fitting(self._all), None
        self.empty = "Nothing matches" if self._all else self._nothing
        self.cursor = (None if key is None else self.place_of(key)) or 0
        self._lay_out()

    def fitting(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of `rows` that fit the filter."""
        terms = self.filter.casefold().split()
        if not terms:
            return rows
        return [row for row in rows if all(term in row.words.casefold() for term in terms)]

    # --- choosing --------------------------------------------------------------------------------------------

    def action_open_row(self) -> None:
        """Choose the row: its first place, and each time again the next one."""
        row = self.row()
        if row is None:
            return
        place = None
        if row.places:
            number = (self._place.get(row.key, -1) + 1) % len(row.places)
            self._place = {row.key: number}
            place = row.places[number]
        self.post_message(self.Opened(self, row, place))

    def place_number(self, row: Row) -> int:
        """Which of the row's places was gone to last, from 1; 0 when none."""
        return self._place.get(row.key, -1) + 1

    def action_sort(self) -> None:
        """Take the next order."""
        if self.orders:
            self.order = self.orders[(self.orders.index(self.order) + 1) % len(self.orders)]
            self.post_message(self.Asked(self, self.row(), "sort"))

    def ask(self, action: str) -> None:
        """Ask for something to be done with the row under the cursor."""
        if (row := self.row()) is not None:
            self.post_message(self.Asked(self, row, action))

    def action_note_row(self) -> None:
        """Ask for a note on the row's passage."""
        self.ask("note_row")

    def action_highlight_row(self) -> None:
        """Ask for a highlight of the row's passage."""
        self.ask("highlight_row")

    def action_copy_row(self) -> None:
        """Ask for the row to be copied."""
        self.ask("copy_row")

    def on_focus(self) -> None:
        """Say that this is the active list."""
        self.post_message(self.Focused(self))
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is drawn otherwise without focus."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the row under the mouse; on an empty line that belongs to none it does nothing."""
        offset = event.get_content_offset(self)
        line = -1 if offset is None else self.scroll_offset.y + offset.y
        index = self._row_at(line)
        if 0 <= index < len(self.rows) and line - self._top(index) < len(self._lines(index)):
            self._move_to(index)
            self.action_open_row()
