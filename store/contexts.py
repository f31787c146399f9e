"""Words in their context: where in a text the words of a query stand, and the line or two around them to show."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from store.query import And, Not, Or, Query, Term
from store.spans import Span

LENGTH = 180
"""Characters of an excerpt, about two lines of a list."""
_BEFORE = 60
"""Characters shown before the first word that was found."""
_MOST_FOUND = 400
"""Places in one text that are looked at for the best excerpt."""
_SPOKEN = ("", "title", "actor", "said", "quote")


@dataclass(frozen=True, slots=True)
class Context:
    """An excerpt of a text, around words that were searched."""

    excerpt: str
    """On one line, with … where it does not begin or end with the text."""
    marks: tuple[Span, ...]
    """Where the words stand in the excerpt."""
    start: int
    """The code point of the text at which the first of these words stands; 0 when there is none."""


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


def context(text: str, words: "re.Pattern[str] | None", title: str = "") -> Context:
    """The excerpt of `text` with the most different words of those; its beginning when none is there.

    Words of the `title` at the start of the text are taken only when there are no others: it is shown anyhow.
    """
    found = [] if words is None else _found(folded(text), words)
    beneath = len(title) if text.startswith(title) else 0
    found = [one for one in found if one[1][0] >= beneath] or found
    if not found:
        return _excerpt(text, 0, None)
    best = max(range(len(found)), key=lambda place: (_different(found, place), -place))
    # Of one word several times in a row, the last is nearest to the others.
    while best + 1 < len(found) and found[best][0] == found[best + 1][0] and _same_window(found, best):
        best += 1
    return _excerpt(text, found[best][1][0], words)


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
    end = found[place][1][0] + LENGTH - _BEFORE
    return len({word for word, span in found[place : place + 20] if span[1] <= end})


def _same_window(found: list[tuple[str, Span]], place: int) -> bool:
    near = found[place + 1][1][0] - found[place][1][0] < LENGTH - _BEFORE
    return near and _different(found, place) == _different(found, place + 1) > 1


def _excerpt(text: str, first: int, words: "re.Pattern[str] | None") -> Context:
    start = max(0, first - _BEFORE)
    if start:
        start = next((place + 1 for place in range(start, first) if text[place].isspace()), start)
    end = min(len(text), start + LENGTH)
    excerpt = " ".join(text[start:end].split())
    excerpt = f"{'… ' if start else ''}{excerpt}{' …' if end < len(text) else ''}"
    marks = tuple(match.span() for match in words.finditer(folded(excerpt))) if words else ()
    return Context(excerpt, marks, first)
