"""Between the command line and the toolkit: the first article is read, its place found, the first page shown.

What cannot be done quickly or surely is left to the app, which does it all again and says what is wrong.
"""

import os
from collections.abc import Sequence

from store import intake
from store.article import Article
from store.errors import BriefbookError
from store.home import Config, Home
from store.places import place
from tui import first_page
from tui.terminal import Terminal


def read_first(sources: Sequence[str]) -> intake.Begun | None:
    """The first article in the first source; None when there is none, or it cannot be read and others can be tried.

    Raises:
        BriefbookError: the only source cannot be read.
    """
    try:
        return intake.begin(sources[0]) if sources else None
    except BriefbookError:
        if len(sources) == 1:
            raise
        return None


def show(article: Article, home: Home, config: Config, terminal: Terminal) -> None:
    """Show the first page of `article`, where it was left, on a terminal that allows it."""
    if not terminal.hold():
        return
    size = os.get_terminal_size(2)
    page = first_page.draw(article, place(home.library, article), config, (size.columns, size.lines), _side(home))
    if page is not None:
        terminal.show(page)


def _side(home: Home) -> int:
    """How wide the reader made the panes; 0 when they are as at first."""
    if not home.state.exists():
        return 0
    import json  # 2 ms

    try:
        return int(json.loads(home.state.read_text(encoding="utf-8")).get("side", 0))
    except (OSError, ValueError, TypeError, AttributeError):
        return 0
