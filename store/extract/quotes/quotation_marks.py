"""Which stretches of a text stand between quotation marks, in whatever typography: the first half of finding quotes.

A paragraph is read by itself, so that a mark that was never closed spoils one paragraph only. What the words between
the marks are (speech, a title, a word held at arm's length) is not decided here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.spans import Span, trim

DOUBLE = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»「」『』]")
"""The marks that hardly ever mean anything else."""
SINGLE = re.compile(r"(?<!['’‘])['‘’‚‹›](?!['’‘])")
"""The marks that may be apostrophes."""
OPENERS, CLOSERS = (
    frozenset({"“", "„", "«", "``", "‘‘", "「", "『", "‹", "‘", "‚"}),
    frozenset({"”", "’’", "»", "」", "』", "›"}),
)
INCHES = re.compile(r"\d['’]\s?\d{1,2}(?:\"|'')")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between an opening mark and its closing mark."""

    outer: Span
    """With the marks."""
    inner: Span
    """Without them, and without white space at the ends; never empty."""
    closed: bool
    """Whether its closing mark was found; if not, it runs to the end of its paragraph."""
    continues: bool = False
    """Whether it goes on with the quotation that the paragraph before left open."""


def stretches(text: str, paragraphs: Iterable[Span]) -> list[Stretch]:
    """The outermost quoted stretches of each paragraph, in order. Linear in the length of the text.

    >>> text = 'He said “it is «too» late” and left.'
    >>> [text[slice(*stretch.inner)] for stretch in stretches(text, [(0, len(text))])]
    ['it is «too» late']
    """
    found: list[Stretch] = []
    left_open = False
    for paragraph in paragraphs:
        pairs = _outermost([*_double(text, paragraph), *_single(text, paragraph)])
        for number, (outer, inner, closed) in enumerate(pairs):
            inner = trim(text, inner)
            if inner[0] == inner[1]:
                continue
            goes_on = left_open and number == 0 and outer[0] == paragraph[0]
            found.append(Stretch(outer, inner, closed, goes_on))
        left_open = bool(pairs) and not pairs[-1][2]
    return found


Pair = tuple[Span, Span, bool]
"""The stretch with its marks, without them, and whether it is closed."""


def _double(text: str, paragraph: Span) -> list[Pair]:
    """Nested pairs if all marks fit together, else one after another by their place.

    A single straight mark at the start of a paragraph whose other marks all fit is that of a block quotation.
    """
    inches = {match.end() for match in INCHES.finditer(text, *paragraph)}
    marks = [mark for mark in DOUBLE.finditer(text, *paragraph) if mark.end() not in inches]
    pairs = _nested(marks)
    if not pairs and len(marks) > 2 and marks[0].start() == paragraph[0]:
        pairs = _nested(marks[1:])
    return pairs or list(_in_turn(text, paragraph, marks))


def _nested(marks: list[re.Match[str]]) -> list[Pair]:
    """The outermost pairs when every mark finds its partner; else none.

    A mark without direction closes when one of its kind was the last to open.
    """
    pairs: list[Pair] = []
    opened: list[re.Match[str]] = []
    directed = False
    for mark in marks:
        closes = mark[0] in CLOSERS or (bool(opened) and mark[0] == opened[-1][0] and mark[0] not in OPENERS)
        directed = directed or mark[0] in CLOSERS
        if closes and opened and ((mark[0] in CLOSERS) == (opened[-1][0] in OPENERS)):
            start = opened.pop()
            if not opened:
                pairs.append(((start.start(), mark.end()), (start.end(), mark.start()), True))
        elif mark[0] in CLOSERS or not (mark[0] in OPENERS or _can_open(mark)):
            return []
        else:
            opened.append(mark)
    return pairs if directed and not opened else []


def _can_open(mark: re.Match[str]) -> bool:
    """Whether a mark stands where one opens: after a blank or bracket, before a character."""
    before, after = mark.string[max(0, mark.start() - 1) : mark.start()], mark.string[mark.end() : mark.end() + 1]
    return bool(after.strip()) and (not before.strip() or before in "([—–-“‘\"'")


def _in_turn(text: str, paragraph: Span, marks: list[re.Match[str]]) -> Iterator[Pair]:
    """Pairs by the place of each mark, as many are mistyped or tell no direction.

    A mark opens when a character follows it and nothing is open, or when it also has white space before it
    and says that it opens or says nothing. Every other mark closes. What is left open ends with the paragraph.

    >>> text = 'a "b" c "d'
    >>> [inner for _, inner, _ in _in_turn(text, (0, 10), list(DOUBLE.finditer(text)))]
    [(3, 4), (9, 10)]
    """
    opened: re.Match[str] | None = None
    for mark in marks:
        before = text[mark.start() - 1 : mark.start()] if mark.start() > paragraph[0] else ""
        after = text[mark.end() : mark.end() + 1] if mark.end() < paragraph[1] else ""
        free_before = not before.strip() or before in "([—–-"
        opens = bool(after.strip()) and (opened is None or not before.strip())
        if opened is not None:
            end = mark.start() if opens else mark.end()
            yield (opened.start(), end), (opened.end(), mark.start()), not opens
        elif opens and not free_before and after in ".,;:!?)":
            opens = False
        opened = mark if opens else None
    if opened is not None:
        yield (opened.start(), paragraph[1]), (opened.end(), paragraph[1]), False


def _outermost(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that are in no other and cross none before them, in order."""
    kept: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: (pair[0][0], -pair[0][1])):
        if not kept or kept[-1][0][1] <= pair[0][0]:
            kept.append(pair)
    return kept


def _single(text: str, paragraph: Span) -> list[Pair]:
    """Pairs of single marks: one before a word, and the first one after punctuation or a word's end.

    An apostrophe is followed by a letter, and a mark of the plural possessive stands after an s; the latter
    closes only when no better mark does. Beside double marks only pairs that end with punctuation count.

    >>> text = "'We won't go,' she said."
    >>> _single(text, (0, len(text)))
    [((0, 14), (1, 13), True)]
    """
    pairs: list[Pair] = []
    opened: re.Match[str] | None = None
    doubtful: Pair | None = None
    sure = DOUBLE.search(text, *paragraph) is None
    for mark in SINGLE.finditer(text, *paragraph):
        before = text[mark.start() - 1 : mark.start()] if mark.start() > paragraph[0] else " "
        after = text[mark.end() : mark.end() + 1] if mark.end() < paragraph[1] else " "
        if before.isspace() or before in "([—–":
            if after.isalpha() and opened is None and mark[0] not in "’":
                opened = mark
        elif opened is not None and not after.isalnum():
            pair = ((opened.start(), mark.end()), (opened.end(), mark.start()), True)
            if (before == "s" or not sure) and before not in ",.?!…" and mark[0] in "'’":
                doubtful = doubtful or pair
                continue
            pairs.append(pair)
            opened = doubtful = None
    return [*pairs, doubtful] if doubtful and sure else pairs
