"""What the reader put right, as a list: those of this article, then those made elsewhere that hold everywhere."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.annotation import Correction
from tui.panes.lines import clean

WORDS = {
    "rename": "renamed", "merge": "joined to", "split": "told apart:", "reject": "taken out", "add": "added",
    "kind": "is a", "set-speaker": "said by", "set-value": "is",
}  # fmt: skip


class CorrectionsScreen(ModalScreen[str | None]):
    """Gives the id of a correction that is to be deleted, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave"),
        Binding("x", "delete", "Delete"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def __init__(self, own: Sequence[Correction], general: Sequence[Correction]) -> None:
        super().__init__()
        self._own, self._general = own, general

    def compose(self) -> ComposeResult:
        """A line each, and what the keys do."""
        with Vertical(classes="dialog tall"):
            yield Label(f"Corrections: {len(self._own)} made here", classes="dialog-title", markup=False)
            if not self._own and not self._general:
                yield Label("Nothing put right yet. In the panes M S R C and x do it.", markup=False)
            yield OptionList(
                *(Option(described(one), id=one.id) for one in self._own),
                *(Option(described(one, " (made in another article)"), id=one.id) for one in self._general),
            )
            yield Label("x lets the machine's word stand again · q or Esc leaves", classes="dialog-hint", markup=False)

    def action_delete(self) -> None:
        """Delete the one that is set off."""
        rows = self.query_one(OptionList)
        if rows.highlighted is not None:
            self.dismiss(rows.get_option_at_index(rows.highlighted).id)

    def action_down(self) -> None:
        """To the next line."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """To the line before."""
        self.query_one(OptionList).action_cursor_up()


def described(one: Correction, more: str = "") -> Content:
    """A correction in words: what it is about, what was done, to what, and where it holds."""
    about = one.name or f"“{one.selector.exact[:60]}”"
    scope = " everywhere" if one.scope == "everywhere" else ""
    return Content.assemble(
        (clean(about), "bold"), f" {WORDS[one.kind]} ", (clean(one.value), "bold"), f"{scope}{more}"
    )
