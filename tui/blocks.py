"""Cuts a text into blocks: the paragraphs as they are laid out and read. No Textual in here.

A block is what `tui.page` wraps and `tui.reader.segments` cuts into sentences, independently of all others: a line with
its newline; in a text whose lines were broken by hand at some column, a paragraph of such lines; of a very long
paragraph, a piece. Blocks follow each other without a gap and cover the text.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from operator import sub

from store.hard_wrap import SAMPLE, is_soft, wrap_column
from store.spans import Span
from tui.cells import clusters

LONGEST = 8_000
"""No block is longer, in code points, so that nothing ever takes longer than one of them. Nobody reads longer ones."""

_NEWLINE = re.compile("\n")
_END_OF_SENTENCE = re.compile(r"[.!?…。！？][\"”’»)\]]*\s+|[。！？]")


class Blocks:
    """Where the blocks of `text` stand, and how they relate to the newlines in it.

    In a hard-wrapped text a soft newline (`store.hard_wrap`) is shown as a blank and the paragraph is wrapped anew.
    A text is *dense* when its paragraphs follow each other without blank lines; it is shown with some.

    Cost: one pass over the newlines of the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.column = wrap_column(text)
        """The column at which a hard-wrapped text was broken; 0 in any other text."""
        self.dense = not self.column and _dense(text[:SAMPLE].split("\n"))
        """Whether a blank row is shown between blocks because the text has no blank lines."""
        self.starts = self._cut()
        """Offset of every block, in order; never empty."""

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, index: int) -> Span:
        """Where block `index` stands, its newline included."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.starts[index], end

    def at(self, offset: int) -> int:
        """The index of the block that `offset` is in; the last one at the end of the text. Logarithmic."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def blank(self, index: int) -> bool:
        """Whether block `index` has no visible character."""
        start, end = self.span(index)
        return not self.text[start:end].strip()

    def ended(self, index: int) -> bool:
        """Whether block `index` ends a paragraph; False for a piece of a long one."""
        _, end = self.span(index)
        return end == len(self.text) or self.text[end - 1] == "\n"

    def breaks(self, index: int) -> list[int]:
        """Offsets of the newlines within block `index` at which a new line must begin, the last newline left out."""
        start, end = self.span(index)
        return [at for at in self._newlines(start, end - 1) if not is_soft(self.text, at, self.column)]

    def _cut(self) -> "array[int]":
        """The starts of all blocks."""
        ends = [match.end() for match in _NEWLINE.finditer(self.text)]
        if self.column:
            ends = [end for end in ends if not self._inner(end - 1)]
        if not ends or ends[-1] < len(self.text):
            ends.append(len(self.text))
        starts = array("q", [0, *ends[:-1]])
        if max(map(sub, ends, starts)) <= LONGEST:
            return starts
        return array("q", chain.from_iterable(map(self._pieces, starts, ends)))

    def _newlines(self, start: int, end: int) -> Iterator[int]:
        at = self.text.find("\n", start, end)
        while at >= 0:
            yield at
            at = self.text.find("\n", at + 1, end)

    def _inner(self, newline: int) -> bool:
        """Whether the newline stands between two lines that are not blank."""
        text = self.text
        before = text.rfind("\n", 0, newline) + 1
        after = text.find("\n", newline + 1)
        after = len(text) if after < 0 else after
        return bool(text[before:newline].strip()) and bool(text[newline + 1 : after].strip())

    def _pieces(self, start: int, end: int) -> Iterator[int]:
        """The starts of the pieces of a paragraph: one, unless it is too long."""
        while end - start > LONGEST:
            yield start
            start = self._good_cut(start + LONGEST * 3 // 4, start + LONGEST)
        yield start

    def _good_cut(self, start: int, end: int) -> int:
        """The last place in the window to cut at: behind a sentence, else behind a blank, else between characters."""
        ends = [match.end() for match in _END_OF_SENTENCE.finditer(self.text, start, end)]
        if ends:
            return ends[-1]
        blank = max(self.text.rfind(" ", start, end), self.text.rfind("\n", start, end))
        return blank + 1 if blank >= 0 else self._between_clusters(end)

    def _between_clusters(self, end: int) -> int:
        window = clusters(self.text[end - 64 : end + 64])
        return end - 64 + max(cluster.start for cluster in window if cluster.start <= 64)


def _dense(lines: list[str]) -> bool:
    """Whether `lines` are paragraphs without blank lines between them."""
    full = [line for line in lines if line.strip()]
    blank = len(lines) - len(full)
    long = sum(1 for line in full if len(line) > 90)
    return blank <= 1 and len(full) > 1 and long * 3 >= len(full)
