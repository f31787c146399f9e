"""The lists whose rows the reader can put right. What is done about a row is decided by the screen that they ask."""

from tui.panes.list_pane import ListPane


class ActorsPane(ListPane):
    """The list of actors."""

    def action_merge(self) -> None:
        """Ask for this actor to be made one with another."""
        self.ask("merge")

    def action_split(self) -> None:
        """Ask for one of its names to be made an actor of its own."""
        self.ask("split")

    def action_rename(self) -> None:
        """Ask for another name."""
        self.ask("rename")

    def action_kind(self) -> None:
        """Ask for another kind."""
        self.ask("kind")

    def action_reject_actor(self) -> None:
        """Ask for the row to be taken out."""
        self.ask("reject_actor")

    def action_reject_everywhere(self) -> None:
        """Ask for the row to be taken out, here and in every other article."""
        self.ask("reject_everywhere")


class NumbersPane(ListPane):
    """The list of figures."""

    def action_edit_number(self) -> None:
        """Ask for the figure to be put right."""
        self.ask("edit_number")

    def action_reject_number(self) -> None:
        """Ask for the row to be taken out."""
        self.ask("reject_number")


class QuotesPane(ListPane):
    """The list of quotes."""

    def action_speaker(self) -> None:
        """Ask for another speaker."""
        self.ask("speaker")

    def action_reject_quote(self) -> None:
        """Ask for the row to be taken out."""
        self.ask("reject_quote")


class NotesPane(ListPane):
    """The list of highlights and notes."""

    def action_edit_note(self) -> None:
        """Ask for the note to be changed."""
        self.ask("edit_note")

    def action_place_note(self) -> None:
        """Ask for the reader to say where it belongs."""
        self.ask("place_note")

    def action_tag_note(self) -> None:
        """Ask for the highlight's tags to be changed."""
        self.ask("tag_note")

    def action_colour_note(self) -> None:
        """Ask for another colour of the highlight."""
        self.ask("colour_note")

    def action_delete_note(self) -> None:
        """Ask for the row to be deleted."""
        self.ask("delete_note")
