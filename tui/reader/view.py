"""Which rows of a page are on the screen, and how the screen follows the caret. No Textual in here.

Scrolling is by rows of the page and exact: the top is a place, not a number, so nothing need be laid out but what is
looked at, and nothing jumps when the rest of the text is.
"""

from typing import NamedTuple

from tui.page import Page, Place, Row

GUTTER = 3
"""Cells left of the text: the note mark, the bar of the sentence cursor, a blank."""

BAR, BAR_LINE = "▎", "▌"
"""The bar beside the rows of the sentence under the cursor, and beside the cursor's row."""

NARROWEST, WIDEST, MEASURE = 30, 160, 72
"""How wide the text may be, and is when nothing is said, in cells."""

OVERLAP = 2
"""Rows that stay in sight when a whole page is turned."""


class Column(NamedTuple):
    """Where the text stands in a pane."""

    left: int
    """Cells left of it, the gutter included."""
    width: int
    """Cells that a row may take; one more may hold a blank that hangs at its end."""


def column(pane: int, measure: int) -> Column:
    """The text's column in a pane of `pane` cells: `measure` wide if there is room, in the middle."""
    margin = 2 if pane >= 40 else 1
    width = max(2, min(measure, pane - GUTTER - margin))
    return Column(max(0, pane - width - 1 - 2 * GUTTER) // 2 + GUTTER, width)


class View:
    """A window of `height` rows on a page."""

    def __init__(self, page: Page, height: int) -> None:
        self.page = page
        self.height = max(1, height)
        self.top = page.first
        """The row at the window's upper edge."""

    @property
    def reading_row(self) -> int:
        """The row, a third down, at which the text is kept while it is read line by line."""
        return (self.height - 1) // 3

    def rows(self) -> list[tuple[Place, Row]]:
        """The rows in sight with their places, from the top; fewer than `height` when the text ends before."""
        return self.page.rows(self.top, self.height)

    def row_of(self, place: Place) -> int | None:
        """On which row of the window `place` is; None when it is out of sight."""
        row = self.page.distance(self.top, place, self.height)
        return row if 0 <= row < self.height else None

    def scroll(self, rows: int) -> int:
        """Move the window down, or up when negative, as far as there is text; how many rows it moved."""
        before = self.top
        self.top = self._bounded(self.page.step(self.top, rows))
        return self.page.distance(before, self.top, abs(rows) + 1)

    def put(self, place: Place, row: int) -> None:
        """Move the window so that `place` is on its row `row`, or as near to it as the ends of the text allow."""
        self.top = self._bounded(self.page.step(place, -row))

    def follow(self, place: Place, before: int) -> None:
        """Keep in sight, and still, a caret that moved by lines to `place` from row `before` of the window.

        It walks freely towards the reading row; there it stays and the text moves instead.
        """
        row = self.page.distance(self.top, place, self.height * 2)
        low, high = min(before, self.reading_row), max(before, self.reading_row)
        if not low <= row <= high:
            self.put(place, min(max(row, low), high))

    def reveal(self, first: Place, last: Place) -> None:
        """Bring the rows from `first` to `last` in sight with context, moving nothing when they already are."""
        margin = min(3, self.height // 5)
        top = self.page.distance(self.top, first, self.height * 2)
        bottom = top + self.page.distance(first, last, self.height)
        if top >= (margin if self.top != self.page.first else 0) and bottom < self.height - margin:
            return
        if top >= 0 and bottom < self.height and self._at_end():
            return
        self.put(first, min(self.reading_row, max(0, self.height - margin - (bottom - top) - 1)))

    def nearest(self, place: Place) -> Place:
        """`place` when it is in sight, else the row of the window that is nearest to it."""
        if place < self.top:
            return self.top
        bottom = self.page.step(self.top, self.height - 1)
        return min(place, bottom)

    def _bounded(self, place: Place) -> Place:
        """`place`, or the top of the last window when that is further up."""
        if place.block + self.height < len(self.page.blocks):
            return place
        return min(place, self.page.step(self.page.last, 1 - self.height))

    def _near_end(self) -> bool:
        return self.top.block + self.height >= len(self.page.blocks)

    def _at_end(self) -> bool:
        return self._near_end() and self.top == self.page.step(self.page.last, 1 - self.height)
