"""A text to read and leave again: what is known of the article, what a command answered, what went wrong."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static


class TextScreen(ModalScreen[None]):
    """Shows `body`, scrolled with the reading keys; control characters must be out of it already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "dismiss(None)", "Leave"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown,ctrl+d", "scroll(10)", show=False),
        Binding("b,pageup,ctrl+u", "scroll(-10)", show=False),
    ]

    def __init__(self, title: str, body: str | Content) -> None:
        super().__init__()
        self._title, self._body = title, body

    def compose(self) -> ComposeResult:
        """Title, text, and what the keys do."""
        with Vertical(classes="dialog tall"):
            yield Label(self._title, classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(self._body, markup=False)
            yield Label("j k scroll · q or Esc leaves", classes="dialog-hint", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
