"""W3C Web Annotations (recommendation of 2017) in JSON-LD: one annotation page with an annotation a highlight.

Offsets count code points, as the recommendation has it (section 4.2.4) and as they do here. What it has no word for
(the colour, the version of the text, a note's own tags) stands under `briefbook:` keys, beside the standard's nearest.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from store.annotation import COLOURS, Highlight, Note, Selector
from store.article import hash_in
from store.export import Export, jsonl
from store.export.links import source_iri

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"briefbook": "urn:briefbook:"})
SHADES = ("#ffd400", "#ff6666", "#5fb236", "#2ea8e5", "#a28ae5")
"""The colours 1 to 5 as Zotero has them."""
STYLE = "briefbook-"
"""What the style class of a colour begins with."""
ARTICLE, COLOUR, VERSION, TAGS, NOTE = (
    f"briefbook:{name}" for name in ("article", "colour", "version", "tags", "note")
)
"""The keys of ours."""
URN = "urn:uuid:"

_GENERATOR = {"type": "Software", "name": "briefbook"}
_KNOWN = ("id", "title", "byline", "publisher", "published", "language")


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """One annotation page."""
    yield f'{{"@context": {_json(CONTEXT)}, "type": "AnnotationPage", "startIndex": 0, "items": [\n'
    total, names = 0, []
    for export in exports:
        names.append(hash_in(export.article.source) or export.article.text_hash)
        for annotation in _annotations(export):
            yield f"{',' if total else ''}{jsonl.line(annotation)}"
            total += 1
    id_ = uuid.uuid5(uuid.NAMESPACE_OID, " ".join(names))
    whole = {"id": f"{URN}{uuid.uuid5(id_, 'collection')}", "type": "AnnotationCollection", "total": total}
    yield f'], "id": "{URN}{id_}", "partOf": {_json(whole)}}}\n'


def _annotations(export: Export) -> Iterator[dict[str, Any]]:
    notes = export.notes_on()
    # A path is left out of what is known of the article.
    about = {name: value for name in _KNOWN if (value := getattr(export.article, name))}
    source = source_iri(export.article)
    for item in export.placed:
        yield _highlight(item.highlight, notes.get(item.highlight.id, []), source) | {ARTICLE: about}
    for note in notes.get(None, []):
        body = [_comment(note, with_tags=False), *map(_tag, note.tags)]
        yield _annotation(note, "commenting", body) | {"target": source, ARTICLE: about}


def _annotation(thing: Highlight | Note, motivation: str, body: list[dict[str, Any]]) -> dict[str, Any]:
    made = {"id": _iri(thing.id), "type": "Annotation", "motivation": motivation, **_moments(thing)}
    return made | {"generator": _GENERATOR} | ({"body": body} if body else {})


def _highlight(highlight: Highlight, notes: list[Note], source: str) -> dict[str, Any]:
    body = [*(_comment(note, with_tags=True) for note in notes), *map(_tag, highlight.tags)]
    name = f"{STYLE}{COLOURS[highlight.colour - 1]}"
    sheet = {"type": "CssStylesheet", "value": f".{name} {{ background: {SHADES[highlight.colour - 1]} }}"}
    target = {"source": source, "styleClass": name, "selector": _selectors(highlight.selector)}
    target |= {VERSION: highlight.selector.version} if highlight.selector.version else {}
    made = _annotation(highlight, "commenting" if notes else "highlighting", body)
    return made | {"stylesheet": sheet, "target": target, COLOUR: highlight.colour}


def _selectors(selector: Selector) -> list[dict[str, Any]]:
    quote = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    position = {"start": selector.start, "end": selector.end}
    return [{"type": "TextQuoteSelector", **quote}, {"type": "TextPositionSelector", **position}]


def _comment(note: Note, *, with_tags: bool) -> dict[str, Any]:
    # A body with an `id` would be a resource of its own, which has no purpose; so the note's id stands under our key.
    body = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", NOTE: note.id}
    tags = {TAGS: note.tags} if with_tags and note.tags else {}
    return body | {"value": note.text} | _moments(note) | tags


def _tag(tag: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _moments(thing: Highlight | Note) -> dict[str, str]:
    return {name: value for name in ("created", "modified") if (value := getattr(thing, name))}


def _iri(id_: str) -> str:
    try:
        return f"{URN}{uuid.UUID(id_)}"
    except ValueError:
        return f"urn:briefbook:{id_}"


def _json(data: Any) -> str:
    return jsonl.line(data).rstrip("\n")
