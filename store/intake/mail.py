"""E-mail messages: sender, date and subject, the text as paragraphs, and what is quoted or signed as furniture.

Messages are split by the standard library (MIME, RFC 2045 and after); the old interface is used, since it takes
broken headers as they are. Attachments are named, not opened. Many messages in one file are `mbox`'s business.
"""

import email
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from store.article import one_line
from store.errors import IntakeError
from store.intake import decoding, page, plain_mail, report
from store.intake.blocks import Block, compose
from store.intake.reading import Reading

MOST_PARTS = 200
"""Parts of a message that are read."""

_MOST_RULES = 50_000
"""Lines that begin as the borders of parts do: each part takes memory, however short it is."""
_MOST_HEADERS = 500_000
_HEADER = re.compile(rb"^[\w-]+:", re.MULTILINE)
_LONGEST_HEADER = 2_000
_DEEPEST = 20
_QUOTED_HTML = "blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg"
_SIGNED_HTML = ".gmail_signature, .moz-signature, #Signature"
_BEGIN, _END = "\ue000", "\ue001"
"""Stand where quoted HTML begins and ends; they belong to nobody's text."""
_WORTH = 0.5
"""Share of the words of the HTML from which the plain text beside it is taken for the whole message."""


def read(data: bytes, subject: str, part: str = "") -> Reading:
    """What a message says; its text is empty when it says nothing.

    Args:
        subject: what errors name.
        part: its place in a source that holds several; its message id, where it has one, goes before that.

    Raises:
        IntakeError: when its parts are too many or stand too deep in one another, or its headers are broken.
    """
    if data.count(b"\n--") > _MOST_RULES or sum(1 for _ in _HEADER.finditer(data)) > _MOST_HEADERS:
        raise IntakeError("it has far too many parts or headers", subject, "save its text and give that")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        headers = _headers(message)
        blocks = [*_blocks(message, subject, _DEEPEST), *_attached(message)]
    except RecursionError as error:
        raise IntakeError("its parts are nested too deep", subject, "save its text and give that") from error
    except (ValueError, LookupError) as error:  # the standard library stumbles over some parameters
        raise IntakeError("its headers are broken", subject, "save its text and give that") from error
    text, furniture = compose(blocks)
    return Reading(
        text,
        title=headers.get("subject", ""),
        byline=_person(headers.get("from", "")),
        publisher=_list_name(headers.get("list-id", "")),
        published=_date(headers.get("date", "")),
        language=_language(headers.get("content-language", "")),
        furniture=furniture,
        part=part and (headers.get("message-id", "").strip("<> ")[:200] or part),
    )


def _headers(message: Message) -> dict[str, str]:
    """The first header of each name, decoded, by its name in lower case."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), one_line(_decoded(str(value)[:_LONGEST_HEADER])))
    return found


def _decoded(value: str) -> str:
    """A header with its encoded words (RFC 2047) and its raw bytes as text."""
    try:
        pieces = email.header.decode_header(value)
    except (email.errors.HeaderParseError, ValueError):
        pieces = [(value, None)]
    return (
        "".join(piece if isinstance(piece, str) else _as_text(piece, charset) for piece, charset in pieces)
        .encode("utf-8", "surrogateescape")
        .decode("utf-8", "replace")
    )


def _as_text(piece: bytes, charset: str | None) -> str:
    return piece.decode(decoding.known(charset or "") or "utf-8", "replace")


def _person(value: str) -> str:
    name, address = email.utils.parseaddr(value)
    return name or address


def _list_name(value: str) -> str:
    return value.partition("<")[0].strip(' "')


def _date(value: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _language(value: str) -> str:
    return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value) else ""


def _blocks(message: Message, subject: str, depth: int) -> Iterator[Block]:
    """The blocks of a message or of a part of one, `depth` levels of parts at the most."""
    kind = message.get_content_type()
    parts = _parts(message)
    if depth == 0 or _is_attached(message):
        return
    if kind == "multipart/alternative":
        yield from _better([list(_blocks(part, subject, depth - 1)) for part in parts])
    elif kind == "message/rfc822":
        for part in parts[:1]:
            yield from _forwarded(part, subject, depth)
    elif parts:
        for part in parts[:1] if kind == "multipart/related" else parts:
            yield from _blocks(part, subject, depth - 1)
    elif kind == "text/html":
        yield from _html(_content(message, subject))
    elif kind == "text/plain":
        flowed = message.get_param("format", "") == "flowed"
        yield from plain_mail.blocks(_content(message, subject), flowed=flowed)


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload[:MOST_PARTS] if isinstance(part, Message)] if isinstance(payload, list) else []


def _is_attached(message: Message) -> bool:
    return message.get_content_disposition() == "attachment" and message.get_content_type() != "message/rfc822"


def _better(choices: list[list[Block]]) -> list[Block]:
    """The first of several forms of one text that has nearly all of it: plain text comes first, if it is no stub."""
    words = [sum(len(block.text.split()) for block in choice) for choice in choices]
    most = max(words, default=0)
    return next((choice for choice, count in zip(choices, words, strict=True) if count >= most * _WORTH), [])


def _forwarded(message: Message, subject: str, depth: int) -> Iterator[Block]:
    headers = _headers(message)
    told = (headers.get("subject", ""), _person(headers.get("from", "")), headers.get("date", ""))
    if line := " · ".join(filter(None, told)):
        yield Block(line, furniture=True)
    yield from _blocks(message, subject, depth - 1)


def _content(message: Message, subject: str) -> str:
    try:
        payload, charset = message.get_payload(decode=True), message.get_content_charset() or ""
    except (ValueError, LookupError):  # a character set that is no name at all
        payload, charset = str(message.get_payload()).encode("utf-8", "surrogateescape"), ""
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        return ""
    declared = decoding.known(charset)
    return decoding.decode(data, subject, declared or decoding.declared_charset(data))


def _html(text: str) -> Iterator[Block]:
    """The blocks of an HTML text, with what is quoted or a signature as furniture."""
    tree = page.parse(text.replace(_BEGIN, "").replace(_END, ""))
    for node in tree.css(f"{_QUOTED_HTML}, {_SIGNED_HTML}"):
        node.insert_before(_BEGIN)
        node.insert_after(_END)
    depth = 0
    for block in report.all_blocks(tree):
        depth += block.text.count(_BEGIN)
        if words := block.text.replace(_BEGIN, "").replace(_END, "").strip("\n"):
            furniture = block.furniture or depth > 0 or plain_mail.is_attribution(words)
            yield replace(block, text=words, furniture=furniture)
        depth = max(0, depth - block.text.count(_END))


def _attached(message: Message) -> list[Block]:
    """One line that names what is attached."""
    names = [_decoded(part.get_filename() or "") for part in message.walk() if _is_attached(part)][:MOST_PARTS]
    named = ", ".join(one_line(name)[:100] for name in names if name)
    return [Block(f"Attached: {named}", furniture=True)] if named else []
