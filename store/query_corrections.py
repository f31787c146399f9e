"""What the reader put right, as queries mind it: by which names the index of facts must be asked as well, and which
articles must not be asked of it at all.

The index knows what the machine found. Of an article with a correction of its own that has the words of a query, what
was extracted is put right and asked itself, so that the answer is what the panes show. A correction that holds
everywhere changes articles by the thousand; in those the index is asked by the old names as well. That only adds
answers, and a phrase finds an old name within a longer one, too: who was rejected everywhere, or lost quotes to another
speaker everywhere, is still found in other articles. Whoever is asked by an old name is found there as the machine has
it: not with what was said under the new name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from store import facts
from store.analysis import Analysis, Number
from store.annotation import Correction
from store.article import Article, one_line
from store.contexts import folded, in_words
from store.errors import NotebookError
from store.library_file import LibraryFile
from store.notes_index import NotesIndex
from store.query import Figure, Query, Term
from store.query_facts import AS_EXTRACTED, PutRight, extracted_texts
from store.query_shown import NOTHING, Shown, compares, fits, is_about_figures, pattern_of, shown
from store.shelving import article_of

_ABOUT = ("said", "actor", "quote")
"""Fields that corrections bear upon; of those beside each other, the first is what corrections are sought by."""
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

    def put_right(self, terms: Sequence[Query]) -> PutRight:
        """What corrections make of `terms`, which one thing must fit: an actor, a figure, or a quote and who said it.

        Costs one question to the notes index, and once about a millisecond for each article with a correction of its
        own that has the words in it.

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
        names = _Names(about[0].field, pattern)
        names.trace(self._notes.corrections.everywhere())
        words = in_words(about[0].value)
        sought = [words.rstrip() if about[0].prefix else words, *map(in_words, names)]
        judged = {article for words in sought for article in self._notes.corrections.articles(words)}
        return self._judged(about, judged, PutRight(*names.found()))

    def _with_figures(self, terms: Sequence[Query]) -> set[str]:
        """The articles with corrections of figures that may change whether one fits `terms`."""
        corrections = self._notes.corrections.about_figures()
        gaining = {article for article, those in corrections.items() if any(_may_fit(one, terms) for one in those)}
        extracted = extracted_texts(terms)
        sql = f"SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND version IN ({extracted.sql})"
        values = (json.dumps([*corrections]), *extracted.values)
        losing = self._file.read(lambda connection: [row[0] for row in connection.execute(sql, values)])
        return gaining.union(losing)

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


class _Names:
    """By which names the machine has those who are called as `pattern` wants by now, in any article.

    Args:
        field: the query's; nobody is sought for the words of a quote.
    """

    def __init__(self, field: str, pattern: "re.Pattern[str]") -> None:
        self._field, self._pattern = field, pattern
        self._actors: dict[str, str] = {}
        self._speakers: dict[str, str] = {}
        self._added: dict[str, str] = {}

    def __iter__(self) -> Iterator[str]:
        return chain(*self.found())

    def found(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Actors, speakers, and words that were made an actor, as in `PutRight`."""
        return tuple(self._actors.values()), tuple(self._speakers.values()), tuple(self._added.values())

    def trace(self, corrections: Sequence[Correction]) -> None:
        """Go from new names to old ones, until there are no more: a name may have been put right several times."""
        known = -1
        while self._field != "quote" and known != (known := len([*self])):
            for one in corrections:
                self._trace(one)

    def _trace(self, one: Correction) -> None:
        name, value = one_line(one.name), _key(one.value)
        fits = self._pattern.search(folded(one.value)) is not None
        match one.kind:
            case "rename" | "merge":
                for known in (self._actors, self._speakers):
                    if value in known or (fits and (known is self._speakers) == (self._field == "said")):
                        known[_key(name)] = name
            # A speaker without a capital letter is "he" or "the mayor": another one in the next article.
            case "set-speaker" if name != name.lower() and (fits or value in self._actors or value in self._speakers):
                self._speakers[_key(name)] = name
            case "add" if one.pane == "actors" and self._field == "actor":
                words = one_line(one.selector.exact)
                if _key(words) in self._actors or self._pattern.search(folded(words)):
                    self._added[_key(words)] = words


def _key(name: str) -> str:
    return one_line(name).casefold()
