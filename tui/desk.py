"""What lies on the desk: the articles that were named, the shelf, and the files that keep them.

Every method that touches a file is plain and blocking; the app calls them through `call`, one after the other in one
thread, so that no key ever waits for a disk. No Textual in here.
"""

import asyncio
import gc
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import time
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from store import atomic, drafts, intake, worker
from store.analysis import Analysis
from store.article import Article
from store.errors import BriefbookError, IntakeError, NotebookError
from store.everywhere import everywhere
from store.home import Config, Home
from store.intake import Begun
from store.library import Library
from store.lost_notes import LostNotes
from store.notebook import Notebook
from tui.changes import Changes, changes
from tui.reading import Reading
from tui.renewal import moment
from tui.shelves import ID, Shelves
from tui.stack import Stack

Result = TypeVar("Result")
_JUST_NOW = 30.0
"""Seconds for which a text counts as one that came in just now."""


class Desk(Shelves):
    """The articles at hand, in order, and what is kept of them."""

    def __init__(self, home: Home, config: Config, sources: Iterable[str] = (), given: Begun | None = None) -> None:
        """A desk.

        Args:
            sources: paths to read, in order; without any the library's articles lie there.
            given: what came by standard input; it lies on top.
        """
        self.home, self.config = home, config
        self.library = Library(home.library, LostNotes(home))
        self.stamp = worker.stamp(home, config)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._read: dict[str, Article] = {}
        self._at_hand: dict[str, Begun] = {}
        self._problems: dict[str, str] = {}
        self._open: WeakValueDictionary[str, Reading] = WeakValueDictionary()
        """By the article's id, how it was opened last, for as long as somebody has that."""
        self.open_shelves()
        self.named = [*([given.article.source or "-"] if given is not None else []), *sources]
        self.keys = Stack(self.named)
        if given is not None:
            self.lay(self.named[0], given)

    async def call(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run a blocking function in the desk's thread, after all that were called before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def lay(self, key: str, begun: Begun) -> None:
        """Take what was begun to be read already as the source `key`."""
        self._at_hand[key] = begun

    def close(self) -> None:
        """Wait for what is still being written, then let go of the files."""
        self._thread.shutdown(wait=True)
        self.close_shelves()
        self.library.close()

    def notices(self) -> list[str]:
        """What went wrong before anything was shown, a sentence each."""
        return [sentence for sentence in (self.library.problem, *self._problems.values()) if sentence]

    # --- blocking: call them through `call` once the app runs ------------------------------------------------

    def article(self, key: str) -> Article:
        """The article of that key, read when it was not yet. Raises IntakeError."""
        if key not in self._read:
            try:
                self._read[key] = self._fetch(key)
            except BriefbookError as error:
                self._problems[key] = str(error)
                raise
            self._problems.pop(key, None)
        return self._read[key]

    def _fetch(self, key: str) -> Article:
        if key.startswith(ID):
            article = self.library.get(key.removeprefix(ID))
            if article is None:
                raise IntakeError("this article is no longer in the library", key.removeprefix(ID))
            return article
        begun = self._at_hand.pop(key, None) or intake.begin(key)
        self.rests[key] = begun.rest
        return self.library.put(begun.article)

    def reading(self, key: str) -> Reading:
        """The article of that key with its notes and, when it was analysed before, its analysis."""
        article = self.article(key)
        reading = self._unsaved(article) or Reading(article, Notebook(self.home, article))
        reading.general = tuple(one for origin, one in everywhere(self.home) if origin != article.id)
        reading.recovered = 0 if reading.notebook.unsaved else self._recover(reading.notebook)
        self._open[article.id] = reading
        for entry in self.library.entries_of([article.id]):
            reading.position, reading.seen = entry.position, entry.progress
        if len(article.text) <= worker.LONG:
            self.look_up(reading)
        return reading

    def renewed(self, key: str, before: Reading, begun: Begun) -> Reading:
        """The article of that key, open as `before`, with the text that its source has now: a version of it.

        Raises:
            NotebookError: there are changes to its notes that are on no disk yet.
            IntakeError: the source holds another article by now.
        """
        if before.notebook.unsaved:
            advice = "the new text can be taken in when they are"
            raise NotebookError("the last changes of its notes are not saved yet", before.article.title, advice)
        if self.library.id_of(begun.article) != before.article.id:
            raise IntakeError("another article is there now", begun.article.source, "open it anew to read that")
        article = self.library.put(begun.article)
        same = [known for known, one in self._read.items() if one.id == article.id]
        self._read |= dict.fromkeys([key, *same], article)
        return self.reading(key)

    def changes(self, reading: Reading) -> Changes | None:
        """What the open text has otherwise than the one before it; None when there is no other."""
        article = reading.article
        others = [one for one in self.library.versions(article.id) if one.hash != article.text_hash]
        older = [one for one in others if one.seen < self.seen(article)] or others
        before = self.library.get(article.id, older[-1].hash) if older else None
        if before is None:
            return None
        raw = self.analysis(before) or self.library.latest_analysis(before.text_hash, before.text)
        return changes(Reading(before, reading.notebook, raw, general=reading.general), reading, older[-1].seen)

    def is_news(self, article: Article) -> bool:
        """Whether the library had another text of the article until just now."""
        versions = self.library.versions(article.id)
        is_last = len(versions) > 1 and versions[-1].hash == article.text_hash
        return is_last and moment(versions[-1].seen) > time() - _JUST_NOW

    def seen(self, article: Article) -> str:
        """When this text of the article was first seen; empty when that is not known."""
        return next((one.seen for one in self.library.versions(article.id) if one.hash == article.text_hash), "")

    def _unsaved(self, article: Article) -> Reading | None:
        """This very text as it was opened before, when there are changes to it that are on no disk yet."""
        before = self._open.get(article.id)
        known = before is not None and before.notebook.unsaved and before.article.text_hash == article.text_hash
        return before if known else None

    def look_up(self, reading: Reading) -> None:
        """Complete `reading` with its analysis, when there is one, and with what is slow to make of that.

        Raises:
            LibraryError: the library cannot be read.
        """
        gc.unfreeze()
        if len(reading.article.text) <= worker.LONG:
            self._look_up(reading)
            return
        # What is made of a long text stays while it is open: to look through it for what can be thrown away would keep
        # a key waiting for 100 ms.
        gc.disable()
        try:
            self._look_up(reading)
            gc.freeze()
        finally:
            gc.enable()

    def _look_up(self, reading: Reading) -> None:
        reading.raw = self.analysis(reading.article)
        reading.is_looked_up = True
        reading.prepare()

    def _recover(self, notebook: Notebook) -> int:
        """How many notes were being written when briefbook went away, and are saved now."""
        try:
            return drafts.recover(self.home, notebook)
        except NotebookError:
            return 0

    def first(self) -> tuple[str, Reading] | None:
        """The first article that can be read, with its key; problems on the way are kept in the shelf."""
        for key in self.keys:
            try:
                return key, self.reading(key)
            except BriefbookError as error:
                self._problems[key] = str(error)
                continue
        return None

    def analysis(self, article: Article) -> Analysis | None:
        """The analysis of this text by the extractor and model that are there now; without a model, the latest."""
        if self.stamp is None:
            return self.library.latest_analysis(article.text_hash, article.text)
        return self.library.analysis(article.text_hash, self.stamp, article.text)

    def state(self) -> dict[str, Any]:
        """Pane sizes and the like as they were left; empty when there is nothing that can be read."""
        try:
            data = json.loads(self.home.state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def keep_state(self, state: dict[str, Any]) -> None:
        """Remember pane sizes and the like. What cannot be written is let go: it is nobody's work."""
        with suppress(OSError):
            atomic.write(self.home.state, json.dumps(state, indent=1, sort_keys=True).encode() + b"\n")
