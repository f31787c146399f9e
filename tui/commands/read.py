"""Reading: find what was named, take standard input, and open the app on it."""

import argparse
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from store import intake
from store.errors import BriefbookError
from store.home import Config, Home, find_home
from tui import opening
from tui.commands.settings import read as read_settings
from tui.commands.streams import say
from tui.terminal import Terminal, in_browser


def configure(parser: argparse.ArgumentParser) -> None:
    """What to read; the help of all of `briefbook` is in `tui.cli`."""
    parser.usage = "briefbook [PATH | -]..."
    parser.add_argument("paths", nargs="*", metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    """Open the app; what could not be read is said when it has closed again, and makes the status 1."""
    paths = list(arguments.paths) or (["-"] if _is_piped() else [])
    failures: list[BriefbookError] = []
    with Terminal() as terminal:
        status = _open(paths, failures, terminal)
    return max(status, _report(failures, paths))


def _open(paths: Sequence[str], failures: list[BriefbookError], terminal: Terminal) -> int:
    """Open the app, behind a first page that is there before it; returns the exit status, but for `failures`."""
    if intake.STDIN not in paths:
        terminal.hold()
    sources, unreadable = intake.find(paths)
    failures.extend(unreadable)
    if not (sys.stdout.isatty() or in_browser()) and (sources or not paths):
        say("the reader needs a terminal; for a file or a pipe there are `briefbook extract` and `export`")
        return 2
    given = _standard_input(failures) if intake.STDIN in sources else None
    sources = [source for source in sources if source != intake.STDIN]
    if paths and not sources and given is None:
        return 1
    if not (in_browser() or take_keys_from_terminal()):
        say("there is no terminal to read keys from")
        return 2
    home = find_home()
    config = settings(home, failures)
    if not given and sources and intake.is_url(sources[0]):
        say(f"fetching {sources[0]} …")
    try:
        at_hand = None if given else opening.read_first(sources)
    except BriefbookError as error:
        failures.append(error)
        return 1
    if begun := given or at_hand:
        opening.show(begun.article, home, config, terminal)
    from tui.app import run as open_app

    with _picture_on_terminal():
        return open_app(sources, failures, home, config, given=given, at_hand=at_hand, terminal=terminal)


@contextmanager
def _picture_on_terminal() -> Iterator[None]:
    """The toolkit draws on standard error; where that was sent elsewhere, draw on the terminal and put it back."""
    if os.isatty(2) or in_browser():
        yield
        return
    kept = os.dup(2)
    os.dup2(1, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _is_piped() -> bool:
    """Whether standard input is a pipe or a file: then that is what is to be read, as `less` does it."""
    if in_browser():
        return False
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _standard_input(failures: list[BriefbookError]) -> intake.Begun | None:
    try:
        return intake.begin_stdin(sys.stdin.buffer)
    except BriefbookError as error:
        failures.append(error)
        return None


def take_keys_from_terminal() -> bool:
    """Make the terminal the standard input, when that was something else; False when there is no terminal."""
    if os.isatty(0):
        return True
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return False
    os.dup2(terminal, 0)
    os.close(terminal)
    return True


def settings(home: Home, failures: list[BriefbookError]) -> Config:
    """The settings, the defaults of those that are wrong: reading never waits for that to be mended."""
    try:
        home.make()
    except BriefbookError as error:
        failures.append(error)
    config, mistakes = read_settings(home)
    failures.extend(mistakes)
    return config


def _report(failures: Sequence[BriefbookError], paths: Sequence[str]) -> int:
    for failure in failures:
        say(failure)
    if paths and failures and (command := _meant(paths[0])):
        say(f"did you mean the command `briefbook {command}`?")
    return 1 if failures else 0


def _meant(word: str) -> str | None:
    import difflib

    from tui.cli import COMMANDS

    return None if os.path.exists(word) else next(iter(difflib.get_close_matches(word, COMMANDS, 1, 0.75)), None)  # noqa: PTH110
