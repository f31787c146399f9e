"""`briefbook search`: which articles of the library hold what is asked, best first, with the words in context."""

import argparse
import os
import sys
from dataclasses import asdict

from store.errors import printable
from store.home import find_home
from store.search import Hit
from tui.commands import queries, targets
from tui.commands.streams import put, put_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook search [--limit N] [--json] QUERY"
    parser.description = "Search all articles of the library: best first, with the words in context."
    parser.epilog = f"""\
examples:
  briefbook search harbour strike
  briefbook search 'said:brandt quote:offer after:2025'
  briefbook search --json 'number>5e9 number:usd' | jq -r .id

{queries.LANGUAGE}"""
    parser.add_argument("query", nargs="+", metavar="QUERY", help="what to search, see below")
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="how many at most (default 20)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, with excerpt and place")


def run(arguments: argparse.Namespace) -> int:
    """Print the answers; 1 when there are none."""
    query = queries.asked(arguments.query)
    home = find_home()
    with targets.shelf(home) as library, queries.search(home, library) as search:
        queries.look_over(search, query, arguments.query)
        hits = search.find(query, arguments.limit)
        for hit in hits:
            put_json(_json(hit)) if arguments.json else _show(hit)
        if not hits:
            say("nothing matches")
        elif len(hits) == arguments.limit and (more := search.count(query) - len(hits)) > 0:
            say(f"{more:,} more; --limit shows them")
    return 0 if hits else 1


def _json(hit: Hit) -> dict[str, object]:
    context = {"excerpt": hit.context.excerpt, "marks": hit.context.marks, "start": hit.context.start}
    return asdict(hit.entry) | context


def _show(hit: Hit) -> None:
    entry = hit.entry
    day = entry.published[:10] or f"added {entry.added[:10]}"
    known = (day, entry.publisher, *(f"#{tag}" for tag in entry.tags))
    put(f"{entry.id:<12}  {entry.title}  ({', '.join(part for part in known if part)})")
    sys.stdout.write(f"    {_marked(hit)}\n")


def _marked(hit: Hit) -> str:
    """The excerpt, on a terminal that has nothing against it with the words in bold."""
    excerpt = printable(hit.context.excerpt)
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return excerpt
    for start, end in reversed(hit.context.marks):
        excerpt = f"{excerpt[:start]}\x1b[1m{excerpt[start:end]}\x1b[22m{excerpt[end:]}"
    return excerpt


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number
