"""An export's pieces into a file: atomically, in the memory of one piece. Knows no format."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store import atomic
from store.errors import ExportError
from store.home import reason


def write(path: Path, pieces: Iterable[str]) -> None:
    """Replace or make the file `path`; what was there stays until all is on the disk, and when a piece fails.

    A file that is there keeps its mode, a new one gets what other programs' new files get.

    Raises:
        ExportError: it cannot be written.
    """
    path = Path(os.path.realpath(path))
    beside = atomic.beside_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        _write(beside, pieces, mode)
        beside.replace(path)
        atomic.sync_folder(path.parent)
    except OSError as error:
        raise ExportError(f"it cannot be written ({reason(error)})", path, "choose another file") from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(path: Path, pieces: Iterable[str], mode: int) -> None:
    # O_NOFOLLOW: a link that somebody laid at the name beside must not lead the bytes elsewhere.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))
        file.flush()
        os.fchmod(descriptor, mode)
        os.fsync(descriptor)
