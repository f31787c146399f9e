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
from itertools import chain

from store import facts
from store.analysis import Analysis
from store.annotation import Correction
from store.article import Article, one_line
from store.contexts import folded, in_words, wanted
from store.library_file import LibraryFile
from store.notes_index import NotesIndex
from store.query import Query, Term
from store.query_facts import AS_EXTRACTED, PutRight
from store.shelving import article_of

_ABOUT = ("said", "actor", "quote")
"""Fields that corrections bear upon; of those beside each other, the first is what corrections are sought by."""
_MOST = 2_000
"""Articles of which it is kept at hand what is in them."""
_STAMPS = """SELECT a.id, a.version, n.stamp FROM articles a JOIN analyses n ON n.hash = a.version
    WHERE a.id IN (SELECT value FROM json_each(?))"""
_STORED = """SELECT a.*, v.text, v.furniture, n.data FROM articles a JOIN versions v ON v.article = a.number
    JOIN analyses n ON n.hash = v.hash WHERE a.id = ? AND v.hash = iif(? = '', a.version, ?)"""

_Seen = tuple[list[list[str]], list[tuple[list[str], str]]]
"""The names of each actor; of each quote the names of its speaker, and its words. All of it folded."""


class Corrections:
    """Asks `notes`, which must be fresh, for corrections, and `file` for what they are about.

    Not for several threads at once. What is in an article is kept until its analysis changes or something is put right.
    """

    def __init__(self, file: LibraryFile, notes: NotesIndex) -> None:
        self._file, self._notes = file, notes
        self._seen: dict[tuple[str, str, str], _Seen] = {}
        self._state = (0, 0)

    def put_right(self, terms: Sequence[Query]) -> PutRight:
        """What corrections make of `terms`, which one thing must fit: an actor, or a quote and who said it.

        Costs one question to the notes index, and once about a millisecond for each article with a correction of its
        own that has the words in it.

        Raises:
            LibraryError: the library cannot be read.
        """
        about = [term for field in _ABOUT for term in terms if isinstance(term, Term) and term.field == field]
        pattern = wanted(about[0]) if about else None
        if pattern is None or not self._notes.corrections.state()[0]:
            return AS_EXTRACTED
        names = _Names(about[0].field, pattern)
        names.trace(self._notes.corrections.everywhere())
        words = in_words(about[0].value)
        sought = [words.rstrip() if about[0].prefix else words, *map(in_words, names)]
        judged = sorted({article for words in sought for article in self._notes.corrections.articles(words)})
        answers = tuple(article for article, seen in self._see(judged) if _fits(about, seen))
        return PutRight(*names.found(), tuple(judged), answers)

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

    def _see(self, articles: Sequence[str]) -> Iterator[tuple[str, _Seen]]:
        if len(self._seen) > _MOST or self._state != self._notes.corrections.state():
            self._seen.clear()
            self._state = self._notes.corrections.state()
        ids = json.dumps(articles)
        for row in self._file.read(lambda connection: connection.execute(_STAMPS, (ids,)).fetchall()):
            key = (row["id"], row["version"], row["stamp"])
            if key not in self._seen:
                found = self.analysis(row["id"])
                self._seen[key] = _seen(found[0], found[1].text) if found else ([], [])
            yield row["id"], self._seen[key]


def _seen(analysis: Analysis, text: str) -> _Seen:
    actors = [[folded(name) for name in (actor.name, *actor.aliases)] for actor in analysis.actors]
    speakers = [[folded(name) for name in names] for names in facts.speakers(analysis, text)]
    return actors, [(who, folded(quote.text)) for quote, who in zip(analysis.quotes, speakers, strict=True)]


def _fits(terms: Sequence[Term], seen: _Seen) -> bool:
    """Whether an actor, or a quote and who said it, fit all of `terms`."""
    actors, quotes = seen
    if terms[0].field == "actor":
        return any(_has(terms[0], names) for names in actors)
    return any(all(_has(term, who if term.field == "said" else [text]) for term in terms) for who, text in quotes)


def _has(term: Term, texts: Iterable[str]) -> bool:
    pattern = wanted(term)
    return pattern is not None and any(map(pattern.search, texts))


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
