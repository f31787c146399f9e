"""Which windows are open, and whose a step of undo is. What a step does is the business of `store.undo`.

A process that changes notes holds a lock on a file of its own beside them, `.<process>.open`, for as long as it
lives. The system lets go of it when the process ends, however it ends, so that nobody is taken for open who is not.
"""

import atexit
import itertools
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from store.annotation import new_id

if TYPE_CHECKING:
    from filelock import BaseFileLock

_ID = re.compile(r"[0-9a-f-]{36}")
_PROCESS = new_id()
_held: "dict[Path, BaseFileLock]" = {}
_count = itertools.count(1)
_here: "WeakValueDictionary[str, Window]" = WeakValueDictionary()
"""The windows of this process by id; one is closed when nobody has it any more."""


class Window:
    """One opened notebook, told apart from all others.

    Args:
        folder: where the notes file lies.
        steps: the history as it is found by opening.
    """

    def __init__(self, folder: Path, steps: Iterable[Mapping[str, Any]]) -> None:
        self._folder = folder
        self.id = f"{_PROCESS}:{next(_count)}"
        """What is written in each step that this window makes."""
        self._found = {step.get("by") for step in steps}
        _here[self.id] = self

    def hold(self) -> None:
        """Be known as open to other processes. Costs a file and a lock the first time, nothing after."""
        if self._folder not in _held:
            # A disk that knows no locks makes every window look closed: then all share one history.
            with suppress(OSError, NotImplementedError):
                _held[self._folder] = _locked(_name(self._folder, _PROCESS))

    def owns(self, step: Mapping[str, Any]) -> bool:
        """Whether it is for this window to undo and redo `step`.

        Its own are, and those of windows that are closed. Of another window of this process also those that were
        there when this one was opened: the app opens an article anew when the reader comes back to it.
        """
        maker = str(step.get("window", ""))
        process = maker.partition(":")[0]
        if process == _PROCESS:
            return maker == self.id or maker not in _here or step.get("by") in self._found
        return not _is_open(self._folder, process)


def _name(folder: Path, process: str) -> Path:
    return folder / f".{process}.open"


def _is_open(folder: Path, process: str) -> bool:
    # What stands in a file that others may write must not lead out of its folder.
    if not _ID.fullmatch(process) or not (path := _name(folder, process)).exists():
        return False
    from filelock import Timeout

    try:
        lock = _locked(path)
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False
    _let_go(lock)
    return False


def _locked(path: Path) -> "BaseFileLock":
    from filelock import FileLock

    lock = FileLock(path, mode=0o600, thread_local=False)
    lock.acquire(timeout=0)
    return lock


def _let_go(lock: "BaseFileLock") -> None:
    with suppress(OSError):
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


@atexit.register
def _close() -> None:
    for lock in _held.values():
        _let_go(lock)
