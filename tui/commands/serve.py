"""`briefbook serve`: the app in a browser, until it is stopped."""

import argparse
import contextlib
import shlex
import sys
from collections.abc import Iterator, Sequence

from store import intake
from store.errors import BriefbookError
from store.intake.files import absolute
from tui.commands.streams import put, say

HOST = "127.0.0.1"
PORT = 8000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook serve [--host ADDRESS] [--port NUMBER] [PATH | URL]..."
    parser.description = """\
Open the app in a browser: print the address, and show there what `briefbook PATH...` shows in a terminal, until
Ctrl-C. Every window is an app of its own; they see each other's notes. Needs: pip install "briefbook[serve]"."""
    parser.epilog = f"""\
security:
  Only this machine reaches {HOST}, and only who has the key in the printed address, new at each start, gets in:
  the app reads, writes and runs commands as you. Pages from elsewhere are refused by the Host and Origin that
  browsers send. With --host what travels, the key too, is not encrypted; `ssh -L {PORT}:{HOST}:{PORT} MACHINE`
  does without --host.
  The page loads nothing from other hosts, and works offline.

examples:
  briefbook serve briefings/
  briefbook serve --port 0 report.txt"""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="what to read; without any, the shelf")
    parser.add_argument("--host", default=HOST, metavar="ADDRESS", help=f"listen there, not at {HOST}")
    parser.add_argument(
        "--port", type=_port, default=PORT, metavar="NUMBER", help=f"listen there, not at {PORT}; 0 takes a free one"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 1 when something that was named is not there, or the address cannot be taken."""
    try:
        from tui import serving
    except ModuleNotFoundError as error:
        say(f'serving needs {error.name}, which is not installed; run `pip install "briefbook[serve]"`')
        return 2
    failures: list[BriefbookError] = []
    sources = list(_there(arguments.paths, failures))
    for failure in failures:
        say(failure)
    if arguments.paths and not sources:
        return 1
    with serving.listen(arguments.host, arguments.port) as listening:
        server = serving.Server(command(sources), listening, arguments.host)
        if not server.is_loopback:
            say(f"whoever learns the key of {server.root} acts as you here, and it travels unencrypted")
        with contextlib.suppress(KeyboardInterrupt):
            put(server.address)
            sys.stdout.flush()
            say("open this address in a browser; Ctrl-C ends it")
            server.serve()
    return 1 if failures else 0


def command(sources: Sequence[str]) -> str:
    """The line for the shell that opens the app of this installation on these sources."""
    # Nothing in the folder that briefbook was started in may pass for a module of ours.
    return f"exec {shlex.join([sys.executable, '-P', '-m', 'tui', *sources])}"


def _there(names: Sequence[str], failures: list[BriefbookError]) -> Iterator[str]:
    """The names that hold something to read, as they are found from any folder."""
    for name in names:
        if name == intake.STDIN:
            failures.append(BriefbookError("standard input can be read once only", name, "name a file"))
            continue
        found, errors = intake.find([name])
        failures.extend(errors)
        if found:
            yield name if intake.is_url(name) else absolute(name)


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 65535")
    return number
