"""`briefbook export`: highlights, notes and, on request, what was extracted, to a file, a folder or standard output."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from store import atomic, worker
from store.analysis import Analysis
from store.annotation import Note
from store.article import Article
from store.errors import BriefbookError
from store.export import FORMATS, jsonl, markdown
from store.home import Config, Home, find_home, read_config
from store.library import Library
from store.notebook import Notebook, Placed
from store.notefile import notes_files
from tui.commands import targets
from tui.commands.streams import put, say

STDOUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook export [--to FORMAT] [--output PATH] [--tables] [ARTICLE]..."
    parser.description = f"""\
Write the highlights and notes of articles.

ARTICLE is {targets.WORDS}; without any, every article with notes.

Into an existing Markdown file only the blocks that are briefbook's are written: new ones are added, changed ones
updated where they stand, deleted ones marked. Everything else in the file, and every block that you edited, stays."""
    parser.epilog = """\
examples:
  briefbook export harbour                          to standard output
  briefbook export report.txt --output report.md    to a file, again and again
  briefbook export --output ~/vault/briefings/      one file an article; it finds its files again under any name
  briefbook export --to jsonl --tables > all.jsonl

formats:
"""
    parser.epilog += "\n".join(f"  {name:<10} {words}" for name, words in FORMATS.items())
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help=targets.WORDS)
    parser.add_argument(
        "--to", choices=FORMATS, default="markdown", metavar="FORMAT", help=f"{' or '.join(FORMATS)} (default markdown)"
    )
    parser.add_argument("-o", "--output", default=STDOUT, metavar="PATH", help="a file, or a folder for Markdown")
    parser.add_argument("--tables", action="store_true", help="with the actors, numbers and quotes of each article")


@dataclass(frozen=True, slots=True)
class Export:
    """What is written of one article."""

    article: Article
    placed: tuple[Placed, ...]
    notes: tuple[Note, ...]
    analysis: Analysis | None


def run(arguments: argparse.Namespace) -> int:
    """Export; 1 when anything failed. The names of written Markdown files go to standard output."""
    home = find_home()
    config = read_config(home)
    with targets.shelf(home) as library:
        found = list(_exports(home, config, library, arguments.articles, arguments.tables))
    exports = [item for item in found if isinstance(item, Export)]
    failures = [item for item in found if isinstance(item, BriefbookError)]
    for failure in failures:
        say(failure)
    if not found:
        say("no article has highlights or notes yet")
    if problem := _misuse(arguments, len(exports)):
        say(f"{arguments.output}: {problem}")
        return 2
    written = _write(exports, arguments.to, arguments.output)
    return 1 if failures or not written else 0


def _misuse(arguments: argparse.Namespace, count: int) -> str:
    """Why so many articles cannot go there; empty when they can."""
    if arguments.output == STDOUT:
        return ""
    folder = _wants_folder(arguments.output)
    if arguments.to == "jsonl" and folder:
        return "JSON Lines go into one file; give a name such as briefbook.jsonl"
    if arguments.to == "markdown" and count > 1 and not folder:
        return f"{count} articles do not go into one Markdown file; give a folder"
    return ""


def _exports(
    home: Home, config: Config, library: Library, names: Sequence[str], tables: bool
) -> Iterator[Export | BriefbookError]:
    chosen = names or _annotated(home, library)
    analyses = _Analyses(home, config, library)
    for found in targets.find(library, chosen):
        try:
            if isinstance(found, BriefbookError):
                raise found
            notebook = Notebook(home, found)
            if notebook.problem:
                say(notebook.problem)
            placed, notes = notebook.placed(), notebook.notes
            if names or placed or notes:
                yield Export(found, placed, notes, analyses.of(found) if tables else None)
        except BriefbookError as error:
            yield error


def _annotated(home: Home, library: Library) -> list[str]:
    """The ids of the articles with notes; says when there are notes without their article."""
    files = {path.stem: path for path in notes_files(home)}
    known = [entry.id for entry in library.entries() if entry.id in files]
    if lost := len(files) - len(known):
        say(f"{home.notes}: {lost} of the notes files belong to articles that are not on the shelf; open those again")
    return known


class _Analyses:
    """The kept analyses, and fresh ones, which are then kept."""

    def __init__(self, home: Home, config: Config, library: Library) -> None:
        from tui.commands.extract import pipelines

        self._home, self._config, self._library = home, config, library
        self._pipelines = pipelines(home, config)

    def of(self, article: Article) -> Analysis:
        """Raises BriefbookError when it cannot be analysed."""
        stamp = worker.stamp(self._home, self._config)
        if stamp and (kept := self._library.analysis(article.text_hash, stamp)):
            return kept
        [made] = self._pipelines.analyses([article])
        if isinstance(made, BriefbookError):
            raise made
        if stamp := worker.stamp(self._home, self._config):
            self._library.keep_analysis(article.text_hash, stamp, made)
        return made


def _write(exports: Sequence[Export], to: str, output: str) -> bool:
    """Write them all; False when one of them could not be written."""
    if to == "jsonl":
        _write_text(
            "".join(jsonl.render(item.article, item.placed, item.notes, item.analysis) for item in exports), output
        )
    elif output == STDOUT:
        sys.stdout.write("\n".join(_markdown(item) for item in exports))
    else:
        if _wants_folder(output):
            Path(output).mkdir(parents=True, exist_ok=True)
        written = [_write_markdown(item, Path(output)) for item in exports]
        return all(written)
    return True


def _wants_folder(output: str) -> bool:
    return Path(output).is_dir() or output.endswith(os.sep) or not Path(output).suffix


def _markdown(item: Export) -> str:
    return markdown.render(item.article, item.placed, item.notes, item.analysis)


def _write_text(text: str, output: str) -> None:
    if output == STDOUT:
        sys.stdout.write(text)
    else:
        atomic.write(Path(output).resolve(), text.encode())


def _write_markdown(item: Export, target: Path) -> bool:
    try:
        written = markdown.write(target, item.article, item.placed, item.notes, item.analysis)
    except BriefbookError as error:
        say(error)
        return False
    put(str(written.path))
    outcome = written.outcome
    if outcome.deleted:
        say(f"{written.path}: {len(outcome.deleted)} deleted in briefbook, marked in the file")
    if outcome.edited:
        say(f"{written.path}: {len(outcome.edited)} changed in briefbook but edited by you in the file, left so")
    return True
