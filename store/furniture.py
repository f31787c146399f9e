"""Which paragraphs of a plain text are not the report: links to other pieces, bylines, credits, notes on the author.

The rules look at the shape of a paragraph and where it stands, and nothing else; no language model is needed. When in
doubt a paragraph is report: what is taken for furniture is shown dimmed and nothing is extracted from it. Agency
datelines ("GENEVA (Reuters) -") open a paragraph of the report and stay in it.
"""

import re
from collections.abc import Sequence
from functools import cache

from store.spans import Span, trim

_PARAGRAPH = re.compile(r"[^\n]+")

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLES = r"(?:(?:de|van|von|der|al|bin|la|el)\s+)*"
_NAME = rf"{_CAPITAL}[\w.'’-]*(?:\s+{_PARTICLES}{_CAPITAL}[\w.'’-]*){{1,4}}"
"""Two to five capitalised words."""
_NAMES = rf"{_NAME}(?:(?:,\s+|,?\s+(?:and|&)\s+){_NAME})*"
_WRITER = (
    r"(?i:reporter|correspondent|journalist|columnist|contributor|contributing|editor|writer|author|blogger|freelancer|"
    r"freelance|intern|fellow|professor|lecturer|researcher|scholar|analyst|strategist|economist|historian|director|"
    r"producer|photographer|broadcaster)"
)

LINK = re.compile(
    r"(?:read (?:more|also|next|the full)|also read|see (?:also|more)|"
    r"related(?: (?:article|stor|post|content|topic|reading|link|news)\w*)?|"
    r"more (?:on|from|about) [^.]{1,80}|more (?:stories|news|coverage)|recommended(?: reading)?|you may (?:also )?like|"
    r"don['’]t miss|watch(?: (?:more|now|live|video))?|listen(?: (?:now|here|to))?|further reading|in pictures|"
    r"explainer|live updates|up next|trending)\s*[:>»→|]",
    re.IGNORECASE,
)
"""How a line begins that leads to another piece; with its colon or arrow, so that "Watch the border" stays."""

CALL = re.compile(
    r"(?:subscribe (?:to|now|today|here|for)|sign up (?:for|to|here|now)|click here|tap here|follow us|"
    r"follow (?:him|her|them|me|@)|join our|download our|get our|support our|donate (?:to|now|here)|like us on|"
    r"share this|share on|advertisement\b|sponsored\b|skip advertisement|story continues below|continue reading|"
    r"this (?:article|story|piece|post) (?:was|is|has been|first|originally)|a version of this (?:article|story)|"
    r"the views expressed|all rights reserved|copyright\b|©|\(c\) \d{4}|have a (?:tip|story)\?|got a tip|"
    r"contact (?:us|the author)|send (?:us )?your|e-?mail (?:us|the author|him|her)|terms of (?:use|service)|"
    r"privacy policy)",
    re.IGNORECASE,
)
"""What a paragraph of at most `SHORT` characters begins with when it asks something of the reader or states rights."""

_WORK = r"(?:reporting|writing|editing|research|compiled|translation|translated|edited|written|photography|graphics?)"
_PICTURE = r"(?:photo|photograph|photos|image|images|picture|video|credit|source|illustration|file photo|getty|caption)"

CREDIT = re.compile(
    r"[(\[—–*_\s-]*(?:"
    rf"(?:additional |with )?{_WORK}(?: and \w+)* by\b"
    rf"|{_PICTURE}(?: credits?| courtesy(?: of)?| by)?\s*[:|/]"
    r"|(?:AP|AFP|EPA|Reuters|Getty Images)(?: Photo)?\s*/)",
    re.IGNORECASE,
)
"""Credits of reporters, editors and pictures."""

_CONTRIBUTED = " contributed "
_BYLINE_FIRST = re.compile(r"(?:[a-z]+ )?by\b|author|reporter|writer", re.IGNORECASE)
_NOTE_WORD = re.compile(rf"{_WRITER}|writes|covers|reports")
"""What a credit, a byline and a note cannot be without. The patterns with names in them take 2 ms each to compile, and
few articles need them."""
_DOES = r"(?:is|are|was|works|writes|covers|reports|serves|joined)"


@cache
def _contributed() -> re.Pattern[str]:
    """A credit that begins with the names."""
    return re.compile(rf"{_NAMES}(?:,? in [\w\s]+)? contributed (?:to this|reporting)")


@cache
def _byline() -> re.Pattern[str]:
    """A whole paragraph that names who wrote the piece."""
    return re.compile(
        r"(?:"
        rf"(?i:story |written |words |posted |reported )?(?:By|BY|by)\s*:?\s+(?:{_NAMES}|[A-Z .,'’&-]+)"
        r"(?:\s*[,|—–-]\s*[^.!?]{1,60})?"
        rf"|(?i:author|authors|reporter|writer)\s*:\s*{_NAMES})"
    )


@cache
def _note() -> re.Pattern[str]:
    """A note on the author, when it stands at the end and the name stands nowhere else."""
    return re.compile(
        rf"(?:{_NAMES},?\s+(?:who\s+)?{_DOES}\s+[^.]{{0,100}}?\b{_WRITER}s?\b"
        rf"|{_NAMES}\s+(?:writes|covers|reports)\s+(?:[\w-]+\s+)?(?:about|on|for|from)\b"
        r"|(?:The|Our) (?:author|writer|reporter|columnist)s?\s+(?:is|are|can)\b"
        r"|About the authors?\b)"
    )


SHORT = 240
"""Code points: a call to the reader is no longer than that."""
LONGEST_NOTE = 600
"""Code points: a note on the author is no longer than that."""


def furniture(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text` that are not the report, as offsets, in order. Takes time linear in the text.

    >>> text = "The vote was lost.\\nRead more: Why the vote matters\\nBy Ada Blum"
    >>> [text[start:end] for start, end in furniture(text)]
    ['Read more: Why the vote matters', 'By Ada Blum']
    """
    paragraphs = [trim(text, match.span()) for match in _PARAGRAPH.finditer(text)]
    paragraphs = [span for span in paragraphs if span[0] < span[1]]
    found = [span for span in paragraphs if is_furniture(text[slice(*span)])]
    if len(found) == len(paragraphs):
        return ()
    return tuple(sorted([*found, *_notes(text, paragraphs, set(found))]))


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is furniture by its shape alone, wherever it stands.

    >>> is_furniture("(Reporting by Ada Blum; Editing by Li Wei)"), is_furniture("By Monday, the dam had burst.")
    (True, False)
    """
    if len(paragraph) > LONGEST_NOTE:
        return False
    if CREDIT.match(paragraph) or (_CONTRIBUTED in paragraph and _contributed().match(paragraph)):
        return True
    return len(paragraph) <= SHORT and bool(
        LINK.match(paragraph)
        or CALL.match(paragraph)
        or (_BYLINE_FIRST.match(paragraph) and _byline().fullmatch(paragraph))
    )


def _notes(text: str, paragraphs: Sequence[Span], known: set[Span]) -> list[Span]:
    """The notes on the author: from the end upward, as far as there is nothing but notes and furniture."""
    notes: list[Span] = []
    for span in reversed(paragraphs):
        if span in known:
            continue
        if not _is_note(text, span, paragraphs[0]):
            break
        notes.append(span)
    return notes


def _is_note(text: str, span: Span, first: Span) -> bool:
    paragraph = text[slice(*span)].lstrip("*_—–- ")
    if span == first or len(paragraph) > LONGEST_NOTE or not _NOTE_WORD.search(paragraph):
        return False
    match = _note().match(paragraph)
    if match is None:
        return False
    # An actor of the report may be described last; the author is named in a byline at most.
    name = re.match(_NAME, match.group())
    surname = name.group().split()[-1] if name else ""
    return not surname or text.count(surname, first[0], span[0]) <= 1
