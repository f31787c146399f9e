"""What a web page says about itself: JSON-LD, OpenGraph and other `meta` elements, microdata, `<title>`, `<time>`.

It reads statements only; where the report stands in the page is not known here.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.article import one_line
from store.intake import dates, head, page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_REPORTS = re.compile(r"(?:Article|Report|BlogPosting|LiveBlog\w*|SpecialAnnouncement)$")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title", "headline")
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "sailthru.author",
)
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "citation_publication_date",
    "sailthru.date",
    "article:modified_time",
)
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
_STATEMENTS = 5_000
"""JSON-LD objects that are looked at in one page."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself. Empty fields are unknown."""

    title: str = ""
    byline: str = ""
    published: str = ""
    """ISO 8601."""
    publisher: str = ""
    language: str = ""
    """BCP 47, of the whole page."""


def read(tree: "LexborHTMLParser") -> Metadata:
    """All that the page says of itself, the most explicit statement first."""
    linked = _linked_data(tree)
    metas = _metas(tree)
    publisher = _name(linked.get("publisher")) or _first(metas, _PUBLISHERS) or _property(tree, "publisher")
    return Metadata(
        title=_title(tree, linked, metas, publisher),
        byline=_byline(tree, linked, metas),
        published=_published(tree, linked, metas),
        publisher=publisher,
        language=_language(tree),
    )


def _title(tree: "LexborHTMLParser", linked: dict[str, Any], metas: dict[str, str], publisher: str) -> str:
    headings = [words for node in tree.css("h1") if _folded(words := page.words(node)) not in ("", _folded(publisher))]
    stated = _text(linked.get("headline")) or _first(metas, _TITLES)
    whole = next((page.words(node) for node in tree.css("head > title")), "")
    # The heading is the title as it was printed; the statements are often cut or carry the site's name.
    told = _folded(stated or whole)
    for heading in headings:
        if _folded(heading) in told and len(_folded(heading)) * 2 > len(told):
            return heading
    if stated:
        return _without_site(stated, publisher)
    return headings[0] if len(headings) == 1 else _without_site(whole, publisher)


def _without_site(title: str, publisher: str) -> str:
    """`title` without the name of the site after a bar or a dash."""
    match = re.fullmatch(r"(?P<title>.{8,}?)\s+(?:[|·•»]|[-–—]|::)\s+(?P<site>[^|·•»]{2,60})", title)
    if not match or (publisher and _folded(publisher) not in _folded(match["site"])):
        return title
    return match["title"] if publisher or len(match["title"]) > len(match["site"]) else title


def _byline(tree: "LexborHTMLParser", linked: dict[str, Any], metas: dict[str, str]) -> str:
    shown = ("[rel~=author]", "[itemprop~=author]", ".byline", ".article-byline", ".author-name", ".author")
    stated = _name(linked.get("author")) or _first(metas, _AUTHORS)
    if not stated or "://" in stated:
        stated = next((line for query in shown for node in tree.css(query) if (line := page.words(node))), "")
        stated = stated if len(stated) <= 120 else ""
    return head.names(re.sub(r"\A(?:by|written by)\s*:?\s+", "", stated, flags=re.IGNORECASE)) if stated else ""


def _published(tree: "LexborHTMLParser", linked: dict[str, Any], metas: dict[str, str]) -> str:
    for stated in (_text(linked.get("datePublished")), *(metas.get(key, "") for key in _DATES)):
        if when := dates.iso(stated):
            return when
    for node in [*tree.css("[itemprop=datePublished]"), *tree.css("time")]:
        written = (page.attribute(node, "content"), page.attribute(node, "datetime"), page.words(node))
        if when := next(filter(None, map(dates.iso, written)), ""):
            return when
    return ""


def _language(tree: "LexborHTMLParser") -> str:
    named = page.attribute(tree.root, "lang") if tree.root else ""
    return named if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", named) else ""


def _metas(tree: "LexborHTMLParser") -> dict[str, str]:
    """The `meta` elements by name, lower case, the first of a name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = page.attribute(node, "property") or page.attribute(node, "name") or page.attribute(node, "itemprop")
        if name and (content := one_line(page.attribute(node, "content"))):
            found.setdefault(name.lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _property(tree: "LexborHTMLParser", name: str) -> str:
    return next((page.words(node) for node in tree.css(f"[itemprop={name}]")), "")


def _linked_data(tree: "LexborHTMLParser") -> dict[str, Any]:
    """The JSON-LD object that describes the report; empty when there is none."""
    found = list(_objects(tree))
    for wanted in (_REPORTS, re.compile(r"WebPage$")):
        for thing in found:
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and wanted.search(kind) for kind in kinds):
                return thing
    return {}


def _objects(tree: "LexborHTMLParser") -> Iterator[dict[str, Any]]:
    waiting: list[Any] = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            waiting.append(json.loads(node.text(), strict=False))
        except (ValueError, RecursionError):
            continue
    for _ in range(_STATEMENTS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing[:_STATEMENTS])
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)


def _name(thing: Any) -> str:
    """The name, or the names, of what JSON-LD gives as a text, an object or a list of them."""
    things = thing if isinstance(thing, list) else [thing]
    names = (_text(item.get("name")) if isinstance(item, dict) else _text(item) for item in things[:20])
    return ", ".join(dict.fromkeys(filter(None, names)))


def _text(thing: Any) -> str:
    """`thing` when it is a text, with the entities that some pages leave in it resolved."""
    from html import unescape

    return one_line(unescape(thing)) if isinstance(thing, str) else ""


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
