"""Rows out of a damaged SQLite file, page by page, whatever else of it can be read.

Only leaf pages of tables are looked at (and the overflow pages that their rows go on in), so that neither schema nor
inner pages need be whole. What the rows mean is the business of `store.rebuild`. The format: https://sqlite.org/fileformat2.html
"""

import struct
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from store.schema import PAGE_SIZE

Cell = tuple[int, tuple[object, ...]]
"""A row's number and its values."""

_LEAF = 0x0D
_FRAME = 24
_WAL_HEADER = 32
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SPOILT = (IndexError, ValueError, struct.error, KeyError)


def rows(path: Path) -> Iterator[Cell]:
    """Every row of every table that can be read in the file at `path`, with what its log holds. Raises OSError."""
    pages = _Pages(path.read_bytes(), _read(path.with_name(f"{path.name}-wal")))
    for number in range(1, pages.count + 1):
        if number in pages.free:
            continue
        start = 100 if number == 1 else 0
        page = pages.get(number)
        if len(page) > start + 8 and page[start] == _LEAF:
            yield from _cells(pages, page, start)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


class _Pages:
    """The pages of a database as its file and the committed part of its log have them."""

    def __init__(self, data: bytes, log: bytes) -> None:
        self._data = data
        told = int.from_bytes(data[16:18], "big")
        self.size = 65_536 if told == 1 else told if told in (512 << shift for shift in range(7)) else PAGE_SIZE
        most = (len(data) + len(log)) // self.size
        self._logged = {number: page for number, page in _committed(log, self.size).items() if number <= most}
        self.count = max(len(data) // self.size, 0, *self._logged)

    def get(self, number: int) -> bytes:
        """The page of that number, counted from 1; empty when it is not there."""
        if number < 1:
            return b""
        return self._logged.get(number) or self._data[(number - 1) * self.size : number * self.size]

    @cached_property
    def free(self) -> set[int]:
        """Pages that are out of use, as far as the file's own list of them can be followed."""
        found: set[int] = set()
        trunk = int.from_bytes(self.get(1)[32:36], "big")
        while 0 < trunk <= self.count and trunk not in found:
            page = self.get(trunk)
            leaves = min(int.from_bytes(page[4:8], "big"), self.size // 4 - 2)
            found.add(trunk)
            found.update(int.from_bytes(page[8 + 4 * place : 12 + 4 * place], "big") for place in range(leaves))
            trunk = int.from_bytes(page[:4], "big")
        return found


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """The last committed state of each page in a write-ahead log."""
    found: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    salts = log[16:24]
    for start in range(_WAL_HEADER, len(log) - _FRAME - size + 1, _FRAME + size):
        number, pages = struct.unpack(">II", log[start : start + 8])
        if log[start + 8 : start + 16] != salts:
            break
        waiting[number] = log[start + _FRAME : start + _FRAME + size]
        if pages:
            found |= waiting
            waiting.clear()
    return found


def _cells(pages: _Pages, page: bytes, start: int) -> Iterator[Cell]:
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for place in range(min(count, pages.size // 4)):
        at = start + 8 + 2 * place
        try:
            yield _cell(pages, page, int.from_bytes(page[at : at + 2], "big"))
        except _SPOILT:
            continue


def _cell(pages: _Pages, page: bytes, at: int) -> Cell:
    length, at = _varint(page, at)
    rowid, at = _varint(page, at)
    return rowid, _record(_payload(pages, page, at, length))


def _payload(pages: _Pages, page: bytes, at: int, length: int) -> bytes:
    """A row's bytes: on the page as many as the format leaves there, the others on overflow pages."""
    if length > pages.count * pages.size:
        raise ValueError(length)
    least = (pages.size - 12) * 32 // 255 - 23
    local = length
    if length > pages.size - 35:
        local = least + (length - least) % (pages.size - 4)
        local = local if local <= pages.size - 35 else least
    parts = [page[at : at + local]]
    missing, number = length - local, int.from_bytes(page[at + local : at + local + 4], "big")
    while missing > 0:
        more = pages.get(number)
        part = more[4 : 4 + min(missing, pages.size - 4)]
        if not part:
            raise ValueError("an overflow page is missing")
        parts.append(part)
        missing, number = missing - len(part), int.from_bytes(more[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> tuple[object, ...]:
    head, at = _varint(payload, 0)
    values: list[object] = []
    place = head
    while at < head:
        kind, at = _varint(payload, at)
        value, place = _value(payload, place, kind)
        values.append(value)
    if place > len(payload):
        raise ValueError("the row is cut")
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[object, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), place
    if kind == 7:
        return struct.unpack(">d", payload[place : place + 8])[0], place + 8
    if kind in _INTEGERS:
        end = place + _INTEGERS[kind]
        return int.from_bytes(payload[place:end], "big", signed=True), end
    if kind < 12:
        raise ValueError(kind)
    end = place + (kind - 12) // 2
    data = payload[place:end]
    return (data.decode("utf-8", "surrogatepass") if kind % 2 else data), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("no number")
