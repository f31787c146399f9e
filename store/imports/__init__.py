"""Annotations in: one module a format, which turns a file into bundles of highlights and notes, an article each.

A format's module knows the types, not the shelf and no notebook: which article is meant is the business of
`store.imports.matching`, bringing a bundle into its notebook that of `store.imports.bringing`.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from store.annotation import Correction, Highlight, Note, Selector
from store.spans import Span
from store.tags import clean_tags

FORMATS = {
    "jsonl": "JSON Lines of briefbook",
    "notesfile": "notes file of briefbook",
    "jsonld": "W3C Web Annotations (JSON-LD)",
    "hypothesis": "Hypothesis JSON",
    "koreader": "KOReader JSON",
    "readwise": "Readwise CSV",
    "kindle": "Kindle My Clippings.txt",
}
"""The formats, as people know them; each is recognised by what is in the file."""

_NAMESPACE = uuid.UUID("6f6b1e0c-7e0f-5d0a-9c53-0b5ad9f0a6b1")
_OWN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_MOST_OFFSET = 1 << 40


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file says of the article that its annotations are on."""

    title: str = ""
    source: str = ""
    """A URL, or whatever else names it; empty when nothing does."""
    byline: str = ""
    publisher: str = ""
    published: str = ""
    language: str = "en"
    id: str = ""
    """`Article.id`; only from files of ours."""
    version: str = ""
    """`Article.text_hash` of the text that was annotated; only from files of ours."""
    text: str | None = None
    """The text itself; None when the file does not hold it."""
    furniture: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    """The article's own; only from files of ours."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the undo history of a notes file tells."""

    deleted: tuple[Highlight | Note | Correction, ...] = ()
    """What was in the file and is no more, as it stood before each change to it."""
    steps: Mapping[int, str] = field(default_factory=dict)
    """By number, what tells the last thing done to each step that is kept. See `store.open_notes.OpenNotes.history`."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file holds of one article."""

    origin: Origin
    highlights: tuple[Highlight, ...]
    notes: tuple[Note, ...]
    corrections: tuple[Correction, ...] = ()
    """Only from files of ours."""
    ours: bool = False
    """Whether ids and selectors are briefbook's own, to be kept as they are."""
    utf16: bool = False
    """Whether the offsets of the selectors count UTF-16 units."""
    skipped: int = 0
    """Annotations without any words."""
    past: Past = Past()
    """Only from notes files."""
    positions: tuple[Highlight, ...] = ()
    """Highlights of which the file tells no words, but their place in the text that the version of their selectors
    names; see `store.imports.positions`."""


@dataclass(slots=True)
class _Heap:
    origin: Origin
    highlights: list[Highlight] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    positions: list[Highlight] = field(default_factory=list)
    skipped: int = 0


class Heaps:
    """Annotations in any order, put together by article."""

    def __init__(self, *, ours: bool = False, utf16: bool = False) -> None:
        self._ours, self._utf16 = ours, utf16
        self._heaps: dict[tuple[str, ...], _Heap] = {}

    def add(self, origin: Origin, highlight: Highlight | None, notes: Iterable[Note] = ()) -> None:
        """Put a highlight with its notes, or notes on the article, with the others of that article."""
        heap, notes = self._heap(origin), list(notes)
        if highlight:
            (heap.highlights if highlight.selector.exact else heap.positions).append(highlight)
        heap.notes += notes
        heap.skipped += not highlight and not notes

    def _heap(self, origin: Origin) -> _Heap:
        name = origin.source or origin.id or origin.version
        key = (name,) if name else (origin.title.casefold(), origin.byline.casefold())
        return self._heaps.setdefault(key, _Heap(origin))

    def __iter__(self) -> Iterator[Bundle]:
        for heap in self._heaps.values():
            yield Bundle(
                heap.origin, tuple(heap.highlights), tuple(heap.notes), ours=self._ours, utf16=self._utf16,
                skipped=heap.skipped, positions=tuple(heap.positions),
            )  # fmt: skip


def passage(exact: str, prefix: str = "", suffix: str = "", start: Any = None, end: Any = None) -> Selector | None:
    """A selector of what a file knows; None without words. Offsets that make no sense are left out."""
    if not exact.strip():
        return None
    if not (is_offset(start) and is_offset(end) and start < end):
        start = start if is_offset(start) else 0
        end = start + len(exact)
    return Selector(exact, prefix, suffix, start, end)


def position(version: str, start: Any, end: Any) -> Selector | None:
    """A selector of a passage of which a file tells the place only; None when it does not say in which text."""
    if not (version and is_offset(start) and is_offset(end) and start < end):
        return None
    return Selector("", "", "", start, end, version)


def is_offset(value: Any) -> bool:
    """Whether `value` can be an offset into a text."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_OFFSET


def words(value: Any) -> str:
    """`value` when it is text; else nothing."""
    return value if isinstance(value, str) else ""


def tags_of(values: Any) -> tuple[str, ...]:
    """The tags in a list of a file; none when it is no list."""
    return clean_tags(map(words, values)) if isinstance(values, (list, tuple)) else ()


def identity(*parts: str) -> str:
    """The id of an annotation: its own when it is a UUID or one of ours, else one made from what names it.

    The same parts give the same id, so that a second import finds what the first one brought.
    """
    if len(parts) == 1:
        name = parts[0].removeprefix("urn:briefbook:")
        if name != parts[0] and _OWN_ID.fullmatch(name):
            return name
        try:
            return str(uuid.UUID(parts[0].removeprefix("urn:uuid:")))
        except ValueError:
            pass
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return str(uuid.uuid5(_NAMESPACE, joined.hex()))


def moment(value: Any) -> str:
    """An ISO 8601 moment, or seconds since 1970, as it is kept here: UTC, milliseconds, `Z`; empty when it is none."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            read = datetime.fromtimestamp(value, UTC)
        else:
            read = datetime.fromisoformat(words(value))
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
        return read.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return ""
