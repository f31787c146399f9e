"""Annotations out: one module a format, imported when it is asked for. Formats know the types, not each other.

Every format's module has `pieces(exports: Iterable[Export]) -> Iterator[str]`: one file of all of them, piece by piece,
so that a shelf of any size is written in the memory of one article. Markdown, which updates files, has `write` too.
"""

import importlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol, cast

from store.analysis import Analysis
from store.annotation import Correction, Highlight, Note
from store.article import Article
from store.errors import ExportError
from store.spans import Span


@dataclass(frozen=True, slots=True)
class Format:
    """One format, as it is chosen from."""

    module: str
    """Its module in this package."""
    suffix: str
    """What a file's name ends in."""
    does: str
    """What it is for, in a few words."""
    whole: Literal["always", "never", "yes", "no"]
    """Whether the article's whole text is in it; `yes` and `no`: it can be chosen, and that is the default."""
    tables: bool
    """Whether it can hold the actors, numbers and quotes."""
    marks: bool = True
    """Whether it holds highlights."""
    article_notes: bool = True
    """Whether it has a place for notes on an article as a whole."""


FORMATS = {
    "markdown": Format("markdown", ".md", "for note programs; what you edit in the file stays", "no", True),
    "html": Format("html", ".html", "a page by itself, to read and print: text, marks, notes", "yes", True),
    "org": Format("org", ".org", "an Org outline", "no", True),
    "jsonld": Format("jsonld", ".jsonld", "W3C Web Annotations; comes in again as it was", "never", False),
    "hypothesis": Format("hypothesis", ".json", "what Hypothesis imports", "never", False),
    "readwise": Format("readwise", ".csv", "what Readwise imports", "never", False, article_notes=False),
    "csv": Format("table", ".csv", "a table for spreadsheets; formulas in it do not act", "never", True),
    "jsonl": Format("jsonl", ".jsonl", "all that is known, a line an article; comes in as it was", "always", True),
    "csl": Format("csl", ".csl.json", "the articles as sources: CSL-JSON for Zotero, pandoc", "never", False, False),
    "bibtex": Format("bibtex", ".bib", "the articles as sources: BibTeX", "never", False, False),
    "template": Format("template", ".txt", "a Jinja2 template, yours or one that is shipped", "yes", True),
}
"""The formats by the names that `briefbook export --to` knows."""


STATES = {
    "exact": "as and where it was marked",
    "moved": "the same words, elsewhere in the text",
    "changed": "other words stand in its place now",
    "orphan": "gone from the text",
}
"""How a highlight stands in the text, in formats for programs: `Placed.grade`, and what it means."""
GRADES = {"changed": "the text has changed here", "orphan": "no longer in the text"}
"""What formats for people say of a highlight whose passage does not stand as it was marked."""


class Placed(Protocol):
    """A highlight and where it stands in the text now, as `store.notebook` gives it."""

    @property
    def highlight(self) -> Highlight:
        """What was marked."""

    @property
    def span(self) -> Span | None:
        """Where it stands; None when its passage is gone."""

    @property
    def grade(self) -> str:
        """One of `STATES`."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is written of one article."""

    article: Article
    placed: tuple[Placed, ...] = ()
    """Put in the order of the text, orphans last."""
    notes: tuple[Note, ...] = ()
    analysis: Analysis | None = None
    """None: without tables."""
    whole: bool = False
    """Whether the whole text is wanted, where the format leaves a choice."""
    corrections: tuple[Correction, ...] = ()
    """What the reader put right; `analysis` is so already."""
    tags: tuple[str, ...] = ()
    """The article's own, as the library has them."""
    left_out: frozenset[str] = frozenset()
    """The ids of the highlights and notes that are there and were not chosen; a file that is updated keeps them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "placed", in_order(self.placed))

    def notes_on(self) -> dict[str | None, list[Note]]:
        """The notes by the highlight that they are on; those on the article, or on no highlight in here, under None."""
        known = {item.highlight.id for item in self.placed}
        found: dict[str | None, list[Note]] = {}
        for note in self.notes:
            found.setdefault(note.highlight if note.highlight in known else None, []).append(note)
        return found


def reads_now(article: Article, item: Placed) -> str:
    """The words that stand in place of the marked ones, when they have changed; else empty."""
    return article.text[slice(*item.span)] if item.grade == "changed" and item.span else ""


class FormatModule(Protocol):
    """What every format's module has."""

    def pieces(self, exports: Iterable[Export]) -> Iterator[str]:
        """One file of all of `exports`, piece by piece."""


def load(name: str) -> FormatModule:
    """The module of the format `name`. Raises ExportError when there is none."""
    if name not in FORMATS:
        raise ExportError("there is no such format", name, f"the formats are {', '.join(FORMATS)}")
    return cast("FormatModule", importlib.import_module(f"store.export.{FORMATS[name].module}"))


def in_order(placed: Iterable[Placed]) -> tuple[Placed, ...]:
    """`placed` in the order of the text, orphans last, the same each time."""
    return tuple(sorted(placed, key=lambda item: (item.span is None, item.span or (0, 0), item.highlight.id)))


def only(export: Export, ids: Collection[str]) -> Export:
    """`export` with only the highlights of these ids and all notes on them, and the notes on the article of these."""
    placed = tuple(item for item in export.placed if item.highlight.id in ids)
    marked, on_article = {item.highlight.id for item in placed}, {note.id for note in export.notes_on().get(None, [])}
    notes = tuple(
        note for note in export.notes if note.highlight in marked or (note.id in on_article and note.id in ids)
    )
    before, after = _ids(export.placed, export.notes), _ids(placed, notes)
    return replace(export, placed=placed, notes=notes, left_out=export.left_out | (before - after))


def chosen(export: Export, colours: Iterable[int] = (), tags: Iterable[str] = (), has_note: bool = False) -> Export:
    """`export` with only those marks that fit all of what is given.

    Args:
        colours: any of these; notes on the article as a whole have none and are left out.
        tags: any of these, on the highlight or a note on it, letters' case aside.
        has_note: only highlights with a note, and notes.
    """
    wanted, folded = set(colours), {tag.casefold() for tag in tags}
    notes = export.notes_on()

    def fits(things: Iterable[Highlight | Note]) -> bool:
        return not folded or any(tag.casefold() in folded for thing in things for tag in thing.tags)

    highlights = {
        item.highlight.id
        for item in export.placed
        if (not wanted or item.highlight.colour in wanted)
        and (not has_note or item.highlight.id in notes)
        and fits([item.highlight, *notes.get(item.highlight.id, [])])
    }
    return only(export, highlights | {note.id for note in notes.get(None, []) if not wanted and fits([note])})


def _ids(placed: Iterable[Placed], notes: Iterable[Note]) -> frozenset[str]:
    return frozenset([*(item.highlight.id for item in placed), *(note.id for note in notes)])
