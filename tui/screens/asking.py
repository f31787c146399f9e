"""Asking the reader something: the dialogs, each imported when it is first opened. A side of the reader screen.

Together the dialogs take 20 ms to import (a text editor is among them), which nobody should wait for who opens an
article to read it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.annotation import Correction
from tui.actions import Action
from tui.changes import Changes
from tui.screens.drawing import Drawing

_LOOK_EVERY = 0.05
"""Seconds between looks whether a dialog was answered."""


class Picked(NamedTuple):
    """What was chosen, and whether it is to hold everywhere."""

    value: str
    everywhere: bool


class Asking(Drawing):
    """The side of the reader screen that opens dialogs. Whatever waits for an answer gives None when there was none."""

    async def dialogs_answered(self) -> None:
        """Wait until no dialog is open: what it was opened on stays until it is answered."""
        while self.app.screen is not self:
            await asyncio.sleep(_LOOK_EVERY)

    async def ask(self, question: str, value: str = "", hint: str = "", *, goes_on: bool = False) -> str | None:
        """One line; the arguments are those of `AskScreen`."""
        from tui.screens.ask import AskScreen

        return await self.app.push_screen_wait(AskScreen(question, value, hint, goes_on=goes_on))

    async def write(self, passage: str, marked: str, text: str, keep: Callable[[str], None]) -> str | None:
        """The text of a note; the arguments are those of `NoteScreen`."""
        from tui.screens.note import NoteScreen

        return await self.app.push_screen_wait(NoteScreen(passage, marked, text, keep))

    async def choose(self, title: str, actions: Sequence[Action]) -> str | None:
        """The id of one of `actions`."""
        from tui.screens.menu import MenuScreen

        return await self.app.push_screen_wait(MenuScreen(title, actions, self.keys))

    async def pick(
        self,
        question: str,
        options: Sequence[str],
        *,
        value: str = "",
        free: bool = False,
        everywhere: bool | None = None,
        first: str = "",
        wide: str = "in every article",
    ) -> Picked | None:
        """One of `options`, or another answer when `free`; the arguments are those of `PickScreen`."""
        from tui.screens.pick import PickScreen

        screen = PickScreen(question, options, value=value, free=free, everywhere=everywhere, first=first, wide=wide)
        return await self.app.push_screen_wait(screen)

    async def choose_correction(
        self, own: Sequence[Correction], general: Sequence[Correction]
    ) -> tuple[str, ...] | None:
        """The ids of the corrections of one row that is to be deleted."""
        from tui.screens.corrections import CorrectionsScreen

        return await self.app.push_screen_wait(CorrectionsScreen(own, general))

    def show_text(self, title: str, text: str) -> None:
        """A text to read and close."""
        from tui.screens.text import TextScreen

        self.app.push_screen(TextScreen(title, text))

    def show_changes(self, changes: Changes) -> None:
        """What a newer text changed, to read and close."""
        from tui.screens.changed import ChangedScreen

        self.app.push_screen(ChangedScreen(changes))

    def action_help(self) -> None:
        """Show the keys of this place."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keys, self.places()))
