"""What a newer version of an article changed: figures, quotes, paragraphs. No Textual and no waiting in here.

Lists of words are compared, entry by entry; how two readings of one passage differ is told by `tui.panes.differences`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from store.article import Article, one_line
from tui.reading import Reading

_MOST = 1_500
"""Entries of each list that are compared in their order, which takes a second at the worst; beyond that as bags."""


class Change(NamedTuple):
    """One entry that is not what it was."""

    old: str
    """Its words before; empty for what is new."""
    new: str
    """Its words now; empty for what is gone."""


class Changes(NamedTuple):
    """What one version has otherwise than another."""

    since: str
    """When the older text was first seen; ISO 8601."""
    figures: list[Change] | None
    """None while one of the texts is not analysed."""
    quotes: list[Change] | None
    paragraphs: list[Change]


def changes(before: Reading, now: Reading, since: str) -> Changes:
    """What `now` has otherwise than `before`, a text of the same article first seen at `since`."""
    is_known = before.raw is not None and now.raw is not None
    figures, quotes = (
        changed(_words(before, pane), _words(now, pane)) if is_known else None for pane in ("numbers", "quotes")
    )
    return Changes(since, figures, quotes, changed(_paragraphs(before.article), _paragraphs(now.article)))


def changed(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What differs between two lists, in their order; what stands in the place of something else together with it."""
    same = _same_at_start(old, new)
    old, new = old[same:], new[same:]
    same = _same_at_start(old[::-1], new[::-1])
    old, new = old[: len(old) - same], new[: len(new) - same]
    return list(_in_order(old, new) if max(len(old), len(new)) <= _MOST else _as_bags(old, new))


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (Change(*pair) for pair in zip_longest(old[first:last], new[start:end], fillvalue=""))


def _as_bags(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    before, now = Counter(old), Counter(new)
    yield from (Change(words, "") for words in (before - now).elements())
    yield from (Change("", words) for words in (now - before).elements())


def _same_at_start(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = zip(old, new, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _words(reading: Reading, pane: str) -> list[str]:
    return [row.words for row in reading.rows(pane, "appearance")]


def _paragraphs(article: Article) -> list[str]:
    return [one_line(article.text[slice(*span)]) for span in article.paragraphs]
