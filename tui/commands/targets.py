"""The shelf as commands use it, and which article of it is meant: by a file, an id or words of the title."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from store import intake
from store.article import Article
from store.errors import BriefbookError, LibraryError
from store.home import Home
from store.library import Entry, Library
from store.lost_notes import LostNotes
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
    with Library(home.library, LostNotes(home)) as library:
        if library.problem:
            say(library.problem)
        yield library


def find(library: Library, targets: Sequence[str]) -> Iterator[Article | BriefbookError]:
    """The articles that `targets` mean, in order, or why one means none. A folder means every article in it.

    A file is read, and has the id under which the library, or else its notes, know it; nothing is added to the library.
    """
    for target in targets:
        if target == intake.STDIN or Path(target).exists():
            yield from _files(library, target)
        else:
            yield _named(library, target)


def _files(library: Library, target: str) -> Iterator[Article | BriefbookError]:
    sources, failures = intake.find([target])
    yield from failures
    for source in sources:
        try:
            article = intake.read(source)
        except BriefbookError as error:
            yield error
        else:
            yield replace(article, id=library.id_of(article))


def entry(library: Library, target: str) -> Entry:
    """The article of the library that an id, its beginning, words of its title or the path it was read from mean.

    Raises:
        LibraryError: there is none, or there are several.
    """
    found = library.beginning_with(target.lower()) if len(target) >= SHORTEST_ID else []
    found = found or library.read_from(str(Path(target).absolute())) or library.named(target)
    if len(found) > 1:
        some = ", ".join(f"{one.id} ({one.title})" for one in found[:3])
        raise LibraryError(f"this means {len(found)} articles", target, f"give more of one, such as {some}")
    if not found:
        raise LibraryError("no file and no article in the library is called so", target, "see `briefbook list`")
    return found[0]


def standing(library: Library, article: Article) -> Article:
    """`article` of the shelf as its file reads now, if that is a text that it has had: one that was changed and changed
    back. What else is in a file is taken in only where the file is named or opened.

    Costs a `stat`, and reading the file when it was written after the article's text was seen first.
    """
    path = Path(article.source)
    seen = {version.hash: version.seen for version in library.versions(article.id)}
    try:
        status = path.stat() if path.is_absolute() else None
        if status is None or not S_ISREG(status.st_mode) or _moment(status) <= seen[article.text_hash]:
            return article
        now = intake.read(article.source).text_hash
    except (OSError, ValueError, KeyError, BriefbookError):
        return article
    return (library.get(article.id, now) if now in seen else None) or article


def _moment(status: os.stat_result) -> str:
    """When a file was written last, as moments are kept; a copy or a move counts, too, whatever time it carries."""
    written = datetime.fromtimestamp(max(status.st_mtime, status.st_ctime), UTC)
    return written.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _named(library: Library, target: str) -> Article | BriefbookError:
    try:
        found = library.get(entry(library, target).id)
    except LibraryError as error:
        return error
    return found or LibraryError("this article is no longer in the library", target, "see `briefbook list`")
