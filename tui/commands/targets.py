"""The shelf as commands use it, and which article of it is meant: by a file, an id or words of the title."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from store import intake
from store.article import Article
from store.errors import BriefbookError, LibraryError
from store.home import Home
from store.library import Entry, Library
from tui.commands.streams import say

WORDS = "a file, an article's id or its beginning, or words of its title"
"""What a target may be, for the help."""
SHORTEST_ID = 4
"""Characters of an id that are taken for its beginning."""


@contextmanager
def shelf(home: Home) -> Iterator[Library]:
    """The library; what is wrong with it is said, and where nothing can be written it works in memory."""
    with suppress(BriefbookError):
        home.make()
    with Library(home.library) as library:
        if library.problem:
            say(library.problem)
        yield library


def find(library: Library, targets: Sequence[str]) -> Iterator[Article | BriefbookError]:
    """The articles that `targets` mean, in order, or why one means none. A folder means every article in it.

    A file is read, and has the id under which the library knows it; nothing is added to the library.
    """
    entries = library.entries()
    for target in targets:
        if target == intake.STDIN or Path(target).exists():
            yield from _files(library, target)
        else:
            yield _named(library, entries, target)


def _files(library: Library, target: str) -> Iterator[Article | BriefbookError]:
    sources, failures = intake.find([target])
    yield from failures
    for source in sources:
        try:
            article = intake.read(source)
        except BriefbookError as error:
            yield error
        else:
            yield replace(article, id=library.identify(article) or article.id)


def _named(library: Library, entries: Sequence[Entry], target: str) -> Article | BriefbookError:
    found = [entry for entry in entries if len(target) >= SHORTEST_ID and entry.id.startswith(target.lower())]
    found = found or [entry for entry in entries if target.casefold() in entry.title.casefold()]
    if len(found) > 1:
        some = ", ".join(f"{entry.id} ({entry.title})" for entry in found[:3])
        return LibraryError(f"this means {len(found)} articles", target, f"give more of one, such as {some}")
    article = library.get(found[0].id) if found else None
    return article or LibraryError("no file and no article in the library is called so", target, "see `briefbook list`")
