"""One HTML page by itself: the text with its marks, the notes beside their paragraphs, made to be printed, too.

Nothing in it runs and nothing is loaded: no script, no picture, no style sheet from outside, and a policy in its head
that forbids all of them. Outside text is escaped; notes are Markdown, in which HTML and pictures are off.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING

from store.analysis import Analysis
from store.annotation import COLOURS, Highlight, Note
from store.article import Article
from store.export import GRADES, Export, Placed, reads_now
from store.export.links import open_words, page_link, short_id
from store.export.plain import plain, unlined
from store.export.runs import Paragraph, Run, paragraphs
from store.export.tables import tables

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_NO_MARKDOWN = re.compile(r"[\w ,;:'\"()?!%€$£/.“”‘’–—…\n]*")
"""Notes of such characters only, without a list or a heading in them, read the same as plain paragraphs."""
_LIST = re.compile(r"^( {4}|\s*\d+[.)] )|[_:]//|www\.|__|_\w", re.MULTILINE)

Notes = dict[str | None, list[Note]]


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """The page: its head, an article at a time, its end."""
    remaining = iter(exports)
    first = list(islice(remaining, 2))
    title = first[0].article.title if len(first) == 1 else "Briefings"
    style = files("store.export").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_words(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    for export in chain(first, remaining):
        yield from _article(export)
    yield "</body>\n</html>\n"


def _article(export: Export) -> Iterator[str]:
    article, notes = export.article, export.notes_on()
    yield f'<article id="a-{_words(article.id)}" lang="{_words(article.language)}">\n{_head(export)}'
    if notes.get(None):
        yield f'<section class="whole">{"".join(_note(note) for note in notes[None])}</section>\n'
    if export.whole:
        yield from _whole(export, notes)
    quotes = [item for item in export.placed if not export.whole or item.span is None]
    if export.whole and quotes:
        yield "<h2>No longer in the text</h2>\n"
    for item in quotes:
        yield _quote(article, item, notes)
    if export.analysis is not None:
        yield from _tables(article, export.analysis)
    yield "</article>\n"


def _head(export: Export) -> str:
    article = export.article
    facts = [_words(fact) for fact in (article.byline, article.publisher, article.published[:10]) if fact]
    link = page_link(article.source)
    facts += [f'<a href="{escape(link)}" rel="noreferrer">{_words(article.source)}</a>'] if link else []
    facts += [" ".join(f"#{_words(tag)}" for tag in export.tags)] if export.tags else []
    return f'<header><h1>{_words(article.title)}</h1>\n<p class="facts">{" · ".join(facts)}</p></header>\n'


def _whole(export: Export, notes: Notes) -> Iterator[str]:
    """The text, a row a paragraph: its marks in it, its notes beside it. The title is told in the head."""
    numbers = {item.highlight.id: number for number, item in enumerate(_spoken(export, notes), 1)}
    seen: set[str] = set()
    for index, paragraph in enumerate(paragraphs(export)):
        text = "".join(_run(export.article, run, numbers, seen) for run in paragraph.runs)
        words = export.article.text[slice(*paragraph.span)]
        if index == 0 and not paragraph.begins and unlined(words) == unlined(export.article.title):
            continue
        kind = ' class="furniture"' if paragraph.furniture else ""
        yield f'<div class="row"><p{kind}>{text}</p>{_beside(export.article, paragraph, notes, numbers)}</div>\n'


def _spoken(export: Export, notes: Notes) -> Iterator[Placed]:
    """The highlights in the text of which there is something to say beside it."""
    for item in export.placed:
        if item.span is not None and (item.highlight.tags or item.highlight.id in notes or item.grade in GRADES):
            yield item


def _run(article: Article, run: Run, numbers: dict[str, int], seen: set[str]) -> str:
    words = _words(article.flowing[slice(*run.span)])
    for mark in run.marks:
        highlight = mark.highlight
        key, number = short_id(highlight.id), numbers.get(highlight.id)
        last = mark.span is not None and mark.span[1] == run.span[1]
        name = "" if highlight.id in seen else f' id="h-{_words(key)}"'
        seen.add(highlight.id)
        words += f'<a class="number" href="#n-{_words(key)}">{number}</a>' if number and last else ""
        colour = COLOURS[highlight.colour - 1]
        words = f'<mark class="{colour}"{name} title="{colour}">{words}</mark>'
    return words


def _beside(article: Article, paragraph: Paragraph, notes: Notes, numbers: dict[str, int]) -> str:
    said = [
        _remark(article, item, notes, numbers[item.highlight.id])
        for item in paragraph.begins
        if item.highlight.id in numbers
    ]
    return f"<aside>{''.join(said)}</aside>" if said else ""


def _remark(article: Article, item: Placed, notes: Notes, number: int) -> str:
    highlight = item.highlight
    key = _words(short_id(highlight.id))
    text = "".join(_note(note) for note in notes.get(highlight.id, []))
    back = f'<a class="number" href="#h-{key}">{number}</a>'
    facts = _facts(item, f"it read: {highlight.selector.exact}" if reads_now(article, item) else "")
    return f'<div class="remark {COLOURS[highlight.colour - 1]}" id="n-{key}">{back}{text}{facts}</div>'


def _quote(article: Article, item: Placed, notes: Notes) -> str:
    highlight = item.highlight
    lines = "".join(f"<p>{_words(line)}</p>" for line in highlight.selector.exact.split("\n") if line.strip())
    cite = page_link(article.source)
    cited = f' cite="{escape(cite)}"' if cite else ""
    text = "".join(_note(note) for note in notes.get(highlight.id, []))
    key = _words(short_id(highlight.id))
    back = f'<blockquote class="{COLOURS[highlight.colour - 1]}" id="h-{key}"{cited}>{lines}</blockquote>'
    now = reads_now(article, item)
    facts = _facts(item, f"now it reads: {now}" if now else "")
    remark = f'<div class="remark">{text}{facts}{_links(article, highlight)}</div>'
    return f'<div class="row quoted">{back}<aside>{remark}</aside></div>\n'


def _facts(item: Placed, other: str = "") -> str:
    """Tags, and how it stands in the text; with the `other` words, of those that were marked and those of now."""
    words = [f"#{_words(tag)}" for tag in item.highlight.tags]
    words += [GRADES[item.grade] + (f"; {_words(other)}" if other else "")] if item.grade in GRADES else []
    return f'<p class="facts">{" ".join(words)}</p>' if words else ""


def _links(article: Article, highlight: Highlight) -> str:
    link = page_link(article.source, highlight.selector)
    web = f'<a href="{escape(link)}" rel="noreferrer">in the page</a> · ' if link else ""
    return f'<p class="facts">{web}<code>briefbook open {_words(open_words(article, highlight))}</code></p>'


def _note(note: Note) -> str:
    tags = " ".join(f"#{_words(tag)}" for tag in note.tags)
    return f'<div class="note">{_markdown(note.text)}{f"<p class=facts>{tags}</p>" if tags else ""}</div>'


def _markdown(text: str) -> str:
    text = plain(text).strip()
    # Most notes are plain words, and setting up Markdown for ten thousand of them takes seconds.
    if _NO_MARKDOWN.fullmatch(text) and not _LIST.search(text):
        return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())
    made: str = _parser().render(text)
    return made


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def _tables(article: Article, analysis: Analysis) -> Iterator[str]:
    for table in tables(article, analysis):
        yield f"<h2>{table.title}</h2>\n"
        yield _table(table.head, table.rows) if table.rows else "<p>None was found.</p>\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"<tr>{''.join(f'<th>{name}</th>' for name in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{_words(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return "<table>\n" + "\n".join(lines) + "\n</table>\n"


def _words(text: str) -> str:
    """`text` on one line, for any place in a page."""
    return escape(unlined(text)) if "\n" in text or not text.isprintable() else escape(text)
