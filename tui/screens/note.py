"""The place to write a note. Nothing typed here is lost by a key: leaving keeps it, throwing it away has its own."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Label, TextArea

from tui.panes.lines import clean
from tui.screens.visible import visible

_KEEP_AFTER = 0.3
"""Seconds after a key until the draft is on its way to the disk."""


class VisibleTextArea(TextArea):
    """A place to write in; control characters in it are shown as visible stand-ins."""

    def render_line(self, y: int) -> Strip:
        """The line, fit for a terminal."""
        return visible(super().render_line(y))


class NoteScreen(ModalScreen[str | None]):
    """Gives the note's text, trimmed; None when it was thrown away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "keep", "Keep", priority=True),
        Binding("ctrl+t", "throw_away", "Throw away", priority=True),
    ]

    def __init__(self, passage: str, marked: str, text: str, keep: Callable[[str], None]) -> None:
        """A place to write.

        Args:
            passage: the words that the note is about, empty for the article as a whole and for what is gone.
            marked: the words that were highlighted, when they read otherwise now or are gone; else empty.
            text: the note as it is.
            keep: called with what was typed so far, soon after it was typed.
        """
        super().__init__()
        self._passage, self._marked, self._text, self._keep = passage, marked, text, keep
        self._soon: Timer | None = None

    def compose(self) -> ComposeResult:
        """The passage, the note, and what the keys do."""
        with Vertical(classes="dialog writing"):
            yield Label(self._about(), classes="dialog-title passage", markup=False)
            if self._marked and self._passage:
                yield Label(f"Marked as “{clean(self._marked)}”", classes="passage", markup=False)
            yield VisibleTextArea(self._text, id="note", soft_wrap=True, show_line_numbers=False)
            yield Label(
                "Markdown · Esc or ctrl+s keeps it · ctrl+t throws it away", classes="dialog-hint", markup=False
            )

    def _about(self) -> str:
        if self._passage:
            return f"Note on “{clean(self._passage)}”"
        return f"Note on “{clean(self._marked)}”, which is gone" if self._marked else "Note on the article"

    def on_mount(self) -> None:
        """The cursor stands behind what is there."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def on_text_area_changed(self) -> None:
        """Keep a draft soon."""
        if self._soon is None:
            self._soon = self.set_timer(_KEEP_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        self._soon = None
        self._keep(self.query_one(TextArea).text)

    def action_keep(self) -> None:
        """Keep what was written."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_throw_away(self) -> None:
        """Leave the note as it was."""
        self.dismiss(None)
