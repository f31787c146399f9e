"""`briefbook list`: the articles on the shelf, the last read first."""

import argparse
from dataclasses import asdict

from store.home import find_home
from store.library import Entry
from tui.commands import targets
from tui.commands.streams import put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook list [--json]"
    parser.description = (
        "List the articles on the shelf, the last read first: id, how much was read, words, date, title."
    )
    parser.epilog = """\
examples:
  briefbook list
  briefbook list --json | jq -r 'select(.read | not) | .source'"""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, with every field")


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    home = find_home()
    with targets.shelf(home) as library:
        for entry in library.entries():
            if arguments.json:
                put_json(asdict(entry))
            else:
                put(_row(entry))
    return 0


def _row(entry: Entry) -> str:
    read = "read" if entry.read else f"{entry.progress:.0%}"
    return f"{entry.id:<12}  {read:>4}  {entry.words:>7,}  {(entry.published or entry.opened)[:10]:<10}  {entry.title}"
