"""From what a reader types to the tree of a query: a tokenizer of a few patterns, and recursive descent by hand.

No text raises anything but QueryError, which says where. The language itself is told in `store.query`.
"""

import difflib
import math
import re
import unicodedata

from store.annotation import COLOURS
from store.query import (
    DATES,
    EVERYTHING,
    FIELDS,
    MARKS,
    STATES,
    TEXT_FIELDS,
    And,
    Figure,
    Not,
    Or,
    Query,
    QueryError,
    Term,
)

MOST_CHARACTERS = 2_000
DEEPEST = 20
"""How deep parentheses and minus signs may stand in each other."""

FIGURES = "write it as 5e9, 5bn, 2.5m or 1,200"
"""How a figure is written in a query."""
QUOTES = '"“”„«»'
"""What may stand around words; none of them can be among the words that a query names."""
_FIELD = re.compile(r"([A-Za-z]+)(:(?!//)|[<>]=?|=)")
_BARE = re.compile(rf"[^\s(){QUOTES}]+")
_PHRASE = re.compile(rf"[{QUOTES}]([^{QUOTES}]*)([{QUOTES}]?)")
_COMPARING = ("<", ">", "=")
_BOUND = re.compile(r"[<>]=?|=")
_UNBOUND = re.compile(rf"[^\s()<>={QUOTES}]+")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|\d{1,4}[dwmy]|today|yesterday")
_VALUE = re.compile(
    r"([-+]?(?:\d[\d,_]*)?(?:\.\d+)?(?:e[-+]?\d{1,3})?)(k|thousand|m|mn|million|b|bn|billion|t|tn|trillion)?%?"
)
_UNFINISHED = re.compile(r"(?:^|[\s(-])\w{4,}$")
_SCALES = {"": 1.0, "k": 1e3, "t": 1e12, "m": 1e6, "b": 1e9}
_KEYWORDS = ("and", "or")


def parse(text: str) -> Query:
    """The tree of a query; of an empty one, `EVERYTHING`.

    Raises:
        QueryError: it cannot be followed; says where and why.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(f"a query has at most {MOST_CHARACTERS:,} characters", text, MOST_CHARACTERS)
    parser = _Parser(text)
    query = parser.either()
    if parser.more():
        raise parser.wrong("this parenthesis was never opened", "take it out")
    return query


def as_typed(text: str) -> Query:
    """`parse`, for what is still being typed: a last word of four letters or more may go on. Raises QueryError."""
    if _UNFINISHED.search(text):
        try:
            return parse(f"{text}*")
        except QueryError:
            pass
    return parse(text)


def has_word(text: str) -> bool:
    """Whether the full-text index would find a word in `text`."""
    return any(unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "Co" for letter in text)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def more(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def wrong(self, message: str, advice: str = "", at: int | None = None) -> QueryError:
        return QueryError(message, self.text, self.at if at is None else at, advice)

    def either(self) -> Query:
        """One of several, parted by `or`."""
        branches = [self.all()]
        while self._keyword("or"):
            if not self.more() or self.text[self.at] == ")" or self._peek() == "or":
                raise self.wrong("after “or” something is missing", 'write "or" in quotes to search for the word')
            branches.append(self.all())
        if len(branches) > 1 and branches[0] == EVERYTHING:
            raise self.wrong("before “or” something is missing", 'write "or" in quotes to search for the word', 0)
        return branches[0] if len(branches) == 1 else Or(tuple(branches))

    def all(self) -> Query:
        """Several beside each other; an `and` between them says the same."""
        found: list[Query] = []
        while self.more() and self.text[self.at] != ")" and self._peek() != "or":
            if found and self._keyword("and"):
                continue
            found.append(self.one())
        return found[0] if len(found) == 1 else And(tuple(found))

    def one(self) -> Query:
        start, letter = self.at, self.text[self.at]
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong("this stands too deep in parentheses", "use fewer of them")
        if letter == "-":
            self.at += 1
            if not self.more() or self.at > start + 1 or self.text[self.at] == ")":
                raise self.wrong("after the minus something is missing", "write it before a word, as in -draft", start)
            query: Query = Not(self.one())
        elif letter == "(":
            query = self._group()
        else:
            query = self._field() or self._words()
        self.depth -= 1
        return query

    def _group(self) -> Query:
        start = self.at
        self.at += 1
        query = self.either()
        if not self.more():
            raise self.wrong("this parenthesis is never closed", "close it with )", start)
        if query == EVERYTHING:
            raise self.wrong("there is nothing in these parentheses", "take them out", start)
        self.at += 1
        return query

    def _peek(self) -> str:
        match = _BARE.match(self.text, self.at)
        return match[0].lower() if match else ""

    def _keyword(self, word: str) -> bool:
        if self.more() and self._peek() == word:
            self.at += len(word)
            return True
        return False

    def _field(self) -> Query | None:
        start = self.at
        match = _FIELD.match(self.text, start)
        if not match:
            return None
        name, sign = match[1].lower(), match[2]
        name = "color" if name == "colour" else name
        if sign != ":":
            return self._compared(name, sign, match.end())
        if name not in FIELDS:
            near = difflib.get_close_matches(name, FIELDS, 1)
            advice = f"did you mean {near[0]}:?" if near else f"the fields are {', '.join(FIELDS)}"
            raise self.wrong(f"there is no field “{match[1]}”", advice, start)
        self.at = match.end()
        if name == "number":
            return self._figure()
        if name in TEXT_FIELDS:
            return self._words(name)
        value = self._bare().lower()
        problem = _refusal(name, value)
        if problem:
            raise self.wrong(*problem, match.end())
        return Term(name, str(COLOURS.index(value) + 1) if value in COLOURS and name == "color" else value)

    def _compared(self, name: str, sign: str, at: int) -> Query | None:
        if name != "number":
            return None
        self.at = at
        value = value_of(self._bare())
        if value is None:
            raise self.wrong("there is no figure here", FIGURES, at)
        return Figure(sign, value)

    def _figure(self) -> Query:
        """A unit and what its figures compare with, in one piece: `usd>1e9`. It is said of one figure."""
        found: list[Query] = [] if self.text[self.at : self.at + 1] in _COMPARING else [self._words("number")]
        while sign := _BOUND.match(self.text, self.at):
            bound = _UNBOUND.match(self.text, sign.end())
            value = value_of(bound[0]) if bound else None
            if bound is None or value is None:
                raise self.wrong("there is no figure here", FIGURES, sign.end())
            found.append(Figure(sign[0], value))
            self.at = bound.end()
        return found[0] if len(found) == 1 else And(tuple(found))

    def _bare(self, pattern: "re.Pattern[str]" = _BARE) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def _words(self, field: str = "") -> Query:
        start = self.at
        phrase = _PHRASE.match(self.text, start)
        if phrase:
            if not phrase[2]:
                raise self.wrong("this quotation is never closed", 'close it with "', start)
            value, self.at = phrase[1], phrase.end()
            star = self.text.startswith("*", self.at)
            self.at += star
        else:
            bare = self._bare(_UNBOUND if field == "number" else _BARE)
            value = bare.rstrip("*")
            star = len(value) < len(bare)
        if field == "number" and value in _SIGNS:
            value = _SIGNS[value]
        if not has_word(value):
            raise self.wrong("there is no word here", "a word has a letter or a digit" if value else "", start)
        # A keyword that stands where a word must is that word, and is written in quotes from now on.
        return Term(field, value, bool(phrase) or value.lower() in _KEYWORDS, star)


_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "%": "percent"}
"""Units that are no words."""


def _refusal(field: str, value: str) -> tuple[str, str] | None:
    """Why this field does not take this value, and what to write; None when it does."""
    if field in DATES:
        wanted = "write it as 2025, 2025-04, 2025-04-30, today, 7d, 2w, 3m or 1y"
        return None if _DATE.fullmatch(value) else ("there is no date here", wanted)
    choices = {"is": STATES, "has": MARKS, "color": (*COLOURS, "1 to 5")}[field]
    if value in choices or (field == "color" and value in ("1", "2", "3", "4", "5")):
        return None
    return f"“{field}:” does not take this", f"it takes {', '.join(choices)}"


def value_of(text: str) -> float | None:
    """The figure that is written so; None when it is none."""
    match = _VALUE.fullmatch(text.lower())
    if not match or not any(letter.isdigit() for letter in match[1]):
        return None
    scale = (match[2] or "")[:1]
    scale = "k" if match[2] == "thousand" else scale
    try:
        value = float(match[1].replace(",", "").replace("_", "")) * _SCALES[scale]
    except ValueError:
        return None
    return value if math.isfinite(value) else None
