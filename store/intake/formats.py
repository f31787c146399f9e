"""Which format some bytes are in, and which module reads it. What a format means stands in the module of its name,
which is imported when the first source in it is read.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from store.errors import IntakeError
from store.intake import decoding
from store.intake.reading import Reading

SEVERAL = frozenset(["mbox", "json", "jsonl", "feed"])
"""Formats that hold several articles."""

_PDF = b"%PDF-"
_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""Word documents with a password begin so too; `decoding` says what to do."""
_TAG_FIRST = re.compile(r"\s*<[a-z!?]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|div|article|script|style|ul|ol|h[1-6]|table|b|a)>", re.IGNORECASE)
_MARKDOWN = (
    re.compile(r"\A---[ \t]*\n(?:[A-Za-z_][\w-]*:.*\n|[ \t].*\n|\n)+?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"),
    re.compile(r"\A\s*#{1,6} \S"),
    re.compile(r"^#{2,6} \S", re.MULTILINE),
    re.compile(r"^[ \t]*+(?:\|[ \t]*+)?:?-{3,}+:?[ \t]*\|[ \t|:-]*$", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\(https?://[^)\s]+\)"),
)
_FEED = re.compile(
    rb"\s*+(?>(?:<!--.*?-->|<!doctype[^>]*>|<\?[^>]*>)\s*+)*+<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE | re.DOTALL
)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_MBOX = re.compile(rb"From \S[^\n]*\d{4}[^\n]*\n[A-Za-z-]+:")
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}"
    rb"(?:received|message-id|mime-version|return-path|delivered-to|dkim-signature)\s*:",
    re.IGNORECASE,
)
_LOOKED_AT = 20_000
"""Code points, or bytes, at the start that decide the format of a source without a telling name."""


def tell(data: bytes, named: str = "") -> str:
    """The format that `data` is in.

    Args:
        named: the format for which its name stands. What the first bytes say goes before it: a PDF is a PDF, whatever
            it is called. Empty when its name says nothing.
    """
    if data[:1024].lstrip().startswith(_PDF):
        return "pdf"
    if data.startswith(_ARCHIVE):
        from store.intake import archive

        return archive.kind(data) or named
    if data.startswith(_OLD_OFFICE):
        return ""
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _FEED.match(start) and named in ("", "html", "text"):
        return "feed"
    return named or _by_start(start)


def _by_start(start: bytes) -> str:
    """The format of a text without a telling name, as far as its first bytes decide it; else empty."""
    if _MBOX.match(start):
        return "mbox"
    if _MAIL.match(start):
        return "eml"
    if not _JSON.match(start):
        return ""
    return "jsonl" if re.match(rb"\s*\{[^\n]*\}\s*\n\s*\{", start) else "json"


def sniff(text: str) -> str:
    """The format of `text` by its look: `html`, `markdown` or `text`."""
    start = text[:_LOOKED_AT].removeprefix("\ufeff").replace("\r\n", "\n")
    tagged = bool(_TAG_FIRST.match(start))
    if tagged and _PAGE.search(start):
        return "html"
    if any(sign.search(start) for sign in _MARKDOWN):
        return "markdown"
    return "html" if tagged and _CLOSED.search(start) else "text"


def streamed(stream: BinaryIO, kind: str, name: str) -> Iterator[Reading | IntakeError]:
    """What the articles in a mailbox (`mbox`) or in JSON hold; a mailbox and JSON Lines are read piece by piece."""
    if kind == "mbox":
        from store.intake import mbox

        yield from mbox.readings(stream, name)
    else:
        from store.intake import json_articles

        yield from json_articles.readings(stream, kind, name)


def readings(data: bytes, kind: str, name: str, url: str = "", charset: str = "") -> Iterator[Reading | IntakeError]:
    """What the articles in `data` hold, in order; one that cannot be read among several is an error in its place.

    Args:
        kind: as `tell` told it; empty means that its text decides.
        name: what errors name.
        url: the address that it was fetched from, if any.
        charset: the character set that the server named, if any.

    Raises:
        IntakeError: when nothing of it can be read.
    """
    match kind:
        case "pdf":
            from store.intake import pdf

            yield pdf.read(data, name)
        case "docx":
            from store.intake import docx

            yield docx.read(data, name)
        case "odt":
            from store.intake import odt

            yield odt.read(data, name)
        case "epub":
            from store.intake import epub

            yield epub.read(data, name)
        case "eml":
            from store.intake import mail

            yield mail.read(data, name)
        case "mbox" | "json" | "jsonl":
            yield from streamed(BytesIO(data), kind, name)
        case "feed":
            from store.intake import feed

            yield from feed.readings(data, name, url)
        case _:
            yield _text(data, kind, name, url, charset)


def _text(data: bytes, kind: str, name: str, url: str, charset: str) -> Reading:
    """A text, a Markdown text or a web page, whose characters must be told first."""
    declared = "" if kind in ("text", "markdown") else decoding.declared_charset(data)
    text = decoding.decode(data, name, decoding.known(charset) or declared)
    match kind or sniff(text):
        case "html" if url:
            from store.intake import web

            return web.read(text, url)
        case "html":
            from store.intake import html

            return html.read(text)
        case "markdown":
            from store.intake import markdown

            return markdown.read(text)
        case _:
            from store.intake import text as plain

            return plain.read(text)
