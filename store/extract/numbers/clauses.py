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
    return replace(counting.counted(index - 1), noun=None)


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
            return Counted(None, counting.phrase(token, before=figure.start))
    return None


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
        if thing.i in counting.at:
            return _figure_as_thing(counting, counting.at[thing.i], index)
        return Counted(None, counting.phrase(thing, before=figure.start))
    return None


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
            if child.pos_ in ("NOUN", "PROPN", "NUM") or child.i in counting.at:
                return child
            if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                return verb.head
            return child if child.tag_ == "PRP" else None
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in NAMING:
        return verb.head
    return None


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
