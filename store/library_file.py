"""The open library file as everything that keeps something in it shares it: reading, writing, and living on when the
file is damaged or cannot be written. What is kept is the business of `store.library` and its neighbours.
"""

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from store import database
from store.errors import LibraryError
from store.home import reason

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class LibraryFile:
    """The database at `path`, made when it is not there. Any thread may call it; they take turns.

    A damaged file is set aside and what can be read of it is put into a new one; where nothing can be written there is
    one in memory. Both are told in `problem`.

    Raises:
        LibraryError: when a newer briefbook wrote the file, or a damaged text keeps it from being brought up to date;
            it is left untouched.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        """One sentence on what is wrong with the file; empty when nothing is."""
        self._lock = threading.RLock()
        self._state = 0
        try:
            self._connection = self._open()
        except (zlib.error, UnicodeError) as error:
            raise self._damaged_text(error) from error

    def _open(self) -> sqlite3.Connection:
        try:
            return database.open_file(self.path)
        except sqlite3.DatabaseError as error:
            return self._replace_damaged(error) if database.is_damaged(error) else self._in_memory(error)
        except OSError as error:
            return self._in_memory(error)

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        with self._lock:
            self._connection.close()

    def changed_outside(self) -> bool:
        """Whether another connection has written since this was asked last."""
        before = self._state
        self._state = int(self.read(lambda connection: connection.execute("PRAGMA data_version").fetchone()[0]))
        return before not in (0, self._state)

    def read(self, work: Work[T]) -> T:
        """What `work` gives; it must not write.

        Raises:
            LibraryError: when the file cannot be read.
        """
        return self._do(work)

    def read_beside(self, work: Work[T]) -> T:
        """What `work` gives; it must not write, and may take long: nobody who reads or writes meanwhile waits for it.

        It sees what was written when it began. About a millisecond more than `read`.

        Raises:
            LibraryError: when the file cannot be read.
        """
        where = "SELECT file FROM pragma_database_list WHERE name = 'main'"
        if not self.read(lambda connection: connection.execute(where).fetchone()[0]):
            return self.read(work)  # what is in memory has one connection only
        try:
            with contextlib.closing(database.connect(str(self.path))) as connection:
                return work(connection)
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"the library failed ({reason(error)})", self.path, database.advice(error)) from error

    def write(self, work: Work[T]) -> T:
        """What `work` gives, its changes made all together or, when it fails, not at all.

        Raises:
            LibraryError: when it cannot be written.
        """

        def in_transaction(connection: sqlite3.Connection) -> T:
            with database.transaction(connection):
                return work(connection)

        return self._do(in_transaction)

    def _do(self, work: Work[T]) -> T:
        """Do `work`; when the file turns out to be damaged, once more on a new one."""
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                if not database.is_damaged(error):
                    raise LibraryError(
                        f"the library failed ({reason(error)})", self.path, database.advice(error)
                    ) from error
                self._connection.close()
                self._connection = self._replace_damaged(error)
                try:
                    return work(self._connection)
                except sqlite3.DatabaseError as again:
                    raise LibraryError(
                        f"the library failed ({reason(again)})", self.path, database.advice(again)
                    ) from again
            except (zlib.error, UnicodeError) as error:
                raise self._damaged_text(error) from error

    def _replace_damaged(self, damage: sqlite3.DatabaseError) -> sqlite3.Connection:
        from store import rebuild

        try:
            aside = database.set_aside(self.path)
            connection = database.open_file(self.path)
            if aside is None and damage.sqlite_errorcode == sqlite3.SQLITE_CORRUPT_VTAB:
                with database.transaction(connection):
                    rebuild.index_all(connection)
        except (OSError, sqlite3.Error) as error:
            return self._in_memory(error)
        if aside:
            saved = rebuild.from_damaged(aside, connection)
            what = f"{saved} of its articles were saved" if saved else "a new one is begun"
            self.problem = self._sentence(
                f"the library was damaged and {what}", f"your notes are safe; the old file is {aside.name}"
            )
        return connection

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        """A library for this session only, with what could be read of the file."""
        message = f"the library cannot be written ({reason(error)}), so nothing new in it is kept after this session"
        self.problem = self._sentence(message, "make the file and its folder writable")
        return database.in_memory(self.path)

    def _damaged_text(self, error: Exception) -> LibraryError:
        message = f"a text in the library is damaged ({reason(error)})"
        return LibraryError(message, self.path, "open the article's source again")

    def _sentence(self, message: str, advice: str) -> str:
        return str(LibraryError(message, self.path, advice))
