"""Where the parts of the reader screen stand, in cells: the numbers once, for the style sheet and for the first page.

No Textual in here: the first page is drawn before it. `VARIABLES` gives the numbers to the style sheet; a test compares
what `article` says with where the toolkit puts the article.
"""

from typing import NamedTuple

COLUMN_BREAKPOINTS = ((0, "-tiny"), (40, "-narrow"), (100, "-medium"), (140, "-wide"))
"""From how many columns on the screen has which class."""
ROW_BREAKPOINTS = ((0, "-flat"), (10, "-short"), (18, "-low"), (36, "-tall"))
"""From how many rows on the screen has which class."""

HEAD, STATUS, KEYS = 2, 1, 1
"""Rows of the article's head, of the status line and of the line of keys."""
HEAD_MARGIN = 2
"""Cells left and right of what the head says."""
SHELF = 34
"""Columns of the shelf, which a wide screen shows."""
SIDE, WIDE_SIDE = 44, 52
"""Columns of the panes beside the article on a medium and on a wide screen, unless the reader changed them."""
LEAST_SIDE, MOST_SIDE = 28, 90
"""To how many columns the panes can be brought."""
LOW_SIDE, TALL_SIDE_PERCENT = 9, 30
"""Rows of the panes below the article on a narrow screen; a tall one gives them a share of what the head leaves, and a
short one shows either the article or the panes."""

VARIABLES = {
    "head-rows": str(HEAD),
    "head-margin": str(HEAD_MARGIN),
    "status-rows": str(STATUS),
    "keys-rows": str(KEYS),
    "shelf-columns": str(SHELF),
    "side-columns": str(SIDE),
    "wide-side-columns": str(WIDE_SIDE),
    "side-rows": str(LOW_SIDE),
    "tall-side-rows": f"{TALL_SIDE_PERCENT}%",
}
"""What the style sheet knows of these numbers."""


class Area(NamedTuple):
    """A part of the screen; counted from 0."""

    left: int
    top: int
    columns: int
    rows: int


def class_for(cells: int, breakpoints: tuple[tuple[int, str], ...]) -> str:
    """The class of a screen that is `cells` wide or high."""
    return [name for least, name in breakpoints if cells >= least][-1]


def side_columns(columns: int, wanted: int) -> int:
    """How wide the panes beside the article are, on a screen of `columns`, when `wanted` is asked for."""
    return max(LEAST_SIDE, min(MOST_SIDE, columns // 2, wanted))


def article(columns: int, rows: int, side: int = 0) -> Area | None:
    """Where the article with its head stands on a screen of that size; None when there is no room for its text.

    Args:
        side: the width that the reader gave to the panes; 0 for none.
    """
    across, down = class_for(columns, COLUMN_BREAKPOINTS), class_for(rows, ROW_BREAKPOINTS)
    if across == "-tiny" or down == "-flat":
        return None
    body = rows - STATUS - KEYS
    if across == "-narrow":
        below = {"-tall": body * TALL_SIDE_PERCENT // 100, "-short": 0}.get(down, LOW_SIDE)
        return Area(0, 0, columns, body - below) if body - below > HEAD else None
    left = SHELF if across == "-wide" else 0
    usual = WIDE_SIDE if across == "-wide" else SIDE
    return Area(left, 0, columns - left - (side_columns(columns, side) if side else usual), body)
