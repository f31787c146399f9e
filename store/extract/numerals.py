"""The grammar of numerals: where a text writes a number, and which one. Digits with any separators, scale words,
spelled-out numbers, fractions and vague plurals.

Only how numbers are written is known here. Units, ranges, and whether a numeral is a figure at all (or a date, a name, a
pronoun) are the business of `figures` and `exclusions`. Takes time linear in the text; no parse is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["digits", "words", "fraction", "vague"]

MOST_DIGITS = 30
"""Longer runs of digits are identifiers, not figures."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written, scale word included, without sign and unit."""

    start: int
    end: int
    low: float | int
    high: float | int | None
    """Only of a vague plural: "thousands" is 1,000 to 10,000."""
    form: Form
    scaled: bool = False
    """Whether a scale word or letter is part of it: "1.5 million", "3k", "two dozen"."""


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """A piece of a numeral."""

    start: int
    end: int
    sort: str
    """`number`, `unit`, `ten`, `hundred`, `scale`, `plural`, `part`, `half`, `few`, `a`, `and`, `of`, `point`."""
    value: float | int
    glued: bool = False


_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES: dict[str, int] = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
    "quintillion": 10**18,
    "lakh": 10**5,
    "crore": 10**7,
    "mln": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "bln": 10**9,
    "bn": 10**9,
    "trn": 10**12,
    "tn": 10**12,
}
"""What a scale word multiplies by (short scale)."""
MOST = 10**36
"""No scale word is read that would lead beyond it."""
LETTERS: dict[str, int] = {
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "m": 10**6,
    "b": 10**9,
    "B": 10**9,
    "T": 10**12,
    "t": 10**12,
}
"""Scale letters; `m`, `t` and the like are units as well: see `figures`."""
_PLURALS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "lakhs": 10**5, "crores": 10**7} | {
    f"{word}s": value for word, value in SCALES.items() if word.endswith(("illion", "thousand"))
}
_PARTS = {

        "third": 3,
        "quarter": 4,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10
    ,
    "twelfth": 12, "sixteenth": 16, "twentieth": 20, "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
}
_GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅐": 1 / 7, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅑": 1 / 9, "⅒": 1 / 10,
}


def _words() -> dict[str, tuple[str, float | int]]:
    table: dict[str, tuple[str, float | int]] = {}
    table |= {word: ("unit", value) for value, word in enumerate(_ONES)}
    table |= {word: ("teen", value) for value, word in enumerate(_TEENS, 10)}
    table |= {word: ("ten", 10 * value) for value, word in enumerate(_TENS, 2)}
    table |= {word: ("scale", value) for word, value in SCALES.items()}
    table |= {word: ("plural", value) for word, value in _PLURALS.items()}
    table |= {word: ("part", value) for word, value in _PARTS.items()}
    table |= {f"{word}s": ("parts", value) for word, value in _PARTS.items()}
    table |= {"dozen": ("dozen", 12), "hundred": ("hundred", 100), "half": ("half", 2), "halves": ("parts", 2)}
    table |= {"a": ("a", 1), "an": ("a", 1), "and": ("and", 0), "of": ("of", 0), "point": ("point", 0)}
    table |= {"couple": ("few", 2), "few": ("few", 0), "several": ("few", 0)}
    return table


_WORDS = _words()
_GAP = "'’\u00a0\u2009\u202f"
_NUMBER = rf"""
    (?<!\d)(?<!\d[.,{_GAP}])
    (?: \d{{1,3}}(?:,\d{{3}}){{1,8}}(?:\.\d+)?            # 1,234,567.8
      | \d{{1,2}}(?:,\d{{2}}){{1,6}},\d{{3}}(?:\.\d+)?    # 12,34,567 (Indian)
      | \d{{1,3}}(?:[{_GAP}]\d{{3}}){{1,8}}(?:[.,]\d+)?   # 1'234'567, 1 234 567 with hard blanks
      | \d{{1,3}}(?:\ \d{{3}}){{2,8}}(?:\.\d+)?           # 1 234 567
      | \d{{1,3}}(?:\.\d{{3}}){{2,8}}(?:,\d+)?            # 1.234.567,8
      | \d{{1,3}}(?:\.\d{{3}}){{1,8}},\d{{1,2}}           # 1.234,56
      | \d+\.\d+
      | \d+,\d{{1,2}}                                     # 3,5 (decimal comma)
      | \d+
      | (?<![\w.])\.\d+                                   # .534
    )
    (?!\d)(?![.,]\d)
"""
_FRACTION = r"(?:(?<![\d/.,])(?:\d{1,3}[ -])?\d{1,4}[/⁄]\d{1,4}(?![\d/⁄.,]\d?\d))"
_GLYPH = rf"(?:\d{{1,4}}[ ]?)?[{''.join(_GLYPHS)}]"
_LEXEME = re.compile(
    rf"(?P<word>(?<![^\W\d_])[A-Za-z]+(?![^\W_]))|(?P<fraction>{_FRACTION}|{_GLYPH})|(?P<number>{_NUMBER})",
    re.VERBOSE,
)
_FOLD = re.compile(r"folds?$")
_LINK = re.compile(r"[ \u00a0\u202f]?[-‐‑][ ]?|[ \u00a0\u202f]{1,2}|")
"""What may stand between two pieces of one numeral."""


def scan(text: str) -> Iterator[Numeral]:
    """The numerals of `text`, in order and without overlap.

    >>> [(n.low, n.high) for n in scan("1,200 of twenty-three thousand, 2½ and tens of thousands")]
    [(1200, None), (23000, None), (2.5, None), (10000, 100000)]
    """
    run: list[_Lexeme] = []
    for lexeme in _lexemes(text):
        if run and not _LINK.fullmatch(text, run[-1].end, lexeme.start):
            yield from _numerals(run)
            run = []
        run.append(lexeme)
    yield from _numerals(run)


def _lexemes(text: str) -> Iterator[_Lexeme]:
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        written = match[0]
        if match["word"]:
            word = written.lower() if len(written) < 4 else _FOLD.sub("", written.lower())
            sort, value = _WORDS.get(word, ("", 0))
            if sort and not (sort in ("part", "parts", "point") and written.istitle()):
                yield _Lexeme(start, start + len(word), sort, value)
        elif match["fraction"]:
            fraction = _fraction(written)
            if fraction is not None:
                yield _Lexeme(start, end, "fraction", fraction)
        elif end - start <= MOST_DIGITS:
            value = _decimal(written)
            yield _Lexeme(start, end, "number", value)


def _decimal(written: str) -> float | int:
    """The value of digits with separators.

    >>> _decimal("1.234.567,5"), _decimal("12,34,567"), _decimal("3,5"), _decimal("2,400")
    (1234567.5, 1234567, 3.5, 2400)
    """
    plain = re.sub(rf"[{_GAP} ]", "", written)
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma > point >= 0 or plain.count(".") > 1:
        plain = plain.replace(".", "").replace(",", ".")
    elif comma >= 0 and point < 0 and plain.count(",") == 1 and len(plain) - comma - 1 != 3:
        plain = plain.replace(",", ".")
    plain = plain.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _fraction(written: str) -> float | None:
    """The value of "1/2", "1 1/2", "½" or "2½"; None when it divides by zero.

    >>> _fraction("1 1/2"), _fraction("2½")
    (1.5, 2.5)
    """
    if written[-1] in _GLYPHS:
        return float(written[:-1].strip() or 0) + _GLYPHS[written[-1]]
    whole, _, rest = written.replace("⁄", "/").replace("-", " ").rpartition(" ")
    above, below = rest.split("/")
    return float(whole or 0) + int(above) / int(below) if int(below) else None


def _numerals(run: list[_Lexeme]) -> Iterator[Numeral]:
    at = 0
    while at < len(run):
        numeral, used = _read(run, at)
        if numeral is not None:
            yield numeral
        at += used


def _read(run: list[_Lexeme], at: int) -> tuple[Numeral | None, int]:
    """The numeral that begins at lexeme `at`, and how many lexemes it takes (at least one)."""
    for rule in (_vague, _few, _part, _half, _cardinal):
        found = rule(run, at)
        if found is not None:
            return found
    return None, 1


Found = tuple[Numeral, int] | None


def _sorts(run: list[_Lexeme], at: int, *sorts: str) -> bool:
    """Whether the lexemes from `at` on are of these sorts ("hundred" is a scale, too)."""
    if at + len(sorts) > len(run):
        return False
    return all(run[at + i].sort in sort.split("|") for i, sort in enumerate(sorts))


def _vague(run: list[_Lexeme], at: int) -> Found:
    """ "tens of thousands", "dozens": from the named amount to ten times as much."""
    if run[at].sort != "plural":
        return None
    low, used = run[at].value, 1
    while _sorts(run, at + used, "of", "plural") and low < MOST:
        low, used = low * run[at + used + 1].value, used + 2
    return Numeral(run[at].start, run[at + used - 1].end, low, low * 10, "vague"), used


def _few(run: list[_Lexeme], at: int) -> Found:
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
        return Numeral(run[at].start, run[used - 1].end, few * value, None, "words", True), used - at
    return Numeral(run[at].start, run[used - 1].end, value, value * 10, "vague", True), used - at


def _part(run: list[_Lexeme], at: int) -> Found:
    """ "two-thirds", "a quarter", "three quarters of a million"."""
    if _sorts(run, at, "unit|teen|number", "parts"):
        above = run[at].value
    elif _sorts(run, at, "a|unit|number", "part") and run[at].value == 1:
        above = 1
    else:
        return None
    value = above / run[at + 1].value
    if _sorts(run, at + 2, "of", "a", "scale|hundred|dozen"):
        return Numeral(run[at].start, run[at + 4].end, value * run[at + 4].value, None, "words", True), 5
    return Numeral(run[at].start, run[at + 1].end, value, None, "fraction"), 2


def _half(run: list[_Lexeme], at: int) -> Found:
    """ "half", "half a million", "half a dozen", "a half"."""
    first = at + (run[at].sort == "a")
    if not _sorts(run, first, "half"):
        return None
    then = first + 1 + (1 if _sorts(run, first + 1, "a") else 0)
    if _sorts(run, then, "scale|hundred|dozen"):
        return Numeral(run[at].start, run[then].end, whole(run[then].value / 2), None, "words", True), then + 1 - at
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


def _cardinal(run: list[_Lexeme], at: int) -> Found:
    """ "five", "4 hundred million", "one hundred and five", "two and a half billion", "a million", "five point three"."""
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
    return Numeral(run[at].start, run[at + used - 1].end, value, None, form, reading.scaled), used


class _Reading:
    """Adds up a cardinal piece by piece; `take` says how many lexemes fit, 0 when the number is over."""

    def __init__(self) -> None:
        self.total: float = 0
        self.group: float = 0
        self.said = False
        self.scaled = False
        self.room = 0
        """What may still be added to the group: below 100 after a hundred, below 10 after a ten."""

    @property
    def value(self) -> float | int:
        return self.total + self.group

    def take(self, run: list[_Lexeme], at: int) -> int:
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

    def _add(self, lexeme: _Lexeme) -> int:
        if self.said and not (0 < lexeme.value < self.room):
            return 0
        self.group += lexeme.value
        self.said = True
        self.room = 10 if lexeme.sort == "ten" else 0
        return 1

    def _scale(self, lexeme: _Lexeme) -> int:
        if not self.said or self.value > MOST:
            return 0
        if lexeme.sort == "scale":
            self.total, self.group = self._scaled(lexeme.value), 0
            self.room = min(lexeme.value, 1000)
        else:
            self.group *= lexeme.value
            self.room = 100 if lexeme.sort == "hundred" else 0
        self.scaled = True
        return 1

    def _scaled(self, scale: float | int) -> float | int:
        """ "two thousand million" multiplies all that went before, "two million six thousand" only the last group."""
        if self.group:
            return self.total + self.group * scale
        return self.total * scale

    def _and(self, run: list[_Lexeme], at: int) -> int:
        if _sorts(run, at + 1, "a", "half") or _sorts(run, at + 1, "a", "part"):
            self.group += 1 / run[at + 2].value
            return 3 if self.said and not self.scaled else 0
        follows = _sorts(run, at + 1, "unit|teen|ten") and run[at + 1].value < self.room
        return 1 if self.scaled and follows and not _sorts(run, at + 2, "hundred|scale") else 0

    def _point(self, run: list[_Lexeme], at: int) -> int:
        digits: list[str] = []
        while _sorts(run, at + 1 + len(digits), "unit"):
            digits.append(str(run[at + 1 + len(digits)].value))
        if not self.said or self.scaled or not digits:
            return 0
        self.group += float(f"0.{''.join(digits)}")
        return 1 + len(digits)
