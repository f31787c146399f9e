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
    parser.add_argument("action", nargs="?", choices=["add"], metavar="add", help="add a note")
    parser.add_argument("article", nargs="?", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what to note, or -")


def run(arguments: argparse.Namespace) -> int:
    """Add them; 1 when one could not be saved or standard input brought none, 2 when there are no words to note."""
    words = " ".join(arguments.text).strip()
    if not words:
        what = "a note needs an article and some words" if not arguments.text else "a note needs some words"
        say(f"{what}: briefbook note add ARTICLE TEXT...; see `briefbook note --help`")
        return 2
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
    if words != "-":
        put(notebook.add_note(words).id)
        return 0
    return _add_lines(notebook, sys.stdin)


def _add_lines(notebook: Notebook, lines: Iterable[str]) -> int:
    added = 0
    for added, text in enumerate(filter(None, map(str.strip, lines)), 1):  # noqa: B007 (the number of the last)
        put(notebook.add_note(text).id)
        sys.stdout.flush()
    if not added:
        say("there was nothing to note on standard input")
    return 0 if added else 1
