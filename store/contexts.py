"""Words in their context: where in a text the words of a query stand, or the figure or quote that it asks for, and the
line or two around them to show.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.query import And, Not, Or, Query, Term
from store.spans import Span

LENGTH = 180
"""Characters of an excerpt, about two lines of a list."""
_BEFORE = 60
"""Characters shown before the first word that was found."""
_AFTER = LENGTH - _BEFORE
_MOST_FOUND = 400
"""Places in one text that are looked at for the best excerpt."""
_SPOKEN = ("", "title", "actor", "said", "quote")


@dataclass(frozen=True, slots=True)
class Context:
    """An excerpt of a text, around words that were searched."""

    excerpt: str
    """On one line, with … where it does not begin or end with the text."""
    marks: tuple[Span, ...]
    """Where the words stand in the excerpt, and what else was asked for."""
    start: int
    """The code point of the text at which the first of them stands; 0 when there is none."""


class _Folding(dict[int, int]):
    """Letters without case and accents, one for one, as the full-text index takes them."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_folding = _Folding()
_WORDS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """`text` without case and accents; every code point stays at its place."""
    return text.translate(_folding)


def in_words(text: str) -> str:
    """The words of `text`, folded, with one blank before each and after the last: a phrase of them is a part of it."""
    return f" {' '.join(_WORDS.findall(folded(text)))} "


def wanted(query: Query) -> "re.Pattern[str] | None":
    """What finds the words that `query` wants in a folded text; None when it wants none."""
    patterns = {pattern for term in _terms(query) if (pattern := _pattern(term))}
    return re.compile("|".join(sorted(patterns, key=len, reverse=True))) if patterns else None


def context(text: str, words: "re.Pattern[str] | None", title: str = "", places: Sequence[Span] = ()) -> Context:
    """The excerpt of `text` with the most different words of those; its beginning when none is there.

    What stands in the `title` at the start of the text is taken only when there is nothing else: it is shown anyhow.

    Args:
        places: where the figures, quotes or actors stand that are asked for: it is an excerpt around one of them then.
    """
    beneath = len(title) if text.startswith(title) else 0
    if places:
        return _around(text, words, [one for one in places if one[0] >= beneath] or places)
    found = [] if words is None else _found(folded(text), words)
    found = [one for one in found if one[1][0] >= beneath] or found
    if not found:
        return _excerpt(text, 0, None)
    best = max(range(len(found)), key=lambda place: (_different(found, place), -place))
    # Of one word several times in a row, the last is nearest to the others.
    while best + 1 < len(found) and found[best][0] == found[best + 1][0] and _same_window(found, best):
        best += 1
    return _excerpt(text, found[best][1][0], words)


def _around(text: str, words: "re.Pattern[str] | None", places: Sequence[Span]) -> Context:
    """The excerpt around the place with the most different words in it, then around it; a long one where they stand."""
    best, most = places[0][0], (0, 0)
    for start, end in places[:_MOST_FOUND]:
        if words is None:
            break
        inner = folded(text[start:end])
        far = [start + match.start() for match in words.finditer(inner) if match.end() > _AFTER]
        for first in (start, *far[:1]):
            seen = folded(text[max(0, first - _BEFORE) : first + _AFTER])
            within = inner[first - start : first - start + _AFTER]
            found = (len({*words.findall(within)}), len({*words.findall(seen)}))
            if found > most:
                best, most = first, found
    return _excerpt(text, best, words, places)


def _terms(query: Query) -> Iterable[Term]:
    match query:
        case Term(field) if field in _SPOKEN:
            yield query
        case And(queries) | Or(queries):
            for one in queries:
                yield from _terms(one)
        case Not():
            return


def _pattern(term: Term) -> str:
    words = _WORDS.findall(folded(term.value))
    if not words:
        return ""
    joined = r"[\W_]+".join(map(re.escape, words))
    return rf"(?<![^\W_]){joined}" + ("" if term.prefix else r"(?![^\W_])")


def _found(text: str, words: "re.Pattern[str]") -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for match in words.finditer(text):
        found.append((match[0], match.span()))
        if len(found) == _MOST_FOUND:
            break
    return found


def _different(found: list[tuple[str, Span]], place: int) -> int:
    end = found[place][1][0] + _AFTER
    return len({word for word, span in found[place : place + 20] if span[1] <= end})


def _same_window(found: list[tuple[str, Span]], place: int) -> bool:
    near = found[place + 1][1][0] - found[place][1][0] < _AFTER
    return near and _different(found, place) == _different(found, place + 1) > 1


def _excerpt(text: str, first: int, words: "re.Pattern[str] | None", places: Sequence[Span] = ()) -> Context:
    start = max(0, first - _BEFORE)
    if start:
        start = next((place + 1 for place in range(start, first) if text[place].isspace()), start)
    end = min(len(text), start + LENGTH)
    before = "… " if start else ""
    excerpt = f"{before}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"
    marks = [match.span() for match in words.finditer(folded(excerpt))] if words else []
    for one in places:
        shown = _visible(text, max(start, one[0]), min(end, one[1]))
        if shown[0] < shown[1]:
            span = _length(text[start : shown[0]], text[shown[0]]), _length(text[start : shown[1]])
            marks += _unmarked((span[0] + len(before), span[1] + len(before)), marks)
    return Context(excerpt, tuple(sorted(marks)), first)


def _visible(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; it ends where it starts, or before, when nothing is in it."""
    if start >= end:
        return start, start
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _length(text: str, following: str = "") -> int:
    """Of `text` on one line, with the blank before what follows."""
    return len(" ".join(f"{text}{following}".split())) - len(following)


def _unmarked(span: Span, marks: Sequence[Span]) -> list[Span]:
    """`span`, unless something in it is marked already."""
    return [] if any(start < span[1] and span[0] < end for start, end in marks) else [span]
