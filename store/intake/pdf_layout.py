"""From the lines of printed pages to paragraphs: what is repeated on every page goes, lines are joined, words that were
divided at the end of a line are made whole. Where the lines come from is not known here.

The rules look at size, place and the ends of lines, as a reader would: a larger size is a heading; a wider gap, an
indent or a short line that ends a sentence ends a paragraph; a column or a page does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from store.intake.blocks import Block

_EDGE = 3
"""Lines at the top and the bottom of a page that may be repeated."""
_OFTEN = 0.3
"""On which share of the pages a line stands that is a running head or foot; at least on three, or on both of two."""
_LARGER = 1.15
_WIDER = 1.45
_LONGEST_HEADING = 200
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite)?\W*(?:\d{1,4}|[ivxl]{1,6})\W*(?:(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"\A(?:[•●▪■◦‣·–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_LEADER = re.compile(r"(?:\s?\.){5,}\s*\d{1,4}\Z")
"""How a line of a table of contents ends."""
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,3}\Z")
_DIVIDED = re.compile(r"(?P<start>[^\W\d_]+)[-\u00ad\u2010\x02\ufffe]\Z")
_MARKS = dict.fromkeys(map(ord, "\x02\ufffe\u00ad"), "-")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, in points from the page's lower left corner."""

    text: str
    left: float
    base: float
    """Where its letters stand."""
    right: float
    size: float
    """The height of its letters."""


Page = list[Line]
"""The lines of a page in reading order."""


def blocks(pages: Sequence[Page]) -> list[Block]:
    """The paragraphs, headings and lists on these pages, in order, without running heads and page numbers."""
    repeated = _repeated(pages)
    lines = [line for page in pages for line in _body(page, repeated)]
    if not lines:
        return []
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    words = _vocabulary(lines)
    larger = sorted({round(line.size) for line in lines if line.size > usual * _LARGER}, reverse=True)
    made: list[Block] = []
    for run in _runs(lines, usual):
        text = _joined([line.text for line in run], words)
        size = round(run[0].size)
        heading = min(larger.index(size) + 1, 6) if size in larger and len(text) <= _LONGEST_HEADING else 0
        contents = bool(_LEADER.search(text))
        tight = any(made and sign.search(text) and sign.search(made[-1].text) for sign in (_ITEM, _LEADER))
        made.append(Block(text, furniture=contents, tight=tight, heading=0 if contents else heading))
    return made


def _edges(lines: list[Line]) -> list[Line]:
    """The lines at the top and the bottom of a page."""
    ordered = sorted(lines, key=lambda line: line.base)
    return ordered[:_EDGE] + ordered[max(_EDGE, len(ordered) - _EDGE) :]


def _folded(line: Line) -> tuple[str, int]:
    """A line without its digits, and its size: a title is repeated in running heads, which are smaller."""
    return _DIGITS.sub("#", " ".join(line.text.casefold().split())), round(line.size)


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """What stands at the edge of many pages, digits apart."""
    counts = Counter(key for lines in pages for key in {_folded(line) for line in _edges(lines)})
    least = max(min(3, len(pages)), len(pages) * _OFTEN)
    return {key for key, count in counts.items() if count >= least and len(pages) > 1}


def _body(page: Page, repeated: set[tuple[str, int]]) -> list[Line]:
    """The lines of a page that are its text."""
    edges = {id(line) for line in _edges(page)}
    outer = {id(line) for line in sorted(page, key=lambda line: line.base)[:: max(1, len(page) - 1)]}
    return [
        Line(line.text.translate(_LIGATURES), line.left, line.base, line.right, line.size)
        for line in page
        if not (id(line) in edges and _folded(line) in repeated)
        and not (id(line) in outer and len(page) > 1 and _PAGE_NUMBER.fullmatch(line.text))
    ]


def _runs(lines: list[Line], usual: float) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    steps = [before.base - line.base for before, line in pairwise(lines)]
    gaps = [step for step in steps if 0 < step < 4 * usual]
    leading = median(gaps) if gaps else usual * 1.2
    run = [lines[0]]
    for at in range(1, len(lines)):
        if _begins(lines, at, leading):
            yield run
            run = []
        run.append(lines[at])
    yield run


def _begins(lines: list[Line], at: int, leading: float) -> bool:
    """Whether a line begins a paragraph, by its place to the one before."""
    before, line = lines[at - 1], lines[at]
    if abs(line.size - before.size) > 0.1 * before.size and len(line.text) > 2:
        return True
    if _LEADER.search(before.text) or (_ITEM.match(line.text) and not _DIVIDED.search(before.text)):
        return True
    ended = bool(_ENDS.search(before.text))
    gap = before.base - line.base
    if gap <= 0 or gap > 4 * leading:  # the next column or page
        return ended and (_is_short(lines, at - 1, 0.9) or not line.text[0].islower())
    if gap > _WIDER * max(leading, line.size):
        return True
    if _is_short(lines, at - 1, 0.9 if ended else 0.7):
        return not line.text[0].islower()
    return ended and _is_indented(lines, at)


def _is_short(lines: list[Line], at: int, share: float) -> bool:
    """Whether a line ends well before the edge to which its neighbours in the same column reach."""
    line = lines[at]
    near = [other for other in lines[max(0, at - 3) : at + 4] if abs(other.left - line.left) < 40]
    edge = max(other.right for other in near)
    start = min(other.left for other in near)
    return line.right - start < share * (edge - start)


def _is_indented(lines: list[Line], at: int) -> bool:
    line = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else None
    step = 0.6 * line.size
    return line.left - lines[at - 1].left > step and (after is None or line.left - after.left > step)


def _vocabulary(lines: list[Line]) -> Counter[str]:
    """The words of the text, those with a hyphen inside a line as well."""
    return Counter(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text))


def _joined(texts: list[str], words: Counter[str]) -> str:
    """The lines of a paragraph as one. A word that was divided is made whole, unless the text writes it with a hyphen
    elsewhere."""
    pieces: list[str] = []
    for before, text in pairwise([*texts, ""]):
        match = _DIVIDED.search(before)
        rest = re.match(r"[^\W\d_]+", text)
        if match and rest and rest[0][0].islower():
            start = match["start"]
            hyphened = f"{start}-{rest[0]}".casefold()
            kept = words[hyphened] > words[f"{start}{rest[0]}".casefold()]
            pieces.append(before[: match.end("start")] + ("-" if kept else ""))
        elif match and rest:
            pieces.append(before[: match.end("start")] + "-")
        else:
            pieces.append(before + " ")
    return "".join(pieces).rstrip().translate(_MARKS)
