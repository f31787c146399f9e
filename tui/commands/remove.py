"""`briefbook rm`: take articles out of the library."""

import argparse

from store.errors import BriefbookError
from store.home import find_home
from tui.commands import targets
from tui.commands.streams import put, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook rm ARTICLE..."
    parser.description = f"""\
Take articles out of the library for good, with all their versions, and print what was taken out. Highlights and
notes stay: when the article is added again, they stand in it as before.

ARTICLE is {targets.WORDS}, and must be in the library."""
    parser.epilog = """\
examples:
  briefbook rm 3f2a
  briefbook list --json 'is:read before:1y' | jq -r .id | xargs briefbook rm"""
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help=targets.WORDS)


def run(arguments: argparse.Namespace) -> int:
    """Take them out; 1 when one is not there."""
    failed = 0
    with targets.shelf(find_home()) as library:
        for target in arguments.articles:
            try:
                entry = targets.entry(library, target)
            except BriefbookError as error:
                say(error)
                failed = 1
                continue
            library.remove(entry.id)
            put(f"{entry.id:<12}  {entry.title}")
    return failed
