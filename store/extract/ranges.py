"""Ranges whose ends do not stand side by side: "from 18 in 2005 to 26 in 2015", "to 1,200 from 1,450".

Ends that touch ("5-7 km", "between 3 and 4") are joined by `figures`.
"""

import re
from dataclasses import replace

from store.extract.figures import Figure, as_range

LONGEST_GAP = 60
"""Characters between the two ends."""

_CUES = r"(?:(?:about|around|roughly|nearly|almost|some|just|only|over|under|up to|an average of|a|an|more than|less than) )?"
_FROM = re.compile(rf"\bfrom {_CUES}$", re.I)
_TO = re.compile(rf"\bto {_CUES}$", re.I)
_UP_FROM = re.compile(rf"\b(?:up|down|differs?|different|away|apart) from {_CUES}$", re.I)
_STOP = re.compile(r"[.;:!?\n](?:\s|$)|\b(?:and|but|while|when|which|who|that)\b")


def joined(text: str, found: list[Figure]) -> list[Figure]:
    """`found` with each "from … to …" and "to … from …" made one figure, lower end first."""
    result: list[Figure] = []
    for figure in found:
        first = result[-1] if result else None
        if first is not None and _bounds(text, first, figure):
            result[-1] = _range(first, figure)
        else:
            result.append(figure)
    return result


def _bounds(text: str, first: Figure, second: Figure) -> bool:
    gap = second.start - first.end
    if not 0 < gap <= LONGEST_GAP or first.low == second.low or not _fit(first, second):
        return False
    before, between = text[max(0, first.start - 24) : first.start], text[first.end : second.start]
    if _STOP.search(between) or "(" in between or "," in between:
        return False
    if _FROM.search(before) and not _UP_FROM.search(before):
        return bool(_TO.search(between))
    return bool(_TO.search(before) and _FROM.search(between) and not _UP_FROM.search(between) and gap <= 30)


def _fit(first: Figure, second: Figure) -> bool:
    single = first.high is None and second.high is None and not (first.converts or second.converts)
    return single and (first.unit == second.unit or first.unit is None or second.unit is None) and first.kind != "age"


def _range(first: Figure, second: Figure) -> Figure:
    return replace(as_range(first, second), certain=0.9)


_LEVEL = re.compile(r",? (?:to|at|against|versus|from) (?:[a-z]+ ){0,3}?$")


def levels(text: str, found: list[Figure]) -> list[Figure]:
    """ "Rose 64 points to 4,577", "21 mpg, against 18": a bare level is in the unit of the change before it."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        bare = second.unit is None and second.form == "digits" and first.kind in ("measure", "money") and not first.shared
        if bare and second.start - first.end < 40 and _LEVEL.fullmatch(text[first.end : second.start]) and _unnamed(text, second):
            found[at] = replace(second, unit=first.unit, kind=first.kind)
    return found


_NO_NOUN = frozenset("for and but while after from in on by as at a an the to since when with if or".split())


def _unnamed(text: str, figure: Figure) -> bool:
    """Whether no noun follows that the figure could count."""
    word = re.match(r"[ -]([A-Za-z]+)", text[figure.end : figure.end + 24])
    return word is None or word[1].lower() in _NO_NOUN
