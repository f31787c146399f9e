"""JSON Lines of our own (`store.export.jsonl`): an object an article, its text and all that is known of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from store.annotation import COLOURS, Correction, Highlight, Note, Selector
from store.corrections import check
from store.errors import ImportingError, NotebookError
from store.imports import Bundle, Origin, identity, is_offset, moment, tags_of, words
from store.notefile import correction_of

MOST_LINE = 64 << 20
"""Characters of one line."""

_KNOWN = ("title", "source", "byline", "publisher", "published")


def recognises(data: Any) -> bool:
    """Whether the object of a first line is one of ours."""
    return isinstance(data, dict) and all(isinstance(data.get(key), list) for key in ("highlights", "notes"))


def read(lines: Iterable[str]) -> Iterator[Bundle | ImportingError]:
    """A bundle a line; in place of a line that is none, why."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            if not recognises(data):
                raise ValueError("it is no article of briefbook")
            yield bundle(data)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            yield ImportingError(f"line {number} cannot be taken in ({_why(error)})", "", "export it again")


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "it is not JSON"
    if isinstance(error, RecursionError):
        return "its brackets are too deep"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def bundle(data: dict[str, Any]) -> Bundle:
    """What the object of one article holds. Raises KeyError, TypeError or ValueError when it is none."""
    text = words(data.get("text"))
    known = {name: words(data.get(name)) for name in _KNOWN}
    language = words(data.get("language")) or "en"
    furniture = tuple(_span(pair) for pair in data.get("furniture") or [])
    origin = Origin(
        **known, id=words(data.get("id")), language=language, text=text if text.strip() else None, furniture=furniture,
        tags=tags_of(data.get("tags")),
    )  # fmt: skip
    highlights = tuple(_highlight(one) for one in data["highlights"])
    notes = tuple(_note(one) for one in data["notes"])
    return Bundle(origin, highlights, notes, tuple(map(_correction, data.get("corrections") or [])), ours=True)


def _highlight(data: Any) -> Highlight:
    marked = data["selector"]
    exact, prefix, suffix, version = (_text(marked[name]) for name in ("exact", "prefix", "suffix", "version"))
    start, end = marked["start"], marked["end"]
    if not (is_offset(start) and is_offset(end) and start < end and exact.strip()):
        raise ValueError("a passage begins before it ends")
    if type(data["colour"]) is not int or data["colour"] not in range(1, len(COLOURS) + 1):
        raise ValueError(f"there is no colour {data['colour']!r:.20}")
    selector = Selector(exact, prefix, suffix, start, end, version)
    tags, moments = tags_of(data["tags"]), (moment(data["created"]), moment(data["modified"]))
    return Highlight(identity(_text(data["id"])), selector, data["colour"], tags, *moments)


def _note(data: Any) -> Note:
    on = None if data["highlight"] is None else identity(_text(data["highlight"]))
    tags, moments = tags_of(data["tags"]), (moment(data["created"]), moment(data["modified"]))
    return Note(identity(_text(data["id"])), _text(data["text"]), on, tags, *moments)


def _correction(data: Any) -> Correction:
    made = correction_of(data)
    try:
        check(made)
    except NotebookError as error:
        raise ValueError(error.message) from error
    return replace(made, id=identity(made.id), created=moment(made.created))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("what should be text is not")
    return value


def _span(pair: Any) -> tuple[int, int]:
    start, end = pair
    if not (is_offset(start) and is_offset(end)):
        raise ValueError("an offset is none")
    return start, end
