"""JSON Feed (jsonfeed.org, version 1.1): the same entries as RSS and Atom, in a few fields."""

import json
from html import escape
from typing import Any

from store.article import one_line
from store.errors import IntakeError
from store.intake import dates, decoding
from store.intake.entries import MOST_ENTRIES, Entry, Feed, address, language, named, once, plain, string

_ADVICE = "look on the site for the address of its feed"


def parse(data: bytes, name: str, url: str) -> Feed:
    """The feed in `data`; arguments as for `feed.parse`.

    Raises:
        IntakeError: when it is no JSON, or no feed.
    """
    try:
        whole = json.loads(decoding.decode(data, name), strict=False)
    except (ValueError, RecursionError) as error:
        raise IntakeError("it is no JSON", name, _ADVICE) from error
    items = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(whole.get("version", "")):
        raise IntakeError("this is no feed", name, _ADVICE)
    made = [_entry(item, url) for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    return Feed(
        url,
        title=plain(whole.get("title", "")),
        site=address(whole.get("home_page_url", "")),
        language=language(whole.get("language")),
        entries=once(made),
    )


def _entry(item: dict[str, Any], url: str) -> Entry:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [one_line(str(one.get("name") or "")) for one in authors or [] if isinstance(one, dict)]
    marked, unmarked = string(item.get("content_html")), string(item.get("content_text"))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in unmarked.split("\n") if line.strip())
    link = address(item.get("url"), url) or address(item.get("external_url"), url)
    title = plain(item.get("title", ""))
    published = dates.iso(string(item.get("date_published")) or string(item.get("date_modified")))
    html = marked or paragraphs or escape(string(item.get("summary")))
    return Entry(
        id=named(item.get("id"), link, title, published, html),
        link=link,
        title=title,
        byline=", ".join(dict.fromkeys(filter(None, names[:20]))),
        published=published,
        html=html,
        full=bool(marked or unmarked),
    )
