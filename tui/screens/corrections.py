"""What the reader put right, as a list: those of this article, then those made elsewhere that hold everywhere.

What was put right and then put right again is one row: the machine's word and the reader's last one.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from store.annotation import Correction
from store.article import one_line
from tui.panes.lines import clean

WORDS = {
    "rename": "renamed", "merge": "joined to", "split": "told apart:", "reject": "taken out", "add": "added",
    "kind": "is a", "set-speaker": "said by", "set-value": "is",
}  # fmt: skip
_AGAIN = ("rename", "kind", "set-speaker", "set-value")
"""What can be done to a row again, so that the last word stands."""

Chain = tuple[Correction, ...]
"""Corrections of one thing, each of which goes on from the one before."""


class CorrectionsScreen(ModalScreen[tuple[str, ...] | None]):
    """Gives the ids of the corrections of one row that is to be deleted, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Leave"),
        Binding("x", "delete", "Delete"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]

    def __init__(self, own: Sequence[Correction], general: Sequence[Correction]) -> None:
        super().__init__()
        self._own, self._general = chains(own), chains(general)

    def compose(self) -> ComposeResult:
        """A line each, and what the keys do."""
        with Vertical(classes="dialog tall"):
            yield Label(f"Corrections: {len(self._own)} made here", classes="dialog-title", markup=False)
            if not self._own and not self._general:
                yield Label("Nothing put right yet. In the panes M S R C and x do it.", markup=False)
            yield OptionList(
                *(Option(described(chain)) for chain in self._own),
                *(Option(described(chain, " (made in another article)")) for chain in self._general),
            )
            yield Label("x lets the machine's word stand again · q or Esc leaves", classes="dialog-hint", markup=False)

    def action_delete(self) -> None:
        """Delete the one that is set off."""
        row = self.query_one(OptionList).highlighted
        if row is not None:
            self.dismiss(tuple(one.id for one in [*self._own, *self._general][row]))

    def action_down(self) -> None:
        """To the next line."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """To the line before."""
        self.query_one(OptionList).action_cursor_up()


def chains(corrections: Iterable[Correction]) -> list[Chain]:
    """`corrections`, given in the order of making, by what they put right; in the order of their beginnings."""
    found: list[Chain] = []
    for one in corrections:
        at = next((at for at, chain in enumerate(found) if _goes_on(one, chain[-1])), None)
        if at is None:
            found.append((one,))
        else:
            found[at] = (*found[at], one)
    return found


def _goes_on(one: Correction, before: Correction) -> bool:
    """Whether `one` puts right once more what `before` put right."""
    if one.kind not in _AGAIN or (one.kind, one.pane, one.scope) != (before.kind, before.pane, before.scope):
        return False
    if one.kind == "rename":
        return one.name == one_line(before.value) and one.selector.exact == before.selector.exact
    return one.selector == before.selector


def described(chain: Chain, more: str = "") -> Content:
    """Corrections in words: what they are about, what was done, to what in the end, and where it holds."""
    first, last = chain[0], chain[-1]
    about = first.name or f"“{first.selector.exact[:60]}”"
    scope = " everywhere" if last.scope == "everywhere" else ""
    return Content.assemble(
        (clean(about), "bold"), f" {WORDS[last.kind]} ", (clean(last.value), "bold"), f"{scope}{more}"
    )
