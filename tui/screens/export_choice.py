"""What is to be written out of an article and where to: one dialog, in which Enter takes everything as it stands.

What a format leaves no choice of is not asked. What is chosen is the business of `tui.screens.exporting`.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from store.export import Format
from tui.panes.lines import clean
from tui.screens.visible import VisibleInput

ALL_MARKS = "all marks · some: colour:red tag:x has:note or words"
WHOLE = "the article's whole text"
TABLES = "actors, numbers, quotes"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen."""

    path: str
    """A file or a folder, or the sign for the clipboard."""
    only: str = ""
    """A query that chooses highlights and notes; empty: all of them."""
    whole: bool = False
    tables: bool = False
    focus: str = "answer"
    """The part of the dialog that had the focus, by its id."""


class Tick(Static, can_focus=True):
    """Something that is wanted or not, as a line with a tick box; Space or a click changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "turn", "Change", show=False)]

    def __init__(self, words: str, on: bool, id: str) -> None:  # noqa: A002 (the toolkit's name)
        super().__init__(id=id)
        self._words, self.on = words, on

    def render(self) -> Content:
        """The box and its words."""
        return Content(f"[{'x' if self.on else ' '}] {clean(self._words)}")

    def action_turn(self) -> None:
        """Want it, or not."""
        self.on = not self.on
        self.refresh()

    def on_click(self) -> None:
        """Want it, or not."""
        self.focus()
        self.action_turn()


class ExportScreen(ModalScreen[Choice | None]):
    """Gives the choice, or None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("enter", "take", "Export"),
        # With priority: what is typed on at once goes to where these lead.
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = ""

    def __init__(self, called: str, known: Format, proposal: Choice, problem: str = "", tables: str = TABLES) -> None:
        """A question.

        Args:
            called: what the format, or the template, is called.
            proposal: what stands there at first.
            problem: why the last answer could not be followed.
            tables: what is said of the tables.
        """
        super().__init__()
        self._called, self._known, self._proposal = called, known, proposal
        self._problem, self._tables = problem, tables

    @property
    def asked(self) -> set[str]:
        """The ids of what is asked beside the path."""
        known = self._known
        asked = {"only": known.marks, "whole": known.whole in ("yes", "no"), "tables": known.tables}
        return {part for part, is_open in asked.items() if is_open}

    def compose(self) -> ComposeResult:
        """Where to, which marks, what else, what went wrong, and what the keys do."""
        proposal, asked = self._proposal, self.asked
        with Vertical(classes="dialog"):
            yield Label(f"Export as {clean(self._called)}", classes="dialog-title", markup=False)
            with Horizontal(classes="field"):
                yield Label("To", markup=False)
                yield VisibleInput(proposal.path, id="answer", select_on_focus=False)
            if "only" in asked:
                with Horizontal(classes="field"):
                    yield Label("Only", markup=False)
                    yield VisibleInput(proposal.only, ALL_MARKS, id="only", select_on_focus=False)
            if "whole" in asked:
                yield Tick(WHOLE, proposal.whole, "whole")
            if "tables" in asked:
                yield Tick(self._tables, proposal.tables, "tables")
            if self._problem:
                yield Static(clean(self._problem), classes="problem", markup=False)
            yield Label(self._hint(), classes="dialog-hint", markup=False)

    def _hint(self) -> str:
        what = "A file is updated" if self._known.module == "markdown" else "A file or a folder"
        first = "" if self._problem else f"{what} · - copies it\n"
        more = " · ↓ ↑ moves" if self.asked else ""
        turns = " · Space turns [x]" if "tables" in self.asked else ""
        return f"{first}Enter exports{more}{turns} · Esc leaves"

    def on_mount(self) -> None:
        """The path is a proposal, which typing replaces; after a mistake one goes on where one was."""
        self.query_one(f"#{self._proposal.focus}").focus()
        if not self._problem:
            self.query_one("#answer", VisibleInput).propose()

    def action_move(self, step: int) -> None:
        """To the next part, or the one before."""
        self.focus_next() if step > 0 else self.focus_previous()

    def on_input_submitted(self) -> None:
        """Enter in a line."""
        self.action_take()

    def action_take(self) -> None:
        """Take everything as it stands."""
        lines = {line.id: line.value for line in self.query(VisibleInput)}
        ticks = {tick.id: tick.on for tick in self.query(Tick)}
        whole, tables = ticks.get("whole", self._known.whole == "always"), ticks.get("tables", False)
        focus = (self.focused.id if self.focused else None) or self._proposal.focus
        self.dismiss(Choice(lines["answer"].strip(), lines.get("only", "").strip(), whole, tables, focus))
