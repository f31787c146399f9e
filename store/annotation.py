"""What the reader made of an article: highlights, notes and corrections, and the selector that ties them to a passage.

Only the types and their JSON form live here; keeping them is the business of `store.notebook`, finding a passage
again after the text changed that of `store.anchoring`.
"""

import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args

COLOURS: tuple[str, ...] = ("yellow", "red", "green", "blue", "purple")
"""What the colours 1 to 5 are called; `Highlight.colour` counts from 1."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Says which passage is meant, in the terms of the W3C Web Annotation text quote and text position selectors."""

    exact: str
    """The passage as it read when it was marked; never rewritten, but by the reader who marks it anew elsewhere."""
    prefix: str
    """Up to 64 code points before it."""
    suffix: str
    """Up to 64 code points after it."""
    start: int
    end: int
    """Where it stood, in code points, half-open."""
    version: str = ""
    """`Article.text_hash` of the text that the offsets count in."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage."""

    id: str
    """UUID, see `new_id`."""
    selector: Selector
    colour: int = 1
    """1 to 5, see `COLOURS`."""
    tags: tuple[str, ...] = ()
    created: str = ""
    """ISO 8601 with time zone, UTC."""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader wrote, in Markdown: on a highlight, or on the article as a whole."""

    id: str
    text: str
    highlight: str | None = None
    """`Highlight.id` of what it is on; None for a note on the article."""
    tags: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""


CorrectionKind = Literal["rename", "merge", "split", "reject", "add", "kind", "set-speaker", "set-value"]
CORRECTION_KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)
Pane = Literal["actors", "numbers", "quotes"]
Scope = Literal["here", "everywhere"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader put right in a pane. Tied to the passage, never to a row number."""

    id: str
    kind: CorrectionKind
    pane: Pane
    selector: Selector
    """The passage of the row that is put right: a mention, the figure, the first piece of the quote."""
    value: str = ""
    """What it is put right to: the new name; the name to merge into; of a split, the name that leaves; a kind (also of
    an actor that is added); the speaker's name, empty for none; a figure as `store.corrections.figure` reads it (also
    of one that is added). Empty for a rejection."""
    name: str = ""
    """The name of the actor that it is about, of a quote its speaker's, as the pane showed it; empty for numbers."""
    scope: Scope = "here"
    """`everywhere`: in every article where `name`, or the words that are added, stand."""
    created: str = ""


def new_id() -> str:
    """A fresh identifier: UUID, version 7 (RFC 9562), so that files sorted by id are in the order of making."""
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = (nanoseconds << 12) // 1_000_000
    bits = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))


def now() -> str:
    """The present moment, ISO 8601 in UTC to the millisecond, with `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_json(thing: Highlight | Note | Correction) -> dict[str, Any]:
    """`thing` as plain data with lists for tuples."""
    # `asdict` takes four times as long, which thousands of highlights that come in at once would wait for.
    return {name: _plain(getattr(thing, name)) for name in _NAMES[type(thing)]}


def _plain(value: Any) -> Any:
    if isinstance(value, Selector):
        return {name: getattr(value, name) for name in _NAMES[Selector]}
    return list(value) if isinstance(value, tuple) else value


_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Selector, Highlight, Note, Correction)}


def highlight_from_json(data: Mapping[str, Any]) -> Highlight:
    """The inverse of `to_json`. Raises KeyError or TypeError when `data` is not of that form."""
    return Highlight(**{**data, "selector": Selector(**data["selector"]), "tags": tuple(data["tags"])})


def note_from_json(data: Mapping[str, Any]) -> Note:
    """The inverse of `to_json`. Raises KeyError or TypeError when `data` is not of that form."""
    return Note(**{**data, "tags": tuple(data["tags"])})


def correction_from_json(data: Mapping[str, Any]) -> Correction:
    """The inverse of `to_json`. Raises KeyError or TypeError when `data` is not of that form."""
    return Correction(**{**data, "selector": Selector(**data["selector"])})
