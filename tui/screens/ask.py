"""A question with one line to answer it: tags, a command to pipe to, where to export.

What stands in the line at first is a proposal, which typing replaces, or something to go on with, as a list of tags.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from tui.panes.lines import clean
from tui.screens.visible import VisibleInput


class AskScreen(ModalScreen[str | None]):
    """Gives the answer, or None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Leave")]

    def __init__(self, question: str, value: str = "", hint: str = "", *, goes_on: bool = False) -> None:
        """A question.

        Args:
            value: what stands in the line at first.
            goes_on: whether typing adds to `value`; else it replaces it.
        """
        super().__init__()
        self._goes_on = goes_on
        self._question, self._value, self._hint = question, value, hint

    def compose(self) -> ComposeResult:
        """The question, the line, and what the keys do."""
        with Vertical(classes="dialog"):
            yield Label(clean(self._question), classes="dialog-title", markup=False)
            yield VisibleInput(self._value, id="answer", select_on_focus=False)
            hint = " · ".join(filter(None, (clean(self._hint), "Enter takes it", "Esc leaves")))
            yield Label(hint, classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        """A proposal is selected."""
        if not self._goes_on:
            self.query_one(VisibleInput).propose()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: this is the answer."""
        self.dismiss(event.value)
