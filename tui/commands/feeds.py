"""`briefbook feeds`: which feeds are followed, and what is new in them."""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from store import atomic, intake
from store.errors import BriefbookError, IntakeError
from store.gathering import fetch_feed
from store.home import find_home, reason
from store.library import Library
from store.subscriptions import Followed, Subscriptions
from tui.commands import targets
from tui.commands.add import report
from tui.commands.streams import Progress, put, put_json, say

AT_ONCE = 8
"""Feeds that are fetched side by side: waiting for servers is most of it."""
STDOUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook feeds [add URL... | list | fetch [FEED]... | rm FEED... | import OPML | export [OPML]]"
    parser.description = """\
  add      follow RSS, Atom or JSON feeds; --folder puts them into one
  list     the feeds that are followed, when each was looked at, and what went wrong (default)
  fetch    put what is new into the library, and print it; all feeds, or those that are named
  rm       follow a feed no more; its articles stay
  import   follow the feeds of an OPML file
  export   write the feeds as OPML, to a file or to standard output

FEED is a feed's address, or words of its address or title. The network is asked by fetch alone: each server whether
the feed has changed, and then for the pages of entries that the feed only announces (--summaries: not for those)."""
    parser.epilog = """\
examples:
  briefbook feeds add https://example.org/feed.xml --folder Ports
  briefbook feeds import subscriptions.opml && briefbook feeds fetch
  briefbook feeds export ~/feeds.opml

For news every morning, in crontab:  0 6 * * *  briefbook feeds fetch"""
    parser.add_argument("action", nargs="?", choices=list(_ACTIONS), default="list", metavar="ACTION", help="see above")
    parser.add_argument("names", nargs="*", metavar="NAME", help="addresses, feeds, or a file, as the action wants it")
    parser.add_argument("--folder", default="", metavar="FOLDER", help="add: in this folder; / parts inner ones")
    parser.add_argument("--summaries", action="store_true", help="fetch: take the feed's own words, fetch no pages")
    parser.add_argument("--json", action="store_true", help="list, fetch: print one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when anything failed."""
    if problem := _misuse(arguments):
        say(f"{problem}; see `briefbook feeds --help`")
        return 2
    with targets.shelf(find_home()) as library:
        return _ACTIONS[arguments.action](library, arguments)


def _misuse(arguments: argparse.Namespace) -> str:
    action, count = arguments.action, len(arguments.names)
    if action in ("add", "rm") and not count:
        return f"{action} needs a feed"
    if action == "import" and count != 1:
        return "import needs one OPML file"
    if (action == "list" and count) or (action == "export" and count > 1):
        return f"{action} does not take {arguments.names[-1]}"
    return ""


def _add(library: Library, arguments: argparse.Namespace) -> int:
    folder = tuple(part for part in arguments.folder.split("/") if part)
    bad = [name for name in arguments.names if not intake.is_url(name)]
    for name in bad:
        say(IntakeError("this is no web address", name, "give it as https://..."))
    good = [Followed(name, folder=folder) for name in arguments.names if name not in bad]
    _say_followed(Subscriptions(library.file).follow(good), len(good))
    return 1 if bad else 0


def _say_followed(new: int, given: int) -> None:
    known = f", {given - new} were followed already" if given > new else ""
    if given:
        say(f"{new} new{known}; `briefbook feeds fetch` gets their articles")


def _list(library: Library, arguments: argparse.Namespace) -> int:
    for one in Subscriptions(library.file).all():
        if arguments.json:
            put_json(asdict(one))
            continue
        where = f"{'/'.join(one.folder)}/" if one.folder else ""
        put(f"{one.fetched[:16] or 'never':<16}  {where}{one.title or '(not fetched yet)'}  {one.url}")
        if one.problem:
            put(f"{'':<16}  ! {one.problem}")
    return 0


def _fetch(library: Library, arguments: argparse.Namespace) -> int:
    subscriptions = Subscriptions(library.file)
    feeds, failed = _named(subscriptions, arguments.names) if arguments.names else (subscriptions.all(), 0)
    progress, fresh = Progress(), 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        looks = pool.map(lambda one: fetch_feed(library, one, not arguments.summaries), feeds)
        for done, look in enumerate(looks, 1):
            progress.clear()
            for shelved in look.new:
                report(shelved, arguments.json)
            for failure in look.failures:
                say(failure)
            fresh, failed = fresh + len(look.new), failed + bool(look.feed.problem)
            sys.stdout.flush()
            progress.show(f"{done} of {len(feeds)} feeds")
    progress.clear()
    say(f"{fresh:,} new from {len(feeds)} feed{'' if len(feeds) == 1 else 's'}")
    return 1 if failed else 0


def _remove(library: Library, arguments: argparse.Namespace) -> int:
    subscriptions = Subscriptions(library.file)
    feeds, failed = _named(subscriptions, arguments.names)
    for one in feeds:
        subscriptions.unfollow(one.url)
        put(one.url)
    return 1 if failed else 0


def _named(subscriptions: Subscriptions, names: Sequence[str]) -> tuple[list[Followed], int]:
    found: list[Followed] = []
    failed = 0
    for name in names:
        try:
            found.append(subscriptions.find(name))
        except BriefbookError as error:
            say(error)
            failed += 1
    return found, failed


def _import(library: Library, arguments: argparse.Namespace) -> int:
    from store.intake import files, opml

    (name,) = arguments.names
    data = files.read_stream(sys.stdin.buffer) if name == STDOUT else files.read_bytes(files.absolute(name))
    given = [Followed(one.url, one.title, one.site, one.folder) for one in opml.read(data, name)]
    _say_followed(Subscriptions(library.file).follow(given), len(given))
    return 0


def _export(library: Library, arguments: argparse.Namespace) -> int:
    from store.intake import opml

    feeds = Subscriptions(library.file).all()
    text = opml.write(opml.Subscription(one.url, one.title, one.site, one.folder) for one in feeds)
    name = arguments.names[0] if arguments.names else STDOUT
    if name == STDOUT:
        sys.stdout.write(text)
        return 0
    try:
        atomic.write(Path(name), text.encode(), mode=None)
    except OSError as error:
        raise BriefbookError(f"it cannot be written ({reason(error)})", name, "choose another place") from error
    put(name)
    return 0


_ACTIONS: dict[str, Callable[[Library, argparse.Namespace], int]] = {
    "add": _add, "list": _list, "fetch": _fetch, "rm": _remove, "import": _import, "export": _export,
}  # fmt: skip
