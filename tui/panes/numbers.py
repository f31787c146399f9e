"""What a row of the numbers pane looks like, and in which orders the pane can be."""

from collections.abc import Sequence
from functools import partial

from store.analysis import Analysis, Number
from store.corrections.figure import read_figure
from store.errors import NotebookError
from tui.panes.actors import DOUBTFUL
from tui.panes.lines import Line, Piece, clean, fit, width_of, wrap
from tui.panes.row import MadeRows, Row, numbered

SIGNS = {"=": "", "~": "≈", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "up": "↑", "down": "↓"}
ORDERS = ("appearance", "kind", "size")
_SCALES = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
_LEAST_WORDS = 12
"""Cells that what is counted takes at least beside the figure; with less room it stands beneath."""
_TELLING_KINDS = ("age", "ratio", "score", "ordinal")
"""Kinds that the figure does not show by itself: they are named where nothing is counted."""
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
    meant = "" if says_its_value(number) else f" = {clean(reads(number))}"
    if meant and width_of(figure) + len(meant) <= width:
        figure.append((meant, "dim"))
    if number.confidence < DOUBTFUL:
        figure.append((" ?", "dim"))
    used = sum(len(text) for text, _ in figure)
    what = clean(number.of or (number.kind if number.kind in _TELLING_KINDS else ""))
    if not what:
        return [tuple(figure)]
    style = "" if number.of else "dim"
    room = width - used - 2
    if room >= min(len(what), _LEAST_WORDS):
        return [(*figure, ("  ", ""), (fit(what, room), style))]
    return [tuple(figure), *((("  ", ""), (line, style)) for line in wrap(what, width - 2, 2))]


def says_its_value(number: Number) -> bool:
    """Whether the article's words are the value; those of a table in millions are not, nor of a figure put right."""
    try:
        return read_figure(number.text).value == number.value
    except NotebookError:
        return number.confidence < 1.0


def reads(number: Number) -> str:
    """The value in a few cells: `1.42 billion GBP`, `5 to 7 %`."""
    unit = "%" if number.unit == "percent" else number.unit if number.kind == "money" else ""
    ends = [number.value] if number.high is None else [number.value, number.high]
    return " ".join(filter(None, (" to ".join(map(_short, ends)), unit)))


def _short(value: float) -> str:
    name, scale = next(((name, scale) for name, scale in _SCALES if abs(value) >= scale), ("", 1))
    digits = f"{value / scale:,.2f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"
    return f"{digits} {name}".strip()
