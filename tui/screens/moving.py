"""Going about: between the parts, from a row to its place and back, from article to article; showing and hiding. A side
of the reader screen.
"""

from textual.widget import Widget

from tui.actions import LIST_PLACES, action
from tui.geometry import side_columns
from tui.panes.list_pane import ListPane
from tui.reading import PANES
from tui.screens.asking import Asking
from tui.screens.foot import Tabs

_SIDE_STEP = 4


class Moving(Asking):
    """The side of the reader screen that goes about."""

    def on_mount(self) -> None:
        """Where nothing was named, the shelf comes first, with what was read last behind it."""
        if not self.desk.named and self.key:
            self.focus_part("shelf")

    def open_article(self, key: str, step: int = 0) -> None:
        """Open the article of that key, or, going on by `step`, the first that can be read; `ReaderScreen` does it."""
        raise NotImplementedError

    def open_shelf_row(self, key: str) -> None:
        """Do what a row of the shelf stands for; `Shelving` does it."""
        raise NotImplementedError

    def on_list_pane_opened(self, message: ListPane.Opened) -> None:
        """A row was chosen: its place in the text, or the article that it stands for."""
        if message.pane.id == "shelf":
            self.open_shelf_row(message.row.key)
        elif message.place is not None:
            self.reader.go_to(message.place)
            if {"-narrow", "-short"} <= self.classes:
                # There is room for one of them only.
                self.focus_part("reader")
            count = len(message.row.places)
            self.status.say("")
            if count > 1:
                noun = {"actors": "Mention", "quotes": "Piece"}.get(message.pane.id or "", "Place")
                self.status.say(f"{noun} {message.pane.place_number(message.row)} of {count}")

    def on_tabs_chosen(self, message: Tabs.Chosen) -> None:
        """A tab was clicked: that pane comes to the front."""
        self.focus_part(PANES[message.index])

    def on_list_pane_focused(self, message: ListPane.Focused) -> None:
        """The list that has the focus is the active one."""
        if message.pane.id in PANES:
            self.set_active(message.pane.id)

    async def perform(self, action_id: str) -> None:
        """Carry out an action wherever its handler is; for palette and menus."""
        where = action(action_id).where
        target: Widget = self
        if where in ("reading", "selecting"):
            self.reader.focus()
            target = self.reader
        elif where != "everywhere":
            target = self.pane(where if where in LIST_PLACES else self.active)
        await self.app.run_action(action_id, target)

    def action_next_thing(self) -> None:
        """To the next thing of the active pane."""
        self.go_thing(1)

    def action_previous_thing(self) -> None:
        """To the thing of the active pane before."""
        self.go_thing(-1)

    def action_palette(self) -> None:
        """Open the command palette."""
        self.app.action_command_palette()

    def action_next_pane(self) -> None:
        """Focus the next part."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Focus the part before."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        names = ["reader", *PANES]
        if self.pane("shelf").display:
            names.insert(0, "shelf")
        focused = self.focused.id if self.focused is not None else None
        place = names.index(focused) if focused in names else names.index("reader")
        self.focus_part(names[(place + step) % len(names)])

    def focus_part(self, name: str) -> None:
        if name in PANES:
            self.remove_class("-alone")
            self.add_class("-panes")
            self.set_active(name)
            self.pane(name).focus()
        elif name == "shelf":
            self.add_class("-shelf")
            self.pane("shelf").focus()
        else:
            self.remove_class("-panes")
            self.reader.focus()
        if name != "shelf":
            self.remove_class("-shelf")

    def action_pane_text(self) -> None:
        """Go to the text."""
        self.focus_part("reader")

    def action_pane_actors(self) -> None:
        """Go to the actors."""
        self.focus_part("actors")

    def action_pane_numbers(self) -> None:
        """Go to the numbers."""
        self.focus_part("numbers")

    def action_pane_quotes(self) -> None:
        """Go to the quotes."""
        self.focus_part("quotes")

    def action_pane_notes(self) -> None:
        """Go to the notes."""
        self.focus_part("notes")

    def action_pane_shelf(self) -> None:
        """Go to the shelf."""
        self.focus_part("shelf")

    def action_next_article(self) -> None:
        """Open the next article of the shelf."""
        self._step_article(1)

    def action_previous_article(self) -> None:
        """Open the article before."""
        self._step_article(-1)

    def _step_article(self, step: int) -> None:
        keys = self.desk.keys
        place = keys.index(self.key) + step if self.key in keys else 0
        if 0 <= place < len(keys):
            self.open_article(keys[place], step)
        else:
            self.status.say("This is the last article" if step > 0 else "This is the first article")

    def action_layer_actors(self) -> None:
        """Show or hide the actors' colour."""
        self._toggle("actors")

    def action_layer_numbers(self) -> None:
        """Show or hide the numbers' colour."""
        self._toggle("numbers")

    def action_layer_quotes(self) -> None:
        """Show or hide the quotes' colour."""
        self._toggle("quotes")

    def action_layer_highlights(self) -> None:
        """Show or hide the highlights."""
        self._toggle("highlights")

    def _toggle(self, layer: str) -> None:
        on = self.reader.toggle_layer(layer)
        self.status.say(f"{layer.capitalize()} {'shown' if on else 'hidden'} in the text")

    def action_theme(self) -> None:
        """Take the next theme."""
        self.status.say(f"Theme: {self.briefbook.next_theme()}")

    def action_side_narrower(self) -> None:
        """Make the panes narrower."""
        self.set_side_width(self.query_one("#side").size.width - _SIDE_STEP)

    def action_side_wider(self) -> None:
        """Make the panes wider."""
        self.set_side_width(self.query_one("#side").size.width + _SIDE_STEP)

    def set_side_width(self, width: int) -> None:
        if width and not self.has_class("-narrow"):
            width = side_columns(self.app.size.width, width)
            self.query_one("#side").styles.width = width
            self.kept_state["side"] = width
