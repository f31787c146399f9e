"""A short list of actions to choose from, by moving to one or by its own key."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from tui.actions import Action, Keymap
from tui.keymaps import shown
from tui.panes.lines import clean


class MenuScreen(ModalScreen[str | None]):
    """Gives the id of the chosen action, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def __init__(self, title: str, actions: Sequence[Action], keys: Keymap) -> None:
        super().__init__()
        self._title, self._actions, self._keys = title, actions, keys

    def compose(self) -> ComposeResult:
        """The title, a line for each action, and what the keys do."""
        with Vertical(classes="dialog menu"):
            yield Label(clean(self._title), classes="dialog-title passage", markup=False)
            yield OptionList(*(self._option(action) for action in self._actions))
            yield Label("Enter or its own key · Esc leaves", classes="dialog-hint", markup=False)

    def _option(self, action: Action) -> Option:
        key = shown(self._keys[action.id][0]) if self._keys[action.id] else ""
        return Option(Content.assemble((f"{key:>9}", "bold $accent"), "  ", action.help), id=action.id)

    def on_key(self, event: events.Key) -> None:
        """An action's own key chooses it."""
        for action in self._actions:
            if event.key in self._keys[action.id] or event.character in self._keys[action.id]:
                if event.key in ("enter", "j", "k"):
                    return
                event.stop()
                self.dismiss(action.id)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses the line."""
        self.dismiss(event.option_id)

    def action_down(self) -> None:
        """To the next line."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """To the line before."""
        self.query_one(OptionList).action_cursor_up()
