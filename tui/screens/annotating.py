"""What the reader does to an article: highlights, notes, tags. A side of the reader screen.

How a change is made and saved is the business of `changing`, where a highlight stands that of `placing`.
"""

from textual import work
from textual.worker import Worker

from store import drafts
from store.annotation import Highlight, Note, new_id
from store.drafts import Draft
from store.errors import BriefbookError
from store.intake import is_url
from store.notebook import Notebook
from store.spans import Span
from store.tags import tags_in
from tui.actions import action
from tui.reader.messages import Act, Request
from tui.reading import Reading, highlights_at
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
        self._drop_draft(reading, draft_id, None if text is None else self._keep_note(span, note, text, highlight))

    @work(group="notes")
    async def _drop_draft(self, reading: Reading, draft_id: str, saving: Worker[bool] | None) -> None:
        """Forget the draft of a note as soon as the note is saved. Not in the dialog's own worker: the next dialog ends
        that, and what it waits for with it."""
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
