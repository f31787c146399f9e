"""Taking in what the source of the open article says by now. A side of the reader screen.

A file is looked at now and then, beside the desk's thread, and what it says is taken in when the reader wants it: as a
new version of the article, with the highlights on their passages and the cursor on its sentence, as if it had been
opened anew. Pages of the web are asked when the reader says so and never else.
"""

from collections import Counter
from pathlib import PurePath

from textual import work

from store import intake
from store.errors import BriefbookError, IntakeError
from store.intake import Begun
from store.spans import Span
from tui.beside import beside
from tui.reading import Reading
from tui.renewal import OpenFile, open_file, same_places, source_of
from tui.screens.correcting import Correcting

RENEW_EVERY = 2.0
"""Seconds between looks at the open file."""


class Renewing(Correcting):
    """The side of the reader screen that takes in what is new in an article."""

    _file: OpenFile | None = None
    _file_of: Reading | None = None
    _looking = False

    def show(self, reading: Reading) -> None:
        """Show an article; `ReaderScreen` does it."""
        raise NotImplementedError

    @work(group="file")
    async def look_at_file(self) -> None:
        """Look whether the file of the open article says something else by now, and say so once."""
        if self._looking:
            return
        self._looking = True
        try:
            await self._look_at_file(self.key, self.reading)
        finally:
            self._looking = False

    async def _look_at_file(self, key: str, reading: Reading) -> None:
        if self._file_of is not reading:
            seen = await self.attempt(self.desk.seen, reading.article, otherwise="")
            self._file = await beside(open_file, key, reading.article, seen)
            self._file_of = reading
            await self._say_news(reading)
        file = self._file
        if file is None or not await beside(file.look) or reading is not self.reading:
            return
        self.draw_head()
        if file.newer is not None:
            name = PurePath(file.path).name
            self.status.say(f"{name} has changed on the disk; {self._key('renew')} takes the new text in")

    async def _say_news(self, reading: Reading) -> None:
        """Say that the article came with another text than it had, when it did and nothing else is to be said."""
        is_news = await self.attempt(self.desk.is_news, reading.article, otherwise=False)
        if is_news and reading is self.reading and not self.status.message:
            self.status.say(f"The text is another one than was read last; {self._key('changes')} shows what changed")

    def draw_head(self) -> None:
        """Draw what stands above the text."""
        is_newer = self._file_of is self.reading and self._file is not None and self._file.newer is not None
        sign = f"Changed on the disk ({self._key('renew')})" if is_newer else ""
        self.head.show(self.reading.article, sign)

    def do(self, action_id: str, span: Span, argument: str = "") -> None:
        """Read the source again, or show what that changed; everything else is for others."""
        if action_id == "renew":
            self.renew()
        elif action_id == "changes":
            self.tell_changes()
        else:
            super().do(action_id, span, argument)

    @work(group="open", exclusive=True)
    async def renew(self) -> None:
        """Take in what the source of the open article says now."""
        reading, key = self.reading, self.key
        try:
            begun = await self._read_again(reading, key)
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
            return
        if begun.article.text_hash == reading.article.text_hash:
            self.status.say("Nothing new: the text is as it was")
        elif reading is self.reading:
            await self._take_in(reading, key, begun)

    async def _read_again(self, reading: Reading, key: str) -> Begun:
        if self._file_of is reading and self._file is not None and self._file.newer is not None:
            return self._file.newer
        source = source_of(key, reading.article)
        if not source:
            raise IntakeError("this came from no file or page that could be read again", reading.article.title)
        self.status.say(f"Reading {source} again …")
        return await beside(intake.begin, source)

    async def _take_in(self, before: Reading, key: str, begun: Begun) -> None:
        made = await self.attempt(self.desk.renewed, key, before, begun, otherwise=None)
        if made is None:
            return
        await self.dialogs_answered()
        texts = before.article.text, made.article.text
        moved: dict[int, int] = {}
        # The reader may go on, and leave or mark places, while those before are looked for.
        while missing := {self.reader.caret, *self.reader.jumps.places} - moved.keys():
            moved |= await self.desk.call(same_places, *texts, missing)
            if before is not self.reading:
                return
        jumps, row = self.reader.jumps, self.reader.row
        made.position = moved[self.reader.caret]
        self.show(made)
        self.reader.row = row
        self.reader.jumps.follow(jumps, moved)
        self.redraw_books([key])
        self.status.say(f"The new text is here, {self._key('changes')} shows what changed{_highlights(made)}")

    @work(group="dialog", exclusive=True)
    async def tell_changes(self) -> None:
        """Show what the open text has otherwise than the one before it."""
        try:
            changes = await self.desk.call(self.desk.changes, self.reading)
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
            return
        if changes is None:
            self.status.say("There is no other version of this text")
        else:
            self.show_changes(changes)

    def redraw_books(self, keys: list[str]) -> None:
        """Draw these articles' rows of the shelf anew; `Shelving` does it."""
        raise NotImplementedError


def _highlights(reading: Reading) -> str:
    """What became of the highlights, as the end of a sentence."""
    grades = Counter(placed.grade for placed in reading.notebook.placed())
    stand, changed, gone = grades["exact"] + grades["moved"], grades["changed"], grades["orphan"]
    words = {"as they were": stand, "in other words": changed, "gone from the text": gone}
    said = ", ".join(f"{count} {said}" for said, count in words.items() if count)
    return f"; highlights: {said}" if said else ""
