"""`briefbook list`: the articles of the library, or those that answer a query, in one of the shelf's orders."""

import argparse
from dataclasses import asdict

from store.entries import ORDERS, Entry
from store.home import find_home
from tui.commands import queries, targets
from tui.commands.streams import put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook list [--sort ORDER] [--json] [QUERY]"
    parser.description = """\
List the articles of the library, the last opened or come in first: id, how much was read, words, date, title.
A * marks what is starred. A date in parentheses is the day when an article was added that has none of its own."""
    parser.epilog = f"""\
examples:
  briefbook list
  briefbook list --sort date 'is:unread tag:harbour'
  briefbook list --json | jq -r 'select(.read | not) | .source'

{queries.LANGUAGE}"""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="only those that answer it, see below")
    parser.add_argument(
        "--sort", choices=ORDERS, default="opened", metavar="ORDER", help=f"{', '.join(ORDERS)} (default opened)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, with every field")


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    query = queries.asked(arguments.query)
    home = find_home()
    with targets.shelf(home) as library, queries.search(home, library) as search:
        queries.look_over(search, query, arguments.query)
        for entry in search.entries(query, arguments.sort):
            if arguments.json:
                put_json(asdict(entry))
            else:
                put(_row(entry))
    return 0


def _row(entry: Entry) -> str:
    read = "read" if entry.read else f"{entry.progress:.0%}"
    day = f" {entry.published[:10]}" if entry.published else f"({entry.added[:10]})"
    tags = "".join(f"  #{tag}" for tag in entry.tags)
    star = "*" if entry.starred else " "
    return f"{entry.id:<12} {star} {read:>4}  {entry.words:>7,} {day:<12} {entry.title}{tags}"
