"""What formats with markup have in common: paragraphs put together to one text, tables and lists as readable lines.

A format module turns its markup into `Block`s; this module alone decides how they look as plain text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from store.spans import Span

WIDEST_TABLE = 72
"""Cells that a table may take to be set in columns (the reader's usual width); in a wider one cells are not padded, for
padded rows that wrap cannot be read."""
LINK = 0.6
"""The share of link text from which a block is a link and no sentence."""

_NOT_TEXT = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\xad\ufeff]")
"""Control characters, soft hyphens and byte order marks: layout or noise, where a page or its tools left them."""
_NUMBER = re.compile(r"[-–—]|[-+−–(]?[^\w\s]?\s?\d[\d.,\s]*\S{0,4}")
_DEEPEST = 8
"""Levels of lists that are shown by indentation."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, caption or table of an article."""

    text: str
    """Its plain text; single newlines are line breaks within it."""
    furniture: bool = False
    """Whether it is not part of the report."""
    tight: bool = False
    """Whether it follows the block before it without a blank line, as the items of a list do."""
    lists: int = 0
    """How many lists it stands in."""
    link_share: float = 0.0
    """Which part of its characters is link text, 0 to 1."""
    heading: int = 0
    """The level of a heading, 1 to 6; 0 for what is none."""


@dataclass(slots=True)
class Lists:
    """Keeps account of the lists that are open while a format is read, and gives blocks their bullets and indents."""

    _numbers: list[int | None] = field(default_factory=list)
    _mark: str | None = None
    _tight: bool = False

    def follow(self, tag: str, nesting: int, start: int = 1) -> None:
        """Take notice that an element begins (`nesting` 1) or ends (-1).

        Args:
            tag: its HTML name; all but `ul`, `ol` and `li` change nothing.
            start: the first number of an `ol`.
        """
        if tag == "li" and nesting > 0:
            self._begin_item()
        elif tag in ("ul", "ol") and nesting > 0:
            self._numbers.append(start if tag == "ol" else None)
        elif tag in ("ul", "ol") and nesting < 0 and self._numbers:
            self._numbers.pop()
            self._tight = bool(self._numbers)

    def block(self, text: str, link_share: float, *, furniture: bool = False, heading: int = 0) -> Block:
        """A block of `text` at this place. A paragraph outside lists that is only a link is furniture."""
        level = len(self._numbers)
        lead = self._mark if self._mark is not None else "  " * min(level, _DEEPEST)
        made = Block(
            lead + text,
            furniture or (link_share > LINK and not level),
            self._tight,
            level,
            link_share,
            heading,
        )
        self._mark, self._tight = None, level > 0
        return made

    def _begin_item(self) -> None:
        number = self._numbers[-1] if self._numbers else None
        indent = "  " * (min(len(self._numbers), _DEEPEST) - 1)
        self._mark = f"{indent}• " if number is None else f"{indent}{number}. "
        if number is not None:
            self._numbers[-1] = number + 1


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """The text of `blocks` in NFC without control characters, and the spans of those paragraphs that are furniture."""
    pieces: list[str] = []
    furniture: list[Span] = []
    length = 0
    for block in blocks:
        text = tidy(block.text)
        if not text.strip():
            continue
        if pieces:
            pieces.append("\n" if block.tight else "\n\n")
            length += len(pieces[-1])
        if block.furniture:
            furniture += [(length + line.start(), length + line.end()) for line in re.finditer(r"\S[^\n]*", text)]
        pieces.append(text)
        length += len(text)
    return "".join(pieces), tuple(furniture)


def tidy(text: str) -> str:
    """`text` in NFC, without control characters but newlines and tabs, without white space at line ends."""
    lines = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table as one line a row, its cells parted by ` | ` and set in columns up to `WIDEST_TABLE`."""
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    columns = max((len(row) for row in filled), default=0)
    widths = [max((cells(row[at]) for row in filled if at < len(row)), default=0) for at in range(columns)]
    if sum(widths) + 3 * (columns - 1) > WIDEST_TABLE:
        return "\n".join(" | ".join(row) for row in filled)
    right = [at > 0 and _numeric(filled[1:], at) for at in range(columns)]
    return "\n".join(
        " | ".join(_padded(cell, widths[at], right[at]) for at, cell in enumerate(row)).rstrip() for row in filled
    )


def cells(text: str) -> int:
    """How many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
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
