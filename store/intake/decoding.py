"""From bytes to text: byte order marks, UTF-8 and UTF-16, declared character sets, and what is no text at all.

Nothing here knows what the text means, and no character of a text that decodes is changed.
"""

import codecs
import re

from store.errors import IntakeError
from store.intake import code_pages, east_asian

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's stand before UTF-16's, of which one is the beginning."""

_TEXT_FIRST = "save its text as .txt and give that"
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text file, which cannot be read"),
    (b"PK\x03\x04", "a ZIP archive, and no Word, EPUB or OpenDocument text in it"),
    (b"\xd0\xcf\x11\xe0", "an old Office file or one with a password"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh9", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"(\xb5/\xfd", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
"""How files that are no text begin, and what each is."""

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_ASCII_PER_SPECIAL = 15
_RARE = 1_000
_WESTERN = frozenset(
    "‘’“”‚„–—…•€£¥§©®°·«»¿¡ª\xbaÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿœŒšŠžŽ½¼¾²³´\xa0±×".encode(
        "cp1252"
    )
)
"""Characters beyond ASCII that Western European texts use."""
_SAME_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # A declaration that could be read as ASCII cannot stand in UTF-16 or UTF-32.
    **dict.fromkeys(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"], "utf-8"),
}
"""What browsers take for a declared character set (WHATWG Encoding Standard, section 4.2), by Python's name for it."""


def decode(data: bytes, subject: str, declared: str = "") -> str:
    """The text in `data`, without its byte order mark.

    In this order: a byte order mark; UTF-16 or UTF-32 without one; UTF-8 without an error; the `declared`
    character set; the East Asian set whose characters fit; the code page whose letters fit; charset-normalizer's best
    guess.

    Args:
        subject: the name to put in an error.
        declared: the character set that the source itself names, as Python knows it.

    Raises:
        IntakeError: when it is binary, or no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data.removeprefix(mark), encoding, subject)
    for start, what in _BINARY:
        if data.startswith(start):
            raise IntakeError(f"this is {what}", subject, _TEXT_FIRST)
    if b"\0" in data:
        # Some servers leave a stray zero byte in a page; browsers drop it.
        if data.lstrip()[:1] != b"<" or data.count(b"\0") * _RARE > len(data):
            return _wide(data, subject)
        data = data.replace(b"\0", b"")
    # The ISO-2022 family is ASCII to the eye: its declaration tells, or how it changes between its sets.
    if not declared and east_asian.is_shifted(data):
        return data.decode("iso2022_jp")
    if not declared.startswith(("iso2022", "hz")):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return _guess(data, subject, declared)


def declared_charset(data: bytes) -> str:
    """The character set that an HTML page declares in its first 4,096 bytes, as Python knows it; else empty."""
    found = _CHARSET.search(data, 0, 4096) or _XML_ENCODING.match(data.lstrip()[:200])
    if not found:
        return ""
    return known(found[1].decode("ascii", "replace"))


def known(charset: str) -> str:
    """A character set as Python knows it, by the name that somebody gives it; empty when it knows none of that name."""
    try:
        name = codecs.lookup(charset).name
        return _SAME_AS.get(name, name) if charset and codecs.lookup(name)._is_text_encoding else ""
    except (LookupError, ValueError):
        return ""


def _strictly(data: bytes, encoding: str, subject: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"it begins as {encoding.upper().removesuffix('-LE').removesuffix('-BE')} but breaks off or is damaged "
            f"at byte {error.start:,}",
            subject,
            "save it again as UTF-8",
        ) from error


def _wide(data: bytes, subject: str) -> str:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes stand: text has them on one side only."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text):
            return text
    raise IntakeError("this is a binary file, not text", subject, _TEXT_FIRST)


def _reads_as_text(text: str) -> bool:
    """Whether the start of `text` is what people write: no control characters, and ASCII white space or Latin letters
    in it. ASCII read with its bytes swapped is rare CJK without either."""
    start = text[:4096]
    if re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]", text):
        return False
    return sum(character <= "\x7f" for character in start) * 20 >= len(start)


def _guess(data: bytes, subject: str, declared: str) -> str:
    if declared:
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    if (western := _western(data)) is not None:
        return western
    if page := east_asian.guess(data) or code_pages.guess(data):
        return data.decode(page)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f]", text := str(best)):
        raise IntakeError("its characters are in no encoding that can be told", subject, "save it as UTF-8")
    return text


def _western(data: bytes) -> str | None:
    """`data` as Windows-1252, when it is ASCII with few other characters and these are the usual ones.

    A few accents are too little for statistics to tell the code pages of one continent apart, and an English text
    with some is rarely in any other. Texts in Czech, Polish or Hungarian have more (9 to 15 in 100 letters).
    """
    special = [byte for byte in data if byte > 0x7F]
    if len(special) * _ASCII_PER_SPECIAL > len(data) or not _WESTERN.issuperset(special):
        return None
    return data.decode("cp1252") if not _CONTROL.search(data) else None
