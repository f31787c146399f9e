"""Rules that tell what a figure counts from the words right beside it: nouns after it, "of", brackets, names before it.

Each takes the document, the index of a figure and the figure; None when it does not know. They are tried by `counted`.
"""

import re
from typing import TYPE_CHECKING

from store.extract.numbers.figure import Figure
from store.extract.numbers.phrases import Counted
from store.extract.numbers.surroundings import MOST_HOPS, NAMING, WHEN, children, lefts

if TYPE_CHECKING:
    from spacy.tokens import Token

    from store.extract.numbers.counted import Counting

_ONE_IN = re.compile(r"one ([a-z]+(?: [a-z]+)?) (?:in|out of) ", re.I)
_DIMENSIONS = frozenset(["long", "wide", "high", "tall", "deep", "thick", "across"])


def one_in(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "One *house* in five"."""
    match = _ONE_IN.match(counting.text, figure.start, figure.end) if figure.kind == "ratio" else None
    return Counted(None, match[1]) if match else None


def listed(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Dow +0.2% S&P 500 -0.3%", "Acme Corp, up 3p": the name right before a change."""
    words = counting.words(figure.start, figure.end)
    word = words[0] - 1
    while word >= 0 and counting.doc[word].lower_ in ("+", "-", "up", "down", ",", "−", "–", "off", ":"):
        word -= 1
    signed = word < words[0] - 1 or figure.low < 0 or counting.text[figure.start - 1 : figure.start] in ("+", "−", "-")
    if not signed or word < 0 or counting.doc[word].pos_ not in ("PROPN", "NOUN", "NUM") or word in counting.at:
        return None
    if figure.unit is None or figure.kind == "age":
        return None
    if counting.doc[words[0] - 1].lower_ in (",", ":") and figure.low >= 0:
        return None
    first = word
    while (
        first > 0
        and first - 1 not in counting.at
        and word - first < 6
        and counting.doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ", "NUM")
        and not counting.doc[first].is_sent_start
    ):
        first -= 1
    return Counted(None, counting.slice(first, word + 1))


def long(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "A crack 4 metres *long*": the noun right before, whatever the parse makes of it."""
    words = counting.words(figure.start, figure.end)
    first, after = words[0] - 1, words[-1] + 1
    if (
        figure.kind != "measure"
        or first < 0
        or after >= len(counting.doc)
        or counting.doc[after].lower_ not in _DIMENSIONS
    ):
        return None
    noun = counting.doc[first]
    return Counted(None, counting.noun_run(first)) if noun.pos_ == "NOUN" and first not in counting.at else None


def bracketed(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Ann Lee (15 points, 7 rebounds)": what stands before the bracket."""
    head = counting.text[max(0, figure.start - 60) : figure.start]
    opening = max(head.rfind("("), head.rfind("["))
    if opening < 0 or ")" in head[opening:] or "\n" in head[opening:] or figure.unit is None:
        return None
    inside = head[opening + 1 :].strip(" ~≈<>+-")
    if (
        any(char.isalpha() for char in inside)
        and index
        and counting.figures[index - 1].end > figure.start - len(head) + opening
    ):
        return counting.counted(index - 1)
    if inside:
        return None
    word = counting.words(figure.start - len(head) + opening, figure.start)[0] - 1
    if word < 0 or counting.doc[word].pos_ not in NAMING or word in counting.at:
        return counting.counted(counting.at[word]) if word in counting.at else None
    return Counted(None, counting.noun_run(word)) if counting.noun(figure) is None else None


_THEM = re.compile(r" of (?:them|these|those|whom|which)\b")
_OF_WHOM = re.compile(r"\bof (?:whom|which) (?:(?:about|around|some|only|at least|more than|nearly|almost) )?$")


def of_them(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "47 utilities, *31 of them* ..", "90 pupils, *of whom 12* ..": what the figure before counts."""
    before = counting.text[max(0, figure.start - 32) : figure.start]
    if figure.unit is not None or not (_THEM.match(counting.text, figure.end) or _OF_WHOM.search(before)):
        return None
    earlier = (counting.counted(other) for other in range(index - 1, max(-1, index - 1 - MOST_HOPS), -1))
    return next((Counted(found.noun, found.noun, complete=True) for found in earlier if found.noun), None)


_STATES = frozenset(
    ["aboard", "dead", "displaced", "homeless", "hospitalised", "hospitalized", "hurt", "injured", "missing", "wounded"]
)
"""Adjectives that stand for people after a number."""


def state(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "12 *dead*", "a ferry with 180 *aboard*": people in that state."""
    word = counting.words(figure.start, figure.end)[-1] + 1
    if figure.unit is not None or word >= len(counting.doc) or counting.doc[word].lower_ not in _STATES:
        return None
    said = counting.doc[word].lower_
    following = counting.doc[word + 1 : word + 2]
    named = said != "aboard" and len(following) > 0 and following[0].pos_ in NAMING
    return None if named else Counted(said, said)


def paid_for(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Charged £40 *for garden bins*": what is had for the money that somebody pays or takes."""
    word = word_after(counting, index, figure)
    verb = counting.anchor(figure).head
    if figure.kind not in ("money", "rate") or word >= len(counting.doc) or counting.doc[word].lower_ != "for":
        return None
    if verb.lemma_ not in ("charge", "pay", "cost", "spend", "take", "offer", "bid", "sell"):
        return None
    for child in children(counting.doc[word]):
        if child.dep_ == "pobj" and child.pos_ in NAMING and child.lower_ not in WHEN and child.i not in counting.at:
            return Counted(None, counting.phrase(child))
    return None


def part_of(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "60 % of its revenue", "70 kg of gold", "one of the ministers"."""
    word = word_after(counting, index, figure)
    if word >= len(counting.doc) or counting.doc[word].lower_ not in (
        ("of", "in") if figure.kind == "money" else ("of",)
    ):
        return None
    noun = next(
        (child for child in children(counting.doc[word]) if child.dep_ in ("pobj", "pcomp") and child.i > word),
        None,
    )
    if noun is None or (counting.doc[word].lower_ == "in" and (noun.ent_type_ or noun.pos_ != "NOUN")):
        return None
    if noun.pos_ == "PRON":
        return Counted()
    if noun.i in counting.at and counting.at[noun.i] != index:
        return counting.counted(counting.at[noun.i])
    if noun.pos_ == "VERB":
        return Counted(None, counting.slice(noun.left_edge.i, noun.i + 1))
    words = counting.phrase(noun)
    return Counted(words if figure.unit is None else None, words)


def word_after(counting: "Counting", index: int, figure: Figure) -> int:
    """The token after the figure and its conversions in brackets."""
    end = figure.end
    for later in counting.figures[index + 1 : index + 1 + MOST_HOPS]:
        if not later.converts:
            break
        end = later.end
    word = counting.words(figure.start, end)[-1] + 1
    while end != figure.end and word < len(counting.doc) and counting.doc[word].text in (")", "]"):
        word += 1
    return word


def modified(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Nova Tab 9 inch": the name that stands before the figure as its attribute."""
    token = counting.anchor(figure)
    left = [
        child for child in lefts(token) if child.dep_ in ("compound", "nmod", "poss") and child.i not in counting.at
    ]
    if not left or token.pos_ not in NAMING or figure.unit is None:
        return None
    return Counted(None, counting.slice(left[0].left_edge.i, left[-1].i + 1))


def attribute(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "300 recorded songs", "a $5 entrance fee", "a 25 % duty on steel"."""
    noun = counting.noun(figure) or _noun_after_conversion(counting, index, figure)
    if noun is None:
        return None
    if figure.kind == "age" and _is_person(counting, figure, noun):
        return Counted()
    words = counting.between(figure, noun.idx + len(noun))
    if not words:
        return None
    whole = counting.between(figure, counting._right_end(noun))
    return Counted(words if figure.unit is None else None, whole)


def _noun_after_conversion(counting: "Counting", index: int, figure: Figure) -> "Token | None":
    """The noun of "a 3-mile (5 km) *road*", which the parser reads as one of the kilometres."""
    hyphened = figure.written is not None and counting.text[figure.written[0] - 1] in "-‑"
    word = word_after(counting, index, figure)
    if not hyphened or word - 1 <= counting.words(figure.start, figure.end)[-1]:
        return None
    last = None
    for token in counting.doc[word : word + MOST_HOPS]:
        if token.pos_ not in ("ADJ", *NAMING) or token.i in counting.at:
            break
        last = token if token.pos_ in NAMING else last
    return last


_ON = frozenset(["that", "about", "when", "whether", "how", "if", "to"])


def _is_person(counting: "Counting", figure: Figure, noun: "Token") -> bool:
    """Whether "the 65-year-old" is the subject and the "noun" its verb: "the 65-year-old *worries* that ..."."""
    first, last = counting.words(figure.start, figure.end)[0], counting.words(figure.start, figure.end)[-1]
    one = first > 0 and counting.doc[first - 1].lower_ in ("a", "an", "the", "this", "that")
    after = counting.doc[noun.i + 1 : noun.i + 2]
    return one and noun.tag_ == "NNS" and noun.i == last + 1 and len(after) > 0 and after[0].lower_ in _ON


def person(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "The 65-year-old left": somebody who is named by the age alone."""
    first = counting.words(figure.start, figure.end)[0]
    named = figure.kind == "age" and counting.text[figure.start : figure.end].endswith(("old", "olds"))
    return Counted() if named and first > 0 and counting.doc[first - 1].tag_ == "DT" else None


def shares(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "7- or 8-inch screen", "four- and five-door cars": what the later figure counts."""
    if not figure.shared and counting.text[figure.end : figure.end + 2] not in ("-,", "- "):
        return None
    return counting.counted(index + 1) if index + 1 < len(counting.figures) else None
