"""Markdown for Obsidian and other note programs: highlights with their notes, and tables of what was extracted.

Exporting again updates the blocks that are ours (`store.export.blocks`) and leaves every other byte of the file alone.
Outside text is escaped so that no note program finds links, tags, formulas or HTML in it; what the reader wrote
is Markdown already and stays as it is.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from store import atomic
from store.annotation import COLOURS, Highlight, Note
from store.article import Article, one_line
from store.errors import ExportError, printable
from store.export import GRADES, Export, Placed, file_names, front_matter, reads_now
from store.export.blocks import Block, Outcome, harmless, update
from store.export.csl import issued
from store.export.enclosed import enclosed
from store.export.links import open_words, page_link, short_id
from store.export.runs import Paragraph, Run, borders, paragraphs, stretches
from store.export.tables import Table, tables
from store.home import reason

SUFFIX = ".md"
HIGHLIGHTS, ORPHANS, NOTES, TEXT = "Highlights", "No longer in the text", "Notes", "Text"
ANNOTATION_ID = re.compile(r"[0-9a-f]{12}")
"""The ids of blocks that hold what the reader made; those of the tables are words."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>$~^|]|==|%%|#(?=\w)|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?P<mark>[-+#=>:])|(?P<number>\d+)(?=[.)])")
_EDGE = re.compile(r"\A=|(?<!\\)=\Z")
_NO_TAG = re.compile(r"[^\w/-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """What an export did."""

    path: Path
    outcome: Outcome


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """Fresh files, one behind the other, parted by an empty line."""
    between = ""
    for export in exports:
        yield between + render(export)
        between = "\n"


def render(export: Export) -> str:
    """A fresh file: front matter, title, highlights in the order of the text, orphans, notes, tables, the text."""
    return update(_head(export), _blocks(export), ANNOTATION_ID).text


def write(path: Path, export: Export) -> Written:
    """Write the export to `path`, or update the one that is there. Nothing is written when nothing changes.

    Tables and text that are in the file and not in the export are left as they are.

    Args:
        path: a file, or a folder in which the article's export is found by its id, or gets a name from the title.

    Raises:
        ExportError: when it cannot be written, or the file there is not an export of this article.
    """
    article = export.article
    if path.is_dir():
        path = file_names.place(path, article.title, article.id, SUFFIX)
    try:
        path = Path(os.path.realpath(path))  # a link to itself makes `Path.resolve` raise RuntimeError
        before = _read(path, article)
        left_out = {short_id(id_) for id_ in export.left_out}
        outcome = update(before or _head(export), _blocks(export), ANNOTATION_ID, left_out)
        if outcome.text != before:
            atomic.write(path, outcome.text.encode("utf-8", "replace"), mode=None)
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


def _head(export: Export) -> str:
    article = export.article
    # Note programs know a day for a date, and a moment with a time zone for none.
    day = article.published[:10] if issued(article.published) else article.published
    values = {"title": article.title, "author": article.byline, "publisher": article.publisher}
    values |= {"date": day, "source": article.source, front_matter.KEY: article.id}
    tags = [name for tag in export.tags if (name := _tag(tag))]
    return f"{front_matter.emit(values | ({'tags': tags} if tags else {}))}\n# {escaped(article.title)}\n"


def _blocks(export: Export) -> list[Block]:
    notes = export.notes_on()
    blocks = [_highlight_block(export.article, item, notes.get(item.highlight.id, [])) for item in export.placed]
    blocks += [_note_block(note) for note in notes.get(None, [])]
    blocks += [_table(table) for table in tables(export.article, export.analysis)] if export.analysis else []
    return blocks + ([_text_block(export)] if export.whole else [])


def _highlight_block(article: Article, placed: Placed, notes: Sequence[Note]) -> Block:
    highlight = placed.highlight
    key = short_id(highlight.id)
    facts = [_facts(highlight, placed.grade), *_links(article, highlight)]
    now = reads_now(article, placed)
    changed = [f"Now it reads: {escaped(now)}"] if now else []
    parts = [_quoted(highlight.selector.exact), f"^bb-{key}", " · ".join(facts), *changed, *map(_note, notes)]
    return Block(key, HIGHLIGHTS if placed.span else ORPHANS, "\n\n".join(parts))


def _note_block(note: Note) -> Block:
    key = short_id(note.id)
    return Block(key, NOTES, f"{_note(note)}\n\n^bb-{key}")


def _text_block(export: Export) -> Block:
    """The article's text, with `==marks==` as Obsidian and others show them; a mark's end leads to its block."""
    lines = (_marked(export.article, paragraph) for paragraph in paragraphs(export))
    return Block("text", TEXT, "\n\n".join(lines) or "There is none.")


def _marked(article: Article, paragraph: Paragraph) -> str:
    line = ""
    for is_marked, runs in stretches(paragraph):
        words = "".join(_inline(article.flowing[slice(*run.span)]) + _ends(run) for run in runs[:-1])
        before, core, after = borders(words + _inline(article.flowing[slice(*runs[-1].span)]))
        if is_marked and core:
            core = f"=={_EDGE.sub(_kept_apart, core)}=={_ends(runs[-1])}"
        line += f"{before}{core}{after}" if line else f"{_line_start(core) if not is_marked else core}{after}"
    return line


def _ends(run: Run) -> str:
    """Links to the blocks of the highlights that end with `run`."""
    ends = [mark for mark in run.marks if mark.span and mark.span[1] == run.span[1]]
    return "".join(f"[↗](#^bb-{short_id(mark.highlight.id)})" for mark in ends)


def _facts(highlight: Highlight, grade: str) -> str:
    facts = [COLOURS[highlight.colour - 1], _tags(highlight.tags), GRADES.get(grade, "")]
    return " · ".join(fact for fact in facts if fact)


def _links(article: Article, highlight: Highlight) -> list[str]:
    """Back to the passage: on its web page, and in the program."""
    page = page_link(article.source, highlight.selector)
    # In a link's target, within `<` and `>`, only these could end it.
    web = [f"[in the page](<{page.replace('<', '%3C').replace('>', '%3E')}>)"] if page else []
    return [*web, f"`briefbook open {open_words(article, highlight)}`"]


def _note(note: Note) -> str:
    text = "\n".join(printable_line(line) for line in note.text.split("\n")).strip()
    return "\n\n".join(part for part in (enclosed(harmless(text)), _tags(note.tags)) if part)


def _tags(tags: Iterable[str]) -> str:
    return " ".join(f"#{name}" for tag in tags if (name := _tag(tag)))


def _tag(tag: str) -> str:
    """`tag` as note programs read it: white space and what is no letter, digit, `_`, `-` or `/` becomes `-`."""
    return _NO_TAG.sub("-", tag).strip("-/")


def _quoted(text: str) -> str:
    """`text` as a block quote, a paragraph for each of its lines."""
    return "\n>\n".join(f"> {escaped(line)}" for line in text.split("\n") if line.strip())


def escaped(text: str) -> str:
    """`text` as one line of Markdown in which it reads as it is, and nothing of it acts."""
    return _line_start(_inline(one_line(text)))


def _line_start(line: str) -> str:
    """`line`, whose beginning is no more than words to Markdown."""
    start = _LINE_START.match(line)
    if start is None:
        return line
    return f"\\{line}" if start["mark"] else f"{start['number']}\\{line[start.end() :]}"


def _kept_apart(edge: re.Match[str]) -> str:
    """A sign within a mark that would run into those of the mark."""
    return f"\\{edge[0]}"


def _inline(text: str) -> str:
    """`text` for the middle of a line."""
    return _SPECIAL.sub(lambda match: "".join(f"\\{char}" for char in match[0]), printable(text))


def printable_line(line: str) -> str:
    """`line` with visible stand-ins for control characters, tabs kept."""
    return "\t".join(printable(part) for part in line.removesuffix("\r").split("\t"))


def _table(table: Table) -> Block:
    lines = [table.head, ["---"] * len(table.head), *([escaped(cell) for cell in row] for row in table.rows)]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines) if table.rows else "None was found."
    return Block(table.id, table.title, body)
