"""Changes to one file of tables, each an operation on the file's present state: recorded for undo, kept when unsaved.

An operation is made on what the file holds by then, under its lock, so that two processes never write over each
other. When the file cannot be written, the operation stays pending, its effect is seen in memory, and it is made again
before the next one. Who only reads takes the last whole state, and never waits for a disk. What the tables mean is the
business of `store.notebook`.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from store import atomic, undo
from store.annotation import new_id
from store.durable import DurableStorage, cannot_save
from store.errors import NotebookError
from store.tablefile import Format, Tables
from store.undo import HISTORY, Change, Outcome, Sound
from store.windows import Window

Operation = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that the reader did, ready to be made on any state of the file, once."""

    id: str
    run: Callable[[undo.Tables, str], Outcome | None]
    """Given the database and the step's id; returns what became of it."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """The tables as they stood at one moment; nothing changes them any more. Two states are the same only when they
    are one object."""

    tables: Tables
    """The file as last seen, with the changes that are unsaved."""


class Recorder:
    """Makes, undoes and redoes operations on the file at `path`. Safe to use from several threads.

    Args:
        path: the file; it is made by the first operation.
        form: what it must hold.
        always: an operation made with each other one in the same write, outside of undo: for what describes the file.
        sound: whether the documents hold together after an undo or a redo, which else is not done.
        follow: called with the tables each time that they have come onto the disk. What it raises is raised by the
            change, which is saved nevertheless.

    Raises:
        NotebookError: see `store.durable.DurableStorage`.
    """

    def __init__(
        self,
        path: Path,
        form: Format,
        always: Operation,
        sound: Sound = lambda _: True,
        follow: Callable[[Tables], None] = lambda _: None,
    ) -> None:
        self._database = undo.Tables(path, form, storage=DurableStorage)
        self.storage = cast("DurableStorage", self._database.storage)
        self.changes = 0
        """How many steps, undos and redos were asked for, saved or not."""
        self._lock = threading.RLock()
        """Held while the tables change, which takes as long as the disk does."""
        self._always = always
        self._sound = sound
        self._follow = follow
        self._published = self._rehearsed = self._snapshot()
        self._window = Window(self.storage.path.parent, self._published.tables.get(HISTORY, {}).values())
        self._pending: list[_Step] = []
        self._together: list[Operation] | None = None
        self._gatherer: int | None = None
        """The thread that has a `together` open, which alone sees what was gathered so far."""

    @property
    def state(self) -> State:
        """What is in memory. Never waits: while a change is being saved, what was there before it."""
        return self._rehearsed if self._gatherer == threading.get_ident() else self._published

    @property
    def unsaved(self) -> bool:
        """Whether there are changes in memory only."""
        return bool(self._pending)

    @property
    def others(self) -> bool:
        """Whether there are steps that are for another window to undo or redo."""
        return not all(map(self._window.owns, self.state.tables.get(HISTORY, {}).values()))

    def make(self, label: str, operation: Operation) -> None:
        """Make `operation`, as one step of undo unless within `together`.

        Args:
            label: what was done, in a few words ("highlight deleted").

        Raises:
            NotebookError: it is not on the disk; it is in memory, and pending.
        """

        def run(database: undo.Tables, by: str) -> Outcome:
            change = Change(database)
            operation(change)
            undo.record(database, by, label, change, self._window)
            return Outcome(label)

        with self._lock:
            if self._together is None:
                self._commit(_Step(new_id(), run))
                return
            self._together.append(operation)
            with self.storage.rehearse():
                operation(Change(self._database))
            self._rehearsed = self._snapshot()

    def undo(self) -> str | None:
        """Take this window's last step back; returns its label, None when there is none.

        Raises:
            NotebookError: another window has changed the same since, and nothing is done; else as from `make`.
        """
        return self._exchange(undo.undo, "taken back")

    def redo(self) -> str | None:
        """Make again what this window took back last; otherwise as `undo`."""
        return self._exchange(undo.redo, "done again")

    def _exchange(self, way: Callable[..., Outcome | None], words: str) -> str | None:
        outcome = self._commit(_Step(new_id(), lambda database, by: way(database, by, self._window, self._sound)))
        if outcome is not None and outcome.overtaken:
            raise NotebookError(f"“{outcome.label}” cannot be {words}: another window has changed the same since")
        return outcome.label if outcome else None

    @contextmanager
    def together(self, label: str) -> Iterator[None]:
        """Make one step and one write of all that the body makes; nothing of it when the body fails."""
        with self._lock:
            if self._together is not None:
                raise RuntimeError("a step within a step")
            operations: list[Operation] = []
            self._together, self._rehearsed = operations, self._published
            self._gatherer = threading.get_ident()
            try:
                yield
            except BaseException:
                self._together = self._gatherer = None
                self.storage.go_back()
                self._publish()
                raise
            self._together = self._gatherer = None
            if operations:
                self.make(label, lambda change: _all(operations, change))

    def refresh(self) -> bool:
        """Take in what another process wrote; True when there was something. Costs one `stat` when there was not."""
        with self._lock:
            if self._together is not None or not self.storage.stale():
                return False
            self._reread()
            return True

    def retry(self) -> None:
        """Write what is pending, upon what the file holds by now. Raises NotebookError when it still cannot be."""
        if self._pending:
            self._commit(None)

    def write_elsewhere(self, path: Path) -> None:
        """Write what is in memory to the new file `path`; what is pending stays so.

        Raises:
            NotebookError: there is a file at `path`, or it cannot be written.
        """
        if path.exists():
            raise NotebookError("there is a file of this name already", path, "give another name")
        with self._lock:
            try:
                atomic.write(path, self.storage.content())
            except OSError as error:
                raise cannot_save(path, error) from error

    def _commit(self, step: _Step | None) -> Outcome | None:
        with self._lock:
            if self._together is not None:
                raise RuntimeError("undo, redo and retry have no place within a step")
            steps = [step] if step else []
            self.changes += len(steps)
            done: Outcome | None = None
            try:
                with self.storage.change() as fresh:
                    self._window.hold()
                    if fresh:
                        self._run_pending()
                    for each in steps:
                        done = self._run(each)
            except NotebookError:
                self._pending += steps
                raise
            else:
                self._pending.clear()
            finally:
                self._published = self._snapshot()
            self._follow(self._published.tables)
            return done

    def _run(self, step: _Step) -> Outcome | None:
        done = step.run(self._database, step.id)
        if done is not None and not done.overtaken:
            self._always(Change(self._database))
        return done

    def _run_pending(self) -> None:
        for step in self._pending:
            # A save that seemed to fail may have reached the disk.
            if not undo.known(self._database, step.id):
                self._run(step)

    def _reread(self) -> None:
        self.storage.reload()
        self._publish()

    def _publish(self) -> None:
        """Let be seen what the storage has, with what is pending."""
        if self._pending:
            with self.storage.rehearse():
                self._run_pending()
        self._published = self._snapshot()

    def _snapshot(self) -> State:
        # TinyDB changes documents in place, but never what is in them.
        tables = (self.storage.read() or {}).items()
        return State({name: {key: dict(row) for key, row in table.items()} for name, table in tables})


def _all(operations: list[Operation], change: Change) -> None:
    for operation in operations:
        operation(change)
