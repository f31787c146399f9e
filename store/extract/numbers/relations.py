"""How a figure stands to the true amount: equal, about, bounded, a change up or down.

A bound that is said outright ("more than 3 %") goes before a change ("climbed"), as it is what a reader writes down.
The words are in `relations.toml`, read by `quantifiers`.
"""

import re
from typing import TYPE_CHECKING

from store.analysis import Relation
from store.extract.numbers.figure import Figure, gap
from store.extract.numbers.quantifiers import quantifiers
from store.extract.numbers.surroundings import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 48
"""How many characters around a figure are looked at."""
MOST_STEPS = 4
"""How far up the tree the verb of a change may be."""

_CHANGED_BY = frozenset(
    ("pobj", "prep", "npadvmod", "dobj", "nummod", "quantmod", "compound", "nmod", "advmod", "attr", "oprd")
)
_SKIPPED = frozenset(
    ("by", "a", "an", "another", "further", "additional", "only", "just", "even", "slightly", "sharply", "as", "much")
)
"""What may stand between the verb of a change and the figure."""


def relation(reading: Reading, figure: Figure, before: tuple[Figure, Relation] | None) -> Relation:
    """The relation of `figure`.

    Args:
        before: the figure before it and its relation: a conversion, and the second of two amounts of one change
            ("grew by 1,200 or 3 %"), take it over.
    """
    return (
        _said_before(reading, figure)
        or _said_within(reading, figure)
        or quantifiers().after(reading.text[figure.end : figure.end + REACH])
        or _compared_after(reading, figure)
        or _taken_over(reading.text, figure, before)
        or ("down" if figure.low < 0 and figure.kind == "percent" else None)
        or _change(reading, figure)
        or "="
    )


def _said_before(reading: Reading, figure: Figure) -> Relation | None:
    """ "About", "more than", "up" right before the figure."""
    said = quantifiers().before(reading.text[max(0, figure.start - REACH) : figure.start])
    if said is None or _is_preposition(said[0], reading.text, figure) or _is_particle(said[0], reading, figure):
        return None
    return said[1]


def _said_within(reading: Reading, figure: Figure) -> Relation | None:
    """ "15-plus years"."""
    between = reading.text[figure.numeral[1] : figure.written[0]] if figure.written else ""
    return ">=" if between.strip(" -") == "plus" else None


_MOVED = re.compile(
    r"\b(?:go(?:es|ing|ne)?|went|mov(?:es?|ed|ing)|push(?:es|ed)|tak(?:es?|en|ing)|took|bring(?:s|ing)?|brought|add(?:s|ed)?"
    r"|keeps?|kept|sav(?:es?|ed)|turn(?:s|ed)) up to $",
    re.I,
)
_TOPIC = re.compile(
    r"\b(?:comments?|remarks?|talk(?:s|ed|ing)?|questions?|concerns?|worr(?:y|ied)|stor(?:y|ies)|claims?|statements?|speak"
    r"|spoke|complain(?:ed)?|asked|think|thinking|something|joked?|lied?|brag(?:ged)?|report|heard|information|debate)"
    r" about (?:the )?$"
)
_LASTING = re.compile(r"\b(?:for|is|was|lasted|took|takes|after|in|been|well|just|a little) over\W*$")
_SINCE = re.compile(r" (?:ago|old|later)")


def _is_preposition(cue: str, text: str, figure: Figure) -> bool:
    """Whether the cue says where: "$5m over five years" (but not "for over five years"), "the remark about 47 %".

    In "goes up to 5" the dividend rises, and 5 is no bound.
    """
    head = text[max(0, figure.start - REACH) : figure.start].lower()
    if cue == "up to":
        return bool(_MOVED.search(head))
    if cue == "about":
        return bool(_TOPIC.search(head))
    if cue != "over" or figure.kind != "duration":
        return False
    return not (_LASTING.search(head) or _SINCE.match(text, figure.end))


def _is_particle(cue: str, reading: Reading, figure: Figure) -> bool:
    """ "Gave up 50 yards", "turned down two offers": part of the verb, which is no verb of change."""
    token = _token_before(reading, figure) if cue in ("up", "down") else None
    if token is None or token.dep_ != "prt" or not 0 < token.i - token.head.i <= 2:
        return False
    return token.head.pos_ in ("VERB", "AUX") and token.head.lemma_.lower() not in quantifiers().verbs


_EARLIER = r"(?:an?|last|in|on|at|it was|they were|the (?:same|previous|year))\b"
_HIGHER = re.compile(rf" (?:(higher)|lower)\b(?! than (?!{_EARLIER}))")


def _compared_after(reading: Reading, figure: Figure) -> Relation | None:
    """ "5 % *lower*", "2 points *higher than a year ago*"; not "5 % higher than the norm", which is a distance."""
    match = _HIGHER.match(reading.text, figure.end) if figure.kind in ("percent", "money", "measure") else None
    return None if match is None else "up" if match[1] else "down"


_OR = re.compile(r"(?: \w+){0,2},? or (?:by )?")


def _taken_over(text: str, figure: Figure, before: tuple[Figure, Relation] | None) -> Relation | None:
    """That of the figure before, for a conversion and for the same amount said again after "or"."""
    if before is None:
        return None
    again = figure.unit != before[0].unit and figure.unit and _OR.fullmatch(gap(text, before[0], figure, 32))
    return before[1] if figure.converts or again else None


_LEVEL_BEFORE = re.compile(r"\b(?:from|between|to) ?$", re.I)


def _change(reading: Reading, figure: Figure) -> Relation | None:
    """Up or down when the figure is the amount of a change: by the verb right before it, else by the parse."""
    between_levels = figure.high is not None and figure.form != "vague"
    if between_levels and _LEVEL_BEFORE.search(reading.text[max(0, figure.start - 12) : figure.start]):
        return None
    return _left_verb(reading, figure) or _governing_verb(reading, figure)


def _left_verb(reading: Reading, figure: Figure) -> Relation | None:
    """The verb right before: "rose [by] [another] 3 %"."""
    token = _token_before(reading, figure)
    for _ in range(3):
        if token is None or token.lower_ not in _SKIPPED:
            break
        token = reading.doc[token.i - 1] if token.i else None
    return _direction(reading, token, figure) if token is not None else None


def _token_before(reading: Reading, figure: Figure) -> "Token | None":
    first = reading.words(figure.start, figure.end)[0]
    return reading.doc[first - 1] if first else None


_LEVEL_AFTER = re.compile(r" to (?:about |around |a record )?[^\w\s]?\d")
"""What follows a change and shows that it is one: "gained $2 *to $77*"."""


def _direction(reading: Reading, token: "Token", figure: Figure) -> Relation | None:
    """Which way the verb goes. Verbs are often tagged as nouns in headlines: a plural or a root is taken for one."""
    noun = token.pos_ == "NOUN" and token.tag_ == "NN" and token.head.i != token.i
    if noun or token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
        return None
    lemma = token.lemma_.lower()
    weak = _is_share(figure) or _LEVEL_AFTER.match(reading.text, figure.end)
    return quantifiers().verbs.get(lemma) or (quantifiers().weak.get(lemma) if weak else None)


def _is_share(figure: Figure) -> bool:
    return figure.kind == "percent" or (figure.unit or "").startswith(("percent", "point"))


def _governing_verb(reading: Reading, figure: Figure) -> Relation | None:
    """The verb that the figure measures, by the parse: "jumped on Friday by 3 %", "was increased by 18 degrees"."""
    token = reading.anchor(figure)
    for _ in range(MOST_STEPS):
        if token.dep_ not in _CHANGED_BY or (token.dep_ == "pobj" and token.head.lower_ != "by"):
            return None
        if token.dep_ == "dobj" and not _is_share(figure):
            return None
        token = token.head
        if token.pos_ == "VERB":
            return _direction(reading, token, figure)
        if token.pos_ in ("NOUN", "PROPN") and not figure.start <= token.idx < figure.end:
            return None
    return None
