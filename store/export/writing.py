"""An export's pieces into a file: atomically, in the memory of one piece. Knows no format."""

from collections.abc import Iterable
from pathlib import Path

from store import atomic
from store.errors import ExportError
from store.home import reason


def write(path: Path, pieces: Iterable[str]) -> None:
    """Replace or make the file `path`; what was there stays until all is on the disk, and when a piece fails.

    A file that is there keeps its mode; a new one, and folders that are missing, get what other programs' get.

    Raises:
        ExportError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, (piece.encode("utf-8", "replace") for piece in pieces), mode=None)
    except OSError as error:
        raise ExportError(f"it cannot be written ({reason(error)})", path, "choose another file") from error
