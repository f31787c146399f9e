"""JSON as Hypothesis exports and imports it.

Its client counts offsets in UTF-16 units, and of what it imports it keeps the keys `target`, `tags`, `text`, `uri` and
`document` only. A highlight there has one text: several notes on it are joined by an empty line.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from store.annotation import Highlight, Note, now
from store.article import Article
from store.export import Export, jsonl
from store.export.links import source_iri
from store.stub import is_stub

CONTEXT = 32
"""How many characters Hypothesis keeps on each side of a passage."""
USER = "acct:briefbook@localhost"

_ONLY_ME = {"read": [USER], "update": [USER], "delete": [USER]}


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """One JSON object with the annotations of all."""
    yield f'{{"export_date": "{now()}", "export_userid": "{USER}", "client_version": "briefbook", "annotations": [\n'
    between = ""
    for export in exports:
        for annotation in _annotations(export):
            yield f"{between}{jsonl.line(annotation)}"
            between = ","
    yield "]}\n"


def _annotations(export: Export) -> Iterator[dict[str, Any]]:
    notes, units = export.notes_on(), _Units(export.article.text)
    for item in export.placed:
        highlight = item.highlight
        on = notes.get(highlight.id, [])
        # Among quotes alone, a place is none of the text that is named.
        span = None if is_stub(export.article) else item.span
        where = {"selector": _selectors(highlight, span, units)}
        yield _annotation(export.article, highlight, on, highlight.tags, where)
    for note in notes.get(None, []):
        yield _annotation(export.article, note, [note], (), {})


def _annotation(
    article: Article, thing: Highlight | Note, notes: list[Note], tags: tuple[str, ...], where: dict[str, Any]
) -> dict[str, Any]:
    source = source_iri(article)
    changed = max(one.modified for one in (thing, *notes))
    return {
        "id": thing.id,
        "created": thing.created,
        "updated": changed,
        "user": USER,
        "uri": source,
        "text": "\n\n".join(note.text for note in notes),
        "tags": list(dict.fromkeys([*tags, *(tag for note in notes for tag in note.tags)])),
        "group": "__world__",
        "permissions": _ONLY_ME,
        "target": [{"source": source} | where],
        "document": {"title": [article.title]},
        "links": {},
        "references": [],
        "hidden": False,
        "flagged": False,
    }


def _selectors(highlight: Highlight, span: tuple[int, int] | None, units: "_Units") -> list[dict[str, Any]]:
    selector = highlight.selector
    quote = {"exact": selector.exact, "prefix": selector.prefix[-CONTEXT:], "suffix": selector.suffix[:CONTEXT]}
    made: list[dict[str, Any]] = [{"type": "TextQuoteSelector", **quote}]
    if span is not None:
        start, end = units.before(span[0]), units.before(span[1])
        made.insert(0, {"type": "TextPositionSelector", "start": start, "end": end})
    return made


class _Units:
    """Code points of a text counted in UTF-16 units: two for each beyond U+FFFF."""

    def __init__(self, text: str) -> None:
        # In most texts no character is beyond, and nothing is to be counted.
        wide = not text.isascii() and max(text) > "\uffff"
        self._before = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)] if wide else None

    def before(self, offset: int) -> int:
        """How many units stand before the code point `offset`."""
        return offset if self._before is None else self._before[offset]
