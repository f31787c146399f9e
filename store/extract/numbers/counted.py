"""What a figure counts or measures, in the article's words, read from the parse.

`Counting` is a document with its figures; it asks the rules of `beside` and `clauses` one after the other, and the
first answer counts. A figure never counts another figure: where the tree leads to one, what that one counts is the
answer.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.extract.datelines import LONGEST_DATELINE, dateline
from store.extract.numbers import beside, clauses, contrasts
from store.extract.numbers.figure import Figure
from store.extract.numbers.phrases import Counted
from store.extract.numbers.surroundings import NAMING, Reading, children, rights, verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_HOLDER_WORDS = 5
"""Whose it is, is said in so few words or not at all."""

MOST_DEPTH = 8
"""How many figures may refer to one another in a chain."""

_COMPARED = re.compile(
    r"\b(?:from|against|versus|vs\.?|compared (?:with|to)|than)(?: (?:about|around|the|just|only|some|nearly))* ?$"
)

_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_NUMBERED_ONES = re.compile(r"[A-Z]\w* \d{1,3}s\b")
"""Things named with a number, in the plural: "60 Saturn 5s"."""


class Counting(Reading):
    """What the figures of a document count."""

    def __init__(self, doc: "Doc", text: str, found: Sequence[Figure]) -> None:
        super().__init__(doc, text, found)
        self._known: dict[int, Counted] = {}
        self._depth = 0

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
        for rule in RULES:
            found = rule(self, index, figure)
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
        if not len(near) or word in self.at:
            return None
        if _NUMBERED_ONES.match(self.text, near[0].idx):
            return self.doc[word + 1]
        misread = figure.low != 1 and self._is_misread(word)
        return near[0] if near[0].tag_ == "NNS" or misread else None

    def _is_misread(self, word: int) -> bool:
        """Whether a plural is taken for a verb or an adjective: "six more *climbs*", "twelve *launches* failed"."""
        token, before = self.doc[word], self.doc[word - 1]
        after_more = before.lower_ in ("more", "further", "other") and token.tag_ == "JJ" and token.text[-1] == "s"
        after_number = token.tag_ == "VBZ" and before.pos_ in ("NUM", "ADJ")
        return token.is_lower and len(token) > 3 and (after_more or after_number)

    def _compared(self, index: int) -> str | None:
        """ "3,900 sets, up *from 2,400*": the noun of the figure that this one is compared with."""
        first, second = self.figures[index - 1], self.figures[index]
        if not index or first.unit is not None or not _COMPARED.search(self.text[first.end : second.start][-40:]):
            return None
        if _SENTENCE_END.search(self.text, first.end, second.start):
            return None
        return self.counted(index - 1).noun if second.start - first.end <= 80 else None

    def _held(self, index: int, found: Counted) -> Counted:
        """`found` with whose it is, where the clause says so in few words: "roles, Acme Corp."."""
        figure = self.figures[index]
        if figure.converts or found.of is None or found.complete or (figure.low == 1 and figure.unit is None):
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
        """Who has it, of "the scorer *with 24 goals*"; else the subject of the clause, a noun before the figure."""
        if (having := self._having(figure)) is not None:
            return self.phrase(having, before=figure.start)
        own = self.noun(figure) or self.anchor(figure)
        if own.dep_ in ("nsubj", "nsubjpass") and own.head.dep_ != "ccomp":
            return None
        for verb in verbs(self.verb(figure)):
            for child in children(verb):
                if child.dep_ not in ("nsubj", "nsubjpass") or child.i in self.at or child.idx > figure.start:
                    continue
                if child.pos_ in NAMING:
                    named = _by_name(child)
                    return None if self._is_dateline(named) else self.phrase(named, before=figure.start)
                head = verb.head
                relative = child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" and head.pos_ in NAMING
                return self.phrase(head, before=figure.start) if relative and head.i not in self.at else None
        return None

    def _having(self, figure: Figure) -> "Token | None":
        """The noun that "with" and the figure describe, or the name that it is an apposition to."""
        noun = self.noun(figure) or self.anchor(figure)
        with_ = noun.head
        owner = with_.head
        if noun.dep_ != "pobj" or with_.lower_ != "with" or owner.pos_ not in NAMING or owner.i in self.at:
            return None
        named = owner.head if owner.dep_ == "appos" and owner.head.pos_ == "PROPN" else owner
        return named if named.idx < figure.start else None

    def _is_dateline(self, noun: "Token") -> bool:
        """Whether the parser takes the place of a dateline for the subject."""
        start = self.text.rfind("\n", 0, noun.idx) + 1
        return noun.idx - start < LONGEST_DATELINE and noun.idx < dateline(self.text, (start, len(self.text)))


def _by_name(noun: "Token") -> "Token":
    """The name in apposition, of "the outgoing chairman, Ann Lee"."""
    return (
        next((child for child in rights(noun) if child.dep_ == "appos" and child.pos_ == "PROPN"), noun)
        if noun.pos_ == "NOUN"
        else noun
    )


Rule = Callable[[Counting, int, Figure], Counted | None]
"""Takes a document, the index of a figure and the figure."""

RULES: tuple[Rule, ...] = (
    beside.one_in,
    beside.listed,
    clauses.level,
    contrasts.ranging,
    beside.long,
    beside.of_them,
    beside.part_of,
    beside.bracketed,
    beside.state,
    beside.attribute,
    beside.person,
    beside.shares,
    beside.modified,
    contrasts.gapped,
    contrasts.labelled,
    contrasts.set_apart,
    contrasts.compared,
    clauses.complement,
    beside.paid_for,
    clauses.harmed,
    clauses.predicate,
    clauses.follows,
)
