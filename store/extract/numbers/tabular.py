"""Figures in the cells of a table: which are none, what unit the head gives them, and what they measure.

Where the cells are is known by `store.extract.tables`; how units are written, by `figures`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from store.analysis import NumberKind
from store.extract.numbers.figure import Figure
from store.extract.numbers.figures import figures
from store.extract.numbers.numerals import whole
from store.extract.tables import Cell, Tables

LONGEST_HEAD = 120
"""Characters of a head or label in which units are looked for and that are shown."""

_BRACKET = re.compile(r"(.*?)\s*[(\[]([^()\[\]]{1,24})[)\]]")
_COMMA = re.compile(r"(.*),\s+([^,]{1,24})")
_SIGN = re.compile(r"[$€£¥₹₩₽₺]")
_NO_MONEY = re.compile(
    r"\b(?:employees|staff|headcount|members|customers|users|stores|shops|outlets|shares|number|people|units|ratio|margin"
    r"|rate|years?|days)\b|[%(]",
    re.I,
)
"""What in a row's label or a column's head says that the currency over all of the table is not meant."""

Unit = tuple[str | None, NumberKind, float | int]
"""A unit, the kind that it makes a figure, and what it multiplies it by."""


def in_cells(text: str, found: Iterable[Figure], tables: Tables) -> Iterator[Figure]:
    """`found` without those in heads and labels of rows; the others with the units that the heads say."""
    for figure in found:
        cell = tables.at(figure.start)
        if cell is None or not _fills(text, figure, cell):
            yield figure
        elif not (cell.in_head or (cell.head and not cell.column)):
            yield _with_unit(figure, cell)


def measured_thing(text: str, figure: Figure, tables: Tables) -> str | None:
    """What a figure that fills its cell measures: the label of its row and the head of its column, without the unit.

    None when it stands in no such cell.
    """
    cell = _cell(text, figure, tables)
    if cell is None:
        return None
    words = (cell.label[:LONGEST_HEAD], parted(cell.head[:LONGEST_HEAD])[0])
    return ", ".join(word for word in words if word) or None


def is_value(text: str, figure: Figure, tables: Tables) -> bool:
    """Whether a figure fills a cell, neither in the head nor in the first column, and is no year."""
    return not figure.is_year and _cell(text, figure, tables) is not None


def _cell(text: str, figure: Figure, tables: Tables) -> Cell | None:
    cell = tables.at(figure.start)
    is_body = cell is not None and cell.column > 0 and not cell.in_head
    return cell if cell is not None and is_body and _fills(text, figure, cell) else None


def _fills(text: str, figure: Figure, cell: Cell) -> bool:
    """Whether a cell has no word beside the figure."""
    if figure.start - cell.start + cell.end - figure.end > LONGEST_HEAD:
        return False
    beside = text[cell.start : figure.start] + text[figure.end : cell.end]
    return not any(character.isalnum() for character in beside)


def _with_unit(figure: Figure, cell: Cell) -> Figure:
    if figure.unit is not None or figure.kind != "count" or figure.high is not None:
        return figure
    unit = parted(cell.head[:LONGEST_HEAD])[1]
    if unit is None and not _NO_MONEY.search(f"{cell.label[:LONGEST_HEAD]} {cell.head[:LONGEST_HEAD]}"):
        for_all = _unit(cell.corner[:LONGEST_HEAD])
        unit = for_all if for_all is not None and for_all[1] == "money" else None
    if unit is None:
        return figure
    name, kind, factor = unit
    return replace(figure, unit=name, kind=kind, low=whole(figure.low * factor))


@lru_cache(maxsize=256)
def parted(head: str) -> tuple[str, Unit | None]:
    """A head without its unit, and the unit; None when it has none.

    >>> parted("Stock (weeks)"), parted("Exports, € million")
    (('Stock', ('week', 'duration', 1)), ('Exports', ('EUR', 'money', 1000000)))
    >>> parted("Oats, barley"), parted("Day")
    (('Oats, barley', None), ('Day', None))
    """
    for shape in (_BRACKET, _COMMA):
        match = shape.fullmatch(head)
        if match and (unit := _unit(match[2])):
            return match[1], unit
    unit = _unit(head)
    return ("", unit) if unit and unit[0] != head.lower() else (head, None)


@lru_cache(maxsize=256)
def _unit(words: str) -> Unit | None:
    """The unit that is all of `words`, read as of the figure one: "1 tonne", "€1 million"."""
    sign = _SIGN.match(words)
    written = f"{sign[0]}1{words[1:]}" if sign else f"1 {words}"
    found = figures(written)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written)) or found[0].kind == "age":
        return None
    return found[0].unit, found[0].kind, found[0].low
