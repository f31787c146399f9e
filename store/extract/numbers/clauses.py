"""Rules that tell what a figure counts from the clause: the noun that it complements, the subject, another figure.

Each takes the document, the index of a figure and the figure; None when it does not know. They are tried by `counted`.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from store.extract.numbers.figure import Figure
from store.extract.numbers.phrases import Counted
from store.extract.numbers.surroundings import NAMING, WHEN, children, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

    from store.extract.numbers.counted import Counting

MOST_ELLIPSIS = 40
"""Words between a figure and the one whose noun it leaves out."""

MOST_CLAUSE = 10
"""Words of a clause that is a subject and is shown."""

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


def level(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Rose 3 % *to 5.2m*", "down 2p *at 120p*": what the change before it is of."""
    if not index or not _THEN_AT.fullmatch(counting.text[counting.figures[index - 1].end : figure.start][:60]):
        return None
    return replace(counting.counted(index - 1), noun=None, complete=True)


def complement(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "A fine of $3 billion", "a range of 400 km", "speeds up to 90 km/h"."""
    token = counting.anchor(figure)
    for _ in range(5):
        if token.dep_ not in _UP_TO_HEAD or token.pos_ in ("VERB", "AUX"):
            return None
        token = token.head
        other = counting.at.get(token.i)
        if other is not None and other != index:
            return counting.counted(other) if other < index else None
        if token.pos_ in NAMING and token.idx < figure.start and token.lower_ not in _TRANSPARENT:
            if token.lower_ in WHEN:
                return None
            whole = _before_tax(token)
            words = counting.slice(whole.i, token.i + 1) if whole.i != token.i else counting.phrase(token, figure.start)
            return Counted(None, words)
    return None


def _before_tax(noun: "Token") -> "Token":
    """The noun that "before" or "after" and `noun` describe: "*loss* before tax"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("before", "after") or not preposition.i:
        return noun
    described = noun.doc[preposition.i - 1]
    return described if described.pos_ in NAMING else noun


def predicate(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "The bridge is 90 m long", "the index rose 3 %", "raised the rate by 3 %": the subject, or what changes."""
    anchor = counting.anchor(figure)
    if anchor.dep_ in _SUBJECTS and figure.unit is None:
        return None
    for verb in verbs(counting.verb(figure)):
        thing = _thing(counting, verb, figure)
        if thing is None:
            continue
        if thing.pos_ == "PRON":
            return Counted()
        if thing.dep_ == "csubj":
            return _doing(counting, thing, verb)
        if thing.i in counting.at:
            return _figure_as_thing(counting, counting.at[thing.i], index)
        misread = thing.i == verb.i - 1 and thing.dep_ not in _SUBJECTS
        return Counted(None, counting.phrase(thing, before=figure.start), complete=misread)
    return None


def _doing(counting: "Counting", subject: "Token", verb: "Token") -> Counted | None:
    """ "*Keeping the library open* costs £140,000": a clause as the subject, when it is short."""
    first, end = subject.left_edge.i, subject.right_edge.i + 1
    short = end <= verb.i and end - first <= MOST_CLAUSE and not any(word in counting.at for word in range(first, end))
    return Counted(None, counting.slice(first, end), complete=True) if short else None


_HARM = frozenset(["kill", "injure", "wound", "hurt", "displace", "evacuate", "hospitalise", "hospitalize"])


def harmed(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Injuring at least 14", "two were killed": people, or what the figure before counts."""
    anchor = counting.anchor(figure)
    if figure.unit is not None or anchor.dep_ not in ("dobj", "nsubjpass") or anchor.head.lemma_ not in _HARM:
        return None
    before = follows(counting, index, figure)
    noun = before.noun if before is not None and before.noun else "people"
    return Counted(noun, noun)


def _figure_as_thing(counting: "Counting", other: int, index: int) -> Counted | None:
    """What an earlier figure counts; "a 60-year-old" is a thing itself."""
    if other >= index:
        return None
    figure = counting.figures[other]
    if figure.kind == "age" and figure.written is not None and figure.end > figure.written[1]:
        return Counted(None, counting.text[figure.start : figure.end])
    return counting.counted(other)


def _thing(counting: "Counting", verb: "Token", figure: Figure) -> "Token | None":
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
            if child.pos_ in ("NOUN", "PROPN", "NUM") or child.i in counting.at or child.dep_ == "csubj":
                return child
            if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                return verb.head
            return child if child.tag_ == "PRP" else None
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in NAMING:
        return verb.head
    return _misread_subject(verb)


def _misread_subject(verb: "Token") -> "Token | None":
    """The noun right before a finite verb that the parser joins to another clause: "an ounce and *copper* dipped"."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == 0 or verb.is_sent_start:
        return None
    before = verb.doc[verb.i - 1]
    if before.pos_ not in NAMING or before.lower_ in WHEN:
        return None
    joined = before.dep_ == "conj" and before.left_edge.i > 0 and verb.doc[before.left_edge.i - 1].tag_ == "CC"
    return before if joined or (before.dep_ in ("compound", "nmod") and before.head.i == verb.i) else None


def follows(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """An ellipsis: what the figure before it in the same sentence counts."""
    if not index:
        return None
    first, last = (
        counting.words(counting.figures[index - 1].start, figure.start)[0],
        counting.words(figure.start, figure.end)[0],
    )
    if last - first > MOST_ELLIPSIS or any(counting.doc[word].is_sent_start for word in range(first + 1, last + 1)):
        return None
    return counting.counted(index - 1)


def _whole_of(pronoun: "Token") -> "Token | None":
    """The ministers, of "each of the ministers"."""
    for child in children(pronoun):
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((noun for noun in children(child) if noun.pos_ in NAMING), None)
    return None
