"""The place to write a note. Nothing typed here is lost by a key: leaving keeps it, throwing it away has its own."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, TextArea

from tui.panes.lines import clean


class NoteScreen(ModalScreen[str | None]):
    """Gives the note's text, trimmed; None when it was thrown away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", "Keep", priority=True),
        Binding("ctrl+t", "throw_away", "Throw away", priority=True),
    ]

    def __init__(self, passage: str, text: str = "") -> None:
        """`passage`: the words that the note is about, empty for the article as a whole."""
        super().__init__()
        self._passage, self._text = passage, text

    def compose(self) -> ComposeResult:
        """The passage, the note, and what the keys do."""
        with Vertical(classes="dialog"):
            about = f"Note on “{clean(self._passage)}”" if self._passage else "Note on the article"
            yield Label(about, classes="dialog-title passage", markup=False)
            yield TextArea(self._text, id="note", soft_wrap=True, show_line_numbers=False)
            yield Label(
                "Markdown · Esc or ctrl+s keeps it · ctrl+t throws it away", classes="dialog-hint", markup=False
            )

    def on_mount(self) -> None:
        """The cursor stands behind what is there."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        """Keep what was written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_throw_away(self) -> None:
        """Leave the note as it was."""
        self.dismiss(None)
