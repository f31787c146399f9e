"""The pieces that numerals are made of: digits with their separators, fraction signs, number words.

What numbers the pieces make together is the business of `numerals`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_DIGITS = 30
"""Longer runs of digits are identifiers, not figures."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a numeral."""

    start: int
    end: int
    sort: str
    """`number` and `fraction` in digits; `unit`, `teen`, `ten`, `hundred`, `scale`, `dozen`, `plural`, `part`, `parts`,
    `half`, `few`; `a`, `and`, `of`, `point`, which only join others."""
    value: float | int


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
LETTERS: dict[str, int] = {
    "k": 10**3,
    "K": 10**3,
    "m": 10**6,
    "M": 10**6,
    "b": 10**9,
    "B": 10**9,
    "t": 10**12,
    "T": 10**12,
}
"""What a scale letter multiplies by; whether it is one or a unit is decided in `measured`."""

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PLURALS = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "lakhs": 10**5,
    "crores": 10**7,
    **{f"{word}s": value for word, value in SCALES.items() if word.endswith(("illion", "thousand"))},
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
    "tenth": 10,
    "twelfth": 12,
    "sixteenth": 16,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
}
_SIGNS = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
    "⅐": 1 / 7,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
    "⅑": 1 / 9,
    "⅒": 1 / 10,
}


def _words() -> dict[str, tuple[str, float | int]]:
    return {
        **{word: ("unit", value) for value, word in enumerate(_ONES)},
        **{word: ("teen", value) for value, word in enumerate(_TEENS, 10)},
        **{word: ("ten", 10 * value) for value, word in enumerate(_TENS, 2)},
        **{word: ("scale", value) for word, value in SCALES.items()},
        **{word: ("plural", value) for word, value in _PLURALS.items()},
        **{word: ("part", value) for word, value in _PARTS.items()},
        **{f"{word}s": ("parts", value) for word, value in _PARTS.items()},
        "dozen": ("dozen", 12),
        "hundred": ("hundred", 100),
        "half": ("half", 2),
        "halves": ("parts", 2),
        "a": ("a", 1),
        "an": ("a", 1),
        "and": ("and", 0),
        "of": ("of", 0),
        "point": ("point", 0),
        "couple": ("few", 2),
        "few": ("few", 0),
        "several": ("few", 0),
    }


_WORDS = _words()
_BLANKS = "\u00a0\u2009\u202f"
_GAP = f"'’{_BLANKS}"
_NUMBER = rf"""
    (?<!\d)(?<!\d[.,{_BLANKS}])
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
_SIGN = rf"(?:\d{{1,4}}[ ]?)?[{''.join(_SIGNS)}]"
_LEXEME = re.compile(
    rf"(?P<word>(?<![^\W\d_])[A-Za-z]+(?![^\W_]))|(?P<fraction>{_FRACTION}|{_SIGN})|(?P<number>{_NUMBER})",
    re.VERBOSE,
)
_DENOMINATORS = frozenset([*range(2, 13), 15, 16, 20, 24, 25, 30, 32, 40, 50, 60, 64, 100, 128, 200, 256, 500, 1000])
"""What people divide by."""
_FOLD = re.compile(r"folds?$")


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces of `text` in order; `numerals` decides which of them belong together."""
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        written = match[0]
        if match["word"]:
            word = written.lower() if len(written) < 4 else _FOLD.sub("", written.lower())
            sort, value = _WORDS.get(word, ("", 0))
            if sort and not (sort in ("part", "parts", "point") and written.istitle()):
                yield Lexeme(start, start + len(word), sort, value)
        elif match["fraction"]:
            fraction = _fraction(written)
            if fraction is not None:
                yield Lexeme(start, end, "fraction", fraction)
        elif end - start <= MOST_DIGITS:
            value = _decimal(written)
            yield Lexeme(start, end, "number", value)


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
    """The value of "1/2", "1 1/2", "½" or "2½"; None for what is no part of one: "46/182" numbers a document.

    >>> _fraction("1 1/2"), _fraction("2½"), _fraction("46/182"), _fraction("7/5")
    (1.5, 2.5, None, None)
    """
    if written[-1] in _SIGNS:
        return float(written[:-1].strip() or 0) + _SIGNS[written[-1]]
    whole, _, rest = written.replace("⁄", "/").replace("-", " ").rpartition(" ")
    above, below = rest.split("/")
    if int(below) not in _DENOMINATORS or int(above) >= int(below):
        return None
    return float(whole or 0) + int(above) / int(below)
