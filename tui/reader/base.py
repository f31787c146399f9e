"""What every side of the article surface shares: the article, the caret, the view, and drawing them.

The sides (`motions`, `selecting`, `marking`, `searching`, `mouse`, `requests`) each add the actions of one subject to
`Surface`; `tui.reader.surface` puts them together. Nothing here knows a key.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from store.article import Article
from store.spans import Span
from tui.blocks import Blocks
from tui.headings import Headings
from tui.page import Page, Place, Row
from tui.reader.canvas import Canvas, Cursor, Look
from tui.reader.jumps import Jumps
from tui.reader.layers import LAYERS, Layer, LayerSpan
from tui.reader.messages import Act, Clicked, Moved, Request, Searched, SelectionChanged
from tui.reader.seen import Seen
from tui.reader.segments import Segments
from tui.reader.styles import Palette
from tui.reader.view import MEASURE, NARROWEST, WIDEST, View, column
from tui.toolkit import LazyLooks


class Surface(LazyLooks, can_focus=True):
    """The article on the screen. It draws edge to edge: no border and no padding, which its container may have.

    Of an article nothing is laid out but what is looked at. A row is drawn once and sent again from the cache;
    `render_lines` hands the rows to the compositor directly, because the toolkit's own cache would style each row
    anew at every scroll, which costs more than everything else in a frame.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = Palette.CLASSES
    ALLOW_SELECT = False

    Moved = Moved
    SelectionChanged = SelectionChanged
    Act = Act
    Clicked = Clicked
    Searched = Searched
    Request = Request

    def __init__(self, *, id: str | None = None, classes: str | None = None, measure: int = MEASURE) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.article: Article | None = None
        self.jumps = Jumps()
        self._jumps_of: dict[tuple[str, int], Jumps] = {}
        self._layers: dict[str, Layer] = {name: Layer(name) for name in LAYERS}
        self.emphasis: Span | None = None
        """The span that was gone to, until the next motion."""
        self._measure = min(max(measure, NARROWEST), WIDEST)
        self._notes: Mapping[int, str] = {}
        self._current_match: Span | None = None
        self._hints: dict[str, tuple[Span, str]] = {}
        self._caret = 0
        self._goal: int | None = None
        self._anchor: int | None = None
        self._canvas: Canvas | None = None
        self._drawn: list[Look] = []
        self._rows: list[tuple[Place, Row]] = []
        self._take("", 0)

    def _take(self, text: str, position: int) -> None:
        """Begin with a text."""
        self._text = text
        self._seen = Seen(len(text))
        self._page = Page(text, self._measure, Blocks(text))
        self._segments = Segments(self._page.blocks)
        self._headings = Headings(self.article, self._page.blocks)
        self._view = View(self._page, max(1, self.size.height))
        self._caret = self._page.cluster(min(max(position, 0), max(len(text) - 1, 0)))[0]
        self._goal = self._anchor = self._current_match = self.emphasis = None
        self._hints = {}
        self._layers = {name: Layer(name) for name in LAYERS}
        self._notes = {}

    # --- what is shown -----------------------------------------------------------------------------------------

    def show(self, article: Article, position: int = 0, seen: float = 0.0) -> None:
        """Show an article with the cursor at `position`, without layers and search; its jumps and letters are kept.

        Args:
            seen: how much of it was seen before, 0 to 1.
        """
        self.article = article
        self.leave_selection()
        shown = {name: layer.shown for name, layer in self._layers.items()}
        self._take(article.text, position)
        self._seen = Seen(len(article.text), seen)
        for name, layer in self._layers.items():
            layer.shown = shown[name]
        self.jumps = self._jumps_of.setdefault((article.id, len(article.text)), Jumps())
        self._lay_out(self._view.reading_row)
        self.post_message(Moved(self._caret, self.sentence))

    def set_layer(self, name: str, marks: Layer | Iterable[LayerSpan]) -> None:
        """Draw `marks` as layer `name`, in place of what it had; KeyError when there is no such layer."""
        layer = marks if isinstance(marks, Layer) else Layer(name, marks)
        layer.shown = self._layers[name].shown
        self._layers[name] = layer
        self._look_anew()

    def toggle_layer(self, name: str) -> bool:
        """Draw layer `name` or do not; whether it is drawn now."""
        self._layers[name].shown = not self._layers[name].shown
        self._look_anew()
        return self._layers[name].shown

    def set_marks(self, marks: Mapping[int, str]) -> None:
        """Draw these symbols in the margin, by the offset that they stand for; each is cut to one cell."""
        self._notes = dict(marks)
        self._look_anew()

    # --- where the reader is -----------------------------------------------------------------------------------

    @property
    def sentence(self) -> Span:
        """The sentence under the sentence cursor."""
        return self._segments.sentence(self._caret)

    @property
    def caret(self) -> int:
        """The offset of the character that the cursor is on."""
        return self._caret

    @property
    def position(self) -> int:
        """The offset to remember; `show` takes it."""
        return self._caret

    @property
    def selection(self) -> Span | None:
        """What is selected, whole characters from the anchor to the caret, both included; None while reading."""
        if self._anchor is None:
            return None
        first, last = sorted((self._anchor, self._caret))
        return self._page.cluster(first)[0], self._page.cluster(last)[1]

    @property
    def progress(self) -> float:
        """How much of the article lies above the lower edge of the pane, 0 to 1."""
        if not self._rows or not self._text:
            return 0.0
        return min(1.0, self._rows[-1][1].end / len(self._text))

    @property
    def seen(self) -> float:
        """How much of the article has been on the screen, 0 to 1: what a jump leaves out has not."""
        return self._seen.share

    @property
    def measure(self) -> int:
        """The width of the text in cells, if the pane is wide enough."""
        return self._measure

    @measure.setter
    def measure(self, cells: int) -> None:
        self._measure = min(max(cells, NARROWEST), WIDEST)
        self._lay_out(self._caret_row())

    # --- moving ------------------------------------------------------------------------------------------------

    def go_to(self, span: Span, record: bool = True) -> None:
        """Put the cursor on `span`, bring it in sight with context, emphasise it until the next motion.

        Args:
            record: whether `jump_back` returns to where the cursor is now.
        """
        if record:
            self.jumps.record(self._caret)
        self.leave_selection()
        self._place_caret(span[0])
        self.emphasis = span if span[0] < span[1] else None
        self._reveal(span)

    def leave_selection(self) -> None:
        """Select nothing; the cursor stays."""
        if self._anchor is not None:
            self._anchor = None
            self.post_message(SelectionChanged(None))
            self._redraw()

    def _place_caret(self, offset: int) -> None:
        """Put the caret on the character at `offset`, without scrolling; what was emphasised is so no longer."""
        last = max(len(self._text) - 1, 0)
        before = self.selection
        self._caret = self._page.cluster(min(max(offset, 0), last))[0] if self._text else 0
        self._goal = self.emphasis = None
        self._hints = {}
        if before != self.selection:
            self.post_message(SelectionChanged(self.selection))
        self.post_message(Moved(self._caret, self.sentence))

    def _reveal(self, span: Span) -> None:
        """Bring `span` in sight with context, and draw."""
        last = max(span[0], span[1] - 1)
        self._view.reveal(self._page.place(span[0]), self._page.place(last))
        self._redraw()

    def _caret_row(self) -> int:
        """The caret's row in the window; the nearest one when it is out of sight."""
        place = self._page.place(self._caret)
        row = self._view.row_of(place)
        return row if row is not None else 0 if place < self._view.top else self._view.height - 1

    # --- drawing -----------------------------------------------------------------------------------------------

    def _lay_out(self, caret_row: int) -> None:
        """Lay the text out for the pane's size, keeping the caret on row `caret_row`."""
        width = self.size.width
        if not width:
            return
        text_width = column(width, self._measure).width
        if text_width != self._page.width or self._page.text is not self._text:
            self._page = Page(self._text, text_width, self._page.blocks)
        self._view = View(self._page, max(1, self.size.height))
        self._view.put(self._page.place(self._caret), min(caret_row, self._view.height - 1))
        self._canvas = None
        self._goal = None
        self._look_anew()

    def _look_anew(self) -> None:
        """Draw everything anew: what all rows are drawn from has changed."""
        self._drawn = []
        if self._canvas is not None:
            self._fill(self._canvas)
        self._redraw()

    def _redraw(self) -> None:
        """Draw the rows whose look has changed."""
        if not self.is_mounted or not self.size:
            return
        canvas, cursor = self._ready_canvas(), self._cursor()
        self._rows = self._view.rows()
        if self._rows:
            self._seen.add(self._rows[0][1].start, self._rows[-1][1].end)
        looks = [canvas.look(place, row, cursor) for place, row in self._rows]
        before, self._drawn = self._drawn, looks
        if len(before) != len(looks):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, looks, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _cursor(self) -> Cursor:
        hints = tuple(sorted((span[0], label) for label, (span, _) in self._hints.items()))
        return Cursor(self.sentence, self._caret, self.selection, self.emphasis, self._current_match, hints)

    def _ready_canvas(self) -> Canvas:
        if self._canvas is None:
            width = self.size.width
            self._canvas = Canvas(self._page, Palette(self), width, column(width, self._measure).left)
            self._fill(self._canvas)
        return self._canvas

    def _fill(self, canvas: Canvas) -> None:
        """Tell the canvas what is drawn."""
        canvas.layers, canvas.notes, canvas.matches = self._layers, self._notes, self._matches_within
        canvas.headings = self._headings.at
        canvas.clear()

    def _matches_within(self, start: int, end: int) -> Sequence[Span]:
        """The search's matches in `[start, end)`; `searching` knows."""
        return ()

    def render_line(self, y: int) -> Strip:
        """The row at `y` of the pane."""
        canvas = self._ready_canvas()
        if y >= len(self._drawn):
            return canvas.blank
        return canvas.strip(self._drawn[y], self._rows[y][1])

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region of the pane, with the app's filters (no colour, dim) applied."""
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def notify_style_update(self) -> None:
        """Theme or focus changed: look everything up anew."""
        super().notify_style_update()
        self._canvas = None
        self._look_anew()

    def on_resize(self, _: events.Resize) -> None:
        """Lay out for the new size; the caret keeps its row."""
        first = self._canvas is None and not self._drawn
        self._lay_out(self._view.reading_row if first else self._caret_row())
