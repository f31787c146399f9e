"""`briefbook open ID#HIGHLIGHT`: the app at a highlight; what links in exported notes lead to."""

import argparse
import sys

from store.errors import BriefbookError, NotebookError
from store.export.links import short_id
from store.home import Home, find_home
from store.notebook import Notebook, Placed
from tui.commands import read, targets
from tui.commands.streams import say

SHORTEST = 4
"""Characters of a highlight's id that are taken for its end."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook open ARTICLE[#HIGHLIGHT]"
    parser.description = f"""\
Open the app on an article of the library, at one of its highlights.

ARTICLE is {targets.WORDS}. HIGHLIGHT is the id of a highlight, or the end of it:
exported notes give both."""
    parser.epilog = """\
examples:
  briefbook open 3f2a91c07b5e#01932d7a4c1f
  briefbook open harbour"""
    parser.add_argument("place", metavar="ARTICLE[#HIGHLIGHT]", help="an article, and a highlight in it")


def run(arguments: argparse.Namespace) -> int:
    """Open it; 1 when there is no such article or highlight."""
    home = find_home()
    name, _, highlight = arguments.place.rpartition("#") if "#" in arguments.place else (arguments.place, "", "")
    with targets.shelf(home) as library:
        found = next(targets.find(library, [name]))
        if isinstance(found, BriefbookError):
            raise found
        article = library.put(found)
    failures: list[BriefbookError] = []
    position = None
    if highlight:
        placed = _highlight(Notebook(home, article), highlight)
        position = placed.span[0] if placed.span else None
        if position is None:
            failures.append(NotebookError("its passage is no longer in the text", highlight))
    return _open(home, article.id, position, failures)


def _open(home: Home, article: str, position: int | None, failures: list[BriefbookError]) -> int:
    if not _has_terminal():
        say("the reader needs a terminal; for a file or a pipe there is `briefbook export`")
        return 2
    config = read.settings(home, failures)
    from tui.app import run as open_app
    from tui.shelves import ID

    return open_app([f"{ID}{article}"], failures, home, config, position=position)


def _has_terminal() -> bool:
    return sys.stdout.isatty() and read.take_keys_from_terminal()


def _highlight(notebook: Notebook, name: str) -> Placed:
    """The one highlight whose id is, or ends in, `name`. Raises NotebookError."""
    name = name.lower()
    ends = [
        item for item in notebook.placed() if item.highlight.id == name or short_id(item.highlight.id).endswith(name)
    ]
    if len(name) < SHORTEST or len(ends) != 1:
        raise NotebookError(
            f"there is no one highlight {name!r} in it", notebook.article.title, "`briefbook export` gives their ids"
        )
    return ends[0]
