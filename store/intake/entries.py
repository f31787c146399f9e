"""What a feed and an entry of it are, whatever format they came in. Fetching and parsing is `feed`'s business."""

import re
from dataclasses import dataclass, field
from typing import Any

from store.article import one_line
from store.intake.fetch import Validators, linked

MOST_ENTRIES = 1_000
"""Entries of one feed that are taken, the first ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. Empty fields are unknown."""

    id: str
    """What the feed calls it; its link where it gives it no name. Never empty: it tells entries apart."""
    link: str = ""
    """The page that it announces, http or https."""
    title: str = ""
    """One line of plain text."""
    byline: str = ""
    published: str = ""
    """ISO 8601."""
    html: str = ""
    """Its text, or a summary of it, as HTML that is not to be trusted."""
    full: bool = False
    """Whether `html` is given as the whole text and not as a summary."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds, and what is needed to ask for it again."""

    url: str
    """Where it was found, after all redirects."""
    title: str = ""
    site: str = ""
    """The address of the site that it tells of."""
    language: str = ""
    """BCP 47."""
    entries: tuple[Entry, ...] = ()
    """In the order of the feed, at most `MOST_ENTRIES`."""
    validators: Validators = field(default_factory=Validators)
    """To be handed over the next time."""
    unchanged: bool = False
    """Whether nothing changed since the validators that were handed over; there are no entries then."""
    moved: str = ""
    """Where it has moved for good; empty when it stayed."""
    inside: bool = False
    """Whether it came from within the reader's own network, so that its links may lead there."""


def once(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries without those that repeat an id."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def string(value: Any) -> str:
    """`value` when it is a text; else empty."""
    return value if isinstance(value, str) else ""


def address(value: Any, base: str = "") -> str:
    """A web address that a feed gives, from `base` on; empty when it is none."""
    return linked(base, string(value).strip()) if value else ""


def language(value: Any) -> str:
    """A BCP 47 code that a feed gives; empty when it is none."""
    code = string(value).strip()
    return code if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code) else ""


def plain(value: Any) -> str:
    """A title as plain text: many feeds put HTML into it."""
    text = string(value)
    if "<" not in text and "&" not in text:
        return one_line(text)
    from store.intake import page

    tree = page.parse(text)
    return page.words(tree.body) if tree.body else one_line(text)
