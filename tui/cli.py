"""The command line: which command was meant, what its options are, and how it ends. What it does is its module's.

A first word that names no command is something to read. A command is imported when it is called, and Textual only
to open the app, so that `--help` answers at once.
"""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from store.errors import BriefbookError
from store.home import reason
from tui.commands.streams import say

COMMANDS = {
    "extract": "print who acts, which figures and who said what, as JSON Lines",
    "export": "write highlights and notes for other programs: Markdown, HTML, JSON-LD, CSV and more",
    "import": "take in highlights and notes of Hypothesis, Readwise, Kindle, KOReader and others",
    "open": "open the app at a highlight",
    "serve": "open the app in a browser, for this machine only unless told otherwise",
    "note": "add notes to an article",
    "add": "put files, folders and web pages into the library",
    "search": "search all articles of the library, with the words in context",
    "list": "list the articles of the library, or those that answer a query",
    "show": "print an article",
    "tag": "give articles tags, or take some from them",
    "rm": "take articles out of the library",
    "feeds": "follow feeds, and fetch what is new in them",
    "watch": "add what comes into a folder",
    "model": "list, install or check the language model",
    "config": "show the settings and keys that are in force",
    "doctor": "say what is installed, where the files are, and what to mend",
    "completion": "print a completion script for bash, zsh or fish",
}
"""The commands and what each does, in the order of the help."""
READ = "read"
"""The module of what happens without a command."""

HELP = """\
usage: briefbook [PATH | URL | -]...
       briefbook COMMAND ...

A terminal reader for briefings: the article beside who acts in it, which figures it gives and who said what.

reading:
  briefbook                  the shelf: what you read before, where you left off
  briefbook PATH|URL...      read files, web pages, or every article in a folder
  SOME COMMAND | briefbook - read standard input
  Within the app ? shows the keys.
  Files may be {extensions}.

commands:
{commands}
  `briefbook COMMAND --help` tells more. A file that is called like a command: `briefbook ./list`.

options:
  -h, --help                 show this help
  -V, --version              show the version

examples:
  briefbook report.txt briefings/
  pandoc paper.docx -t plain | briefbook -
  briefbook extract *.txt | jq -r '.quotes[].text'
  briefbook export --to markdown --output ~/vault/briefings/

files:
  Everything lies in one folder (`briefbook doctor` names it; BRIEFBOOK_HOME sets another): notes/ with one readable
  JSON file an article, library.db with the shelf, models/ with the language model, config.toml with your settings.

exit status:
  0  all went well
  1  something failed, each failure named on standard error; the rest was done
  2  the command line was wrong, or there is no terminal to read in
"""


class CommandModule(Protocol):
    """What every module in `tui.commands` that is a command has."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add usage, description, arguments and an epilogue with examples."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""


def main(words: Sequence[str] | None = None) -> int:
    """Run `briefbook` with these words, those of the process by default, and return the exit status."""
    words = sys.argv[1:] if words is None else words
    _ready_streams()
    try:
        status = _dispatch(words)
        sys.stdout.flush()
        return status
    except BriefbookError as error:
        say(error)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return 141
    except OSError as error:
        _drop_output()
        say(BriefbookError(f"it cannot be read or written ({reason(error)})", error.filename or "standard output"))
        return 1


def _ready_streams() -> None:
    """Output in UTF-8; where the caller closed a stream, nowhere."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def _drop_output() -> None:
    """Forget what is still to be printed: nobody reads it, and trying it again at exit would be a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(words: Sequence[str]) -> int:
    if words and words[0] in ("-h", "--help"):
        sys.stdout.write(help_text())
        return 0
    if words and words[0] in ("-V", "--version"):
        from importlib.metadata import version

        sys.stdout.write(f"briefbook {version('briefbook')}\n")
        return 0
    name, rest = (words[0], words[1:]) if words and words[0] in COMMANDS else (READ, words)
    module = command(name)
    return module.run(parser(name, module).parse_args(rest))


def help_text() -> str:
    """What `briefbook --help` prints."""
    from store.intake.files import USUAL

    commands = "\n".join(f"  {name:<26} {words}" for name, words in COMMANDS.items())
    return HELP.format(commands=commands, extensions=USUAL)


def command(name: str) -> CommandModule:
    """The module of a command."""
    module_name = {"list": "shelf", "rm": "remove", "import": "importing"}.get(name, name)
    return cast("CommandModule", importlib.import_module(f"tui.commands.{module_name}"))


def parser(name: str, module: CommandModule) -> argparse.ArgumentParser:
    """The argument parser of a command."""
    made = _Parser(prog="briefbook" if name == READ else f"briefbook {name}", formatter_class=_Formatter)
    module.configure(made)
    return made


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line that says what is wrong, and where to read on; status 2."""
        say(f"{message}; see `{self.prog} --help`")
        raise SystemExit(2)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """The same help under every version of Python, no wider than is easy to read."""

    def __init__(self, prog: str) -> None:
        import shutil  # 3 ms with its archives, and only help needs it

        super().__init__(prog, max_help_position=28, width=min(100, shutil.get_terminal_size().columns))

    def _format_action_invocation(self, action: argparse.Action) -> str:
        # Python 3.13 writes "-o, --output PATH", older versions "-o PATH, --output PATH".
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"
