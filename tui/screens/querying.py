"""A line to type a query in and what answers it, as one types: what the search of all articles and that of all notes
have in common. Asking is done by the desk; the answers of what was typed before never overtake.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static

from store.errors import BriefbookError, printable
from store.query import QueryError
from tui.actions import Keymap
from tui.desk import Desk
from tui.panes.list_pane import ListPane
from tui.panes.row import Row
from tui.screens.visible import VisibleInput

_ASK_AFTER = 0.06
"""Seconds after a key until the query is asked: a word that is typed quickly is asked for once."""


class Chosen(NamedTuple):
    """What was chosen among the answers."""

    article: str
    """Its id."""
    start: int
    """The code point to go to."""
    highlight: str = ""
    """The id of the highlight to go to, wherever it stands by now."""


class QueryScreen(ModalScreen[Chosen | None]):
    """Gives what was chosen, or None. `typed` is what stands in the line at first."""

    TITLE_WORDS = ""
    HINT = "Enter opens · ↑ ↓ moves · Tab to the list and back · Esc leaves"
    EMPTY = "Nothing matches."
    START = ""
    """What stands in the place of answers before anything is typed."""
    ROW_HEIGHT = 4
    AUTO_FOCUS = "#query"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("tab,shift+tab", "change", show=False, priority=True),
        Binding("slash", "to_line", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, desk: Desk, keys: Keymap, typed: str = "") -> None:
        super().__init__()
        self.desk, self.keys, self.typed = desk, keys, typed
        self._soon: Timer | None = None
        self._shown: str | None = None
        """The query whose answers are shown; None: there are none yet."""
        self._moved = False
        """Whether the reader has moved among the answers since typing."""
        self._opening = False
        """Whether the first answer is to be opened when it is there."""

    def compose(self) -> ComposeResult:
        """The line, what is wrong with it, the answers, and what the keys do."""
        with Vertical(id="querying"):
            yield Static(self.TITLE_WORDS, classes="dialog-title", markup=False)
            yield VisibleInput(self.typed, id="query", compact=True, select_on_focus=False)
            yield Static("", id="query-problem", markup=False)
            answers = ListPane(id="answers", row_height=self.ROW_HEIGHT)
            answers.map_keys(self.keys)
            yield answers
            yield Static("", id="query-status", markup=False)
            yield Static(self.HINT, classes="dialog-hint", markup=False)

    @property
    def answers(self) -> ListPane:
        """The list."""
        return self.query_one("#answers", ListPane)

    def on_mount(self) -> None:
        """Ask what stands there, and have typing replace it."""
        line = self.query_one("#query", VisibleInput)
        line.propose()
        # Now and not with the first frame: keys that were typed meanwhile are waiting.
        self.set_focus(line)
        self._ask()

    # --- what the two screens differ in ----------------------------------------------------------------------

    def rows(self, typed: str, limit: int) -> list[Row]:
        """The answers; called in the desk's thread."""
        raise NotImplementedError

    def count(self, typed: str) -> int | None:
        """How many there are in all; called in the desk's thread. None: nobody knows."""
        return None

    def lacking(self, typed: str) -> int:
        """How many articles cannot answer because they are not analysed yet; called in the desk's thread."""
        return 0

    def chosen(self, row: Row) -> Chosen:
        """What choosing the row means."""
        raise NotImplementedError

    # --- asking ----------------------------------------------------------------------------------------------

    @on(Input.Changed, "#query")
    def _changed(self, event: Input.Changed) -> None:
        self.typed, self._moved, self._opening = event.value, False, False
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(_ASK_AFTER, self._ask)

    @work(exclusive=True, group="query")
    async def _ask(self) -> None:
        typed = self.typed
        try:
            for limit in (_FIRST_PAGE, _ALL):
                found = await self.desk.call(self.rows, typed, limit)
                if typed != self.typed:
                    return
                self._show(found, len(found) if len(found) < limit else None)
                if len(found) < limit:
                    break
            # All of what is common takes longer to count than to show a page of it, and so does the whole shelf.
            total = await self.desk.call(self.count, typed) if len(found) == _ALL else len(found)
            lacking = await self.desk.call(self.lacking, typed)
        except BriefbookError as error:
            self._refuse(error)
            return
        if typed == self.typed and (lacking or len(found) == _ALL):
            self.say(f"{_counted(len(found), total)}{self._not_analysed(lacking) if lacking else ''}")

    def _not_analysed(self, lacking: int) -> str:
        """Short enough for 80 columns, however many there are."""
        how = "in the background" if self.desk.config.analyse_ahead else "when opened"
        return f" · {lacking:,} not analysed yet; done {how}"

    def _show(self, rows: Sequence[Row], total: int | None) -> None:
        self.query_one("#query-problem", Static).update("")
        self._shown = self.typed
        self.answers.set_rows(rows, self.EMPTY if self.typed.strip() else self.START)
        if not self._moved:
            self.answers.action_first_row()
        if self._opening:
            self._take(self.answers.row())
        self.say(_counted(len(rows), total) if rows or self.typed.strip() else "")

    def say(self, words: str) -> None:
        """Show a sentence beneath the answers."""
        self.query_one("#query-status", Static).update(printable(words))

    def _refuse(self, error: BriefbookError) -> None:
        """Say what is wrong beneath the line, at the place; what was found before is no answer to this."""
        self._shown, self._opening = None, False
        self.answers.set_rows([])
        self.say("")
        words = str(error)
        if isinstance(error, QueryError):
            field = self.query_one("#query", Input)
            place = max(0, error.position - max(0, len(error.query) - field.content_size.width))
            words = f"{' ' * place}^ {words}" if place + len(words) < field.content_size.width else f"^ {words}"
        self.query_one("#query-problem", Static).update(printable(words))

    # --- choosing --------------------------------------------------------------------------------------------

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        if self._shown == self.typed:
            self._take(self.answers.row())
        else:
            self._opening = True

    @on(ListPane.Opened)
    def _opened(self, message: ListPane.Opened) -> None:
        message.stop()
        self._take(message.row)

    @on(ListPane.Asked)
    def _asked(self, message: ListPane.Asked) -> None:
        message.stop()

    def _take(self, row: Row | None) -> None:
        if row is not None:
            self.dismiss(self.chosen(row))

    def action_leave(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        """Move among the answers, wherever the focus is."""
        self._moved = True
        self.answers.action_row_down() if step > 0 else self.answers.action_row_up()

    def action_page(self, step: int) -> None:
        """Move by a page."""
        self._moved = True
        self.answers.action_rows_page_down() if step > 0 else self.answers.action_rows_page_up()

    def action_change(self) -> None:
        """From the line to the list, or back."""
        to_list = self.focused is not self.answers and len(self.answers.rows)
        (self.answers if to_list else self.query_one("#query", Input)).focus()

    def action_to_line(self) -> None:
        """Back to the line."""
        self.query_one("#query", Input).focus()

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        """Letters are typed while the line has the focus."""
        return self.focused is self.answers if action == "to_line" else True


_FIRST_PAGE = 50
_ALL = 500
"""Answers that are shown at first, and at most: who has more to look through asks more precisely."""


def _counted(shown: int, total: int | None) -> str:
    if total is None or total <= shown:
        return f"{shown:,}{'' if total is not None else ' or more'} found"
    return f"the first {shown:,} of {total:,}"
