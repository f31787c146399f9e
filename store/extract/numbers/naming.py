"""Which figures are part of a name: "iPhone 11", "the S&P 500", "Planet 9", "the Group of Seven".

Each rule looks at one `Case`; they are tried by `exclusions`.
"""

import re
from typing import TYPE_CHECKING

from store.extract.numbers.case import REACH, Case
from store.extract.numbers.quantifiers import quantifiers
from store.extract.numbers.surroundings import lefts

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME_TYPES = frozenset(
    ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"]
)
_RECIPIENTS = frozenset(["GPE", "PERSON", "NORP", "LOC", "DATE", "TIME"])


def number_in_name(case: Case) -> bool:
    """ "iPhone 11", "S&P 500", "Boeing 737 Max"."""
    figure = case.figure
    if (
        figure.form != "digits"
        or figure.scaled
        or isinstance(figure.low, float)
        or figure.high is not None
        or "," in case.written
    ):
        return False
    if quantifiers().before(case.text[max(0, figure.start - REACH) : figure.start]):
        return False
    if case.right is not None and _one_name(case.tokens[-1], case.right):
        return True
    if case.left is None or case.counts_plural:
        return False
    return _one_name(case.left, case.tokens[0]) or _is_brand(case.left) or _numbers_thing(case, case.left)


_SIGNED_AFTER = re.compile(r" [+−–-] ?\d")


def _numbers_thing(case: Case, left: "Token") -> bool:
    """ "Planet 9 project", "Stoxx 50 -1.3%", "the tram 14 is late": it tells a thing from others of its sort."""
    if left.pos_ == "PROPN" and not left.is_lower:
        one_thing = case.noun is not None and case.noun.tag_ == "NN" and case.noun.i == case.tokens[-1].i + 1
        return one_thing or _SIGNED_AFTER.match(case.after()) is not None
    modified = (
        left.tag_ in ("NN", "NNP")
        and not case.after().startswith(" of ")
        and case.tokens[-1].head.i == left.i
        and case.noun is None
    )
    return modified and any(child.tag_ == "DT" and child.lower_ == "the" for child in lefts(left))


def _one_name(first: "Token", second: "Token") -> bool:
    """Whether two neighbours are in one named entity that may hold a number."""
    return second.ent_iob_ == "I" and second.ent_type_ in _NAME_TYPES and first.ent_type_ == second.ent_type_


def _is_brand(left: "Token") -> bool:
    """A name that is no place, person or people: what stands before a model number."""
    if left.ent_type_ in _RECIPIENTS or not any(char.isupper() for char in left.text):
        return False
    return left.pos_ == "PROPN" or any(char.isupper() for char in left.text[1:])


def word_in_name(case: Case) -> bool:
    """A number word with a capital in the midst of a sentence: "the Group of Seven"."""
    if case.figure.form != "words" or case.figure.scaled or not case.written[:1].isupper() or case.written.isupper():
        return False
    return case.left is not None and (case.left.is_alpha or case.left.text == "-")
