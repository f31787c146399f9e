"""The query language: from what a reader types to a tree, and back. The same in the app and on the command line.

    strike harbour          both words            -river            without it
    "fair offer"            these words in order  strike or walkout one of them; ( ) group
    strik*                  words that begin so   title: source: tag:
    is:unread               read, starred, archived
    has:note                highlight             color:red         or 1 to 5; colour: is the same
    before:2025-04          after:2025, after:7d, after:today
    actor:brandt            said:brandt quote:offer     number>5e9  number:usd

What a tree means in SQL stands in `store.query_sql`. Hand-written recursive descent; no text raises anything but
QueryError.
"""

import difflib
import math
import re
import unicodedata
from dataclasses import dataclass

from store.annotation import COLOURS
from store.errors import BriefbookError

TEXT_FIELDS = ("title", "source", "tag", "actor", "said", "quote", "number")
"""Fields whose value is words."""
STATES = ("unread", "read", "starred", "archived")
"""What `is:` takes."""
MARKS = ("note", "highlight")
"""What `has:` takes."""
DATES = ("before", "after")
FIELDS = (*TEXT_FIELDS, "is", "has", *DATES, "color")
MOST_CHARACTERS = 2_000
DEEPEST = 20
"""How deep parentheses and minus signs may stand in each other."""

_QUOTES = '"“”„«»'
_FIELD = re.compile(r"([A-Za-z]+)(:(?!//)|[<>]=?|=)")
_BARE = re.compile(rf"[^\s(){_QUOTES}]+")
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|\d{1,4}[dwmy]|today|yesterday")
_VALUE = re.compile(
    r"([-+]?(?:\d[\d,_]*)?(?:\.\d+)?(?:e[-+]?\d{1,3})?)(k|thousand|m|mn|million|b|bn|billion|t|tn|trillion)?%?"
)
_SCALES = {"": 1.0, "k": 1e3, "t": 1e12, "m": 1e6, "b": 1e9}
_KEYWORDS = ("and", "or")


class QueryError(BriefbookError):
    """A query that cannot be followed; `position` is the code point of it at which it goes wrong."""

    def __init__(self, message: str, query: str, position: int, advice: str = "") -> None:
        super().__init__(message, "", advice)
        self.query, self.position = query, position

    @property
    def pointed(self) -> str:
        """The query on one line and beneath it a caret at the place."""
        return f"{' '.join(self.query.split(chr(10)))}\n{' ' * self.position}^"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    field: str
    """One of `FIELDS`; empty: words anywhere in title, byline or text."""
    value: str
    quoted: bool = False
    """Whether it stood in quotation marks: its words follow each other."""
    prefix: bool = False
    """Whether a star ended it: its last word may go on."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the article compares so with `value`."""

    comparison: str
    """One of < > <= >= =."""
    value: float


@dataclass(frozen=True, slots=True)
class Not:
    """Without that."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """All of them; none: everything."""

    queries: "tuple[Query, ...]" = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One of them at least."""

    queries: "tuple[Query, ...]"


Query = Term | Figure | Not | And | Or
EVERYTHING = And()


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


def unparse(query: Query) -> str:
    """A query that `parse` makes this tree of."""
    match query:
        case Or(queries):
            return " or ".join(_grouped(one, Or) for one in queries)
        case And(queries):
            return " ".join(_grouped(one, And, Or) for one in queries)
        case Not(one):
            return f"-{_grouped(one, And, Or)}"
        case Figure(comparison, value):
            return f"number{comparison}{value!r}"
        case Term(field, value, quoted, prefix):
            said = f'"{value}"' if quoted else value
            return f"{field}{':' if field else ''}{said}{'*' if prefix else ''}"
    raise TypeError(query)


def _grouped(query: Query, *kinds: type) -> str:
    return f"({unparse(query)})" if isinstance(query, kinds) else unparse(query)


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
        value = _value(self._bare())
        if value is None:
            raise self.wrong("there is no figure here", "write it as 5e9, 5bn, 2.5m or 1,200", at)
        return Figure(sign, value)

    def _bare(self) -> str:
        match = _BARE.match(self.text, self.at)
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
            bare = self._bare()
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


def _value(text: str) -> float | None:
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
