"""The mouse: click puts the cursor, drag selects, double click takes the word, triple click the sentence.

Cells are mapped to characters by our own rows: the toolkit sums single characters and is off behind joined emoji.
"""

from textual import events
from textual.timer import Timer

from tui.reader.messages import Clicked
from tui.reader.searching import Searching

_WHEEL = 3
_EDGE = 0.05
"""Seconds between rows while a drag is held beyond the edge."""


class Mouse(Searching):
    """The side of the reader that follows the mouse."""

    _pressed: int | None = None
    _dragged = False
    _edge: Timer | None = None
    _edge_at = (0, 0)

    def offset_at(self, x: int, y: int) -> int:
        """The offset of the character in cell `x` of row `y` of the pane, or of the one nearest to it."""
        if not self._rows:
            return 0
        row = self._rows[min(max(y, 0), len(self._rows) - 1)][1]
        if y >= len(self._rows):
            return max(row.start, row.end - 1)
        return row.offset(x - self._ready_canvas().left)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin what may become a drag."""
        if event.button == 1:
            self._pressed, self._dragged = self.offset_at(event.x, event.y), False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down to here."""
        if self._pressed is None:
            return
        offset = self.offset_at(event.x, event.y)
        if self._dragged or offset != self._pressed:
            self._dragged = True
            self._select_to(offset)
        beyond = event.y < 0 or event.y >= self.size.height
        self._edge_at = event.x, event.y
        if beyond and self._edge is None:
            self._edge = self.set_interval(_EDGE, self._scroll_edge)
        elif not beyond:
            self._stop_edge()

    def _select_to(self, offset: int) -> None:
        """Select from where the button went down, without scrolling."""
        top = self._view.top
        self._select(self._pressed or 0, offset)
        self._view.top = top
        self._redraw()

    def _scroll_edge(self) -> None:
        """Scroll while the drag is held beyond the edge."""
        x, y = self._edge_at
        self._view.scroll(-1 if y < 0 else 1)
        self._redraw()
        self._select_to(self.offset_at(x, min(max(y, 0), len(self._rows) - 1)))

    def _stop_edge(self) -> None:
        if self._edge is not None:
            self._edge.stop()
            self._edge = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag."""
        self._pressed = None
        self._stop_edge()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; twice: select the word, three times: the sentence."""
        event.stop()
        if self._dragged or event.button != 1:
            return
        offset = self.offset_at(event.x, event.y)
        self.leave_selection()
        self._place_caret(offset)
        if event.chain == 2:
            self.select_span(self._segments.word(offset))
        elif event.chain >= 3:
            self.select_span(self._segments.sentence(offset))
        self._redraw()
        self.post_message(Clicked(offset, min(event.chain, 3)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.scroll_rows(-_WHEEL)
