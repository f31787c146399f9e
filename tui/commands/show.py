"""`briefbook show`: one article as text, or with all that is known of it as JSON."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from store.analysis import to_json
from store.article import Article
from store.errors import BriefbookError, printable
from store.home import find_home
from store.library import Library
from tui.commands import targets
from tui.commands.streams import put_json, say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook show [--json] ARTICLE..."
    parser.description = f"Print the text of articles.\n\nARTICLE is {targets.WORDS}."
    parser.epilog = """\
examples:
  briefbook show harbour | less
  briefbook show --json 3f2a | jq '.quotes[].text'"""
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line: text, marks, and what was extracted, if it was"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print them; 1 when one is not there."""
    failed = 0
    with targets.shelf(find_home()) as library:
        for number, found in enumerate(targets.find(library, arguments.articles)):
            if isinstance(found, BriefbookError):
                say(found)
                failed = 1
            elif arguments.json:
                put_json(_json(library, found))
            else:
                sys.stdout.write(("\n\n" if number else "") + _text(found))
    return failed


def _text(article: Article) -> str:
    known = (article.byline, article.publisher, article.published[:10], article.source)
    head = " · ".join(printable(part) for part in known if part)
    title = "" if article.text.lstrip().startswith(article.title) else f"{printable(article.title)}\n"
    body = "\n".join(map(printable, article.text.rstrip("\n").split("\n")))
    return f"{title}{head}\n\n{body}\n"


def _json(library: Library, article: Article) -> dict[str, Any]:
    known = asdict(article)
    entries = library.entries_of([article.id])
    marks = asdict(entries[0]) if entries else {}
    analysis = library.latest_analysis(article.text_hash, article.text)
    return (
        known
        | {name: value for name, value in marks.items() if name not in known}
        | (to_json(analysis) if analysis else {})
    )
