"""The one list widget: rows of any height on Textual's Line API, with a cursor, a filter, and rows marked from outside.

It knows nothing of actors or quotes: a `Row` draws itself. What is chosen goes upward as a message.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.spans import Span
from tui import keys
from tui.actions import LIST_PLACES, Keymap
from tui.panes.heights import Alike, Heights
from tui.panes.lines import Line, wrap
from tui.panes.row import MadeRows, Row
from tui.toolkit import LazyLooks

_STYLES = (
    "name", "dim", "person", "organization", "place", "group", "strip", "number", "relation", "direct", "reported",
    "speaker", "marked", "marked-word", "note", "tag", "problem", "open", "cursor", "cursor-blurred", "here", "empty",
    "mark-1", "mark-2", "mark-3", "mark-4", "mark-5",
)  # fmt: skip

_MOST_DRAWN = 1_000
"""Rows whose lines are kept."""


class ListPane(LazyLooks, ScrollView, can_focus=True):
    """A list of rows. `places` of its rows are spans of the text, and Enter walks through them."""

    BINDINGS = keys.bindings("lists")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{name}" for name in _STYLES}
    ALLOW_SELECT = False

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
            row_height: lines of every row when all have as many; the list then costs nothing for rows out of sight.
        """
        super().__init__(id=id)
        self.orders = tuple(orders)
        self.order = self.orders[0] if self.orders else ""
        self.empty = ""
        self.filter = ""
        self.cursor = 0
        self._row_height = row_height
        self._all: Sequence[Row] = []
        self.rows: Sequence[Row] = []
        self._here: frozenset[str] = frozenset()
        self._place: dict[str, int] = {}
        self._heights: Heights = Alike(0, 1)
        self._places: dict[str, int] | None = None
        self._drawn: dict[int, Sequence[Line]] = {}
        self._width = 0
        self._styles: dict[str, Style] = {}

    def map_keys(self, keymap: Keymap) -> None:
        """Work with these keys: those of every list, and those of the list of this name."""
        keys.install(self, "lists", *(place for place in LIST_PLACES if place == self.id), keys=keymap)

    # --- what it is told -------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[Row], empty: str = "") -> None:
        """Show these rows, or the sentence `empty` when there are none. The cursor stays on its row.

        A sequence is taken as it is, so that it may make its rows when they are looked at.
        """
        self._all = rows if isinstance(rows, Sequence) else list(rows)
        self.empty = empty
        self._take()

    def set_filter(self, text: str) -> None:
        """Show only the rows whose words hold every word of `text`, whatever its case."""
        self.filter = text
        self._take()

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

    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def select(self, key: str) -> None:
        """Put the cursor on the row of that key, if it is shown."""
        place = self.place_of(key)
        if place is not None:
            self._move_to(place)

    def place_of(self, key: str) -> int | None:
        """Where the row of that key stands; None when it is not shown."""
        if isinstance(self.rows, MadeRows):
            return self.rows.place(key)
        if self._places is None:
            self._places = {row.key: index for index, row in enumerate(self.rows)}
        return self._places.get(key)

    @property
    def here(self) -> frozenset[str]:
        """The keys of the rows that are marked as standing where the text's cursor is."""
        return self._here

    @property
    def count(self) -> int:
        """How many rows there are, filtered or not."""
        return len(self._all)

    # --- layout ----------------------------------------------------------------------------------------------

    def _take(self) -> None:
        key = current.key if (current := self.row()) else None
        self.rows, self._places = self.fitting(self._all), None
        self.cursor = (None if key is None else self.place_of(key)) or 0
        self._lay_out()

    def fitting(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of `rows` that fit the filter."""
        terms = self.filter.casefold().split()
        if not terms:
            return rows
        return [row for row in rows if all(term in row.words.casefold() for term in terms)]

    def _lay_out(self) -> None:
        self._drawn.clear()
        self._width = self._content_width()
        self._heights = self.heights()
        self._take_height()
        self._show_cursor()
        self.refresh()

    def heights(self) -> Heights:
        """How high the rows are."""
        count = len(self.rows)
        return Heights(count, self._height) if self._row_height is None else Alike(count, self._row_height)

    def _take_height(self) -> None:
        """Be as high as the rows are by what is known now."""
        self.virtual_size = Size(self.size.width, self._heights.total)

    def _steady(self, index: int) -> int:
        """Measure the rows around that of `index`; returns where to scroll to for what is in sight to stand still."""
        heights, line = self._heights, self.scroll_offset.y
        before = heights.total
        first = heights.row_at(line)
        within = line - heights.top(first)
        heights.look_around(index)
        if heights.total != before:
            self._take_height()
        return heights.top(first) + within

    def _height(self, index: int) -> int:
        return len(self.rows[index].draw(self._width))

    def _content_width(self) -> int:
        return max(8, self.scrollable_content_region.width - 3)

    def _lines(self, index: int) -> Sequence[Line]:
        if index not in self._drawn:
            if len(self._drawn) > _MOST_DRAWN:
                self._drawn.clear()
            self._drawn[index] = self.rows[index].draw(self._width)
        return self._drawn[index]

    def _top(self, index: int) -> int:
        return self._heights.top(index)

    def _row_at(self, line: int) -> int:
        return self._heights.row_at(line)

    def on_resize(self) -> None:
        """Rows are drawn anew when the width changed."""
        if self._content_width() != self._width:
            self._lay_out()
        else:
            self._show_cursor()

    def notify_style_update(self) -> None:
        """Styles are asked for anew after the theme changed."""
        super().notify_style_update()
        self._styles.clear()

    # --- drawing ---------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The line at `y` of what is visible."""
        line = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        index = self._row_at(line)
        if not 0 <= index < len(self.rows):
            return self._empty_line(line, width)
        return self._row_line(index, line - self._top(index), width)

    def _row_line(self, index: int, number: int, width: int) -> Strip:
        lines = self._lines(index)
        here = self.rows[index].key in self._here
        base = self._style("")
        if index == self.cursor:
            base += self._style("cursor" if self.has_focus else "cursor-blurred")
        sign = "▌" if index == self.cursor and self.has_focus else "▎" if here else " "
        segments = [Segment(f"{sign} ", base + self._style("here" if here or self.has_focus else "dim"))]
        for text, style in lines[number] if number < len(lines) else ():
            segments.append(Segment(text, base + self._style(style) if style else base))
        return Strip(segments).adjust_cell_length(width, base)

    def _empty_line(self, line: int, width: int) -> Strip:
        base = self._style("")
        if self.rows:
            return Strip.blank(width, base)
        words = "Nothing matches" if self._all else self.empty
        lines = wrap(words, max(8, width - 3), 12)
        text = f"  {lines[line]}" if line < len(lines) else ""
        return Strip([Segment(text, base + self._style("empty"))]).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = (
                self.get_component_rich_style(f"list--{name}", partial=True) if name else self.rich_style
            )
        return self._styles[name]

    # --- moving ----------------------------------------------------------------------------------------------

    def _move_to(self, index: int) -> None:
        self.cursor = max(0, min(len(self.rows) - 1, index))
        self._show_cursor()
        self.refresh()

    def _show_cursor(self) -> None:
        if not self.rows or not self.size.height:
            return
        first, height = self._steady(self.cursor), self.scrollable_content_region.height
        top, bottom = self._top(self.cursor), self._top(self.cursor + 1)
        if top < first or bottom - top >= height:
            first = top
        elif bottom > first + height:
            first = self._whole_row(bottom - height)
        if first != self.scroll_offset.y:
            self.scroll_to(y=first, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Measure what comes into sight before it is drawn."""
        super().watch_scroll_y(old_value, new_value)
        if (steady := self._steady(self._row_at(self.scroll_offset.y))) != self.scroll_offset.y:
            self.scroll_to(y=steady, animate=False, force=True)

    def _whole_row(self, line: int) -> int:
        """The nearest line from `line` on at which a row begins, so that none is cut at the upper edge."""
        index = self._row_at(line)
        return line if self._top(index) == line else self._top(index + 1)

    def _page(self, direction: int) -> None:
        line = self._top(self.cursor) + direction * max(1, self.scrollable_content_region.height - 1)
        target = min(self._row_at(max(0, line)), len(self.rows) - 1) if self.rows else 0
        self._move_to(target if target != self.cursor else self.cursor + direction)

    def action_row_down(self) -> None:
        """To the next row."""
        self._move_to(self.cursor + 1)

    def action_row_up(self) -> None:
        """To the row before."""
        self._move_to(self.cursor - 1)

    def action_rows_page_down(self) -> None:
        """A page down."""
        self._page(1)

    def action_rows_page_up(self) -> None:
        """A page up."""
        self._page(-1)

    def action_first_row(self) -> None:
        """To the first row."""
        self._move_to(0)

    def action_last_row(self) -> None:
        """To the last row."""
        self._move_to(len(self.rows) - 1)

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
