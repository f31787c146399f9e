"""Where a highlight stands, set by the reader's hand: its ends moved, and one whose passage is gone put where it
belongs. A side of the reader screen.

Both are one thing, the highlight that is being placed: until the reader leaves it, Enter does not make a highlight but
gives this one its place. Its notes, tags and colour stay.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import work
from textual.worker import Worker

from store.notebook import Notebook, Placed
from store.spans import Span
from tui.actions import Action, action
from tui.panes.row import Row
from tui.reader.messages import SelectionChanged
from tui.reading import Reading, highlights_at
from tui.screens.changing import Changing


@dataclass(frozen=True, slots=True)
class _Placing:
    """A highlight that is being placed."""

    reading: Reading
    highlight: str
    """Its id."""
    stands: bool
    """Whether it has a place: then that is selected first, and leaving the selection leaves it as it was."""


class Placing(Changing):
    """The side of the reader screen that gives highlights their places."""

    _placing: _Placing | None = None

    @property
    def placing(self) -> bool:
        """Whether a highlight of this article is being placed."""
        return self._placing is not None and self._placing.reading is self.reading

    def place(self, span: Span, colour: int | None = None) -> Worker[bool]:
        """Put the highlight that is being placed at `span`; with a colour, also give it that."""
        assert self._placing is not None
        id_, self._placing = self._placing.highlight, None

        def change(notebook: Notebook) -> str:
            before = notebook.highlight(id_)
            changed = notebook.change_highlight(id_, span=span, colour=colour) != before
            return "Placed and saved; u takes it back" if changed else "It stands there already"

        placed = self.change(change)
        self.reader.leave_selection()
        self.draw_keys()
        return placed

    @work(group="placing")
    async def place_and(self, span: Span, go_on: Callable[[Span], object]) -> None:
        """Put the highlight that is being placed at `span`, then do something with it there."""
        await self.place(span).wait()
        go_on(span)

    @property
    def placing_selection(self) -> bool:
        """Whether what is selected are the new ends of a highlight that stands in the text."""
        return self._placing is not None and self.placing and self._placing.stands

    def leave_placing(self) -> bool:
        """Leave the highlight that is being placed as it was; False when there is none."""
        placing, self._placing = self.placing, None
        if placing:
            self.status.say("Left as it was")
            self.draw_keys()
        return placing

    # --- beginning -------------------------------------------------------------------------------------------

    def move_ends(self, span: Span) -> None:
        """Select the highlight at the cursor anew, or else the one that shares most with `span`."""
        notebook, caret = self.reading.notebook, self.reader.caret
        here = highlights_at(notebook, (caret, caret + 1)) or highlights_at(notebook, span)
        if here:
            self._begin(here[0])
        else:
            self.status.say(f"There is no highlight here; {self._key('highlight')} makes one")

    def take_ends(self, span: Span) -> None:
        """Give the one highlight that `span` touches these ends."""
        touched = highlights_at(self.reading.notebook, span)
        if not self.placing and len(touched) == 1:
            self._placing = _Placing(self.reading, touched[0].highlight.id, True)
        if self.placing:
            self.place(span)
        elif touched:
            key = self._key("move_ends")
            self.status.say(f"This touches {len(touched)} highlights; press {key} on the one that you mean, unselected")
        else:
            self.status.say(f"This touches no highlight; {self._key('highlight_selection')} makes one")

    def place_row(self, row: Row) -> None:
        """Place the highlight of a row of the notes: at what is selected, or where the reader then says."""
        placed = next((one for one in self.reading.notebook.placed() if one.highlight.id == row.key), None)
        selection = self.reader.selection
        if placed is None:
            self.status.say("This note is on the article as a whole: it has no place in the text")
        elif selection is not None:
            self._placing = _Placing(self.reading, row.key, True)
            self.place(selection)
            self.reader.focus()
        else:
            self._begin(placed)

    def _begin(self, placed: Placed) -> None:
        self._placing = _Placing(self.reading, placed.highlight.id, placed.span is not None)
        self.reader.focus()
        if placed.span is not None:
            self.reader.go_to(placed.span)
            self.reader.select_span(placed.span)
        self._say_how()
        self.draw_keys()

    def _say_how(self) -> None:
        enter, leave = self._key("highlight_selection"), self._key("leave_selection")
        if self.placing_selection:
            other = self._key("other_end")
            self.status.say(f"Move its end ({other}: the other one); {enter} keeps it, {leave} leaves it")
        else:
            select = self._key("select")
            self.status.say(f"Select ({select}) where it belongs, {enter} places it, {leave} leaves it")

    # --- going on --------------------------------------------------------------------------------------------

    def on_reader_selection_changed(self, _: SelectionChanged) -> None:
        """Leaving the selection that it began with leaves the highlight as it was; another one can be made anew."""
        if self.placing and self.reader.selection is None:
            if self.placing_selection:
                self.leave_placing()
            else:
                self._say_how()

    def draw_keys(self) -> None:
        """While a highlight is being placed, show the keys that place it."""
        if self.placing and self.focused is self.reader:
            self.key_line.show(_keys(self.reader.selection is not None), self.keys)
        else:
            super().draw_keys()


def _keys(selecting: bool) -> list[Action]:
    """What is of use while a highlight is being placed."""
    if selecting:
        more = [action(name) for name in ("other_end", "take_sentence", "take_paragraph")]
        return [_called("highlight_selection", "Place here"), *more, _called("leave_selection", "Leave it")]
    more = [action(name) for name in ("select", "select_lines", "search", "help")]
    return [_called("act", "Place at this sentence"), _called("cancel", "Leave it"), *more]


def _called(name: str, label: str) -> Action:
    return replace(action(name), label=label)
