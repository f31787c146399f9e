"""From files, folders and standard input to articles: `find` names what there is to read, `read` reads one.

Here only the way through is decided: which format a source is in. What a format means stands in the module of its
name, which is imported when the first source in it is read; what may be opened at all stands in `files`.
Importing the package loads no parser.
"""

import re
import sys
from pathlib import Path
from typing import BinaryIO

from store.article import Article, make_article
from store.errors import IntakeError
from store.furniture import furniture
from store.intake import decoding, files
from store.intake.files import EXTENSIONS, LIMIT, STDIN, find
from store.intake.reading import Reading

__all__ = ["EXTENSIONS", "LIMIT", "STDIN", "find", "read", "read_stdin", "sniff"]

_TAG_FIRST = re.compile(r"\s*<[a-z!?]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|div|article|script|style|ul|ol|h[1-6]|table|b|a)>", re.IGNORECASE)
_MARKDOWN = (
    re.compile(r"\A---[ \t]*\n(?:[A-Za-z_][\w-]*:.*\n|[ \t].*\n|\n)+?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"),
    re.compile(r"\A\s*#{1,6} \S"),
    re.compile(r"^#{2,6} \S", re.MULTILINE),
    re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\(https?://[^)\s]+\)"),
)
_NO_TEXT = {"html": "save the page again from the browser, as a whole, when its text is shown"}
_LOOKED_AT = 20_000
"""Code points at the start that decide the format of a source without a telling name."""


def read(source: str) -> Article:
    """The article in one file, or in standard input for `-`.

    Args:
        source: a path, absolute or from the working folder, or `-`. The extension decides the format; a file whose
            extension says nothing is looked into.

    Raises:
        IntakeError: one sentence that names the source and says what to do: it is missing, a folder, not a file,
            larger than `LIMIT`, unreadable, empty, binary, in no encoding that can be told, or without any text.
    """
    if source == STDIN:
        return read_stdin(sys.stdin.buffer)
    path = files.absolute(source)
    return _article(files.read_bytes(path), path, EXTENSIONS.get(Path(path).suffix.lower(), ""))


def read_stdin(stream: BinaryIO) -> Article:
    """The article in what is left of a binary stream; whether it is HTML, Markdown or text is told from its start.

    Raises:
        IntakeError: as for `read`.
    """
    return _article(files.read_stream(stream), STDIN, "")


def sniff(text: str) -> str:
    """The format of `text` by its look: `html`, `markdown` or `text`."""
    start = text[:_LOOKED_AT].removeprefix("\ufeff").replace("\r\n", "\n")
    tagged = bool(_TAG_FIRST.match(start))
    if tagged and _PAGE.search(start):
        return "html"
    if any(sign.search(start) for sign in _MARKDOWN):
        return "markdown"
    return "html" if tagged and _CLOSED.search(start) else "text"


def _article(data: bytes, source: str, kind: str) -> Article:
    """The article in `data`; an empty `kind` means that it is to be told from the text."""
    name = "standard input" if source == STDIN else source
    declared = "" if kind in ("text", "markdown") else decoding.declared_charset(data)
    text = decoding.decode(data, name, declared)
    kind = kind or sniff(text)
    told = _reading(kind, text)
    if not told.text.strip():
        raise IntakeError("there is no text in it", name, _NO_TEXT.get(kind, "give a file that has some"))
    return make_article(
        told.text,
        title=told.title,
        source=source,
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        language=told.language or "en",
        furniture={*told.furniture, *furniture(told.text)},
    )


def _reading(kind: str, text: str) -> Reading:
    match kind:
        case "html":
            from store.intake import html

            return html.read(text)
        case "markdown":
            from store.intake import markdown

            return markdown.read(text)
        case _:
            from store.intake import text as plain

            return plain.read(text)
