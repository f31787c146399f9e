"""What a query asks of the index of facts (`store.facts`) in SQL: one row fits, and what the reader put right counts.

Which corrections those are is the business of `store.query_corrections`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.facts import exactly
from store.query import Figure, Query, Term
from store.query_conditions import Condition, joined, phrase, sound

_COMPARED = {"<": "low < ?", "<=": "low <= ?", ">": "high > ?", ">=": "high >= ?", "=": "low <= ? AND high >= ?"}
FEW = 2_000
"""Rows of the index up to which articles are looked up by them, which takes some microseconds each."""
MOST_ROWS = 2_000
"""Rows of the index that are looked at to tell which articles must be asked themselves."""
_IN_ROWS = "SELECT hash FROM analyses WHERE number IN (SELECT number >> 16 FROM ({rows}))"
_MATCHING = "SELECT rowid AS number FROM facts WHERE facts MATCH ?"

_HAS_ROW = (
    "EXISTS (SELECT 1 FROM facts WHERE facts MATCH ? AND rowid BETWEEN {number} << 16 AND ({number} << 16) + 65535)"
)


@dataclass(frozen=True, slots=True)
class PutRight:
    """What the reader's corrections change in the answer to terms that one actor, figure or quote must fit.

    Names are whole ones, as the machine has them; they count in any article that is not among those that are judged.
    """

    actors: tuple[str, ...] = ()
    """Of actors who are called so by now; those that are rejected count no more."""
    speakers: tuple[str, ...] = ()
    """Of speakers whose quotes are by now known to be that one's or, where an actor is sought, were so once."""
    rejected: tuple[str, ...] = ()
    """Of what is no actor any more."""
    given: tuple[str, ...] = ()
    """Of speakers whose quotes are by now known to be another's, or nobody's."""
    added: tuple[str, ...] = ()
    """Words that are an actor wherever they stand in an article."""
    judged: tuple[str, ...] = ()
    """The ids of the articles of which the index is not asked, because it is known what holds there."""
    answers: tuple[str, ...] = ()
    """Those of them that answer."""


AS_EXTRACTED = PutRight()
"""Nothing was put right."""


def facts_condition(queries: Sequence[Query], right: PutRight = AS_EXTRACTED, is_common: bool = False) -> Condition:
    """What fits all of `queries`, where something was put right as the reader has it.

    Args:
        is_common: whether `is_common_condition` was true: then articles are gone through until there are enough.
    """
    if is_common:
        return _among_many(extracted_rows(queries, right), right)
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


def is_common_condition(queries: Sequence[Query], right: PutRight = AS_EXTRACTED) -> Condition:
    """A statement that gives a row when more than `FEW` rows fit `queries`."""
    rows = extracted_rows(queries, right)
    return Condition(f"SELECT 1 FROM ({rows.sql}) LIMIT 1 OFFSET {FEW}", rows.values)


def _among_many(rows: Condition, right: PutRight) -> Condition:
    """As `facts_condition`, to be held against one article after the other: none is looked up that is not looked at."""
    number = "(SELECT n.number FROM analyses n WHERE n.hash = a.version)"
    # Where there is no analysis it must be false, not unknown: what is not unknown is unknown again.
    tests = [Condition(f"ifnull({number} IN (SELECT number >> 16 FROM ({rows.sql})), 0)", rows.values)]
    if right.added:
        standing = _standing(right.added)
        tests.append(Condition(f"a.number IN (SELECT number FROM ({standing.sql}))", standing.values))
    found = joined(" OR ", tests, "0")
    if not right.judged:
        return found
    judged, answers = json.dumps(right.judged), json.dumps(right.answers)
    sql = f"iif(a.id IN (SELECT value FROM json_each(?)), a.id IN (SELECT value FROM json_each(?)), {found.sql})"
    return Condition(sql, (judged, answers, *found.values))


def extracted_rows(queries: Iterable[Query], right: PutRight = AS_EXTRACTED) -> Condition:
    """The rows of what was extracted that fit all of `queries`."""
    words = [_in_facts(one, right) for one in queries if isinstance(one, Term)]
    figures = [one for one in queries if isinstance(one, Figure)]
    tests: list[Condition] = []
    if words:
        tests.append(Condition(_MATCHING, (" AND ".join(words),)))
    if figures:
        compared = " AND ".join(_COMPARED[one.comparison] for one in figures)
        values = tuple(one.value for one in figures for _ in range(1 + (one.comparison == "=")))
        tests.append(Condition(f"SELECT number FROM figures WHERE {compared}", values))
    return joined(" INTERSECT ", tests, "0", group=False)


def extracted_texts(queries: Iterable[Query], right: PutRight = AS_EXTRACTED) -> Condition:
    """The hashes of the texts of which one row of what was extracted fits all of `queries`."""
    rows = extracted_rows(queries, right)
    return Condition(_IN_ROWS.format(rows=rows.sql), rows.values)


def telling_analyses(term: Term, right: PutRight) -> Condition:
    """A statement that gives the numbers of the analyses in which anything has the words of `term`, or a name that
    means it; of no more than `MOST_ROWS` rows."""
    named = _whole("{speaker actor}", [*right.actors, *right.speakers])
    words = _words(term)
    return _first(f"quote : {words}" if term.field == "quote" else _any(f"{{speaker spoken actor}} : {words}", named))


def doubtful_analyses(term: Term, right: PutRight, joined_names: Iterable[str]) -> list[Condition]:
    """Statements that give the numbers of the analyses of which names alone do not tell for certain whether they
    answer; each of them looks at `MOST_ROWS` rows at most.

    Args:
        term: `actor:` or `said:`.
        joined_names: names of those who were merged or split, which `right` does not tell.
    """
    is_actor, merged = term.field == "actor", {*joined_names}
    named = _any(f"{{speaker spoken actor}} : {_words(term)}", _whole("{actor speaker}", right.actors))
    gone = _whole("actor" if is_actor else "speaker", [*right.rejected, *right.given, *right.speakers])
    found = [_first(f"({named}) AND {gone}")] if gone else []
    if not is_actor and right.speakers:
        found.append(_first(_whole("speaker", right.speakers)))
    if not is_actor or merged.intersection((*right.rejected, *right.given, *right.speakers)):
        found += _of_two(merged.union(() if is_actor else right.actors))
    # Who was given a quote may have other names in that article, and those who were merged have each other's.
    return found + _beside(named, merged.intersection(right.rejected) if is_actor else merged.union(right.given))


def _first(matching: str) -> Condition:
    return Condition(f"SELECT number >> 16 AS number FROM ({_MATCHING} LIMIT {MOST_ROWS})", (matching,))


def _of_two(names: Iterable[str]) -> list[Condition]:
    """The analyses in which two actors have these names: only one of them may be who is meant."""
    matching = _whole("actor", names)
    sql = f"SELECT number >> 16 FROM ({_MATCHING} LIMIT {MOST_ROWS}) GROUP BY number >> 16 HAVING count(*) > 1"
    return [Condition(sql, (matching,))] if matching else []


def _beside(matching: str, names: Iterable[str]) -> list[Condition]:
    """The analyses in which one row is as `matching` wants and one has one of these names."""
    one = _first(_whole("{speaker actor}", names))
    sql = f"SELECT DISTINCT o.number FROM ({one.sql}) o WHERE {_HAS_ROW.format(number='o.number')}"
    return [Condition(sql, (*one.values, matching))] if one.values[0] else []


def _standing(names: Iterable[str]) -> Condition:
    """The articles in whose text one of `names` stands with just its letters: a surname may be a common word, too."""
    text = "replace(CAST(inflated(v.text) AS TEXT), char(10), ' ')"
    sql = (
        "SELECT f.number, f.id FROM json_each(?) n CROSS JOIN search ON search MATCH json_extract(n.value, '$[0]')"
        " JOIN articles f ON f.number = search.rowid JOIN versions v ON v.article = f.number AND v.hash = f.version"
        f" WHERE instr({text}, json_extract(n.value, '$[1]'))"
    )
    return Condition(sql, (json.dumps([[f"text : {phrase(name)}", sound(name)] for name in names]),))


# --- full-text expressions -----------------------------------------------------------------------------------------


def _in_facts(term: Term, right: PutRight) -> str:
    """What a row has that fits `term`."""
    words = _words(term)
    match term.field:
        case "actor":
            named = _any(f"actor : {words}", _whole("actor", right.actors))
            found = _any(_but(named, _whole("actor", right.rejected)), _whole("speaker", right.speakers))
        case "said":
            found = _said(words, right)
        case _:
            found = f"{'figure' if term.field == 'number' else term.field} : {words}"
    return f"({found})"


def _said(words: str, right: PutRight) -> str:
    """The quotes of whom the article has so though he is no actor any more count still, but not by other names."""
    rejected, given = _whole("speaker", right.rejected), _whole("speaker", right.given)
    named = _any(f"{{speaker spoken}} : {words}", _whole("speaker", right.actors))
    spoken = f"(spoken : {words}) AND {rejected}" if rejected else ""
    kept = _but(_any(_but(named, rejected), spoken), given)
    return _any(kept, _whole("speaker", right.speakers))


def _words(term: Term) -> str:
    return phrase(term.value, term.prefix)


def _whole(column: str, names: Iterable[str]) -> str:
    """One of these whole names in a column; empty when there are none."""
    words = " OR ".join(f'"{exactly(name)}"' for name in names)
    return f"({column} : ({words}))" if words else ""


def _any(*expressions: str) -> str:
    return " OR ".join(f"({one})" for one in expressions if one)


def _but(expression: str, without: str) -> str:
    return f"({expression}) NOT {without}" if without else expression
