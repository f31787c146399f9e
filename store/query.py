"""The query language as a tree, and the words of it. The same in the app and on the command line.

    strike harbour          both words            -river            without it
    "fair offer"            these words in order  strike or walkout one of them; ( ) group
    strik*                  words that begin so   title: source: tag:
    feed:ports              what a feed brought that is called so, has this address, or stands in this folder of feeds
    folder:inbox            what came from files in that folder, or in one within it
    is:unread               read, starred, archived
    has:note                highlight             color:red         or 1 to 5; colour: is the same
    before:2025-04          after:2025, after:7d, after:today
    actor:brandt            said:brandt quote:offer     number>5e9  number:usd  number:usd>1m

How it is read stands in `store.query_parser`, what it means in SQL in `store.query_sql`.
"""

from dataclasses import dataclass

from store.errors import BriefbookError

TEXT_FIELDS = ("title", "source", "feed", "folder", "tag", "actor", "said", "quote", "number")
"""Fields whose value is words."""
FACTS = ("actor", "said", "quote", "number")
"""Those of them that ask for what was extracted."""
STATES = ("unread", "read", "starred", "archived")
"""What `is:` takes."""
MARKS = ("note", "highlight")
"""What `has:` takes."""
DATES = ("before", "after")
FIELDS = (*TEXT_FIELDS, "is", "has", *DATES, "color")


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


def is_about_facts(query: Query) -> bool:
    """Whether it asks for anything that is known of analysed articles only: actors, quotes, figures."""
    match query:
        case Figure():
            return True
        case Term(field):
            return field in FACTS
        case Not(inner):
            return is_about_facts(inner)
        case And(queries) | Or(queries):
            return any(map(is_about_facts, queries))
    raise TypeError(query)


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
