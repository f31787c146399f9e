"""What was extracted from an article: looked up in the library or asked of the worker, taken in, kept. A side of the
reader screen.
"""

from typing import Any

from textual import work

from store.analysis import from_json
from store.article import Article
from tui.client import Answer, Client
from tui.reading import Reading
from tui.screens.ahead import Ahead

_LONG = 100_000
"""Code points from which on it is worth saying how far the analysis is."""
_OTHER_VERSION = "The analysis cannot be read: briefbook was updated while it ran. Start it again."


class Knowing(Ahead):
    """The side of the reader screen that has to do with the worker."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.client = Client(self.told)

    @work(group="know")
    async def know(self, reading: Reading) -> None:
        """Find what was extracted before, or have it extracted: neither keeps the text from the screen."""
        if not reading.is_looked_up:
            await self._look_up(reading)
        if reading is self.reading and reading.raw is None:
            self.client.ask(reading.article)

    async def _look_up(self, reading: Reading) -> None:
        await self.done(self.desk.look_up, reading)
        if reading is self.reading and reading.raw is not None:
            self.draw_analysis()

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
            self._not_again.append(article.id)
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
        self._not_again.append(article.id)
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
            self._not_again.append(article.id)
        self.analyse_ahead()


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
