"""Bytes onto the disk so that they survive a kill and a power cut: written beside, synced, renamed, folder synced.

Only how a file is replaced is decided here; what is in it, who may write and when is the business of the callers.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

PRIVATE = 0o600
"""The mode of files that are for their owner alone."""

_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What file systems answer that have nothing to sync in a folder (some network and FUSE ones)."""


def write(path: Path, data: bytes | Iterable[bytes], mode: int | None = PRIVATE) -> None:
    """Replace or make the file `path`, or what it links to, so that it has its old or its new bytes at any moment.

    Of two that write it at once, the last one wins. Cost, folders and errors are those of `write_all`.

    Args:
        data: all of it, or its pieces, of which one at a time is held; when they raise, what was there stays.
        mode: None for what is the reader's own: a file that is there keeps its mode, a new one gets what other
            programs' new files get.
    """
    path = Path(os.path.realpath(path))
    if mode is None and path.exists():
        mode = S_IMODE(path.stat().st_mode) & 0o777
    beside = path.with_name(f".briefbook-{secrets.token_hex(4)}.new")
    _replace({path: (beside, (data,) if isinstance(data, bytes) else data)}, mode)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace or make each of `files`, all in one folder, mode 0600, so that each has its old or its new bytes.

    All bytes are on the disk before the first name changes, and when this returns the names are too. Missing folders
    are made (0700). The caller sees to it that no other process writes the same files meanwhile: each is written to
    `.<name>.new` first, over what an interrupted write has left there.

    Costs one sync a file and one for the folder; with the first file, one more for the folder above.

    Raises:
        OSError: nothing was changed, unless a rename or the sync of the folder itself failed.
    """
    beside = {path: path.with_name(f".{path.name.removeprefix('.')}.new") for path in files}
    _replace({path: (beside[path], (data,)) for path, data in files.items()}, PRIVATE)


def _replace(files: Mapping[Path, tuple[Path, Iterable[bytes]]], mode: int | None) -> None:
    """Replace files; with each path are given the name beside it that is written first, and its new bytes."""
    first = next(iter(files))
    make_folder(first.parent)
    fresh = not first.exists()
    try:
        _write_synced(files.values(), mode)
        for path, (beside, _) in files.items():
            beside.replace(path)
    except BaseException:
        for beside, _ in files.values():
            with suppress(OSError):
                beside.unlink()
        raise
    sync_folder(first.parent)
    if fresh:
        sync_folder(first.parent.parent)  # who made the folder need not have synced its name


def make_folder(folder: Path) -> bool:
    """Make `folder` and what is missing above it, mode 0700, names synced; True when it was missing."""
    if folder.is_dir():
        return False
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` onto the disk.

    Raises:
        OSError: when the disk says that it failed; a file system that knows no such thing is passed over, and so is a
            folder that may be written to or passed through, but not read.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _write_synced(files: Iterable[tuple[Path, Iterable[bytes]]], mode: int | None) -> None:
    with ExitStack() as stack:
        # All are written before the first sync: file systems then bring them onto the disk in one go.
        written = [stack.enter_context(_written(path, pieces, mode)) for path, pieces in files]
        for file in written:
            _sync(file.fileno())


def _written(path: Path, pieces: Iterable[bytes], mode: int | None) -> BinaryIO:
    path.unlink(missing_ok=True)
    # O_EXCL follows no link: one that somebody lays at the name beside must not lead the bytes elsewhere.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else PRIVATE)
    with ExitStack() as stack:
        file = stack.enter_context(os.fdopen(descriptor, "wb"))
        if mode is not None:
            os.fchmod(descriptor, mode)
        file.writelines(pieces)
        file.flush()
        stack.pop_all()
    return file


def _sync(descriptor: int) -> None:
    # macOS: fsync leaves the bytes in the drive's cache, F_FULLFSYNC does not.
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        with suppress(OSError):
            fcntl.fcntl(descriptor, full)
            return
    os.fsync(descriptor)
