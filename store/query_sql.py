"""What a query means in SQL: one statement with parameters, no word of the query ever in its text.

Beside each other, one `said:` and `quote:` mean one quote (who said what), and comparisons and one `number:` one
figure. Words alone go to the full-text index as one expression, and rank the answer. Actors, figures and quotes are as
the reader put them right (`store.query_corrections`).
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from store.article import INNER
from store.fact_places import Asked
from store.query import And, Figure, Not, Or, Query, Term
from store.query_conditions import Condition, joined, phrase, sound
from store.query_facts import PutRight, facts_condition

Mark = Literal["note", "highlight", "color", "tag"]
Marked = Callable[[Mark, str], str]
"""Gives the ids of the articles with a note, a highlight, one of a colour or one with a tag, as a JSON array."""
Corrected = Callable[[Sequence[Query]], tuple[PutRight, bool]]
"""Tells what was put right about terms that stand beside each other, and whether what fits them is common."""

_AFTER_INNER = INNER[:-1] + chr(ord(INNER[-1]) + 1)
FEED_ENTRIES = (
    f"s.source >= CAST(canonical_bytes(CAST(f.url AS BLOB)) AS TEXT) || '{INNER}'"
    f" AND s.source < CAST(canonical_bytes(CAST(f.url AS BLOB)) AS TEXT) || '{_AFTER_INNER}'"
)
"""Which of `sources s` are entries of `feeds f` (`store.subscriptions`)."""
_STATES = {"unread": "NOT a.read", "read": "a.read", "starred": "a.starred", "archived": "a.archived"}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query in parts: the full-text expression that all its answers match, and the rest."""

    match: str
    """For `search MATCH ?`; empty when nothing ranks."""
    where: Condition
    asked: tuple[Asked, ...] = ()
    """What is wanted of figures, quotes and actors."""


def compile_query(query: Query, marked: Marked, corrected: Corrected, today: date) -> Compiled:
    """What `query` means; `today` is what days ago are counted from."""
    parts = query.queries if isinstance(query, And) else (query,)
    textual = [part for part in parts if _is_textual(part)]
    match = _matching(And(tuple(textual))) if any(not isinstance(part, Not) for part in textual) else ""
    rest = [part for part in parts if not match or part not in textual]
    compiler = _Compiler(marked, corrected, today)
    where = compiler.all(rest)
    return Compiled(match, where, tuple(compiler.asked))


def _is_textual(query: Query) -> bool:
    """Whether words alone decide, so that the full-text index can."""
    match query:
        case Term(field):
            return field in ("", "title")
        case Not(inner):
            return not isinstance(inner, Not) and _is_textual(inner)
        case And(queries):
            return all(map(_is_textual, queries)) and any(not isinstance(one, Not) for one in queries)
        case Or(queries):
            return all(_is_textual(one) and not isinstance(one, Not) for one in queries)
    return False


def _matching(query: Query) -> str:
    """The full-text expression of a textual query."""
    match query:
        case Or(queries):
            return " OR ".join(f"({_matching(one)})" for one in queries)
        case And(queries):
            wanted = " AND ".join(f"({_matching(one)})" for one in queries if not isinstance(one, Not))
            refused = "".join(f" NOT ({_matching(one.query)})" for one in queries if isinstance(one, Not))
            return f"({wanted}){refused}"
        case Term(field, value, _, prefix):
            return ("title : " if field == "title" else "") + phrase(value, prefix)
    raise TypeError(query)


class _Compiler:
    def __init__(self, marked: Marked, corrected: Corrected, today: date) -> None:
        self._marked, self._corrected, self._today = marked, corrected, today
        self.asked: list[Asked] = []

    def all(self, queries: Iterable[Query]) -> Condition:
        queries = list(queries)
        quoted, figured = _quote_group(queries), _figure_group(queries)
        single = [one for one in queries if not any(one is other for other in (*quoted, *figured))]
        made = [self._in_facts(quoted)] if quoted else []
        made += [self._in_facts(figured)] if figured else []
        return joined(" AND ", [*map(self.one, single), *made], "1")

    def one(self, query: Query) -> Condition:
        match query:
            case And(queries):
                if _is_textual(query):
                    return _in_text(query)
                return self.all(queries)
            case Or(queries):
                if _is_textual(query):
                    return _in_text(query)
                return joined(" OR ", [self.one(one) for one in queries], "0")
            case Not(inner):
                made = _Compiler(self._marked, self._corrected, self._today).one(inner)
                return Condition(f"NOT ({made.sql})", made.values)
            case Figure():
                return self._in_facts([query])
            case Term():
                return self._term(query)
        raise TypeError(query)

    def _term(self, term: Term) -> Condition:
        match term.field:
            case "" | "title":
                return _in_text(term)
            case "actor" | "said" | "quote" | "number":
                return self._in_facts([term])
            case "source":
                return _in_source(term.value)
            case "feed":
                return _of_feed(term.value)
            case "folder":
                return _in_folder(term.value)
            case "is":
                return Condition(_STATES[term.value])
            case "before":
                return Condition("a.day < ?", (self._day(term.value),))
            case "after":
                return Condition("a.day >= ?", (self._day(term.value),))
            case "tag":
                return self._tagged(term)
        mark: Mark = "color" if term.field == "color" else "note" if term.value == "note" else "highlight"
        return Condition("a.id IN (SELECT value FROM json_each(?))", (self._marked(mark, term.value),))

    def _in_facts(self, queries: Sequence[Query]) -> Condition:
        """What an actor, a figure, or a quote and who said it, fit; what the reader put right counts."""
        right, is_common = self._corrected(queries)
        self.asked.append(Asked(tuple(queries), right))
        return facts_condition(queries, right, is_common)

    def _tagged(self, term: Term) -> Condition:
        folded = sound(term.value.strip().lstrip("#").casefold())
        own = Condition("a.number IN (SELECT article FROM tags WHERE folded = ?)", (folded,))
        if term.prefix:
            end = folded[:-1] + chr(min(ord(folded[-1]) + 1, 0x10FFFF)) if folded else ""
            own = Condition("a.number IN (SELECT article FROM tags WHERE folded >= ? AND folded < ?)", (folded, end))
        value = f"{term.value}*" if term.prefix else term.value
        noted = Condition("a.id IN (SELECT value FROM json_each(?))", (self._marked("tag", value),))
        return joined(" OR ", [own, noted], "0")

    def _day(self, text: str) -> str:
        return first_day(text, self._today).isoformat()


def first_day(text: str, today: date) -> date:
    """The first day of what `text` names: a year, a month, a day, or so many days, weeks, months or years ago."""
    if text in ("today", "yesterday"):
        return today - timedelta(text == "yesterday")
    if text[-1] in "dw":
        return today - timedelta(min(int(text[:-1]) * (7 if text[-1] == "w" else 1), today.toordinal() - 1))
    if text[-1] in "my":
        months = today.year * 12 + today.month - 1 - int(text[:-1]) * (12 if text[-1] == "y" else 1)
        return _clamped(max(1, months // 12), months % 12 + 1, today.day)
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return _clamped(max(1, year), month, day)


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _in_text(query: Query) -> Condition:
    return Condition("a.number IN (SELECT rowid FROM search WHERE search MATCH ?)", (_matching(query),))


def _in_source(value: str) -> Condition:
    tests = ["instr(lower(a.publisher), ?)", "instr(lower(a.source), ?)"]
    tests.append("a.number IN (SELECT article FROM sources WHERE instr(lower(source), ?))")
    return Condition(f"({' OR '.join(tests)})", (_lower(value),) * 3)


def _of_feed(value: str) -> Condition:
    """What the feeds brought that are called just so; when none is, those that have the words in name or address."""
    path = "(SELECT group_concat(value, '/') FROM json_each(f.folder))"
    within = f"substr(lower({path}) || '/', 1, length(?) + 1) = ? || '/'"
    called = f"(lower(f.url) = ? OR lower(f.title) = ? OR {within})"
    has = "(instr(lower(f.url), ?) OR instr(lower(f.title), ?))"
    sql = (
        f"a.number IN (SELECT s.article FROM feeds f CROSS JOIN sources s ON {FEED_ENTRIES}"
        f" WHERE {called} OR ({has} AND NOT EXISTS (SELECT 1 FROM feeds f WHERE {called})))"
    )
    return Condition(sql, (_lower(value),) * 10)


def _in_folder(value: str) -> Condition:
    """What came from files in a folder, or in a file with several articles; an absolute path is meant just so."""
    path = value.rstrip("/") or "/"
    if path.startswith("/"):
        ranges = [(f"{path}{sign}", f"{path}{chr(ord(sign) + 1)}") for sign in "/#"]
        values = tuple(sound(edge) for edges in ranges for edge in edges)
        return Condition("(a.source >= ? AND a.source < ? OR a.source >= ? AND a.source < ?)", values)
    tests = " OR ".join(["instr(lower(a.source), ?)"] * 2)
    return Condition(f"(a.source LIKE '/%' AND ({tests}))", (_lower(f"/{path}/"), _lower(f"/{path}#")))


def _lower(text: str) -> str:
    """As SQLite's `lower`: ASCII letters alone."""
    return sound("".join(letter.lower() if letter.isascii() else letter for letter in text))


def _quote_group(queries: Sequence[Query]) -> list[Query]:
    """Who and what of one quote: `said:` and `quote:` beside each other, unless several are said to have spoken."""
    group = [one for one in queries if isinstance(one, Term) and one.field in ("said", "quote")]
    return [*group] if sum(one.field == "said" for one in group) == 1 else []


def _figure_group(queries: Sequence[Query]) -> list[Query]:
    """What is said of one figure: comparisons and a unit beside each other, unless several units are named."""
    group = [one for one in queries if isinstance(one, Figure) or (isinstance(one, Term) and one.field == "number")]
    return [*group] if sum(isinstance(one, Term) for one in group) <= 1 else []
