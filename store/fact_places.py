"""Where in a text stands what a query asks of figures, quotes and actors: what is shown and opened of an answer. Pure.

That an article answers was found out by then (`store.query_facts`); here it is told which of its things are the reason.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from store import facts
from store.analysis import Actor, Analysis, Number
from store.annotation import Pane
from store.contexts import folded
from store.query import Figure, Query, Term
from store.query_facts import AS_EXTRACTED, PutRight
from store.query_names import key
from store.query_shown import compares, is_about_figures, pattern_of
from store.spans import Span

_FIGURES: tuple[Pane, ...] = ("numbers",)
_ACTORS: tuple[Pane, ...] = ("actors",)
_QUOTES: tuple[Pane, ...] = ("quotes",)
_SPEAKERS: tuple[Pane, ...] = ("actors", "quotes")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one thing in an article must fit."""

    terms: tuple[Query, ...]
    """Of figures, of an actor, or of a quote and who said it."""
    right: PutRight = AS_EXTRACTED
    """What was put right about it."""


class FactPlaces:
    """Finds what fits `asked` in one analysis after the other."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        terms = [term for term in asked.terms if isinstance(term, Term)]
        self._words = {field: _finders(terms, field) for field in ("actor", "said", "quote", "number")}
        self._compared = [term for term in asked.terms if isinstance(term, Figure)]
        right = asked.right
        groups = (right.actors, right.speakers, right.rejected, right.given)
        self._actors, self._speakers, self._rejected, self._given = (frozenset(map(key, names)) for names in groups)

    @property
    def panes(self) -> Collection[Pane]:
        """What must be there of an analysis."""
        if is_about_figures(self.asked.terms):
            return _FIGURES
        return _ACTORS if self._words["actor"] else _SPEAKERS if self._words["said"] else _QUOTES

    def extracted(self, analysis: Analysis, text: str) -> list[Span]:
        """Where in `text` stands what fits by what holds everywhere; `analysis` is as the machine made it."""
        return self._places(analysis, text, self._is_actor, self._has_said)

    def put_right(self, analysis: Analysis, text: str) -> list[Span]:
        """Where in `text` stands what fits; `analysis` is put right already."""

        def is_actor(names: Sequence[str]) -> bool:
            return _has_all(self._words["actor"], names)

        def has_said(names: Sequence[str], _: str) -> bool:
            return _has_all(self._words["said"], names)

        return self._places(analysis, text, is_actor, has_said)

    def _places(
        self,
        analysis: Analysis,
        text: str,
        is_actor: Callable[[Sequence[str]], bool],
        has_said: Callable[[Sequence[str], str], bool],
    ) -> list[Span]:
        if is_about_figures(self.asked.terms):
            return [figure.span for figure in analysis.numbers if self._is_figure(figure)]
        if self._words["actor"]:
            found = [span for actor in analysis.actors if is_actor(_names(actor)) for span in actor.mentions]
            return sorted([*found, *self._added(text)])
        speakers = facts.speakers(analysis, text) if self._words["said"] else [[]] * len(analysis.quotes)
        return [
            span
            for quote, names in zip(analysis.quotes, speakers, strict=True)
            if _has_all(self._words["quote"], [quote.text])
            and (not self._words["said"] or has_said(names, text[slice(*quote.speaker)] if quote.speaker else ""))
            for span in quote.spans
        ]

    def _is_figure(self, figure: Number) -> bool:
        return all(compares(term, *facts.bounds(figure)) for term in self._compared) and _has_all(
            self._words["number"], [facts.words_of(figure)]
        )

    def _is_actor(self, names: Sequence[str]) -> bool:
        known = set(map(key, names))
        return (_has_all(self._words["actor"], names) or not known.isdisjoint(self._actors)) and known.isdisjoint(
            self._rejected
        )

    def _has_said(self, names: Sequence[str], spoken: str) -> bool:
        """As the index is asked (`store.query_facts`): by the names by now, else by how the article has the speaker."""
        known, words = set(map(key, names)), self._words["said"]
        if not known.isdisjoint(self._speakers):
            return True
        if not known.isdisjoint(self._given):
            return False
        if not known.isdisjoint(self._rejected):
            return _has_all(words, [spoken])
        return _has_all(words, names) or not known.isdisjoint(self._actors)

    def _added(self, text: str) -> Iterable[Span]:
        """Where words that are an actor wherever they stand do so first."""
        for words in self.asked.right.added:
            if (start := text.find(words)) >= 0:
                yield start, start + len(words)


_Finder = Callable[[str], object]


def _finders(terms: Iterable[Term], field: str) -> list[_Finder]:
    patterns = [pattern_of(term) for term in terms if term.field == field]
    return [pattern.search if pattern else _nowhere for pattern in patterns]


def _nowhere(_: str) -> None:
    return None


def _has_all(finders: Iterable[_Finder], texts: Sequence[str]) -> bool:
    """Whether each finds one of `texts`."""
    return all(any(finder(folded(text)) for text in texts) for finder in finders)


def _names(actor: Actor) -> list[str]:
    return [actor.name, *actor.aliases]
