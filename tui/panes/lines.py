"""Lines of a list row: pieces of text with the name of their style, fitted to a width in cells. No Textual in here."""

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.cells import cell_len, set_cell_size

from store.errors import printable
from store.spans import Span

Piece = tuple[str, str]
"""Text and the name of its style: one of the list's component classes without its prefix, or empty."""
Line = tuple[Piece, ...]


def width_of(line: Iterable[Piece]) -> int:
    """How many cells `line` takes."""
    return sum(cell_len(text) for text, _ in line)


def clean(text: str) -> str:
    """`text` on one line, control characters as visible stand-ins."""
    return printable(" ".join(text.split()))


def fit(text: str, width: int) -> str:
    """`text` in at most `width` cells; what does not fit ends in an ellipsis."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def spread(left: Iterable[Piece], right: Iterable[Piece], width: int) -> Line:
    """`left` at the left and `right` at the right edge of `width` cells; `left` gives way."""
    right = tuple(right)
    room = width - width_of(right)
    pieces: list[Piece] = []
    for text, style in left:
        text = fit(text, room)
        room -= cell_len(text)
        pieces.append((text, style))
    return (*pieces, (" " * max(0, room), ""), *right)


def wrap(text: str, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of at most `width` cells, broken between words where it can be.

    What does not fit ends in an ellipsis.
    """
    width = max(1, width)
    lines = _wrapped(text.split(), width)
    taken = list(islice(lines, most))
    if taken and (rest := next(lines, None)) is not None:
        taken[-1] = fit(f"{taken[-1]} {rest}", width - 1).removesuffix("…") + "…"
    return taken


def wrap_marked(text: str, marks: Iterable[Span], width: int, most: int, plain: str, marked: str) -> list[Line]:
    """As `wrap`, in the style `plain`, and in `marked` within `marks`, which are in order and apart.

    Args:
        text: with one blank between words.
    """
    lines: list[Line] = []
    spans, at = list(marks), 0
    for words in wrap(text, width, most):
        # Lines are runs of the text, parted by one blank each at the most; the last may end in an ellipsis of its own.
        start = max(at, text.find(words.removesuffix("…"), at))
        at = start + len(words)
        lines.append(_marked(words, [(first - start, last - start) for first, last in spans], plain, marked))
    return lines


def _marked(words: str, marks: Iterable[Span], plain: str, marked: str) -> Line:
    pieces: list[Piece] = []
    done = 0
    for first, end in marks:
        first, end = max(done, first), min(len(words), end)
        if first < end:
            pieces += [(words[done:first], plain), (words[first:end], marked)]
            done = end
    return (*(piece for piece in pieces if piece[0]), (words[done:], plain))


def _wrapped(words: Iterable[str], width: int) -> Iterator[str]:
    line, used = "", 0
    for word in words:
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            yield line
        while size > width:
            head = set_cell_size(word, width).rstrip() or word[0]
            yield head
            word = word[len(head) :]
            size = cell_len(word)
        line, used = word, size
    if line:
        yield line
