"""`briefbook note add`: notes from the command line and from pipes, each acknowledged when it is on the disk."""

import argparse
import sys
from collections.abc import Iterable

from store.errors import BriefbookError, IntakeError
from store.home import find_home
from store.notebook import Notebook
from tui.commands import targets
from tui.commands.streams import put, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook note add ARTICLE TEXT..."
    parser.description = f"""\
Add a note to an article as a whole and print its id, once it is safely on the disk.

ARTICLE is {targets.WORDS}. A file is put on the shelf.
TEXT is Markdown, or - to take one note a line from standard input; each is acknowledged before the next is read."""
    parser.epilog = """\
examples:
  briefbook note add report.txt "Ask the ministry for the old figure."
  grep -h TODO drafts/*.md | briefbook note add harbour -"""
    parser.add_argument("action", choices=["add"], metavar="add", help="add a note")
    parser.add_argument("article", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument("text", nargs="+", metavar="TEXT", help="what to note, or -")


def run(arguments: argparse.Namespace) -> int:
    """Add them; 1 when one could not be saved."""
    home = find_home()
    with targets.shelf(home) as library:
        found = list(targets.find(library, [arguments.article]))
        if len(found) != 1:
            raise IntakeError("there are several articles in this folder", arguments.article, "give one of them")
        if isinstance(found[0], BriefbookError):
            raise found[0]
        article = library.put(found[0])
    notebook = Notebook(home, article)
    if notebook.problem:
        say(notebook.problem)
    lines: Iterable[str] = sys.stdin if arguments.text == ["-"] else [" ".join(arguments.text)]
    for line in lines:
        if text := line.strip():
            put(notebook.add_note(text).id)
            sys.stdout.flush()
    return 0
