"""The application: themes, keys as mapped, the first screen, the editor outside.

No widget code in here, and nothing knows this module but the command line.
"""

import sys
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, SuspendNotSupported
from textual.driver import Driver
from textual.events import AppBlur, AppFocus
from textual.messages import ExitApp
from textual.screen import Screen

from store.article import make_article
from store.errors import BriefbookError
from store.home import Config, Home
from store.intake import Begun
from store.notebook import Notebook
from tui import geometry
from tui.actions import Keymap
from tui.desk import Desk
from tui.editor import EditorError, edited
from tui.geometry import VARIABLES
from tui.keymaps import clashes, keymap
from tui.reading import Reading
from tui.screens.reader import ReaderScreen
from tui.terminal import Terminal
from tui.themes import THEMES
from tui.themes import mistake as theme_mistake
from tui.toolkit import driver_after

SWITCH = 0.0005
"""Seconds that a thread computes while another one waits. A key goes through three threads, and with Python's 5 ms each
of them would wait so long while the desk reads an analysis."""

WELCOME = """\
Welcome to briefbook

There is nothing on the shelf yet. Quit with q and name something to read: a file, several, or a folder.

    briefbook report.txt
    briefbook seeds/
    pandoc paper.docx -t plain | briefbook -

The text opens at once; beside it stand the actors, the numbers and the quotes that it holds. Move with j and k or \
the arrows, by sentence with ( and ), by page with Space and b. Enter shows what can be done with the sentence under \
the cursor; H highlights it, a writes a note to it, and everything is saved as you go. The keys 1 to 5 go to the text \
and its panes, ? shows every key, and : finds any command by its name.
"""


class Briefbook(App[int]):
    """The reader."""

    TITLE = "briefbook"
    CSS_PATH = "briefbook.tcss"
    COMMANDS: ClassVar[set[Any]] = set()
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[Any]] = []
    HORIZONTAL_BREAKPOINTS = list(geometry.COLUMN_BREAKPOINTS)  # noqa: RUF012 (Textual declares it so)
    VERTICAL_BREAKPOINTS = list(geometry.ROW_BREAKPOINTS)  # noqa: RUF012

    def __init__(
        self, desk: Desk, key: str, reading: Reading, keys: Keymap, theme: str, driver: type[Driver] | None = None
    ) -> None:
        super().__init__(driver_class=driver)
        self._first = (desk, key, reading, keys)
        self.notices: list[str] = []
        self._leaving = False
        self.animation_level = "none"
        for made in THEMES.values():
            self.register_theme(made)
        self.theme = _theme_name(theme, self.available_themes)
        self._variables = self.get_css_variables()
        self.stylesheet.set_variables(self._variables)

    def get_default_screen(self) -> Screen[None]:
        """The reader screen, as the first and lowest one."""
        screen = ReaderScreen(*self._first)
        screen.foresee(self.size)
        return screen

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew when the theme changed.

        The toolkit asks for it at the start, too, because a theme was set, though the style sheet was read with that
        theme: reading it again would take a tenth of the time to the first frame.
        """
        if (variables := self.get_css_variables()) != self._variables:
            self._variables = variables
            super().refresh_css(animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of layers and highlights for themes that do not name them, and the screen's measures."""
        return {**THEMES["dark"].variables, **VARIABLES}

    async def action_quit(self) -> None:
        """ctrl+q, wherever one is: out of a dialog first, as Esc leaves it, so that nothing typed there is lost."""
        screen = self.screen
        if isinstance(screen, ReaderScreen):
            await screen.action_quit()
        else:
            await self.run_action("keep" if hasattr(screen, "action_keep") else "dismiss(None)", screen)

    def on_app_blur(self, event: AppBlur) -> None:
        """Nothing in a browser, where this comes before the first screen can give the text the focus."""
        if self.is_web:
            event.prevent_default()

    def on_app_focus(self, _: AppFocus) -> None:
        """The reader comes back, perhaps from changing the file that is open."""
        first = next(iter(self.screen_stack), None)
        if isinstance(first, ReaderScreen) and first.is_attached:
            first.look_at_file()

    def on_exit_app(self, message: ExitApp) -> None:
        """Leave as `q` does when the end comes from outside, as when the tab of a browser is closed.

        A note that is being written is kept as a draft, and saved when its article is opened next.
        """
        first = next(iter(self.screen_stack), None)
        if self.return_value is None and isinstance(first, ReaderScreen) and first.is_attached:
            message.prevent_default()
            if not self._leaving:
                self._leaving = True
                self.run_worker(self._leave(first), group="leave")

    async def _leave(self, screen: ReaderScreen) -> None:
        await screen.save_what_is_left()
        await screen.leave()
        self.exit(0)

    def next_theme(self) -> str:
        """Take the next of briefbook's own themes and give its name."""
        names = list(THEMES)
        current = next((name for name, made in THEMES.items() if made.name == self.theme), names[-1])
        name = names[(names.index(current) + 1) % len(names)]
        self.theme = THEMES[name].name
        return name

    def edit(self, text: str) -> str:
        """Have `text` changed in the reader's own editor. Raises EditorError."""
        try:
            return edited(text, self.suspend)
        except SuspendNotSupported as error:
            raise EditorError("this terminal cannot be given to an editor") from error


def _theme_name(name: str, available: dict[str, Any]) -> str:
    if name in THEMES:
        return THEMES[name].name
    return name if name in available else THEMES["dark"].name


def run(
    sources: Sequence[str],
    failures: Sequence[BriefbookError],
    home: Home,
    config: Config,
    given: Begun | None = None,
    at_hand: Begun | None = None,
    terminal: Terminal | None = None,
    position: int | None = None,
) -> int:
    """Open the app on these sources and return the exit status when it is left.

    Args:
        sources: paths to read, in order; without any, what was read last lies open.
        failures: what could not be found; shown in the status line.
        given: what came by standard input.
        at_hand: the first of the sources, when it has been begun already.
        terminal: where the first page may be shown.
        position: the code point at which the first article is shown; where it was left when it is None.
    """
    sys.setswitchinterval(SWITCH)
    desk = Desk(home, config, sources, given)
    if at_hand is not None:
        desk.lay(sources[0], at_hand)
    try:
        if not desk.keys:
            desk.begin()
        key, reading = desk.first() or ("", _welcome(home))
        reading.position = reading.position if position is None else position
        keys = keymap(config.preset, config.keys)
        app = Briefbook(desk, key, reading, keys, config.theme, driver_after(terminal) if terminal else None)
        wrong = [*failures, *filter(None, [theme_mistake(home, config.theme)])]
        app.notices = [str(failure) for failure in wrong] + desk.notices() + clashes(keys)
        return app.run() or 0
    finally:
        desk.close()


def _welcome(home: Home) -> Reading:
    article = make_article(WELCOME, title="Welcome to briefbook")
    reading = Reading(article, Notebook(home, article))
    reading.waiting = "Open an article and this pane fills."
    return reading
