"""Drawing what is known: each pane's rows, the layers in the text, titles, counts, progress; and the panes' following
of the text's cursor. A side of the reader screen.
"""

from collections.abc import Sequence
from typing import Any

from textual import work
from textual.content import Content
from textual.timer import Timer

from store.analysis import Analysis
from store.worker import LONG
from tui.actions import LIST_PLACES, Where, actions_in
from tui.geometry import STATUS
from tui.keymaps import shown
from tui.panes.lines import clean
from tui.panes.list_pane import ListPane
from tui.reader.layers import Layer
from tui.reader.messages import Said, SelectionChanged
from tui.reading import PANES, Reading
from tui.screens.foot import StatusLine
from tui.screens.parts import Parts

TITLES = {"actors": "Actors", "numbers": "Numbers", "quotes": "Quotes", "notes": "Notes"}
_LEAST_HEIGHT = 6
FOLLOW_AFTER = 0.06
"""Seconds after a move until the panes follow the text's cursor: a held key never waits for them."""


class Drawing(Parts):
    """The side of the reader screen that draws."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.things = {name: Layer(name) for name in PANES}
        self._follow: Timer | None = None
        self.drawn_analysis: Analysis | None = None
        """What the panes and the text show."""

    def draw_analysis(self) -> None:
        """Draw what was extracted anew, in the text and in the panes."""
        self.drawn_analysis = self.reading.analysis
        for name, layer in self.reading.machine_layers().items():
            self.reader.set_layer(name, layer)
        self.draw_machine_panes()

    def draw_machine_panes(self) -> None:
        for name in ("actors", "numbers", "quotes"):
            self.draw_pane(name)
        self.draw_tabs()

    def draw_notes(self) -> None:
        """Draw highlights and notes anew, in the text and in their pane."""
        self.reader.set_layer("highlights", self.reading.highlight_layer())
        self.reader.set_marks(self.reading.note_marks())
        self.draw_pane("notes")
        self.draw_tabs()

    def draw_changes(self) -> None:
        """Draw what a change of the notebook may have changed: the notes, and the panes when it was a correction."""
        self.draw_notes()
        if not self.reading.is_ready and len(self.reading.article.text) > LONG:
            self._draw_when_ready(self.reading)
        elif self.reading.analysis is not self.drawn_analysis:
            self.draw_analysis()

    @work(group="ready", exclusive=True)
    async def _draw_when_ready(self, reading: Reading) -> None:
        """Make everything anew in the desk's thread: in a novel it takes a second, and no key waits for it."""
        await self.desk.call(reading.prepare)
        if reading is self.reading:
            self.draw_analysis()

    def draw_pane(self, name: str) -> None:
        """Fill the pane of that name anew."""
        pane = self.pane(name)
        rows = self.reading.rows(name, pane.order)
        self.things[name] = self.reading.things(name)
        pane.set_rows(rows, self.reading.empty(name))
        # A short list leaves its room to the others where they stand one above the other.
        pane.styles.max_height = max(_LEAST_HEIGHT, pane.virtual_size.height + 1)
        self.follow_cursor()

    def draw_tabs(self) -> None:
        tabs = []
        for name in PANES:
            pane = self.pane(name)
            counted = name == "notes" or self.reading.raw is not None
            words = f"{TITLES[name]} {pane.count}" if counted else f"{TITLES[name]} …"
            order = f" · {pane.order}" if pane.order != pane.orders[0] else ""
            filtered = f" · {len(pane.rows)} of “{pane.filter}”" if pane.filter else ""
            pane.border_title = self._title(f"pane_{name}", words + order + filtered)
            short = f"{TITLES[name]} {len(pane.rows)} of {pane.count}" if pane.filter else words
            tabs.append((self._key(f"pane_{name}"), short, name == self.active))
        self.tabs.show(tabs)

    def _title(self, action_id: str, words: str) -> Any:

        return Content.assemble((f" {self._key(action_id)} ", "bold"), f"{clean(words)} ")

    def _key(self, action_id: str) -> str:
        keys = self.keys[action_id]
        return shown(keys[0]) if keys else ""

    def draw_progress(self) -> None:
        keys = self.desk.keys  # the desk's thread may lay others in its place
        place = f"{keys.index(self.key) + 1} of {len(keys)}" if self.key in keys and len(keys) > 1 else ""
        self.status.set_progress(self.reader.progress, place)

    async def draw_shelf(self) -> None:
        """Draw the shelf; `Shelving` does it."""
        raise NotImplementedError

    def go_thing(self, step: int) -> None:
        """To the next or previous thing of the active pane."""
        things = self.things[self.active]
        start, end = self.reader.sentence
        emphasis = self.reader.emphasis
        if emphasis is not None:
            start, end = emphasis[0], emphasis[0] + 1
        found = things.following(end) if step > 0 else things.preceding(start)
        if found is None:
            self.status.say(f"No {'more' if step > 0 else 'earlier'} {self.active}")
            return
        self.reader.go_to(found)

    def follow_soon(self) -> None:
        """Have the panes follow the text's cursor when it rests."""
        if self._follow is None:
            self._follow = self.set_timer(FOLLOW_AFTER, lambda: self.follow_cursor(moved=True))

    def follow_cursor(self, moved: bool = False) -> None:
        """Mark the rows that stand in the sentence under the text's cursor, and bring the first into view."""
        self._follow = None
        sentence = self.reader.sentence
        for name in PANES:
            pane = self.pane(name)
            # In an order that was chosen a list is read by itself, and begins at its top.
            pane.set_here(self.things[name].keys_within(sentence), follow=moved or pane.order == pane.orders[0])

    def on_reader_selection_changed(self, _: SelectionChanged) -> None:
        """A selection has keys of its own."""
        self.draw_keys()

    def on_reader_said(self, message: Said) -> None:
        """The text has something to say."""
        self.status.say(message.words)

    def on_status_line_grown(self, message: StatusLine.Grown) -> None:
        """A long message takes the row of the keys as long as it stands, and what more it needs from the rest."""
        self.status.styles.height = message.rows
        self.set_class(message.rows > STATUS, "-saying")

    def on_descendant_focus(self) -> None:
        """The line of keys shows what is of use where the focus is."""
        self.draw_keys()

    def draw_keys(self) -> None:
        """Show the keys that are of use here."""
        places = self.places()
        footer = [item for place in places for item in actions_in(place) if item.footer]
        self.key_line.show(footer, self.keys)

    def places(self) -> Sequence[Where]:
        """Where the reader is, nearest first."""
        focused = self.focused
        if isinstance(focused, ListPane):
            own = focused.id if focused.id in LIST_PLACES else None
            return [*([own] if own else []), "lists", "everywhere"]
        return ["selecting" if self.reader.selection else "reading", "everywhere"]

    def set_active(self, name: str) -> None:
        self.active = name
        for other in PANES:
            self.pane(other).set_class(other == name, "-active")
        self.draw_tabs()
