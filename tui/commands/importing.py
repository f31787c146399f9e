"""`briefbook import`: highlights and notes out of other programs' files, each file once, however often it is given."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from store.errors import BriefbookError, ImportingError
from store.home import find_home, reason
from store.imports import FORMATS, reading
from store.imports.bringing import Report, bring, totals
from store.imports.matching import Shelf
from tui.commands import targets
from tui.commands.streams import put, put_json, say

STDIN = "-"
_LINES = "\n  "


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook import [--dry-run] [--json] FILE..."
    parser.description = f"""\
Take in highlights and notes from files of other programs. What a file is, is seen from what is in it:

  {_LINES.join(FORMATS.values())}

An article that is in the library is found by its address, its text or its title, and each highlight by its words. What
does not stand in the text is kept, and shown as such. An article that is not here is put on the shelf as its quotes;
when its text comes in, from the same address or under the same title with all of these passages in it, it takes their
place, and the highlights are found in it. Importing a file again changes nothing.

A notes file of briefbook, as one that was saved elsewhere because it could not be saved in its place, comes in with
what was changed in it later than here. What was deleted in it is deleted here, too, if nothing was done to the article
here since; else it is kept."""
    parser.epilog = """\
examples:
  briefbook import "My Clippings.txt"
  briefbook import --dry-run hypothesis.json
  briefbook export --to jsonl | BRIEFBOOK_HOME=~/other briefbook import -"""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="say what would come in, and write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object an article")


def run(arguments: argparse.Namespace) -> int:
    """Import; 1 when anything failed."""
    home = find_home()
    reports: list[Report] = []
    failed = False
    with targets.shelf(home) as library:
        shelf = Shelf(home, library)
        for name in arguments.files:
            for found in _brought(name, shelf, rehearse=arguments.dry_run):
                if isinstance(found, BriefbookError):
                    failed = True
                    say(found)
                else:
                    reports.append(found)
                    _tell(name, found, as_json=arguments.json)
    _sum_up(reports, rehearsed=arguments.dry_run)
    return 1 if failed else 0


def _brought(name: str, shelf: Shelf, *, rehearse: bool) -> Iterator[Report | BriefbookError]:
    """What came of each article in a file, or why it, or the file, did not come in."""
    try:
        with _opened(name) as file:
            for bundle in reading.read(file).bundles:
                try:
                    if isinstance(bundle, BriefbookError):
                        raise bundle
                    yield bring(shelf, bundle, rehearse=rehearse)
                except BriefbookError as error:
                    yield _of_file(name, error)
    except ImportingError as error:
        yield _of_file(name, error)
    except OSError as error:
        yield ImportingError(f"it cannot be read ({reason(error)})", name, "give another file")


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name != STDIN:
        with Path(name).open("rb") as file:
            yield file
        return
    with TemporaryFile() as file:
        # Reading looks at the beginning twice.
        copyfileobj(sys.stdin.buffer, file)
        file.seek(0)
        yield file


def _of_file(name: str, error: BriefbookError) -> BriefbookError:
    return error if error.subject else type(error)(error.message, name, error.advice)


def _tell(name: str, report: Report, *, as_json: bool) -> None:
    if as_json:
        put_json({"file": name} | asdict(report))
        return
    words = [f"{_count(report.highlights, 'highlight')}, {_count(report.notes, 'note')} added"]
    words += [f"{_count(report.corrections, 'correction')} added"] if report.corrections else []
    words += [f"{report.changed} changed"] if report.changed else []
    words += [f"{report.deleted} deleted"] if report.deleted else []
    words += [f"{report.known} here already"] if report.known else []
    words += [f"{report.not_found} not found in the text"] if report.not_found else []
    words += [f"{report.skipped} without words"] if report.skipped else []
    words += ["its text is not here, only these passages"] if report.is_stub else []
    put(f"{report.title}: {', '.join(words)}")


def _sum_up(reports: Sequence[Report], *, rehearsed: bool) -> None:
    if reports:
        highlights, notes = totals(reports)
        how = "would come in; nothing was written" if rehearsed else "came in"
        marks = f"{_count(highlights, 'highlight')} and {_count(notes, 'note')}"
        say(f"{marks} on {_count(len(reports), 'article')} {how}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
