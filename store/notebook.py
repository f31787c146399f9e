"""The reader's notebook of one article: highlights, notes and corrections, and where they stand in its text.

Each change is put here as an operation on the tables. What becomes of it (undone, seen by other windows, saved) is the
business of `store.open_notes`; where a passage stands, that of `store.anchoring`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from store import anchoring, step_words
from store.annotation import (
    COLOURS,
    Correction,
    CorrectionKind,
    Highlight,
    Note,
    Pane,
    Scope,
    Selector,
    new_id,
    now,
    to_json,
)
from store.article import Article
from store.corrections import check
from store.errors import NotebookError
from store.home import Home
from store.meeting import keep_other_text, merged, put_note, take_out
from store.notefile import CORRECTIONS, HIGHLIGHTS, NOTES
from store.open_notes import OpenNotes
from store.spans import Span
from store.stub import is_stub
from store.tags import clean_tags
from store.undo import Change

Grade = Literal["exact", "moved", "changed", "orphan"]
Kind = TypeVar("Kind", Highlight, Note, Correction)


@dataclass(frozen=True, slots=True)
class Placed:
    """A highlight and where its passage stands in the article's present text."""

    highlight: Highlight
    span: Span | None
    """None for an orphan."""
    grade: Grade
    """`exact`: as and where it was marked; `moved`: it reads the same elsewhere; `changed`: its words changed;
    `orphan`: it is gone from this text."""
    reads: str = ""
    """The words that stand there now, when they changed; else empty."""


class Notebook(OpenNotes):
    """What the reader made of `article`. Opening writes nothing; the first change makes the file.

    Safe to use from several threads. Each change costs one durable write of the file (about a millisecond on a local
    disk, more with many hundreds of highlights); `step` makes one of many. What is raised is said in `OpenNotes`.
    """

    def __init__(self, home: Home, article: Article) -> None:
        super().__init__(home, article)
        self._places: dict[Selector, tuple[Span | None, Grade, str]] = {}

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """In the order of the text; those whose passage is gone last."""
        return tuple(placed.highlight for placed in self.placed())

    def highlight(self, id: str) -> Highlight | None:  # noqa: A002 (the field's name)
        """The highlight of that id."""
        return next((highlight for highlight in self._view().highlights if highlight.id == id), None)

    def notes_on(self, highlight: str | None) -> tuple[Note, ...]:
        """The notes on the highlight of that id; those on the article for None."""
        return tuple(note for note in self.notes if note.highlight == highlight)

    def placed(self) -> tuple[Placed, ...]:
        """The highlights and where they stand in the article's text, in order, orphans last.

        Passages of another version are looked for once; see `store.anchoring.find` for the cost.
        """
        placed = [Placed(highlight, *self._place(highlight.selector)) for highlight in self._view().highlights]
        return tuple(
            sorted(placed, key=lambda one: one.span or (len(self.article.text) + 1, one.highlight.selector.start))
        )

    def add_highlight(self, span: Span, colour: int = 1, tags: Iterable[str] = ()) -> Highlight:
        """Mark the passage at `span` of the article's text."""
        made = self._new_highlight(span, colour, tags)
        self._do("highlight added", lambda change: change.put(HIGHLIGHTS, to_json(made)))
        return made

    def change_highlight(
        self,
        id: str,  # noqa: A002 (the field's name)
        *,
        span: Span | None = None,
        colour: int | None = None,
        tags: Iterable[str] | None = None,
    ) -> Highlight:
        """Move it to `span`, recolour or retag it; what is None stays. Its notes stay with it.

        Moved, it marks the words that stand at `span` now, as if it had been made there; an undo brings back the
        passage and the words that it marked before.
        """
        old = _known(id, self._view().highlights, "highlight")
        new = replace(
            old,
            selector=old.selector if span is None else self.select(span),
            colour=old.colour if colour is None else _colour(colour),
            tags=old.tags if tags is None else clean_tags(tags),
        )
        if new == old:
            return old
        new = replace(new, modified=now())
        label = step_words.changed_highlight(old, new)
        self._do(label, lambda change: change.put(HIGHLIGHTS, merged(change, HIGHLIGHTS, old, new)))
        return new

    def delete_highlight(self, id: str) -> None:  # noqa: A002 (the field's name)
        """Delete it with the notes on it; one undo brings all back."""
        _known(id, self._view().highlights, "highlight")

        def delete(change: Change) -> None:
            change.remove(NOTES, change.ids(NOTES, "highlight", id))
            change.remove(HIGHLIGHTS, [id])

        self._do("highlight deleted", delete)

    def add_note(
        self,
        text: str,
        highlight: str | None = None,
        tags: Iterable[str] = (),
        *,
        span: Span | None = None,
        colour: int = 1,
    ) -> Note:
        """Write a note on a highlight, on the passage at `span` (which is highlighted in the same step), or, with
        neither, on the article."""
        marked = self._new_highlight(span, colour, ()) if span is not None else None
        on = marked or (None if highlight is None else _known(highlight, self._view().highlights, "highlight"))
        moment = now()
        note = Note(new_id(), _note_text(text), on.id if on else None, clean_tags(tags), moment, moment)
        self._do("note added", lambda change: put_note(change, to_json(note), on))
        return note

    def change_note(self, id: str, text: str | None = None, tags: Iterable[str] | None = None) -> Note:  # noqa: A002
        """Rewrite or retag it; what is None stays."""
        old = _known(id, self.notes, "note")
        text = old.text if text is None else _note_text(text)
        new = replace(old, text=text, tags=old.tags if tags is None else clean_tags(tags))
        if new == old:
            return old
        new = replace(new, modified=now())
        on, spare = self.highlight(old.highlight or ""), new_id()

        def rewrite(change: Change) -> None:
            keep_other_text(change, old, new, spare)
            put_note(change, merged(change, NOTES, old, new), on)

        self._do(step_words.changed_note(old, new), rewrite)
        return new

    def delete_note(self, id: str) -> None:  # noqa: A002 (the field's name)
        """Delete it; the highlight that it is on stays."""
        _known(id, self.notes, "note")
        self._do("note deleted", lambda change: change.remove(NOTES, [id]))

    def bring(
        self,
        label: str,
        highlights: Iterable[Highlight] = (),
        notes: Iterable[Note] = (),
        corrections: Iterable[Correction] = (),
        *,
        gone: Iterable[Highlight | Note | Correction] = (),
    ) -> None:
        """Put what was made elsewhere as it is, in place of what has the same ids, in one step.

        Args:
            label: what it is, in a few words ("12 highlights imported").
            gone: what is to be deleted; left where it stands otherwise by now, and a highlight while it has notes.
        """
        tables: dict[str, Iterable[Highlight | Note | Correction]]
        tables = {HIGHLIGHTS: highlights, NOTES: notes, CORRECTIONS: corrections}
        brought = {table: [*map(to_json, things)] for table, things in tables.items()}

        def put(change: Change) -> None:
            for table, documents in brought.items():
                if documents:
                    change.put_all(table, documents)
            take_out(change, gone)

        gone = tuple(gone)
        if gone or any(brought.values()):
            self._do(label, put)

    def add_correction(
        self, kind: CorrectionKind, pane: Pane, span: Span, *, value: str = "", name: str = "", scope: Scope = "here"
    ) -> Correction:
        """Put right what the machine made of the passage at `span`. See `Correction` for the other fields.

        Raises NotebookError also when `store.corrections.check` finds that it cannot be followed.
        """
        made = Correction(new_id(), kind, pane, self.select(span), value, name, scope, now())
        check(made)
        self._do(step_words.corrected(made), lambda change: change.put(CORRECTIONS, to_json(made)))
        return made

    def delete_correction(self, id: str) -> None:  # noqa: A002 (the field's name)
        """Let the machine's word stand again."""
        _known(id, self.corrections, "correction")
        self._do("correction deleted", lambda change: change.remove(CORRECTIONS, [id]))

    def select(self, span: Span) -> Selector:
        """What ties the passage at `span` of the article's text to it. Raises NotebookError when nothing is there."""
        start, end = span
        if not (0 <= start < end <= len(self.article.text)) or not self.article.text[start:end].strip():
            raise NotebookError("there is no text at that place", self.article.title, "select some words first")
        return replace(anchoring.describe(self.article.text, start, end), version=self.article.text_hash)

    def _place(self, selector: Selector) -> tuple[Span | None, Grade, str]:
        if selector not in self._places:
            self._places[selector] = _placed(self.article, selector)
        return self._places[selector]

    def _new_highlight(self, span: Span, colour: int, tags: Iterable[str]) -> Highlight:
        moment = now()
        return Highlight(new_id(), self.select(span), _colour(colour), clean_tags(tags), moment, moment)


def _known(id: str, things: Iterable[Kind], what: str) -> Kind:  # noqa: A002 (the field's name)
    found = next((thing for thing in things if thing.id == id), None)
    if found is None:
        raise NotebookError(f"there is no such {what}", id, "it may have been deleted in another window")
    return found


def _placed(article: Article, selector: Selector) -> tuple[Span | None, Grade, str]:
    """The fields of `Placed` behind the first."""
    start, end = selector.start, selector.end
    if selector.version == article.text_hash and article.text[start:end] == selector.exact:
        return (start, end), "exact", ""
    if is_stub(article):
        # What stood around the passages is not there, and says nothing against them.
        selector = replace(selector, prefix="", suffix="")
    found = anchoring.find(selector, article.text)
    if found is None:
        return None, "orphan", ""
    reads = article.text[found.start : found.end] if found.grade == "changed" else ""
    return (found.start, found.end), found.grade, reads


def _colour(colour: int) -> int:
    if colour not in range(1, len(COLOURS) + 1):
        raise NotebookError(f"there is no colour {colour}", "", f"the colours are 1 to {len(COLOURS)}")
    return colour


def _note_text(text: str) -> str:
    if not text.strip():
        raise NotebookError("a note needs some words", "", "write some, or delete the note")
    return text
