"""JSON as Hypothesis exports it. Replies become further notes on the highlight that they answer."""

from collections.abc import Iterator
from typing import Any

from store.annotation import Highlight, Note, Selector
from store.article import hash_in
from store.imports import Bundle, Heaps, Origin, identity, moment, passage, position, tags_of, words


def recognises(data: Any) -> bool:
    """Whether it is an object with annotations, as Hypothesis itself asks."""
    return isinstance(data, dict) and isinstance(data.get("annotations"), list)


def read(data: dict[str, Any]) -> Iterator[Bundle]:
    """The annotations by page."""
    heaps = Heaps(utf16=True)
    annotations = [one for one in data["annotations"] if isinstance(one, dict)]
    marked = {words(one.get("id")) for one in annotations if _selector(one, _origin(one).version)}
    for annotation in annotations:
        _take(annotation, heaps, marked)
    yield from heaps


def _take(annotation: dict[str, Any], heaps: Heaps, marked: set[str]) -> None:
    origin = _origin(annotation)
    name = words(annotation.get("id")) or f"{origin.source}\0{annotation!r:.4000}"
    text, tags = words(annotation.get("text")), tags_of(annotation.get("tags"))
    created = moment(annotation.get("created"))
    moments = created, moment(annotation.get("updated")) or created
    references = annotation.get("references")
    root = words(references[0]) if isinstance(references, list) and references else ""
    selector = None if root else _selector(annotation, origin.version)
    if selector is None:
        on = identity(root) if root in marked else None
        heaps.add(origin, None, [Note(identity(name), text, on, tags, *moments)] if text.strip() else [])
        return
    highlight = Highlight(identity(name), selector, 1, tags, *moments)
    notes = [Note(identity(name, text), text, highlight.id, (), *moments)] if text.strip() else []
    heaps.add(origin, highlight, notes)


def _origin(annotation: dict[str, Any]) -> Origin:
    document = annotation.get("document")
    titles = document.get("title") if isinstance(document, dict) else []
    title = words(titles[0]) if isinstance(titles, list) and titles else words(titles)
    source = words(annotation.get("uri"))
    version = hash_in(source)
    return Origin(title, "" if version else source, version=version)


def _selector(annotation: dict[str, Any], version: str) -> Selector | None:
    targets = annotation.get("target")
    target = targets[0] if isinstance(targets, list) and targets else {}
    selectors = target.get("selector") if isinstance(target, dict) else []
    listed = selectors if isinstance(selectors, list) else []
    by_type = {words(one.get("type")): one for one in listed if isinstance(one, dict)}
    quote, place = by_type.get("TextQuoteSelector", {}), by_type.get("TextPositionSelector", {})
    exact, prefix, suffix = (words(quote.get(name)) for name in ("exact", "prefix", "suffix"))
    offsets = place.get("start"), place.get("end")
    return passage(exact, prefix, suffix, *offsets) or position(version, *offsets)
