"""The process that owns spaCy, `python -m store.worker`: one JSON request a line in, JSON Lines out, nothing else.

Request: `{"id": n, "article": {...}}` (`article_json`). Answers, each with that id: any number of
`{"state": "fetching", "done": bytes, "total": bytes}`, `{"state": "loading"}`, `{"state": "parsing"}`, which for a text
that takes longer comes again with the code points `"done"` and `"total"`, then either
`{"analysis": {...}, "stamp": "...", "lacks": "..."}` or `{"error": "one sentence", "missing": true | false}`, where
`missing` says that there is no language model and none could be fetched. The analysis of a long text is kept in the
library by this process itself, and told as `"analysis": null`: it would take the app a second to read it. It ends when
its input does, and at once when nobody reads its answers any more. Importing this module loads neither spaCy nor a
model.
"""

import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from store.analysis import Analysis, to_json
from store.article import Article
from store.errors import BriefbookError, ExtractError, ModelError, printable
from store.home import Config, Home, find_home, read_config_leniently

if TYPE_CHECKING:
    from store.extract.pipelines import Pipelines

LONG = 400_000
"""Code points from which on a text's analysis goes by way of the library, and is read behind the text's first frame."""
_TELL_EVERY = 0.5
"""Seconds between two words on how far the parsing is."""

Send = Callable[[dict[str, Any]], None]


def stamp(home: Home, config: Config) -> str | None:
    """The key under which analyses are cached now: the rules' version and the models. None without a model."""
    from store.extract import language

    try:
        return language.stamp(home, config)
    except ModelError:
        return None


def lacks(code: str) -> str:
    """One sentence on what an analysis of a text in the language `code` does not cover; empty for English."""
    from store.extract import language

    if language.is_english(code):
        return ""
    return f"Numbers and quotes are found in English texts only; this one is in {printable(code)!r}."


def article_json(article: Article) -> dict[str, Any]:
    """`article` as plain data, every field of it."""
    return asdict(article)


def article_from_json(data: Mapping[str, Any]) -> Article:
    """The inverse of `article_json`; other keys are ignored.

    Raises:
        KeyError, TypeError, ValueError: when `data` is not of that form.
    """
    known = {item.name: data[item.name] for item in fields(Article) if item.name in data}
    return Article(**{**known, "furniture": tuple((int(start), int(end)) for start, end in data["furniture"])})


class Worker:
    """Answers requests one after the other."""

    def __init__(self, home: Home, send: Send) -> None:
        self._home = home
        self._send = send
        self._number: Any = None

    def answer(self, line: bytes | str) -> None:
        """Answer the request in `line`; whatever goes wrong becomes an answer too."""
        number: Any = None
        try:
            request = json.loads(line)
            number = request["id"]
            article = article_from_json(request["article"])
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            self._send({"id": number, "error": f"this is no request ({type(error).__name__})", "missing": False})
            return
        try:
            self._send({"id": number, **self._analysed(number, article)})
        except BriefbookError as error:
            self._send({"id": number, "error": str(error), "missing": isinstance(error, ModelError)})
        except Exception as error:  # a fault in one article must not take the others with it
            sentence = ExtractError(f"it could not be analysed ({type(error).__name__})", article.title)
            self._send({"id": number, "error": str(sentence), "missing": False})

    def _analysed(self, number: Any, article: Article) -> dict[str, Any]:
        from store.extract import language

        self._number = number
        self._pipelines.get(article.language)
        self._send({"id": number, "state": "parsing"})
        [analysis] = self._pipelines.analyses([article], self._counting(len(article.text)))
        if isinstance(analysis, BriefbookError):
            raise analysis
        stamp = language.stamp(self._home, self._config)
        kept = len(article.text) > LONG and self._keep(article, stamp, analysis)
        answer = {"analysis": None if kept else to_json(analysis), "stamp": stamp}
        return answer | ({"lacks": lack} if (lack := lacks(article.language)) else {})

    def _keep(self, article: Article, stamp: str | None, analysis: Analysis) -> bool:
        """Keep an analysis in the library, if the article is there; whether it is kept."""
        from store.library import Library

        try:
            with Library(self._home.library) as library:
                # A library that is not what is on the disk lives in this process only: the app would not find it there.
                if stamp is None or library.problem or library.identify(article) is None:
                    return False
                library.keep_analysis(article.text_hash, stamp, analysis)
                return not library.problem
        except BriefbookError:
            return False

    def _counting(self, total: int) -> Callable[[int], None]:
        """What is told of each parsed piece, and tells how many of `total` code points are done, now and then."""
        done, told = 0, time.monotonic()

        def parsed(length: int) -> None:
            nonlocal done, told
            done += length
            if done < total and time.monotonic() - told >= _TELL_EVERY:
                told = time.monotonic()
                self._tell("parsing", done, total)

        return parsed

    @cached_property
    def _config(self) -> Config:
        # What is wrong in the settings is told by the app; it must not keep a text from being read.
        return read_config_leniently(self._home)[0]

    @cached_property
    def _pipelines(self) -> "Pipelines":
        from store.extract.pipelines import Pipelines

        return Pipelines(self._home, self._config, self._tell)

    def _tell(self, state: str, done: int, total: int) -> None:
        progress = {"done": done, "total": total} if total else {}
        self._send({"id": self._number, "state": state, **progress})


def serve(requests: Iterable[bytes], output: BinaryIO) -> None:
    """Answer every line of `requests` on `output`, until they end."""

    def send(answer: dict[str, Any]) -> None:
        output.write(json.dumps(answer).encode() + b"\n")
        output.flush()

    worker = Worker(find_home(), send)
    for line in requests:
        worker.answer(line)


def main() -> int:
    """Serve standard input and output, nicely. Whatever a library prints goes to standard error."""
    os.nice(10)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    answers = os.dup(1)
    os.dup2(2, 1)
    threading.Thread(target=_end_when_unread, args=(answers,), daemon=True).start()
    try:
        with os.fdopen(answers, "wb") as output:
            serve(sys.stdin.buffer, output)
    except (BrokenPipeError, KeyboardInterrupt):
        return 1
    return 0


def _end_when_unread(descriptor: int) -> None:
    """End this process when the other end of its answers is closed, as happens when the app is killed."""
    poll = select.poll()
    poll.register(descriptor, 0)
    if any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll()):
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
