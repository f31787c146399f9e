"""Which figures are none that a reader would write down: years, names, labels, idioms, pronouns, loose fractions.

Each rule looks at one `Case` and says whether it is such a one. What shows in the letters alone (dates, clock times) is
the business of `dates`. The words are in `idioms.toml`.
"""

import re
import tomllib
from functools import lru_cache
from importlib import resources

from store.extract.numbers.case import REACH, Case, case_of
from store.extract.numbers.figure import Figure
from store.extract.numbers.naming import number_in_name, word_in_name
from store.extract.numbers.quantifiers import quantifiers
from store.extract.numbers.surroundings import Reading

_BEFORE_YEARS = frozenset(
    [
        "in",
        "since",
        "by",
        "of",
        "until",
        "till",
        "from",
        "during",
        "before",
        "after",
        "between",
        "and",
        "to",
        "through",
        "around",
        "late",
        "early",
        "mid",
        "circa",
        "for",
    ]
)
_POINTING = frozenset(["the", "this", "that", "no", "every", "each", "any", "which", "another", "only"])


def is_figure(figure: Figure, reading: Reading) -> bool:
    """Whether `figure` is one that a reader would write down."""
    if _in_idiom(reading.text, figure):
        return False
    if figure.unit is not None or figure.kind == "score":
        return True
    case = case_of(figure, reading)
    return not any(rule(case) for rule in _RULES)


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """The set phrases as one pattern, the labels and the compounds."""
    data = tomllib.loads((resources.files("store.extract.numbers") / "idioms.toml").read_text(encoding="utf-8"))
    longest_first = sorted(data["phrases"], key=len, reverse=True)
    pattern = "|".join(re.escape(phrase).replace("'", "['’]") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.I), frozenset(data["labels"]), frozenset(data["compounds"])


def _in_idiom(text: str, figure: Figure) -> bool:
    """ "No one", "fifty-fifty", "the second half"."""
    if not text[figure.numeral[0]].isalpha() or figure.scaled:
        return False
    near = _words()[0].finditer(text, max(0, figure.start - REACH), figure.end + REACH)
    return any(match.start() <= figure.numeral[0] and figure.numeral[1] <= match.end() for match in near)


_FOUR_DIGITS = re.compile(r"(?<![\d,.])\d,\d{3}(?![\d,])")
_BARE_YEAR = re.compile(r"\d{4}(?:\D+\d{4})?")


@lru_cache(maxsize=4)
def _parts_thousands(text: str) -> bool:
    """Whether a text writes counts of four digits with a comma, so that "2026" without one is a year in it."""
    return _FOUR_DIGITS.search(text) is not None


def _year(case: Case) -> bool:
    """ "In 2015", "the 2015 World Cup", "between 1600 and 1900"; not "1900 people"."""
    low = case.figure.low
    if not _BARE_YEAR.fullmatch(case.written) or not 1000 <= low <= 2100:
        return False
    if low >= 1900 and case.figure.high is None and _parts_thousands(case.text):
        return True
    dated = any(token.ent_type_ == "DATE" for token in case.tokens)
    if dated and case.figure.high is not None:
        return True
    if case.noun is not None and case.noun.tag_ in ("NNS", "NNPS") and not (dated and low >= 1900):
        return case.left is not None and case.left.lower_ in ("the", "its", "his", "their") and low >= 1900
    if dated or low >= 1900:
        return True
    return case.left is not None and case.left.lower_ in _BEFORE_YEARS and case.noun is None


def _clock(case: Case) -> bool:
    """ "At 6": an hour."""
    return case.noun is None and all(token.ent_type_ == "TIME" for token in case.tokens)


_PARTITIVE = re.compile(
    r"\s+of\s+(?:[A-Z]|\w+s\b|(?:the|these|those|its|his|her|their|our|my|your|only|just|about|more)\b|\d)"
)


def _pronoun(case: Case) -> bool:
    """ "One" and "zero" that count nothing: "one can see", "the one that"."""
    if case.written.lower() not in ("one", "zero"):
        return False
    pointed = case.left is not None and case.left.lower_ in _POINTING
    if pointed or _PARTITIVE.match(case.text, case.figure.end):
        return pointed
    return case.noun is None or case.noun.i - case.tokens[-1].i > 4


def _label(case: Case) -> bool:
    """ "Page 5", "Section 230": a number that names a thing."""
    figure, left = case.figure, case.left
    if left is None or figure.form not in ("digits", "words") or figure.scaled or isinstance(figure.low, float):
        return False
    return left.lower_ in _words()[1] and not (case.noun is not None and case.noun.tag_ == "NNS")


_COMPOUND = re.compile(r"[-‑]([^\W\d_]+)")


def _compound(case: Case) -> bool:
    """ "Two-way", "one-stop": a number word in a compound that counts nothing a reader would note."""
    after = _COMPOUND.match(case.after())
    if after is None or case.figure.high is not None or case.figure.shared:
        return False
    if case.figure.form == "digits" and (case.figure.low >= 10 or isinstance(case.figure.low, float)):
        return not after[1].islower()
    said = after[1].lower() in _words()[2] or quantifiers().after(case.after()) is not None
    return case.figure.low < 2 or not (said or case.figure.scaled)


_LOOSE_PARTS = frozenset(
    [
        "half",
        *(
            f"{'an' if part == 'eighth' else 'a'} {part}"
            for part in ["half", "third", "quarter", "fourth", "fifth", "sixth", "seventh", "eighth", "tenth"]
        ),
    ]
)
_MEASURING = (" by ", " by about ", " by almost ", " only ", " just ")
_PART_FOLLOWS = re.compile(r"\s+(?:of|the|its|his|their|her|my|our|your|all|an?|as|more|less|fewer|that)\b")


def _loose_part(case: Case) -> bool:
    """A fraction word that is no share of anything: "a third man", "the half"; not "fell by nearly a third"."""
    if case.written.lower() not in _LOOSE_PARTS or _PART_FOLLOWS.match(case.after()):
        return False
    head = case.text[max(0, case.figure.start - REACH) : case.figure.start]
    measured = head.lower().endswith(_MEASURING) or quantifiers().before(head) is not None
    return not (measured and (case.right is None or case.right.pos_ not in ("NOUN", "PROPN", "NUM")))


def _loose_plural(case: Case) -> bool:
    """ "Scores were level": plurals that count only before "of"."""
    return case.written.lower() in ("scores", "tens") and not case.after().startswith(" of")


_HYPHENED = re.compile(r"\d+-\d+")


def _model(case: Case) -> bool:
    """ "The 737-800": a model, where a range would count something."""
    pointed = case.left is not None and case.left.lower_ in ("a", "an", "the")
    return pointed and case.noun is None and bool(_HYPHENED.fullmatch(case.written))


LONGEST_PLAIN = 9
"""Digits without separators; longer runs are identifiers."""
_ENUMERATED = re.compile(r"(?:,|\band|:)\s$")


def _identifier(case: Case) -> bool:
    """A long run of digits: an account, a tweet."""
    return case.written.isdigit() and len(case.written) > LONGEST_PLAIN


def _enumerated(case: Case) -> bool:
    """ "Those two", "one, his temper, and two, his words": number words that stand alone."""
    figure = case.figure
    if figure.form != "words" or figure.low > 10 or figure.scaled or case.noun is not None:
        return False
    if case.left is not None and case.left.lower_ in ("the", "these", "those", "them", "us", "you", "all"):
        return not case.after().startswith(" of")
    return case.after(1) in (",", ":") and bool(_ENUMERATED.search(case.text[max(0, figure.start - 6) : figure.start]))


def _title(case: Case) -> bool:
    """ "The 411": a number after an article with a capital in the midst of a sentence."""
    return case.noun is None and case.left is not None and case.left.text == "The" and not case.left.is_sent_start


_RULES = (
    _year,
    _identifier,
    _enumerated,
    _title,
    _model,
    _clock,
    _pronoun,
    _label,
    number_in_name,
    word_in_name,
    _compound,
    _loose_part,
    _loose_plural,
)
