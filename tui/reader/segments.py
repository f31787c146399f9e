"""Sentences, words and paragraphs as a reader sees them. No Textual and no spaCy in here.

The sentence cursor must be there in the first frame, so sentences are found by rules, a block (`tui.blocks`) at a time,
when they are asked for. Ends are proposed by punctuation with the quotes and brackets that close behind it, and turned
down after abbreviations, initials, list numbers and in quoted questions that go on ("Why?" asked Anna). The way is that
of Mikheev 2002 ("Periods, capitalized words, etc."): what is a certain abbreviation, what only may be one, and which
capitalized words begin sentences.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise

from store.spans import Span, trim
from tui.blocks import Blocks

_CANDIDATE = re.compile(
    r"(?:[.!?…]+|(?P<cjk>[。！？]+))(?P<closing>[\"”’»)\]」』）\u201d']*)(?=(?P<blank>\s)|$|(?P<next>\S))"
)
_VISIBLE = re.compile(r"\S")
_LAST_TOKEN = re.compile(r"[^\s(\[“\"‘—–]+$")
_NEXT_WORD = re.compile(r"[\s(\[“\"‘'«„–—-]*([\w’'-]*)")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]*$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_ATTRIBUTION = re.compile(
    r"\s*(?:\S+\s+){0,4}?(?:said|says|saying|asked|asks|told|adds?|added|replied|replies|wrote|writes|"
    r"answered|cried|shouted|continued|went on|wondered|insisted|explained)\b"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Followed by the rest of a name or a number.
_BEFORE_NAME = _words("""
    mr mrs ms mx messrs dr prof st sr sra fr rev hon gen maj lt col sgt cpl capt cmdr adm brig sen rep gov pres supt
    insp det amb atty mt ft no nos vol fig eq sec ch pp p art cf e.g i.e viz al approx ca c vs v mme mlle m
""")
_BEFORE_NUMBER = _words("no sec p c art")
# Ends a sentence only when the next word looks like the beginning of one.
_MAYBE = _words("""
    inc co corp ltd llc plc bros jr sr etc u.s u.k u.n e.u d.c a.m p.m b.c a.d ph.d m.d b.a m.a jan feb mar apr jun jul
    aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun dept univ assn ave blvd rd est ed eds min max
    hr hrs sq in lb lbs oz kg km cm mm dist gov't int'l nat'l
""")
_STARTERS = _words("""
    the a an this that these those he she it they we i you his her its their our my your there here what when where who
    why how which in on at by for from with without as after before during while since until if although though because
    but and or so yet then now however meanwhile moreover instead still also all some many most no not one two last next
    both each every several other another under over according despite among about even only just
""")
_KEPT = 256


class Segments:
    """Sentences, words and paragraphs of one text. Everything is found when asked for, a block at a time.

    Args:
        blocks: those of the text; `Page.blocks` when there is a page.
    """

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.text = blocks.text
        self._sentences: Callable[[int], tuple[Span, ...]] = lru_cache(_KEPT)(self._find_sentences)

    def sentence(self, offset: int) -> Span:
        """The sentence that `offset` is in: white space behind a sentence belongs to it, blank blocks to what follows.

        At the end of the text it is the last one. A text without a visible character is one empty sentence at 0.
        """
        block = self.blocks.at(offset)
        found = self._sentences(block)
        if not found:
            return self._first_from(block + 1, 1) or self._first_from(block - 1, -1) or (0, 0)
        return found[max(0, bisect_right(found, (offset, len(self.text) + 1)) - 1)]

    def next_sentence(self, offset: int) -> Span | None:
        """The sentence after the one that `offset` is in; None behind the last."""
        start, _ = self.sentence(offset)
        block = self.blocks.at(start)
        later = next((span for span in self._sentences(block) if span[0] > max(start, offset)), None)
        return later or self._first_from(block + 1, 1)

    def previous_sentence(self, offset: int) -> Span | None:
        """The sentence before the one that `offset` is in; None at the first."""
        start, _ = self.sentence(offset)
        block = self.blocks.at(start)
        earlier = next((span for span in reversed(self._sentences(block)) if span[0] < start), None)
        return earlier or self._first_from(block - 1, -1)

    def paragraph(self, offset: int) -> Span:
        """The paragraph that `offset` is in, trimmed, its pieces joined; blank blocks belong to what follows."""
        block = self._visible(self.blocks.at(offset), 1)
        block = block if block is not None else self._visible(self.blocks.at(offset), -1)
        if block is None:
            return 0, 0
        first = last = block
        while first > 0 and not self.blocks.ended(first - 1):
            first -= 1
        while not self.blocks.ended(last):
            last += 1
        return trim(self.text, (self.blocks.span(first)[0], self.blocks.span(last)[1]))

    def next_paragraph(self, offset: int) -> Span | None:
        """The paragraph after the one that `offset` is in; None behind the last."""
        block = self.blocks.at(max(self.paragraph(offset)[1] - 1, 0))
        following = self._visible(block + 1, 1)
        return None if following is None else self.paragraph(self.blocks.span(following)[0])

    def previous_paragraph(self, offset: int) -> Span | None:
        """The paragraph before the one that `offset` is in; None at the first."""
        before = self._visible(self.blocks.at(self.paragraph(offset)[0]) - 1, -1)
        return None if before is None else self.paragraph(self.blocks.span(before)[0])

    def paragraph_number(self, number: int) -> Span:
        """The paragraph with that number, from 1; the last one when there are not so many. Linear in `number`."""
        span = self.paragraph(0)
        for _ in range(number - 1):
            following = self.next_paragraph(span[0])
            if following is None:
                break
            span = following
        return span

    def word(self, offset: int) -> Span:
        """The word, or the run of punctuation, at `offset`; the white space there when there is no word."""
        start, end = self.blocks.span(self.blocks.at(offset))
        for match in _word_pattern().finditer(self.text, start, end):
            if match.start() > offset:
                return max(start, self._before(offset, start)), match.start()
            if offset < match.end():
                return match.span()
        return max(start, self._before(offset, start)), end

    def next_word(self, offset: int) -> int:
        """Where the next word after `offset` starts; the text's last word when there is none."""
        found = self._words_from(offset, lambda span: span[0] > offset)
        return found[0] if found else self._last_word()[0]

    def word_end(self, offset: int) -> int:
        """The last code point of the first word that ends behind `offset`; of the last word when none does."""
        found = self._words_from(offset, lambda span: span[1] - 1 > offset)
        return (found or self._last_word())[1] - 1

    def previous_word(self, offset: int) -> int:
        """Where the last word that starts before `offset` starts; 0 when there is none."""
        block = self.blocks.at(offset)
        while block >= 0:
            start, end = self.blocks.span(block)
            starts = [match.start() for match in _word_pattern().finditer(self.text, start, end)]
            before = bisect_left(starts, offset)
            if before:
                return starts[before - 1]
            block -= 1
        return 0

    def _before(self, offset: int, start: int) -> int:
        """Behind the last visible character before `offset`, not before `start`."""
        return start + len(self.text[start:offset].rstrip())

    def _words_from(self, offset: int, wanted: Callable[[Span], bool]) -> Span | None:
        for block in range(self.blocks.at(offset), len(self.blocks)):
            start, end = self.blocks.span(block)
            for match in _word_pattern().finditer(self.text, start, end):
                if wanted(match.span()):
                    return match.span()
        return None

    def _last_word(self) -> Span:
        last = self._visible(len(self.blocks) - 1, -1)
        spans = [match.span() for match in _word_pattern().finditer(self.text, *self.blocks.span(last or 0))]
        return spans[-1] if spans else (0, 1)

    def next_visible(self, offset: int) -> int | None:
        """The first visible character at `offset` or behind it; None when there is none."""
        match = _VISIBLE.search(self.text, max(offset, 0))
        return match.start() if match else None

    def previous_visible(self, offset: int) -> int | None:
        """The last visible character before `offset`; None when there is none."""
        window = 256
        while offset > 0:
            start = max(0, offset - window)
            kept = len(self.text[start:offset].rstrip())
            if kept:
                return start + kept - 1
            offset, window = start, window * 4
        return None

    def _visible(self, block: int, step: int) -> int | None:
        """The first block from `block` on, in the direction of `step`, that has a visible character."""
        if not 0 <= block < len(self.blocks):
            return None
        start, end = self.blocks.span(block)
        found = self.next_visible(start) if step > 0 else self.previous_visible(end)
        return None if found is None else self.blocks.at(found)

    def _first_from(self, block: int, step: int) -> Span | None:
        """The nearest sentence from `block` on: the first one forwards, the last one backwards."""
        found = self._visible(block, step)
        if found is None:
            return None
        return self._sentences(found)[0 if step > 0 else -1]

    def _find_sentences(self, block: int) -> tuple[Span, ...]:
        start, end = self.blocks.span(block)
        cuts = [start, *(at + 1 for at in self.blocks.breaks(block)), end] if self.blocks.column else [start, end]
        found = []
        for first, last in pairwise(cuts):
            ends = [first, *sentence_ends(self.text, first, last), last]
            found += [trim(self.text, span) for span in pairwise(ends)]
        return tuple(span for span in found if span[0] < span[1])


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Offsets behind each sentence in `text[start:end]`, closing quotes included; the last one's end is left out."""
    found = []
    for match in _CANDIDATE.finditer(text, start, end):
        if _ends_cjk(match) if match["cjk"] else match["blank"] and _ends(text, start, match, end):
            found.append(match.end())
    return found


def _ends_cjk(match: re.Match[str]) -> bool:
    """Whether it is not a quotation that the sentence goes on behind, with a particle."""
    return not (match["closing"] and match["next"] and "\u3041" <= match["next"] <= "\u3096")


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the punctuation of `match`, with white space behind it, ends a sentence."""
    following = _NEXT_WORD.match(text, match.end(), end)
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    mark = match[0][: len(match[0]) - len(match["closing"])]
    if match["closing"] and mark[0] in "!?…" and _ATTRIBUTION.match(text, match.end(), min(end, match.end() + 80)):
        return False
    return mark != "." or not _abbreviates(text, start, match.start(), word, closed=bool(match["closing"]))


def _abbreviates(text: str, start: int, period: int, word: str, *, closed: bool) -> bool:
    """Whether the period belongs to the token before it and does not end a sentence before `word`."""
    before = text[max(start, period - 40) : period]
    if period - start < 8 and _LIST_NUMBER.match(text[start:period]):
        return True
    token = _LAST_TOKEN.search(before)
    if token is None or closed:
        return False
    name = token[0].rstrip(".").lower()
    if name in _BEFORE_NAME:
        return name not in _BEFORE_NUMBER or word[:1].isdigit()
    if name in _MAYBE or _INITIALS.match(token[0]):
        return bool(word) and word.lower() not in _STARTERS
    return False


@cache
def _word_pattern() -> re.Pattern[str]:
    """A word, an ideograph, or a run of punctuation. Made when first needed: it takes 2 ms."""
    ideographs = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    return re.compile(rf"[{ideographs}]|[^\W_{ideographs}]+(?:['’.,\-]\w+)*|[^\w\s]+|_+")
