"""The articles as sources, in CSL-JSON (schema 1.0.2): what Zotero, pandoc and word processors read.

Only keys that the schema knows; what is not known of an article is left out, never "N/A". The reader's own notes on
the article as a whole go into `annote`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from store.article import Article
from store.export import Export, jsonl
from store.export.links import page_link

_PARTS = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OFFICE = re.compile(
    r"\b(press|news|agency|agencies|staff|desk|times|post|reuters|editorial|editors?|team|board|service|institute|"
    r"office|ministry|council|bureau|correspondents?|reporters?)\b",
    re.IGNORECASE,
)
"""Words of a byline that is no person's."""


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """One JSON array with an item an article."""
    yield "["
    between = "\n"
    for export in exports:
        yield between + jsonl.line(_item(export)).rstrip("\n")
        between = ",\n"
    yield "\n]\n"


def authors(byline: str, publisher: str = "") -> list[dict[str, str]]:
    """The names in a byline: persons with `family` and `given`, bodies and single names as `literal`."""
    names = [name for name in _PARTS.split(byline) if name]
    return [_author(name, publisher) for name in names]


def issued(published: str) -> list[int]:
    """Year, and month and day when they are known; empty when no year is."""
    found = _DATE.match(published)
    return [int(part) for part in found.groups() if part] if found else []


def _author(name: str, publisher: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    if not given or name.casefold() == publisher.casefold() or _OFFICE.search(name):
        return {"literal": name}
    return {"family": family, "given": given}


def _item(export: Export) -> dict[str, Any]:
    article = export.article
    date = issued(article.published)
    item = {
        "id": article.id,
        "type": _kind(article),
        "title": article.title,
        "author": authors(article.byline, article.publisher),
        "container-title": article.publisher,
        "issued": {"date-parts": [date]} if date else {},
        "URL": page_link(article.source),
        "language": article.language,
        "keyword": ", ".join(export.tags),
        "annote": "\n\n".join(note.text for note in export.notes_on().get(None, [])),
    }
    return {key: value for key, value in item.items() if value}


def _kind(article: Article) -> str:
    if article.publisher:
        return "article-newspaper"
    return "webpage" if page_link(article.source) else "document"
