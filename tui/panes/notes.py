"""What a row of the notes pane looks like: a highlight with its notes, or a note on the article as a whole."""

from collections.abc import Sequence
from functools import partial

from store.annotation import Highlight, Note
from store.notebook import Placed
from tui.panes.differences import compared, from_difference
from tui.panes.lines import Line, Piece, clean, spread, wrap, wrap_marked
from tui.panes.row import Row

ORDERS = ("appearance", "newest", "colour")
ORPHAN = "its passage is gone"
CHANGED = "changed; it reads now:"
_MOST_QUOTED = 3
_MOST_NOTED = 8


def note_rows(placed: Sequence[Placed], notes: Sequence[Note], order: str = "appearance") -> list[Row]:
    """A row for each highlight, and one for each note that is on no highlight, in one of `ORDERS`."""
    rows = [(item.highlight, _highlight_row(item, notes)) for item in _sorted(placed, order)]
    whole = [Row(note.id, partial(note_lines, note), words=note.text) for note in notes if note.highlight is None]
    return [*whole, *(row for _, row in rows)]


def _sorted(placed: Sequence[Placed], order: str) -> list[Placed]:
    if order == "newest":
        return sorted(placed, key=lambda item: item.highlight.modified or item.highlight.created, reverse=True)
    if order == "colour":
        return sorted(placed, key=lambda item: item.highlight.colour)
    return sorted(placed, key=lambda item: (item.span is None, item.span or (0, 0)))


def _highlight_row(placed: Placed, notes: Sequence[Note]) -> Row:
    highlight = placed.highlight
    own = [note for note in notes if note.highlight == highlight.id]
    quoted = [highlight.selector.exact, *([placed.reads] if placed.reads else [])]
    words = " ".join([*quoted, *(f"#{tag}" for tag in highlight.tags), *(note.text for note in own)])
    places = () if placed.span is None else (placed.span,)
    return Row(highlight.id, partial(highlight_lines, placed, own), places, words)


def highlight_lines(placed: Placed, notes: Sequence[Note], width: int) -> list[Line]:
    """The words that are marked, behind a bar in their colour, and those that stand there now if they changed, what
    differs set off; tags and the notes."""
    highlight: Highlight = placed.highlight
    bar: Piece = ("▌", f"mark-{highlight.colour}")
    quoted = _changed(placed, width - 2) if placed.reads else _quoted(highlight, width - 2)
    if placed.grade == "orphan":
        quoted.append(((ORPHAN, "problem"),))
    lines: list[Line] = [
        ((str(highlight.colour) if number == 0 else " ", "dim"), bar, *line) for number, line in enumerate(quoted)
    ]
    if highlight.tags:
        tags = " ".join(f"#{clean(tag)}" for tag in highlight.tags)
        lines.append(spread([("  ", ""), (tags, "tag")], [], width))
    for note in notes:
        lines.extend(_noted(note, width))
    return lines


def _quoted(highlight: Highlight, width: int) -> list[Line]:
    return [((line, "marked"),) for line in wrap(clean(highlight.selector.exact), width, _MOST_QUOTED)]


def _changed(placed: Placed, width: int) -> list[Line]:
    """The words as they were marked, and as they read now."""
    was, now = (
        wrap_marked(part.text, part.differs, width, _MOST_QUOTED, "marked", "marked-word")
        for part in (
            from_difference(side, (_MOST_QUOTED - 1) * width)
            for side in compared(clean(placed.highlight.selector.exact), clean(placed.reads))
        )
    )
    return [*was, ((CHANGED, "problem"),), *now]


def note_lines(note: Note, width: int) -> list[Line]:
    """A note on the article as a whole."""
    return [(("On the article", "dim"),), *_noted(note, width)]


def _noted(note: Note, width: int) -> list[Line]:
    lines = [line for part in note.text.split("\n") for line in wrap(clean(part), width - 4, _MOST_NOTED)]
    return [(("  » " if number == 0 else "    ", "dim"), (line, "note")) for number, line in enumerate(lines)]
