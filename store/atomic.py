"""Bytes onto the disk so that they survive a kill and a power cut: written beside, synced, renamed, folder synced.

Only how a file is replaced is decided here; what is in it, who may write and when is the business of the callers.
"""

import errno
import fcntl
import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What file systems answer that have nothing to sync in a folder (some network and FUSE ones)."""


def write(path: Path, data: bytes) -> None:
    """Replace or make the file `path` with `data`, mode 0600. See `write_all`."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace or make each of `files`, all in one folder, so that each has its old or its new bytes at any moment.

    All bytes are on the disk before the first name changes, and when this returns the names are too. Missing folders
    are made (0700). The caller sees to it that no other process writes the same files meanwhile.

    Costs one sync a file and one for the folder.

    Raises:
        OSError: nothing was changed, unless a rename or the sync of the folder itself failed.
    """
    paths = list(files)
    folder = paths[0].parent
    make_folder(folder)
    fresh = not paths[0].exists()
    beside = {path: beside_name(path) for path in paths}
    try:
        _write_synced({beside[path]: files[path] for path in paths})
        for path in paths:
            beside[path].replace(path)
    except OSError:
        for leftover in beside.values():
            with suppress(OSError):
                leftover.unlink()
        raise
    sync_folder(folder)
    if fresh:
        sync_folder(folder.parent)


def beside_name(path: Path) -> Path:
    """Where the new bytes of `path` are written first; what an interrupted write leaves there is written over."""
    return path.with_name(f".{path.name.removeprefix('.')}.new")


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
        OSError: when the disk says that it failed; a file system that knows no such thing is passed over.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _write_synced(files: Mapping[Path, bytes]) -> None:
    with ExitStack() as stack:
        # All are written before the first sync: file systems then bring them onto the disk in one go.
        written = [stack.enter_context(_written(path, data)) for path, data in files.items()]
        for file in written:
            _sync(file.fileno())


def _written(path: Path, data: bytes) -> BinaryIO:
    # O_NOFOLLOW: a link that somebody laid at the name beside must not lead the bytes elsewhere.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with ExitStack() as stack:
        file = stack.enter_context(os.fdopen(descriptor, "wb", buffering=0))
        os.fchmod(descriptor, 0o600)
        _write_whole(file, data)
        stack.pop_all()
    return file


def _write_whole(file: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _sync(descriptor: int) -> None:
    # macOS: fsync leaves the bytes in the drive's cache, F_FULLFSYNC does not.
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        with suppress(OSError):
            fcntl.fcntl(descriptor, full)
            return
    os.fsync(descriptor)
