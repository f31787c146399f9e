"""Where two readings of one passage differ, word by word; and the part of a long one that shows it."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from store.spans import Span

_WORD = re.compile(r"\S+")
_MOST = 4_000
"""Characters of each that are compared."""
_LEAD = 3
"""Words that stay before the first difference when a long passage is cut."""
_ELLIPSIS = "… "


class Side(NamedTuple):
    """One of two readings of a passage."""

    text: str
    """With one blank between words."""
    differs: list[Span]
    """Its words that the other reading has not, neighbours together."""
    first: int
    """Where in it the first difference is, even if that is only what it lacks."""


def compared(old: str, new: str) -> tuple[Side, Side]:
    """Both readings of a passage. Costs up to some milliseconds for a passage of many hundred words."""
    old, new = (" ".join(text[:_MOST].split()) for text in (old, new))
    before, after = ([match.span() for match in _WORD.finditer(text)] for text in (old, new))
    matcher = SequenceMatcher(None, _words(old, before), _words(new, after), autojunk=False)
    changes = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    return (
        _reading(old, before, [(i, j) for i, j, _, _ in changes]),
        _reading(new, after, [(k, m) for _, _, k, m in changes]),
    )


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _reading(text: str, words: Sequence[Span], changes: Sequence[Span]) -> Side:
    differs = [(words[first][0], words[last - 1][1]) for first, last in changes if first < last]
    index = changes[0][0] if changes else 0
    return Side(text, differs, words[index][0] if index < len(words) else len(text))


def from_difference(side: Side, room: int) -> Side:
    """`side`, from a few words before its first difference when that lies more than `room` characters in."""
    if side.first <= room:
        return side
    start = side.first
    for _ in range(_LEAD):
        start = side.text.rfind(" ", 0, max(0, start - 1)) + 1
    shift = len(_ELLIPSIS) - start
    differs = [(first + shift, last + shift) for first, last in side.differs]
    return Side(_ELLIPSIS + side.text[start:], differs, side.first + shift)
