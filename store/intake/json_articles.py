"""Articles in JSON: one object, a list of them, a list within an object, or one object a line.

Names of fields are those that news services, archives and extraction tools use, and those of `briefbook extract` and
JSON Feed. A field that is none of these is not looked at.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from store.article import one_line
from store.errors import IntakeError
from store.intake import dates, decoding, files, formats, head
from store.intake.blocks import compose
from store.intake.reading import Reading

MOST_VALUES = 2_000_000
"""Objects and lists in one JSON text: each takes memory, however few bytes it has."""
LONGEST_LINE = files.LIMIT
"""Bytes that a line of JSON Lines may have."""

_TEXTS = ("text", "content_text", "article_text", "full_text", "maintext", "raw_text", "body_text", "plain_text")
_MARKED = ("content_html", "html", "body_html", "content", "body", "article", "description", "summary", "abstract")
_TITLES = ("title", "headline", "name", "subject")
_AUTHORS = ("byline", "author", "authors", "creator", "writer")
_DATES = (
    "published", "date", "publishedAt", "published_at", "date_published", "datePublished", "pub_date", "pubDate",
    "publication_date", "date_publish", "created_at", "created", "timestamp",
)  # fmt: skip
_PUBLISHERS = (
    "publisher",
    "sitename",
    "site_name",
    "site",
    "publication",
    "outlet",
    "source_name",
    "source",
    "hostname",
)
_URLS = ("url", "canonical_url", "link", "permalink", "external_url", "source", "source_url")
_LANGUAGES = ("language", "lang", "inLanguage")
_LISTS = (
    "items",
    "articles",
    "entries",
    "results",
    "documents",
    "stories",
    "posts",
    "data",
    "response",
    "docs",
    "hits",
)
_MOST_WORDS = 20
"""Bare texts in a list up to which each may be a single word."""
_NO_ARTICLE = ("there is no article in it: no field `text` or `content` with a text", "name the field so")


def readings(stream: BinaryIO, kind: str, name: str) -> Iterator[Reading | IntakeError]:
    """The articles in a JSON text (`kind` is `json`) or in JSON Lines (`jsonl`), these line by line.

    Raises:
        IntakeError: when it is no JSON, or holds no article.
    """
    if kind == "jsonl":
        yield from _lines(stream, name)
        return
    whole = _parsed(stream.read(files.LIMIT + 1), name)
    found = list(_articles(whole, 3))
    if len(found) > _MOST_WORDS and sum(isinstance(item, str) and not _is_phrase(item) for item in found) * 2 > len(
        found
    ):
        raise IntakeError("this is a list of words, not of texts", name, "give texts, or objects with a field `text`")
    several = len(found) > 1 or isinstance(whole, list)
    empty = True
    for at, item in enumerate(found, 1):
        told = _reading(item, str(at) if several else "")
        if told.text:
            empty = False
            yield told
    if empty:
        raise IntakeError(_NO_ARTICLE[0], name, _NO_ARTICLE[1])


def _is_phrase(text: str) -> bool:
    """Whether there is more than one word."""
    return len(text.split(maxsplit=1)) > 1


def _lines(stream: BinaryIO, name: str) -> Iterator[Reading | IntakeError]:
    number, found = 0, False
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if not line.strip():
            continue
        subject = f"{name}, line {number}"
        try:
            if len(line) > LONGEST_LINE:
                raise IntakeError("this line is too long", subject, "split it")
            told = _reading(_parsed(line, subject), str(number))
            if not told.text:
                raise IntakeError(_NO_ARTICLE[0], subject, _NO_ARTICLE[1])
        except IntakeError as error:
            yield error
        else:
            yield told
        found = True
    if not found:
        raise IntakeError("it is empty", name, "give a file that has some text")


def _parsed(data: bytes, subject: str) -> Any:
    if data.count(b"{") + data.count(b"[") > MOST_VALUES:
        raise IntakeError(f"it holds more than {MOST_VALUES:,} objects and lists", subject, "split it")
    try:
        return json.loads(decoding.decode(data, subject), strict=False)
    except json.JSONDecodeError as error:
        raise IntakeError(f"it is no JSON (line {error.lineno}, {error.msg})", subject, "check the file") from error
    except (ValueError, RecursionError) as error:
        raise IntakeError("its JSON is nested too deep or has a number too long", subject, "check the file") from error


def _articles(whole: Any, depth: int) -> Iterator[Any]:
    """What may be an article: the items of a list, of a list within an object, or the object itself."""
    if isinstance(whole, list):
        yield from whole
    elif isinstance(whole, dict):
        inner = next((whole[key] for key in _LISTS if isinstance(whole.get(key), list | dict)), None)
        if inner is not None and depth and not _text(whole):
            yield from _articles(inner, depth - 1)
        else:
            yield whole


def _reading(item: Any, part: str) -> Reading:
    """What an object, or a bare text, holds; without text when it is no article."""
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict):
        return Reading("")
    from store.intake import text as plain

    text = _text(item)
    told = plain.read(text)
    language = _first(item, _LANGUAGES)
    return Reading(
        text,
        title=_first(item, _TITLES) or told.title,
        byline=head.names(_first(item, _AUTHORS) or "") or told.byline,
        publisher=next((name for key in _PUBLISHERS if (name := _name(item.get(key))) and not _is_place(name)), ""),
        published=next(filter(None, (_when(item.get(key)) for key in _DATES)), "") or told.published,
        language=language if len(language) <= 12 and language.replace("-", "").isalnum() else "",
        furniture=told.furniture,
        source=next((url for key in _URLS if files.is_url(url := _name(item.get(key)))), ""),
        part=one_line(str(item["id"]))[:100] if part and isinstance(item.get("id"), str | int) else part,
    )


def _text(item: dict[str, Any]) -> str:
    for key in _TEXTS:
        if (value := _lines_of(item.get(key))).strip():
            return value.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    for key in ("paragraphs", *_MARKED):
        if (value := _lines_of(item.get(key))).strip():
            return _plain(value)
    return ""


def _lines_of(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else ""


def _plain(value: str) -> str:
    """A text that may be HTML."""
    if formats.sniff(value) != "html":
        return value.replace("\r\n", "\n").replace("\r", "\n")
    from store.intake import html

    return compose(html.fragment(value))[0]


def _first(item: dict[str, Any], keys: Iterable[str]) -> str:
    return next((name for key in keys if (name := _name(item.get(key)))), "")


def _name(value: Any) -> str:
    """A text, the name of an object, or the names in a list of them."""
    values = value[:20] if isinstance(value, list) else [value]
    named = (one.get("name") or one.get("title") if isinstance(one, dict) else one for one in values)
    return ", ".join(dict.fromkeys(one_line(one) for one in named if isinstance(one, str) and one.strip()))


def _is_place(name: str) -> bool:
    """Whether a name is rather a path or an address."""
    return "/" in name or "\\" in name or name == "-"


def _when(value: Any) -> str:
    if isinstance(value, str):
        return dates.iso(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 5e12:
        return ""
    seconds = value / 1000 if value > 5e9 else value
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
