"""Which files briefbook wrote, and with what in them: so that an export is written over, and nobody's work is.

A file counts as ours as long as it reads as it was written: what somebody changed in it since would be lost. When the
record itself is lost, or was never made, no file is ours, and the reader is asked. Formats are none of its business.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from store import atomic

_MOST = 5_000
"""Files that are remembered, the last written; a record of them takes 0.6 MB."""


class Record:
    """Kept in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def may_write_over(self, path: Path) -> bool:
        """Whether nothing is lost when the file `path` is written anew: it is not there, is empty, or is ours.

        Raises:
            OSError: it cannot be read.
        """
        if not path.exists():
            return True
        if not path.is_file():
            return False
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return path.stat().st_size == 0 or self._read().get(os.path.realpath(path)) == found

    def remember(self, path: Path, digest: str) -> None:
        """Know the file `path`, whose bytes have that SHA-256, for ours. Where that cannot be kept, it is not."""
        known = self._read()
        name = os.path.realpath(path)
        known.pop(name, None)
        kept = [*known.items(), (name, digest)][-_MOST:]
        with suppress(OSError):
            data = json.dumps(dict(kept), indent=0, ensure_ascii=False).encode("utf-8", "surrogatepass")
            atomic.write(self._path, data)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_bytes().decode("utf-8", "surrogatepass"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class Digest:
    """The SHA-256 of pieces that go by."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces, self._hash = pieces, hashlib.sha256()

    def __iter__(self) -> Iterator[str]:
        for piece in self._pieces:
            self._hash.update(piece.encode("utf-8", "replace"))
            yield piece

    @property
    def hexadecimal(self) -> str:
        """Of what went by so far."""
        return self._hash.hexdigest()
