"""What a row of the numbers pane looks like, and in which orders the pane can be."""

from collections.abc import Sequence
from functools import partial

from store.analysis import Analysis, Number
from tui.panes.actors import DOUBTFUL
from tui.panes.lines import Line, Piece, clean, fit, wrap
from tui.panes.row import MadeRows, Row, numbered

SIGNS = {"=": "", "~": "≈", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "up": "↑", "down": "↓"}
ORDERS = ("appearance", "kind", "size")
_LEAST_WORDS = 12
"""Cells that what is counted takes at least beside the figure; with less room it stands beneath."""
_FIRST_KINDS = ("money", "percent", "count", "rate", "measure", "ratio", "duration", "age", "score", "ordinal")


def number_rows(analysis: Analysis, order: str = "appearance") -> MadeRows:
    """A row for each number, in one of `ORDERS`."""
    numbers = analysis.numbers
    indexes: Sequence[int] = range(len(numbers))
    if order == "kind":
        kinds = [_FIRST_KINDS.index(number.kind) for number in numbers]
        indexes = sorted(indexes, key=kinds.__getitem__)
    elif order == "size":
        sizes = [-(number.high or number.value) for number in numbers]
        indexes = sorted(indexes, key=sizes.__getitem__)

    def make(place: int) -> Row:
        number = numbers[indexes[place]]
        words = f"{number.text} {number.of or ''}".strip()
        return Row(f"n{indexes[place]}", partial(number_lines, number), (number.span,), words)

    return MadeRows(len(numbers), make, partial(numbered, indexes))


def number_lines(number: Number, width: int) -> list[Line]:
    """Sign, figure and what is counted, on one line where there is room for both."""
    figure: list[Piece] = [(f"{SIGNS[number.relation]:<2}", "relation"), (fit(clean(number.text), width - 2), "number")]
    if number.confidence < DOUBTFUL:
        figure.append((" ?", "dim"))
    used = sum(len(text) for text, _ in figure)
    what = clean(number.of or number.kind)
    style = "" if number.of else "dim"
    room = width - used - 2
    if room >= min(len(what), _LEAST_WORDS):
        return [(*figure, ("  ", ""), (fit(what, room), style))]
    return [tuple(figure), *((("  ", ""), (line, style)) for line in wrap(what, width - 2, 2))]
