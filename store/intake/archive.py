"""ZIP archives from outside, opened within limits: entries, unpacked sizes, passwords. What the entries mean, and their
names on a disk, are not known here: nothing is ever written.

An archive may hold thousands of millions of bytes in a few thousand, or list millions of entries. The list is measured
before it is read, and an entry is unpacked piece by piece, whatever size it claims.
"""

import io
import struct
import zipfile
import zlib

from store.errors import IntakeError

MOST_ENTRIES = 10_000
"""Entries that an archive may have."""
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that may be unpacked from one archive, all entries together."""
MOST_RATIO = 500
"""How many times its packed size an entry may take, beyond the first `FREE` bytes. Text is packed to a tenth."""
FREE = 1024 * 1024

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_ROOM = 200 * MOST_ENTRIES
"""Bytes that the list of entries may take."""
_PIECE = 256 * 1024
_BROKEN = "the archive that it is made of is broken"
_TOO_MANY = f"the archive that it is made of lists more than {MOST_ENTRIES:,} entries"
_AGAIN = "get it again, or save it as text"


class Archive:
    """The entries of a ZIP archive by name."""

    def __init__(self, data: bytes, subject: str) -> None:
        """Open the archive in `data`; `subject` is what errors name.

        Raises:
            IntakeError: when it is broken or lists too many entries.
        """
        self._subject = subject
        self._left = MOST_UNPACKED
        if _room(data) > _ROOM:
            raise self._refused(_TOO_MANY)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise self._refused(_BROKEN) from error
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise self._refused(_TOO_MANY)
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of an entry; none when there is no such entry.

        Raises:
            IntakeError: when it is broken or protected by a password, or unpacks to more than is allowed.
        """
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 0x1:
            raise IntakeError("it is protected by a password", self._subject, "save it without one")
        try:
            return self._unpack(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise self._refused(_BROKEN) from error

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        most = min(self._left, FREE + MOST_RATIO * entry.compress_size)
        pieces: list[bytes] = []
        size = 0
        with self._zip.open(entry) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise self._refused("it unpacks to far more than it seems to hold, as only a trap does")
                pieces.append(piece)
        self._left -= size
        return b"".join(pieces)

    def _refused(self, why: str) -> IntakeError:
        return IntakeError(why, self._subject, _AGAIN)


def kind(data: bytes) -> str:
    """The format of the document that an archive holds: `docx`, `odt`, `epub`, or empty for any other archive.

    EPUB and OpenDocument name themselves in their first entry, which is not packed; Word in the names of its entries.
    """
    name_length, extra_length = struct.unpack_from("<HH", data.ljust(30, b"\0"), 26)
    start = 30 + name_length + extra_length
    named = data[start : start + 80] if data[30 : 30 + name_length] == b"mimetype" else b""
    if named.startswith(b"application/epub+zip"):
        return "epub"
    if named.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    for sign, found in ((b"word/document", "docx"), (b"META-INF/container.xml", "epub")):
        if sign in data:
            return found
    return ""


def _room(data: bytes) -> int:
    """The bytes of the archive's list, which `zipfile` reads as a whole: the count of entries beside it may lie."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        return 0
    (size,) = struct.unpack_from("<L", data, end + 12)
    record = end - 76
    if end >= 20 and data[end - 20 : end - 16] == _LOCATOR_64 and data[record : record + 4] == _END_64 and record >= 0:
        (size,) = struct.unpack_from("<Q", data, record + 40)
    return min(int(size), len(data))
