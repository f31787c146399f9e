"""The toolkit's line to type in, showing control characters as visible stand-ins: what it holds stays as it is.

Text of an article and notes that were imported may hold escape sequences, and the toolkit sends them to the terminal.
"""

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from store.errors import printable


def visible(strip: Strip) -> Strip:
    """`strip` with every control character replaced, one for one."""
    return Strip([Segment(printable(text), style, control) for text, style, control in strip], strip.cell_length)


class VisibleInput(Input):
    """A line to type in."""

    def propose(self) -> None:
        """Select what stands there, once: typing replaces it, and a cursor key keeps it.

        Not whenever the focus comes, as the toolkit has it: who goes to a list and back has not finished typing.
        """
        self.selection = Selection(0, len(self.value))

    def render_line(self, y: int) -> Strip:
        """The line, fit for a terminal."""
        return visible(super().render_line(y))
