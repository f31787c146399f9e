"""Texts whose lines were broken by hand at some column (plain text e-mail, RFCs, books): which newlines are only that.

A newline is *soft* when the line ends only because the next word would not have fitted; a soft newline means a blank.
A line that ended on purpose, or that is followed by an indented line or an item of a list, ends with a hard one.
"""

import re
from functools import cache
from itertools import pairwise

SAMPLE = 40_000
"""How much of the text's beginning says what kind of text it is, in code points."""


@cache
def _item() -> re.Pattern[str]:
    return re.compile(r"[ \t]{2,}|\s*(?:[-*+•–—·]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])\s")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\s*(\S*)")


def wrap_column(text: str) -> int:
    """The column at which the lines of `text` were broken by hand; 0 when they were not.

    They were when there are six lines or more within paragraphs, and seven in ten of them could not have taken the
    next word without running over the column that nearly all keep to.
    """
    lines = text[:SAMPLE].split("\n")
    inner = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 6:
        return 0
    lengths = sorted(len(a) for a, _ in inner)
    column = lengths[int((len(lengths) - 1) * 0.9)]
    full = sum(1 for a, b in inner if len(a) + 1 + len(b.split(maxsplit=1)[0]) > column)
    return column if 40 <= column <= 100 and full >= 0.7 * len(inner) else 0


def is_soft(text: str, newline: int, column: int) -> bool:
    """Whether the newline at offset `newline` of a text broken at `column` means a blank.

    Asked of a newline between two lines that are not blank; False when `column` is 0.
    """
    line = newline - (text.rfind("\n", 0, newline) + 1)
    if not column or _item().match(text, newline + 1):
        return False
    word = _word().match(text, newline + 1)
    return line + 1 + (len(word[1]) if word else 0) > column


def flowing(text: str) -> str:
    """`text` with a blank in place of every soft newline: as long as `text`, and the same offsets.

    Cost: one pass over a text that is hard-wrapped; a look at its beginning for any other.
    """
    column = wrap_column(text)
    if not column:
        return text
    lines = text.split("\n")
    parts, at = [lines[0]], len(lines[0])
    for before, line in pairwise(lines):
        soft = bool(before.strip() and line.strip()) and is_soft(text, at, column)
        parts.append((" " if soft else "\n") + line)
        at += 1 + len(line)
    return "".join(parts)
