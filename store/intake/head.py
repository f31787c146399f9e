"""The lines at the head of a plain text: title, byline, date, release label and dateline, told by their look.

`text` reads a whole head with it; `markdown` and `html` ask it about single lines. It changes nothing.
"""

import re
from dataclasses import dataclass

from store.intake import dates
from store.spans import Span

LONGEST_TITLE = 160
"""Characters that a line may have to be taken for a title."""

_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.MULTILINE)
_LINES_READ = 12
_PLAIN_LINES = 3
"""Lines of a head that may be plain: a title of two lines and what stands under it."""
_PLACE_BEFORE_DATE = re.compile(r"\A[A-Z][\w'’ -]{1,30},\s+(?=\d|[A-Z][a-z]{2,8}\.?\s+\d)")
_NAME = r"(?:[^\W\d_][\w.'’-]*)"
_BYLINE = re.compile(
    rf"(?:(?:written|reported|words|story|text)\s+)?by\s*:?\s+(?P<who>{_NAME}.{{0,150}})", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?P<key>title|headline|subject|author|authors|writer|date|published|source|publisher)\s*:\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:for\s+)?immediate\s+release|for\s+release\b.*|embargo(?:ed)?\b.*|(?:press|media|news)\s+(?:release|statement|"
    r"note)\b.{0,40}|(?:official\s+)?statement(?:\s+no\.?\s*\S+)?|situation\s+report\s+(?:no\.?\s*)?#?\d+|"
    r"(?:ref|reference|no)\.?\s*:?\s*[\w/-]*\d[\w/-]*)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.,'’/ -]{1,60}?)\s*(?:\((?P<agency>[^()\n]{2,40})\)\s*(?:—|–|--?|:)|"
    r"(?:—|–|--)|\s-\s)\s*(?=\S)"
)
_PARTICLES = frozenset(["and", "al", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "la", "van", "von"])
_BAR = re.compile(r"\s+[|·•]\s+")
_JOB = re.compile(
    r"\b(?:min(?:ute)?s?(?:\s+read)?|correspondent|editor|reporter|staff|writer|bureau|analyst|desk|economist|"
    r"contributor|fellow|researcher)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a text say about it. Empty fields are unknown."""

    title: str = ""
    byline: str = ""
    published: str = ""
    """ISO 8601."""
    publisher: str = ""
    furniture: tuple[Span, ...] = ()
    """Byline, date, label, letterhead and field lines, as spans of the text."""


def read(text: str) -> Head:
    """The head of `text`; of a text that begins with the report only what its dateline tells."""
    spans = [match.span() for match, _ in zip(_LINE.finditer(text), range(_LINES_READ), strict=False)]
    lines = [text[start:end].strip() for start, end in spans]
    said = [_said(line) for line in lines]
    told = _told(lines, said)
    taken = _title_lines(text, spans, lines, told)
    letterhead: list[int] = []
    # Above "Press release" stands who released it, and the title below.
    labelled = taken and any(said[at] == {} for at in told) and told[0] > taken[-1]
    if labelled and (below := _title_lines(text, spans, lines, told, told[-1] + 1)):
        letterhead, taken = taken, below
    body = max([*told, *taken], default=-1) + 1
    values: dict[str, str] = _dateline(lines[body]) if body < len(lines) else {}
    values |= _known(publisher=" ".join(lines[at] for at in letterhead))
    for at in reversed(told):
        values |= said[at] or {}
    return Head(
        title=values.get("title", "") or " ".join(lines[at] for at in taken),
        byline=values.get("byline", ""),
        published=values.get("published", ""),
        publisher=values.get("publisher", ""),
        furniture=tuple(spans[at] for at in sorted([*letterhead, *told])),
    )


def byline(line: str) -> str:
    """The names in a line like "By Ana Ruiz and Tom Lee, Staff Writers | 4 March 2025"; empty for any other line."""
    match = _BYLINE.fullmatch(line.strip().strip("*_"))
    if not match or line.rstrip().endswith((".", ":", ";")) or not match["who"].removeprefix("the ")[0].isupper():
        return ""
    return names(match["who"].removeprefix("the "))


def names(who: str) -> str:
    """The names in what follows "By", without jobs, dates and places after a bar."""
    first = re.split(r"\s+[|·•—–]\s+|\s+-\s+|\t|\s+in\s+(?=[A-Z])|\s+(?:Updated|Published|Posted)\b", who)[0]
    parts = [part.strip() for part in first.split(",")]
    kept = [part for at, part in enumerate(parts) if at == 0 or _is_name(part)]
    return ", ".join(kept)


def without_dateline(line: str) -> str:
    """`line` without the dateline that it begins with. A place counts only in capitals or before an agency."""
    match = _DATELINE.match(line)
    if match and (match["agency"] or match["place"].split(",")[0].isupper()):
        return line[match.end() :]
    return line


def _is_name(part: str) -> bool:
    words = part.removeprefix("and ").split()
    named = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return len(words) >= 2 and named and not _JOB.search(part)


def _said(line: str) -> dict[str, str] | None:
    """What a line says about the article; None for a line that is a title or belongs to the report."""
    if match := _FIELD.fullmatch(line):
        return _field(match["key"].lower(), match["value"].strip())
    parts = [part.strip(" *_") for part in _BAR.split(line)] if len(line) <= LONGEST_TITLE else []
    who = next(filter(None, map(byline, parts)), "")
    when = next(filter(None, map(_date, parts)), "")
    if who or when:
        rest = (part for part in parts if not byline(part) and not dates.iso(part) and not _JOB.search(part))
        return _known(byline=who, published=when, publisher=next(rest, "") if len(parts) > 1 else "")
    return {} if len(line) <= 80 and _LABEL.fullmatch(line) else None


def _date(part: str) -> str:
    """The date in a line like "4 March 2025" or "Geneva, 4 March 2025"."""
    return dates.line(part) or dates.line(_PLACE_BEFORE_DATE.sub("", part))


def _field(key: str, value: str) -> dict[str, str]:
    match key:
        case "title" | "headline" | "subject":
            return {"title": value}
        case "author" | "authors" | "writer":
            return _known(byline=names(value))
        case "date" | "published":
            return _known(published=dates.iso(value))
        case _:
            return {"publisher": value}


def _known(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _told(lines: list[str], said: list[dict[str, str] | None]) -> list[int]:
    """Which lines say something about the article. The head ends where a long or a fourth plain line stands."""
    told: list[int] = []
    plain = 0
    for at, (line, values) in enumerate(zip(lines, said, strict=True)):
        plain += values is None
        if plain > _PLAIN_LINES or (values is None and len(line) > 2 * LONGEST_TITLE):
            break
        if values is not None:
            told.append(at)
    return told


def _title_lines(text: str, spans: list[Span], lines: list[str], told: list[int], start: int = 0) -> list[int]:
    """Which lines are the title: the first plain ones, when something sets them apart from the report."""
    first = next((at for at in range(start, len(lines)) if at not in told), len(lines))
    if first + 1 >= len(lines) or not _is_title(lines[first]):
        return []
    if first + 1 in told or _blank_after(text, spans, first):
        return [first]
    # A title that was wrapped goes on in the next line; a report that begins without a blank line is a long one.
    wrapped = len(lines[first]) >= 40 and _is_title(lines[first] + " " + lines[first + 1])
    if wrapped and (first + 2 in told or _blank_after(text, spans, first + 1)):
        return [first, first + 1]
    return [first] if len(lines[first + 1]) > LONGEST_TITLE or (told and told[-1] > first) else []


def _is_title(line: str) -> bool:
    return 0 < len(line) <= LONGEST_TITLE and not line.endswith((".", ":", ";", ",")) and line == without_dateline(line)


def _blank_after(text: str, spans: list[Span], at: int) -> bool:
    return at + 1 < len(spans) and text[spans[at][1] : spans[at + 1][0]].count("\n") > 1


def _dateline(line: str) -> dict[str, str]:
    match = _DATELINE.match(line)
    return _known(publisher=(match["agency"] or "").strip(), published=dates.iso(match["place"])) if match else {}
