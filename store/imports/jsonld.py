"""W3C Web Annotations (recommendation of 2017): a page, a collection, a list or one annotation, ours or another's.

Of a target its text quote selector is what counts; one without it, on an external resource, is a note on the article.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from store.annotation import COLOURS, Highlight, Note, Selector
from store.article import hash_in
from store.export.jsonld import ARTICLE, COLOUR, NOTE, STYLE, TAGS, VERSION
from store.imports import Bundle, Heaps, Origin, identity, moment, passage, position, tags_of, words

_ABOUT = ("title", "byline", "publisher", "published", "id", "language")


def recognises(data: Any) -> bool:
    """Whether it is made of web annotations."""
    empty = any(_is(data, kind) for kind in ("AnnotationPage", "AnnotationCollection"))
    return empty or any(_is(one, "Annotation") for one in _listed(_items(data)))


def read(data: Any) -> Iterator[Bundle]:
    """The annotations by article: those that briefbook wrote, and the others."""
    heaps = {True: Heaps(ours=True), False: Heaps()}
    for annotation in _listed(_items(data)):
        if _is(annotation, "Annotation"):
            heap = heaps[isinstance(annotation.get(ARTICLE), dict)]
            _take(annotation, heap)
    for heap in heaps.values():
        yield from heap


def _items(data: Any) -> Any:
    """What a collection or a page holds; anything else as it is."""
    if not isinstance(data, dict) or _is(data, "Annotation"):
        return data
    first = data.get("first")
    page = first if isinstance(first, dict) else data
    return page.get("items", data)


def _is(data: Any, kind: str) -> bool:
    return isinstance(data, dict) and kind in _listed(data.get("type", data.get("@type")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _take(annotation: dict[str, Any], heap: Heaps) -> None:
    target = _target(annotation)
    source = _source(target)
    version = words(target.get(VERSION)) if isinstance(target, dict) else ""
    origin = _origin(annotation, source, version)
    name = words(annotation.get("id", annotation.get("@id"))) or f"{source}\0{annotation!r:.4000}"
    comments, tags = _bodies(annotation)
    moments = moment(annotation.get("created")), moment(annotation.get("modified", annotation.get("created")))
    selector = _selector_of(target, version, origin.version)
    if selector is None:
        notes = [_note(body, name, number, None, moments) for number, body in enumerate(comments)]
        heap.add(origin, None, [Note(note.id, note.text, None, tags, *moments) for note in notes])
        return
    highlight = Highlight(identity(name), selector, _colour(annotation, target), tags, *moments)
    heap.add(origin, highlight, [_note(body, name, n, highlight.id, moments) for n, body in enumerate(comments)])


def _selector_of(target: Any, version: str, text: str) -> Selector | None:
    """The passage: by its words, or else by its place in the `text` that the file names by its hash."""
    selectors = _selectors(target)
    quote = next(filter(None, map(_quote, selectors)), None)
    place = next((one for one in selectors if _is(one, "TextPositionSelector")), {})
    offsets = place.get("start"), place.get("end")
    if quote is None:
        return position(version or text, *offsets)
    found = passage(quote["exact"], quote["prefix"], quote["suffix"], *offsets)
    return found and replace(found, version=version)


def _target(annotation: dict[str, Any]) -> Any:
    """Of several targets the first with a quote, else the first."""
    targets = _listed(annotation.get("target"))
    quoted = (one for one in targets if any(map(_quote, _selectors(one))))
    return next(quoted, targets[0] if targets else "")


def _source(target: Any) -> str:
    while isinstance(target, dict):
        target = target.get("source", target.get("id", target.get("@id")))
    return words(target).partition("#:~:")[0]


def _selectors(target: Any) -> list[dict[str, Any]]:
    """The selectors with those that refine them, outermost first."""
    found = (
        [one for one in _listed(target.get("selector")) if isinstance(one, dict)] if isinstance(target, dict) else []
    )
    for one in found:
        # The list grows while it is walked.
        found += [inner for inner in _listed(one.get("refinedBy")) if isinstance(inner, dict)]
    return found


def _quote(selector: dict[str, Any]) -> dict[str, str] | None:
    if not _is(selector, "TextQuoteSelector") or not words(selector.get("exact")).strip():
        return None
    return {name: words(selector.get(name)) for name in ("exact", "prefix", "suffix")}


def _origin(annotation: dict[str, Any], source: str, version: str) -> Origin:
    about = annotation.get(ARTICLE)
    about = about if isinstance(about, dict) else {}
    title, byline, publisher, published, id_, language = (words(about.get(name)) for name in _ABOUT)
    named = hash_in(source)
    source, version = ("", named) if named else (source, version)
    return Origin(title, source, byline, publisher, published, language or "en", id_, version)


def _bodies(annotation: dict[str, Any]) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The comments and the tags of an annotation."""
    value = annotation.get("bodyValue")
    bodies = _listed(annotation.get("body")) + ([{"value": value}] if isinstance(value, str) else [])
    comments, tags = [], []
    for body in bodies:
        if isinstance(body, dict) and isinstance(body.get("items"), list):
            bodies += body["items"]
            continue
        made = body if isinstance(body, dict) else {"value": words(body)}
        text = words(made.get("value")) or words(made.get("id"))
        purposes = _listed(made.get("purpose")) or _listed(annotation.get("motivation"))
        if "tagging" in purposes:
            tags.append(text)
        elif text.strip():
            comments.append(made | {"value": text})
    return comments, tags_of(tags)


def _note(body: dict[str, Any], name: str, number: int, on: str | None, moments: tuple[str, str]) -> Note:
    own = words(body.get(NOTE))
    made = identity(own) if own else identity(name) if on is None and not number else identity(name, body["value"])
    created = moment(body.get("created")) or moments[0]
    return Note(made, body["value"], on, tags_of(body.get(TAGS)), created, moment(body.get("modified")) or moments[1])


def _colour(annotation: dict[str, Any], target: Any) -> int:
    value = annotation.get(COLOUR)
    if isinstance(value, int) and value in range(1, len(COLOURS) + 1):
        return int(value)
    classes = [words(one).removeprefix(STYLE) for one in _listed(target.get("styleClass"))]
    return next((COLOURS.index(name) + 1 for name in classes if name in COLOURS), 1)
