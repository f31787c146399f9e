"""What a figure counts or measures, in the article's words, read from the parse.

`Counting` holds one document with its figures; every rule is a method that answers for one figure, or None when it does not
know. A figure never counts another figure: where the tree leads to one, what that one counts is the answer.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.extract.figures import Figure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 12
"""A phrase is cut before the attribute that would make it longer."""
MOST_HOLDER_WORDS = 5
"""Whose it is, is said in so few words or not at all."""
MOST_HOPS = 3
"""How many figures in a row may share one noun."""
MOST_STEPS = 8
"""How far up the tree the thing measured may be."""

_LEFT = frozenset("compound amod nmod poss nummod quantmod advmod npadvmod cc conj punct case predet neg".split())
_INNER = frozenset("of in for to on at among between with by from over against".split())
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NAMING = ("NOUN", "PROPN")
_UP_TO_NOUN = frozenset("nummod compound amod nmod quantmod npadvmod advmod poss predet appos det".split())
_UP_TO_HEAD = frozenset("quantmod nummod pobj prep pcomp conj nmod npadvmod advmod amod appos dep acl".split())
_UP_TO_SUBJECT = frozenset("conj xcomp ccomp advcl acl relcl dep prep pcomp acomp attr pobj".split())
_TRANSPARENT = frozenset(
    "total sum average maximum minimum equivalent amount number age record mean median high low excess".split()
)
"""Nouns that say no more than that there is a figure."""
_WHEN = frozenset(
    "year month week day hour minute quarter decade season today yesterday tomorrow time ago monday tuesday wednesday "
    "thursday friday saturday sunday morning evening night".split()
)
_PRONOUNS_OF = frozenset("each one some many most all both half none any either".split())


_THEN_AT = re.compile(
    r"(?: in \d{4})? (?:to|at|(?:to|and) (?:close|end|finish|settle|trade|closed|ended|finished|settled) (?:up |down )?at)"
    r"(?: (?:about|around|a|an|the|nearly|almost|over|just|only|record|new|[a-z]+ (?:low|high) of))* ?"
)


_MORE = re.compile(r"^[\s>\"'“”‘’]*(?:(?:more|additional|further|extra|total)\s)?")
_COMPARED = re.compile(r"\b(?:from|against|versus|vs\.?|compared (?:with|to)|than)(?: (?:about|around|the|just|only|some|nearly))* ?$")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted or measured."""

    noun: str | None = None
    """The counted noun with what describes it, right after the numeral ("recorded songs"); None when it is a measured amount."""
    of: str | None = None
    """The phrase for the pane."""
    sure: float = 0.4
    """How often the rule that found it is right."""


class Counting:
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
        self._at: dict[int, int] = {}
        for index, figure in enumerate(self.figures):
            for word in self.words(figure.start, figure.end):
                self._at.setdefault(word, index)
        self._known: dict[int, Counted] = {}

    def words(self, start: int, end: int) -> range:
        """The tokens that share a character with `[start, end)`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return range(first, max(first + 1, bisect_left(self.starts, end)))

    def anchor(self, figure: Figure) -> "Token":
        """The token of `figure` that depends on something outside of it."""
        words = self.words(figure.start, figure.end)
        for word in words:
            token = self.doc[word]
            if token.head.i not in words or token.head.i == word:
                if token.pos_ not in ("PUNCT", "SYM", "SPACE") or word == words[-1]:
                    return token
        return self.doc[words[-1]]

    def noun(self, figure: Figure, hops: int = MOST_HOPS) -> "Token | None":
        """The noun that the figure is an attribute of, to its right: "300 recorded *songs*", "a $5 *fee*"."""
        token = self.anchor(figure)
        for _ in range(5):
            if token.dep_ not in _UP_TO_NOUN or token.head.i <= token.i:
                break
            token = token.head
            if token.pos_ in _NAMING and token.idx >= figure.end and token.i not in self._at and token.text[-1].isalnum():
                token = self._last_noun(token)
                return None if token.lower_ in _WHEN and figure.unit else token
        return self._next_noun(figure, hops)

    def _next_noun(self, figure: Figure, hops: int) -> "Token | None":
        """The noun of a figure that stands before another one: "a *five-year*, 3 km journey"."""
        index = self._at.get(self.words(figure.start, figure.end)[0])
        if index is None or index + 1 >= len(self.figures) or not hops:
            return None
        later = self.figures[index + 1]
        gap = self.text[figure.end : later.start].strip(" -,()") if later.start - figure.end <= 4 else "?"
        one_thing = gap == "" and figure.unit and not later.before and not self.text[: figure.end][-2:].endswith("s")
        return self.noun(later, hops - 1) if one_thing else None

    def _last_noun(self, token: "Token") -> "Token":
        """The head of the noun compound that `token` is in: "USB [charger]"."""
        for _ in range(3):
            up = token.head
            if token.dep_ in ("compound", "nmod") and up.i > token.i and up.pos_ in _NAMING and up.i not in self._at:
                token = up
            else:
                break
        return token

    def counted(self, index: int) -> Counted:
        """What the figure of that index counts or measures; found once."""
        if index not in self._known:
            self._known[index] = Counted()
            self._known[index] = self._named(index, self._held(index, self._find(index)))
        return self._known[index]

    def _find(self, index: int) -> Counted:
        figure = self.figures[index]
        if figure.converts and index:
            return self.counted(index - 1)
        for rule in (self._listed, self._bracketed, self._level, self._part_of, self._attribute, self._shares, self._modified, self._complement, self._predicate, self._follows):
            found = rule(index, figure)
            if found is not None:
                return found
        return Counted()

    def _named(self, index: int, found: Counted) -> Counted:
        """`found` with the counted noun that stands right after the figure, if another rule said what it is of."""
        figure = self.figures[index]
        if figure.kind == "score":
            return replace(found, noun=None)
        if figure.unit is not None or found.noun is not None:
            return found
        noun = self.noun(figure) or self._plural_after(figure)
        words = self._between(figure, noun.idx + len(noun)) if noun is not None else self._compared(index)
        if not words:
            return found
        known = found.of or ""
        return replace(found, noun=words, of=known if words in known else ", ".join(filter(None, [words, known])))

    def _plural_after(self, figure: Figure) -> "Token | None":
        """A plural right after the figure, or after "more" and the like, whatever the parse makes of it."""
        word = self.words(figure.start, figure.end)[-1] + 1
        if word < len(self.doc) and self.doc[word].tag_ in ("JJ", "JJR", "JJS"):
            word += 1
        near = self.doc[word : word + 1]
        return near[0] if len(near) and near[0].tag_ == "NNS" and word not in self._at else None

    def _compared(self, index: int) -> str | None:
        """ "3,900 sets, up *from 2,400*": the noun of the figure that this one is compared with."""
        first, second = self.figures[index - 1], self.figures[index]
        if not index or first.unit is not None or not _COMPARED.search(self.text[first.end : second.start][-40:]):
            return None
        return self.counted(index - 1).noun if second.start - first.end <= 80 else None

    def _held(self, index: int, found: Counted) -> Counted:
        """`found` with whose it is, where the clause says so in few words: "roles, Acme Corp."."""
        figure = self.figures[index]
        if figure.converts or found.of is None or (figure.low == 1 and figure.unit is None):
            return found
        holder = self._holder(figure)
        if holder is None or self.anchor(figure).head.dep_ == "agent" or holder.lower() in found.of.lower() or len(holder.split()) > MOST_HOLDER_WORDS:
            return found
        return replace(found, of=f"{found.of}, {holder}")

    def _holder(self, figure: Figure) -> str | None:
        """The subject of the clause that the figure stands in, when it is a noun before the figure."""
        for verb in _verbs(self._verb(figure)):
            for child in verb.children:
                if child.dep_ not in ("nsubj", "nsubjpass") or child.i in self._at or child.idx > figure.start:
                    continue
                if child.pos_ in _NAMING:
                    return self.phrase(_by_name(child), before=figure.start)
                head = verb.head
                relative = child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" and head.pos_ in _NAMING
                return self.phrase(head, before=figure.start) if relative and head.i not in self._at else None
        return None

    def _verb(self, figure: Figure) -> "Token":
        """The verb that governs the figure, the root of the sentence where there is none."""
        token = self.anchor(figure)
        for _ in range(MOST_STEPS):
            if (token.pos_ in ("VERB", "AUX") and token.idx < figure.start) or token.head.i == token.i:
                break
            token = token.head
        return token

    def _listed(self, index: int, figure: Figure) -> Counted | None:
        """ "Dow +0.2% S&P 500 -0.3%", "Acme Corp, up 3p": the name right before a change."""
        words = self.words(figure.start, figure.end)
        word = words[0] - 1
        while word >= 0 and self.doc[word].lower_ in ("+", "-", "up", "down", ",", "−", "–", "off", ":"):
            word -= 1
        signed = word < words[0] - 1 or figure.low < 0 or self.text[figure.start - 1 : figure.start] in ("+", "−", "-")
        if not signed or word < 0 or self.doc[word].pos_ not in ("PROPN", "NOUN", "NUM") or word in self._at:
            return None
        if figure.unit is None or figure.kind == "age":
            return None
        if self.doc[words[0] - 1].lower_ in (",", ":") and figure.low >= 0:
            return None
        first = word
        while first > 0 and first - 1 not in self._at and word - first < 6 and self.doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ", "NUM") and not self.doc[first].is_sent_start:
            first -= 1
        return Counted(None, self._slice(first, word + 1), 0.8)

    def _bracketed(self, index: int, figure: Figure) -> Counted | None:
        """ "Ann Lee (15 points, 7 rebounds)": what stands before the bracket."""
        head = self.text[max(0, figure.start - 60) : figure.start]
        opening = max(head.rfind("("), head.rfind("["))
        if opening < 0 or ")" in head[opening:] or "\n" in head[opening:] or figure.unit is None:
            return None
        inside = head[opening + 1 :].strip(" ~≈<>+-")
        if any(char.isalpha() for char in inside) and index and self.figures[index - 1].end > figure.start - len(head) + opening:
            return self.counted(index - 1)
        if inside:
            return None
        word = self.words(figure.start - len(head) + opening, figure.start)[0] - 1
        if word < 0 or self.doc[word].pos_ not in _NAMING or word in self._at:
            return self.counted(self._at[word]) if word in self._at else None
        return Counted(None, self._noun_run(word), 0.6) if self.noun(figure) is None else None

    def _noun_run(self, last: int) -> str:
        first = last
        while first > 0 and last - first < 5 and self.doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ") and not self.doc[first].is_sent_start:
            first -= 1
        return self._slice(first, last + 1)

    def _part_of(self, index: int, figure: Figure) -> Counted | None:
        """ "60 % of its revenue", "70 kg of gold", "one of the ministers"."""
        word = self._word_after(index, figure)
        if word >= len(self.doc) or self.doc[word].lower_ != "of":
            return None
        noun = next((child for child in self.doc[word].children if child.dep_ in ("pobj", "pcomp") and child.i > word), None)
        if noun is None:
            return None
        if noun.i in self._at and self._at[noun.i] != index:
            return self.counted(self._at[noun.i])
        words = self.phrase(noun)
        return Counted(words if figure.unit is None else None, words, 0.85)

    def _word_after(self, index: int, figure: Figure) -> int:
        """The token after the figure and its conversions in brackets."""
        end = figure.end
        for later in self.figures[index + 1 : index + 1 + MOST_HOPS]:
            if not later.converts:
                break
            end = later.end
        word = self.words(figure.start, end)[-1] + 1
        while end != figure.end and word < len(self.doc) and self.doc[word].text in (")", "]"):
            word += 1
        return word

    def _level(self, index: int, figure: Figure) -> Counted | None:
        """ "Rose 3 % *to 5.2m*", "down 2p *at 120p*": what the change before it is of."""
        if not index or not _THEN_AT.fullmatch(self.text[self.figures[index - 1].end : figure.start][:60]):
            return None
        return replace(self.counted(index - 1), noun=None)

    def _modified(self, index: int, figure: Figure) -> Counted | None:
        """ "Nova Tab 9 inch": the name that stands before the figure as its attribute."""
        token = self.anchor(figure)
        left = [child for child in token.lefts if child.dep_ in ("compound", "nmod", "poss") and child.i not in self._at]
        if not left or token.pos_ not in _NAMING or figure.unit is None:
            return None
        return Counted(None, self._slice(left[0].left_edge.i, left[-1].i + 1), 0.5)

    def _attribute(self, index: int, figure: Figure) -> Counted | None:
        """ "300 recorded songs", "a $5 entrance fee", "a 25 % duty on steel"."""
        noun = self.noun(figure)
        if noun is None:
            return None
        words = self._between(figure, noun.idx + len(noun))
        if not words:
            return None
        whole = self._between(figure, self._right_end(noun))
        return Counted(words if figure.unit is None else None, whole, 0.8)

    def _between(self, figure: Figure, end: int) -> str:
        """The words from the figure to `end`, those of other figures left out."""
        start = figure.end
        index = self._at.get(self.words(figure.start, figure.end)[0], 0)
        for later in self.figures[index + 1 : index + 2 + MOST_HOPS]:
            if later.start >= end:
                break
            start = later.end
        return _clean(_MORE.sub("", self.text[start:end]))

    def _shares(self, index: int, figure: Figure) -> Counted | None:
        """ "7- or 8-inch screen", "four- and five-door cars": what the later figure counts."""
        if not figure.shared and self.text[figure.end : figure.end + 2] not in ("-,", "- "):
            return None
        return self.counted(index + 1) if index + 1 < len(self.figures) else None

    def _complement(self, index: int, figure: Figure) -> Counted | None:
        """ "A fine of $3 billion", "a range of 400 km", "speeds up to 90 km/h"."""
        token = self.anchor(figure)
        for _ in range(5):
            if token.dep_ not in _UP_TO_HEAD or token.pos_ in ("VERB", "AUX"):
                return None
            token = token.head
            other = self._at.get(token.i)
            if other is not None and other != index:
                return replace(self.counted(other), sure=0.5) if other < index else None
            if token.pos_ in _NAMING and token.idx < figure.start and token.lower_ not in _TRANSPARENT:
                if token.lower_ in _WHEN:
                    return None
                return Counted(None, self.phrase(token, before=figure.start), 0.7)
        return None

    def _predicate(self, index: int, figure: Figure) -> Counted | None:
        """ "The bridge is 90 m long", "the index rose 3 %", "raised the rate by 3 %": the subject, or the object that changes."""
        for verb in _verbs(self._verb(figure)):
            thing = self._thing(verb, figure)
            if thing is None:
                continue
            if thing.pos_ == "PRON":
                return Counted()
            if thing.i in self._at:
                return self._figure_as_thing(self._at[thing.i], index)
            return Counted(None, self.phrase(thing, before=figure.start), 0.65)
        return None

    def _figure_as_thing(self, other: int, index: int) -> Counted | None:
        """What an earlier figure counts; "a 60-year-old" is a thing itself."""
        if other >= index:
            return None
        figure = self.figures[other]
        if figure.kind == "age" and figure.written is not None and figure.end > figure.written[1]:
            return Counted(None, self.text[figure.start : figure.end], 0.6)
        return self.counted(other)

    def _thing(self, verb: "Token", figure: Figure) -> "Token | None":
        children = list(verb.children)
        for child in children:
            if child.dep_ == "dobj" and verb.idx < child.idx < figure.start and child.pos_ in _NAMING and child.lower_ not in _TRANSPARENT:
                return child
        for child in children:
            if child.dep_ in _SUBJECTS and child.idx < figure.start:
                if child.lower_ in _PRONOUNS_OF:
                    return _whole_of(child)
                if child.pos_ in ("NOUN", "PROPN", "NUM"):
                    return child
                if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return verb.head
                return child if child.tag_ == "PRP" else None
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in _NAMING:
            return verb.head
        return None

    def _follows(self, index: int, figure: Figure) -> Counted | None:
        """An ellipsis: what the figure before it in the same sentence counts."""
        if not index or self.doc[self.words(figure.start, figure.end)[0]].sent.start > self.words(self.figures[index - 1].start, figure.start)[0]:
            return None
        return replace(self.counted(index - 1), sure=0.4)

    def phrase(self, noun: "Token", before: int | None = None) -> str:
        """`noun` with its attributes and complements: "exports of rice to China"; ends before offset `before`."""
        first = min([noun.i, *(child.left_edge.i for child in noun.lefts if child.dep_ in _LEFT)])
        first = max([first, *(word + 1 for word in range(first, noun.i) if word in self._at)])
        end = self._right_end(noun)
        return _clean(self.text[self.starts[first] : end if before is None else min(end, before)]) or noun.text

    def _right_end(self, noun: "Token") -> int:
        """Where the noun's complements end: prepositional phrases right after it, one after another."""
        last = self._numbered(noun)
        for child in noun.rights:
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
        numbered = noun.pos_ == "PROPN" and after < len(self.doc) and self.doc[after].is_digit and after not in self._at
        return after if numbered else noun.i

    def _ends(self, word: int) -> bool:
        """Whether a phrase is over before this token."""
        return word in self._at or (self.doc[word].is_punct and self.doc[word].text not in "-–")

    def _aged_end(self, last: int) -> int:
        """Where the phrase that ends with token `last` ends, "aged 18 to 34" included."""
        figure = self._at.get(last + 2)
        if last + 2 < len(self.doc) and self.doc[last + 1].lower_ == "aged" and figure is not None:
            return self.figures[figure].end
        return self.doc[last].idx + len(self.doc[last])

    def _slice(self, first: int, end: int) -> str:
        last = self.doc[end - 1]
        return _clean(self.text[self.starts[first] : last.idx + len(last)])


def _by_name(noun: "Token") -> "Token":
    """The name in apposition, of "the outgoing chairman, Ann Lee"."""
    return next((child for child in noun.rights if child.dep_ == "appos" and child.pos_ == "PROPN"), noun) if noun.pos_ == "NOUN" else noun


def _whole_of(pronoun: "Token") -> "Token | None":
    """The ministers, of "each of the ministers"."""
    for child in pronoun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((noun for noun in child.children if noun.pos_ in _NAMING), None)
    return None


def _verbs(token: "Token") -> "Iterator[Token]":
    """`token` and the verbs that it shares its subject with."""
    for _ in range(5):
        yield token
        if token.dep_ not in _UP_TO_SUBJECT:
            return
        token = token.head


_EDGES = frozenset("a an the this that these those its his her their our my your of in on at for to and or aged".split()) | {""}


def _clean(words: str) -> str:
    """`words` on one line, without articles, prepositions and marks at its ends.

    >>> _clean("- the price of rice in the ")
    'price of rice'
    """
    kept = words.split()
    while kept and kept[0].lower().strip("-–—,;:'\"“”‘’()[]") in _EDGES:
        kept.pop(0)
    while kept and kept[-1].lower().strip("-–—,;:'\"“”‘’()[]") in _EDGES:
        kept.pop()
    joined = " ".join(kept).strip("-–—,;:\"“”[] ")
    return joined if joined.count("(") == joined.count(")") else joined.strip("()")
