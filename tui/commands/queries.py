"""Queries on the command line: words to a tree, what is wrong shown beneath them, and the language for the help."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import NoReturn

from store.errors import printable
from store.home import Home
from store.library import Library
from store.notes_actors import ActorNotes
from store.notes_index import NotesIndex
from store.query import Query, QueryError
from store.query_parser import parse
from store.search import Search, notes_failed
from tui.commands.streams import say

LANGUAGE = """\
queries:
  strike harbour             both words; without regard to case and accents
  "fair offer"  strik*       words in a row; words that begin so
  -river  strike or walkout  without it; one of them; parentheses group
  title:  source:  tag:      words of the title; publisher or address; a tag of the article or of a note in it
  feed:ports  folder:inbox   what a feed brought (its name, address or folder); what came from files in a folder
  is:unread                  read, starred, archived
  has:note  color:red        highlight; a highlight's colour by name or 1 to 5
  after:2025-04  before:7d   a year, month or day, today, yesterday, or days, weeks, months, years ago (7d 2w 3m 1y)
  actor:brandt               who acts, as you put it right; said:brandt quote:offer beside each other: who said what
  number>5e9  number:usd     figures by value (5bn, 2.5m, 1,200), unit, kind or what is counted; number:usd>1m: both
  Quote the whole for the shell, as in: 'strike -"fair offer"'"""


def asked(words: Sequence[str]) -> Query:
    """The query in the words of the command line; what is wrong with it is shown, and ends the command with 2."""
    text = " ".join(words)
    try:
        return parse(text)
    except QueryError as error:
        _show(error)


def look_over(search: Search, query: Query, words: Sequence[str]) -> None:
    """Say what keeps articles from answering `query`, which was read from `words`. Raises LibraryError.

    A unit that nothing is in ends the command with 2; articles that are not analysed are counted only.
    """
    try:
        search.check(query, " ".join(words))
    except QueryError as error:
        _show(error)
    if lacking := search.unanalysed(query):
        articles, them = ("1 article is", "it") if lacking == 1 else (f"{lacking:,} articles are", "them")
        say(
            f"{articles} not analysed yet and cannot answer this; `briefbook add --analyse` with the source analyses"
            f" {them} now, the open app does it in the background"
        )


def _show(error: QueryError) -> NoReturn:
    say(error)
    for line in error.pointed.split("\n"):
        say(f"  {printable(line)}")
    raise SystemExit(2)


def marks(home: Home, library: Library, typed: str) -> frozenset[str]:
    """The ids of the highlights, and of the notes on articles as a whole, that answer a query; what is wrong with it is
    shown, and ends the command with 2. Raises LibraryError."""
    query, index = asked([typed]), NotesIndex(home)
    try:
        index.refresh()
        by_actor = ActorNotes(library, Search(library.file, index), index).ids
        return frozenset(one.id for one in index.ask(query, typed, by_actor=by_actor))
    except QueryError as error:
        _show(error)
    except sqlite3.Error as error:
        raise notes_failed(error) from error
    finally:
        index.close()


@contextmanager
def search(home: Home, library: Library) -> Iterator[Search]:
    """What answers queries to the library."""
    with closing(NotesIndex(home)) as index:
        yield Search(library.file, index)
