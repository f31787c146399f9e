"""A parsed document with its figures: which words a figure takes, which noun and verb it belongs to, and whole phrases.

What a figure counts is decided in `counted`, which asks here.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.extract.numbers.figure import Figure
from store.extract.numbers.phrases import clean
from store.extract.numbers.quantifiers import quantifiers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 12
"""A phrase is cut before the attribute that would make it longer."""
MOST_HOPS = 3
"""How many figures in a row may share one noun."""
MOST_CHILDREN = 40
"""How many dependents of a word are looked at; a sentence of a thousand figures must not take a million steps."""
MOST_STEPS = 8
"""How far up the tree a governing verb may be."""
NAMING = ("NOUN", "PROPN")
"""What can be counted."""
WHEN = frozenset(
    [
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "quarter",
        "decade",
        "season",
        "today",
        "yesterday",
        "tomorrow",
        "time",
        "ago",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "morning",
        "evening",
        "night",
    ]
)
"""Nouns that say when, and are not what a figure measures."""

_LEFT = frozenset(
    [
        "compound",
        "amod",
        "nmod",
        "poss",
        "nummod",
        "quantmod",
        "advmod",
        "npadvmod",
        "cc",
        "conj",
        "punct",
        "case",
        "predet",
        "neg",
    ]
)
_INNER = frozenset(["of", "in", "for", "to", "on", "at", "among", "between", "with", "by", "from", "over", "against"])
_UP_TO_NOUN = frozenset(
    ["nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "advmod", "poss", "predet", "appos", "det"]
)
_UP_TO_SUBJECT = frozenset(
    ["conj", "xcomp", "ccomp", "advcl", "acl", "relcl", "dep", "prep", "pcomp", "acomp", "attr", "pobj"]
)
_MORE = re.compile(
    r"^[\s>\"'“”‘’]*(?:-(?:long|wide|high|tall|deep|thick)\b\s?)?(?:(?:more|additional|further|extra|total)\s)?"
)


class Reading:
    """A document with its figures.

    Args:
        doc: the parsed text.
        text: the text itself (`doc.text` is put together anew at every use).
        found: the figures of the text, in order.
    """

    def __init__(self, doc: "Doc", text: str, found: Sequence[Figure]) -> None:
        self.doc = doc
        self.text = text
        self.starts: list[int] = doc.to_array("IDX").tolist()
        self.figures = list(found)
        self.at: dict[int, int] = {}
        for index, figure in enumerate(self.figures):
            for word in self.words(figure.start, figure.end):
                self.at.setdefault(word, index)

    def words(self, start: int, end: int) -> range:
        """The tokens that share a character with `[start, end)`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return range(first, max(first + 1, bisect_left(self.starts, end)))

    def anchor(self, figure: Figure) -> "Token":
        """The token of `figure` that depends on something outside of it."""
        words = self.words(figure.start, figure.end)
        for word in words:
            token = self.doc[word]
            outward = token.head.i not in words or token.head.i == word
            if outward and token.pos_ not in ("PUNCT", "SYM", "SPACE"):
                return token
        return self.doc[words[-1]]

    def noun(self, figure: Figure, hops: int = MOST_HOPS) -> "Token | None":
        """The noun that the figure is an attribute of, to its right: "300 recorded *songs*", "a $5 *fee*"."""
        token = self.anchor(figure)
        for _ in range(5):
            if token.dep_ not in _UP_TO_NOUN or token.head.i <= token.i:
                break
            token = token.head
            if token.pos_ in NAMING and token.idx >= figure.end and token.i not in self.at and token.text[-1].isalnum():
                token = self._last_noun(token)
                return None if token.lower_ in WHEN and figure.unit else token
        return self._next_noun(figure, hops)

    def _next_noun(self, figure: Figure, hops: int) -> "Token | None":
        """The noun of a figure that stands before another one: "a *five-year*, 3 km journey"."""
        index = self.at.get(self.words(figure.start, figure.end)[0])
        if index is None or index + 1 >= len(self.figures) or not hops:
            return None
        later = self.figures[index + 1]
        gap = self.text[figure.end : later.start].strip(" -,()") if later.start - figure.end <= 4 else "?"
        one_thing = gap == "" and figure.unit and not later.before and self.text[figure.end - 1] != "s"
        return self.noun(later, hops - 1) if one_thing else None

    def _last_noun(self, token: "Token") -> "Token":
        """The head of the noun compound that `token` is in: "USB [charger]"."""
        for _ in range(3):
            up = token.head
            if token.dep_ in ("compound", "nmod") and up.i > token.i and up.pos_ in NAMING and up.i not in self.at:
                token = up
            else:
                break
        return token

    def verb(self, figure: Figure) -> "Token":
        """The verb that governs the figure, the root of the sentence where there is none."""
        token = self.anchor(figure)
        for _ in range(MOST_STEPS):
            if (token.pos_ in ("VERB", "AUX") and token.idx < figure.start) or token.head.i == token.i:
                break
            token = token.head
        return self._changing(figure, token)

    def _changing(self, figure: Figure, verb: "Token") -> "Token":
        """The verb of change above `verb`, for a level: "*increase* its share in feeding them to $5m"."""
        before = self.text[max(0, figure.start - 6) : figure.start].lower()
        above = verb
        for _ in range(MOST_HOPS if before.endswith((" to ", " by ", " from ")) else 0):
            if above.lemma_ in quantifiers().verbs:
                return above
            above = above.head.head if above.dep_ == "pcomp" else above.head
        return verb

    def phrase(self, noun: "Token", before: int | None = None) -> str:
        """`noun` with its attributes and complements: "exports of rice to China"; ends before offset `before`."""
        first = min([noun.i, *(child.left_edge.i for child in lefts(noun) if child.dep_ in _LEFT)])
        first = max([first, *(word + 1 for word in range(first, noun.i) if word in self.at)])
        first = self._past_other_clause(first, noun.i)
        end = self._right_end(noun)
        return clean(self.text[self.starts[first] : end if before is None else min(end, before)]) or noun.text

    def _past_other_clause(self, first: int, noun: int) -> int:
        """Where a phrase begins that the parser ran together with what stands before it and "and"."""
        led = False
        for word in range(first, noun):
            if led and self.doc[word].tag_ == "CC":
                return word + 1
            led = led or (self.doc[word].tag_ == "IN" and self.doc[word].lower_ != "of")
        return first

    def _right_end(self, noun: "Token") -> int:
        """Where the noun's complements end: prepositional phrases right after it, one after another."""
        last = self._numbered(noun)
        for child in rights(noun):
            if child.dep_ != "prep" or child.lower_ not in _INNER or child.i != last + 1:
                continue
            edge = child.right_edge.i
            if edge - noun.i > MOST_WORDS or any(self._ends(word) for word in range(child.i, edge + 1)):
                break
            last = edge
        return self._aged_end(last)

    def _numbered(self, noun: "Token") -> int:
        """The last token of a name with its number: "S&P *500*"."""
        after = noun.i + 1
        numbered = noun.pos_ == "PROPN" and after < len(self.doc) and self.doc[after].is_digit and after not in self.at
        return after if numbered else noun.i

    def _ends(self, word: int) -> bool:
        """Whether a phrase is over before this token."""
        return word in self.at or (self.doc[word].is_punct and self.doc[word].text not in "-–")

    def _aged_end(self, last: int) -> int:
        """Where the phrase that ends with token `last` ends, "aged 18 to 34" included."""
        figure = self.at.get(last + 2)
        if last + 2 < len(self.doc) and self.doc[last + 1].lower_ == "aged" and figure is not None:
            return self.figures[figure].end
        return self.doc[last].idx + len(self.doc[last])

    def between(self, figure: Figure, end: int) -> str:
        """The words from the figure to `end`, those of other figures left out."""
        start = figure.end
        index = self.at.get(self.words(figure.start, figure.end)[0], 0)
        for later in self.figures[index + 1 : index + 2 + MOST_HOPS]:
            if later.start >= end:
                break
            start = later.end
        return clean(_MORE.sub("", self.text[start:end]))

    def slice(self, first: int, end: int) -> str:
        last = self.doc[end - 1]
        return clean(self.text[self.starts[first] : last.idx + len(last)])

    def noun_run(self, last: int) -> str:
        first = last
        while (
            first > 0
            and last - first < 5
            and self.doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ")
            and not self.doc[first].is_sent_start
        ):
            first -= 1
        return self.slice(first, last + 1)


def lefts(token: "Token") -> "Iterator[Token]":
    """The first dependents before `token`."""
    return itertools.islice(token.lefts, MOST_CHILDREN)


def rights(token: "Token") -> "Iterator[Token]":
    """The dependents after `token`; none when they are many, as spaCy collects them all before it gives the first."""
    return token.rights if token.n_rights <= MOST_CHILDREN else iter(())


def children(token: "Token") -> "Iterator[Token]":
    """The dependents of `token` on both sides."""
    yield from lefts(token)
    yield from rights(token)


def verbs(token: "Token") -> "Iterator[Token]":
    """`token` and the verbs that it shares its subject with."""
    for _ in range(5):
        yield token
        if token.dep_ not in _UP_TO_SUBJECT:
            return
        token = token.head
