"""The first page: the article on the screen before the toolkit is there, just where the toolkit will draw it.

Importing Textual and drawing its first frame take 200 ms; this takes 10. Where things stand is told by `tui.geometry`,
`tui.page` and `tui.reader.view`, as for the article widget. Only what is there at once is drawn: head, text, the
sentence under the cursor. No Textual and no Rich in here. Text is hostile: it goes through `tui.page` and `tui.cells`,
which put stand-ins in the place of control characters.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple

from store.article import Article
from store.home import Config
from tui import geometry
from tui.cells import cells, fit
from tui.colours import BAR_SHARE, SCHEMES, SENTENCE_SHARE, mixed
from tui.geometry import Area
from tui.headings import Headings
from tui.page import Page, Row
from tui.reader.segments import Segments
from tui.reader.view import BAR, BAR_LINE, GUTTER, NARROWEST, WIDEST, View, column

_RESET, _BOLD = "\x1b[0m", "\x1b[1m"


class Looks(NamedTuple):
    """Select Graphic Rendition sequences, each of them complete."""

    text: str
    sentence: str
    bar: str
    title: str
    foot: str


PLAIN = Looks(_RESET, f"{_RESET}{_BOLD}", _RESET, f"{_RESET}{_BOLD}", _RESET)
"""The terminal's own colours: for the theme `ansi`, and where no colour is wanted."""


def looks(theme: str) -> Looks | None:
    """How the page looks under that theme; None when it is none of ours or the terminal has too few colours for it."""
    if theme == "ansi" or "NO_COLOR" in os.environ:
        return PLAIN
    scheme = SCHEMES.get(theme)
    if scheme is None or os.environ.get("COLORTERM", "").strip().lower() not in ("truecolor", "24bit"):
        return None
    text, ground, accent = scheme["foreground"], scheme["background"], scheme["accent"]
    return Looks(
        _colours(text, ground),
        _colours(text, mixed(ground, text, SENTENCE_SHARE)),
        _colours(mixed(ground, accent, BAR_SHARE), ground),
        f"{_colours(text, scheme['surface'])}{_BOLD}",
        _colours(text, scheme["panel"]),
    )


def draw(article: Article, position: int, config: Config, size: tuple[int, int], side: int = 0) -> str | None:
    """What to send to a terminal of that size (columns, rows) to show the article; None when it cannot be done well.

    Args:
        position: the code point that the cursor is on.
        side: the width that the reader gave to the panes; 0 for none.
    """
    columns, rows = size
    area, look = geometry.article(columns, rows, side), looks(config.theme)
    if area is None or look is None:
        return None
    lines = [f"{look.text}{' ' * columns}"] * rows
    lines[rows - geometry.STATUS - geometry.KEYS] = f"{look.foot}{' ' * columns}"
    right = columns - area.left - area.columns
    before, after = f"{look.text}{' ' * area.left}", f"{look.text}{' ' * right}"
    inside = [*_head(article, area, look), *_text(article, position, config.width, area, look)]
    for number, line in enumerate(inside):
        lines[area.top + number] = f"{before}{line}{after}"
    return "".join(f"\x1b[{number};1H{line}" for number, line in enumerate(lines, 1)) + _RESET


def _head(article: Article, area: Area, look: Looks) -> Iterator[str]:
    """The title; the line below it is left to the toolkit, because the words are not counted yet."""
    margin = " " * geometry.HEAD_MARGIN
    room = area.columns - 2 * geometry.HEAD_MARGIN
    title = fit(" ".join(article.title.split()), room)
    yield f"{look.title}{margin}{title}{' ' * (room - cells(title))}{margin}"
    for _ in range(geometry.HEAD - 1):
        yield f"{look.title}{' ' * area.columns}"


def _text(article: Article, position: int, measure: int, area: Area, look: Looks) -> Iterator[str]:
    """The rows of the article around its cursor, each as wide as the area."""
    text = article.text
    left, width = column(area.columns, min(max(measure, NARROWEST), WIDEST))
    page = Page(text, width)
    caret = min(max(position, 0), max(len(text) - 1, 0))
    sentence = Segments(page.blocks).sentence(caret)
    is_heading = Headings(article, page.blocks).at
    view = View(page, area.rows - geometry.HEAD)
    view.put(page.place(caret), min(view.reading_row, view.height - 1))
    for place, row in view.rows():
        inside = row.start < sentence[1] and row.end > sentence[0] and not row.gap
        here = row.start <= caret < row.end
        bar = BAR_LINE if here else BAR if inside else " "
        rest = " " * (area.columns - left - row.width)
        weight = _BOLD if not row.gap and is_heading(place.block) else ""
        words = _words(text, row, sentence, look, weight) if inside else f"{weight}{row.shown(row.start, row.end)}"
        yield f"{look.text}{' ' * (left - GUTTER + 1)}{look.bar}{bar}{look.text} {words}{look.text}{rest}"


def _words(text: str, row: Row, sentence: tuple[int, int], look: Looks, weight: str) -> str:
    """What is in a row, the sentence set off; white space at the row's end is not."""
    end = row.start + len(text[row.start : row.end].rstrip())
    first, last = max(sentence[0], row.start), min(sentence[1], end)
    before, within, after = row.shown(row.start, first), row.shown(first, last), row.shown(last, row.end)
    return f"{weight}{before}{look.sentence}{weight}{within}{look.text}{weight}{after}"


def _colours(text: str, ground: str) -> str:
    return f"{_RESET}\x1b[38;2;{_triple(text)};48;2;{_triple(ground)}m"


def _triple(colour: str) -> str:
    return ";".join(map(str, bytes.fromhex(colour[1:])))
