"""What a query means for highlights and notes: one SQL condition on a row of `store.notes_index`, with parameters.

Words are looked for anywhere in the quote, the notes, the tags and the title; who an annotation tells of is asked
elsewhere; fields that tell of articles alone are refused.
"""

from collections.abc import Callable
from datetime import date

from store.query import And, Not, Or, Query, QueryError, Term, unparse
from store.query_conditions import Condition, joined, sound
from store.query_sql import first_day

ByActor = Callable[[Term], str]
"""Gives the ids of the annotations that tell of an actor, as a JSON array."""
KNOWN = ("title", "source", "tag", "has", "color", "before", "after")
"""Fields that notes have."""


def compile_notes(query: Query, typed: str, today: date, by_actor: ByActor | None = None) -> Condition:
    """The condition. Raises QueryError for a field that notes do not have; `typed` is what the query was read from.

    Args:
        today: what days ago are counted from.
        by_actor: what `actor:` is answered by; without it that is a field that notes do not have.
    """
    match query:
        case And(queries):
            return joined(" AND ", [compile_notes(one, typed, today, by_actor) for one in queries], "1")
        case Or(queries):
            return joined(" OR ", [compile_notes(one, typed, today, by_actor) for one in queries], "0")
        case Not(inner):
            made = compile_notes(inner, typed, today, by_actor)
            return Condition(f"NOT ({made.sql})", made.values)
        case Term(field) if field in ("", *KNOWN):
            return _term(query, today)
        case Term("actor") if by_actor is not None:
            return Condition("id IN (SELECT value FROM json_each(?))", (by_actor(query),))
    known = KNOWN if by_actor is None else (*KNOWN, "actor")
    name = query.field if isinstance(query, Term) else "number"
    place = max(0, typed.casefold().find(name))
    raise QueryError(f"notes have no “{name}:”", typed, place, f"they have {', '.join(known)}; not {unparse(query)}")


def _term(term: Term, today: date) -> Condition:
    folded = sound(term.value.casefold())
    match term.field:
        case "":
            return Condition("instr(folded, ?)", (folded,))
        case "title" | "source":
            return Condition(f"instr(casefolded({term.field}), ?)", (folded,))
        case "tag":
            return Condition("instr(folded, ?)", (f"\n#{folded.strip().lstrip('#')}" + ("" if term.prefix else "\n"),))
        case "has":
            return Condition("text <> ''" if term.value == "note" else "is_highlight")
        case "color":
            return Condition("colour = ?", (int(term.value),))
    sign = "<" if term.field == "before" else ">="
    return Condition(f"modified {sign} ?", (first_day(term.value, today).isoformat(),))
