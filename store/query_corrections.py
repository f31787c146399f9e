"""What the reader put right, as queries mind it: by which names the index of facts must be asked as well, and which
articles must not be asked of it at all.

The index knows what the machine found. Of an article with a correction of its own that the index, or the correction,
has the words of a query for, what was extracted is put right and asked itself, so that the answer is what the panes
show. A correction that holds everywhere changes articles by the thousand: there whole names tell who is called so by
now, who is no actor any more, and whose words are another's (`store.query_names`). Where names alone do not tell for
certain, because two actors share one or were merged, the articles are put right and asked themselves as well, unless
they are more than `MOST_DOUBTFUL`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from store import facts
from store.analysis import Analysis, Number
from store.annotation import Correction
from store.article import Article
from store.contexts import in_words
from store.errors import NotebookError
from store.library_file import LibraryFile
from store.notes_index import NotesIndex
from store.query import Figure, Query, Term
from store.query_conditions import Condition, Value
from store.query_facts import AS_EXTRACTED, MOST_ROWS, PutRight, doubtful_analyses, extracted_texts, telling_analyses
from store.query_names import Meant, Names, traced
from store.query_shown import NOTHING, Shown, compares, fits, is_about_figures, pattern_of, shown
from store.shelving import article_of

_ABOUT = ("said", "actor", "quote")
"""Fields that corrections bear upon; of those beside each other, the first is what corrections are sought by."""
MOST_DOUBTFUL = 200
"""Articles without corrections of their own that are put right for one query: about 0.1 s."""
_MOST = 2_000
"""Articles of which it is kept at hand what is in them."""
_STAMPS = """SELECT a.id, a.version, n.stamp FROM articles a JOIN analyses n ON n.hash = a.version
    WHERE a.id IN (SELECT value FROM json_each(?))"""
_STORED = """SELECT a.*, v.text, v.furniture, n.data FROM articles a JOIN versions v ON v.article = a.number
    JOIN analyses n ON n.hash = v.hash WHERE a.id = ? AND v.hash = iif(? = '', a.version, ?)"""


class Corrections:
    """Asks `notes`, which must be fresh, for corrections, and `file` for what they are about.

    Not for several threads at once. What is in an article is kept until its analysis changes or something is put right.
    """

    def __init__(self, file: LibraryFile, notes: NotesIndex) -> None:
        self._file, self._notes = file, notes
        self._seen: dict[tuple[str, str, str], Shown] = {}
        self._state = (0, 0)
        self._names = Names()
        self._named_at = (0, 0)

    def put_right(self, terms: Sequence[Query]) -> PutRight:
        """What corrections make of `terms`, which one thing must fit: an actor, a figure, or a quote and who said it.

        Costs a few questions to the indexes, and once about half a millisecond for each article that is put right.

        Raises:
            LibraryError: the library cannot be read.
        """
        if not self._notes.corrections.state()[0]:
            return AS_EXTRACTED
        if is_about_figures(terms):
            return self._judged(terms, self._with_figures(terms))
        about = [term for field in _ABOUT for term in terms if isinstance(term, Term) and term.field == field]
        pattern = pattern_of(about[0]) if about else None
        if pattern is None:
            return AS_EXTRACTED
        names = self._names_by_now()
        right = _put_right(about[0], names, names.meant(pattern))
        words = in_words(about[0].value)
        sought = [words.rstrip() if about[0].prefix else words, *map(in_words, (*right.actors, *right.speakers))]
        judged = {article for words in sought for article in self._notes.corrections.articles(words)}
        judged |= self._own(about[0], right) | self._doubtful(about[0], right, names)
        return self._judged(about, judged, right)

    def _names_by_now(self) -> Names:
        if self._named_at != (state := self._notes.corrections.state()):
            self._names, self._named_at = traced(self._notes.corrections.everywhere()), state
        return self._names

    def _own(self, term: Term, right: PutRight) -> set[str]:
        """The articles with corrections of their own of which the index has the words, as theirs or as another's."""
        numbers = [row[0] for row in self._file.read(_rows_of(telling_analyses(term, right)))]
        own = "id IN (SELECT value FROM json_each(?))"
        if len(numbers) < MOST_ROWS:
            own += " AND version IN (SELECT hash FROM analyses WHERE number IN (SELECT value FROM json_each(?)))"
        return set(self._ids(own, self._notes.corrections.of_names(), *([json.dumps(numbers)] * own.count(" AND "))))

    def _doubtful(self, term: Term, right: PutRight, names: Names) -> set[str]:
        """The articles that have to be asked themselves; none when they are too many."""
        numbers: set[int] = set()
        for one in [] if term.field == "quote" else doubtful_analyses(term, right, names.joined):
            numbers.update(row[0] for row in self._file.read(_rows_of(one)))
            if len(numbers) > MOST_DOUBTFUL:
                return set()
        test = "version IN (SELECT hash FROM analyses WHERE number IN (SELECT value FROM json_each(?)))"
        return set(self._ids(test, json.dumps([*numbers]))) if numbers else set()

    def _ids(self, test: str, *values: Value) -> list[str]:
        found = self._file.read(_rows_of(Condition(f"SELECT id FROM articles a WHERE {test}", values)))
        return [row[0] for row in found]

    def _with_figures(self, terms: Sequence[Query]) -> set[str]:
        """The articles with corrections of figures that may change whether one fits `terms`."""
        corrections = self._notes.corrections.about_figures()
        gaining = {article for article, those in corrections.items() if any(_may_fit(one, terms) for one in those)}
        extracted = extracted_texts(terms)
        test = f"id IN (SELECT value FROM json_each(?)) AND version IN ({extracted.sql})"
        return gaining.union(self._ids(test, json.dumps([*corrections]), *extracted.values))

    def _judged(self, terms: Sequence[Query], articles: Iterable[str], right: PutRight = AS_EXTRACTED) -> PutRight:
        """`right`, and which of `articles`, of which the index is not asked, answer."""
        judged = sorted(articles)
        answers = tuple(article for article, found in self._see(judged) if fits(terms, found))
        return replace(right, judged=tuple(judged), answers=answers)

    def analysis(self, article: str, version: str = "") -> tuple[Analysis, Article] | None:
        """What was extracted from an article's text, put right, and the article; None when it was not analysed.

        Args:
            article: its id.
            version: `Article.text_hash` of the text that is meant; without it the present one.

        Raises:
            LibraryError: the library cannot be read.
        """
        row = self._file.read(lambda connection: connection.execute(_STORED, (article, version, version)).fetchone())
        if row is None:
            return None
        found = article_of(row)
        analysis = facts.read(row["data"], found.text)
        corrections = self._notes.corrections.of(article)
        if analysis is not None and corrections:
            # Loaded with the first correction: anchoring takes longer to load than most queries to answer.
            from store.corrections import corrected

            analysis = corrected(analysis, corrections, found)
        return None if analysis is None else (analysis, found)

    def _see(self, articles: Sequence[str]) -> Iterator[tuple[str, Shown]]:
        if len(self._seen) > _MOST or self._state != self._notes.corrections.state():
            self._seen.clear()
            self._state = self._notes.corrections.state()
        ids = json.dumps(articles)
        for row in self._file.read(lambda connection: connection.execute(_STAMPS, (ids,)).fetchall()):
            key = (row["id"], row["version"], row["stamp"])
            if key not in self._seen:
                found = self.analysis(row["id"])
                self._seen[key] = shown(found[0], found[1].text) if found else NOTHING
            yield row["id"], self._seen[key]


def _rows_of(statement: Condition) -> Callable[[sqlite3.Connection], list[sqlite3.Row]]:
    return lambda connection: connection.execute(statement.sql, statement.values).fetchall()


def _may_fit(one: Correction, terms: Sequence[Query]) -> bool:
    """Whether the figure that `one` is about may fit `terms` by now, although it did not as it was extracted."""
    if one.kind == "reject":
        return False
    compared = [term for term in terms if isinstance(term, Figure)]
    if len(compared) < len(terms) or one.kind == "kind":
        return len(compared) < len(terms)
    # Loaded with the first correction: what belongs to it takes longer to load than most queries to answer.
    from store.corrections.figure import read_figure

    try:
        figure = read_figure(one.value)
    except NotebookError:
        return False
    bounds = facts.bounds(Number(0, 0, "", "count", figure.value, figure.high))
    return all(compares(term, *bounds) for term in compared)


def _put_right(term: Term, names: Names, meant: Meant) -> PutRight:
    """What corrections that hold everywhere make of `term`; they never bear upon the words of a quote."""
    if term.field == "quote":
        return AS_EXTRACTED
    rejected = tuple(names.rejected)
    if term.field == "actor":
        return PutRight(meant.actors, meant.made, rejected, added=meant.added)
    given = tuple(name for name in names.spoken if name not in meant.speakers)
    return PutRight(meant.actors, meant.speakers, rejected, given)
