"""Lays a passage with its context against a text, word by word. Knows words and offsets; what is good enough is said
elsewhere (`store.anchoring`).

Words that both have vote for a shift between the two, a rare word more than a common one; at the shifts with most votes
the words are aligned (Ratcliff and Obershelp 1988, as in `difflib`), and the alignment says how much of the passage and
of its context is there, and where it begins and ends, also when its first and last words were changed. This is the idea
of fuzzy text quote anchoring (W3C Web Annotation, section 4.2.4; Hypothesis) with words in place of characters: whether
a word is that word is a safer sign than how many letters agree, and the passage's surroundings decide where its own
words cannot.

Typography is looked through: quotes, dashes, ellipses, white space, invisible characters, composed letters.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from store.annotation import Selector
from store.spans import Span
from store.words import Words, tokens, words_of

_MOST_PLACES = 40
"""A word that stands in more places than these says nothing about where."""
_NEAR = 6
"""Shifts that differ by no more words than these are one place with words put in or taken out."""
_MOST_CANDIDATES = 5
"""How many places are looked at closely."""
_PAST_PARAGRAPH = 0.25
"""How much context counts beyond the border of a paragraph, which may move by itself."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One place where the passage may stand."""

    span: Span
    """Where, in code points of the text."""
    same: bool
    """Whether it reads the same there."""
    passage: float
    """How much of the passage is there, 0 to 1."""
    context: float
    """How much of its surroundings is there, 0 to 1, the worse side counting more."""
    score: float
    """To choose among candidates."""


@dataclass(frozen=True, slots=True)
class _Needle:
    """A passage with its context, as words."""

    text: str
    border: Span
    """Where the passage stands in `text`."""
    words: list[str]
    spans: list[Span]
    first: int
    past: int
    """The words `first` up to, not including, `past` are the passage's."""


def best_alignment(selector: Selector, text: str, short: bool) -> Alignment | None:
    """The best of the likely places of a passage in `text`; None when it has no word that `text` has.

    `short`: the passage is found by its surroundings as much as by itself. Costs about 0.3 ms a thousand words for the
    first of many passages on one text, then about 0.5 ms each.
    """
    needle, words = _needle(selector), words_of(text)
    if needle.first >= needle.past:
        return None
    alignments = (_align(needle, words, shift, selector, short) for shift in _shifts(needle, words, selector.start))
    return max(filter(None, alignments), key=lambda alignment: alignment.score, default=None)


def _needle(selector: Selector) -> _Needle:
    text = selector.prefix + selector.exact + selector.suffix
    border = len(selector.prefix), len(selector.prefix) + len(selector.exact)
    words, spans = tokens(text)
    first = bisect_right([end for _, end in spans], border[0])
    past = bisect_left([start for start, _ in spans], border[1])
    return _Needle(text, border, words, spans, first, past)


def _shifts(needle: _Needle, words: Words, expected: int) -> list[int]:
    """The likeliest distances from the needle's words to the text's, likeliest first; of two alike the one nearer to
    the code point `expected`."""
    votes = _votes(needle, words) or _votes_nearby(needle, words, expected)
    sums = dict(_with_neighbours(sorted(votes.items())))
    chosen: list[int] = []
    before = bisect_left(words.spans, (expected, expected)) - needle.first
    for shift in sorted(sums, key=lambda shift: (-round(sums[shift], 3), abs(shift - before))):
        if all(abs(shift - other) > _NEAR for other in chosen):
            chosen.append(shift)
        if len(chosen) == _MOST_CANDIDATES or sums[shift] < 0.3 * sums[chosen[0]]:
            break
    return chosen


def _votes(needle: _Needle, words: Words) -> dict[int, float]:
    votes: dict[int, float] = defaultdict(float)
    for index, word in enumerate(needle.words):
        places = words.places.get(word, ())
        if len(places) > _MOST_PLACES:
            continue
        weight = words.weight(word) * (1 if needle.first <= index < needle.past else 0.7)
        for place in places:
            votes[place - index] += weight
    return votes


def _votes_nearby(needle: _Needle, words: Words, expected: int) -> dict[int, float]:
    """Votes where every word is common: of the places nearest to the code point `expected` only."""
    votes: dict[int, float] = defaultdict(float)
    middle = bisect_left(words.spans, (expected, expected))
    for index in range(needle.first, needle.past):
        places = words.places.get(needle.words[index], [])
        at = bisect_left(places, middle)
        for place in places[max(0, at - _MOST_PLACES // 2) : at + _MOST_PLACES // 2]:
            votes[place - index] += 1
    return votes


def _with_neighbours(votes: list[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    """Each shift with its votes and a part of those for the shifts near it."""
    low = high = 0
    near = 0.0
    for shift, own in votes:
        while high < len(votes) and votes[high][0] <= shift + _NEAR:
            near += votes[high][1]
            high += 1
        while votes[low][0] < shift - _NEAR:
            near -= votes[low][1]
            low += 1
        yield shift, own + 0.6 * (near - own)


def _align(needle: _Needle, words: Words, shift: int, selector: Selector, short: bool) -> Alignment | None:
    pairs = _pairs(needle, words, shift)
    inside = [index for index in range(needle.first, needle.past) if index in pairs]
    if not inside:
        return None
    start, end = _first_word(needle, pairs, inside[0]), _last_word(needle, pairs, inside[-1], len(words.words))
    length = needle.past - needle.first
    put_in = (pairs[inside[-1]] - pairs[inside[0]]) - (inside[-1] - inside[0])
    weights = [words.weight(word) for word in needle.words]
    passage = sum(weights[index] for index in inside) / sum(weights[needle.first : needle.past])
    passage *= 1 - min(0.5, max(0, put_in) / (2 * (length + 2)))
    left, right = _context(needle, pairs, weights)
    both = left[1] + right[1]
    mean = (left[0] * left[1] + right[0] * right[1]) / both if both else 0.5
    one_sided = min(left[1], right[1]) <= 0.25 * max(left[1], right[1])
    worse = mean if one_sided else min(left[0], right[0])
    span = _characters(needle, words, pairs, start, end)
    near = 1 - abs(span[0] - selector.start) / (words.spans[-1][1] + selector.end)
    return Alignment(
        span=span,
        same=len(inside) == length == end - start + 1,
        passage=passage,
        context=0.6 * mean + 0.4 * worse,
        score=(50 if short else 90) * passage + 20 * left[0] + 20 * right[0] + 2 * near,
    )


def _pairs(needle: _Needle, words: Words, shift: int) -> dict[int, int]:
    """Which word of the text stands for which word of the needle, near that shift."""
    count = len(needle.words)
    # The outermost words of the context may have been cut.
    if shift >= -1 and words.words[shift + 1 : shift + count - 1] == needle.words[1:-1]:
        pairs = {index: shift + index for index in range(count) if 0 <= shift + index < len(words.words)}
        return {index: place for index, place in pairs.items() if words.words[place] == needle.words[index]}
    slack = 8 + count // 3
    low, high = max(0, shift - slack), max(0, shift + count + slack)
    blocks = SequenceMatcher(None, words.words[low:high], needle.words).get_matching_blocks()
    return {block.b + step: low + block.a + step for block in blocks for step in range(block.size)}


def _first_word(needle: _Needle, pairs: dict[int, int], index: int) -> int:
    """The text's word where the passage begins, when its first word that is still there is `index`."""
    missing = index - needle.first
    before = max((other for other in pairs if other < needle.first), default=None)
    if before is None:
        return max(0, pairs[index] - missing)
    return pairs[index] - _share(pairs[index] - pairs[before] - 1, missing, needle.first - before - 1)


def _last_word(needle: _Needle, pairs: dict[int, int], index: int, count: int) -> int:
    """The text's word where the passage ends, when its last word that is still there is `index`."""
    missing = needle.past - 1 - index
    after = min((other for other in pairs if other >= needle.past), default=None)
    if after is None:
        return min(count - 1, pairs[index] + missing)
    return pairs[index] + _share(pairs[after] - pairs[index] - 1, missing, after - needle.past)


def _share(gap: int, own: int, others: int) -> int:
    """How many of `gap` new words belong to the passage, when `own` of its words are missing next to them and
    `others` of its context."""
    if not own or not others:
        return gap if own else 0
    return min(round(gap * own / (own + others)), own + 1)


def _characters(needle: _Needle, words: Words, pairs: dict[int, int], first: int, last: int) -> Span:
    """The code points from word `first` to word `last`; a passage that began or ended within a word does so again."""
    start, end = words.spans[first][0], words.spans[last][1]
    if needle.first in pairs:
        start = min(start + max(0, needle.border[0] - needle.spans[needle.first][0]), words.spans[first][1] - 1)
    if needle.past - 1 in pairs:
        end = max(end - max(0, needle.spans[needle.past - 1][1] - needle.border[1]), start + 1)
    return start, end


def _context(needle: _Needle, pairs: dict[int, int], weights: list[float]) -> list[tuple[float, float]]:
    """Of the context before and after: how much is there (0 to 1), and how much it weighs."""
    before = range(needle.first - 1, -1, -1)
    after = range(needle.past, len(needle.words))
    return [_one_side(needle, pairs, weights, order) for order in (before, after)]


def _one_side(
    needle: _Needle, pairs: dict[int, int], weights: list[float], order: Iterable[int]
) -> tuple[float, float]:
    """`order`: the words of one side, outward from the passage. The nearer, the more they weigh."""
    total = there = 0.0
    within, previous = 1.0, None
    for distance, index in enumerate(order):
        start, end = needle.spans[index]
        gap = needle.border if previous is None else needle.spans[previous]
        if "\n" in needle.text[min(end, gap[1]) : max(start, gap[0])]:
            within *= _PAST_PARAGRAPH
        previous = index
        if start == 0 or end == len(needle.text):
            continue  # the context may have been cut within this word
        weight = weights[index] * within / (1 + distance / 6)
        total += weight
        there += weight if index in pairs else 0
    return (there / total if total else 1.0), total
