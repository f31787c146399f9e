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

from store.errors import NotebookError
from store.notebook import Notebook
from tui.reading import Reading
from tui.screens.sharing import Sharing

Change = Callable[[Notebook], str]
"""Changes a notebook and says in a few words what was done."""

_RETRY_AFTER = 5.0
"""Seconds from one attempt to save to the next."""


class Changing(Sharing):
    """The side of the reader screen that sees to it that changes are saved."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._unsaved: set[Reading] = set()
        """The articles with changes that could not be saved when that was tried last."""
        self._elsewhere: set[Reading] = set()
        """Those of them whose last change is in another file."""

    async def save_what_is_left(self) -> str:
        """Try once more to save what could not be saved; one sentence when some of it is nowhere on the disk yet."""
        for reading in list(self._unsaved):
            try:
                await self.desk.call(_retry, reading.notebook)
            except NotebookError as error:
                if reading not in self._elsewhere:
                    return str(error)
            else:
                self._unsaved.discard(reading)
        return ""

    def change(self, change: Change) -> Worker[bool]:
        """Make a change to the notes of this article, save it, and say so; the worker tells whether it was saved."""
        self._elsewhere.discard(self.reading)
        return self.run_worker(self._change(self.reading, change), group="notes")

    async def _change(self, reading: Reading, change: Change) -> bool:
        saved = False
        try:
            said = await self.desk.call(change, reading.notebook)
        except NotebookError as error:
            self._not_saved(reading, error)
        else:
            self.status.say(said)
            self._unsaved.discard(reading)
            saved = True
        if reading is self.reading:
            self.draw_changes()
        return saved

    def _not_saved(self, reading: Reading, error: NotebookError) -> None:
        """Say why; what was refused is over with, what could not be written is tried again."""
        if not reading.notebook.unsaved:
            self.status.say(str(error), alert=True)
            return
        if reading not in self._elsewhere:
            self.status.say(f"Not saved yet; {self._key('save_elsewhere')} saves it elsewhere. {error}", alert=True)
        if reading not in self._unsaved:
            self._unsaved.add(reading)
            self._retry_soon(reading)

    def _retry_soon(self, reading: Reading) -> None:
        self.set_timer(_RETRY_AFTER, lambda: self.retry(reading))

    def retry(self, reading: Reading) -> None:
        """Save what could not be saved before; go on trying until it is."""
        if reading.notebook.unsaved:
            self.run_worker(self._try_again(reading), group="notes")

    async def _try_again(self, reading: Reading) -> None:
        if await self._change(reading, _retry):
            await self.desk.call(self.desk.drop_draft, reading)
        else:
            self._retry_soon(reading)

    # --- saving elsewhere ------------------------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_save_elsewhere(self) -> None:
        """Ask for a new file and write the notes that cannot be saved to it."""
        reading = self._in_need()
        if reading is None:
            self.status.say("Everything is saved")
            return
        path, hint = str(Path.cwd() / _file_name(reading)), "a new file, or a folder"
        while answer := await self.ask(f"Save the notes on “{reading.article.title}” to", path, hint):
            try:
                written = await self.desk.call(_save_elsewhere, reading, answer)
            except (NotebookError, OSError, ValueError, RuntimeError) as error:
                path, hint = answer, f"Not saved: {error}"
                continue
            self._elsewhere.add(reading)
            self.status.say(f"Saved in {written}; `briefbook import` takes it in")
            return

    def _in_need(self) -> Reading | None:
        """The article whose notes are not saved: this one, or else one that was open before."""
        if self.reading.notebook.unsaved:
            return self.reading
        return next((reading for reading in self._unsaved if reading.notebook.unsaved), None)

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


def _save_elsewhere(reading: Reading, answer: str) -> Path:
    path = Path(answer).expanduser()
    if path.is_dir():
        path /= _file_name(reading)
    reading.notebook.save_elsewhere(path)
    return path
