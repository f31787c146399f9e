"""From sources into the library: files, folders and pages in batches, and what is new in the feeds that are followed.

What a source holds is found by `store.intake`; nothing here asks the network but for addresses that were given.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import intake
from store.article import Article
from store.errors import BriefbookError, IntakeError
from store.library import Library
from store.shelving import Shelved
from store.subscriptions import Followed, Subscriptions

if TYPE_CHECKING:
    from store.intake import feed

BATCH = 256
"""Articles that are written together: a kill loses no more."""
LONGEST = 0.5
"""Seconds until what was read is written, however little it is."""

Outcome = Shelved | BriefbookError


def gather(library: Library, sources: Iterable[str]) -> Iterator[Outcome]:
    """Put what `sources` hold into the library: how each article fared, in order, once it is safely there.

    Reading goes on while a batch is written. Measured at 500 to 1,000 small files a second.

    Raises:
        LibraryError: when nothing can be written.
    """
    yield from shelve(library, (found for source in sources for found in intake.read_all(source)))


def shelve(library: Library, found: Iterable[Article | IntakeError]) -> Iterator[Outcome]:
    """As `gather`, of what is being read already."""
    with ThreadPoolExecutor(1, thread_name_prefix="shelving") as writer:
        waiting: Future[list[Outcome]] | None = None
        for batch in _batches(found):
            if waiting is not None:
                yield from waiting.result()
            waiting = writer.submit(_write, library, batch)
        if waiting is not None:
            yield from waiting.result()


def _batches(found: Iterable[Article | IntakeError]) -> Iterator[list[Article | IntakeError]]:
    batch: list[Article | IntakeError] = []
    began = time.monotonic()
    for one in found:
        batch.append(one)
        if len(batch) >= BATCH or time.monotonic() - began > LONGEST:
            yield batch
            batch, began = [], time.monotonic()
    if batch:
        yield batch


def _write(library: Library, batch: Sequence[Article | IntakeError]) -> list[Outcome]:
    shelved = iter(library.add(one for one in batch if isinstance(one, Article)))
    return [next(shelved) if isinstance(one, Article) else one for one in batch]


# --- feeds -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a look at one feed brought."""

    feed: Followed
    """As it is kept now; `problem` says why there was nothing to see."""
    new: tuple[Shelved, ...] = ()
    """The articles that were not known."""
    failures: tuple[BriefbookError, ...] = ()
    """Pages that could not be had; what the feed itself says of them is in the library instead."""


def fetch_feed(library: Library, followed: Followed, pages: bool = True) -> Fetched:
    """Look at a feed and put what is new into the library. Blocks for as long as the servers take.

    Args:
        pages: whether the page of an entry that is only announced is fetched; else the feed's own words are taken.

    Raises:
        LibraryError: when nothing can be written. What fails on the way is told in the answer.
    """
    from store.intake import feed, fetch

    try:
        found = feed.get(followed.url, validators=fetch.Validators(followed.etag, followed.modified))
    except IntakeError as error:
        failed = replace(followed, problem=str(error))
        Subscriptions(library.file).looked_at(failed)
        return Fetched(failed, failures=(error,))
    failures: list[BriefbookError] = []
    new = tuple(shelve(library, _entries(library, found, pages, failures)))
    subscriptions = Subscriptions(library.file)
    subscriptions.brought(followed.url, {entry.id: found.source(entry) for entry in found.entries})
    # The state of the feed is kept after its articles: a kill in between has them looked at again, not missed.
    kept = replace(
        followed, title=found.title or followed.title, site=found.site or followed.site, problem="",
        etag=found.validators.etag, modified=found.validators.modified,
    )  # fmt: skip
    subscriptions.looked_at(kept)
    shelved = tuple(one for one in new if isinstance(one, Shelved) and (one.is_new or one.is_changed))
    return Fetched(kept, shelved, (*failures, *(one for one in new if isinstance(one, BriefbookError))))


def _entries(
    library: Library, found: "feed.Feed", pages: bool, failures: list[BriefbookError]
) -> Iterator[Article | IntakeError]:
    for entry in found.entries:
        if library.knows(found.source(entry)):
            continue
        if pages and entry.link and not (entry.full or entry.shared):
            try:
                yield _completed(intake.read(entry.link, named=found.inside), entry, found)
                continue
            except IntakeError as error:
                failures.append(error)
        yield from _own_words(entry, found)


def _completed(page: Article, entry: "feed.Entry", found: "feed.Feed") -> Article:
    """The page of an entry, with what only the feed says of it: when it was published, by whom."""
    from store.intake import feed

    told = feed.reading(entry, found)
    known = {name: getattr(page, name) or getattr(told, name) for name in ("published", "byline", "publisher")}
    return replace(page, source=entry.link, **known)


def _own_words(entry: "feed.Entry", found: "feed.Feed") -> Iterator[Article | IntakeError]:
    from store.intake import feed

    try:
        yield feed.article(entry, found)
    except IntakeError as error:
        yield error
