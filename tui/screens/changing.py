"""How a change of the notes is made: saved, tried again when it cannot be, saved elsewhere, taken back. A side of the
reader screen.

Changes are made in the desk's thread in the order of the keys, each on what the one before left; the status line says
that they are saved only when they are. What the changes are is the business of `annotating`, `placing`, `correcting`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import work
from textual.worker import Worker

from store import drafts
from store.errors import NotebookError
from store.notebook import Notebook
from tui.reading import Reading
from tui.screens.exporting import proposed
from tui.screens.sharing import Sharing

Change = Callable[[Notebook], str]
"""Changes a notebook and says in a few words what was done."""

_RETRY_AFTER = 5.0
"""Seconds from one attempt to save to the next."""


class Changing(Sharing):
    """The side of the reader screen that sees to it that changes are saved."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._unsaved: list[Reading] = []
        """The articles with changes that could not be saved when that was tried last, in the order of their trouble."""
        self._elsewhere: dict[Reading, int] = {}
        """How many changes each of them had had when it was written to another file last."""
        self._drafts: dict[Reading, list[str]] = {}
        """The drafts of their notes that are still needed, by `store.drafts.Draft.id`."""
        self._warned = False
        """Whether it was said on leaving that something is not saved, and nothing was saved since."""

    async def save_what_is_left(self) -> str:
        """Try once more to save what could not be saved; one sentence when some of it is nowhere on the disk yet."""
        problem = ""
        for reading in list(self._unsaved):
            try:
                await self.desk.call(_retry, reading.notebook)
            except NotebookError as error:
                if not self._is_elsewhere(reading):
                    problem = problem or str(error)
            else:
                await self._is_saved(reading)
        return problem

    def change(self, change: Change) -> Worker[bool]:
        """Make a change to the notes of this article, save it, and say so; the worker tells whether it was saved."""
        return self.run_worker(self._change(self.reading, change), group="notes")

    async def _change(self, reading: Reading, change: Change) -> bool:
        saved = False
        try:
            said = await self.desk.call(change, reading.notebook)
        except NotebookError as error:
            self._not_saved(reading, error)
        else:
            self.status.say(said)
            await self._is_saved(reading)
            saved = True
        if reading is self.reading:
            self.draw_changes()
        return saved

    async def _is_saved(self, reading: Reading) -> None:
        self._warned = False
        if reading in self._unsaved:
            self._unsaved.remove(reading)
        self._elsewhere.pop(reading, None)
        for id_ in self._drafts.pop(reading, ()):
            await self.done(drafts.drop, self.desk.home, id_)

    def drop_when_saved(self, reading: Reading, draft: str) -> None:
        """Forget the draft of a note that is in memory only when the article's notes are on the disk."""
        self._drafts.setdefault(reading, []).append(draft)

    def _is_elsewhere(self, reading: Reading) -> bool:
        """Whether the last change to it is in another file."""
        return self._elsewhere.get(reading) == reading.notebook.changes

    def _not_saved(self, reading: Reading, error: NotebookError) -> None:
        """Say why; what was refused is over with, what could not be written is tried again."""
        if not reading.notebook.unsaved:
            self.status.say(str(error), alert=True)
            return
        if not self._is_elsewhere(reading):
            self.status.say(f"Not saved yet; {self._key('save_elsewhere')} saves it elsewhere. {error}", alert=True)
        if reading not in self._unsaved:
            self._unsaved.append(reading)
            self._retry_soon(reading)

    def _retry_soon(self, reading: Reading) -> None:
        self.set_timer(_RETRY_AFTER, lambda: self.retry(reading))

    def retry(self, reading: Reading) -> None:
        """Save what could not be saved before; go on trying until it is."""
        if reading.notebook.unsaved:
            self.run_worker(self._try_again(reading), group="notes")

    async def _try_again(self, reading: Reading) -> None:
        if not await self._change(reading, _retry):
            self._retry_soon(reading)

    # --- saving elsewhere ------------------------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_save_elsewhere(self) -> None:
        """Ask for a new file and write the notes that cannot be saved to it."""
        reading = self._in_need()
        if reading is None:
            self.status.say("Everything is saved")
            return
        path, hint = proposed(_file_name(reading)), "a new file, or a folder"
        while answer := await self.ask(f"Save the notes on “{reading.article.title}” to", path, hint):
            try:
                written, changes = await self.desk.call(_save_elsewhere, reading, answer)
            except (NotebookError, OSError, ValueError, RuntimeError) as error:
                path, hint = answer, f"Not saved: {error}"
                continue
            self._elsewhere[reading] = changes
            self.status.say(f"Saved in {written}; `briefbook import` takes it in")
            return

    def _in_need(self) -> Reading | None:
        """The article whose notes are not saved: one that is in no other file yet, this one rather than another."""
        unsaved = [reading for reading in (self.reading, *self._unsaved) if reading.notebook.unsaved]
        return min(unsaved, key=self._is_elsewhere, default=None)

    # --- taking back -----------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back the last change."""
        self.change(lambda notebook: f"Undone: {done}" if (done := notebook.undo()) else _nothing(notebook, "undo"))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.change(lambda notebook: f"Done again: {done}" if (done := notebook.redo()) else _nothing(notebook, "redo"))


def _retry(notebook: Notebook) -> str:
    notebook.retry()
    return "Saved now"


def _nothing(notebook: Notebook, way: str) -> str:
    return f"There is nothing {'of this window ' if notebook.others else ''}to {way}"


def _file_name(reading: Reading) -> str:
    from store.export import file_names

    return f"{file_names.safe_name(reading.article.title, reading.article.id)}.notes.json"


def _save_elsewhere(reading: Reading, answer: str) -> tuple[Path, int]:
    """The file that was written, and how many changes the notebook had had; the desk makes none meanwhile."""
    path = Path(answer).expanduser()
    if path.is_dir():
        path /= _file_name(reading)
    reading.notebook.save_elsewhere(path)
    return path, reading.notebook.changes
