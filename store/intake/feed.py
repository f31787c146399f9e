"""Feeds: RSS, Atom and JSON Feed to entries, fetched only when they changed.

RSS and Atom are parsed by feedparser, which also reads what is broken; JSON Feed (jsonfeed.org, version 1.1) is a few
fields. Nothing is kept here: the caller keeps `Feed.validators` and hands them over the next time. What an entry links
to is fetched by `store.intake.read(entry.link, named=feed.inside)`, by the caller and when the reader asks for it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from store.article import Article, first_line, make_article, one_line
from store.errors import IntakeError
from store.furniture import furniture
from store.intake import dates, decoding, fetch, files
from store.intake.blocks import compose
from store.intake.fetch import Validators
from store.intake.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

LIMIT = 5 * 1024 * 1024
"""Bytes that a feed may have, unpacked: feedparser takes about two seconds for each million."""
MOST_ENTRIES = 1_000
"""Entries of one feed that are taken, the first ones."""

_KINDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_DEEPEST = 500
"""Elements that may stand in one another: feedparser's time grows with the square of it."""
_TAG = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[A-Za-z][^<>]*?(/?)>", re.DOTALL)
_NO_FEED = ("this is no feed", "look on the site for its RSS or Atom address")


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
        return Feed(answer.url, validators=validators or Validators(), unchanged=True, moved=answer.moved)
    found = parse(answer.data, url, answer.url, answer.charset)
    return replace(found, validators=answer.validators, moved=answer.moved, inside=answer.inside)


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
        return _json_feed(data, name, url)
    _check(data, name)
    import feedparser

    told = {
        "content-location": url,
        "content-type": f"application/xml; charset={charset}" if charset else "application/xml",
    }
    # Bytes in a stream: a text could be taken for an address or the name of a file.
    found = feedparser.parse(BytesIO(data), response_headers=told)
    if not found.version and not found.entries:
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
        source=entry.link,
        part=entry.id,
    )


def article(entry: Entry, feed: Feed) -> Article:
    """An entry as an article of its own words; its source is its link.

    Raises:
        IntakeError: when it has no text and no title.
    """
    told = reading(entry, feed)
    return make_article(
        told.text,
        title=told.title,
        source=told.source or f"{feed.url}#{entry.id}",
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
        address = urljoin(url, values.get("href") or "")
        if (values.get("type") or "").lower() in _KINDS and files.is_url(address):
            found.append(address)
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
    return IntakeError(_NO_FEED[0], name, f"the page names {named[0]}" if named else _NO_FEED[1])


def _feed(found: Any, url: str) -> Feed:
    about = found.feed
    entries = [_entry(item, number) for number, item in enumerate(found.entries[:MOST_ENTRIES], 1)]
    language = one_line(str(about.get("language", "")))
    return Feed(
        url,
        title=_plain(about.get("title", "")),
        site=_address(about.get("link", "")),
        language=language if language.replace("-", "").isalnum() and len(language) <= 12 else "",
        entries=_once(entries),
    )


def _entry(item: Any, number: int) -> Entry:
    contents = [one.get("value", "") for one in item.get("content", [])]
    summary = item.get("summary", "")
    whole = max(contents, key=len, default="")
    link = _address(item.get("link", ""))
    authors = [one_line(one.get("name", "")) for one in item.get("authors", [])]
    return Entry(
        id=one_line(str(item.get("id", "")))[:500] or link or str(number),
        link=link,
        title=_plain(item.get("title", "")),
        byline=", ".join(dict.fromkeys(filter(None, authors[:20]))),
        published=_when(item),
        html=whole or summary,
        full=bool(whole),
    )


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


def _json_feed(data: bytes, name: str, url: str) -> Feed:
    try:
        whole = json.loads(decoding.decode(data, name), strict=False)
    except (ValueError, RecursionError) as error:
        raise IntakeError("it is no JSON", name, _NO_FEED[1]) from error
    items = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(whole.get("version", "")):
        raise IntakeError(*_NO_FEED[:1], name, _NO_FEED[1])
    made = [
        _json_entry(item, number, url) for number, item in enumerate(items[:MOST_ENTRIES], 1) if isinstance(item, dict)
    ]
    language = str(whole.get("language", ""))
    return Feed(
        url,
        title=_plain(whole.get("title", "")),
        site=_address(whole.get("home_page_url", "")),
        language=language if language.replace("-", "").isalnum() and len(language) <= 12 else "",
        entries=_once(made),
    )


def _json_entry(item: dict[str, Any], number: int, url: str) -> Entry:
    from html import escape

    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [one_line(str(one.get("name") or "")) for one in authors or [] if isinstance(one, dict)]
    marked, plain = _string(item.get("content_html")), _string(item.get("content_text"))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in plain.split("\n") if line.strip())
    link = _address(urljoin(url, _string(item.get("url")) or _string(item.get("external_url"))))
    return Entry(
        id=one_line(str(item.get("id") or ""))[:500] or link or str(number),
        link=link if link != url else "",
        title=_plain(item.get("title", "")),
        byline=", ".join(dict.fromkeys(filter(None, names[:20]))),
        published=dates.iso(_string(item.get("date_published")) or _string(item.get("date_modified"))),
        html=marked or paragraphs or escape(_string(item.get("summary"))),
        full=bool(marked or plain),
    )


def _once(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries without those that repeat an id."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _address(value: Any) -> str:
    text = _string(value).strip()
    return text if files.is_url(text) else ""


def _plain(value: Any) -> str:
    """A title as plain text: many feeds put HTML into it."""
    text = _string(value)
    if "<" not in text and "&" not in text:
        return one_line(text)
    from store.intake import page

    tree = page.parse(text)
    return page.words(tree.body) if tree.body else one_line(text)
