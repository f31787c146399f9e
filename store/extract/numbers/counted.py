"""What a figure counts or measures, in the article's words, read from the parse.

`Counting` is a document with its figures; every rule is a method that answers for one figure, or None when it does not
know, and the first answer counts. A figure never counts another figure: where the tree leads to one, what that one
counts is the answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.extract.numbers.figure import Figure
from store.extract.numbers.surroundings import MOST_HOPS, NAMING, WHEN, Reading, children, lefts, rights, verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_HOLDER_WORDS = 5
"""Whose it is, is said in so few words or not at all."""

MOST_ELLIPSIS = 40
"""Words between a figure and the one whose noun it leaves out."""
MOST_DEPTH = 8
"""How many figures may refer to one another in a chain."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_UP_TO_HEAD = frozenset(
    ["quantmod", "nummod", "pobj", "prep", "pcomp", "conj", "nmod", "npadvmod", "advmod", "amod", "appos", "dep", "acl"]
)
_TRANSPARENT = frozenset(
    [
        "total",
        "sum",
        "average",
        "maximum",
        "minimum",
        "equivalent",
        "amount",
        "number",
        "age",
        "record",
        "mean",
        "median",
        "high",
        "low",
        "excess",
    ]
)
"""Nouns that say no more than that there is a figure."""
_PRONOUNS_OF = frozenset(["each", "one", "some", "many", "most", "all", "both", "half", "none", "any", "either"])
_THEN_AT = re.compile(
    r"(?: in \d{4})? (?:to|at|(?:to|and) (?:close|end|finish|settle|trade)(?:d|ed)? (?:up |down )?at)"
    r"(?: (?:about|around|a|an|the|nearly|almost|over|just|only|record|new|[a-z]+ (?:low|high) of))* ?"
)
_COMPARED = re.compile(
    r"\b(?:from|against|versus|vs\.?|compared (?:with|to)|than)(?: (?:about|around|the|just|only|some|nearly))* ?$"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted or measured."""

    noun: str | None = None
    """The counted noun with what describes it ("recorded songs"); None when it is a measured amount."""
    of: str | None = None
    """The phrase for the pane."""


Rule = Callable[[int, Figure], Counted | None]
"""Takes the index of a figure and the figure."""


class Counting(Reading):
    """What the figures of a document count."""

    def __init__(self, doc: "Doc", text: str, found: Sequence[Figure]) -> None:
        super().__init__(doc, text, found)
        self._known: dict[int, Counted] = {}
        self._depth = 0
        self._rules: tuple[Rule, ...] = (
            *(self._listed, self._level, self._part_of, self._bracketed, self._attribute, self._shares),
            *(self._modified, self._complement, self._predicate, self._follows),
        )

    def counted(self, index: int) -> Counted:
        """What the figure of that index counts or measures; found once."""
        if index not in self._known and self._depth < MOST_DEPTH:
            self._known[index] = Counted()
            self._depth += 1
            self._known[index] = self._named(index, self._held(index, self._find(index)))
            self._depth -= 1
        return self._known.get(index, Counted())

    def _find(self, index: int) -> Counted:
        figure = self.figures[index]
        if figure.converts and index:
            return self.counted(index - 1)
        for rule in self._rules:
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
        words = self.between(figure, noun.idx + len(noun)) if noun is not None else self._compared(index)
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
        return near[0] if len(near) and near[0].tag_ == "NNS" and word not in self.at else None

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
        if (
            holder is None
            or self.anchor(figure).head.dep_ == "agent"
            or holder.lower() in found.of.lower()
            or len(holder.split()) > MOST_HOLDER_WORDS
        ):
            return found
        return replace(found, of=f"{found.of}, {holder}")

    def _holder(self, figure: Figure) -> str | None:
        """The subject of the clause that the figure stands in, when it is a noun before the figure."""
        for verb in verbs(self.verb(figure)):
            for child in children(verb):
                if child.dep_ not in ("nsubj", "nsubjpass") or child.i in self.at or child.idx > figure.start:
                    continue
                if child.pos_ in NAMING:
                    return self.phrase(_by_name(child), before=figure.start)
                head = verb.head
                relative = child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" and head.pos_ in NAMING
                return self.phrase(head, before=figure.start) if relative and head.i not in self.at else None
        return None

    def _listed(self, index: int, figure: Figure) -> Counted | None:
        """ "Dow +0.2% S&P 500 -0.3%", "Acme Corp, up 3p": the name right before a change."""
        words = self.words(figure.start, figure.end)
        word = words[0] - 1
        while word >= 0 and self.doc[word].lower_ in ("+", "-", "up", "down", ",", "−", "–", "off", ":"):
            word -= 1
        signed = word < words[0] - 1 or figure.low < 0 or self.text[figure.start - 1 : figure.start] in ("+", "−", "-")
        if not signed or word < 0 or self.doc[word].pos_ not in ("PROPN", "NOUN", "NUM") or word in self.at:
            return None
        if figure.unit is None or figure.kind == "age":
            return None
        if self.doc[words[0] - 1].lower_ in (",", ":") and figure.low >= 0:
            return None
        first = word
        while (
            first > 0
            and first - 1 not in self.at
            and word - first < 6
            and self.doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ", "NUM")
            and not self.doc[first].is_sent_start
        ):
            first -= 1
        return Counted(None, self.slice(first, word + 1))

    def _bracketed(self, index: int, figure: Figure) -> Counted | None:
        """ "Ann Lee (15 points, 7 rebounds)": what stands before the bracket."""
        head = self.text[max(0, figure.start - 60) : figure.start]
        opening = max(head.rfind("("), head.rfind("["))
        if opening < 0 or ")" in head[opening:] or "\n" in head[opening:] or figure.unit is None:
            return None
        inside = head[opening + 1 :].strip(" ~≈<>+-")
        if (
            any(char.isalpha() for char in inside)
            and index
            and self.figures[index - 1].end > figure.start - len(head) + opening
        ):
            return self.counted(index - 1)
        if inside:
            return None
        word = self.words(figure.start - len(head) + opening, figure.start)[0] - 1
        if word < 0 or self.doc[word].pos_ not in NAMING or word in self.at:
            return self.counted(self.at[word]) if word in self.at else None
        return Counted(None, self.noun_run(word)) if self.noun(figure) is None else None

    def _part_of(self, index: int, figure: Figure) -> Counted | None:
        """ "60 % of its revenue", "70 kg of gold", "one of the ministers"."""
        word = self._word_after(index, figure)
        if word >= len(self.doc) or self.doc[word].lower_ not in (("of", "in") if figure.kind == "money" else ("of",)):
            return None
        noun = next(
            (child for child in children(self.doc[word]) if child.dep_ in ("pobj", "pcomp") and child.i > word),
            None,
        )
        if noun is None or (self.doc[word].lower_ == "in" and (noun.ent_type_ or noun.pos_ != "NOUN")):
            return None
        if noun.pos_ == "PRON":
            return Counted()
        if noun.i in self.at and self.at[noun.i] != index:
            return self.counted(self.at[noun.i])
        words = self.phrase(noun)
        return Counted(words if figure.unit is None else None, words)

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
        left = [
            child for child in lefts(token) if child.dep_ in ("compound", "nmod", "poss") and child.i not in self.at
        ]
        if not left or token.pos_ not in NAMING or figure.unit is None:
            return None
        return Counted(None, self.slice(left[0].left_edge.i, left[-1].i + 1))

    def _attribute(self, index: int, figure: Figure) -> Counted | None:
        """ "300 recorded songs", "a $5 entrance fee", "a 25 % duty on steel"."""
        noun = self.noun(figure)
        if noun is None:
            return None
        words = self.between(figure, noun.idx + len(noun))
        if not words:
            return None
        whole = self.between(figure, self._right_end(noun))
        return Counted(words if figure.unit is None else None, whole)

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
            other = self.at.get(token.i)
            if other is not None and other != index:
                return self.counted(other) if other < index else None
            if token.pos_ in NAMING and token.idx < figure.start and token.lower_ not in _TRANSPARENT:
                if token.lower_ in WHEN:
                    return None
                return Counted(None, self.phrase(token, before=figure.start))
        return None

    def _predicate(self, index: int, figure: Figure) -> Counted | None:
        """ "The bridge is 90 m long", "the index rose 3 %", "raised the rate by 3 %": the subject, or what changes."""
        for verb in verbs(self.verb(figure)):
            thing = self._thing(verb, figure)
            if thing is None:
                continue
            if thing.pos_ == "PRON":
                return Counted()
            if thing.i in self.at:
                return self._figure_as_thing(self.at[thing.i], index)
            return Counted(None, self.phrase(thing, before=figure.start))
        return None

    def _figure_as_thing(self, other: int, index: int) -> Counted | None:
        """What an earlier figure counts; "a 60-year-old" is a thing itself."""
        if other >= index:
            return None
        figure = self.figures[other]
        if figure.kind == "age" and figure.written is not None and figure.end > figure.written[1]:
            return Counted(None, self.text[figure.start : figure.end])
        return self.counted(other)

    def _thing(self, verb: "Token", figure: Figure) -> "Token | None":
        around = list(children(verb))
        for child in around:
            if (
                child.dep_ == "dobj"
                and verb.idx < child.idx < figure.start
                and child.pos_ in NAMING
                and child.lower_ not in _TRANSPARENT
            ):
                return child
        for child in around:
            if child.dep_ in _SUBJECTS and child.idx < figure.start:
                if child.lower_ in _PRONOUNS_OF:
                    return _whole_of(child)
                if child.pos_ in ("NOUN", "PROPN", "NUM") or child.i in self.at:
                    return child
                if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                    return verb.head
                return child if child.tag_ == "PRP" else None
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in NAMING:
            return verb.head
        return None

    def _follows(self, index: int, figure: Figure) -> Counted | None:
        """An ellipsis: what the figure before it in the same sentence counts."""
        if not index:
            return None
        first, last = (
            self.words(self.figures[index - 1].start, figure.start)[0],
            self.words(figure.start, figure.end)[0],
        )
        if last - first > MOST_ELLIPSIS or any(self.doc[word].is_sent_start for word in range(first + 1, last + 1)):
            return None
        return self.counted(index - 1)


def _by_name(noun: "Token") -> "Token":
    """The name in apposition, of "the outgoing chairman, Ann Lee"."""
    return (
        next((child for child in rights(noun) if child.dep_ == "appos" and child.pos_ == "PROPN"), noun)
        if noun.pos_ == "NOUN"
        else noun
    )


def _whole_of(pronoun: "Token") -> "Token | None":
    """The ministers, of "each of the ministers"."""
    for child in children(pronoun):
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((noun for noun in children(child) if noun.pos_ in NAMING), None)
    return None
