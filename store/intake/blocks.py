"""What formats with markup have in common: paragraphs put together to one text, tables and lists as readable lines.

A format module turns its markup into `Block`s; this module alone decides how they look as plain text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.spans import Span

WIDEST_TABLE = 100
"""Cells that a table may take to be set in columns; a wider one is given row by row without padding."""

_NOT_TEXT = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff]")
"""Control characters, soft hyphens and byte order marks: layout or noise, where a page or its tools left them."""
_NUMBER = re.compile(r"[-+−–(]?[^\w\s]?\s?\d[\d.,\s]*\S{0,4}")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, caption or table of an article."""

    text: str
    """Its plain text; single newlines are line breaks within it."""
    furniture: bool = False
    """Whether it is not part of the report."""
    tight: bool = False
    """Whether it follows a tight block before it without a blank line, as the items of a list do."""
    lists: int = 0
    """How many lists it stands in."""
    link_share: float = 0.0
    """Which part of its characters is link text, 0 to 1."""
    heading: int = 0
    """The level of a heading, 1 to 6; 0 for what is none."""


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """The text of `blocks` in NFC without control characters, and the spans of those paragraphs that are furniture."""
    pieces: list[str] = []
    furniture: list[Span] = []
    length, after_tight = 0, False
    for block in blocks:
        text = tidy(block.text)
        if not text.strip():
            continue
        if pieces:
            pieces.append("\n" if block.tight and after_tight else "\n\n")
            length += len(pieces[-1])
        if block.furniture:
            furniture += [(length + line.start(), length + line.end()) for line in re.finditer(r"[^\n]+", text)]
        pieces.append(text)
        length += len(text)
        after_tight = block.tight
    return "".join(pieces), tuple(furniture)


def tidy(text: str) -> str:
    """`text` in NFC, without control characters but newlines and tabs, without white space at line ends."""
    lines = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text)).strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def item(text: str, level: int, number: int | None = None) -> str:
    """A list item with its bullet, or its number, indented by its level (1 for the outermost)."""
    mark = "•" if number is None else f"{number}."
    return f"{'  ' * (min(level, 8) - 1)}{mark} {text}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table as one line a row: in columns parted by ` | ` where that stays readable, else without padding."""
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    columns = max((len(row) for row in filled), default=0)
    widths = [max((cells(row[at]) for row in filled if at < len(row)), default=0) for at in range(columns)]
    if sum(widths) + 3 * (columns - 1) > WIDEST_TABLE:
        return "\n".join(" | ".join(cell for cell in row if cell) for row in filled)
    right = [_numeric(filled[1:], at) for at in range(columns)]
    return "\n".join(
        " | ".join(_padded(cell, widths[at], right[at]) for at, cell in enumerate(row)).rstrip() for row in filled
    )


def cells(text: str) -> int:
    """How many terminal cells `text` takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _numeric(rows: Sequence[Sequence[str]], at: int) -> bool:
    column = [row[at] for row in rows if at < len(row) and row[at]]
    return bool(column) and all(_NUMBER.fullmatch(cell) for cell in column)


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - cells(cell))
    return blanks + cell if right else cell + blanks
