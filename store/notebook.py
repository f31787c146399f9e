"""The reader's notebook of one article: highlights, notes and corrections, and where they stand in its text.

Each change is put here as an operation on the tables. How operations are made, undone and kept from loss is the
business of `store.recorder` and `store.durable`; where a passage stands, that of `store.anchoring`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from store import anchoring, notefile, step_words
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
from store.article import Article, one_line
from store.corrections import check
from store.errors import NotebookError
from store.everywhere import Everywhere
from store.home import Home
from store.meeting import hold_together, keep_other_text, merged, put_note
from store.notefile import ARTICLE, CORRECTIONS, FORM, HIGHLIGHTS, NOTES, Kept
from store.recorder import Recorder
from store.spans import Span
from store.tablefile import Document
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


class Notebook:
    """What the reader made of `article`. Opening writes nothing; the first change makes the file.

    Safe to use from several threads. Each change costs one durable write of the file (about a millisecond on a local
    disk, more with many hundreds of highlights); `step` makes one of many.

    Raises:
        NotebookError: the file is of a newer format or must not be read. From every change: it is not saved, and the
            sentence says why; unless the change itself was refused, it is in memory and `unsaved` is true.
    """

    def __init__(self, home: Home, article: Article) -> None:
        self.article = article
        header = notefile.header_json(notefile.header_of(article))
        # Nothing here may hold the notebook itself: that it is let go of tells other windows that it is closed.
        put_header = partial(_put_header, header)
        self._recorder = Recorder(notefile.notes_path(home, article.id), FORM, put_header, hold_together)
        self._everywhere = Everywhere(home, article.id)
        self._seen: tuple[object, Kept] | None = None
        self._places: dict[Selector, tuple[Span | None, Grade]] = {}

    @property
    def path(self) -> Path:
        """The notes file."""
        return self._recorder.storage.path

    @property
    def problem(self) -> str:
        """One sentence when the file was damaged and what was done about it; else empty."""
        return self._recorder.storage.problem

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that are in memory only."""
        return self._recorder.unsaved or self._everywhere.unsaved

    @property
    def others(self) -> bool:
        """Whether another open window has changes that are for it to undo or redo."""
        return self._recorder.others

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """In the order of the text; those whose passage is gone last."""
        return tuple(placed.highlight for placed in self.placed())

    @property
    def notes(self) -> tuple[Note, ...]:
        """In the order of their making."""
        return self._view().notes

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Those made in this article, in the order of their making."""
        return self._view().corrections

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
        with self._recorder.lock:
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
        """Move its ends, recolour or retag it; what is None stays. Its notes stay with it."""
        old = _known(id, self._view().highlights, "highlight")
        new = replace(
            old,
            selector=old.selector if span is None else self.select(span),
            colour=old.colour if colour is None else _colour(colour),
            tags=old.tags if tags is None else _tags(tags),
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
        note = Note(new_id(), _note_text(text), on.id if on else None, _tags(tags), moment, moment)
        self._do("note added", lambda change: put_note(change, to_json(note), on))
        return note

    def change_note(self, id: str, text: str | None = None, tags: Iterable[str] | None = None) -> Note:  # noqa: A002
        """Rewrite or retag it; what is None stays."""
        old = _known(id, self.notes, "note")
        text = old.text if text is None else _note_text(text)
        new = replace(old, text=text, tags=old.tags if tags is None else _tags(tags))
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
    ) -> None:
        """Put what was made elsewhere as it is, in place of what has the same ids, in one step.

        Args:
            label: what it is, in a few words ("12 highlights imported").
        """
        tables: dict[str, Iterable[Highlight | Note | Correction]]
        tables = {HIGHLIGHTS: highlights, NOTES: notes, CORRECTIONS: corrections}
        brought = {table: [*map(to_json, things)] for table, things in tables.items()}

        def put(change: Change) -> None:
            for table, documents in brought.items():
                if documents:
                    change.put_all(table, documents)

        if any(brought.values()):
            self._do(label, put)
            self._followed("")

    def add_correction(
        self, kind: CorrectionKind, pane: Pane, span: Span, *, value: str = "", name: str = "", scope: Scope = "here"
    ) -> Correction:
        """Put right what the machine made of the passage at `span`. See `Correction` for the other fields.

        Raises NotebookError also when `store.corrections.check` finds that it cannot be followed.
        """
        made = Correction(new_id(), kind, pane, self.select(span), value, name, scope, now())
        check(made)
        self._do(step_words.corrected(made), lambda change: change.put(CORRECTIONS, to_json(made)))
        self._followed("")
        return made

    def delete_correction(self, id: str) -> None:  # noqa: A002 (the field's name)
        """Let the machine's word stand again."""
        _known(id, self.corrections, "correction")
        self._do("correction deleted", lambda change: change.remove(CORRECTIONS, [id]))
        self._followed("")

    def undo(self) -> str | None:
        """Take this window's last change back; returns what it was, None when there is none.

        What windows that are closed did counts as its own. Raises NotebookError, and does nothing, when another
        window has changed the same since.
        """
        return self._followed(self._recorder.undo())

    def redo(self) -> str | None:
        """Make again what this window took back last; otherwise as `undo`."""
        return self._followed(self._recorder.redo())

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Make one step of all changes in the body: one write, one undo; none of them when the body fails.

        Args:
            label: what it is, in a few words ("12 highlights imported").
        """
        with self._recorder.together(label):
            yield
        self._followed(label)

    def select(self, span: Span) -> Selector:
        """What ties the passage at `span` of the article's text to it. Raises NotebookError when nothing is there."""
        start, end = span
        if not (0 <= start < end <= len(self.article.text)) or not self.article.text[start:end].strip():
            raise NotebookError("there is no text at that place", self.article.title, "select some words first")
        return replace(anchoring.describe(self.article.text, start, end), version=self.article.text_hash)

    def refresh(self) -> bool:
        """Take in what another process wrote; True when there was something. Costs one `stat` when there was not."""
        return self._recorder.refresh()

    def retry(self) -> None:
        """Write what is unsaved, upon what the file holds by now. Raises NotebookError when it still cannot be."""
        self._recorder.retry()
        self._followed("")

    def save_elsewhere(self, path: Path) -> None:
        """Write all of the notebook, with what is unsaved, to the new file `path`. The notebook stays where it is.

        Raises:
            NotebookError: there is a file at `path`, or it cannot be written.
        """
        self._recorder.write_elsewhere(path)

    def _do(self, label: str, operation: Callable[[Change], None]) -> None:
        self._recorder.make(label, operation)

    def _followed(self, done: str | None) -> str | None:
        """Bring the corrections that hold everywhere where every article finds them."""
        if not self._recorder.gathering:
            self._everywhere.follow(self.corrections)
        return done

    def _view(self) -> Kept:
        with self._recorder.lock:
            tables, count = self._recorder.tables, self._recorder.changes
            if self._seen is None or self._seen[0] != count:
                self._seen = count, notefile.kept_of(tables)
            return self._seen[1]

    def _place(self, selector: Selector) -> tuple[Span | None, Grade]:
        if selector not in self._places:
            self._places[selector] = _placed(self.article, selector)
        return self._places[selector]

    def _new_highlight(self, span: Span, colour: int, tags: Iterable[str]) -> Highlight:
        moment = now()
        return Highlight(new_id(), self.select(span), _colour(colour), _tags(tags), moment, moment)


def _put_header(header: Document, change: Change) -> None:
    if change.get(ARTICLE, header["id"]) != header:
        change.put(ARTICLE, header)


def _known(id: str, things: Iterable[Kind], what: str) -> Kind:  # noqa: A002 (the field's name)
    found = next((thing for thing in things if thing.id == id), None)
    if found is None:
        raise NotebookError(f"there is no such {what}", id, "it may have been deleted in another window")
    return found


def _placed(article: Article, selector: Selector) -> tuple[Span | None, Grade]:
    start, end = selector.start, selector.end
    if selector.version == article.text_hash and article.text[start:end] == selector.exact:
        return (start, end), "exact"
    found = anchoring.find(selector, article.text)
    return (None, "orphan") if found is None else ((found.start, found.end), found.grade)


def _colour(colour: int) -> int:
    if colour not in range(1, len(COLOURS) + 1):
        raise NotebookError(f"there is no colour {colour}", "", f"the colours are 1 to {len(COLOURS)}")
    return colour


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    cleaned = (one_line(tag).lstrip("#").strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))


def _note_text(text: str) -> str:
    if not text.strip():
        raise NotebookError("a note needs some words", "", "write some, or delete the note")
    return text


def note_add(
    home: Home, article: Article, text: str, *, span: Span | None = None, colour: int = 1, tags: Iterable[str] = ()
) -> str:
    """Write a note on `article`, or on the passage at `span`, which is highlighted for it; returns the note's id.

    When this returns, the note is on the disk.

    Raises:
        NotebookError: it is not.
    """
    return Notebook(home, article).add_note(text, tags=tags, span=span, colour=colour).id
