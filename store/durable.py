"""The TinyDB storage that loses nothing: atomic, synced, locked, versioned, with a last good copy beside.

It knows tables of documents and files, not what the documents mean. A file `x.json` has beside it `.x.json.copy` (the
last good copy, the same bytes), `.x.json.lock` and, for the time of a write, `.x.json.new`. What could not be read is
kept as `x.json.damaged-...`, the file of an older format as `x.json.format-...`; nothing is ever written over those.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tinydb.storages import Storage

from store import atomic
from store.errors import NotebookError
from store.home import reason
from store.tablefile import DamagedError, Format, Tables, copy_name, decode, encode, fresh_name, lock_name, number_of

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_SECONDS = 10.0
"""How long a save waits for other processes; each holds the lock for the time of one save."""


class DurableStorage(Storage):
    """Keeps TinyDB tables in one JSON file. Reading needs no lock; TinyDB may write only within `change`.

    Opening reads, and writes nothing unless the file is damaged: then that is set aside and `problem` says so.

    Args:
        path: the file; it need not exist.
        form: what it must hold.

    Raises:
        NotebookError: the file is of a newer format, or cannot be read for another reason than damage.
    """

    def __init__(self, path: Path, form: Format) -> None:
        # A link to a file that lives elsewhere (a git checkout) must stay a link.
        self.path = Path(os.path.realpath(path))
        self.copy = copy_name(self.path)
        self.problem = ""
        """One sentence when the file could not be read and something else is shown; else empty."""
        self._form = form
        self._lock: BaseFileLock | None = None
        self._changing = False
        self._tables: Tables | None = None
        self._bytes: bytes | None = None
        self._differs = True
        self._stamp: tuple[int, ...] | None = None
        self.reload()

    def read(self) -> Tables | None:
        """What is in memory: the file as last read with the changes since; None when there is nothing yet."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Take `data` into memory; the end of `change` brings it onto the disk."""
        if not self._changing:
            raise RuntimeError("a durable storage is written to within change() only")
        self._tables = data

    @contextmanager
    def change(self, *, always: bool = False) -> Iterator[bool]:
        """Lock, read the file anew, let the body change the tables, write, unlock. The body always runs.

        Args:
            always: write also when nothing changed.

        Yields:
            True: the tables are what the file holds. False: the file could not be reached; the body works on what is
            in memory, and the error is raised after it.

        Raises:
            NotebookError: the change is in memory but not on the disk; the sentence says why.
        """
        with self._hold() as unlocked:
            failure = unlocked or self._take_in_or_mend()
            self._changing = True
            try:
                yield failure is None
            except BaseException:
                self.go_back()
                raise
            finally:
                self._changing = False
            if failure is not None:
                raise failure
            self._save(always)

    @contextmanager
    def rehearse(self) -> Iterator[None]:
        """Let the body change the tables in memory only; the next `change` or `reload` forgets that."""
        self._differs = self._changing = True
        try:
            yield
        finally:
            self._changing = False

    def stale(self) -> bool:
        """Whether the file is another one than was last read or written. Costs one `stat`."""
        return self._stamp != stamp(self.path)

    def reload(self) -> None:
        """Take in what the file holds now; changes that were not written are forgotten.

        Raises:
            NotebookError: as when opening; what was in memory stays.
        """
        try:
            self._take_in()
        except DamagedError as damage:
            with self._hold() as unlocked:
                self._mend(str(damage), unlocked)

    def go_back(self) -> None:
        """Forget, without a look at the disk, what was changed in memory since the file was last read or written."""
        self._tables = None if self._bytes is None else decode(self._bytes, self._form, self.path)
        self._differs = True

    def repair(self) -> None:
        """Write the file and its last good copy anew from what the file holds. Raises NotebookError."""
        with self.change(always=True):
            pass

    def content(self) -> bytes:
        """The bytes of a file that holds the tables in memory."""
        return encode(self._tables or {}, self._form)

    @contextmanager
    def _hold(self) -> Iterator[NotebookError | None]:
        """Hold the file's lock; yields the reason when it cannot be had."""
        from filelock import FileLock, Timeout

        failure = None
        try:
            atomic.make_folder(self.path.parent)
            self._lock = self._lock or FileLock(lock_name(self.path), mode=0o600, poll_interval=0.004)
            self._lock.acquire(timeout=LOCK_SECONDS)
        except Timeout:
            failure = NotebookError("another process keeps it locked", self.path, "close the other one, then try again")
        except (OSError, NotImplementedError) as error:
            failure = cannot_save(self.path, error)
        try:
            yield failure
        finally:
            if self._lock is not None and failure is None:
                self._lock.release()

    def _take_in(self) -> None:
        """Read and understand the file. Raises DamagedError, or NotebookError when it is not damage."""
        try:
            data, read = _read(self.path)
        except OSError as error:
            raise NotebookError(f"it cannot be read ({reason(error)})", self.path, "make it readable") from error
        if data is None and self.copy.exists():
            raise DamagedError("it is gone")
        if self._differs or data != self._bytes:
            self._tables = None if data is None else decode(data, self._form, self.path)
        self._bytes, self._stamp, self._differs = data, read, False

    def _take_in_or_mend(self) -> NotebookError | None:
        try:
            self._take_in()
        except DamagedError as damage:
            return self._mend(str(damage), None)
        except NotebookError as error:
            return error
        return None

    def _mend(self, damage: str, unlocked: NotebookError | None) -> NotebookError | None:
        """Set the damaged file aside and go on with the last good copy; returns why that could not be done."""
        with suppress(DamagedError):
            self._take_in()
            return None  # another process has put it right since
        tables = self._read_copy()
        aside, failure = "", unlocked
        try:
            if failure is None:
                aside = self._set_aside(tables)
        except OSError as error:
            failure = cannot_save(self.path, error)
        self._tables, self._stamp, self._differs = tables, stamp(self.path), True
        self._bytes = None if tables is None else encode(tables, self._form)
        self.problem = _what_happened(self.path, damage, aside, failure, tables is not None)
        return failure

    def _set_aside(self, tables: Tables | None) -> str:
        """Move what is damaged to new names and put the copy's `tables` in its place; the new name, if any."""
        damaged = [path for path in (self.path, *(() if tables is not None else (self.copy,))) if path.exists()]
        names = [set_aside(path) for path in damaged]
        if tables is not None:
            atomic.write(self.path, encode(tables, self._form))
        else:
            atomic.sync_folder(self.path.parent)
        return names[0].name if names else ""

    def _read_copy(self) -> Tables | None:
        try:
            data, _ = _read(self.copy)
            return None if data is None else decode(data, self._form, self.copy)
        except (DamagedError, OSError):
            return None

    def _save(self, always: bool) -> None:
        data, before = self.content(), self._bytes
        if (data == before and not always) or self._tables is None:
            return
        # Until the write is known to be done, the next change must read anew.
        self._differs = True
        try:
            if before is not None and (number := number_of(before, self._form)) != self._form.number:
                atomic.write(fresh_name(self.path, f"format-{number}"), before)
            atomic.write_all({self.path: data, self.copy: data})
        except OSError as error:
            raise cannot_save(self.path, error) from error
        self._bytes, self._stamp, self._differs = data, stamp(self.path), False


def set_aside(path: Path) -> Path:
    """Give a damaged file a new name; its bytes stay as they are. Raises OSError."""
    return path.rename(fresh_name(path, "damaged"))


def cannot_save(path: Path, error: BaseException) -> NotebookError:
    """The sentence for a save that `error` prevented."""
    return NotebookError(
        f"it cannot be saved ({reason(error)})",
        path,
        "the change is kept in memory; make room or access, or save elsewhere",
    )


def _what_happened(path: Path, damage: str, aside: str, failure: NotebookError | None, good: bool) -> str:
    where = f", and was set aside as {aside}" if aside else ""
    if failure is not None:
        where = f", and cannot be set aside yet: {failure.message}"
    used = "its last good copy is used" if good else "there is no good copy, so it starts empty"
    return str(NotebookError(f"it could not be read ({damage}){where}", path, used))


def _read(path: Path) -> tuple[bytes | None, tuple[int, ...] | None]:
    """The bytes of `path` and the stamp of the very file they came from; None and None when there is none."""
    try:
        with path.open("rb") as file:
            return file.read(), _stamp_of(os.fstat(file.fileno()))
    except FileNotFoundError:
        return None, None


def stamp(path: Path) -> tuple[int, ...] | None:
    """Tells the file at `path` from every other that was or will be there; None when there is none. Costs a `stat`."""
    try:
        return _stamp_of(path.stat())
    except OSError:
        return None


def _stamp_of(status: os.stat_result) -> tuple[int, ...]:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
