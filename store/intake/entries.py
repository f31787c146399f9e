"""What a feed and an entry of it are, whatever format they came in. Fetching and parsing is `feed`'s business."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from store.article import INNER, one_line
from store.canonical import canonical
from store.intake.fetch import Validators, linked

MOST_ENTRIES = 1_000
"""Entries of one feed that are taken, the first ones."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. Empty fields are unknown."""

    id: str
    """What the feed calls it; its link where it gives it no name, else a digest of what it says. Never empty: it tells
    entries apart, also from those of an earlier look."""
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
    shared: bool = False
    """Whether another entry of the feed announces the same page, so that the page says nothing about which it is."""


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

    def source(self, entry: Entry) -> str:
        """The source of an entry as an article: its page, or, where that is none of its own, its name in the feed."""
        return entry.link if entry.link and not entry.shared else f"{self.url}{INNER}{entry.id}"


def once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries without those that repeat an id, each knowing whether its page is its own."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    pages = Counter(canonical(entry.link) for entry in found.values() if entry.link)
    return tuple(replace(entry, shared=True) if pages[canonical(entry.link)] > 1 else entry for entry in found.values())


def named(id: Any, link: str, *words: str) -> str:  # noqa: A002 (the field's name)
    """What tells an entry apart: its id, its link, or a digest of what it says."""
    given = one_line(str(id or ""))[:500] or link
    return given or hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]


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
