"""Markdown for Obsidian and other note programs: highlights with their notes, and tables of what was extracted.

Exporting again updates the blocks that are ours (`store.export.blocks`) and leaves every other byte of the file alone.
Outside text is escaped so that no note program finds links, tags, formulas or HTML in it; what the reader wrote
is Markdown already and stays as it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store import atomic
from store.analysis import Analysis, Number
from store.annotation import COLOURS, Highlight, Note
from store.article import Article, one_line
from store.errors import ExportError, printable
from store.export import Placed, file_names, front_matter
from store.export.blocks import Block, Outcome, harmless, update
from store.home import reason

SUFFIX = ".md"
HIGHLIGHTS, ORPHANS, NOTES = "Highlights", "No longer in the text", "Notes"
ANNOTATION_ID = re.compile(r"[0-9a-f]{12}")
"""The ids of blocks that hold what the reader made; those of the tables are words."""
GRADES = {"changed": "the text has changed here", "orphan": "no longer in the text"}
"""What is said of a highlight whose passage does not stand as it was marked."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>$~^|]|==|%%|#(?=\w)|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?P<mark>[-+#=>:])|(?P<number>\d+)(?=[.)])")
_NO_TAG = re.compile(r"[^\w/-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did."""

    path: Path
    outcome: Outcome


def file_name(article: Article) -> str:
    """The name that a fresh export of `article` gets: from its title, safe everywhere, with `.md`."""
    return file_names.safe_name(article.title, article.id) + SUFFIX


def render(article: Article, placed: Iterable[Placed], notes: Iterable[Note], analysis: Analysis | None = None) -> str:
    """A fresh file: front matter, title, highlights in the order of the text, orphans, notes, tables if `analysis`."""
    return update(_head(article), _blocks(article, placed, list(notes), analysis), ANNOTATION_ID).text


def write(
    path: Path,
    article: Article,
    placed: Iterable[Placed],
    notes: Iterable[Note],
    analysis: Analysis | None = None,
) -> Written:
    """Write the export to `path`, or update the one that is there. Nothing is written when nothing changes.

    Args:
        path: a file, or a folder in which the article's export is found by its id, or gets a name from the title.
        analysis: None leaves tables that are in the file as they are.

    Raises:
        ExportError: when it cannot be written, or the file there is not an export of this article.
    """
    if path.is_dir():
        path = file_names.place(path, article.title, article.id, SUFFIX)
    try:
        path = path.resolve()
        before = _read(path, article)
        outcome = update(before or _head(article), _blocks(article, placed, list(notes), analysis), ANNOTATION_ID)
        if outcome.text != before:
            _replace(path, outcome.text)
    except OSError as error:
        raise ExportError(f"it cannot be written ({reason(error)})", path, "choose another file") from error
    return Written(path, outcome)


def _read(path: Path, article: Article) -> str:
    """The text of an earlier export; empty when there is none."""
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise ExportError("this file is not UTF-8 text", path, "choose another file") from error
    if text and front_matter.article_id(text) != article.id:
        raise ExportError(
            "this file is not an export of this article",
            path,
            f'choose another file, or put `{front_matter.KEY}: "{article.id}"` into its front matter',
        )
    return text


def _replace(path: Path, text: str) -> None:
    """Write atomically; a file that is there keeps its mode, a new one gets what other programs' new files get."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    atomic.write(path, text.encode("utf-8", "replace"))
    path.chmod(mode)


def _head(article: Article) -> str:
    values = {"title": article.title, "author": article.byline, "publisher": article.publisher}
    values |= {"date": article.published, "source": article.source, front_matter.KEY: article.id}
    return f"{front_matter.emit(values)}\n# {escaped(article.title)}\n"


def _blocks(
    article: Article, placed: Iterable[Placed], notes: Sequence[Note], analysis: Analysis | None
) -> list[Block]:
    ordered = sorted(placed, key=lambda item: (item.span is None, item.span or (0, 0), item.highlight.id))
    blocks = [_highlight_block(item, notes) for item in ordered]
    known = {item.highlight.id for item in ordered}
    blocks += [_note_block(note) for note in notes if note.highlight not in known]
    return blocks + (_tables(article, analysis) if analysis else [])


def _short(id_: str) -> str:
    """The last twelve digits of a UUID, which are random in versions 4 and 7; a version 7 begins with the time."""
    return id_.replace("-", "")[-12:]


def _highlight_block(placed: Placed, notes: Sequence[Note]) -> Block:
    highlight = placed.highlight
    parts = [_quoted(highlight.selector.exact), f"^bb-{_short(highlight.id)}", _facts(highlight, placed.grade)]
    parts += [_note(note) for note in notes if note.highlight == highlight.id]
    return Block(_short(highlight.id), HIGHLIGHTS if placed.span else ORPHANS, "\n\n".join(parts))


def _note_block(note: Note) -> Block:
    return Block(_short(note.id), NOTES, f"{_note(note)}\n\n^bb-{_short(note.id)}")


def _facts(highlight: Highlight, grade: str) -> str:
    facts = [COLOURS[highlight.colour - 1], _tags(highlight.tags), GRADES.get(grade, "")]
    return " · ".join(fact for fact in facts if fact)


def _note(note: Note) -> str:
    text = "\n".join(printable_line(line) for line in note.text.split("\n")).strip()
    return "\n\n".join(part for part in (harmless(text), _tags(note.tags)) if part)


def _tags(tags: Iterable[str]) -> str:
    """Tags as note programs read them: white space and what is no letter, digit, `_`, `-` or `/` becomes `-`."""
    names = (_NO_TAG.sub("-", tag).strip("-/") for tag in tags)
    return " ".join(f"#{name}" for name in names if name)


def _quoted(text: str) -> str:
    """`text` as a block quote, a paragraph for each of its lines."""
    return "\n>\n".join(f"> {escaped(line)}" for line in text.split("\n") if line.strip())


def escaped(text: str) -> str:
    """`text` as one line of Markdown in which it reads as it is, and nothing of it acts."""
    line = _SPECIAL.sub(lambda match: "".join(f"\\{char}" for char in match[0]), printable(one_line(text)))
    start = _LINE_START.match(line)
    if start is None:
        return line
    return f"\\{line}" if start["mark"] else f"{start['number']}\\{line[start.end() :]}"


def printable_line(line: str) -> str:
    """`line` with visible stand-ins for control characters, tabs kept."""
    return "\t".join(printable(part) for part in line.removesuffix("\r").split("\t"))


def _tables(article: Article, analysis: Analysis) -> list[Block]:
    actors = [
        (actor.name, actor.kind, actor.role or "", ", ".join(actor.aliases), str(len(actor.mentions)))
        for actor in analysis.actors
    ]
    numbers = [(number.text, _value(number), number.unit or "", number.of or "") for number in analysis.numbers]
    quotes = [(analysis.speaker_name(quote, article.text), quote.text, quote.kind) for quote in analysis.quotes]
    return [
        _table("actors", "Actors", ("Actor", "Kind", "Role", "Also", "Mentions"), actors),
        _table("numbers", "Numbers", ("Figure", "Value", "Unit", "Of"), numbers),
        _table("quotes", "Quotes", ("Who", "What", "Kind"), quotes),
    ]


def _table(id_: str, section: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    lines = [head, ["---"] * len(head), *([escaped(cell) for cell in row] for row in rows)]
    return Block(id_, section, "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else "None was found.")


def _value(number: Number) -> str:
    relation = "" if number.relation == "=" else f"{number.relation} "
    high = "" if number.high is None else f" to {_digits(number.high)}"
    return f"{relation}{_digits(number.value)}{high}"


def _digits(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
