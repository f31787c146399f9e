"""The preview: how an article begins, over the one that is open. Drawn without layout, and nobody can go into it."""

from collections.abc import Iterator, Sequence

from textual.message import Message

from store.article import Article
from store.spans import overlap
from tui.geometry import HEAD_MARGIN
from tui.headings import Headings
from tui.page import Page, Row
from tui.panes.lines import Line, spread
from tui.reader.view import MEASURE, column
from tui.screens.foot import Lines, head_words

_MOST = 20_000
"""Code points that are looked at: more than any screen shows."""


class Preview(Lines):
    """Title, where it comes from, and the first lines of an article."""

    class Chosen(Message):
        """The article of that key is to be opened."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str, measure: int = MEASURE) -> None:  # noqa: A002
        super().__init__(id=id)
        self.key = ""
        self.article: Article | None = None
        self._measure = measure
        self._hint = ""
        self._made: tuple[int, Sequence[Line]] | None = None

    def show(self, key: str, article: Article, hint: str) -> None:
        """Show the beginning of `article`, and beneath it what can be done; a click says that `key` is chosen."""
        self.key, self.article, self._hint, self._made = key, article, hint, None
        self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """As many lines as there is room for."""
        if self._made is None or self._made[0] != width:
            self._made = (width, list(self._draw(width, self.size.height)))
        return self._made[1]

    def on_mouse_down(self) -> None:
        """A click chooses the article; the button that goes down takes the focus away, and the preview with it."""
        self.post_message(self.Chosen(self.key))

    def on_resize(self) -> None:
        """Another height has room for other lines."""
        self._made = None

    def _draw(self, width: int, height: int) -> Iterator[Line]:
        if self.article is None:
            return
        margin = (" " * HEAD_MARGIN, "")
        title, about = head_words(self.article)
        yield spread([margin, (title, "title")], [(" preview ", "key")], width)
        yield spread([margin, (about, "dim")], [margin], width)
        yield ()
        left, room = column(width, self._measure)
        page = Page(self.article.text[:_MOST], room)
        rows = page.rows(page.first, max(0, height - 5))
        is_heading = Headings(self.article, page.blocks).at
        for place, row in rows:
            style = "title" if is_heading(place.block) else self._style_of(row)
            yield ((" " * left, ""), (row.shown(row.start, row.end), style))
        yield from [()] * (height - 5 - len(rows))
        yield ()
        yield spread([margin, (self._hint, "dim")], [], width)

    def _style_of(self, row: Row) -> str:
        """What is not the report is dimmed, as in the text itself."""
        aside = self.article.furniture if self.article is not None else ()
        return "dim" if any(overlap(span, (row.start, row.end)) for span in aside) else ""
