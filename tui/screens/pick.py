"""A choice from a list that narrows as one types; another answer than those listed may be allowed."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui.panes.lines import clean
from tui.screens.asking import Picked
from tui.screens.visible import VisibleInput

_DIGITS = "123456789"
_SCOPES = {
    None: "",
    True: "Holds {wide} · Tab: only here\n",
    False: "Holds here · Tab: {wide}\n",
}


class Line(VisibleInput):
    """A line to type in that hands on a digit while it is empty."""

    class Digit(Message, namespace="line"):
        """A digit was typed into the empty line."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def on_key(self, event: events.Key) -> None:
        """Hand the digit on in place of typing it."""
        if not self.value and event.character and event.character in _DIGITS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(event.character)))


class PickScreen(ModalScreen[Picked | None]):
    """Gives what was picked, or None. A digit takes the row of that number while nothing is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "scope", "Scope", priority=True),
    ]

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        *,
        value: str = "",
        free: bool = False,
        everywhere: bool | None = None,
        first: str = "",
        wide: str = "in every article",
    ) -> None:
        """A question.

        Args:
            value: what stands in the line at the start.
            free: whether what is typed may be the answer, too.
            everywhere: whether the answer holds in all articles at first; None: that is no question.
            first: the option that is set off at the start; else the first row is.
            wide: where the answer holds when it holds everywhere, in a few words.
        """
        super().__init__()
        self._question, self._options, self._value = question, list(dict.fromkeys(options)), value
        self._free, self._everywhere, self._first, self._wide = free, everywhere, first, wide

    def compose(self) -> ComposeResult:
        """The question, the line to type in, the rows, and what the keys do."""
        with Vertical(classes="dialog menu"):
            yield Label(clean(self._question), classes="dialog-title passage", markup=False)
            line = Line if self._options else VisibleInput
            yield line(self._value, id="answer", select_on_focus=False)
            yield OptionList(id="rows")
            yield Label("", id="hint", classes="dialog-hint", markup=False)

    @property
    def _rows(self) -> OptionList:
        return self.query_one("#rows", OptionList)

    def on_mount(self) -> None:
        """All rows at first; the line has the focus, and what stands in it is a proposal."""
        self._rows.can_focus = False
        self.query_one(VisibleInput).propose()
        self._narrow(self._value)
        if self._first in self._options:
            self._rows.highlighted = self._options.index(self._first)
        self._say_keys()

    def _say_keys(self) -> None:
        digits = " · 1 to 9 takes at once" if self._options and not self._value else ""
        scope = _SCOPES[self._everywhere].format(wide=clean(self._wide))
        self.query_one("#hint", Label).update(f"{scope}Enter takes the row{digits} · Esc leaves")

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split() if typed != self._value else []
        shown = [option for option in self._options if all(word in option.casefold() for word in words)]
        self._rows.clear_options()
        for number, option in enumerate(shown):
            digit = _DIGITS[number] if number < len(_DIGITS) and not typed else " "
            self._rows.add_option(Option(Content.assemble((f"{digit} ", "bold $accent"), clean(option)), id=option))
        own = self._free and typed.strip() and typed.strip() not in shown
        if own:
            self._rows.add_option(Option(Content(f"  “{clean(typed)}”, as typed"), id=typed.strip()))
        elif not shown:
            self._rows.add_option(Option("  Nothing matches", disabled=True))
        # What one types to find a row means the row; what one changes of a given text means the text.
        if shown or own:
            self._rows.highlighted = len(shown) if own and self._value else 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the rows to what is typed."""
        self._narrow(event.value)

    def on_line_digit(self, message: "Line.Digit") -> None:
        """Take the row of that number."""
        if message.number <= self._rows.option_count:
            self._take(self._rows.get_option_at_index(message.number - 1).id or "")

    def on_input_submitted(self) -> None:
        """Enter takes the row that is set off."""
        if self._rows.highlighted is not None:
            self._take(self._rows.get_option_at_index(self._rows.highlighted).id or "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes the row."""
        self._take(event.option_id or "")

    def _take(self, value: str) -> None:
        self.dismiss(Picked(value, bool(self._everywhere)))

    def action_move(self, step: int) -> None:
        """Move among the rows."""
        if self._rows.option_count:
            at = self._rows.highlighted
            last = self._rows.option_count - 1
            self._rows.highlighted = max(0, min(last, at + step)) if at is not None else 0

    def action_scope(self) -> None:
        """Here, or everywhere."""
        if self._everywhere is not None:
            self._everywhere = not self._everywhere
            self._say_keys()
