"""`briefbook tag`: give articles tags, and take some from them."""

import argparse

from store.errors import BriefbookError
from store.home import find_home
from store.marks import Marks
from tui.commands import targets
from tui.commands.streams import put, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook tag ARTICLE... [+TAG | -TAG]..."
    parser.description = f"""\
Give articles tags, take some from them, and print those that they have then. Without tags, print them only.

ARTICLE is {targets.WORDS}, and must be in the library."""
    parser.epilog = """\
examples:
  briefbook tag harbour +strike +follow-up
  briefbook tag 3f2a 91bc -follow-up +done"""
    parser.add_argument("article", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, metavar="...", help="more articles, +TAG to add, -TAG to take"
    )


def run(arguments: argparse.Namespace) -> int:
    """Tag them; 1 when one is not there."""
    words = [arguments.article, *arguments.words]
    added = [word[1:] for word in words if word.startswith("+")]
    removed = [word[1:] for word in words if word.startswith("-")]
    failed = 0
    with targets.shelf(find_home()) as library:
        for target in (word for word in words if word[:1] not in ("+", "-")):
            try:
                entry = targets.entry(library, target)
            except BriefbookError as error:
                say(error)
                failed = 1
                continue
            Marks(library.file).tag([entry.id], added, removed)
            [entry] = library.entries_of([entry.id])
            put(f"{entry.id:<12}  {entry.title}{''.join(f'  #{tag}' for tag in entry.tags)}")
    return failed
