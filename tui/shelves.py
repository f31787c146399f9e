"""The desk's side towards the library: the shelf's order, its rows, what is said of articles, searching, adding.

Every method is plain and blocking, as all of `tui.desk`; call them through `Desk.call`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from store import intake
from store.article import Article
from store.entries import Entry, Order
from store.errors import BriefbookError, IntakeError
from store.gathering import Fetched, Outcome, fetch_feed, gather, shelve
from store.groups import Group, groups
from store.home import Home
from store.library import Library
from store.marks import Counts, Marks, SavedSearch, State
from store.notes_actors import ActorNotes
from store.notes_index import Annotation, NotesIndex
from store.query import Not, Term
from store.query_parser import as_typed, parse
from store.search import Hit, Search, notes_failed
from store.shelving import Shelved
from store.subscriptions import Followed, Subscriptions
from tui.panes.shelf import Book
from tui.stack import Stack

ID = "id:"
"""How the key of an article of the library begins; other keys are the paths that were named."""
_FIRST = 20
"""Articles that are looked at before the first frame."""
_COUNTED_AT_ONCE = 20_000
"""Articles up to which groups are counted before the shelf is drawn first: 60 ms."""
_AT_HAND = Not(Term("is", "archived"))


class Shelves:
    """What the desk has of the library."""

    home: Home
    library: Library
    keys: Stack
    named: list[str]
    """Keys of what was named on the command line, in order."""
    rests: dict[str, Iterator[Article | IntakeError]]
    """By the keys of sources of which the first article was read: what else may be in them."""
    _read: dict[str, Article]
    _problems: dict[str, str]

    def open_shelves(self) -> None:
        """Have what is asked of the library at hand; costs nothing until it is asked."""
        self.marks = Marks(self.library.file)
        self.order: Order = "opened"
        self.filter = ""
        self.searches: list[SavedSearch] = []
        self.groups: list[Group] | None = None
        self.counts = Counts(0, 0, 0, 0)
        self.rests = {}
        self._binned: list[str] = []
        self._put_away: set[str] = set()
        self._index: NotesIndex | None = None
        self._search: Search | None = None
        self._actor_notes: ActorNotes | None = None

    def close_shelves(self) -> None:
        """Forget for good what was thrown away here."""
        with suppress(BriefbookError):
            self.marks.empty_bin(*self._binned)
            self.marks.empty_bin()
        if self._index is not None:
            self._index.close()

    @property
    def notes_index(self) -> NotesIndex:
        """The index of all notes."""
        if self._index is None:
            self._index = NotesIndex(self.home)
        return self._index

    @property
    def search(self) -> Search:
        """What answers queries."""
        if self._search is None:
            self._search = Search(self.library.file, self.notes_index)
        return self._search

    # --- the shelf -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Lay the articles that were read last on the desk, before anything is shown."""
        self.keys = Stack(ID + entry.id for entry in self.library.last_opened(_FIRST))

    def has_more(self, key: str) -> bool:
        """Whether the source of that key holds more than its first article, which is read when it was not yet.

        What more there is stands in `rests`. Raises IntakeError.
        """
        self.article(key)
        rest = self.rests.pop(key, iter(()))
        second = next(rest, None)
        if second is not None:
            self.rests[key] = chain([second], rest)
        return second is not None

    def more_of(self, key: str) -> Iterator[Outcome]:
        """Put what else a source holds into the library; takes long, so never in the desk's thread."""
        return shelve(self.library, self.rests.pop(key, ()))

    def lay_behind(self, key: str, ids: Iterable[str]) -> str:
        """Have these articles of the library stand behind the named one of that key, in that order.

        Returns:
            The key of the last of them, or `key` when each lies there already.
        """
        known = {*self.named, *(ID + self._id_of(one) for one in self.named if one in self._read)}
        new = list(dict.fromkeys(made for id_ in ids if (made := ID + id_) not in known))
        place = self.named.index(key) + 1
        self.named[place:place] = new
        return new[-1] if new else key

    def glance(self, key: str) -> Article | None:
        """The article of that key, to be looked at: nothing is kept of it, and the network is not asked. Raises
        BriefbookError.
        """
        article = self._read.get(key)
        if article is None and key.startswith(ID):
            article = self.library.get(key.removeprefix(ID))
        elif article is None and not intake.is_url(key):
            article = intake.read(key)
        # Counted here and not in the thread that draws: a million words take 0.2 s.
        return article if article is None or article.words >= 0 else None

    def article(self, key: str) -> Article:
        """The article of that key, read when it was not yet; `Desk` does it."""
        raise NotImplementedError

    def gather(self) -> None:
        """Lay the library's articles behind those that were named, in `order`, those alone that fit `filter`.

        Raises:
            QueryError: the filter cannot be followed; everything stays as it is.
        """
        asked = as_typed(self.filter)
        at_hand = asked if self.filter.strip() else _AT_HAND
        ids = self.search.ids(at_hand, self.order)
        ids_named = {key: self._id_of(key) for key in self.named}
        named = [key for key, id_ in ids_named.items() if id_ not in self._binned and id_ not in self._put_away]
        known = {id_: key for key, id_ in ids_named.items() if id_}
        if self.filter.strip():
            self.keys = Stack(known.get(id_, ID + id_) for id_ in ids)
        else:
            self.keys = Stack([*named, *(ID + id_ for id_ in ids if id_ not in known)])
        self.searches = self.marks.searches()
        self.counts = self.marks.counts()
        if self.groups is None and self.counts.shelf <= _COUNTED_AT_ONCE:
            self.groups = self.counted_groups()

    def counted_groups(self) -> list[Group]:
        """The groups, counted anew; takes long, and others may ask the library meanwhile: not for the desk's thread."""
        return groups(self.library.file)

    def keys_in(self, query: str) -> list[str]:
        """The keys of the articles on the shelf that answer a query. Raises QueryError."""
        named = {id_: key for key in self.named if (id_ := self._id_of(key))}
        known = {**{article.id: key for key, article in self._read.items()}, **named}
        return [known.get(id_, ID + id_) for id_ in self.search.ids(parse(query), self.order)]

    def _id_of(self, key: str) -> str:
        if key.startswith(ID):
            return key.removeprefix(ID)
        article = self._read.get(key)
        if article is not None:
            return article.id
        found = self.library.read_from(key)
        return found[0].id if found else ""

    def key_of(self, id: str) -> str:  # noqa: A002 (the field's name)
        """The key under which the article of that id lies on the desk, or would."""
        return next((key for key, article in self._read.items() if article.id == id), ID + id)

    def books(self, keys: Sequence[str], current: str) -> list[Book]:
        """What the shelf shows of these."""
        ids = [self._id_of(key) for key in keys]
        entries = {entry.id: entry for entry in self.library.entries_of(ids)}
        return [self._book(key, entries.get(id_), key == current) for key, id_ in zip(keys, ids, strict=True)]

    def _book(self, key: str, entry: Entry | None, is_open: bool) -> Book:
        problem = self._problems.get(key, "")
        if entry is None:
            return Book(key, Path(key).name, problem=problem, open=is_open)
        known = (
            (entry.publisher, entry.published[:10]) if entry.publisher or entry.published else (_tail(entry.source),)
        )
        where = " · ".join(part for part in known if part)
        return Book(
            key, entry.title, where, entry.progress, problem, is_open, not entry.read, entry.starred, entry.archived,
            entry.tags,
        )  # fmt: skip

    # --- what is said of articles ----------------------------------------------------------------------------

    def ids_of(self, keys: Sequence[str]) -> list[str]:
        """The ids of those of `keys` that are in the library."""
        return [id_ for key in keys if (id_ := self._id_of(key))]

    def turn(self, ids: Sequence[str], state: State) -> dict[str, bool]:
        """Star, put away or call read all of them, or, when all are so, none; returns how each was before."""
        before = self.marks.states(ids, state)
        on = not all(before.values())
        self.set_state(dict.fromkeys(before, on), state)
        return before

    def set_state(self, states: dict[str, bool], state: State) -> None:
        """Make each of these articles so, or not; one that is put away here leaves the shelf though it was named."""
        self.marks.set(states, state)
        if state == "archived":
            self._put_away.difference_update(states)
            self._put_away.update(id_ for id_, on in states.items() if on)

    def throw_away(self, ids: Sequence[str]) -> None:
        """Take them off the shelf, for good when the app is left."""
        self.marks.throw_away(*ids)
        self._binned.extend(ids)

    def bring_back(self, ids: Sequence[str]) -> None:
        """Put them on the shelf again."""
        self.marks.bring_back(*ids)
        self._binned = [id_ for id_ in self._binned if id_ not in ids]

    def tags_of(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The tags of each."""
        return {entry.id: entry.tags for entry in self.library.entries_of(ids)}

    def set_tags(self, tags: dict[str, tuple[str, ...]]) -> None:
        """Give each just these tags."""
        for id_, had in self.tags_of(list(tags)).items():
            self.marks.tag([id_], add=tags[id_], remove=[tag for tag in had if tag not in tags[id_]])

    def save_search(self, name: str, typed: str) -> None:
        """Keep a query under a name. Raises QueryError when it cannot be followed, LibraryError for an empty name."""
        parse(typed)
        self.marks.save_search(name, typed)

    # --- searching and adding --------------------------------------------------------------------------------

    def find(self, typed: str, limit: int) -> list[Hit]:
        """The answers to what is typed, best first; nothing while nothing is typed. Raises QueryError."""
        if not typed.strip():
            return []
        query = as_typed(typed)
        self.search.check(query, typed)
        return self.search.find(query, limit)

    def count(self, typed: str) -> int:
        """How many there are."""
        return self.search.count(as_typed(typed))

    def lacking(self, typed: str) -> int:
        """How many articles cannot answer what is typed because they are not analysed yet."""
        return self.search.unanalysed(as_typed(typed))

    def annotations(self, typed: str, limit: int) -> list[Annotation]:
        """The highlights and notes that fit what is typed, the last changed first. Raises QueryError."""
        query = parse(typed)
        try:
            self.notes_index.refresh()
            if self._actor_notes is None:
                self._actor_notes = ActorNotes(self.library, self.search, self.notes_index)
            return self.notes_index.ask(query, typed, limit, self._actor_notes.ids)
        except sqlite3.Error as error:
            raise notes_failed(error) from error

    def add(self, source: str) -> tuple[list[Shelved], list[BriefbookError]]:
        """Put what a path or an address holds into the library."""
        sources, failures = intake.find([source])
        outcomes = [*failures, *gather(self.library, sources)]
        shelved = [one for one in outcomes if isinstance(one, Shelved)]
        return shelved, [one for one in outcomes if isinstance(one, BriefbookError)]

    def followed(self) -> list[Followed]:
        """The feeds that are followed."""
        return Subscriptions(self.library.file).all()

    def look_at_feed(self, feed: Followed) -> Fetched:
        """Put what is new in a feed into the library; waits for servers, so never in the desk's thread."""
        return fetch_feed(self.library, feed)

    def unanalysed(self, stamp: str, but: Sequence[str], limit: int) -> list[Article]:
        """Articles that were not analysed yet, most wanted first, without those of the ids in `but`."""
        left_out = frozenset(but)
        ids = (id_ for id_ in self.library.unanalysed(stamp, limit + len(left_out)) if id_ not in left_out)
        return list(islice((article for id_ in ids if (article := self.library.get(id_)) is not None), limit))


def _tail(source: str) -> str:
    return source if source.startswith(("http://", "https://")) else Path(source).name
