"""`briefbook extract`: articles in, one line of JSON each out, in order."""

import argparse
import itertools
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from typing import TypeVar

from store import intake, worker
from store.analysis import Analysis, extract_json
from store.article import Article
from store.errors import BriefbookError, ExtractError
from store.export import jsonl
from store.extract.pipelines import Pipelines
from store.home import Config, Home, find_home
from tui.commands import settings
from tui.commands.streams import Progress, say

BATCH = 16
"""Articles that are parsed together, and printed together."""

Item = TypeVar("Item")
Outcome = BriefbookError | str
"""A line of JSON, or why there is none."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook extract [--workers N] [--uncorrected] PATH..."
    parser.description = """\
Print what each article holds: one JSON object a line, in the order of the paths.

  id, title, source, text, language
  actors    who acts: name, kind, role, aliases, mentions, references
  numbers   which figures: start, end, text, kind, value, high, relation, unit, of
  quotes    who said what: spans, text, kind, speaker, cue, actor

Offsets are Unicode code points of "text", the end not included; every row has a "confidence" from 0 to 1.
What you put right in the app is right here, too."""
    parser.epilog = """\
examples:
  briefbook extract report.txt | jq '.actors[].name'
  briefbook extract briefings/ --workers 4 > briefings.jsonl
  curl -s https://example.org/a.html | briefbook extract -

An input that fails is named on standard error, the others are done, and the exit status is 1."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder with articles, or - for standard input"
    )
    parser.add_argument(
        "--workers",
        type=_positive,
        default=1,
        metavar="N",
        help="how many processes share the work (default 1); each takes about 450 MB",
    )
    parser.add_argument("--uncorrected", action="store_true", help="as the machine made it, without your corrections")


def run(arguments: argparse.Namespace) -> int:
    """Print the lines; 1 when any input failed."""
    home = find_home()
    config = settings.told(home)
    sources, failures = intake.find(arguments.paths)
    for failure in failures:
        say(failure)
    failed = len(failures)
    with closing(Extractor(home, config, not arguments.uncorrected)) as extractor:
        failed += _print(_outcomes(extractor, sources, arguments.workers), len(sources))
    return 1 if failed else 0


def _print(outcomes: Iterable[Outcome], sources: int) -> int:
    """Print the lines, and say what failed; returns how many did."""
    failed, progress = 0, Progress()
    for done, outcome in enumerate(outcomes, 1):
        progress.clear()
        if isinstance(outcome, BriefbookError):
            failed += 1
            say(outcome)
        else:
            sys.stdout.write(outcome)
        if done % BATCH == 0 and not sys.stdout.isatty():
            sys.stdout.flush()
            progress.show(f"{done} articles of {sources} sources")
    progress.clear()
    return failed


def _outcomes(extractor: "Extractor", sources: Sequence[str], workers: int) -> Iterator[Outcome]:
    if workers == 1:
        yield from extractor.lines(sources)
    else:
        yield from in_processes(extractor, sources, workers)


def in_processes(extractor: "Extractor", sources: Sequence[str], workers: int) -> Iterator[Outcome]:
    """By several processes; at most two batches a process are under way, so that memory stays bounded."""
    extractor.pipelines.model("en")  # fetched once, before all of them want it
    with ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_start, initargs=extractor.made_of
    ) as pool:
        try:
            waiting: deque[Future[list[Outcome]]] = deque()
            for batch in _batches(sources):
                waiting.append(pool.submit(_lines, batch))
                if len(waiting) >= 2 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ExtractError(
                "a process ended unexpectedly, perhaps for want of memory", advice="use fewer --workers"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch


class Extractor:
    """Makes lines of JSON of sources; close it after use."""

    def __init__(self, home: Home, config: Config, put_right: bool = True) -> None:
        self.made_of = (home, config, put_right)
        self.pipelines = pipelines(home, config)
        from store.putting_right import PuttingRight  # opens notes and library, of which help needs nothing

        self._put_right = PuttingRight(home) if put_right else None
        self._said: set[str] = set()

    def close(self) -> None:
        """Let go of the library."""
        if self._put_right:
            self._put_right.close()

    def lines(self, sources: Iterable[str]) -> Iterator[Outcome]:
        """A line or an error for each article of each source, in order."""
        for batch in _batches(item for source in sources for item in intake.read_all(source)):
            analyses = self.pipelines.analyses(item for item in batch if isinstance(item, Article))
            for item in batch:
                if isinstance(item, BriefbookError):
                    yield item
                    continue
                analysis = next(analyses)
                yield analysis if isinstance(analysis, BriefbookError) else self._line(item, analysis)

    def _line(self, article: Article, analysis: Analysis) -> str:
        if article.language not in self._said and (lack := worker.lacks(article.language)):
            say(lack)
        self._said.add(article.language)
        if self._put_right:
            analysis = self._put_right.analysis(analysis, article)
        return jsonl.line(extract_json(article, analysis))


def pipelines(home: Home, config: Config) -> Pipelines:
    """Pipelines that say on standard error what is waited for."""
    progress = Progress()

    def tell(state: str, done: int, total: int) -> None:
        if state == "loading":
            progress.clear()
        else:
            progress.show(f"fetching the language model: {done / 1e6:.0f} of {total / 1e6:.0f} MB")

    return Pipelines(home, config, tell)


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 64")
    return number


_extractor: Extractor | None = None


def _start(home: Home, config: Config, put_right: bool) -> None:
    """Begin a process of the pool: Ctrl-C ends it at once and without a word, that is for the one in front."""
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _extractor = Extractor(home, config, put_right)


def _lines(sources: list[str]) -> list[Outcome]:
    assert _extractor is not None
    return list(_extractor.lines(sources))
