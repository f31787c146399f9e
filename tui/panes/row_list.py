"""Rows of any height under one another on Textual's Line API, with a cursor, and rows that are marked from outside.

It lays out, draws and scrolls, and measures no more rows than come into sight. A `Row` draws itself; what is done with
rows is the business of `ListPane`.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.panes.heights import Alike, Heights
from tui.panes.lines import Line, wrap
from tui.panes.row import KnownRows, Row
from tui.toolkit import LazyLooks

_STYLES = (
    "name", "dim", "person", "organization", "place", "group", "strip", "number", "relation", "direct", "reported",
    "speaker", "marked", "marked-word", "note", "tag", "problem", "open", "cursor", "cursor-blurred", "here", "empty",
    "mark-1", "mark-2", "mark-3", "mark-4", "mark-5",
)  # fmt: skip

_WHEEL = 3
"""Lines that one turn of the wheel scrolls."""
_MOST_DRAWN = 1_000
"""Rows whose lines are kept."""


class RowList(LazyLooks, ScrollView):
    """Rows, one of which is under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"list--{name}" for name in _STYLES}
    ALLOW_SELECT = False

    def __init__(self, *, id: str, row_height: int | None = None) -> None:  # noqa: A002
        """No rows.

        Args:
            row_height: lines of every row when all have as many; the list then costs nothing for rows out of sight.
        """
        super().__init__(id=id)
        self.rows: Sequence[Row] = []
        self.empty = ""
        """What is said when there are none."""
        self.cursor = 0
        """The index of the row under the cursor."""
        self._row_height = row_height
        self._here: frozenset[str] = frozenset()
        self._heights: Heights = Alike(0, 1)
        self._places: dict[str, int] | None = None
        self._drawn: dict[int, Sequence[Line]] = {}
        self._width = 0
        self._styles: dict[str, Style] = {}

    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def place_of(self, key: str) -> int | None:
        """Where the row of that key stands; None when it is not shown."""
        if isinstance(self.rows, KnownRows):
            return self.rows.place(key)
        if self._places is None:
            self._places = {row.key: index for index, row in enumerate(self.rows)}
        return self._places.get(key)

    @property
    def here(self) -> frozenset[str]:
        """The keys of the rows that are marked as standing where the text's cursor is."""
        return self._here

    # --- layout ----------------------------------------------------------------------------------------------

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
        lines = wrap(self.empty, max(8, width - 3), 12)
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

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without the cursor. The toolkit does so only where there is a scroll bar, which costs half a frame."""
        self._scroll_by(_WHEEL, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without the cursor."""
        self._scroll_by(-_WHEEL, event)

    def _scroll_by(self, lines: int, event: events.MouseEvent) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)

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
