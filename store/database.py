"""The library's SQLite file: opening and migrating it, and what happens when it is damaged.

What its tables look like stands in `store.schema`, what is kept in them and how it is asked in `store.library`.
"""

import contextlib
import errno
import functools
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from store.errors import LibraryError
from store.schema import FUNCTIONS, MIGRATIONS, PAGE_SIZE

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""


def open_file(path: Path) -> sqlite3.Connection:
    """The database at `path`, made (0600) when it is not there, and brought up to the present schema.

    Raises:
        LibraryError: when a newer briefbook wrote it; it is left untouched.
        OSError, sqlite3.Error: when it cannot be opened or written, or is damaged (`is_damaged`).
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.close(descriptor)
    connection = connect(str(path))
    try:
        _refuse_newer(connection, path)
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _bring_up_to_date(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Migrate the file, backed up before if it is of an older form; of several processes one does, the others wait."""
    if not _is_old(connection):
        migrate(connection)
        return
    with _locked(path, "it is of an older form"):
        if _is_old(connection):
            _back_up(connection, path)
        migrate(connection)


def _is_old(connection: sqlite3.Connection) -> bool:
    return 0 < _user_version(connection) < len(MIGRATIONS)


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Keep the file as it is beside it, for whoever wants to go back: `library-before-2.db`."""
    backup = path.with_name(f"{path.stem}-before-{len(MIGRATIONS)}{path.suffix}")
    beside = backup.with_name(f".{backup.name}.new")
    os.close(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with contextlib.closing(sqlite3.connect(beside)) as target:
        connection.backup(target)
    beside.replace(backup)


def connect(name: str) -> sqlite3.Connection:
    """A connection that every thread may use in turn, without transactions of its own making."""
    connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.text_factory = functools.partial(str, encoding="utf-8", errors="surrogatepass")
    connection.execute("PRAGMA foreign_keys = ON")
    for function in FUNCTIONS:
        connection.create_function(function.__name__, 1, function, deterministic=True)
    return connection


def in_memory(path: Path) -> sqlite3.Connection:
    """A database in memory that begins with what can be read of the file at `path`, however little."""
    connection = connect(":memory:")
    # `immutable`: where no lock can be written, SQLite reads on this promise only; what is in the log file is missed.
    source = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(source, uri=True)) as file:
        file.backup(connection)
    try:
        _refuse_newer(connection, path)
        if _complaint(connection):
            raise sqlite3.DatabaseError("damaged")
        migrate(connection)
    except sqlite3.DatabaseError:
        connection.close()
        connection = connect(":memory:")
        migrate(connection)
    return connection


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    if _user_version(connection) > len(MIGRATIONS):
        raise LibraryError("a newer briefbook wrote this library", path, "update briefbook; nothing was changed")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, all of it or nothing."""
    if _user_version(connection) == len(MIGRATIONS):
        return
    with transaction(connection):
        for steps in MIGRATIONS[_user_version(connection) :]:
            for step in steps:
                connection.execute(step) if isinstance(step, str) else step(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _user_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that the body writes, or nothing of it; other processes wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether `error` says that the file is no database or a spoilt one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_whole(path: Path) -> bool:
    try:
        with contextlib.closing(connect(str(path))) as connection:
            return not _complaint(connection)
    except sqlite3.Error:
        return False


def inspect(path: Path) -> tuple[str, int]:
    """What is wrong with the file (empty when nothing), and how many articles it has. Reads all, changes nothing."""

    def work(connection: sqlite3.Connection) -> tuple[str, int]:
        return _complaint(connection), int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    try:
        return look_into(path, work)
    except LibraryError:
        return "a newer briefbook wrote it", 0
    except sqlite3.Error as error:
        return str(error), 0


def look_into(path: Path, work: Callable[[sqlite3.Connection], T]) -> T:
    """What `work` reads of the file, of whatever form it is; nothing is changed.

    Raises:
        LibraryError: a newer briefbook wrote it.
        sqlite3.Error: it cannot be read, or is damaged.
    """

    def look(mode: str) -> T:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
            _refuse_newer(connection, path)
            return work(connection)

    try:
        return look("mode=ro")
    except sqlite3.Error:
        return look("mode=ro&immutable=1")  # where SQLite cannot lay its log beside the file


def _complaint(connection: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file; empty when nothing."""
    rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    return "" if rows[0][0] == "ok" else str(rows[0][0])


def advice(error: sqlite3.Error) -> str:
    """What to do about `error`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {
        sqlite3.SQLITE_FULL: "free some space on that disk",
        sqlite3.SQLITE_BUSY: "another briefbook is writing; try again",
        sqlite3.SQLITE_READONLY: "make it writable",
    }.get(code, "run `briefbook doctor`")


def set_aside(path: Path) -> Path | None:
    """Rename a damaged file, with what SQLite keeps beside it, and return the new name.

    None when it is whole: then another process has replaced it in the meantime. Raises OSError when it cannot be
    locked or renamed.
    """
    with _locked(path, "it is damaged"):
        return None if _is_whole(path) else _rename(path)


@contextlib.contextmanager
def _locked(path: Path, state: str) -> Iterator[None]:
    """The file for this process alone; `state` says in the OSError what it needs that for, when it cannot be had."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"), mode=0o600, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise OSError(errno.EBUSY, f"{state}, and another process keeps it locked", path) from error
    except NotImplementedError as error:
        raise OSError(errno.ENOTSUP, f"{state}, and nothing can be locked in its folder", path) from error
    try:
        yield
    finally:
        lock.release()


def _rename(path: Path) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    aside = path.with_name(f"{path.stem}-damaged-{moment}{path.suffix}")
    for tail in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + tail).rename(aside.with_name(aside.name + tail))
    return aside
