"""What has become of an open article where it came from, and where places in its text stand in a newer one.

A file is looked at; nothing else is asked without being told to. All is blocking, and called in threads: looks in one
of their own, so that a folder in the network that does not answer keeps no note from the disk. No Textual in here.
"""

from collections.abc import Iterable, Iterator
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
_NEARBY = 20
"""Sentences before and behind one that is gone that are tried in its stead."""


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
        with suppress(BriefbookError):
            begun = intake.begin(self.path)
            return begun if begun.article.text_hash != self._hash else None
        return None


def source_of(key: str, article: Article) -> str:
    """Where the article under that key of the desk can be read again; empty for standard input."""
    source = article.source if key.startswith(ID) or not key else key
    return "" if source == intake.STDIN else source


def file_of(key: str, article: Article) -> str:
    """The file that holds this article and no other; empty when there is none."""
    source = source_of(key, article)
    if not source or intake.is_url(source):
        return ""
    with suppress(BriefbookError, OSError):
        path = files.absolute(source)
        is_part = article.source != path and article.source.startswith(f"{path}#")
        return path if Path(path).is_file() and not is_part else ""
    return ""


def same_places(old: str, new: str, offsets: Iterable[int]) -> dict[int, int]:
    """Where the places at these offsets of the text `old` are in `new`, for each of them.

    A place goes with its sentence; where that is gone, with the nearest one behind or before it that is not.
    """
    segments = Segments(Blocks(old))
    return {offset: _same_place(segments, new, offset) for offset in offsets}


def _same_place(segments: Segments, new: str, offset: int) -> int:
    for start, end in _nearby(segments, offset):
        found = anchoring.find(anchoring.describe(segments.text, start, end), new) if start < end else None
        if found is not None:
            within = offset - start if start <= offset < end and found.grade != "changed" else 0
            return found.start + min(within, found.end - found.start - 1)
    return max(0, min(offset, len(new) - 1))


def _nearby(segments: Segments, offset: int) -> Iterator[Span]:
    """The sentence at `offset`, then those behind and before it by turns."""
    here = segments.sentence(offset)
    yield here
    behind: Span | None = here
    before: Span | None = here
    for _ in range(_NEARBY):
        behind = segments.next_sentence(behind[0]) if behind else None
        before = segments.previous_sentence(before[0]) if before else None
        yield from filter(None, (behind, before))


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
