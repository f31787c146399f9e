"""The reader screen: opens articles, takes in what the worker tells, keeps what must be kept, and leaves.

Its parts and what goes on between them stand in the modules that it builds on.
"""

import contextlib
from typing import Any, ClassVar

from textual import work
from textual.timer import Timer
from textual.worker import WorkerError

from store.analysis import from_json
from store.article import Article
from store.errors import BriefbookError
from tui.client import Answer, Client
from tui.panes.list_pane import ListPane
from tui.reader.messages import Moved, Searched
from tui.reading import PANES, Reading
from tui.screens.ahead import LOOK_EVERY, Ahead
from tui.screens.moving import Moving
from tui.screens.palette import ActionProvider
from tui.screens.renewing import RENEW_EVERY, Renewing
from tui.screens.searching import Searching

_KEEP_AFTER = 2.0
"""Seconds after a move until the place is written down."""
_LONG = 100_000
"""Code points from which on it is worth saying how far the analysis is."""
_OTHER_VERSION = "The analysis cannot be read: briefbook was updated while it ran. Start it again."
_LOOK_EVERY = 1.0
"""Seconds between looks at the notes file for what another window changed."""


class ReaderScreen(Ahead, Renewing, Searching, Moving):
    """Everything beside the article, and the article."""

    COMMANDS: ClassVar[set[Any]] = {ActionProvider}

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.client = Client(self.told)
        self._keep: Timer | None = None
        self._kept: tuple[str, int] = ("", -1)
        self._ahead = {}
        self._failed_ahead = []

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
            self.call_after_refresh(self._know, reading)

    @work(group="know")
    async def _know(self, reading: Reading) -> None:
        """Find what was extracted before, or have it extracted: neither keeps the text from the screen."""
        if not reading.is_looked_up:
            await self._look_up(reading)
        if reading is self.reading and reading.raw is None:
            self.client.ask(reading.article)

    async def _look_up(self, reading: Reading) -> None:
        await self.done(self.desk.look_up, reading)
        if reading is self.reading and reading.raw is not None:
            self.draw_analysis()

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

    def told(self, article: Article, answer: Answer) -> None:
        """Take in an answer of the worker about `article`."""
        ahead = self.told_ahead(article, answer)
        if "analysis" in answer:
            self._analysed(article, answer)
            return
        if ahead and article.text_hash != self.reading.article.text_hash:
            return
        sentence = _sentence(answer["error"]) if "error" in answer else _state_words(answer)
        if article.text_hash == self.reading.article.text_hash and self.is_mounted:
            self.reading.waiting = sentence
            self.status.set_work("" if "error" in answer else sentence)
            self.draw_machine_panes()

    def _analysed(self, article: Article, answer: Answer) -> None:
        is_open = article.text_hash == self.reading.article.text_hash
        if is_open:
            self.status.set_work("")
        if answer["analysis"] is None:
            self._take_up(article, self.reading if is_open else None)
            return
        try:
            analysis = from_json(answer["analysis"])
        except (KeyError, TypeError, ValueError):
            self._failed_ahead.append(article.id)
            if is_open:
                self.reading.waiting = _OTHER_VERSION
                self.draw_machine_panes()
            return
        self.keep_analysis(article, answer["stamp"], analysis)
        if is_open:
            self.reading.raw = analysis
            self.draw_analysis()

    @work(group="know")
    async def _take_up(self, article: Article, reading: Reading | None) -> None:
        """Show the analysis that the worker kept in the library, if it is that of the open article; go on with others.

        What cannot be read there is asked for again when the article is opened the next time, and not before.
        """
        self._failed_ahead.append(article.id)
        if reading is not None:
            await self._look_up(reading)
            if reading.raw is None:
                reading.waiting = "The analysis of this article could not be read from the library."
                self.draw_machine_panes()
        self.analyse_ahead()

    @work(group="keep")
    async def keep_analysis(self, article: Article, stamp: str, analysis: Any) -> None:
        """Cache an analysis in the library."""
        if not await self.done(self.desk.library.keep_analysis, article.text_hash, stamp, analysis):
            self._failed_ahead.append(article.id)
        self.analyse_ahead()

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


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "`")) else ".")


def _state_words(answer: Answer) -> str:
    if answer.get("state") == "fetching":
        total = answer.get("total") or 0
        share = f" {round(100 * answer.get('done', 0) / total)}%" if total else ""
        return f"Fetching the language model (once){share} …"
    if answer.get("state") == "parsing" and answer.get("total", 0) > _LONG:
        return f"Reading the article, {100 * answer['done'] // answer['total']} % …"
    return {"loading": "Loading the language model …"}.get(str(answer.get("state")), "Reading the article …")
