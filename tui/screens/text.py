"""A text to read and leave again: what is known of the article, what a command answered, what went wrong."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from tui.screens.visible import VisibleInput

_NOTHING = "  Nothing has these words."


class TextScreen(ModalScreen[None]):
    """Shows `body`, scrolled with the reading keys; control characters must be out of it already."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "dismiss(None)", "Leave"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "scroll(10)", show=False),
        Binding("b,pageup,ctrl+u", "scroll(-10)", show=False),
        Binding("g,home", "scroll(-1_000_000)", show=False),
        Binding("G,end", "scroll(1_000_000)", show=False),
        Binding("slash", "filter", "Filter"),
    ]

    def __init__(self, title: str, body: str | Content) -> None:
        super().__init__()
        self._title, self._body = title, body

    def compose(self) -> ComposeResult:
        """Title, text, and what the keys do."""
        with Vertical(classes="dialog tall to-read"):
            with Vertical(classes="dialog-top"):
                yield Label(self._title, classes="dialog-title", markup=False)
                yield VisibleInput(placeholder="Only lines with these words", id="filter", compact=True)
            with VerticalScroll(can_focus=False):
                yield self.body()
            yield Label(
                "j k Space b g G move · / only some lines · q or Esc leaves", classes="dialog-hint", markup=False
            )

    def body(self) -> Static:
        """What shows the text."""
        return Static(self._body, id="shown-text", markup=False)

    def on_mount(self) -> None:
        """No filter at first."""
        self.query_one("#filter").display = False

    def action_filter(self) -> None:
        """Open the line to filter by."""
        self.query_one("#filter").display = True
        self.query_one("#filter").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the lines that hold every word of what is typed."""
        words = event.value.casefold().split()
        lines = (self._body if isinstance(self._body, Content) else Content(self._body)).split("\n")
        shown = [line for line in lines if all(word in line.plain.casefold() for word in words)]
        self.query_one("#shown-text", Static).update(Content("\n").join(shown or [Content(_NOTHING)]))

    def on_input_submitted(self) -> None:
        """Enter: back to the text, as filtered."""
        self.set_focus(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
