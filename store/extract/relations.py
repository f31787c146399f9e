"""How a figure stands to the true amount: equal, about, bounded, a change up or down. Words are in `relations.toml`.

A bound that is said outright ("more than 3 %") goes before a change ("climbed"), as it is what a reader writes down.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast, get_args

from store.analysis import Relation
from store.extract.figure import Figure
from store.extract.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 48
"""How many characters before a figure are looked at."""
MOST_STEPS = 4
"""How far up the tree the verb of a change may be."""

_TAIL = r"(?:[ \u00a0-](?:the[ ]ages?[ ]of|age|ages|a|an|another|only|just|total[ ]of))*[ \u00a0-]?"
_SIGNS = frozenset("~≈∼<>≤≥+")


class Phrases:
    """The cue words, compiled. Make it with `phrases()`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.before = {key: cast(Relation, relation) for relation, keys in data["before"].items() for key in keys}
        self.after = {key: cast(Relation, relation) for relation, keys in data["after"].items() for key in keys}
        assert {*self.before.values(), *self.after.values()} <= set(get_args(Relation))
        self.verbs = {verb: cast(Relation, way) for way, verbs in data["verbs"].items() for verb in verbs}
        self.weak = {verb: cast(Relation, way) for way, verbs in data["weak"].items() for verb in verbs}
        self._before = re.compile(rf"(?<![\w-])({_alternatives(self.before)}){_TAIL}$|([{''.join(_SIGNS)}])[ ]?$", re.I)
        self._after = re.compile(rf"[ \u00a0,]{{0,2}}({_alternatives(self.after)})(?![^\W_])", re.I)
        self._old_after = re.compile(
            rf"[ ](?:years?[ ](?:old[ ])?|of[ ]age[ ])?({_alternatives(self.after)})(?![^\W_])", re.I
        )

    def said_before(self, head: str) -> tuple[str, Relation] | None:
        """The cue that ends `head`, and its relation."""
        match = self._before.search(head)
        if match is None:
            return None
        cue = (match[1] or match[2]).lower()
        return cue, self.before[cue]

    def said_after(self, tail: str) -> Relation | None:
        """The relation of the cue that begins `tail`."""
        match = self._after.match(tail)
        return self.after[match[1].lower()] if match else None


def _alternatives(keys: Mapping[str, Any]) -> str:
    words = (key for key in keys if key not in _SIGNS or key == "+")
    return "|".join(re.escape(key) for key in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The cue words, read once a process."""
    return Phrases(tomllib.loads((resources.files("store.extract") / "relations.toml").read_text(encoding="utf-8")))


def relation(reading: Reading, figure: Figure, before: "tuple[Figure, Relation] | None") -> Relation:
    """The relation of `figure`.

    Args:
        before: the figure before it in the same sentence and its relation: a conversion, and the second of two
            amounts of one change ("grew by 1,200 or 3 %"), take it over.
    """
    text = reading.text
    said = phrases().said_before(text[max(0, figure.start - REACH) : figure.start])
    if said and not _is_preposition(said[0], text, figure) and not _is_particle(said[0], reading, figure):
        return said[1]
    after = phrases().said_after(text[figure.end : figure.end + 24])
    if after:
        return after
    if before and _takes_over(text, figure, before[0]):
        return before[1]
    if figure.low < 0 and figure.kind == "percent":
        return "down"
    return _change(reading, figure)


def _is_preposition(cue: str, text: str, figure: Figure) -> bool:
    """Whether the cue is a preposition: "$5m over five years" (not "for over five years"), "the remark about 47 %"."""
    head = text[max(0, figure.start - REACH) : figure.start].lower()
    if cue == "about":
        return bool(_TOPIC.search(head))
    if cue != "over" or figure.kind != "duration":
        return False
    return not (
        re.search(r"\b(?:for|is|was|lasted|took|takes|after|in|been|well|just|a little) over\W*$", head)
        or re.match(r" (?:ago|old|later)", text[figure.end :])
    )


_TOPIC = re.compile(
    r"\b(?:comments?|remarks?|talk(?:s|ed|ing)?|questions?|concerns?|worr(?:y|ied)|stor(?:y|ies)|claims?|statements?|speak|spoke|complain(?:ed)?"
    r"|asked|think|thinking|something|joked?|lied?|brag(?:ged)?|report|heard|information|debate) about (?:the )?$"
)
_OR = re.compile(r"(?: \w+){0,2},? or (?:by )?")


def _takes_over(text: str, figure: Figure, first: Figure) -> bool:
    gap = text[first.end : figure.start] if figure.start - first.end < 32 else "\n"
    return (
        figure.converts
        or (bool(re.fullmatch(r",? or (?:by )?", gap)) and figure.unit != first.unit)
        or (figure.shared is False and first.shared)
    )


def _is_particle(cue: str, reading: Reading, figure: Figure) -> bool:
    """ "Gave up 50 yards", "turned down two offers": part of the verb, which is no verb of change."""
    if cue not in ("up", "down"):
        return False
    token = _token_before(reading, figure)
    if token is None or token.dep_ != "prt" or not 0 < token.i - token.head.i <= 2:
        return False
    return token.head.lemma_.lower() not in phrases().verbs


_SKIPPED = frozenset(
    [
        "by",
        "a",
        "an",
        "another",
        "further",
        "additional",
        "only",
        "just",
        "even",
        "about",
        "nearly",
        "almost",
        "slightly",
        "sharply",
        "as",
        "much",
        "more",
        "than",
    ]
)


def _change(reading: Reading, figure: Figure) -> Relation:
    if figure.high is not None and figure.form != "vague" and _levels(reading.text, figure):
        return "="
    return _left_verb(reading, figure) or _governing_verb(reading, figure) or "="


def _levels(text: str, figure: Figure) -> bool:
    """ "Rose from 3 to 5": two levels, no amount of change."""
    return text[max(0, figure.start - 12) : figure.start].lower().rstrip().endswith(("from", "between", " to"))


def _left_verb(reading: Reading, figure: Figure) -> Relation | None:
    """The verb right before: "rose [by] [another] 3 %"."""
    token = _token_before(reading, figure)
    for _ in range(3):
        if token is None or token.lower_ not in _SKIPPED:
            break
        token = reading.doc[token.i - 1] if token.i else None
    return _way(token, figure) if token is not None else None


def _token_before(reading: Reading, figure: Figure) -> "Token | None":
    first = reading.words(figure.start, figure.end)[0]
    return reading.doc[first - 1] if first else None


def _way(token: "Token", figure: Figure) -> Relation | None:
    if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") or (
        token.pos_ == "NOUN" and token.tag_ == "NN" and token.head.i != token.i
    ):
        return None
    lemma = token.lemma_.lower()
    if lemma in phrases().verbs:
        return phrases().verbs[lemma]
    shares = figure.kind == "percent" or (figure.unit or "").startswith(("point", "basis"))
    return phrases().weak.get(lemma) if shares else None


def _governing_verb(reading: Reading, figure: Figure) -> Relation | None:
    """The verb that the figure measures, by the parse: "jumped on Friday by 3 %", "was increased by 18 degrees"."""
    token = reading.anchor(figure)
    for _ in range(MOST_STEPS):
        if token.dep_ == "pobj" and token.head.lower_ != "by":
            return None
        if token.dep_ == "dobj" and figure.kind not in ("percent",) and not (figure.unit or "").startswith("point"):
            return None
        if token.dep_ not in (
            "pobj",
            "prep",
            "npadvmod",
            "dobj",
            "nummod",
            "quantmod",
            "compound",
            "nmod",
            "advmod",
            "attr",
            "oprd",
        ):
            return None
        token = token.head
        if token.pos_ == "VERB":
            return _way(token, figure)
        if token.pos_ in ("NOUN", "PROPN") and not figure.start <= token.idx < figure.end:
            return None
    return None
