"""Which highlights and notes tell of an actor: what the machine found in an article, put right as the panes show it,
laid against what the reader marked in it. All of it is only read here.

A highlight tells of an actor who is named in it, who is meant by a pronoun or a role in it, or whose words it has; a
note on an article as a whole tells of all who act there.
"""

import json
import re

from store.analysis import Analysis
from store.annotation import Selector
from store.contexts import folded, wanted
from store.library import Library
from store.notes_index import Annotation, NotesIndex
from store.query import Term
from store.query_corrections import Corrections
from store.search import Search
from store.spans import Span, overlap

_MOST = 1_000
"""Texts of which the actors are kept at hand."""

_Actors = list[tuple[list[str], list[Span]]]
"""Of each actor the names, folded, and where in the text it stands or speaks."""
_Told = tuple[_Actors, str]
"""Who stands where, and the text where places in it must be looked for; otherwise empty."""


class ActorNotes:
    """Asks `library` who stands where, and `notes` what is marked there. Not for several threads at once.

    What was asked once of a text is kept until something is put right: an analysis that is made anew meanwhile is seen
    by the next one of these.
    """

    def __init__(self, library: Library, search: Search, notes: NotesIndex) -> None:
        self._search, self._notes = search, notes
        self._corrections = Corrections(library.file, notes)
        self._actors: dict[tuple[str, str], _Told] = {}
        self._state = (0, 0)

    def ids(self, term: Term) -> str:
        """The ids of the annotations that tell of the actor that `term` (`actor:brandt`) names, as a JSON array.

        Costs a few milliseconds for each annotated article with that actor, once.

        Raises:
            LibraryError: the library cannot be read.
        """
        pattern = wanted(term)
        if pattern is None:
            return "[]"
        rows = self._notes.on_articles(self._search.ids(term))
        if self._state != (state := self._notes.corrections.state()):
            self._actors.clear()
            self._state = state
        return json.dumps([row.id for row in rows if not row.is_highlight or self._tells(row, pattern)])

    def _tells(self, row: Annotation, pattern: re.Pattern[str]) -> bool:
        told = self._in_text(row.article, row.version)
        marked = _place(row, told[1]) if told else None
        if told is None or marked is None:
            return pattern.search(folded(row.quote)) is not None
        return any(
            any(overlap(span, marked) for span in spans)
            for names, spans in told[0]
            if any(pattern.search(name) for name in names)
        )

    def _in_text(self, article: str, version: str) -> _Told | None:
        """Who stands where in the text of that hash of the article of that id; None when it was not analysed."""
        key = (article, version)
        if key not in self._actors:
            found = self._corrections.analysis(article, version)
            if found is None:
                return None
            if len(self._actors) >= _MOST:
                self._actors.clear()
            self._actors[key] = _actors(found[0]), "" if version else found[1].text
        return self._actors[key]


def _place(row: Annotation, text: str) -> Span | None:
    """Where a highlight stands in the text that it was made in or, when it does not say which, in `text`."""
    marked = (row.start, row.start + len(row.quote))
    if row.version:
        return marked
    # What was imported may bring a place that is none here. Loaded with the first: anchoring takes long to load.
    from store import anchoring

    found = anchoring.find(Selector(row.quote, "", "", *marked), text)
    return (found.start, found.end) if found else None


def _actors(analysis: Analysis) -> _Actors:
    said: dict[str, list[Span]] = {}
    for quote in analysis.quotes:
        said.setdefault(quote.actor or "", []).extend(quote.spans)
    return [
        (
            [folded(name) for name in (actor.name, *actor.aliases)],
            [*actor.mentions, *actor.references, *said.get(actor.id, ())],
        )
        for actor in analysis.actors
    ]
