"""What has become of an open article where it came from, and where places in its text stand in a newer one.

A file is looked at; nothing else is asked without being told to. All is blocking, and called in threads: what touches
the file in one that is not the desk's, so that a folder in the network that does not answer keeps no note from the
disk. No Textual in here.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from store import anchoring, intake
from store.article import Article
from store.errors import BriefbookError
from store.intake import Begun, files
from store.intake.watch import Watch
from store.spans import Span
from tui.blocks import Blocks
from tui.reader.segments import Segments
from tui.shelves import ID

_READING = 10.0
"""Seconds that may lie between reading a file and knowing its text: what changed it within them is looked at."""
_NEARBY = 8
"""Sentences before and behind one that reads otherwise that are looked for."""
_MOST_BETWEEN = 20_000
"""Code points between those in which it is looked for by likeness."""


class OpenFile:
    """The file that the text of an open article was read from."""

    def __init__(self, path: str, article: Article, seen: str) -> None:
        """A file.

        Args:
            seen: when this text of the article was first seen, ISO 8601; empty when that is not known. What was
                changed later may say something else, so that the first looks tell.
        """
        self.path = path
        self.newer: Begun | None = None
        """What the file says now, when that is another text than the article's."""
        self._hash = article.text_hash
        self._watch = Watch([path], [path] if _changed(path) < moment(seen) - _READING else [])

    def look(self) -> bool:
        """Look at the file; whether `newer` is something else now.

        Takes a few calls of the system. Where time and size say that the file changed, and it was left alone since the
        look before, it is read: what is still being written is not read half, and one that was only touched is no news.
        """
        if not self._watch.look():
            return False
        before, self.newer = self.newer, self._read()
        return before is not self.newer

    def _read(self) -> Begun | None:
        with suppress(BriefbookError, OSError):
            begun = intake.begin(self.path)
            return begun if begun.article.text_hash != self._hash else None
        return None


def source_of(key: str, article: Article) -> str:
    """Where the article under that key of the desk can be read again; empty for standard input."""
    source = article.source if key.startswith(ID) or not key else key
    return "" if source == intake.STDIN else source


def open_file(key: str, article: Article, seen: str) -> OpenFile | None:
    """The file that holds the article under that key and no other; None when there is none.

    Args:
        seen: as for `OpenFile`.
    """
    source = source_of(key, article)
    if not source or intake.is_url(source):
        return None
    with suppress(BriefbookError, OSError):
        path = files.absolute(source)
        is_part = article.source != path and article.source.startswith(f"{path}#")
        return OpenFile(path, article, seen) if Path(path).is_file() and not is_part else None
    return None


def same_places(old: str, new: str, offsets: Iterable[int]) -> dict[int, int]:
    """Where the places at these offsets of the text `old` are in `new`, for each of them.

    A place goes with its sentence, also when the words of that changed; where it is gone, with the nearest one behind
    or before it that is not. Costs some milliseconds for each place that does not read the same.
    """
    segments = Segments(Blocks(old))
    return {offset: _same_place(segments, new, offset) for offset in offsets}


def _same_place(segments: Segments, new: str, offset: int) -> int:
    start, end = segments.sentence(offset)
    place = _only_place(segments.text[start:end], new)
    if place is not None:
        return place + min(offset, end - 1) - start
    before = _nearest(segments, new, start, segments.previous_sentence)
    behind = _nearest(segments, new, start, segments.next_sentence)
    first, last = before or 0, len(new) if behind is None else behind
    if start < end and first < last <= first + _MOST_BETWEEN:
        found = anchoring.find(anchoring.describe(segments.text, start, end), new[first:last])
        if found is not None:
            return first + found.start
    return next((place for place in (behind, before) if place is not None), max(0, min(offset, len(new) - 1)))


def _nearest(segments: Segments, new: str, offset: int, step: Callable[[int], Span | None]) -> int | None:
    """Where in `new` the first of the sentences is, going on by `step`, that reads the same; None when none does."""
    sentence = step(offset)
    for _ in range(_NEARBY):
        if sentence is None:
            break
        place = _only_place(segments.text[slice(*sentence)], new)
        if place is not None:
            return place
        sentence = step(sentence[0])
    return None


def _only_place(words: str, text: str) -> int | None:
    """Where `words` stand in `text`; None when they do nowhere, or in more than one place."""
    place = text.find(words) if words else -1
    return None if place < 0 or text.find(words, place + 1) >= 0 else place


def _changed(path: str) -> float:
    try:
        return Path(path).stat().st_mtime
    except OSError:
        return float("inf")


def moment(seen: str) -> float:
    """Seconds since the epoch of a moment in ISO 8601; 0 when it is none."""
    try:
        return datetime.fromisoformat(seen).timestamp()
    except ValueError:
        return 0.0
