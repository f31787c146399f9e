"""Pages that were fetched: the report as trafilatura finds it, and the address under which a page wants to be known.

Trafilatura (Barbaresi 2021) leaves out more of what is not the report than `report` does, at the same recall; what it
does not find, and pages too long for it, are read as saved pages are. What a page says about itself is `metadata`'s
business; trafilatura fills what that leaves open.
"""

import logging
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store.article import one_line
from store.errors import IntakeError
from store.intake import fetch, files, html, metadata, page, report
from store.intake.blocks import Block, Lists, table
from store.intake.fetch import Answer
from store.intake.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

LONGEST = 2_000_000
"""Characters of a page that trafilatura is given: it takes half a second for a million, more for some."""

_KINDS = {
    "application/pdf": "pdf",
    "application/epub+zip": "epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/json": "json",
    "application/ld+json": "json",
    "application/feed+json": "feed",
    "application/x-ndjson": "jsonl",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/mbox": "mbox",
    "message/rfc822": "eml",
    "text/markdown": "markdown",
}
_PAGES = frozenset(["text/html", "application/xhtml+xml"])
_VARIANTS = re.compile(r"\A(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)")
"""What stands before the same site's name."""
_LISTS = {"list": "ul", "item": "li"}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "readability")


def fetched(url: str, *, named: bool) -> Answer:
    """What is at `url`; the arguments and errors of `fetch.fetch`."""
    answer = fetch.fetch(url, named=named)
    if not answer.data.strip():
        raise IntakeError("it is empty", url, "open it in a browser, save the page and give that file")
    return answer


def kind(answer: Answer) -> str:
    """The format that a server or the address names, as far as that can be believed; else empty.

    Servers call nearly everything a page or plain text, so these two names count only where the text bears them out.
    """
    if answer.media_type in _KINDS:
        return _KINDS[answer.media_type]
    if answer.media_type in _PAGES:
        return "html" if b"<" in answer.data[:2000] else ""
    by_name = files.EXTENSIONS.get(posixpath.splitext(urlsplit(answer.url).path)[1].lower(), "")
    return by_name if by_name != "html" else ""


def read(text: str, url: str) -> Reading:
    """What the report in a page holds; its text is empty when there is none in it.

    Args:
        url: where it was found.
    """
    tree = page.parse(text)
    about = metadata.read(tree)
    document = _document(text, url) if len(text) <= LONGEST else None
    blocks = list(_blocks(document.body)) if document is not None else []
    told = html.reading(_filled(about, document, url), blocks or report.blocks(tree))
    return replace(told, source=address(tree, url))


def address(tree: "LexborHTMLParser", url: str) -> str:
    """The address under which a page wants to be known, when it is one of the same site; else where it was found.

    A page may not pass itself off as another site's, and one that names its site's front page names nothing.
    """
    for query, name in (("link[rel~=canonical][href]", "href"), ('meta[property="og:url"][content]', "content")):
        for node in tree.css(query)[:1]:
            stated = fetch.linked(url, page.attribute(node, name).strip())
            if stated and _is_of(urlsplit(stated), urlsplit(url)):
                return _sent(stated)
    return _sent(url)


def _sent(url: str) -> str:
    """An address as it is sent, without its fragment; as it stands when it cannot be sent."""
    try:
        return fetch.checked(url)
    except IntakeError:
        return url


def _is_of(stated: Any, found: Any) -> bool:
    same = _site(stated.hostname or "") == _site(found.hostname or "")
    return same and (stated.path not in ("", "/") or found.path in ("", "/") or bool(stated.query))


def _site(host: str) -> str:
    return _VARIANTS.sub("", host.lower())


def _document(text: str, url: str) -> Any:
    """What trafilatura finds in a page; None when it finds nothing."""
    import trafilatura

    for name in _LOGGERS:
        # A message on standard error would stand in the middle of the reader's screen.
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        return trafilatura.bare_extraction(
            page.tamed(text).replace("\0", ""),
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # whatever it stumbles over in a page from anywhere, the page can still be read
        return None


def _filled(about: metadata.Metadata, document: Any, url: str) -> metadata.Metadata:
    """What a page says about itself, with what trafilatura found where it says nothing."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    host = host if re.search("[a-z]$", host) and "." in host else ""
    return replace(
        about,
        title=about.title or one_line(getattr(document, "title", None) or ""),
        byline=about.byline or ", ".join((getattr(document, "author", None) or "").split("; ")),
        published=about.published or (getattr(document, "date", None) or ""),
        publisher=about.publisher or (getattr(document, "sitename", None) or host),
    )


def _blocks(body: Any) -> Iterator[Block]:
    """The blocks in the tree that trafilatura makes: `head`, `p`, `quote`, `list` with `item`, `table`."""
    from lxml import etree

    lists, heading, skipped = Lists(), 0, None
    pieces: list[str] = []

    def flush() -> Iterator[Block]:
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \t\r\n\xa0]+", " ", "".join(pieces)).replace("\v", "\n")).strip()
        pieces.clear()
        if text:
            yield lists.block(text, 0.0, heading=heading)

    for event, node in etree.iterwalk(body, events=("start", "end")):
        begins = event == "start"
        if skipped is not None:
            if node is skipped and not begins:
                skipped = None
                pieces.append(node.tail or "")
            continue
        if node.tag in _LISTS or node.tag in ("p", "head", "quote", "code"):
            yield from flush()
            lists.follow(_tag(node), 1 if begins else -1)
        if node.tag == "head":
            heading = _level(node) if begins else 0
        if node.tag == "lb" and begins:
            pieces.append("\v")
        if node.tag == "table" and begins:
            yield from flush()
            yield Block(table(_rows(node)))
            skipped = node
        else:
            pieces.append((node.text if begins else node.tail) or "")
    yield from flush()


def _tag(node: Any) -> str:
    return "ol" if node.tag == "list" and node.get("rend") == "ol" else _LISTS.get(node.tag, node.tag)


def _level(node: Any) -> int:
    rend = node.get("rend") or ""
    return int(rend[1]) if re.fullmatch("h[1-6]", rend) else 2


def _rows(node: Any) -> list[list[str]]:
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row.iter("cell")] for row in node.iter("row")]
