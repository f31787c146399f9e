"""What a row of the shelf looks like: an article that is open, or one that was read before."""

from dataclasses import dataclass
from functools import partial

from tui.panes.lines import Line, Piece, clean, spread, wrap
from tui.panes.row import Row


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


HEIGHT = 3
"""Lines of every row."""


def shelf_rows(books: list[Book]) -> list[Row]:
    """A row for each of `books`, in their order."""
    return [Row(book.key, partial(book_lines, book), words=f"{book.title} {book.where}") for book in books]


def book_lines(book: Book, width: int) -> list[Line]:
    """The title on two lines, and beneath it where it comes from and how far it was read; always three lines."""
    sign: Piece = ("▸ ", "open") if book.open else ("  ", "")
    title = [*wrap(clean(book.title), width - 2, 2), "", ""][:2]
    style = "dim" if book.problem else "name"
    read = f" {round(book.progress * 100)}%" if book.progress else ""
    beneath = ("cannot be read", "problem") if book.problem else (clean(book.where), "dim")
    return [
        (sign, (title[0], style)),
        (("  ", ""), (title[1], style)),
        spread([("  ", ""), beneath], [(read, "dim")], width),
    ]
