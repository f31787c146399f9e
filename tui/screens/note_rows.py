"""What is done with the rows of lists: marking the passage of any, and everything with those of the notes. A side of
the reader screen.
"""

from textual import work

from store.annotation import COLOURS, Highlight
from store.notebook import Notebook
from tui.panes.list_pane import ListPane
from tui.panes.row import Row
from tui.reader.messages import Clicked
from tui.reading import highlights_at
from tui.screens.annotating import Annotating


class NoteRows(Annotating):
    """The side of the reader screen that changes notes from their list."""

    def do_with_row(self, pane: str, row: Row, action_id: str) -> None:
        """Do with a row of a pane what the action says."""
        if action_id == "copy_row":
            self.copy_text(row.words)
        elif pane == "shelf":
            self.status.say("This is for what stands in an article; Enter opens it")
        elif pane == "notes":
            self._do_with_note(row, action_id)
        elif row.places and action_id == "note_row":
            self.note(row.places[0])
        elif row.places and action_id == "highlight_row":
            self.highlight(row.places[0])

    def _do_with_note(self, row: Row, action_id: str) -> None:
        if action_id == "delete_note":
            self._delete_row(row.key)
        elif action_id in ("edit_note", "note_row"):
            self._edit_row(row)
        elif action_id == "place_note":
            self.place_row(row)
        elif action_id in ("tag_note", "colour_note"):
            self._do_with_highlight(row, action_id)
        elif action_id == "highlight_row":
            self.status.say("This is highlighted already" if row.places else self._placeless(row))

    def _do_with_highlight(self, row: Row, action_id: str) -> None:
        notebook = self.reading.notebook
        note = next((note for note in notebook.notes if note.id == row.key), None)
        here = notebook.highlight(row.key) or (notebook.highlight(note.highlight) if note and note.highlight else None)
        if here is None:
            self.status.say("This note is on the article as a whole: only highlights have tags and a colour")
        elif action_id == "tag_note":
            self.tags(None, here)
        else:
            self._recolour(here)

    @work(group="dialog", exclusive=True)
    async def _recolour(self, highlight: Highlight) -> None:
        picked = await self.pick("The colour of this highlight", COLOURS, first=COLOURS[highlight.colour - 1])
        if picked is None:
            return
        colour = COLOURS.index(picked.value) + 1

        def change(notebook: Notebook) -> str:
            notebook.change_highlight(highlight.id, colour=colour)
            return "Colour changed and saved"

        self.change(change)

    def on_list_pane_opened(self, message: ListPane.Opened) -> None:
        """A row of the notes that has no place in the text was chosen: say so, or open the note."""
        if message.pane.id == "notes" and message.place is None:
            if self.reading.notebook.highlight(message.row.key) is None:
                self._edit_row(message.row)
            else:
                self.status.say(self._placeless(message.row))

    def show_gone(self, highlight: str) -> None:
        """Show the row of a highlight whose passage is gone: it is all that is left of it."""
        row = self._show_row(highlight)
        if row is not None and row.key == highlight:
            self.status.say(self._placeless(row))

    def _show_row(self, highlight: str) -> Row | None:
        """Put the cursor of the notes on a highlight's row, which a filter may have kept out."""
        pane = self.pane("notes")
        if pane.filter and pane.place_of(highlight) is None:
            pane.set_filter("")
            self.draw_tabs()
        pane.select(highlight)
        return pane.row()

    def on_reader_clicked(self, message: Clicked) -> None:
        """A click on a highlight brings what is noted of it into sight; the keys stay with the text."""
        here = highlights_at(self.reading.notebook, (message.offset, message.offset + 1))
        if here and message.chain == 1:
            self.set_active("notes")
            self._show_row(here[0].highlight.id)

    def _placeless(self, row: Row) -> str:
        if self.reading.notebook.highlight(row.key) is None:
            return "This note is on the article as a whole: it has no place in the text"
        return f"Its passage is gone from this text; {self._key('place_note')} places it anew"

    def _delete_row(self, key: str) -> None:
        def change(notebook: Notebook) -> str:
            if any(highlight.id == key for highlight in notebook.highlights):
                notebook.delete_highlight(key)
                return "Highlight deleted; u brings it back"
            notebook.delete_note(key)
            return "Note deleted; u brings it back"

        self.change(change)

    def _edit_row(self, row: Row) -> None:
        notebook = self.reading.notebook
        note = next((note for note in notebook.notes if row.key in (note.id, note.highlight)), None)
        gone = "" if row.places or notebook.highlight(row.key) is None else row.key
        self.note(row.places[0] if row.places else None, note.id if note else "", gone)
