"""`briefbook add`: files, folders and web pages into the library, to be read later."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from store import intake
from store.errors import BriefbookError
from store.gathering import Outcome, gather
from store.home import Home, find_home
from store.intake.files import USUAL
from store.library import Library
from store.shelving import Shelved
from tui.commands import settings, targets
from tui.commands.streams import Progress, put, put_json, say

_SHOWN_EVERY = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook add [--analyse] [--json] PATH|URL..."
    parser.description = f"""\
Put articles into the library without opening them, and print what is new: id and title.

The same text, or the same page under an address with other tracking parameters, is one article; a text that changed
is a new version of it, and its highlights move with their passages.

Files may be {USUAL}; mailboxes and
JSON may hold many articles. What a folder has of these is added, with all folders in it."""
    parser.epilog = """\
examples:
  briefbook add briefings/ report.pdf
  briefbook add https://example.org/harbour-strike
  briefbook add --analyse mail.mbox
  curl -s https://example.org/a.html | briefbook add -

An input that fails is named on standard error, the others are added, and the exit status is 1."""
    parser.add_argument("sources", nargs="+", metavar="PATH|URL", help="a file, a folder, a web address, or -")
    parser.add_argument("--analyse", action="store_true", help="find actors, numbers and quotes at once")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


@dataclass(slots=True)
class Tally:
    """What became of what was to be added."""

    new: int = 0
    changed: int = 0
    known: int = 0
    failed: int = 0

    def words(self) -> str:
        """All of it in a few words."""
        counts = {"new": self.new, "changed": self.changed, "known already": self.known, "failed": self.failed}
        return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing"


def run(arguments: argparse.Namespace) -> int:
    """Add them; 1 when any failed."""
    home = find_home()
    sources, failures = intake.find(arguments.sources)
    with targets.shelf(home) as library:
        tally = add(home, library, sources, failures, arguments)
    if tally.changed or tally.known or tally.new > 1 or sys.stderr.isatty():
        say(tally.words())
    return 1 if tally.failed else 0


def add(
    home: Home, library: Library, sources: Sequence[str], failures: Sequence[BriefbookError],
    arguments: argparse.Namespace,
) -> Tally:  # fmt: skip
    """Add these, tell what became of each, and analyse what is new when that is wanted."""
    tally, progress, added = Tally(), Progress(), list[str]()
    for failure in failures:
        _count(tally, failure)
    for done, outcome in enumerate(gather(library, sources), 1):
        if done % _SHOWN_EVERY == 0:
            progress.show(f"{done:,} read: {tally.words()}")
        if _count(tally, outcome, progress) and isinstance(outcome, Shelved):
            report(outcome, arguments.json)
        if isinstance(outcome, Shelved):
            added.append(outcome.article.id)
    progress.clear()
    sys.stdout.flush()
    if arguments.analyse:
        tally.failed += analyse(home, library, added)
    return tally


def _count(tally: Tally, outcome: Outcome, progress: Progress | None = None) -> bool:
    """Count it; True when it is something new."""
    if isinstance(outcome, BriefbookError):
        if progress:
            progress.clear()
        say(outcome)
        tally.failed += 1
        return False
    tally.new += outcome.is_new
    tally.changed += outcome.is_changed
    tally.known += not (outcome.is_new or outcome.is_changed)
    return outcome.is_new or outcome.is_changed


def report(shelved: Shelved, json: bool) -> None:
    """One line on an article that is new, or has a new text."""
    article = shelved.article
    if shelved.was_stub:
        say(f"{article.title}: its text is here now, and what was imported before it is marked in it")
    if json:
        what = "new" if shelved.is_new else "changed"
        put_json({"id": article.id, "title": article.title, "source": article.source, "status": what})
    else:
        put(f"{article.id:<12}  {article.title}")


def analyse(home: Home, library: Library, ids: Sequence[str]) -> int:
    """Analyse those that are not yet, and keep what is found; returns how many failed."""
    from store.extract import language
    from tui.commands.extract import pipelines

    config = settings.told(home)
    made = pipelines(home, config)
    progress, failed = Progress(), 0
    for done, id_ in enumerate(ids, 1):
        progress.show(f"analysing {done:,} of {len(ids):,}")
        article = library.get(id_)
        stamp = language.stamp(home, config) or ""
        if article is None or library.analysis(article.text_hash, stamp, article.text):
            continue
        [found] = made.analyses([article])
        if isinstance(found, BriefbookError):
            progress.clear()
            say(found)
            failed += 1
        else:
            library.keep_analysis(article.text_hash, language.stamp(home, config) or "", found)
    progress.clear()
    return failed
