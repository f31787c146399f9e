"""The reader screen: opens articles, keeps what must be kept, and leaves.

Its parts and what goes on between them stand in the modules that it builds on.
"""

import contextlib
from typing import Any, ClassVar

from textual import work
from textual.timer import Timer
from textual.worker import WorkerError

from store.errors import BriefbookError
from tui.panes.list_pane import ListPane
from tui.reader.messages import Moved, Searched
from tui.reading import PANES, Reading
from tui.screens.ahead import LOOK_EVERY
from tui.screens.knowing import Knowing
from tui.screens.moving import Moving
from tui.screens.palette import ActionProvider
from tui.screens.renewing import RENEW_EVERY, Renewing
from tui.screens.searching import Searching

_KEEP_AFTER = 2.0
"""Seconds after a move until the place is written down."""
_LOOK_EVERY = 1.0
"""Seconds between looks at the notes file for what another window changed."""


class ReaderScreen(Knowing, Renewing, Searching, Moving):
    """Everything beside the article, and the article."""

    COMMANDS: ClassVar[set[Any]] = {ActionProvider}

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._keep: Timer | None = None
        self._kept: tuple[str, int] = ("", -1)

    def on_mount(self) -> None:
        """Show the first article; everything that can wait is done after the first frame."""
        side = self.kept_state.get("side", 0)
        self.set_side_width(side if isinstance(side, int) else 0)
        self.set_active(self.active)
        self.show(self.reading)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        notices = self.briefbook.notices
        if notices:
            more = f" (and {len(notices) - 1} more, said again when you quit)" if len(notices) > 1 else ""
            self.status.say(f"{notices[0]}{more}", alert=True)
        self._fill_shelf()
        self.set_interval(_LOOK_EVERY, self._look_for_changes)
        self.set_interval(LOOK_EVERY, self.look_at_library)
        self.set_interval(RENEW_EVERY, self.look_at_file)

    @work
    async def _fill_shelf(self) -> None:
        await self.lay_named()
        self.analyse_ahead()

    def show(self, reading: Reading) -> None:
        """Show an article with what is known of it, and ask for what is not."""
        if reading.article.id != self.reading.article.id:
            for name in PANES:
                self.pane(name).begin()
        self.reading = reading
        self.draw_head()
        self.reader.show(reading.article, reading.position, reading.seen)
        self.draw_analysis()
        self.draw_notes()
        self.draw_progress()
        if reading.recovered:
            self.status.say("A note that was being written when briefbook went away is saved")
        if reading.notebook.problem:
            self.status.say(reading.notebook.problem, alert=True)
        if reading.analysis is None:
            self.call_after_refresh(self.know, reading)

    def open_article(self, key: str, step: int = 0) -> None:
        """Open the article of that key, at the place where it was left.

        Args:
            step: how to go on through the shelf from one that cannot be read, 1 or -1; 0 stays where one is.
        """
        self._open(key, step)

    @work(exclusive=True, group="open")
    async def _open(self, key: str, step: int = 0) -> None:
        self.keep_position()
        keys = self.desk.keys
        way = keys[keys.index(key) :: step] if step and key in keys else [key]
        problem = ""
        for key in way:
            try:
                reading = await self.desk.call(self.desk.reading, key)
                break
            except BriefbookError as error:
                problem = problem or str(error)
        else:
            self.status.say(problem, alert=True)
            return
        await self.dialogs_answered()
        before, self.key = self.key, key
        self.status.say(problem, alert=bool(problem))
        self.show(reading)
        self.redraw_books([before, key])
        if not self.shelf.has_focus:
            self.shelf.select(key)

    async def open_at(self, article: str, start: int, highlight: str = "") -> None:
        """Open the article of that id; at a code point, or at a highlight, wherever it stands by now."""
        key = self.desk.key_of(article)
        if key != self.key or self.reading.article.id != article:
            with contextlib.suppress(WorkerError):
                await self._open(key).wait()
        if self.reading.article.id != article:
            return
        placed = {one.highlight.id: one.span for one in self.reading.notebook.placed()} if highlight else {}
        if highlight in placed and placed[highlight] is None:
            self.focus_part("notes")
            self.show_gone(highlight)
            return
        span = placed.get(highlight) or ((start, start + 1) if 0 <= start < len(self.reading.article.text) else None)
        if span is not None:
            self.reader.go_to(span)
        self.reader.focus()

    def on_reader_moved(self, _: Moved) -> None:
        """The cursor moved: show how far, and let the panes follow when it rests."""
        self.status.fade()
        self.draw_progress()
        self.follow_soon()
        if self._keep is None:
            self._keep = self.set_timer(_KEEP_AFTER, self.keep_position)

    def on_reader_searched(self, message: Searched) -> None:
        """The search knows more."""
        words = self.reader.search_words or "Nothing is searched for; / begins a search"
        self.status.say(words, alert=bool(message.problem))

    def on_list_pane_asked(self, message: ListPane.Asked) -> None:
        """A list wants something done with its row."""
        name = message.pane.id or ""
        if message.action == "sort" and name == "shelf":
            self.sort_shelf()
        elif message.action == "sort":
            self.draw_pane(name)
            self.draw_tabs()
            self.status.say(f"Sorted by {self.pane(name).order}")
        elif message.row is not None:
            self.do_with_row(name, message.row, message.action)

    def action_cancel(self) -> None:
        """Leave what is open: a filter, a search, a pane."""
        focused = self.focused
        if self.has_class("-finding"):
            self.close_search()
        elif isinstance(focused, ListPane) and focused.filter:
            focused.set_filter("")
            self.draw_tabs()
        elif self.focused is self.reader:
            if not self.leave_placing():
                self.reader.clear_search()
                self.status.say("")
        else:
            self.focus_part("reader")

    async def action_back(self) -> None:
        """Back to the text, or quit from there."""
        if self.focused is not self.reader and self.focused is not None:
            self.focus_part("reader")
        elif not self.leave_placing():
            await self.action_quit()

    async def action_quit(self) -> None:
        """Quit; what is not on the disk yet is written first, and what cannot be written is told before it is lost."""
        problem = await self.save_what_is_left()
        if problem and not self._warned:
            self._warned = True
            elsewhere = self._key("save_elsewhere")
            self.status.say(f"Not saved. Quit again to lose it, {elsewhere} saves it elsewhere. {problem}", alert=True)
            return
        await self.leave()
        self.app.exit(0)

    @work(group="keep")
    async def keep_position(self) -> None:
        """Remember where the reader is in the article."""
        await self._keep_position()

    async def _keep_position(self) -> None:
        self._keep = None
        here = (self.reading.article.id, self.reader.position)
        if here == self._kept:
            return
        self._kept = here
        await self.done(self.desk.library.keep_position, *here, self.reader.seen)

    async def leave(self) -> None:
        """Write what is not written yet, and end what goes on behind the screen.

        The desk does one thing after the other: when it has kept the state, every change before is on the disk.
        """
        await self._keep_position()
        await self.desk.call(self.desk.keep_state, self.kept_state)
        self.workers.cancel_node(self)
        await self.client.close()

    @work(exclusive=True, group="look")
    async def _look_for_changes(self) -> None:
        reading = self.reading
        try:
            changed = await self.desk.call(reading.notebook.refresh)
        except BriefbookError as error:
            # What could not be saved has said so, and must stand until it is read.
            if not reading.notebook.unsaved:
                self.status.say(str(error), alert=True)
            return
        if changed and reading is self.reading:
            self.draw_changes()
