"""A bundle into the notebook of its article: what is new in it, where it stands, and what came of it.

What is there already is left alone, so that a second import of a file changes nothing. An annotation is there when its
id is; from files of others also when a highlight stands on the same words, which then gets what notes and tags are
new. Of our own files the later state of an annotation holds, and what was deleted in one is deleted here where
`store.imports.deletions` finds that safe; what came here out of another program's file before is taken for the same.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from store import anchoring
from store.annotation import Correction, Highlight, Note, Selector, now
from store.article import Article
from store.imports import Bundle
from store.imports.deletions import deletions
from store.imports.matching import Shelf
from store.imports.positions import CodePoints, with_words
from store.notebook import Notebook
from store.notefile import read_kept
from store.spans import Span
from store.stub import grown

_NAMED = 5
"""The version of UUIDs that are made from a name."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one bundle."""

    article: str
    """`Article.id`; empty when that is not known yet, because nothing was written."""
    title: str
    source: str
    highlights: int
    """How many were added."""
    notes: int
    """How many were added."""
    corrections: int
    """How many were added."""
    changed: int
    """Annotations that were here and got something new."""
    known: int
    """Annotations that were here already."""
    not_found: int
    """Of the highlights that were added: those whose words do not stand in the text; they are kept as orphans. None
    is counted where the text is not known."""
    deleted: int
    """Annotations that were here and were deleted in the file, a notes file of ours."""
    skipped: int
    """Annotations without any words."""
    is_new: bool
    """Whether the article is new on the shelf."""
    is_stub: bool
    """Whether the text of the article is not known, but only what was marked."""


@dataclass(slots=True)
class _Plan:
    """What is to be written."""

    highlights: dict[str, Highlight] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    added: list[Highlight] = field(default_factory=list)
    added_notes: int = 0
    corrections: list[Correction] = field(default_factory=list)
    changed: int = 0
    known: int = 0
    not_found: int = 0
    deleted: list[Highlight | Note | Correction] = field(default_factory=list)


def bring(shelf: Shelf, bundle: Bundle, *, rehearse: bool = False) -> Report:
    """Take a bundle in, in one step that can be undone.

    Args:
        rehearse: only say what would come of it; nothing is written.

    Raises:
        LibraryError, NotebookError: it cannot be written.
    """
    match = shelf.find(bundle)
    article = match.article
    bundle = with_words(bundle, lambda version: shelf.text(article.id, version))
    if match.is_new and not rehearse:
        article = shelf.put(article, bundle.origin.tags)
    if match.is_stub and not match.is_new:
        larger = grown(article, bundle.highlights)
        # Notes without an article on the shelf: there is nothing to renew.
        renewed = larger is not article and not rehearse and shelf.has(article.id)
        article = shelf.put(larger) if renewed else larger
    notebook = Notebook(shelf.home, article)
    plan = _planned(notebook, bundle, is_stub=match.is_stub)
    if not rehearse:
        put = plan.highlights.values(), plan.notes.values(), plan.corrections
        notebook.bring(_label(plan), *put, gone=plan.deleted)
    return Report(
        article=article.id if not (match.is_new and rehearse) else "",
        title=article.title,
        source=article.source,
        highlights=len(plan.added),
        notes=plan.added_notes,
        corrections=len(plan.corrections),
        changed=plan.changed,
        known=plan.known,
        not_found=plan.not_found,
        deleted=len(plan.deleted),
        skipped=bundle.skipped,
        is_new=match.is_new,
        is_stub=match.is_stub,
    )


def _label(plan: _Plan) -> str:
    deleted = f", {len(plan.deleted)} deleted" if plan.deleted else ""
    return f"{len(plan.added)} highlights and {plan.added_notes} notes imported{deleted}"


def _planned(notebook: Notebook, bundle: Bundle, *, is_stub: bool) -> _Plan:
    here = _Here(notebook, is_stub=is_stub)
    plan, targets = _Plan(), dict[str, str]()
    units = CodePoints(notebook.article.text) if bundle.utf16 and not is_stub else None
    for given in bundle.highlights:
        highlight = replace(given, selector=units.selector(given.selector)) if units else given
        old, span = here.find(highlight, bundle.ours)
        if old is None:
            old = highlight if bundle.ours else _placed(highlight, span, notebook.article, is_stub)
            plan.added.append(old)
            plan.highlights[old.id] = old
            plan.not_found += span is None and not is_stub
            here.take(old, span)
        else:
            _renew(plan, old, highlight, here, bundle.ours and old.id == given.id)
        targets[given.id] = old.id
    for note in bundle.notes:
        on = targets.get(note.highlight or "")
        _plan_note(plan, here, replace(note, highlight=on), bundle.ours and on == note.highlight)
    here_already = {one.id for one in notebook.corrections}
    plan.corrections = [one for one in bundle.corrections if one.id not in here_already]
    plan.known += len(bundle.corrections) - len(plan.corrections)
    plan.deleted = deletions(notebook, bundle)
    return plan


class _Here:
    """What is in the notebook, and what was added to it since."""

    def __init__(self, notebook: Notebook, *, is_stub: bool) -> None:
        self._notebook, self._is_stub = notebook, is_stub
        # The notebook itself would look for each one's place.
        self._kept = read_kept(notebook.path).highlights if notebook.path.exists() else ()
        self._by_id = {highlight.id: highlight for highlight in self._kept}
        self._by_place: dict[Span | str, Highlight] = {}
        """By where they stand in the text, else by their words."""
        self._has_places = False
        self._has_others = any(_is_others(highlight.id) for highlight in self._kept)
        self.notes = {note.id: note for note in notebook.notes}
        self.texts = {(note.highlight, note.text.strip()): note.id for note in notebook.notes}
        self._note_tags: dict[str | None, list[str]] = {}
        for note in notebook.notes:
            self._note_tags.setdefault(note.highlight, []).extend(note.tags)

    def take(self, highlight: Highlight, span: Span | None) -> None:
        """Know this one, too."""
        self._by_id[highlight.id] = highlight
        self._take_place(highlight, span)

    def find(self, highlight: Highlight, ours: bool) -> tuple[Highlight | None, Span | None]:
        """The highlight that it is, if it is here, and where it stands in the text."""
        if highlight.id in self._by_id:
            return self._by_id[highlight.id], None
        span = None if self._is_stub else self._place(highlight.selector)
        if ours and not self._has_others:
            return None, span
        self._know_places()
        place = span or _folded(highlight)
        old = self._by_place.get(place)
        if ours:
            old = old if old and _is_others(old.id) else None
            # Several of ours may be on the same words: only one of them went through the other program's file.
            self._by_place.pop(place, None) if old else None
        return old, span

    def new_tags(self, old: Highlight, tags: Iterable[str]) -> tuple[str, ...]:
        """Those of `tags` that neither the highlight nor a note on it has; some programs have no blanks in tags."""
        known = {_joined(tag) for tag in (*old.tags, *self._note_tags.get(old.id, ()))}
        return tuple(tag for tag in tags if _joined(tag) not in known)

    def _know_places(self) -> None:
        """Where those stand that were here before; costly, and for files of ours never asked."""
        if not self._has_places:
            self._has_places = True
            for highlight in self._kept if self._is_stub else ():
                self._take_place(highlight, None)
            for item in () if self._is_stub else self._notebook.placed():
                self._take_place(item.highlight, item.span)

    def _take_place(self, highlight: Highlight, span: Span | None) -> None:
        place: Span | str = _folded(highlight) if span is None else span
        if place not in self._by_place or _is_others(highlight.id):
            self._by_place[place] = highlight

    def _place(self, selector: Selector) -> Span | None:
        text, start, end = self._notebook.article.text, selector.start, selector.end
        if text[start:end] == selector.exact and not (selector.prefix or selector.suffix):
            return start, end
        found = anchoring.find(selector, text)
        return (found.start, found.end) if found else None


def _is_others(id_: str) -> bool:
    """Whether what has this id came out of another program's file, where it had none (`store.imports.identity`)."""
    try:
        return uuid.UUID(id_).version == _NAMED
    except ValueError:
        return False


def _folded(highlight: Highlight) -> str:
    return " ".join(highlight.selector.exact.split()).casefold()


def _placed(highlight: Highlight, span: Span | None, article: Article, is_stub: bool) -> Highlight:
    """`highlight` of another program's with our selector of its place. The words stay as the file has them."""
    moment = highlight.created or now()
    highlight = replace(highlight, created=moment, modified=highlight.modified or moment)
    if span is None or is_stub:
        return highlight
    made = anchoring.describe(article.text, *span)
    return replace(highlight, selector=replace(made, exact=highlight.selector.exact, version=article.text_hash))


def _joined(tag: str) -> str:
    return "-".join(tag.split()).casefold()


def _renew(plan: _Plan, old: Highlight, given: Highlight, here: _Here, ours: bool) -> None:
    """A highlight that is here: the later state of one of ours, the new tags of another's on the same words."""
    new = old
    if ours and given.modified > old.modified:
        new = replace(given, id=old.id)
    elif not ours and old.id != given.id and (tags := here.new_tags(old, given.tags)):
        new = replace(old, tags=(*old.tags, *tags), modified=now())
    if new == old:
        plan.known += 1
    else:
        plan.changed += 1
        plan.highlights[new.id] = new


def _plan_note(plan: _Plan, here: _Here, note: Note, ours: bool) -> None:
    old, same = here.notes.get(note.id), here.texts.get((note.highlight, note.text.strip()))
    if old is None and (same is None or (ours and not _is_others(same))):
        moment = note.created if ours else note.created or now()
        plan.notes[note.id] = replace(note, created=moment, modified=note.modified or moment)
        plan.added_notes += 1
        here.texts[note.highlight, note.text.strip()] = note.id
    elif old is not None and ours and note.modified > old.modified:
        plan.notes[note.id] = note
        plan.changed += 1
    else:
        plan.known += 1


def totals(reports: Sequence[Report]) -> tuple[int, int]:
    """How many highlights and notes were added in all."""
    return sum(report.highlights for report in reports), sum(report.notes for report in reports)
