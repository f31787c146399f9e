"""`briefbook watch`: put what comes into a folder into the library, until it is stopped."""

import argparse
import sys
from pathlib import Path

from store import intake
from store.errors import IntakeError
from store.home import find_home
from tui.commands import targets
from tui.commands.add import add
from tui.commands.streams import say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook watch [--analyse] [--json] FOLDER..."
    parser.description = """\
Add every article in the folders, then whatever comes into them or changes there, until Ctrl-C. What is added is
printed as `briefbook add` does it."""
    parser.epilog = """\
examples:
  briefbook watch ~/Downloads/briefings
  briefbook watch --analyse inbox/ >> added.log &"""
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="a folder, with all folders in it")
    parser.add_argument("--analyse", action="store_true", help="find actors, numbers and quotes at once")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Watch; ends by Ctrl-C only, or with 1 when there is no such folder."""
    from store.intake import watch

    home = find_home()
    for folder in arguments.folders:
        if not Path(folder).is_dir():
            raise IntakeError("there is no such folder", folder, "make it first")
    there, _ = intake.find(arguments.folders)
    with targets.shelf(home) as library:
        say(f"{add(home, library, there, [], arguments).words()}; watching {', '.join(arguments.folders)}")
        for paths in watch.changes(arguments.folders, there):
            add(home, library, paths, [], arguments)
            sys.stdout.flush()
    return 0
