"""What a list needs to know of a row, whatever it shows. No Textual in here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.spans import Span
from tui.panes.lines import Line


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    key: str
    """Names the row within its list."""
    draw: Callable[[int], Sequence[Line]]
    """The row's lines for a width in cells; at least one."""
    places: tuple[Span, ...] = ()
    """Where in the text it stands, in order; Enter walks through them."""
    words: str = ""
    """What the filter looks in, and what copying the row gives."""
