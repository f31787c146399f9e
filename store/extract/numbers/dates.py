"""What is written with digits and is no figure, as the letters alone show: dates, clock times, telephone numbers,
addresses, list numbering and numbered labels.

What only the parse can tell, and idioms, are the business of `exclusions`.
"""

import re

from store.extract.numbers.numerals import Numeral

REACH = 48
"""How many characters around a numeral are looked at."""
LONGEST_WORD = 300

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_SECOND_DAY = rf"(?:\s?(?:[-–,&]|and|to)\s?{_DAY}(?!\s(?:per|million|people)))?"
_HOUR = r"\d{1,2}(?:[:.]\d\d){0,2}"
_YEAR = r"(?:1\d|20)\d\d(?![\d%]|[.,]\d)"
_FREE = r"(?<![\w.,$£€])"
_SHAPES = {
    "July 4[, 2016], May 3-5, June 2019": rf"\b{_MONTH}(?:\s{_DAY}{_SECOND_DAY}(?:,?\s?{_YEAR})?|,?\s{_YEAR}|)(?=\W|$)",
    "4 July [2016], 3rd of May": rf"{_FREE}{_DAY}{_SECOND_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?\b",
    "2019-12-20, 4/7/2016": rf"{_FREE}\d{{1,4}}(?P<part>[-/.])\d{{1,2}}(?P=part)\d{{1,4}}(?![\w%]|[.,]\d)",
    "2014-15": rf"{_FREE}{_YEAR}\s?[-–/]\s?(?:\d\d|{_YEAR})(?![\w%]|[.,]\d)(?!\s?[-–/]\d)",
    "9/11, 24/7": r"(?<![\w/])(?:9/11|24/7|7/7|50/50)(?![\w/])",
    "AD 1000 to 1260": r"\bA\.?D\.?\s?\d{1,4}(?:\s?(?:and|to|[-–])\s?\d{1,4})?",
    "44 BC": r"\b\d{1,4}\s?(?:B\.?C\.?(?:E\.?)?|C\.E\.|CE|A\.?D\.?)(?!\w)",
    "2:30 p.m., 9-11 am": rf"(?<![\w.]){_HOUR}(?:\s?[-–]\s?{_HOUR})?\s?(?:[ap]\.?\s?m\b\.?|[AP]\.?M\b\.?)",
    "17:22, 1:36.6": r"(?<![\w.:])\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?![\d:])",
    "0401 GMT": r"\b\d{4}\s?(?:GMT|UTC|EST|EDT|PST|PDT|CET|BST|hrs)\b",
    "five o'clock": r"\b(?:\d{1,2}|[a-z]{3,6}) o['’]clock\b",
    "+44 20 7946 0000": r"(?<![\w.])\+\d[\d ().-]{6,18}\d(?!\w)",
    "(212) 555-0100": r"(?<![\w.,])\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}(?!\w)|(?<!\w)1-[89]\d\d-[\dA-Z]{3}-?[\dA-Z]{4}",
    "#5, § 12": r"(?<!\w)[#§№]\s?\d+(?:[.,-]\d+)*",
    "3. at a line's start": r"(?m:^)[ \t]{0,8}(?:\d{1,3}[.)]|\(\d{1,3}\))(?=[ \t])",
    "1.2 The": r"(?m:^)[ \t]{0,8}\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t]+(?!(?:M|B|Tr)illion|Percent)[A-Z])",
    "No. 10, pp. 3-5": r"\b(?:[Nn]os?|[Pp]p?|[Aa]rt|[Vv]ol|[Cc]h|[Ss]ec|[Ff]ig|NO)\.\s?\d+(?:[-–,]\s?\d+)*|\bNos? \d+",
    "the 10115 postcode": r"\b\d{3,6}(?:-\d{4})?\s(?:(?:ZIP|zip|Zip|area|postal)\s[cC]odes?|postcodes?)\b",
    "number one": r"\b[Nn]umber (?:\d+|one|two|three|ten)\b(?! (?:of|million))",
    "CN-235-100, ISO 9001": r"\b[A-Z]{2,}-\d+(?:-\d+)*\b|\bISO \d+(?:-\d+)*",
    "12 Elm Street": r"\b\d{1,5}(?:[-–]\d{1,5})?\s(?:[A-Z][\w.]*\s){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Boulevard|Blvd|Drive|Square)\b",
}
_SHAPE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES.values()))
_ADDRESS = re.compile(r"://|www\.|@\w|\w/\w+/\w")


def is_date_or_label(text: str, numeral: Numeral) -> bool:
    """Whether `numeral` is part of a date, a clock time, a telephone number, an address or a numbered label."""
    near = _SHAPE.finditer(text, max(0, numeral.start - REACH), min(len(text), numeral.end + REACH))
    if any(match.start() < numeral.end and numeral.start < match.end() for match in near):
        return True
    return bool(_ADDRESS.search(_word_around(text, numeral)))


def _word_around(text: str, numeral: Numeral) -> str:
    """The run without white space that the numeral begins in."""
    head = text[max(0, numeral.start - LONGEST_WORD) : numeral.start].split()
    glued = numeral.start > 0 and not text[numeral.start - 1].isspace()
    tail = text[numeral.start : numeral.end + LONGEST_WORD].split(None, 1)
    return (head[-1] if head and glued else "") + (tail[0] if tail else "")
