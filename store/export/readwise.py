"""The CSV that Readwise imports: RFC 4180, seven columns, a row a highlight.

It has no column for tags: Readwise takes words with a full stop before them at the start of a note for tags. It has
none for colours, and no row without a highlight. Cells are as they are: a guard against formulas would be shown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from store.annotation import Note
from store.export import Export, Placed
from store.export.csv_rows import rows
from store.export.links import page_link
from store.export.plain import plain

HEADER = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_BLANKS = re.compile(r"\s+")


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """The header, then the rows of an article at a time."""
    yield rows([HEADER])
    for export in exports:
        notes = export.notes_on()
        yield rows([_row(export, item, notes.get(item.highlight.id, [])) for item in export.placed])


def _row(export: Export, item: Placed, notes: Sequence[Note]) -> list[str]:
    article, highlight = export.article, item.highlight
    location = str((item.span or (highlight.selector.start,))[0])
    moment = highlight.created[:19].replace("T", " ")
    title, author, address = plain(article.title), plain(article.byline), page_link(article.source)
    return [plain(highlight.selector.exact), title, author, address, _note(highlight.tags, notes), location, moment]


def _note(tags: Iterable[str], notes: Sequence[Note]) -> str:
    """The notes, behind the tags in Readwise's way."""
    every = dict.fromkeys([*tags, *(tag for note in notes for tag in note.tags)])
    words = " ".join(f".{_BLANKS.sub('-', plain(tag))}" for tag in every)
    text = plain("\n\n".join(note.text for note in notes))
    if words and text:
        return f"{words}\n{text}"
    # A note of the reader's that begins with a full stop must not become tags.
    return words or (f" {text}" if text.startswith(".") else text)
