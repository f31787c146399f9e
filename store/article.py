"""What an article is, and the only way to make one. How its text was found is the business of `store.intake`."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from store.errors import IntakeError
from store.hard_wrap import flowing
from store.spans import Span, trim

WORDS_A_MINUTE = 230
"""Silent reading speed for English non-fiction, words a minute (Brysbaert 2019 found 238)."""

INNER = "#:"
"""In a source, between a web address that holds several articles and the name of one of them. No place in a page begins
with a colon, so that such an address is never taken for that of the whole (`store.canonical`)."""

_PARAGRAPH = re.compile(r"[^\n]+")
_TEXT_IRI = "urn:sha256:"
_WORD = re.compile(r"\w+(?:[.,'’&/-]\w+)*")


@dataclass(frozen=True)
class Article:
    """A text as it is read, with what is known of where it comes from. Make one with `make_article`."""

    id: str
    """First 12 hexadecimal digits of the SHA-256 of the text in UTF-8, as it was when first seen."""
    title: str
    """One line; never empty."""
    text: str
    """LF line ends, no byte order mark. Every offset in briefbook is a code point of this text."""
    source: str = ""
    """The absolute path or the URL that it was read from; `-` for standard input."""
    byline: str = ""
    """Who wrote it, without "By"; empty when unknown."""
    publisher: str = ""
    """Who published it; empty when unknown."""
    published: str = ""
    """When, as ISO 8601 date or date and time; empty when unknown."""
    language: str = "en"
    """BCP 47 code of the text's language."""
    furniture: tuple[Span, ...] = ()
    """Paragraphs that are not the report (links to other pieces, author's notes): shown dimmed, not extracted."""

    @cached_property
    def flowing(self) -> str:
        """The text with a blank for each newline that only wraps a line (`store.hard_wrap`); the same offsets."""
        return flowing(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Where the paragraphs stand: runs without a (hard) newline, trimmed, blank ones left out."""
        spans = (trim(self.text, match.span()) for match in _PARAGRAPH.finditer(self.flowing))
        return tuple(span for span in spans if span[0] < span[1])

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 of the text in UTF-8, hexadecimal. It names this version of the article."""
        return text_hash(self.text)

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return sum(1 for _ in _WORD.finditer(self.text))

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes, at least one."""
        return max(1, round(self.words / WORDS_A_MINUTE))


def text_hash(text: str) -> str:
    """SHA-256 of `text` in UTF-8, hexadecimal; lone surrogates are taken as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_iri(text_hash: str) -> str:
    """The name of a text wherever it lies: what stands for the source of one that has no address."""
    return f"{_TEXT_IRI}{text_hash}"


def hash_in(iri: str) -> str:
    """The hash in what `text_iri` gave; empty when `iri` is something else."""
    text_hash = iri.removeprefix(_TEXT_IRI)
    return text_hash if text_hash != iri else ""


def make_article(
    text: str,
    *,
    title: str = "",
    source: str = "",
    byline: str = "",
    publisher: str = "",
    published: str = "",
    language: str = "en",
    furniture: Iterable[Span] = (),
    id: str = "",  # noqa: A002 (the field's name)
) -> Article:
    """An article of `text`. Line ends become LF and a byte order mark goes; no other character changes.

    Offsets in `furniture` count in the text after that. A missing title is taken from the first line.

    Raises:
        IntakeError: when the text has no visible character.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise IntakeError("there is no text in it", source or title, "give a file that has some")
    hashed = text_hash(text)
    made = Article(
        id=id or hashed[:12],
        title=one_line(title) or first_line(text),
        text=text,
        source=source,
        byline=one_line(byline),
        publisher=one_line(publisher),
        published=published,
        language=language,
        furniture=tuple(sorted(furniture)),
    )
    vars(made)["text_hash"] = hashed  # a cached property: hashing a million words takes 20 ms
    return made


def one_line(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


def first_line(text: str, most: int = 90) -> str:
    """The first line that is not blank, cut at a word border to at most `most` characters."""
    line = one_line(text.lstrip().split("\n", 1)[0])
    if len(line) <= most:
        return line
    cut = line.rfind(" ", 0, most - 1)
    return line[: cut if cut > 0 else most - 1] + "…"
