"""The article widget alone in an app of its own, called directly: no key is pressed where a call will do."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from store.article import make_article
from tui.keymaps import keymap
from tui.reader.surface import Reader
from tui.themes import THEMES

Opened = Callable[..., AbstractAsyncContextManager[tuple[Pilot[None], Reader]]]


class Alone(App[None]):
    """A reader and a record of what it says."""

    def __init__(self, theme: str, preset: str) -> None:
        super().__init__()
        for made in THEMES.values():
            self.register_theme(made)
        self.theme = THEMES[theme].name
        self.preset = preset
        self.told: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that every theme needs."""
        return dict(THEMES["dark"].variables)

    def compose(self) -> ComposeResult:
        """The reader alone."""
        reader = Reader(id="reader")
        reader.set_keys(keymap(self.preset), counts=self.preset == "vim")
        yield reader

    def on_mount(self) -> None:
        """Focus it."""
        self.query_one(Reader).focus()

    def on_reader_moved(self, message: Reader.Moved) -> None:
        self.told.append(message)

    def on_reader_selection_changed(self, message: Reader.SelectionChanged) -> None:
        self.told.append(message)

    def on_reader_act(self, message: Reader.Act) -> None:
        self.told.append(message)

    def on_reader_clicked(self, message: Reader.Clicked) -> None:
        self.told.append(message)

    def on_reader_searched(self, message: Reader.Searched) -> None:
        self.told.append(message)

    def on_reader_request(self, message: Reader.Request) -> None:
        self.told.append(message)


@asynccontextmanager
async def _alone(
    text: str, size: tuple[int, int] = (100, 30), theme: str = "dark", preset: str = "standard", position: int = 0
) -> AsyncIterator[tuple[Pilot[None], Reader]]:
    app = Alone(theme, preset)
    async with app.run_test(size=size) as pilot:
        reader = app.query_one(Reader)
        reader.show(make_article(text), position)
        await pilot.pause()
        yield pilot, reader


@pytest.fixture
def alone() -> Opened:
    """Opens a reader on a text: `async with alone(text) as (pilot, reader)`."""
    return _alone
