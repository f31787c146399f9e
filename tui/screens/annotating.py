"""What the reader does to an article: highlights, notes, tags. A side of the reader screen.

How a change is made and saved is the business of `changing`, where a highlight stands that of `placing`.
"""

from textual import work
from textual.worker import Worker

from store import drafts
from store.annotation import COLOURS, Highlight, Note, new_id
from store.drafts import Draft
from store.errors import BriefbookError
from store.intake import is_url
from store.notebook import Notebook
from store.spans import Span
from store.tags import tags_in
from tui.actions import action
from tui.panes.list_pane import ListPane
from tui.panes.row import Row
from tui.reader.messages import Act, Request
from tui.reading import highlights_at
from tui.screens.placing import Placing
from tui.terminal import in_browser

_MENU = (
    "highlight",
    "note",
    "tags",
    "move_ends",
    "delete",
    "copy",
    "copy_cited",
    "note_editor",
    "about",
    "open_source",
)


class Annotating(Placing):
    """The side of the reader screen that changes notes."""

    _colour = 1

    def on_reader_request(self, message: Request) -> None:
        """The text wants something done with a passage."""
        self.do(message.action_id, message.span, message.argument)

    def do(self, action_id: str, span: Span, argument: str = "") -> None:
        """Do with `span` what the action says."""
        name = action_id.removesuffix("_cited").removesuffix("_selection")
        cited = "_cited" in action_id
        if action_id.startswith("colour"):
            self.highlight(span, int(argument or action_id[-1]))
        elif name == "highlight":
            self.highlight(span)
        elif name in ("note", "tags", "tag"):
            write = self.note if name == "note" else self.tags
            self.place_and(span, write) if self.placing_selection else write(span)
        elif name == "move_ends":
            self.move_ends(span)
        elif name == "take_ends":
            self.take_ends(span)
        elif name == "delete":
            self.delete(span)
        elif name == "copy":
            self.copy(span, cited)
        elif name == "note_editor":
            self.note_in_editor(span)
        elif name == "about":
            self.show_about()
        elif name == "open_source":
            self.open_source()
        elif name == "alone":
            self.toggle_class("-alone")
        elif name == "links":
            self.open_link(argument)

    def highlight(self, span: Span, colour: int | None = None) -> None:
        """Highlight `span`, or put the highlight there that is being placed; if just that is highlighted already, give
        it the colour."""

        def change(notebook: Notebook) -> str:
            same = _at(notebook, span, exactly=True)
            if same is None:
                notebook.add_highlight(span, colour or self._colour)
                return "Highlighted and saved"
            if colour is None or colour == same.colour:
                return "This is highlighted already; x deletes it"
            notebook.change_highlight(same.id, colour=colour)
            return "Colour changed and saved"

        if colour is not None:
            self._colour = colour
        if self.placing:
            self.place(span, colour)
            return
        self.change(change)
        self.reader.leave_selection()

    def delete(self, span: Span) -> None:
        """Delete the highlight that is nearest to `span`, with its notes."""

        def change(notebook: Notebook) -> str:
            here = _at(notebook, span)
            if here is None:
                return "There is no highlight here"
            notebook.delete_highlight(here.id)
            return "Highlight deleted; u brings it back"

        self.change(change)

    @work(group="dialog", exclusive=True)
    async def note(self, span: Span | None, note_id: str = "", highlight: str = "") -> None:
        """Write a note to `span` or change the one that is there; without a span, one on the article.

        Args:
            highlight: the id of the highlight to write on, when it has no place in the text.
        """
        reading = self.reading
        old = next((note for note in reading.notebook.notes if note.id == note_id), None) or self._note_at(span)
        passage = reading.article.text[slice(*span)] if span else ""
        note, draft_id = old.id if old else "", new_id()

        def keep(typed: str) -> None:
            draft = Draft(reading.article.id, typed, span, note, passage, highlight, draft_id)
            self.run_worker(self._keep_draft(draft), group="draft")

        text = await self.write(*self._about(span, highlight), old.text if old else "", keep)
        saving = None if text is None else self._keep_note(span, note, text, highlight)
        if saving is None or await saving.wait():
            await self.done(drafts.drop, self.desk.home, draft_id)
        elif reading.notebook.unsaved:
            self.drop_when_saved(reading, draft_id)

    def _about(self, span: Span | None, highlight: str) -> tuple[str, str]:
        """The words that a note is about, and, when they changed or are gone, those that were marked."""
        for placed in self.reading.notebook.placed():
            marked = placed.highlight.selector.exact
            if placed.highlight.id == highlight:
                return "", marked
            if placed.span == span and placed.reads:
                return placed.reads, marked
        return self.reading.article.text[slice(*span)] if span else "", ""

    async def _keep_draft(self, draft: Draft) -> None:
        await self.done(drafts.keep, self.desk.home, draft)

    def _note_at(self, span: Span | None) -> Note | None:
        if span is None:
            return None
        here = _at(self.reading.notebook, span, exactly=True)
        return next(iter(self.reading.notes_on(here)), None) if here else None

    def _keep_note(self, span: Span | None, note_id: str, text: str, highlight: str = "") -> Worker[bool] | None:
        def change(notebook: Notebook) -> str:
            if note_id and text:
                notebook.change_note(note_id, text=text)
                return "Note changed and saved"
            if note_id:
                notebook.delete_note(note_id)
                return "Note deleted; u brings it back"
            with notebook.step("note written"):
                here = (
                    (_at(notebook, span, exactly=True) or notebook.add_highlight(span, self._colour)) if span else None
                )
                notebook.add_note(text, highlight=here.id if here else highlight or None)
            return "Note saved"

        saving = self.change(change) if text or note_id else None
        self.reader.leave_selection()
        return saving

    @work(group="dialog", exclusive=True)
    async def tags(self, span: Span | None, highlight: Highlight | None = None) -> None:
        """Change the tags of a highlight, or of the one at `span`; without one there, make one."""
        here = highlight or (_at(self.reading.notebook, span) if span else None)
        value = ", ".join(here.tags) if here else ""
        answer = await self.ask("Tags", value, "parted by commas", goes_on=True)
        if answer is None:
            return
        tags = tags_in(answer)

        def change(notebook: Notebook) -> str:
            target = highlight or (_at(notebook, span) if span else None)
            if target is not None:
                notebook.change_highlight(target.id, tags=tags)
            elif span is not None:
                notebook.add_highlight(span, self._colour, tags)
            return "Tags saved"

        self.change(change)
        self.reader.leave_selection()

    @work(group="dialog", exclusive=True)
    async def note_in_editor(self, span: Span) -> None:
        """Write the note in `$VISUAL` or `$EDITOR`."""
        if in_browser():
            self.status.say(f"There is no editor in a browser; {self._key('note')} writes the note here")
            return
        old = self._note_at(span)
        try:
            text = self.briefbook.edit(old.text if old else "")
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
        else:
            self._keep_note(span, old.id if old else "", text.strip())

    # --- rows ------------------------------------------------------------------------------------------------

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
        pane = self.pane("notes")
        if pane.filter and pane.place_of(highlight) is None:
            pane.set_filter("")
            self.draw_tabs()
        pane.select(highlight)
        if (row := pane.row()) is not None and row.key == highlight:
            self.status.say(self._placeless(row))

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

    @work(group="dialog", exclusive=True)
    async def act(self, span: Span) -> None:
        """Show what can be done with a sentence, and do it."""
        impossible = self._impossible(span)
        actions = [action(name) for name in _MENU if name not in impossible]
        title = self.reading.article.text[slice(*span)]
        chosen = await self.choose(title, actions)
        if chosen is not None:
            self.do(chosen, span)

    def _impossible(self, span: Span) -> set[str]:
        """What of the menu can not be done with a sentence, or makes no difference."""
        notebook = self.reading.notebook
        impossible = set() if _at(notebook, span) else {"move_ends", "delete"}
        if _at(notebook, span, exactly=True):
            impossible.add("highlight")
        if not is_url(self.reading.article.source):
            impossible.add("open_source")
        if in_browser():
            impossible.add("note_editor")
        return impossible

    def on_reader_act(self, message: Act) -> None:
        """Enter on a sentence."""
        if self.placing:
            self.place(message.sentence)
        else:
            self.act(message.sentence)


def _at(notebook: Notebook, span: Span, exactly: bool = False) -> Highlight | None:
    """The highlight that shares most with `span`, the shorter of two alike; `exactly`: only one with the same ends."""
    here = highlights_at(notebook, span)
    return next((placed.highlight for placed in here if not exactly or placed.span == span), None)
