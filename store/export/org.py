"""An Org outline: a heading an article with its properties, a heading a highlight with its words as a quotation.

Org has no general escape; its manual (section "Escape Character") has a zero-width space put where text would read as
syntax. That is done to outside text, so that no link, macro, source block or timestamp of it acts. Notes are Markdown
and are kept as it, as plain text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from store.analysis import Analysis
from store.annotation import COLOURS, Note
from store.article import Article
from store.export import GRADES, Export, Placed, reads_now
from store.export.links import open_words, page_link
from store.export.plain import plain, unlined
from store.export.runs import Run, borders, paragraphs, stretches
from store.export.tables import tables

SPACE = "\u200b"
"""The zero-width space."""

_SYNTAX = re.compile(
    r"(?P<opens>(?<![^\s\-('\"{])[*/_=~+](?=\S))"  # emphasis opens
    r"|(?P<pair>\[\[|\]\]|<<|\{\{\{|@@|\[fn:|\[cite|<(?=[\w%])|(?<=\w)_(?=[({])|\\(?=[A-Za-z(\[])|\b(?:src|call)_)"
)
_LINE_START = re.compile(r"(?=[*#|:]|%%\(|[-+]\s|\d+[.)]\s|(?:CLOCK|SCHEDULED|DEADLINE|CLOSED):)", re.MULTILINE)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NO_TAG = re.compile(r"[^\w@#%]+")


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """The outline, an article at a time."""
    yield "#+OPTIONS: ^:nil tex:nil d:nil\n"
    for export in exports:
        yield from _article(export)


def _article(export: Export) -> Iterator[str]:
    article, notes = export.article, export.notes_on()
    yield f"* {_line(article.title)}{_tags(export.tags)}\n{_properties(article)}"
    if export.whole:
        yield "** Text\n"
        for paragraph in paragraphs(export):
            words = "".join(
                _marked(article, runs) if is_marked else _words(article, runs)
                for is_marked, runs in stretches(paragraph)
            )
            yield f"\n{_LINE_START.sub(SPACE, words, count=1) if _LINE_START.match(words) else words}\n"
    for item in export.placed:
        yield _highlight(article, item, notes.get(item.highlight.id, []))
    for note in notes.get(None, []):
        yield f"** Note{_tags(note.tags)}\n{_note(note)}"
    if export.analysis is not None:
        yield from _tables(article, export.analysis)


def _properties(article: Article) -> str:
    values = {"ID": f"briefbook-{article.id}", "URL": page_link(article.source), "AUTHOR": article.byline}
    values |= {"PUBLISHER": article.publisher, "DATE": _day(article.published)}
    lines = "".join(f":{key}: {unlined(value)}\n" for key, value in values.items() if value)
    return f":PROPERTIES:\n{lines}:END:\n"


def _highlight(article: Article, item: Placed, notes: Sequence[Note]) -> str:
    highlight = item.highlight
    words = highlight.selector.exact.split()
    title = " ".join(words[:8]) + ("…" if len(words) > 8 else "")
    values = {"ID": highlight.id, "COLOUR": COLOURS[highlight.colour - 1], "CREATED": _timestamp(highlight.created)}
    values |= {"URL": page_link(article.source, highlight.selector), "STATE": GRADES.get(item.grade, "")}
    values |= {"OPEN": f"briefbook open {open_words(article, highlight)}"}
    drawer = "".join(f":{key}: {unlined(value)}\n" for key, value in values.items() if value)
    quote = "\n\n".join(escaped(line.strip()) for line in highlight.selector.exact.split("\n") if line.strip())
    now = reads_now(article, item)
    changed = f"Now it reads: {_line(now)}\n" if now else ""
    body = f":PROPERTIES:\n{drawer}:END:\n#+begin_quote\n{quote}\n#+end_quote\n{changed}"
    head = f"** {_line(title)}{_tags(highlight.tags)}\n"
    return head + body + "".join(f"*** Note{_tags(note.tags)}\n{_note(note)}" for note in notes)


def _day(published: str) -> str:
    """A day as an inactive timestamp; what is no whole day stays as it is."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"[{day:%Y-%m-%d} {_DAYS[day.weekday()]}]"


def _timestamp(moment: str) -> str:
    """A moment as an inactive timestamp, which Org sorts and searches by, in UTC; empty when it is none."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return f"[{read:%Y-%m-%d} {_DAYS[read.weekday()]} {read:%H:%M}]"


def _words(article: Article, runs: Sequence[Run]) -> str:
    text = article.flowing[runs[0].span[0] : runs[-1].span[1]]
    return escaped(text.replace("\n", " "), at_start=False)


def _marked(article: Article, runs: Sequence[Run]) -> str:
    """Marked words are underlined: Org knows no highlight."""
    before, core, after = borders(_words(article, runs))
    return f"{before or SPACE}_{core}_{after or SPACE}" if core else before + after


def _note(note: Note) -> str:
    text = plain(note.text).strip()
    # Within a heading's text only a line that begins with stars or `#+` would be more than text to Org's outline.
    return "".join(f"{SPACE if line.startswith(('*', '#+')) else ''}{escaped(line)}\n" for line in text.split("\n"))


def _tags(tags: Iterable[str]) -> str:
    names = [name for tag in tags if (name := _NO_TAG.sub("_", tag).strip("_"))]
    return f" :{':'.join(names)}:" if names else ""


def _tables(article: Article, analysis: Analysis) -> Iterator[str]:
    for table in tables(article, analysis):
        yield f"** {table.title}\n"
        if not table.rows:
            yield "None was found.\n"
            continue
        yield f"| {' | '.join(table.head)} |\n|{'+'.join('-' * len(table.head))}|\n"
        for row in table.rows:
            yield f"| {' | '.join(_line(cell).replace('|', chr(92) + 'vert{}') for cell in row)} |\n"


def escaped(text: str, *, at_start: bool = True) -> str:
    """`text` so that it reads as it is to Org; `at_start` when it begins a line."""
    text = _SYNTAX.sub(_parted, plain(text))
    return _LINE_START.sub(SPACE, text, count=1) if at_start and _LINE_START.match(text) else text


def _parted(match: re.Match[str]) -> str:
    """Syntax with spaces within it; emphasis is off between two of them, whether they count as blanks or not."""
    syntax = match[0]
    if match["opens"]:
        return f"{SPACE}{syntax}{SPACE}"
    return f"{syntax[0]}{SPACE}{syntax[1:]}" if len(syntax) > 1 else f"{syntax}{SPACE}"


def _line(text: str) -> str:
    return escaped(unlined(text))
