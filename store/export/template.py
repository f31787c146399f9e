"""A reader's own Jinja2 template: finding it, what it is given, and having it rendered where it can do no harm.

A template is looked at as hostile: people share them. It is rendered by `store.export.templating`, in a process of
its own with limits on memory and time, in Jinja2's sandbox, and reaches nothing but the variables named here.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from store.annotation import COLOURS, Highlight, Note
from store.article import Article
from store.errors import ExportError
from store.export import Export, Placed
from store.export.links import open_words, page_link, short_id
from store.export.plain import plain
from store.home import reason

ENDING = ".j2"
MOST_BYTES = 1_000_000
"""Of a template."""
MOST_SECONDS = 10
"""Of the processor, for one article."""

VARIABLES = {
    "article": "id, title, source, byline, publisher, published, language, words, minutes, link, and paragraphs, each "
    "with text and furniture",
    "text": "the article's whole text; empty with `--no-whole`",
    "highlights": "each with id, text, before, after, colour, tags, notes, created, modified, start, end, state, link "
    "and open (the command that shows it)",
    "notes": "those on the article as a whole, each with id, text, tags, created and modified, as a highlight's notes",
    "actors": "each with name, kind, role, aliases, mentions; only with `--tables`, as the next two",
    "numbers": "each with text, kind, value, high, relation, unit, of, start, end",
    "quotes": "each with text, kind, speaker, start, end",
    "first": "whether this is the first article of the export",
}
"""What a template is given, once an article."""
FILTERS = {
    "md": "escapes text of the article for Markdown",
    "org": "escapes it for Org",
    "tex": "escapes it for TeX",
    "line": "puts it on one line",
    "e": "escapes it for HTML (nothing is escaped by itself)",
}
"""The filters beside those of Jinja2."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was found."""

    name: str
    """As it is chosen by, without its endings."""
    suffix: str
    """What the files that it makes end in."""
    source: str


def shipped() -> list[str]:
    """The names of the templates that come with the program."""
    return sorted(path.name.partition(".")[0] for path in files("store.export").joinpath("templates").iterdir())


def own(folder: Path) -> list[str]:
    """The names of the reader's templates in `folder`."""
    return sorted({path.name.partition(".")[0] for path in folder.glob(f"*{ENDING}")}) if folder.is_dir() else []


def find(name: str, folder: Path) -> Template:
    """The template `name`: a file, one of the reader's in `folder`, or one that is shipped.

    Raises:
        ExportError: there is none, or it cannot be read.
    """
    given = Path(name).expanduser()
    places = [given] if given.is_file() else sorted(folder.glob("*" + ENDING)) if folder.is_dir() else []
    for path in places:
        if path == given or path.name.partition(".")[0] == name:
            return _template(path.name, _read(path))
    for resource in files("store.export").joinpath("templates").iterdir():
        if resource.name.partition(".")[0] == name:
            return _template(resource.name, resource.read_text(encoding="utf-8"))
    known = ", ".join([*own(folder), *shipped()])
    raise ExportError("there is no such template", name, f"give a file, or one of {known}")


def pieces(exports: Iterable[Export], template: Template) -> Iterator[str]:
    """What `template` makes of each article, one after the other.

    Raises:
        ExportError: the template is wrong, asks for what it must not have, or takes too much time or memory.
    """
    command = [sys.executable, "-P", "-m", "store.export.templating", str(MOST_SECONDS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdin and process.stdout  # both are pipes
        try:
            _ask(process.stdin, process.stdout, template, template.source)
            for number, export in enumerate(exports):
                yield plain(_ask(process.stdin, process.stdout, template, variables(export) | {"first": not number}))
        finally:
            process.kill()
            with suppress(OSError):
                process.stdin.close()


def variables(export: Export) -> dict[str, Any]:
    """What a template is given of one article; control characters are stand-ins by then."""
    article, notes, analysis = export.article, export.notes_on(), export.analysis
    tables: dict[str, list[dict[str, Any]]] = {"actors": [], "numbers": [], "quotes": []}
    if analysis is not None:
        tables["actors"] = [_actor(actor) for actor in analysis.actors]
        tables["numbers"] = [_row(number, "text", "kind", "value", "high", "relation", "unit", "of", "start", "end")
                             for number in analysis.numbers]  # fmt: skip
        tables["quotes"] = [
            _row(quote, "text", "kind") | {"speaker": who} | _ends(quote.span)
            for who, quote in zip(analysis.speaker_names(article.text), analysis.quotes, strict=True)
        ]
    made = {
        "article": _article(article),
        "text": article.text if export.whole else "",
        "highlights": [_highlight(article, item, notes.get(item.highlight.id, [])) for item in export.placed],
        "notes": [_note(note) for note in notes.get(None, [])],
        **tables,
    }
    cleaned: dict[str, Any] = _clean(made)
    return cleaned


def _ask(to: IO[str], answers: IO[str], template: Template, data: Any) -> str:
    with suppress(OSError):
        to.write(json.dumps(data) + "\n")  # not orjson: figures may be of more than 64 bits
        to.flush()
    line = answers.readline()
    if not line:
        raise ExportError("the template took too much time or memory and was stopped", template.name, "make it do less")
    answer = json.loads(line)
    if "error" in answer:
        raise ExportError(f"the template cannot be followed ({answer['error']})", template.name, "mend the template")
    return str(answer["text"])


def _template(file_name: str, source: str) -> Template:
    name, dot, endings = file_name.removesuffix(ENDING).partition(".")
    return Template(name, f"{dot}{endings}" if endings else ".txt", source)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ExportError("this template is larger than a megabyte", path, "give a smaller one")
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"the template cannot be read ({reason(error)})", path, "give another file") from error


def _article(article: Article) -> dict[str, Any]:
    names = ("id", "title", "source", "byline", "publisher", "published", "language", "words", "minutes")
    furniture = set(article.furniture)
    paragraphs = [
        {"text": article.flowing[slice(*span)], "furniture": span in furniture} for span in article.paragraphs
    ]
    return _row(article, *names) | {"link": page_link(article.source), "paragraphs": paragraphs}


def _highlight(article: Article, item: Placed, notes: list[Note]) -> dict[str, Any]:
    highlight: Highlight = item.highlight
    selector = highlight.selector
    made: dict[str, Any] = {
        "id": short_id(highlight.id),
        "text": selector.exact,
        "before": selector.prefix,
        "after": selector.suffix,
    }
    made |= {"colour": COLOURS[highlight.colour - 1], "state": item.grade, "notes": [_note(note) for note in notes]}
    made |= {"link": page_link(article.source, selector), "open": f"briefbook open {open_words(article, highlight)}"}
    return made | _row(highlight, "tags", "created", "modified") | _ends(item.span)


def _note(note: Note) -> dict[str, Any]:
    return _row(note, "text", "tags", "created", "modified") | {"id": short_id(note.id)}


def _actor(actor: Any) -> dict[str, Any]:
    return _row(actor, "name", "kind", "role", "aliases") | {"mentions": len(actor.mentions)}


def _row(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _ends(span: tuple[int, int] | None) -> dict[str, int | None]:
    return {"start": span[0] if span else None, "end": span[1] if span else None}


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return plain(data)
    if isinstance(data, dict):
        return {key: _clean(value) for key, value in data.items()}
    return [_clean(value) for value in data] if isinstance(data, (list, tuple)) else data
