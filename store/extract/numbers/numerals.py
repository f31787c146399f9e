"""The grammar of numerals: where a text writes a number, and which one. Digits with any separators, scale words,
spelled-out numbers, fractions and vague plurals.

Only how numbers are written is known here. Units, ranges, and whether a numeral is a figure at all (or a date, a name,
a pronoun) are the business of `figures` and `exclusions`. Takes time linear in the text; no parse is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from store.extract.numbers.lexemes import Lexeme, lexemes

Form = Literal["digits", "words", "fraction", "vague"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written, scale word included, without sign and unit."""

    start: int
    end: int
    low: float | int
    high: float | int | None
    """Only of a vague plural: "thousands" is 1,000 to 10,000."""
    form: Form
    factor: float | int = 1
    """What the scale word at its end multiplies by: a million in "1.5 million", 12 in "two dozen"; 1 without one."""


MOST = 10**36
"""No scale word is read that would lead beyond it."""

_LINK = re.compile(r"[ \u00a0\u202f]?[-‐‑][ ]?|[ \u00a0\u202f]{1,2}|")
"""What may stand between two pieces of one numeral."""


def scan(text: str) -> Iterator[Numeral]:
    """The numerals of `text`, in order and without overlap.

    >>> [(n.low, n.high) for n in scan("1,200 of twenty-three thousand, 2½ and tens of thousands")]
    [(1200, None), (23000, None), (2.5, None), (10000, 100000)]
    """
    run: list[Lexeme] = []
    for lexeme in lexemes(text):
        if run and not _LINK.fullmatch(text, run[-1].end, lexeme.start):
            yield from _numerals(run)
            run = []
        run.append(lexeme)
    yield from _numerals(run)


def _numerals(run: list[Lexeme]) -> Iterator[Numeral]:
    at = 0
    while at < len(run):
        numeral, used = _read(run, at)
        if numeral is not None:
            yield numeral
        at += used


def _read(run: list[Lexeme], at: int) -> tuple[Numeral | None, int]:
    """The numeral that begins at lexeme `at`, and how many lexemes it takes (at least one)."""
    for rule in (_vague, _few, _part, _half, _cardinal):
        found = rule(run, at)
        if found is not None:
            return found
    return None, 1


Found = tuple[Numeral, int] | None


def _sorts(run: list[Lexeme], at: int, *sorts: str) -> bool:
    """Whether the lexemes from `at` on are of these sorts ("hundred" is a scale, too)."""
    if at + len(sorts) > len(run):
        return False
    return all(run[at + i].sort in sort.split("|") for i, sort in enumerate(sorts))


def _vague(run: list[Lexeme], at: int) -> Found:
    """ "tens of thousands", "dozens": from the named amount to ten times as much."""
    if run[at].sort != "plural":
        return None
    low, used = run[at].value, 1
    while _sorts(run, at + used, "of", "plural") and low < MOST:
        low, used = low * run[at + used + 1].value, used + 2
    return Numeral(run[at].start, run[at + used - 1].end, low, low * 10, "vague"), used


def _few(run: list[Lexeme], at: int) -> Found:
    """ "a couple dozen" is 24; "several hundred" and "a few thousand" are as vague as "hundreds" and "thousands"."""
    first = at + (run[at].sort == "a")
    if not _sorts(run, first, "few"):
        return None
    then = first + (2 if _sorts(run, first + 1, "of") else 1)
    value: float = 1
    used = then
    while _sorts(run, used, "hundred|scale|dozen") and value < MOST:
        value, used = value * run[used].value, used + 1
    if used == then:
        return None
    if few := run[first].value:
        return Numeral(run[at].start, run[used - 1].end, few * value, None, "words", value), used - at
    return Numeral(run[at].start, run[used - 1].end, value, value * 10, "vague", value), used - at


def _part(run: list[Lexeme], at: int) -> Found:
    """ "two-thirds", "a quarter", "three quarters of a million"."""
    if _sorts(run, at, "unit|teen|number", "parts"):
        above = run[at].value
    elif _sorts(run, at, "a|unit|number", "part") and run[at].value == 1:
        above = 1
    else:
        return None
    value = above / run[at + 1].value
    if _sorts(run, at + 2, "of", "a", "scale|hundred|dozen"):
        return Numeral(run[at].start, run[at + 4].end, value * run[at + 4].value, None, "words", run[at + 4].value), 5
    return Numeral(run[at].start, run[at + 1].end, value, None, "fraction"), 2


def _half(run: list[Lexeme], at: int) -> Found:
    """ "half", "half a million", "half a dozen", "a half"."""
    first = at + (run[at].sort == "a")
    if not _sorts(run, first, "half"):
        return None
    then = first + 1 + (1 if _sorts(run, first + 1, "a") else 0)
    if _sorts(run, then, "scale|hundred|dozen"):
        return Numeral(
            run[at].start, run[then].end, whole(run[then].value / 2), None, "words", run[then].value
        ), then + 1 - at
    return Numeral(run[at].start, run[first].end, 0.5, None, "fraction"), first + 1 - at


def whole(value: float | int) -> float | int:
    """`value` as an integer when it is one but for the rounding of floating point.

    >>> whole(4.1 * 10**6), whole(2.5)
    (4100000, 2.5)
    """
    if isinstance(value, int) or not abs(value) < 10**15:
        return value
    nearest = round(value)
    return nearest if abs(value - nearest) <= 1e-12 * abs(value) else value


def _cardinal(run: list[Lexeme], at: int) -> Found:
    """ "Five", "4 hundred million", "one hundred and five", "two and a half billion", "five point three"."""
    reading = _Reading()
    used = 0
    while at + used < len(run) and (step := reading.take(run, at + used)):
        used += step
    while used and run[at + used - 1].sort in ("a", "and", "of"):
        used -= 1
    if not reading.said or not used:
        return None
    form: Form = "digits" if run[at].sort == "number" else "fraction" if run[at].sort == "fraction" else "words"
    value = whole(reading.value)
    return Numeral(run[at].start, run[at + used - 1].end, value, None, form, reading.factor), used


class _Reading:
    """Adds up a cardinal piece by piece; `take` says how many lexemes fit, 0 when the number is over."""

    def __init__(self) -> None:
        self.total: float | int = 0
        self.group: float | int = 0
        self.said = False
        self.factor: float | int = 1
        """What the scale words at its end multiply by."""
        self.room: float | int = 0
        """What may still be added to the group: below 100 after a hundred, below 10 after a ten."""

    @property
    def value(self) -> float | int:
        return self.total + self.group

    def take(self, run: list[Lexeme], at: int) -> int:
        lexeme = run[at]
        if lexeme.sort in ("number", "fraction"):
            return 0 if self.said else self._start(lexeme.value)
        if lexeme.sort == "a":
            opens = not self.said and _sorts(run, at + 1, "hundred|scale|dozen")
            return self._start(1) if opens else 0
        if lexeme.sort in ("unit", "teen", "ten"):
            return self._add(lexeme)
        if lexeme.sort in ("hundred", "scale", "dozen"):
            return self._scale(lexeme)
        if lexeme.sort == "and":
            return self._and(run, at)
        return self._point(run, at) if lexeme.sort == "point" else 0

    def _start(self, value: float | int) -> int:
        self.group, self.said, self.room = value, True, 0
        return 1

    def _add(self, lexeme: Lexeme) -> int:
        if self.said and not (0 < lexeme.value < self.room):
            return 0
        self.group += lexeme.value
        self.said = True
        self.room = 10 if lexeme.sort == "ten" else 0
        self.factor = 1
        return 1

    def _scale(self, lexeme: Lexeme) -> int:
        if not self.said or self.value > MOST:
            return 0
        if lexeme.sort == "scale":
            self.total = self._scaled(lexeme.value)
            self.group = 0
            self.room = min(lexeme.value, 1000)
        else:
            self.group *= lexeme.value
            self.room = 100 if lexeme.sort == "hundred" else 0
        self.factor *= lexeme.value
        return 1

    def _scaled(self, scale: float | int) -> float | int:
        """ "two thousand million" multiplies all that went before, "two million six thousand" only the last group."""
        if self.group:
            return self.total + self.group * scale
        return self.total * scale

    def _and(self, run: list[Lexeme], at: int) -> int:
        if _sorts(run, at + 1, "a", "half") or _sorts(run, at + 1, "a", "part"):
            self.group += 1 / run[at + 2].value
            return 3 if self.said and self.factor == 1 else 0
        follows = _sorts(run, at + 1, "unit|teen|ten") and run[at + 1].value < self.room
        return 1 if self.factor > 1 and follows and not _sorts(run, at + 2, "hundred|scale") else 0

    def _point(self, run: list[Lexeme], at: int) -> int:
        digits: list[str] = []
        while _sorts(run, at + 1 + len(digits), "unit"):
            digits.append(str(run[at + 1 + len(digits)].value))
        if not self.said or self.factor > 1 or not digits:
            return 0
        self.group += float(f"0.{''.join(digits)}")
        return 1 + len(digits)
