"""What word processors' formats have in common: tables that hold paragraphs, and the properties of a document.

How an element is called in a format is known to `docx`, `odt` and `epub` alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from store.article import one_line
from store.intake import dates, head
from store.intake.blocks import Block, compose, table
from store.intake.reading import Reading
from store.intake.xml_events import Event

_LONGEST_CELL = 300
"""Characters of a cell from which a table only lays out the page."""
_DEEPEST = 8
"""Tables that may stand in one another; what is deeper belongs to the cell around it."""
_JUNK_NAME = re.compile(
    r"(?:microsoft|windows|office|ms)?[ _-]*(?:office)?[ _-]*"
    r"(?:users?|admin(?:istrator)?|author|owner|unknown|anonymous|default|pc|home|"
    r"python-docx|libreoffice|openoffice|calibre.*)?\d*",
    re.IGNORECASE,
)
"""What programs write where a name belongs."""
_JUNK_TITLE = re.compile(
    r"(?:untitled|document|dokument|title|unknown|\[?document title\]?|microsoft (?:word|powerpoint)\b.*|"
    r"powerpoint presentation|presentation|.{1,60}\.(?:docx?|odt|pdf|indd|tex|dvi|rtf|qxd|pages|pptx?))\d*",
    re.IGNORECASE,
)
"""What programs write into a title of their own accord."""


def small_int(text: str, most: int, otherwise: int = 0) -> int:
    """The whole number that an attribute holds, at most `most`, however many digits it has; `otherwise` for none."""
    # Python refuses to read numbers of thousands of digits.
    digits = text.lstrip("0")[: len(str(most)) + 1] or "0"
    return min(int(digits), most) if text.isdecimal() else otherwise


@dataclass(slots=True)
class Story:
    """The blocks of a document in order. While tables are open, blocks go into their cells."""

    blocks: list[Block] = field(default_factory=list)
    _tables: list[list[list[list[Block]]]] = field(default_factory=list)
    _deeper: int = 0

    def add(self, block: Block) -> None:
        """Take a block where it stands."""
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1].append(block)
        else:
            self.blocks.append(block)

    def follow(self, what: str, nesting: int) -> None:
        """Take notice that a `table`, a `row` or a `cell` begins (`nesting` 1) or ends (-1)."""
        if self._deeper or (what == "table" and nesting > 0 and len(self._tables) == _DEEPEST):
            self._deeper += nesting if what == "table" else 0
        elif what == "table" and nesting > 0:
            self._tables.append([])
        elif what == "table" and self._tables:
            for block in _as_blocks(self._tables.pop()):
                self.add(block)
        elif what == "row" and nesting > 0 and self._tables:
            self._tables[-1].append([])
        elif what == "cell" and nesting > 0 and self._tables and self._tables[-1]:
            self._tables[-1][-1].append([])


def _as_blocks(rows: list[list[list[Block]]]) -> list[Block]:
    """A table of data as one block; what stands in a table that only lays out the page, as it is."""
    cells = [cell for row in rows for cell in row]
    longest = max((sum(len(block.text) for block in cell) for cell in cells), default=0)
    if max(map(len, rows), default=0) < 2 or longest > _LONGEST_CELL:
        return [block for cell in cells for block in cell]
    return [Block(table([[" ".join(block.text for block in cell) for cell in row] for row in rows]))]


def properties(found: Iterable[Event]) -> dict[str, list[str]]:
    """The texts of the elements that hold nothing but text, by the elements' names in lower case, as in Dublin Core."""
    values: dict[str, list[str]] = {}
    pieces: list[str] = []
    for nesting, name, _ in found:
        if nesting == 0:
            pieces.append(name)
        else:
            if nesting < 0 and (value := one_line("".join(pieces))):
                values.setdefault(name.lower(), []).append(value)
            pieces.clear()
    return values


def title(stated: str) -> str:
    """A title that a property states; empty when a program put it there."""
    return "" if _JUNK_TITLE.fullmatch(stated.strip()) else stated


def name(stated: str) -> str:
    """A name that a property states; empty when it is a program's or nobody's."""
    return "" if _JUNK_NAME.fullmatch(stated.strip()) else stated


def reading(blocks: list[Block], told: dict[str, str], *, edited: bool = False) -> Reading:
    """What a document holds, by its blocks and by what its properties state (`title`, `byline`, ...).

    A title, a byline and a date that are printed at the head say more than properties: these are often the template's.

    Args:
        edited: whether somebody cared for the properties, as a publisher does for a book's: a heading is its title only
            if it reads the same.
    """
    stated = one_line(told.get("title", ""))
    level = 0 if edited and stated else 1
    at = next((at for at, block in enumerate(blocks[:5]) if _is_title(block, stated, level)), -1)
    shown = one_line(blocks[at].text) if at >= 0 else ""
    plain, furniture = compose(block for place, block in enumerate(blocks) if place != at)
    lines = head.read(plain)
    return Reading(
        plain or shown,
        title=shown or stated or lines.title,
        byline=lines.byline or told.get("byline", ""),
        publisher=told.get("publisher", "") or lines.publisher,
        published=lines.published or dates.iso(told.get("published", "")),
        language=told.get("language", ""),
        furniture=furniture + lines.furniture,
    )


def _is_title(block: Block, stated: str, level: int) -> bool:
    return block.heading == level > 0 or bool(stated and one_line(block.text).casefold() == stated.casefold())
