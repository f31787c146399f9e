"""The feeds that are followed, as they are kept in the library: address, name, folder, and the state of the last look.

How a feed is fetched and read is the business of `store.intake.feed`, what becomes of its entries that of
`store.gathering`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.annotation import now
from store.article import INNER
from store.canonical import canonical
from store.errors import LibraryError
from store.library_file import LibraryFile
from store.query_conditions import raw, sound


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that is followed."""

    url: str
    title: str = ""
    """Empty until it was fetched once, if nobody said."""
    site: str = ""
    folder: tuple[str, ...] = ()
    """The folders in which it stands, the outermost first."""
    etag: str = ""
    """What the server called its last state; so is `modified`."""
    modified: str = ""
    fetched: str = ""
    """When it was last looked at; ISO 8601, UTC; empty: never."""
    problem: str = ""
    """Why that failed, in one sentence; empty when it did not."""


_COLUMNS = "url, title, site, folder, etag, modified, fetched, problem"


class Subscriptions:
    """The feeds in an open library file."""

    def __init__(self, file: LibraryFile) -> None:
        self._file = file

    def all(self) -> list[Followed]:
        """All of them, by folder and name."""
        query = f"SELECT {_COLUMNS} FROM feeds ORDER BY folder, title COLLATE NOCASE, url"
        return self._file.read(lambda connection: list(map(_followed, connection.execute(query))))

    def find(self, words: str) -> Followed:
        """The feed of that address, or the only one whose address or title has these words.

        Raises:
            LibraryError: there is none, or there are several.
        """
        folded = words.casefold()
        every = self.all()
        found = [one for one in every if one.url == words]
        found = found or [one for one in every if folded in one.url.casefold() or folded in one.title.casefold()]
        if len(found) != 1:
            what = f"this means {len(found)} feeds" if found else "no feed is called so"
            raise LibraryError(what, words, "give its address, see `briefbook feeds list`")
        return found[0]

    def follow(self, feeds: Iterable[Followed]) -> int:
        """Follow these; those that are followed already stay as they are. Returns how many are new."""
        rows = [(*map(sound, (one.url, one.title, one.site)), json.dumps(one.folder), now()) for one in feeds]
        query = (
            "INSERT OR IGNORE INTO feeds (url, title, site, folder, etag, modified, fetched, problem, added)"
            " VALUES (?, ?, ?, ?, '', '', '', '', ?)"
        )

        def work(connection: sqlite3.Connection) -> int:
            known = {canonical(row[0]) for row in connection.execute("SELECT url FROM feeds")}
            new = {canonical(row[0]): row for row in rows if canonical(row[0]) not in known}
            connection.executemany(query, new.values())
            return len(new)

        return self._file.write(work)

    def unfollow(self, url: str) -> None:
        """Follow it no more; its articles stay."""
        self._file.write(lambda connection: connection.execute("DELETE FROM feeds WHERE url = ?", (url,)))

    def looked_at(self, feed: Followed) -> None:
        """Keep what a look at it gave: all but its address and folder."""
        query = "UPDATE feeds SET title = ?, site = ?, etag = ?, modified = ?, fetched = ?, problem = ? WHERE url = ?"
        texts = (feed.title, feed.site, feed.etag, feed.modified, now(), feed.problem, feed.url)
        self._file.write(lambda connection: connection.execute(query, tuple(map(sound, texts))))

    def brought(self, url: str, entries: Mapping[str, str]) -> None:
        """Remember which articles the feed at `url` brought: by the name of each entry, the source it is kept under.

        It is kept as one source more of the article, `url#:name`, by which `feed:` finds it.
        """
        query = (
            "INSERT OR IGNORE INTO sources (source, article)"
            " SELECT CAST(? AS TEXT), article FROM sources WHERE source = CAST(? AS TEXT)"
        )
        # The address may end in a fragment of its own, which is no part of its canonical form.
        feed = canonical(url) + INNER
        values = [(raw(feed + name), raw(canonical(source))) for name, source in entries.items()]
        self._file.write(lambda connection: connection.executemany(query, values))


def _followed(row: sqlite3.Row) -> Followed:
    values = {name: row[name] for name in _COLUMNS.split(", ")}
    return Followed(**{**values, "folder": tuple(json.loads(row["folder"]))})
