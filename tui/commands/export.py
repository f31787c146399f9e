"""`briefbook export`: highlights, notes and what was extracted, to standard output, a file, a folder, the clipboard."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from store.annotation import COLOURS
from store.article import Article
from store.errors import BriefbookError
from store.export import FORMATS, STATES, Export, chosen, delivery, only, template
from store.export.delivery import Target, Written
from store.export.record import Record
from store.home import Config, Home, find_home
from store.library import Library
from store.notebook import Notebook
from store.notefile import notes_files
from store.query import FIELDS
from tui.commands import queries, settings, targets
from tui.commands.analysing import Analyses
from tui.commands.streams import put, say

STDOUT = "-"
_QUERY = re.compile(rf"(?:^|[\s(-])(?:{'|'.join(FIELDS)})(?:[:=](?!//)|[<>])", re.IGNORECASE)
"""What tells a query from words of a title: a field in it."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook export [--to FORMAT] [--output PATH] [options] [ARTICLE]..."
    parser.description = f"""\
Write the highlights and notes of articles.

ARTICLE is {targets.WORDS}, or a query with a field in it
(see `briefbook list --help`); without any, every article with notes. A file that is named is read anew; any other
article is written as it was read last.

Into an existing Markdown file only the blocks that are briefbook's are written: new ones are added, changed ones
updated where they stand, deleted ones marked. Everything else in the file, and every block that you edited, stays.
Any other file is written anew if briefbook wrote it and nobody changed it since; else only with --force. A folder gets
one file an article, under the same name each time."""
    parser.epilog = """\
examples:
  briefbook export harbour                          to standard output
  briefbook export report.txt --output report.md    to a file, again and again
  briefbook export --output ~/vault/briefings/      one file an article; it finds its files again under any name
  briefbook export --to html -o harbour.html harbour
  briefbook export 'tag:harbour after:30d' -o week/
  briefbook export --colour red --has-note --to csv > open-questions.csv
  briefbook export --only 'after:7d -tag:private' -o week/
  briefbook export --template memo --tables report.txt | less

formats:
"""
    parser.epilog += "\n".join(f"  {name:<10} {known.does}" for name, known in FORMATS.items())
    parser.epilog += "\n\nhow a highlight stands in the text (state, or grade, in csv, jsonl and templates):\n"
    parser.epilog += "\n".join(f"  {state:<10} {means}" for state, means in STATES.items())
    parser.epilog += f"""

templates:
  shipped: {", ".join(template.shipped())}; yours: NAME.SUFFIX.j2 in the folder `templates` of briefbook's home.
  The README names the variables."""
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument("--to", choices=FORMATS, metavar="FORMAT", help="see below (default markdown)")
    parser.add_argument("-o", "--output", default=STDOUT, metavar="PATH", help="a file, or a folder")
    parser.add_argument("--force", action="store_true", help="write over a file that is none of briefbook's")
    parser.add_argument("--to-clipboard", action="store_true", help="copy it instead of printing it")
    parser.add_argument("--template", metavar="NAME", help="a template's name or file; means --to template")
    parser.add_argument("--tables", action="store_true", help="with the actors, numbers and quotes of each article")
    parser.add_argument(
        "--whole", action=argparse.BooleanOptionalAction, help="the whole text with its marks, or the marks alone"
    )
    parser.add_argument(
        "--colour", action="append", default=[], choices=[*COLOURS, *map(str, range(1, len(COLOURS) + 1))],
        metavar="COLOUR", help=f"only highlights in it: {', '.join(COLOURS)}, or 1 to {len(COLOURS)}",
    )  # fmt: skip
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help="only what has this tag")
    parser.add_argument("--has-note", action="store_true", help="only highlights with a note, and notes")
    parser.add_argument(
        "--only",
        default="",
        metavar="QUERY",
        help="only highlights and notes that answer a query: words, after:7d, actor:",
    )


def run(arguments: argparse.Namespace) -> int:
    """Export; 1 when anything failed. The names of the files in a folder go to standard output."""
    home = find_home()
    name = arguments.to or ("template" if arguments.template else "markdown")
    if problem := _misuse(arguments, name):
        say(problem)
        return 2
    found = template.find(arguments.template, home.root / "templates") if arguments.template else None
    with targets.shelf(home) as library:
        told = _Told(_exports(home, settings.told(home), library, arguments, name), name)
        first = list(islice(told, 2))
        if not first and not told.failed:
            nothing = "nothing fits" if _is_filtered(arguments) else "no article has highlights or notes yet"
            say("there is nothing to export" if arguments.articles else nothing)
        status = _deliver(Target(name, found), arguments, first, told, home) if first else 0
    return max(status, 1 if told.failed else 0)


def _misuse(arguments: argparse.Namespace, name: str) -> str:
    """What is asked for that the format, or another option, does not allow; empty when all can be done."""
    known = FORMATS[name]
    others = [other for other, form in FORMATS.items() if form.tables]
    if arguments.template and name != "template":
        return f"--template does not go with --to {name}"
    if name == "template" and not arguments.template:
        return f"--to template needs --template: a file, or one of {', '.join(template.shipped())}"
    if arguments.tables and not known.tables:
        return f"{name} holds no tables; these do: {', '.join(others)}"
    if arguments.whole and known.whole == "never":
        return f"{name} holds no whole text; html, markdown, org, jsonl and templates do"
    if arguments.whole is False and known.whole == "always":
        return f"{name} always holds the whole text"
    if _is_filtered(arguments) and not known.marks:
        return f"{name} holds no highlights to choose from"
    if arguments.force and arguments.output == STDOUT:
        return "--force goes with --output"
    if arguments.force and name == "markdown":
        return "--force does not go with --to markdown, which keeps what is in the file"
    if arguments.to_clipboard and arguments.output != STDOUT:
        return "--to-clipboard does not go with --output"
    return ""


def _is_filtered(arguments: argparse.Namespace) -> bool:
    return bool(arguments.colour or arguments.tag or arguments.has_note or arguments.only)


def _exports(
    home: Home, config: Config, library: Library, arguments: argparse.Namespace, name: str
) -> Iterator[Export | BriefbookError]:
    analyses = Analyses(home, config, library)
    whole = FORMATS[name].whole in ("yes", "always") if arguments.whole is None else arguments.whole
    fitting = _fitting(home, library, arguments)
    names = _named(home, library, arguments.articles) if arguments.articles else _annotated(home, library)
    for found in targets.find(library, names):
        try:
            if isinstance(found, BriefbookError):
                raise found
            made = fitting(_export(home, library, targets.standing(library, found), whole))
            corrected = made.corrections and not _is_filtered(arguments)
            if arguments.articles or made.placed or made.notes or corrected:
                yield analyses.added(made) if arguments.tables else made
        except BriefbookError as error:
            yield error


def _export(home: Home, library: Library, article: Article, whole: bool) -> Export:
    notebook = Notebook(home, article)
    if notebook.problem:
        say(notebook.problem)
    tags = next((entry.tags for entry in library.entries_of([article.id])), ())
    return Export(article, notebook.placed(), notebook.notes, None, whole, notebook.corrections, tags)


def _fitting(home: Home, library: Library, arguments: argparse.Namespace) -> Callable[[Export], Export]:
    """What leaves of an export the marks that were asked for."""
    colours = [COLOURS.index(word) + 1 if word in COLOURS else int(word) for word in arguments.colour]
    ids = queries.marks(home, library, arguments.only) if arguments.only else None

    def fit(export: Export) -> Export:
        export = export if ids is None else only(export, ids)
        return chosen(export, colours, arguments.tag, arguments.has_note)

    return fit


def _named(home: Home, library: Library, words: Sequence[str]) -> list[str]:
    """The words that are articles as they are, those that are queries (`tag:harbour`) as the ids that answer them."""
    names: list[str] = []
    for word in words:
        if _QUERY.search(word) and not Path(word).exists():
            with queries.search(home, library) as search:
                query = queries.asked([word])
                queries.look_over(search, query, [word])
                found = [entry.id for entry in search.entries(query)]
            if not found:
                say(f"{word}: no article answers this")
            names += found
        else:
            names.append(word)
    return names


def _annotated(home: Home, library: Library) -> list[str]:
    """The ids of the articles with notes; says when there are notes without their article."""
    files = {path.stem: path for path in notes_files(home)}
    known = [entry.id for entry in library.entries() if entry.id in files]
    if lost := len(files) - len(known):
        what = f"{lost} of the notes files belong to articles that are not on the shelf"
        say(f"{home.notes}: {what}; `briefbook doctor` says which, and how they come back")
    return known


class _Told:
    """The exports one after the other; what failed, and what the format has no place for, is said on the way."""

    def __init__(self, found: Iterator[Export | BriefbookError], name: str) -> None:
        self.failed = False
        self._found, self._name = found, name

    def __iter__(self) -> Iterator[Export]:
        left_out = 0
        for item in self._found:
            if isinstance(item, BriefbookError):
                self.failed = True
                say(item)
            else:
                left_out += len(item.notes_on().get(None, []))
                yield item
        if left_out and not FORMATS[self._name].article_notes:
            say(f"{self._name} has no place for notes on an article as a whole: {left_out} left out")


def _deliver(
    target: Target, arguments: argparse.Namespace, first: Sequence[Export], rest: Iterable[Export], home: Home
) -> int:
    """Write them all; the exit status."""
    exports, output, record = chain(first, rest), arguments.output, Record(home.exports)
    if arguments.to_clipboard:
        from tui.commands.copying import copy

        copy("".join(delivery.pieces(target, exports)))
    elif output == STDOUT:
        for piece in delivery.pieces(target, exports):
            sys.stdout.write(piece)
    elif delivery.means_folder(output):
        written = [_write(target, Path(output), export, record, arguments.force) for export in exports]
        return 0 if all(written) else 1
    elif target.format == "markdown" and len(first) > 1:
        say(f"{output}: several articles do not go into one Markdown file; give a folder")
        return 2
    else:
        _tell(delivery.write(target, Path(output), exports, record, force=arguments.force))
    return 0


def _write(target: Target, folder: Path, export: Export, record: Record, force: bool) -> bool:
    """Write one article's file; False when it could not be written."""
    try:
        _tell(delivery.write_into(target, folder, export, record, force=force))
    except BriefbookError as error:
        say(error)
        return False
    return True


def _tell(written: Written) -> None:
    put(str(written.path))
    outcome = written.outcome
    if outcome and outcome.deleted:
        say(f"{written.path}: {len(outcome.deleted)} deleted in briefbook, marked in the file")
    if outcome and outcome.edited:
        say(f"{written.path}: {len(outcome.edited)} changed in briefbook but edited by you in the file, left so")
