"""Figures that belong together: ratios, scores, ranges, a scale or unit for several, conversions.

Every function takes the text and its figures in order and gives them back, joined or completed. Neighbours only; each
looks a bounded number of characters around them.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from store.analysis import NumberKind
from store.extract.numbers.figure import Figure, as_range, gap
from store.extract.numbers.numerals import whole
from store.extract.numbers.quantifiers import quantifiers

Join = Callable[[str, Figure, Figure], Figure | None]
"""Makes one figure of two neighbours; None when they are two."""

_ABOUT = r"(?:about |around |roughly |nearly |almost |some )?"
_TO = re.compile(r"\s?(?:to|through|till|until|[-–—‑]|-to-|[-–] ?to|to-)\s?", re.I)
_BETWEEN = re.compile(rf"\bbetween {_ABOUT}$", re.I)
_FROM = re.compile(rf"\bfrom {_ABOUT}$", re.I)


def _fold(join: Join, text: str, found: list[Figure]) -> list[Figure]:
    result: list[Figure] = []
    for figure in found:
        joined = join(text, result[-1], figure) if result else None
        if joined is not None:
            result[-1] = joined
        else:
            result.append(figure)
    return result


def _before(text: str, figure: Figure, most: int = 24) -> str:
    return text[max(0, figure.start - most) : figure.start]


def scaled_alike(text: str, found: list[Figure]) -> list[Figure]:
    """ "$5 to $8 billion", "four to five thousand": the scale word counts for both."""
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at], found[at + 1]
        if first.scaled or not second.scaled or first.kind == "percent" or first.written:
            continue
        if not _are_alike(text, first, second):
            continue
        if first.low < 1000 and second.low / second.factor > first.low:
            found[at] = replace(first, low=whole(first.low * second.factor), factor=second.factor)
    return found


def _are_alike(text: str, first: Figure, second: Figure) -> bool:
    between = gap(text, first, second)
    if _TO.fullmatch(between) or between == " or ":
        return True
    return between == " and " and (first.before or bool(_BETWEEN.search(_before(text, first))))


_IN = re.compile(r" (?:in|out of|in every|out of every|of every) ", re.I)


_ONE_IN = re.compile(r" (?:[a-z]+ ){1,2}(?:in|out of|in every) (?:every )?")
_SHARE_ENDS = re.compile(
    r"[.,;:)!?—–\"”]|$| (?:is|are|was|were|has|have|had|will|would|could|can|cannot|did|does|do|and|but|said|says)\b"
)


def ratios(text: str, found: list[Figure]) -> list[Figure]:
    """ "One in five", "three out of 10": a part of a whole, as one figure."""
    return _fold(_ratio, text, found)


def _ratio(text: str, part: Figure, total: Figure) -> Figure | None:
    if part.unit or total.unit or part.scaled or part.high is not None or total.high is not None:
        return None
    between = gap(text, part, total)
    one = part.low == 1 and part.form == "words" and _ONE_IN.fullmatch(between)
    if one and not _SHARE_ENDS.match(text, total.end):
        return None
    linked = one or _IN.fullmatch(between) or (between == " of " and total.low in (10, 100, 1000))
    if not linked or not 0 < part.low < total.low <= 10_000 or total.is_year:
        return None
    span = (part.start, total.end)
    return replace(part, end=total.end, numeral=span, low=part.low / total.low, kind="ratio", form="fraction")


_WON = re.compile(
    r"\b(?:won|wins?|beat|beats|lost|loses?|led|leads?|ended|defeat(?:ed|s)?|drew|draws?|tied|ties?|split|voted|vote of"
    r"|finished|score of|record of|went|ahead|scored|victory|ruled)\b[^.;!?\n]{0,30}$"
)
_CONTEST = re.compile(
    r" (?:[a-z]+ )?(?:votes?|victory|win|loss|defeat|lead|record|ruling|decision|draw|tie|majority|split|margin|score"
    r"|series|start|run|deadlock|triumph|aggregate|against|over|for|opinion|court|at|in|on|to)\b"
)
_SET_BEFORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}(?: \(\d{1,2}[-–]\d{1,2}\))?,? $")
_SET_AFTER = re.compile(r",? \(?\d{1,2}[-–]\d{1,2}(?![\w%])")
_MEASURES = re.compile(r"[- ](?:year|percent)")


def scores(text: str, found: list[Figure]) -> list[Figure]:
    """ "Won 3-1", "a 5-4 ruling", "odds of 4 to 1": two numbers that are one result; the value is the first."""
    return _fold(_score, text, found)


def _score(text: str, first: Figure, second: Figure) -> Figure | None:
    if first.unit or second.unit or not (_is_small(first) and _is_small(second)):
        return None
    kind = _result(text, first, second)
    return replace(first, end=second.end, numeral=(first.start, second.end), kind=kind) if kind else None


def _result(text: str, first: Figure, second: Figure) -> NumberKind | None:
    between = gap(text, first, second, most=4)
    if between in (" to ", ":", "-to-"):
        return "ratio" if second.low == 1 < first.low else None
    if between not in ("-", "–"):
        return None
    if first.low >= second.low:
        return "score"
    in_row = _SET_BEFORE.search(_before(text, first, 12)) or _SET_AFTER.match(text, second.end)
    told = in_row or _WON.search(_before(text, first, 60)) or _CONTEST.match(text, second.end)
    return "score" if told and not _MEASURES.match(text, second.end) else None


def _is_small(figure: Figure) -> bool:
    whole_number = isinstance(figure.low, int) and figure.high is None and figure.form in ("digits", "words")
    return whole_number and not figure.scaled and 0 <= figure.low < 500


def ranges(text: str, found: list[Figure]) -> list[Figure]:
    """ "5-7 km", "between $800,000 and $1.2 million": two neighbours that bound one."""
    return _fold(_range, text, found)


def _range(text: str, first: Figure, second: Figure) -> Figure | None:
    if first.high is not None or second.high is not None or not _have_one_unit(first, second):
        return None
    between = gap(text, first, second)
    bounded = between == " and " and _BETWEEN.search(_before(text, first))
    if not (bounded or _TO.fullmatch(between)):
        return None
    if second.low < 0 <= first.low:
        second = replace(second, low=-second.low)
    falls = between.strip() == "to" and _FROM.search(_before(text, first))
    if first.low == second.low or (first.low > second.low and not falls) or _is_level(text, first, second):
        return None
    return as_range(first, second)


_CHANGED = re.compile(r"\b([A-Za-z]+) (?:by |about |another |a further )?$")
FARTHEST_LEVEL = 5
"""A level is so many times the change that leads to it; ends of a range are nearer to each other."""


def _is_level(text: str, first: Figure, second: Figure) -> bool:
    """Whether a change and its new level touch, and not two ends: "gained $1.45 to $77.12"."""
    near = second.low < FARTHEST_LEVEL * first.low
    if first.unit is None or near or first.kind not in ("money", "percent", "measure"):
        return False
    verb = _CHANGED.search(_before(text, first))
    return verb is not None and quantifiers().is_change(verb[1].lower())


def _have_one_unit(first: Figure, second: Figure) -> bool:
    """Whether they can bound one range: the same unit, or the first of them without."""
    if first.unit and second.unit:
        return first.unit == second.unit
    if first.written is not None or (first.is_year and (second.scaled or isinstance(second.low, float))):
        return False
    return first.form != "fraction" or second.form == "fraction"


_LIST_GAP = re.compile(r"-?,?(?:[ -]?(?:and|or|to|nor|by|x|×|&|/|versus|vs\.?|against)-? ?)?\s?")


def shared(text: str, found: list[Figure]) -> list[Figure]:
    """ "Four-, five- and six-seat", "7- or 8-inch", "8 or $9": the unit of the last counts for those before."""
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at], found[at + 1]
        goes_on = at + 2 < len(found) and second.shared
        if second.unit is not None and _takes_unit(text, first, second, goes_on):
            found[at] = replace(first, kind=second.kind, unit=second.unit, shared=True)
    return found


def _takes_unit(text: str, first: Figure, second: Figure, goes_on: bool) -> bool:
    if (
        first.unit
        or first.kind != "count"
        or first.form == "fraction"
        or second.converts
        or second.kind in ("age", "rate")
    ):
        return False
    if (first.is_year and "," not in text[first.start : first.end]) or (second.before and first.low > second.low):
        return False
    between = gap(text, first, second)
    if not between.strip() or not _LIST_GAP.fullmatch(between):
        return False
    return between.strip() != "," or goes_on


def feet_and_inches(text: str, found: list[Figure]) -> list[Figure]:
    """ "6 feet 7": inches are left unsaid."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        if (
            first.unit == "foot"
            and second.unit is None
            and second.is_whole
            and second.low < 12
            and gap(text, first, second) == " "
        ):
            found[at] = replace(second, unit="inch", kind="measure")
    return found


_OPENING = re.compile(
    r" ?[(\[]\s?(?:(?:about|around|roughly|nearly|some|approximately|or|over|just|under|almost|up to|c\.|ca\.)\s)?"
    r"[~≈=<>+]?\s?"
)
_NEXT_INSIDE = re.compile(r" ?(?:/|,|;|or) ?")


def conversions(text: str, found: list[Figure]) -> list[Figure]:
    """ "140 kW (190 PS / 187 hp)", "HK$310,000 ($39,700)": the same again in another unit."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        if second.unit is None or first.unit is None or second.unit == first.unit:
            continue
        if second.kind in ("percent", "duration", "age") and first.kind != second.kind:
            continue
        between = gap(text, first, second)
        if _OPENING.fullmatch(between) or (first.converts and _NEXT_INSIDE.fullmatch(between)):
            found[at] = replace(second, converts=True)
    return found


LONGEST_GAP = 60
"""Characters between the two ends of a "from … to …"."""

_CUES = (
    r"(?:(?:about|around|roughly|nearly|almost|some|just|only|over|under|up to|an average of|a|an|more than"
    r"|less than) )?"
)
_FROM_CUE = re.compile(rf"\bfrom {_CUES}$", re.I)
_TO_CUE = re.compile(rf"\bto {_CUES}$", re.I)
_UP_FROM = re.compile(rf"\b(?:up|down|differs?|different|away|apart) from {_CUES}$", re.I)
_STOP = re.compile(r"[.;:!?\n](?:\s|$)|[(,]|\b(?:and|but|while|when|which|who|that)\b")


def distant_ranges(text: str, found: list[Figure]) -> list[Figure]:
    """ "From 18 in 2005 to 26 in 2015", "to 1,200 from 1,450": ends that do not touch."""
    return _fold(_distant_range, text, found)


def _distant_range(text: str, first: Figure, second: Figure) -> Figure | None:
    between = gap(text, first, second, LONGEST_GAP)
    plain = first.high is None and second.high is None and not (first.converts or second.converts)
    one_unit = first.unit == second.unit or first.unit is None or second.unit is None
    if not plain or not one_unit or first.kind == "age" or first.low == second.low or _STOP.search(between):
        return None
    before = _before(text, first)
    rises = _FROM_CUE.search(before) and not _UP_FROM.search(before) and _TO_CUE.search(between)
    falls = _TO_CUE.search(before) and len(between) <= 30 and _FROM_CUE.search(between) and not _UP_FROM.search(between)
    return replace(as_range(first, second), certain=0.9) if rises or falls else None
