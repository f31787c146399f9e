"""The actions that need more than the text: each asks the app, with the passage that it is about."""

from tui.reader.messages import Act, Request
from tui.reader.mouse import Mouse


class Requests(Mouse):
    """The side of the reader that asks the app."""

    def request(self, action_id: str, argument: str = "") -> None:
        """Ask the app to do `action_id` with the selection, or with the sentence under the cursor."""
        self.post_message(Request(action_id, self.selection or self.sentence, argument))

    def action_act(self) -> None:
        """Ask what is to be done with the sentence."""
        self.post_message(Act(self.sentence))

    def action_highlight(self) -> None:
        """Highlight the sentence."""
        self.request("highlight")

    def action_note(self) -> None:
        """Write a note to the sentence."""
        self.request("note")

    def action_tags(self) -> None:
        """Change the tags of the highlight here."""
        self.request("tags")

    def action_move_ends(self) -> None:
        """Select the highlight here anew."""
        self.request("move_ends")

    def action_take_ends(self) -> None:
        """Give the highlight that the selection touches the selection's ends."""
        self.request("take_ends")

    def action_delete(self) -> None:
        """Delete the highlight here."""
        self.request("delete")

    def action_copy(self) -> None:
        """Copy the sentence."""
        self.request("copy")

    def action_copy_cited(self) -> None:
        """Copy the sentence with its citation."""
        self.request("copy_cited")

    def action_open_source(self) -> None:
        """Open where the article comes from."""
        self.request("open_source")

    def action_renew(self) -> None:
        """Take in what the article's source says now."""
        self.request("renew")

    def action_changes(self) -> None:
        """Show what this version of the text changed."""
        self.request("changes")

    def action_note_editor(self) -> None:
        """Write the note in the reader's own editor."""
        self.request("note_editor")

    def action_about(self) -> None:
        """Show what is known about the article."""
        self.request("about")

    def action_alone(self) -> None:
        """Show the text alone, or with everything else again."""
        self.request("alone")

    def action_highlight_selection(self) -> None:
        """Highlight the selection."""
        self.request("highlight_selection")

    def action_colour_1(self) -> None:
        """Highlight the selection in the first colour."""
        self.request("colour_1", "1")

    def action_colour_2(self) -> None:
        """Highlight the selection in the second colour."""
        self.request("colour_2", "2")

    def action_colour_3(self) -> None:
        """Highlight the selection in the third colour."""
        self.request("colour_3", "3")

    def action_colour_4(self) -> None:
        """Highlight the selection in the fourth colour."""
        self.request("colour_4", "4")

    def action_colour_5(self) -> None:
        """Highlight the selection in the fifth colour."""
        self.request("colour_5", "5")

    def action_note_selection(self) -> None:
        """Write a note to the selection."""
        self.request("note_selection")

    def action_tag_selection(self) -> None:
        """Give the selection tags."""
        self.request("tag_selection")

    def action_copy_selection(self) -> None:
        """Copy the selection."""
        self.request("copy_selection")

    def action_copy_selection_cited(self) -> None:
        """Copy the selection with its citation."""
        self.request("copy_selection_cited")

    def action_add_actor(self) -> None:
        """Make the selection an actor."""
        self.request("add_actor")

    def action_add_number(self) -> None:
        """Make the selection a figure."""
        self.request("add_number")

    def action_add_quote(self) -> None:
        """Make the selection a quote."""
        self.request("add_quote")
