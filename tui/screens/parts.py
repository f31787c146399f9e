"""The parts of the reader screen: shelf, article, panes and the lines below, and how to reach each of them.

What goes on between them is in the modules that build on this one: `drawing`, `moving`, `annotating`, `sharing`,
`searching`; `reader` puts them together.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from store.entries import ORDERS as SHELF_ORDERS
from store.errors import BriefbookError
from tui import geometry
from tui.actions import Keymap
from tui.desk import Desk
from tui.keys import bindings, install
from tui.panes import actors, notes, numbers, quotes
from tui.panes.correctable import ActorsPane, NotesPane, NumbersPane, QuotesPane
from tui.panes.list_pane import ListPane
from tui.panes.shelf_pane import ShelfPane
from tui.reader.surface import Reader
from tui.reading import Reading
from tui.screens.foot import Head, KeyLine, StatusLine, Tabs
from tui.screens.preview import Preview
from tui.screens.visible import VisibleInput

if TYPE_CHECKING:
    from tui.app import Briefbook

ORDERS = {"actors": actors.ORDERS, "numbers": numbers.ORDERS, "quotes": quotes.ORDERS, "notes": notes.ORDERS}
LISTS: dict[str, type[ListPane]] = {
    "actors": ActorsPane,
    "numbers": NumbersPane,
    "quotes": QuotesPane,
    "notes": NotesPane,
}
Result = TypeVar("Result")
Otherwise = TypeVar("Otherwise")
_FAILED = object()
TOO_SMALL = "This terminal is too small for briefbook: it needs 40 columns and 10 lines."


class Parts(Screen[None]):
    """The widgets of the reader screen, and what all of its sides share."""

    BINDINGS = bindings("everywhere")
    AUTO_FOCUS = "#reader"

    def __init__(self, desk: Desk, key: str, reading: Reading, keys: Keymap) -> None:
        super().__init__()
        self.desk = desk
        self.key = key
        self.reading = reading
        self.keys = keys
        self.active = "actors"
        self.kept_state = desk.state()
        # Held here rather than looked up: what still goes on when the screen is left finds them, too.
        self.head, self.tabs, self.status, self.key_line = (
            Head(id="head"),
            Tabs(id="tabs"),
            StatusLine(id="status"),
            KeyLine(id="keys"),
        )
        self.reader = Reader(id="reader", measure=desk.config.width)
        self.reader.set_keys(keys, counts=desk.config.preset == "vim")
        self.preview = Preview(id="preview", measure=desk.config.width)
        self.shelf = ShelfPane(id="shelf", orders=tuple(SHELF_ORDERS))
        self._lists: dict[str, ListPane] = {"shelf": self.shelf}
        self._lists |= {name: made(id=name, orders=ORDERS[name]) for name, made in LISTS.items()}
        for pane in self._lists.values():
            pane.map_keys(keys)
        install(self, "everywhere", keys=keys)

    def foresee(self, size: Size) -> None:
        """Take the classes that a terminal of this size brings.

        The toolkit finds them after the first layout; then everything is styled and laid out twice, which takes 50 ms.
        """
        across = geometry.class_for(size.width, geometry.COLUMN_BREAKPOINTS)
        down = geometry.class_for(size.height, geometry.ROW_BREAKPOINTS)
        self.add_class(across, down, update=False)

    def compose(self) -> ComposeResult:
        """Shelf, article, panes; below them the line to search in, status and keys."""
        yield Static(TOO_SMALL, id="too-small", markup=False)
        with Container(id="body"):
            yield self.shelf
            with Vertical(id="article"):
                yield self.head
                yield self.reader
            with Vertical(id="side"):
                yield self.tabs
                for name in LISTS:
                    yield self.pane(name)
            yield self.preview
        yield VisibleInput(id="find", compact=True, select_on_focus=False)
        yield self.status
        yield self.key_line

    @property
    def briefbook(self) -> "Briefbook":
        """The app, by its own type."""
        return cast("Briefbook", self.app)

    def pane(self, name: str) -> ListPane:
        """The list of that name: one of `PANES`, or the shelf."""
        return self._lists[name]

    async def attempt(
        self, function: Callable[..., Result], *arguments: Any, otherwise: Otherwise
    ) -> Result | Otherwise:
        """What `function` gives, called in the desk's thread; `otherwise` when it fails, which the status line says.

        For whatever goes on by itself: an error that nobody catches there would end the app.
        """
        try:
            return await self.desk.call(function, *arguments)
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
            return otherwise

    async def done(self, function: Callable[..., object], *arguments: Any) -> bool:
        """Have the desk's thread do it; whether that was done, as `attempt` says when it was not."""
        return await self.attempt(function, *arguments, otherwise=_FAILED) is not _FAILED
