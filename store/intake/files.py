"""Which files are read, in which order, and the guarded way to their bytes. Nothing here looks at what they say.

Nothing named here can make the program hang or run out of memory: devices and pipes are refused before they are
opened, sizes are looked at before a byte is read, and links that lead in circles are followed once.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from store.errors import IntakeError
from store.home import reason

LIMIT = 50 * 1024 * 1024
"""Bytes that one source may have."""
STDIN = "-"
"""The name of standard input."""
EXTENSIONS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".eml": "eml",
    ".mbox": "mbox",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
}
"""Extensions that are taken from folders, lower case, and the format each stands for."""
USUAL = " ".join(reversed({form: extension for extension, form in reversed(EXTENSIONS.items())}.values()))
"""One extension for each format, to be told to people."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Between the look and the opening a file may have become a pipe: without O_NONBLOCK that would hang."""
_URL = re.compile(r"https?://", re.IGNORECASE)
_FILE_URL = re.compile(r"file://(?:localhost)?(?=/)", re.IGNORECASE)
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


def find(inputs: Iterable[str]) -> tuple[list[str], list[IntakeError]]:
    """What there is to read in `inputs`, and what is wrong with the others.

    Web addresses are taken as they are; nothing is fetched here. Files are taken whatever their extension;
    folders are searched with all folders in them for the known extensions, hidden names left out, in natural order
    (`part 2` before `part 10`); `-` is standard input. The order of `inputs` is kept, and what is named twice is taken
    once.

    Returns:
        Sources for `store.intake.read` (absolute paths, web addresses, or `-`), and one error for each input or inner
        folder that gives nothing. Files are not opened: whether one can be read is known when it is read.
    """
    found: dict[str, str] = {}
    errors: list[IntakeError] = []
    for name in inputs:
        try:
            sources = [name] if name == STDIN or is_url(name) else _sources(absolute(name), errors)
        except IntakeError as error:
            errors.append(error)
            continue
        for source in sources:
            found.setdefault(source if source == STDIN or is_url(source) else os.path.realpath(source), source)
    return list(found.values()), errors


def is_url(name: str) -> bool:
    """Whether a name is a web address: it begins with `http://` or `https://`."""
    return bool(_URL.match(name))


def absolute(name: str) -> str:
    """The absolute path for what the reader named; links stay as they are. `file:///` addresses name files, as some
    desktops write them when a file is dropped into a terminal.

    Raises:
        IntakeError: when it is empty, an address of another kind, or nothing that can be a path.
    """
    if match := _FILE_URL.match(name):
        from urllib.parse import unquote

        name = unquote(name[match.end() :])
    elif _OTHER_URL.match(name):
        raise IntakeError("only http and https addresses are fetched", name, "give one of these, or a file by its path")
    if not name or "\0" in name:
        raise IntakeError("this is not the name of a file", name or "''", "give a path, or - for standard input")
    return os.path.abspath(name)  # noqa: PTH100 (Path keeps "..", and its resolve() would follow links)


def read_bytes(path: str) -> bytes:
    """Everything in the regular file at `path`.

    Raises:
        IntakeError: when it is missing, no regular file, larger than `LIMIT`, unreadable or empty.
    """
    try:
        _check(Path(path).stat(), path)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            _check(os.fstat(handle), path)
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise _failure(error, path) from error
    return _sized(data, path)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The regular file at `path`, of any size, to be read piece by piece.

    Raises:
        IntakeError: when it is missing, no regular file, or unreadable.
    """
    try:
        _check(Path(path).stat(), path, most=None)
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            _check(os.fstat(file.fileno()), path, most=None)
            yield file
    except OSError as error:
        raise _failure(error, path) from error


def read_stream(stream: BinaryIO) -> bytes:
    """Everything that is left in `stream`, at most `LIMIT` bytes.

    Raises:
        IntakeError: when there is more, nothing, or it cannot be read.
    """
    try:
        data = stream.read(LIMIT + 1)
    except OSError as error:
        raise _failure(error, "standard input") from error
    return _sized(data, "standard input")


def _sources(path: str, errors: list[IntakeError]) -> list[str]:
    try:
        status = Path(path).stat()
    except OSError as error:
        raise _failure(error, path) from error
    if not stat.S_ISDIR(status.st_mode):
        _check(status, path)
        return [path]
    before = len(errors)
    inside = list(_walk(path, errors))
    if not inside and len(errors) == before:
        raise IntakeError("there is no article in this folder", path, f"briefbook reads {USUAL} files")
    return inside


def _walk(root: str, errors: list[IntakeError]) -> Iterator[str]:
    """The files with known extensions below `root`, depth first; a folder that links reach twice is entered once."""
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if not Path(path).is_dir():
            yield path
            continue
        try:
            status = Path(path).stat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                waiting.extend(reversed(_wanted(path)))
        except OSError as error:
            errors.append(_failure(error, path))


def _wanted(folder: str) -> list[str]:
    """The paths of the folders and known files in `folder`, in natural order."""
    with os.scandir(folder) as entries:
        wanted = [entry for entry in entries if not entry.name.startswith(".") and _is_wanted(entry)]
    return [entry.path for entry in sorted(wanted, key=lambda entry: natural(entry.name))]


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() or (Path(entry.name).suffix.lower() in EXTENSIONS and entry.is_file())
    except OSError:  # a link that leads to itself
        return False


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A sort key under which digits count as numbers and case counts last.

    >>> sorted(["part 10", "Part 2", "part 1"], key=natural)
    ['part 1', 'Part 2', 'part 10']
    """
    pieces = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(0, int(piece), "") if piece[0] in "0123456789" else (1, 0, piece) for piece in pieces], name


def _check(status: os.stat_result, path: str, most: int | None = LIMIT) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IntakeError("this is a folder, not a file", path, "give a file in it, or let briefbook search the folder")
    if not stat.S_ISREG(status.st_mode):
        raise IntakeError(
            "this is a device or a pipe, not a file", path, "send its text to standard input and give - as the name"
        )
    if most is not None and status.st_size > most:
        raise _too_large(path, f"it has {status.st_size / 1024 / 1024:,.0f} MB")


def _sized(data: bytes, subject: str) -> bytes:
    if len(data) > LIMIT:
        raise _too_large(subject, "there is more")
    if not data:
        raise IntakeError("it is empty", subject, "give a file that has some text")
    return data


def _too_large(subject: str, how_much: str) -> IntakeError:
    most = LIMIT // 1024 // 1024
    return IntakeError(f"briefbook reads at most {most} MB at once and {how_much}", subject, "split it")


def _failure(error: OSError, path: str) -> IntakeError:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return IntakeError("there is no such file or folder", path, "check the name")
        case errno.EACCES | errno.EPERM:
            return IntakeError("you may not read it", path, "change its permissions or copy it")
        case errno.ELOOP:
            return IntakeError("its links lead in a circle", path, "give the file itself")
        case _:
            return IntakeError(f"it cannot be read ({reason(error)})", path, "check the name and the disk")
