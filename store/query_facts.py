"""What a query asks of the index of facts (`store.facts`) in SQL: one row fits, and what the reader put right counts.

Which corrections those are is the business of `store.query_corrections`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.query import Figure, Query, Term
from store.query_conditions import Condition, joined, phrase, sound

_COLUMNS = {"actor": "actor", "said": "speaker", "quote": "quote", "number": "figure"}
_COMPARED = {"<": "low < ?", "<=": "low <= ?", ">": "high > ?", ">=": "high >= ?", "=": "low <= ? AND high >= ?"}


@dataclass(frozen=True, slots=True)
class PutRight:
    """What the reader's corrections change in the answer to terms that one actor, figure or quote must fit."""

    actors: tuple[str, ...] = ()
    """Names by which the index has an actor who is called so by now, in any article."""
    speakers: tuple[str, ...] = ()
    """Names by which the index has the speaker of quotes that are by now known to be that one's, in any article."""
    added: tuple[str, ...] = ()
    """Words that are an actor wherever they stand in an article."""
    judged: tuple[str, ...] = ()
    """The ids of the articles of which the index is not asked, because it is known what holds there."""
    answers: tuple[str, ...] = ()
    """Those of them that answer."""


AS_EXTRACTED = PutRight()
"""Nothing was put right."""


def facts_condition(queries: Sequence[Query], right: PutRight = AS_EXTRACTED) -> Condition:
    """What fits all of `queries`, where something was put right as the reader has it."""
    extracted = extracted_texts(queries, right)
    if not right.added and not right.judged:
        return Condition(f"a.version IN ({extracted.sql})", extracted.values)
    asked = Condition(f"SELECT number, id FROM articles WHERE version IN ({extracted.sql})", extracted.values)
    if right.added:
        asked = joined(" UNION ", [asked, _standing(right.added)], "", group=False)
    judged, answers = json.dumps(right.judged), json.dumps(right.answers)
    return Condition(
        f"a.number IN (SELECT number FROM ({asked.sql}) WHERE id NOT IN (SELECT value FROM json_each(?))"
        " UNION ALL SELECT number FROM articles WHERE id IN (SELECT value FROM json_each(?)))",
        (*asked.values, judged, answers),
    )


def _standing(names: Iterable[str]) -> Condition:
    """The articles in whose text one of `names` stands with just its letters: a surname may be a common word, too."""
    text = "replace(CAST(inflated(v.text) AS TEXT), char(10), ' ')"
    sql = (
        "SELECT f.number, f.id FROM json_each(?) n CROSS JOIN search ON search MATCH json_extract(n.value, '$[0]')"
        " JOIN articles f ON f.number = search.rowid JOIN versions v ON v.article = f.number AND v.hash = f.version"
        f" WHERE instr({text}, json_extract(n.value, '$[1]'))"
    )
    return Condition(sql, (json.dumps([[f"text : {phrase(name)}", sound(name)] for name in names]),))


def extracted_texts(queries: Iterable[Query], right: PutRight = AS_EXTRACTED) -> Condition:
    """The hashes of the texts of which one row of what was extracted fits all of `queries`."""
    words = [_in_facts(one, right) for one in queries if isinstance(one, Term)]
    figures = [one for one in queries if isinstance(one, Figure)]
    tests: list[Condition] = []
    if words:
        tests.append(Condition("SELECT rowid AS number FROM facts WHERE facts MATCH ?", (" AND ".join(words),)))
    if figures:
        compared = " AND ".join(_COMPARED[one.comparison] for one in figures)
        values = tuple(one.value for one in figures for _ in range(1 + (one.comparison == "=")))
        tests.append(Condition(f"SELECT number FROM figures WHERE {compared}", values))
    rows = joined(" INTERSECT ", tests, "0", group=False)
    return Condition(f"SELECT hash FROM analyses WHERE number IN (SELECT number >> 16 FROM ({rows.sql}))", rows.values)


def _in_facts(term: Term, right: PutRight) -> str:
    """The full-text expression for a term, and for the names that mean the same."""
    found = [f"{_COLUMNS[term.field]} : {phrase(term.value, term.prefix)}"]
    if term.field in ("actor", "said"):
        found += [f"actor : {phrase(name)}" for name in right.actors]
        found += [f"speaker : {phrase(name)}" for name in right.speakers]
    return f"({' OR '.join(found)})" if len(found) > 1 else found[0]
