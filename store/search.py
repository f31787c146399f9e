"""Answers to queries: which articles, in which order, and with which of their words in context.

The most recent `RANKED` articles that hold the words are weighed by BM25, title before byline before text; a word
that is in more of them says nothing about which is meant, and weighing all would take a second. Everything else is
ordered as a shelf is.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from store import facts
from store.annotation import now
from store.contexts import Context, context, folded, wanted
from store.entries import COLUMNS, ORDERS, Entry, Order, entry_of
from store.errors import LibraryError
from store.fact_places import FactPlaces
from store.home import reason
from store.library_file import LibraryFile
from store.notes_index import NotesIndex
from store.query import Query, is_about_facts
from store.query_conditions import Condition, Value, sound
from store.query_corrections import Corrections
from store.query_facts import PutRight, is_common_condition
from store.query_sql import Compiled, Mark, compile_query
from store.query_units import is_known, refusal, unit_terms
from store.schema import unpacked
from store.spans import Span

RANKED = 4_000
_WEIGHTS = "bm25(search, 8.0, 4.0, 1.0)"
_ANALYSIS = "(SELECT n.data FROM analyses n WHERE n.hash = a.version)"
# What was thrown away is counted apart: the index of versions alone, which does not tell it, is read in a tenth of the
# time that the articles take.
_UNANALYSED = """SELECT (SELECT count(*) FROM articles a WHERE {lacking})
    - (SELECT count(*) FROM articles a WHERE a.binned AND {lacking})""".format(
    lacking="NOT EXISTS (SELECT 1 FROM analyses n WHERE n.hash = a.version)"
)
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.fact_words USING fts5vocab('main', 'facts', 'col')"
_BEGINNING = 2
"""Letters that a word and the one that is meant have in common: 25 ms at 100,000 articles, with one letter 170."""
_BEST_FIRST = "ORDER BY c.weight, a.number DESC"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that answers a query."""

    entry: Entry
    context: Context


class Search:
    """Asks an open library file, and the notes index for what is noted. Every method raises LibraryError."""

    def __init__(self, file: LibraryFile, notes: NotesIndex) -> None:
        self._file, self._notes = file, notes
        self._corrections = Corrections(file, notes)
        self._lacking: tuple[tuple[int, int], int] = ((-1, -1), 0)
        """How many articles are not analysed, and the state of the library in which that was counted."""

    def find(self, query: Query, limit: int = 50, offset: int = 0, order: Order | None = None) -> list[Hit]:
        """The answers with their contexts, best first, or in `order`; 10 to 50 ms for fifty of 100,000 articles."""
        compiled = self._compiled(query)
        words, finders = wanted(query), [FactPlaces(one) for one in compiled.asked]

        def work(connection: sqlite3.Connection) -> list[Hit]:
            hits = []
            for row in _answers(connection, compiled, order, limit, offset):
                text = unpacked(row["text"])
                places = sorted(place for finder in finders for place in self._places(finder, row, text))
                hits.append(Hit(entry_of(row), context(text, words, row["title"], places)))
            return hits

        return self._file.read(work)

    def _places(self, finder: FactPlaces, row: sqlite3.Row, text: str) -> list[Span]:
        """Where in an answer stands what was asked for."""
        if row["id"] in finder.asked.right.judged:
            found = self._corrections.analysis(row["id"])
            return finder.put_right(found[0], text) if found else []
        analysis = facts.read(row["data"], text, finder.panes) if row["data"] else None
        return finder.extracted(analysis, text) if analysis else []

    def ids(self, query: Query, order: Order | None = None) -> list[str]:
        """The ids of all answers in order; without one, those with words in them best first, others last opened."""
        compiled = self._compiled(query)
        if compiled.match and order is None:
            chosen, values = _ranked(compiled, RANKED, 0)
            sql = f"SELECT a.id FROM ({chosen}) c JOIN articles a ON a.number = c.number {_BEST_FIRST}"
        else:
            where = _where(compiled)
            values = where.values
            sql = f"SELECT a.id FROM articles a WHERE {where.sql} ORDER BY {ORDERS[order or 'opened']}"
        return self._file.read(lambda connection: [row[0] for row in connection.execute(sql, values)])

    def entries(self, query: Query, order: Order = "opened") -> list[Entry]:
        """All answers in that order."""
        where = _where(self._compiled(query))
        sql = f"SELECT {COLUMNS} FROM articles a WHERE {where.sql} ORDER BY {ORDERS[order]}"
        return self._file.read(lambda connection: list(map(entry_of, connection.execute(sql, where.values))))

    def count(self, query: Query) -> int:
        """How many articles answer."""
        where = _where(self._compiled(query))
        sql = f"SELECT count(*) FROM articles a WHERE {where.sql}"
        return self._file.read(lambda connection: int(connection.execute(sql, where.values).fetchone()[0]))

    def unanalysed(self, query: Query) -> int:
        """How many articles cannot answer what `query` asks of actors, quotes or figures, as they are not analysed yet.

        0 when it asks for nothing of the kind. Costs 50 ms for 100,000 articles when the library has changed since.
        """

        def work(connection: sqlite3.Connection) -> int:
            state = (connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
            if self._lacking[0] != state:
                self._lacking = state, int(connection.execute(_UNANALYSED).fetchone()[0])
            return self._lacking[1]

        return self._file.read(work) if is_about_facts(query) else 0

    def check(self, query: Query, typed: str) -> None:
        """Refuse words for figures that no figure of any article has, and that are no unit anyhow.

        Nothing is refused while there are articles of which nobody knows their figures.

        Raises:
            QueryError: says which word, and what may be meant; `typed` is what `query` was read from.
        """
        for term in unit_terms(query):
            if not is_known(term) and not self._has_answer(term) and not self.unanalysed(term):
                raise refusal(term, typed, self._figure_words(folded(term.value)[:_BEGINNING]))

    def _figure_words(self, beginning: str) -> list[str]:
        """The words by which figures are found that begin so."""

        def work(connection: sqlite3.Connection) -> list[str]:
            connection.execute(_WORDS)
            sql = "SELECT term FROM temp.fact_words WHERE term >= ? AND term < ? AND col = 'figure'"
            return [row[0] for row in connection.execute(sql, (sound(beginning), sound(beginning) + chr(0x10FFFF)))]

        return self._file.read(work)

    def _has_answer(self, query: Query) -> bool:
        where = _where(self._compiled(query))
        sql = f"SELECT 1 FROM articles a WHERE {where.sql} LIMIT 1"
        return self._file.read(lambda connection: connection.execute(sql, where.values).fetchone()) is not None

    def _compiled(self, query: Query) -> Compiled:
        fresh = cache(self._notes.refresh)

        def marked(mark: Mark, value: str) -> str:
            fresh()
            return self._notes.articles(mark, value)

        def corrected(terms: Sequence[Query]) -> tuple[PutRight, bool]:
            fresh()
            right = self._corrections.put_right(terms)
            test = is_common_condition(terms, right)
            return right, self._file.read(lambda connection: bool(connection.execute(test.sql, test.values).fetchone()))

        try:
            return compile_query(query, marked, corrected, date.fromisoformat(now()[:10]))
        except sqlite3.Error as error:
            raise notes_failed(error) from error


def notes_failed(error: sqlite3.Error) -> LibraryError:
    """What to say when the notes index cannot be asked."""
    return LibraryError(f"the index of all notes cannot be read ({reason(error)})", "", "run `briefbook doctor`")


def _where(compiled: Compiled) -> Condition:
    """What every answer fulfils; what was thrown away answers nothing."""
    if not compiled.match:
        return Condition(f"NOT a.binned AND ({compiled.where.sql})", compiled.where.values)
    return Condition(
        f"NOT a.binned AND a.number IN (SELECT rowid FROM search WHERE search MATCH ?) AND ({compiled.where.sql})",
        (compiled.match, *compiled.where.values),
    )


def _answers(
    connection: sqlite3.Connection, compiled: Compiled, order: Order | None, limit: int, offset: int
) -> Sequence[sqlite3.Row]:
    if compiled.match and order is None:
        chosen, values = _ranked(compiled, limit, offset)
        ordered = _BEST_FIRST
    else:
        where = _where(compiled)
        ordered = f"ORDER BY {ORDERS[order or 'added']}"
        chosen = f"SELECT a.number FROM articles a WHERE {where.sql} {ordered} LIMIT ? OFFSET ?"
        values = (*where.values, limit, offset)
    analysis = f"{_ANALYSIS if compiled.asked else 'NULL'} AS data"
    sql = (
        f"SELECT {COLUMNS}, v.text, {analysis} FROM ({chosen}) c JOIN articles a ON a.number = c.number"
        f" JOIN versions v ON v.article = a.number AND v.hash = a.version {ordered}"
    )
    return connection.execute(sql, values).fetchall()


def _ranked(compiled: Compiled, limit: int, offset: int) -> tuple[str, tuple[Value, ...]]:
    """A query, with its parameters, for the numbers of the answers that fit the words best, and how well."""
    sql = (
        f"SELECT a.number, {_WEIGHTS} AS weight FROM search JOIN articles a ON a.number = search.rowid"
        f" WHERE search MATCH ? AND NOT a.binned AND ({compiled.where.sql})"
        f" ORDER BY search.rowid DESC LIMIT {RANKED}"
    )
    sql = f"SELECT number, weight FROM ({sql}) ORDER BY weight, number DESC LIMIT ? OFFSET ?"
    return sql, (compiled.match, *compiled.where.values, limit, offset)
