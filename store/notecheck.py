"""Looking over the notes, and putting right what can be: what `briefbook doctor` says of them.

Every finding is one sentence and what to do. Mending never removes anything that the reader wrote.
"""

import re
import shlex
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store.canonical import canonical
from store.database import look_into
from store.durable import DurableStorage
from store.errors import LibraryError, NotebookError, printable
from store.everywhere import EVERYWHERE_FORM, everywhere_is_behind, follow_all
from store.home import Home, reason
from store.lost_notes import Lost, LostNotes, made_in
from store.notefile import (
    ARTICLE,
    CORRECTIONS,
    FORM,
    HIGHLIGHTS,
    NOTES,
    everywhere_path,
    notes_files,
    notes_path,
    read_kept,
)
from store.notes_index import NotesIndex, index_path, remove_index
from store.query_conditions import raw
from store.recorder import Recorder
from store.tablefile import DamagedError, Format, Tables, copy_name, decode, fresh_name
from store.undo import Change

_CONFLICT = re.compile(r"(?P<id>[0-9A-Za-z_-]+)\.sync-conflict-[\w-]+\.json")
"""How Syncthing names the other machine's file when both changed one."""
_MOST_LOST = 20
"""Notes files without their article that are told one by one."""
_FIX = "run `briefbook doctor --fix`"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    subject: str
    """The file's name."""
    message: str
    """One sentence without a full stop."""
    advice: str = ""
    """What to do; empty when nothing is to be done."""
    bad: bool = True
    """False for what is merely told: it is in order, or was put right."""

    def __str__(self) -> str:
        return str(NotebookError(self.message, self.subject, self.advice))


def check(home: Home) -> list[Finding]:
    """What is to be said of the notes; writes nothing."""
    found = [finding for path, form in _files(home) for finding in _check_file(path, form)]
    found += [finding for path in _beside(home) for finding in _check_beside(path)]
    if everywhere_is_behind(home):
        found.append(Finding(everywhere_path(home).name, "it is not what the notes files say", _FIX))
    bad = {finding.subject for finding in found if finding.bad}
    good = sum(path.name not in bad for path, _ in _files(home))
    return [*found, Finding(home.notes.name, f"{good} of {len(list(_files(home)))} files are in order", bad=False)]


def lost(home: Home) -> list[Finding]:
    """The notes whose article is not in the library, the last changed first, and how each comes back to it.

    None while the library cannot be read: that is to be mended first. Writes nothing.
    """

    def work(connection: sqlite3.Connection) -> list[Finding]:
        return list(_told(home, LostNotes(home).beside(connection), lambda one: _came_again(connection, one)))

    try:
        if home.library.exists():
            found = look_into(home.library, work)
        else:
            every = LostNotes(home).of(path.stem for path in notes_files(home))
            found = list(_told(home, every, lambda one: ""))
    except (LibraryError, sqlite3.Error):
        return []
    more = len(found) - _MOST_LOST
    rest = [Finding(home.notes.name, f"{more} more files have notes whose article is not in the library", bad=False)]
    return [*found[:_MOST_LOST], *(rest if more > 0 else [])]


def _came_again(connection: sqlite3.Connection, one: Lost) -> str:
    """The id of another article in the library that is from the same source; empty when there is none."""
    query = "SELECT a.id FROM sources s JOIN articles a ON a.number = s.article WHERE s.source = CAST(? AS TEXT)"
    row = connection.execute(query, (raw(one.source),)).fetchone() if one.source else None
    return str(row[0]) if row else ""


def _told(home: Home, found: Iterable[Lost], came_again: Callable[[Lost], str]) -> Iterator[Finding]:
    """A finding on each, but for those without anything, or with nothing that does not stand in the other article."""
    for one in found:
        other = came_again(one)
        if one.made - (_made_on(home, other) if other else frozenset()):
            yield _lost(home, one, bool(other))


def _made_on(home: Home, id_: str) -> frozenset[str]:
    try:
        return made_in(read_kept(notes_path(home, id_)))
    except NotebookError:
        return frozenset()


def _lost(home: Home, one: Lost, came_again: bool) -> Finding:
    title, source = printable(one.header.title), one.header.source
    if came_again:
        file = shlex.quote(str(notes_path(home, one.id)))
        advice = f"run `briefbook import {printable(file)}`: another article has come from there since"
    elif not one.source:
        advice = "add its text again; the notes are found by it"
    elif Path(source).is_file() or canonical(source).startswith("https://"):
        advice = f"run `briefbook add {printable(shlex.quote(source))}`, and they stand in it again"
    else:
        advice = "open its source again, and they stand in it again"
    whence = f" from {printable(source)}" if one.source else ""
    message = f"it has notes on an article that is not in the library: {title}{whence}"
    return Finding(f"{one.id}.json", message, advice, bad=False)


def mend(home: Home) -> list[Finding]:
    """Put right what can be; what was done, and then what `check` has to say.

    Damaged files are set aside and their last good copy used, missing copies are made, conflicting copies of a
    synchroniser joined, leftovers of interrupted writes removed, access narrowed to the owner, the file of what holds
    everywhere and the index made anew.
    """
    done = [finding for path, form in _files(home) for finding in _mend_file(path, form)]
    done += [finding for path in _beside(home) for finding in _mend_beside(home, path)]
    if everywhere_is_behind(home):
        done += _done(everywhere_path(home), lambda: follow_all(home), "it was made anew from the notes files")
    done += _done(index_path(home), lambda: _make_index(home), "the index of all notes was made anew")
    return [*done, *check(home)]


def _files(home: Home) -> Iterator[tuple[Path, Format]]:
    for path in notes_files(home):
        yield path, FORM
    if everywhere_path(home).exists() or copy_name(everywhere_path(home)).exists():
        yield everywhere_path(home), EVERYWHERE_FORM


def _beside(home: Home) -> list[Path]:
    return sorted(home.notes.iterdir()) if home.notes.is_dir() else []


def _check_file(path: Path, form: Format) -> Iterator[Finding]:
    try:
        main = _tables(path, form)
    except NotebookError as error:
        yield Finding(path.name, error.message, error.advice)
    except DamagedError as damage:
        yield Finding(path.name, f"it could not be read ({damage})", f"{_FIX}, which takes its last good copy")
    else:
        if not _has_copy_of(main, path, form):
            yield Finding(path.name, "its last good copy is missing or another", _FIX)


def _check_beside(path: Path) -> Iterator[Finding]:
    if path.name.endswith(".new"):
        yield Finding(path.name, "a write was interrupted here; nothing was lost", _FIX)
    elif ".damaged-" in path.name:
        yield Finding(
            path.name, "it was set aside because it could not be read", "remove it if nothing is missing", bad=False
        )
    elif _CONFLICT.match(path.name):
        yield Finding(path.name, "two machines changed these notes at once", f"{_FIX}, which joins them")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding(path.name, "others than its owner have access to it", _FIX)


def _mend_file(path: Path, form: Format) -> list[Finding]:
    def store() -> str:
        storage = DurableStorage(path, form)
        storage.repair()
        return storage.problem.removeprefix(f"{printable(str(storage.path))}: ")

    try:
        damaged = not _has_copy_of(_tables(path, form), path, form)
    except (DamagedError, NotebookError):
        damaged = True
    return _done(path, store, "its last good copy was made anew") if damaged else []


def _mend_beside(home: Home, path: Path) -> list[Finding]:
    if path.name.endswith(".new"):
        return _done(path, lambda: path.unlink(missing_ok=True), "what an interrupted write left was removed")
    if match := _CONFLICT.match(path.name):
        return _done(
            path, lambda: _join(notes_path(home, match["id"]), path), "it was joined with the notes of this machine"
        )
    if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return _done(path, lambda: path.chmod(0o600), "only its owner has access to it now")
    return []


def _done(path: Path, work: Callable[[], object], message: str) -> list[Finding]:
    """What `work` on `path` came to: its own sentence, else `message`, else why it failed."""
    try:
        said = work()
    except (NotebookError, OSError) as error:
        why = error.message if isinstance(error, NotebookError) else reason(error)
        return [Finding(path.name, f"it could not be put right ({why})", "give access and make room, then try again")]
    return [Finding(path.name, said if isinstance(said, str) and said else message, bad=False)]


def _join(path: Path, conflict: Path) -> None:
    """Add what another machine wrote: what is only there, and of what both have, what was changed last."""
    other = _tables(conflict, FORM)

    def take(change: Change) -> None:
        for table in (ARTICLE, HIGHLIGHTS, NOTES, CORRECTIONS):
            for document in other.get(table, {}).values():
                own = change.get(table, document["id"])
                if own is None or own.get("modified", "") < document.get("modified", ""):
                    change.put(table, document)

    Recorder(path, FORM, lambda change: None).make("notes of another machine joined", take)
    conflict.chmod(0o600)
    conflict.rename(fresh_name(path, "joined"))


def _make_index(home: Home) -> None:
    remove_index(home)
    with closing(NotesIndex(home)) as index:
        index.refresh()


def _has_copy_of(tables: Tables, path: Path, form: Format) -> bool:
    try:
        return _tables(copy_name(path), form) == tables
    except (DamagedError, NotebookError):
        return False


def _tables(path: Path, form: Format) -> Tables:
    """Raises DamagedError or NotebookError."""
    try:
        return decode(path.read_bytes(), form, path)
    except FileNotFoundError as error:
        raise DamagedError("it is gone") from error
    except OSError as error:
        raise NotebookError(f"it cannot be read ({reason(error)})", path, "make it readable") from error
