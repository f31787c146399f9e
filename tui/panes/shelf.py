"""The rows of the shelf: what stands above the articles, then the articles, and what one of them looks like. No Textual
in here.

Rows of articles are made when they are looked at, from what was fetched of the library for them: a shelf may have a
million. What stands above them (`tui.panes.heads`) is there as a whole, and a line high.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from tui.panes.heights import Alike
from tui.panes.lines import Line, Piece, clean, spread, wrap
from tui.panes.row import KnownRows, Row
from tui.stack import Stack

HEIGHT = 3
"""Lines of every article's row."""
PAGE = 100
"""Rows that are fetched together."""


@dataclass(frozen=True, slots=True)
class Book:
    """One article of the shelf."""

    key: str
    """The source that it is read from, or its id in the library."""
    title: str
    where: str = ""
    """Publisher and date, or the file's name."""
    progress: float = 0.0
    """How far it was read, 0 to 1."""
    problem: str = ""
    """Why it cannot be read; empty when it can."""
    open: bool = False
    """Whether it is the one beside the shelf."""
    unread: bool = False
    starred: bool = False
    archived: bool = False
    tags: tuple[str, ...] = ()


class ShelfHeights(Alike):
    """How high the rows are: each head a line, an empty one beneath the last, then articles. Nothing is measured."""

    def __init__(self, count: int, heads: int) -> None:
        super().__init__(count, HEIGHT)
        self._heads = min(heads, count)
        self._before = self._heads + (1 if self._heads else 0)

    @property
    def total(self) -> int:
        """Lines of all rows."""
        return self.top(self._count)

    def top(self, index: int) -> int:
        """The line at which the row of that index begins."""
        return index if index < self._heads else self._before + (index - self._heads) * HEIGHT

    def row_at(self, line: int) -> int:
        """The index of the row that `line` is in; the empty line counts as beneath the last head."""
        if line < self._before:
            return max(0, min(line, self._heads - 1)) if line >= 0 else line
        return self._heads + (line - self._before) // HEIGHT


class ShelfRows(KnownRows):
    """The rows of what stands above the articles, then of all articles, each of these made when it is asked for."""

    def __init__(self, heads: Sequence[Row], keys: Stack, want: Callable[[int], object]) -> None:
        """Rows.

        Args:
            heads: as `tui.panes.heads` makes them.
            want: is told the page of articles that was looked at and is not here yet; `fill` brings it.
        """
        self.heads, self._keys, self._want = list(heads), keys, want
        self._head_places = {row.key: place for place, row in enumerate(self.heads)}
        self._books: dict[str, Book] = {}
        self._stale: set[str] = set()
        self._wanted: set[int] = set()
        self.chosen: set[str] = set()
        """Keys of the articles that are selected."""

    def __len__(self) -> int:
        return len(self.heads) + len(self._keys)

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, range(len(self)))

    def row(self, place: int) -> Row:
        """The row at a place; an empty one while it is being fetched."""
        if place < len(self.heads):
            return self.heads[place]
        key = self._key(place)
        book = self._books.get(key)
        if book is None or key in self._stale:
            page = (place - len(self.heads)) // PAGE
            if page not in self._wanted:
                self._wanted.add(page)
                self._want(page)
        if book is None:
            return Row(key, _blank)
        draw = partial(book_lines, book, chosen=key in self.chosen)
        return Row(key, draw, words=f"{book.title} {book.where}".strip())

    def keys_on(self, page: int) -> list[str]:
        """The keys of the articles on a page."""
        return self._keys[page * PAGE : (page + 1) * PAGE]

    def fill(self, books: Sequence[Book]) -> None:
        """Take in what was fetched."""
        self._books.update((book.key, book) for book in books)
        self._stale.difference_update(book.key for book in books)

    def forget(self, keys: Sequence[str] | None = None) -> None:
        """Have these fetched anew when they are looked at, and show them as they were until then; None: all."""
        self._stale.update(self._books if keys is None else keys)
        self._wanted.clear()

    def take_over(self, other: "ShelfRows") -> None:
        """Show what `other` has of the articles until it is fetched anew, with its selection."""
        self._books, self._stale = dict(other._books), set(other._stale)
        self.chosen = {key for key in other.chosen if key in self._keys}

    def near(self, place: int, other: "ShelfRows") -> int:
        """The place of the row at `place`, or of the nearest one that `other` has, too: rather beneath it than above.

        Only a page is looked through either way: whatever is farther off is not near.
        """
        beneath = range(place, min(place + PAGE, len(self)))
        above = range(min(place, len(self)) - 1, max(-1, place - PAGE), -1)
        return next((one for one in chain(beneath, above) if other.place(self._key(one)) is not None), place)

    def _key(self, place: int) -> str:
        """The key of the row at a place; nothing is fetched for it."""
        heads = len(self.heads)
        return self.heads[place].key if place < heads else self._keys[place - heads]

    def place(self, key: str) -> int | None:
        """Where the row of that key stands."""
        place = self._keys.place(key)
        return self._head_places.get(key) if place is None else place + len(self.heads)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self._keys)


def _blank(_: int) -> list[Line]:
    return [(("  …", "dim"),), (), ()]


def book_lines(book: Book, width: int, chosen: bool = False) -> list[Line]:
    """The title on one or two lines, beneath it where it comes from, tags, and how far it was read; always three lines.

    Before the title: ✓ selected, ▸ open, • not read. What was read to its end is not bold.
    """
    sign: Piece = ("• ", "strip") if book.unread else ("  ", "")
    if chosen or book.open:
        sign = ("✓ " if chosen else "▸ ", "open")
    title = wrap(clean(book.title), width - 2, 2) or [""]
    style = "dim" if book.problem or book.archived else "name" if book.unread or not book.progress else ""
    read = f" {round(book.progress * 100)}%" if book.progress else ""
    beneath = ("cannot be read", "problem") if book.problem else (clean(book.where), "dim")
    tags = "".join(f" #{clean(tag)}" for tag in book.tags)
    star = " ★" if book.starred else ""
    return [
        (sign, (title[0], style)),
        *((("  ", ""), (line, style)) for line in title[1:]),
        spread([("  ", ""), beneath, (tags, "tag")], [(star, "open"), (read, "dim")], width),
        *([()] if len(title) == 1 else []),
    ]
