"""Units that a figure shares with one before it: those of a level after a change, of the amount of the year before.

Both functions take the text and its figures in order and give them back, completed. Neighbours only.
"""

import re
from dataclasses import replace

from store.extract.numbers.figure import Figure, gap

LONGEST_SENTENCE = 160
"""Characters between two amounts of money of which the later leaves its currency out."""
_CONVERTED = re.compile(r" ?[(\[](?:about |around |or |some )?[^\w\s)]?[A-Z$€£¥]")
_ENDS = re.compile(r"[.!?](?:\s|$)|\n")


def same_money(text: str, found: list[Figure]) -> list[Figure]:
    """ "5 billion euros on sales of 14 *billion*", "€3.15 (*3.72*)": an amount that leaves its currency out."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        if first.kind not in ("money", "percent") or second.unit is not None or second.kind != "count":
            continue
        between = text[first.end : second.start] if second.start - first.end <= LONGEST_SENTENCE else "\n"
        if _CONVERTED.match(text, second.end):
            continue
        year_before = between in (" (", " [") and text[second.end : second.end + 1] in (")", "]")
        scaled = first.kind == "money" and first.scaled and second.scaled and _is_unnamed(text, second)
        if (year_before and not second.is_year) or (scaled and not _ENDS.search(between) and not first.converts):
            found[at] = replace(second, unit=first.unit, kind=first.kind)
    return found


_LEVEL = re.compile(r",? (?:to|at|against|versus|from) (?:[a-z]+ ){0,3}?")
_NEXT_WORD = re.compile(r"[ -]([A-Za-z]{1,20})")
_NO_NOUN = frozenset(
    [
        "for",
        "and",
        "but",
        "while",
        "after",
        "from",
        "in",
        "on",
        "by",
        "as",
        "at",
        "a",
        "an",
        "the",
        "to",
        "since",
        "when",
        "with",
        "if",
        "or",
        "this",
        "last",
        "next",
        "than",
        "including",
        "against",
    ]
)


def levels(text: str, found: list[Figure]) -> list[Figure]:
    """ "Rose 64 points to 4,577", "21 mpg, against 18": a bare level is in the unit of the change before it."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        bare = second.unit is None and second.form == "digits" and second.kind == "count"
        if not bare or first.kind not in ("measure", "money") or first.shared:
            continue
        if _LEVEL.fullmatch(gap(text, first, second, 40)) and _is_unnamed(text, second):
            found[at] = replace(second, unit=first.unit, kind=first.kind)
    return found


def _is_unnamed(text: str, figure: Figure) -> bool:
    """Whether no noun follows that the figure could count."""
    word = _NEXT_WORD.match(text, figure.end)
    return word is None or word[1].lower() in _NO_NOUN
