"""Which blocks of an article read as headings, so that a long paper can be looked over. No Textual in here.

An article's text does not say what its source marked as a heading. It shows all the same in texts of formats that have
headings, where paragraphs stand between blank lines: a short line of its own that begins as a title does and has no
full stop. Nothing but the look depends on it. In other texts only the title is one, where it is the first line.
"""

from bisect import bisect_right
from functools import lru_cache
from pathlib import PurePath

from store.article import Article, one_line
from store.intake import EXTENSIONS, is_url
from tui.blocks import Blocks

LONGEST, MOST_WORDS = 100, 16
"""Code points and words that a heading may have."""
_IN_A_ROW = 3
"""Headings that may follow one another: title, part and section. More such lines are a list."""
_KEPT = 512

_FORMATS = frozenset(["markdown", "html", "docx", "odt", "epub"])
_BEGINS = frozenset("('‘[¿")
"""What a title may begin with beside letters and digits: no bullet, blank or quotation."""
_ENDS = tuple('.!…:;,"”')
"""What ends a sentence, or leads to what follows."""
_CLOSING = "’')]"
_ASKER = 42
"""Code points within which the name of who asks a question in an interview ends."""


class Headings:
    """The headings among the `blocks` of an article's text, found when they are asked for."""

    def __init__(self, article: Article | None, blocks: Blocks) -> None:
        self._blocks = blocks
        self._title = one_line(article.title) if article else ""
        self._aside = [*article.furniture] if article else []
        self._marked_up = bool(article) and _has_headings(article.source if article else "")
        self.at = lru_cache(_KEPT)(self._at)
        """Whether block `index` is a heading. Looks at a few blocks around it."""

    def _at(self, index: int) -> bool:
        if not self._marked_up:
            return index == 0 and self._is_short(index) and self._line(index) == self._title and self._reads(index)
        return self._may_be(index) and not self._in_list(index)

    def _in_list(self, index: int) -> bool:
        """Whether it is one of more lines of this kind than headings follow one another."""
        first = last = index
        while last - first < 2 * _IN_A_ROW and first >= 2 and self._may_be(first - 2):
            first -= 2
        while last - first < 2 * _IN_A_ROW and self._may_be(last + 2):
            last += 2
        return last - first >= 2 * _IN_A_ROW

    def _may_be(self, index: int) -> bool:
        """Whether it is a short line between blank ones that begins and ends as a title does, with a text behind it."""
        blocks = self._blocks
        if index + 2 >= len(blocks) or not self._is_short(index) or not self._reads(index):
            return False
        return blocks.blank(index + 1) and (index == 0 or blocks.blank(index - 1)) and not self._is_aside(index)

    def _is_short(self, index: int) -> bool:
        start, end = self._blocks.span(index)
        return end - start <= LONGEST + 1

    def _reads(self, index: int) -> bool:
        start, end = self._blocks.span(index)
        line = self._blocks.text[start:end].rstrip()
        return _begins(line) and not line.rstrip(_CLOSING).endswith(_ENDS) and not _is_other(line)

    def _is_aside(self, index: int) -> bool:
        start, end = self._blocks.span(index)
        before = bisect_right(self._aside, (end, end)) - 1
        return before >= 0 and self._aside[before][1] > start

    def _line(self, index: int) -> str:
        start, end = self._blocks.span(index)
        return one_line(self._blocks.text[start:end])


def _begins(line: str) -> bool:
    """Whether a line begins as a title does, behind the number of its part if it has one."""
    if not line[:1].isalnum() and line[:1] not in _BEGINS:
        return False
    words = line.split()
    at = next((at for at, word in enumerate(words) if not _is_number(word)), len(words))
    letter = next((letter for word in words[at:] for letter in word if letter.isalpha()), "")
    return letter != "" and not letter.islower() and len(words) <= MOST_WORDS


def _is_number(word: str) -> bool:
    """Whether a word numbers a part: `2.1`, `2b.`, `(a)`."""
    rest = word.strip("0123456789.()")
    return not word[0].isalpha() and (not rest or (len(rest) == 1 and rest.islower()))


def _is_other(line: str) -> bool:
    """Whether a line is that of a table, a byline, or what somebody is asked in an interview."""
    is_question = line.endswith("?") and ": " in line[:_ASKER]
    return is_question or " | " in line or line.startswith("By ")


def _has_headings(source: str) -> bool:
    """Whether what is read from there may have headings."""
    return is_url(source) or EXTENSIONS.get(PurePath(source).suffix.lower(), "") in _FORMATS
