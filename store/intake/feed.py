"""Feeds: RSS, Atom and JSON Feed to entries, fetched only when they changed.

RSS and Atom are parsed by feedparser, which also reads what is broken; JSON Feed (jsonfeed.org, version 1.1) is a few
fields. Nothing is kept here: the caller keeps `Feed.validators` and hands them over the next time. What an entry links
to is fetched by `store.intake.read(entry.link, named=feed.inside)`, by the caller and when the reader asks for it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from store.article import Article, first_line, make_article, one_line
from store.errors import IntakeError
from store.furniture import furniture
from store.intake import dates, decoding, fetch
from store.intake.blocks import compose
from store.intake.entries import MOST_ENTRIES, Entry, Feed, address, language, named, once, plain, string
from store.intake.fetch import Validators
from store.intake.files import is_url
from store.intake.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

__all__ = ["LIMIT", "Entry", "Feed", "Validators", "article", "discover", "get", "parse", "reading", "readings"]

LIMIT = 5 * 1024 * 1024
"""Bytes that a feed may have, unpacked: feedparser takes about two seconds for each million."""

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_DEEPEST = 500
"""Elements that may stand in one another: feedparser's time grows with the square of it."""
_TAG = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[A-Za-z][^<>]*?(/?)>", re.DOTALL)
_ADVICE = "look on the site for the address of its feed"


def get(url: str, *, validators: Validators | None = None, named: bool = True, seconds: float = fetch.SECONDS) -> Feed:
    """The feed at an address; blocks for at most about `seconds`, and two more for each million bytes.

    Args:
        validators: those of the last time; when nothing changed, the feed is `unchanged`.
        named: whether the reader named the address; False for one out of a page or a file of somebody else.

    Raises:
        IntakeError: when there is no answer or no feed in it. For a page that names feeds, the advice is the first one.
    """
    answer = fetch.fetch(url, validators=validators, named=named, limit=LIMIT, seconds=seconds)
    if answer.unchanged:
        return Feed(answer.url, validators=_kept(answer.validators, validators), unchanged=True, moved=answer.moved)
    found = parse(answer.data, url, answer.url, answer.charset)
    return replace(found, validators=answer.validators, moved=answer.moved, inside=answer.inside)


def _kept(new: Validators, old: Validators | None) -> Validators:
    """What to send the next time: an answer without a body need not repeat what it was asked with."""
    return Validators(new.etag or (old.etag if old else ""), new.modified or (old.modified if old else ""))


def parse(data: bytes, name: str, url: str = "", charset: str = "") -> Feed:
    """The feed in `data`.

    Args:
        name: what errors name.
        url: where it was found; links in it count from there.
        charset: the character set that the server named, if any.

    Raises:
        IntakeError: when it is no feed, too large, or a trap.
    """
    if len(data) > LIMIT:
        raise IntakeError(f"it is a feed of more than {LIMIT // 1024 // 1024} MB", name, "take a shorter one")
    start = data[:1000].lstrip()
    if start.startswith(b"{"):
        from store.intake import json_feed

        return json_feed.parse(data, name, url)
    _check(data, name)
    import feedparser

    # Without the address: feedparser would make a link of every id, and what is no address could be told no more.
    told = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    # Bytes in a stream: a text could be taken for an address or the name of a file.
    found = feedparser.parse(BytesIO(data), response_headers=told)
    if not found.get("version") and not found.get("entries"):
        raise _no_feed(data, name, url)
    return _feed(found, url)


def readings(data: bytes, name: str, url: str = "") -> Iterator[Reading]:
    """The entries of a feed as articles, in order; nothing more is fetched. Entries without any text are left out.

    Raises:
        IntakeError: as for `parse`.
    """
    found = parse(data, name, url)
    told = [told for entry in found.entries if (told := reading(entry, found)).text]
    if not told:
        raise IntakeError("there is no entry with a text in this feed", name, "look at it again later")
    yield from told


def reading(entry: Entry, feed: Feed) -> Reading:
    """What an entry holds itself; a title alone is its text."""
    from store.intake import html

    text, aside = compose(html.fragment(entry.html)) if entry.html.strip() else ("", ())
    return Reading(
        text or entry.title,
        title=entry.title or (first_line(text) if text else ""),
        byline=entry.byline,
        publisher=feed.title,
        published=entry.published,
        language=feed.language,
        furniture=aside,
        source="" if entry.shared else entry.link,
        part=entry.id,
    )


def article(entry: Entry, feed: Feed) -> Article:
    """An entry as an article of its own words; its source is its link, where no other entry has that.

    Raises:
        IntakeError: when it has no text and no title.
    """
    told = reading(entry, feed)
    return make_article(
        told.text,
        title=told.title,
        source=feed.source(entry),
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        language=told.language or "en",
        furniture={*told.furniture, *furniture(told.text)},
    )


def discover(tree: "LexborHTMLParser", url: str) -> list[str]:
    """The addresses of the feeds that a page names, in its order."""
    found: list[str] = []
    for node in tree.css("link[rel~=alternate][href]")[:50]:
        values = node.attributes
        named = address(values.get("href"), url)
        if (values.get("type") or "").lower() in _KINDS and named:
            found.append(named)
    return found


def _check(data: bytes, name: str) -> None:
    """Refuse what would take feedparser long: elements nested without end."""
    depth = 0
    for at in _tags(data):
        depth += at
        if depth > _DEEPEST:
            raise IntakeError("this feed is nested too deep", name, "take another one of this site")


def _tags(data: bytes) -> Iterator[int]:
    """For each tag outside comments and CDATA whether an element begins (1), ends (-1) or does both (0)."""
    for match in _TAG.finditer(data):
        if not match[0].startswith(b"<!"):
            yield -1 if match[1] else 0 if match[2] else 1


def _no_feed(data: bytes, name: str, url: str) -> IntakeError:
    """Why there is no feed, with the address of one when the page names it."""
    from store.intake import page

    try:
        named = discover(page.parse(decoding.decode(data, name, decoding.declared_charset(data))), url)
    except IntakeError:
        named = []
    return IntakeError("this is no feed", name, f"the page names {named[0]}" if named else _ADVICE)


def _feed(found: Any, url: str) -> Feed:
    about = found.feed
    site = address(about.get("link"), url)
    entries = [_entry(item, url or site) for item in found.entries[:MOST_ENTRIES]]
    return Feed(
        url,
        title=plain(about.get("title", "")),
        site=site,
        language=language(about.get("language")),
        entries=once(entries),
    )


def _entry(item: Any, base: str) -> Entry:
    contents = [string(one.get("value")) for one in item.get("content", [])]
    summary = string(item.get("summary"))
    whole = max(contents, key=len, default="")
    link = _link(item, base)
    authors = [one_line(string(one.get("name"))) for one in item.get("authors", [])]
    title, published, html = plain(item.get("title", "")), _when(item), whole or summary
    return Entry(
        id=named(string(item.get("id")), link, title, published, html),
        link=link,
        title=title,
        byline=", ".join(dict.fromkeys(filter(None, authors[:20]))),
        published=published,
        html=html,
        full=bool(whole),
    )


def _link(item: Any, base: str) -> str:
    """The page that an entry announces; a name that only calls itself a link, as `guid` does unless told, is none."""
    given = string(item.get("link"))
    return "" if item.get("guidislink") and not is_url(given) else address(given, base)


def _when(item: Any) -> str:
    """When an entry was published: as it was written where that can be read, else as feedparser understood it."""
    from email.utils import parsedate_to_datetime

    for key in ("published", "updated", "created"):
        written = str(item.get(key, ""))
        try:
            return parsedate_to_datetime(written).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
        if when := dates.iso(written):
            return when
        if parsed := item.get(f"{key}_parsed"):
            return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])
    return ""
