"""What is new or changed in a folder, found by looking again and again. What is done with it is the caller's business.

Only names, sizes and times are looked at, which works on every system and on network folders, where notices of changes
do not arrive. A file counts once it was left alone for a look: what is still being written is not read half.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from store.intake import files

EVERY = 2.0
"""Seconds between two looks."""

State = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and number of a file: what tells that it is another one."""


class Watch:
    """Looks at folders and files, and tells what is new or changed since the last look."""

    def __init__(self, inputs: Iterable[str], known: Iterable[str] = ()) -> None:
        """Watch `inputs`, files and folders with all folders in them, hidden names left out.

        Args:
            known: paths that count as seen as they are now; pass `files.find(inputs)[0]` to be told of nothing that is
                there already.
        """
        self._inputs = [files.absolute(name) for name in inputs]
        self._seen = {path: state for path in known if (state := _state(path)) is not None}
        self._waiting: dict[str, State] = {}

    def look(self) -> list[str]:
        """The absolute paths that are new or changed and were left alone since the look before, in natural order.

        Takes one `stat` a file. A folder that is missing, or may not be read, has nothing in it as long as that lasts.
        """
        now = {path: state for path in files.find(self._inputs)[0] if (state := _state(path)) is not None}
        changed = {path: state for path, state in now.items() if self._seen.get(path) != state}
        ready = [path for path, state in changed.items() if self._waiting.get(path) == state]
        self._waiting = {path: state for path, state in changed.items() if path not in ready}
        # What is gone is forgotten, so that it is new when it comes again.
        self._seen = {path: state for path, state in self._seen.items() if path in now}
        self._seen |= {path: now[path] for path in ready}
        return ready


def changes(
    inputs: Iterable[str],
    known: Iterable[str] = (),
    *,
    every: float = EVERY,
    wait: Callable[[float], bool | None] = time.sleep,
) -> Iterator[list[str]]:
    """For ever, what is new or changed in `inputs`: a list of paths whenever there is something.

    Args:
        known: as for `Watch`.
        every: seconds between two looks.
        wait: waits that long; when it gives True the watching ends, as `threading.Event.wait` does.
    """
    watch = Watch(inputs, known)
    while True:
        if found := watch.look():
            yield found
        if wait(every):
            return


def _state(path: str) -> State | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ino) if os.path.isfile(path) else None  # noqa: PTH113
