"""All annotations of all articles in one place, to be filtered: derived from the notes files, made anew when missing.

Saving a highlight never touches it: it looks at the files' stamps when it is asked, and reads those that changed.
Losing it loses nothing. What was put right stands in it too (`store.notes_corrections`).
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store import notes_corrections
from store.annotation import Highlight, Note, now
from store.database import connect, transaction
from store.errors import NotebookError
from store.home import Home
from store.notefile import Kept, notes_names, read_kept
from store.notes_query import ByActor, compile_notes
from store.query import Query
from store.query_conditions import sound

_LAYOUT = 4
_TABLES = (
    "DROP TABLE IF EXISTS files",
    "DROP TABLE IF EXISTS annotations",
    "CREATE TABLE files (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT",
    """CREATE TABLE annotations (
        file TEXT NOT NULL, article TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
        is_highlight INTEGER NOT NULL, quote TEXT NOT NULL, text TEXT NOT NULL, tags TEXT NOT NULL,
        colour INTEGER NOT NULL, start INTEGER NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL,
        version TEXT NOT NULL, folded TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX annotations_by_file ON annotations(file)",
    *notes_corrections.TABLES,
    f"PRAGMA user_version = {_LAYOUT}",
)
_FIELDS = "article, title, source, id, is_highlight, quote, text, tags, colour, start, created, modified, version"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight with what was noted on it, or a note on an article."""

    article: str
    """The article's id."""
    title: str
    source: str
    id: str
    """`Highlight.id`, or `Note.id` when `is_highlight` is false."""
    is_highlight: bool
    quote: str
    """The highlighted words; empty for a note on the article."""
    text: str
    """What was noted, several notes parted by an empty line; may be empty."""
    tags: tuple[str, ...]
    """The highlight's and the notes', each once."""
    colour: int
    """1 to 5; 0 for a note on the article."""
    start: int
    """Where it stood in the text that it was made in."""
    created: str
    modified: str
    """When it, or a note on it, was changed last."""
    version: str
    """`Article.text_hash` of the text that `start` counts in; empty for a note on the article."""


class NotesIndex:
    """The index of `home`'s notes. Not for several threads at once; cheap to make, close it after use.

    A damaged index, or one that cannot be written, is replaced by one in memory.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self.problems: tuple[str, ...] = ()
        """One sentence for each notes file that could not be read at the last `refresh`."""
        self._connection = _open(index_path(home))
        self.corrections = notes_corrections.NotesCorrections(self._connection)
        """What was put right in the panes, as fresh as the last `refresh`."""

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def refresh(self) -> int:
        """Take in the notes files that changed; returns how many. Costs a `stat` a file and a read of each changed."""
        folder = str(self._home.notes)
        stamps = {name: _stamp(f"{folder}/{name}") for name in notes_names(self._home)}
        known = dict(self._connection.execute("SELECT name, stamp FROM files").fetchall())
        changed = [name for name in {**known, **stamps} if stamps.get(name) != known.get(name)]
        if changed:
            with transaction(self._connection):
                self.problems = tuple(filter(None, [self._take_in(name, stamps.get(name)) for name in changed]))
        return len(changed)

    def find(
        self, text: str = "", *, tag: str = "", colour: int = 0, since: str = "", until: str = ""
    ) -> list[Annotation]:
        """The annotations that fit all of what is given, the last changed first.

        Args:
            text: words that must all stand in the quote, the notes, the tags or the title; letters' case aside.
            tag: a tag that it must have, letters' case aside.
            colour: 1 to 5.
            since, until: ISO 8601 dates or moments in UTC; changed at or after the one, before the other.
        """
        tests = [("instr(folded, ?)", word) for word in sound(text).casefold().split()]
        tests += [("instr(folded, ?)", f"\n#{sound(tag).casefold()}\n")] if tag else []
        tests += [("modified >= ?", since)] if since else []
        tests += [("modified < ?", until)] if until else []
        where = " AND ".join(["1", *(test for test, _ in tests), *(["colour = ?"] if colour else [])])
        values = [*(value for _, value in tests), *([colour] if colour else [])]
        query = f"SELECT {_FIELDS} FROM annotations WHERE {where} ORDER BY modified DESC, id"
        return [_annotation(row) for row in self._connection.execute(query, values)]

    def ask(self, query: Query, typed: str = "", limit: int = -1, by_actor: ByActor | None = None) -> list[Annotation]:
        """The annotations that answer a query, the last changed first; `refresh` first to have what is new.

        Args:
            typed: what the query was read from.
            by_actor: `store.notes_actors.ActorNotes.ids`; without it notes are asked for no actors.

        Raises:
            QueryError: it asks what notes do not have.
        """
        condition = compile_notes(query, typed, date.fromisoformat(now()[:10]), by_actor)
        sql = f"SELECT {_FIELDS} FROM annotations WHERE {condition.sql} ORDER BY modified DESC, id LIMIT ?"
        return [_annotation(row) for row in self._connection.execute(sql, (*condition.values, limit))]

    def on_articles(self, ids: Iterable[str]) -> list[Annotation]:
        """The annotations of the articles of these ids."""
        sql = f"SELECT {_FIELDS} FROM annotations WHERE article IN (SELECT value FROM json_each(?))"
        return [_annotation(row) for row in self._connection.execute(sql, (json.dumps(list(ids)),))]

    def articles(self, mark: str, value: str = "") -> str:
        """The ids of the articles that are marked so, as a JSON array.

        Args:
            mark: `highlight` or `note`; `color` with 1 to 5, or `tag` with a tag (a star ends its beginning), as value.
        """
        tests = {"highlight": "is_highlight", "note": "text <> ''", "color": "colour = ?", "tag": "instr(folded, ?)"}
        folded = f"\n#{sound(value.strip().lstrip('#')).casefold()}"
        values = {"color": (value,), "tag": (folded.removesuffix("*") if folded.endswith("*") else f"{folded}\n",)}
        query = f"SELECT json_group_array(DISTINCT article) FROM annotations WHERE {tests[mark]}"
        return str(self._connection.execute(query, values.get(mark, ())).fetchone()[0])

    def tags(self) -> dict[str, int]:
        """Every tag with the number of annotations that have it, the commonest first."""
        query = """SELECT value, count(*) FROM annotations, json_each(annotations.tags)
            GROUP BY value ORDER BY count(*) DESC, value"""
        return dict(self._connection.execute(query).fetchall())

    def _take_in(self, name: str, stamp: str | None) -> str:
        self._connection.execute("DELETE FROM annotations WHERE file = ?", (name,))
        self._connection.execute("DELETE FROM files WHERE name = ?", (name,))
        self.corrections.forget(name)
        if stamp is None:
            return ""
        try:
            kept = read_kept(self._home.notes / name)
        except NotebookError as error:
            return str(error)
        self._connection.executemany(f"INSERT INTO annotations VALUES ({', '.join('?' * 15)})", _rows(name, kept))
        self.corrections.take_in(name, _article(name, kept), kept.corrections)
        self._connection.execute("INSERT INTO files VALUES (?, ?)", (name, stamp))
        return ""


def index_path(home: Home) -> Path:
    """The index's file."""
    return home.root / "notes-index.db"


def remove_index(home: Home) -> None:
    """Remove the index's files, so that the next one is made anew. Raises OSError."""
    for tail in ("", "-wal", "-shm", "-journal"):
        index_path(home).with_name(index_path(home).name + tail).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.touch(mode=0o600)
        connection = connect(str(path))
        try:
            return _laid_out(connection)
        except sqlite3.Error:
            connection.close()
            raise
    except (sqlite3.Error, OSError):
        return _laid_out(connect(":memory:"))


def _laid_out(connection: sqlite3.Connection) -> sqlite3.Connection:
    # What can be derived again needs no sync.
    connection.execute("PRAGMA synchronous = OFF")
    connection.create_function("casefolded", 1, str.casefold, deterministic=True)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("the index is damaged")
    if connection.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
        with transaction(connection):
            for statement in _TABLES:
                connection.execute(statement)
    return connection


def _rows(name: str, kept: Kept) -> Iterator[tuple[str | int, ...]]:
    by_highlight: dict[str, list[Note]] = {}
    known = {highlight.id for highlight in kept.highlights}
    for note in kept.notes:
        by_highlight.setdefault(note.highlight if note.highlight in known else "", []).append(note)
    for highlight in kept.highlights:
        yield _row(name, kept, highlight, by_highlight.get(highlight.id, []))
    for note in by_highlight.get("", []):
        yield _row(name, kept, None, [note])


def _row(name: str, kept: Kept, highlight: Highlight | None, notes: list[Note]) -> tuple[str | int, ...]:
    things: Iterable[Highlight | Note] = [*([highlight] if highlight else []), *notes]
    tags = list(dict.fromkeys(sound(tag) for thing in things for tag in thing.tags))
    text = sound("\n\n".join(note.text for note in notes))
    quote = sound(highlight.selector.exact) if highlight else ""
    title, source = sound(kept.article.title), sound(kept.article.source)
    first = next(iter(things))
    place = (highlight.colour, highlight.selector.start) if highlight else (0, 0)
    folded = "\n".join([title, quote, text, *(f"#{tag}" for tag in tags), ""]).casefold()
    which = (name, _article(name, kept), title, source, first.id)
    head = (*which, int(highlight is not None), quote, text, json.dumps(tags))
    version = highlight.selector.version if highlight else ""
    return *head, *place, first.created, max(thing.modified for thing in things), version, folded


def _article(name: str, kept: Kept) -> str:
    return kept.article.id or name.removesuffix(".json")


def _annotation(row: sqlite3.Row) -> Annotation:
    values = dict(row)
    values["is_highlight"] = bool(values["is_highlight"])
    return Annotation(**{**values, "tags": tuple(json.loads(values["tags"]))})


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116 (a Path costs more than the call)
    except OSError:
        return "gone"
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"
