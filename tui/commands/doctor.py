"""`briefbook doctor`: what is installed, where everything is, what is wrong and how to mend it.

Nothing is changed without `--fix`.
"""

import argparse
import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from store import notecheck
from store.errors import BriefbookError, printable
from store.home import Config, Home, find_home
from tui.commands import settings
from tui.commands.streams import put, put_json

State = Literal["ok", "advice", "wrong"]

PACKAGES = ("briefbook", "textual", "spacy", "tinydb", "filelock", "platformdirs", "selectolax", "markdown-it-py")
SMALLEST = (80, 24)
"""Columns and lines in which everything is usable."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    state: State
    says: str
    mend: str = ""
    """What to do; empty when nothing."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook doctor [--fix] [--json]"
    parser.description = """\
Say what is installed, where the files are, what is wrong and how to mend it.
Nothing is changed without --fix."""
    parser.epilog = "The exit status is 1 when something is wrong; what is marked as advice is not."
    parser.add_argument(
        "--fix", action="store_true", help="mend the notes: set damaged files aside, rebuild what is derived"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything and tell."""
    home = find_home()
    found = list(findings(home, arguments.fix))
    for finding in found:
        if arguments.json:
            put_json(asdict(finding))
        else:
            mark = {"ok": "  ok", "advice": "note", "wrong": "BAD "}[finding.state]
            put(f"{mark}  {finding.about:<10} {finding.says}")
            if finding.mend:
                put(f"{'':<17} -> {finding.mend}")
    return 1 if any(finding.state == "wrong" for finding in found) else 0


def findings(home: Home, fix: bool = False) -> Iterator[Finding]:
    """All that was looked at, in the order of what depends on what; with `fix` what can be mended is mended."""
    yield Finding("python", "ok", f"{platform.python_version()} at {sys.executable}")
    yield from _packages()
    yield from _folders(home)
    config, mistakes = settings.read(home)
    yield from _config(home, config, mistakes)
    yield from _keys(home, config)
    yield _guarded("model", lambda: _model(home, config))
    yield _guarded("library", lambda: _library(home))
    yield from _notes(home, fix)
    yield from _terminal()


def _guarded(about: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except BriefbookError as error:
        return Finding(about, "wrong", str(error).removesuffix(f"; {error.advice}"), error.advice)


def _packages() -> Iterator[Finding]:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield Finding("packages", "wrong", f"{name} is not installed", f"{sys.executable} -m pip install {name}")
    yield Finding("packages", "ok", ", ".join(found))


def _folders(home: Home) -> Iterator[Finding]:
    yield Finding("home", "ok", f"{home.root}{'' if home.root.exists() else ' (made when it is needed)'}")
    above = next(folder for folder in home.root.parents if folder.exists())
    if not home.root.exists() and not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        yield Finding("home", "wrong", f"it cannot be made in {above}", "name another one in BRIEFBOOK_HOME")
    for folder in (home.root, home.notes, home.models):
        if not folder.exists():
            continue
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield Finding("home", "wrong", f"{folder} cannot be written to", f"chmod u+rwx '{folder}'")
        elif folder.stat().st_mode & 0o077:
            yield Finding(
                "home", "advice", f"others on this machine can look into {folder}", f"chmod go-rwx '{folder}'"
            )
    if home.root.exists() and (free := shutil.disk_usage(home.root).free) < 100_000_000:
        yield Finding("home", "advice", f"only {free / 1e6:.0f} MB are free on that disk", "free some space")


def _config(home: Home, config: Config, mistakes: Sequence[BriefbookError]) -> Iterator[Finding]:
    found = [*mistakes, *_theme(home, config)]
    for mistake in found:
        yield Finding("config", "wrong", str(mistake).removesuffix(f"; {mistake.advice}"), mistake.advice)
    if not found:
        there = "" if home.config.exists() else " is not there: the defaults hold"
        yield Finding("config", "ok", f"{home.config}{there}")


def _theme(home: Home, config: Config) -> Iterator[BriefbookError]:
    if config.theme in ("dark", "light", "ansi"):
        return
    # The toolkit alone knows its themes, and those who name none of them need not wait for it.
    from tui.themes import mistake

    if error := mistake(home, config.theme):
        yield error


def _keys(home: Home, config: Config) -> Iterator[Finding]:
    from tui.keymaps import clashes, keymap

    found = clashes(keymap(config.preset, config.keys))
    for clash in found:
        yield Finding("keys", "wrong", clash, f"give one of them another key in {home.config}")
    if not found:
        yield Finding("keys", "ok", f"preset {config.preset}, no clashes")


def _model(home: Home, config: Config) -> Finding:
    from store.extract import language

    model = language.find(home, config)
    if model is None:
        mend = "run `briefbook model install`" + ("; the app does so by itself" if config.fetch_model else "")
        return Finding("model", "advice" if config.fetch_model else "wrong", "there is no English language model", mend)
    for code in config.models:
        language.find_for(home, config, code)
    return Finding("model", "ok", f"{model.name} {model.version} at {model.path}; `briefbook model check` tries it")


def _library(home: Home) -> Finding:
    from store.database import inspect

    if not home.library.exists():
        return Finding("library", "ok", f"{home.library} (made when it is needed)")
    problem, count = inspect(home.library)
    if problem:
        mend = "a damaged one is set aside and begun anew at the next start; a newer one needs a newer briefbook"
        return Finding("library", "wrong", f"{home.library}: {problem}", mend)
    return Finding("library", "ok", f"{count} articles, {home.library.stat().st_size / 1e6:.1f} MB at {home.library}")


def _notes(home: Home, fix: bool) -> Iterator[Finding]:
    look = notecheck.mend if fix else notecheck.check
    for found in [*look(home), *notecheck.lost(home)]:
        state: State = "wrong" if found.bad else "advice" if found.advice else "ok"
        yield Finding("notes", state, f"{printable(found.subject)}: {found.message}", found.advice)


def _terminal() -> Iterator[Finding]:
    from tui.clipboard import tools

    size = shutil.get_terminal_size()
    if sys.stdout.isatty() and (size.columns < SMALLEST[0] or size.lines < SMALLEST[1]):
        says = f"{size.columns}x{size.lines} is small"
        yield Finding("terminal", "advice", says, f"make it {SMALLEST[0]}x{SMALLEST[1]} or larger")
    colours = "24-bit" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "256 or fewer"
    if os.environ.get("NO_COLOR"):
        colours = "none (NO_COLOR is set)"
    term = os.environ.get("TERM", "")
    yield Finding("terminal", "ok", f"{size.columns}x{size.lines}, TERM={term or 'unset'}, colours: {colours}")
    if term in ("", "dumb") and sys.stdout.isatty():
        yield Finding("terminal", "wrong", "this terminal cannot show the reader", "set TERM, or use another terminal")
    commands = ", ".join(command[0] for command in tools())
    yield Finding("clipboard", "ok", f"the terminal's own (OSC 52){f', {commands}' if commands else ''}")
