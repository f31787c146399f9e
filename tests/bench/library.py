"""What a library of many articles costs: adding, its file, searching, and the app's first frame beside an empty one.

    python tests/bench/library.py --texts TEXTS.jsonl [--many 100000] [--kills 200] [--folder DIR]
        [--only add|search|frames]

TEXTS is JSON Lines with a "text" each; the articles are made of their paragraphs, mixed, each of another mixture. The
library of `--folder` is used again when it is there already. Prints one figure a line.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from store.article import Article, make_article
from store.database import connect
from store.home import Home
from store.library import Library
from store.marks import Marks
from store.notes_index import NotesIndex
from store.query_parser import parse
from store.search import Search

BATCH = 256
PAGE = 50
FRAME = """
import os, sys, time
from pathlib import Path
started = time.perf_counter()
from store.home import Config, Home
from tui import app
from tui.screens.reader import ReaderScreen

def shown(screen):
    print(f"FRAME {(time.perf_counter() - started) * 1000:.1f}", flush=True)
    os._exit(0)

ReaderScreen._settle = shown
home = Home(Path(sys.argv[1]))
app.Briefbook.run = lambda self: App.run(self, headless=True, size=(160, 48))
from textual.app import App
app.run([], [], home, Config())
"""
"""Ends when the first frame was drawn: what `_settle` does is all that comes after it."""


class Mixer:
    """Makes articles of the paragraphs of real ones, of their usual length."""

    def __init__(self, path: Path) -> None:
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        self.paragraphs = [part for text in texts for part in text.split("\n") if part.strip()]
        self.each = round(statistics.mean(map(len, texts)) / statistics.mean(map(len, self.paragraphs)))
        self.chance = random.Random(7)

    def article(self, number: int) -> Article:
        parts = self.chance.choices(self.paragraphs, k=max(2, round(self.chance.gauss(self.each, self.each / 3))))
        text = "\n".join([*parts, f"Filed under {number}."])
        day = f"{2015 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
        return make_article(
            text, title=" ".join(parts[0].split()[:9]), source=f"https://example.org/{number}", published=day,
            publisher=f"Paper {number % 40}",
        )  # fmt: skip

    def words(self) -> list[str]:
        """Words as a reader would search them: of four letters or more, common and rare."""
        found = sorted({word for part in self.paragraphs for word in part.split() if len(word) > 3 and word.isalpha()})
        return self.chance.sample(found, 400)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def batches(articles: Iterator[Article], size: int) -> Iterator[list[Article]]:
    while batch := [article for _, article in zip(range(size), articles, strict=False)]:
        yield batch


def fill(home: Home, mixer: Mixer, many: int) -> None:
    """Make the library, and say how quickly and how large."""
    size = 0
    spent = 0.0
    with Library(home.library) as library:
        for batch in batches(map(mixer.article, range(many)), BATCH):
            size += sum(len(article.text.encode()) for article in batch)
            spent += timed(lambda batch=batch: library.add(batch))  # type: ignore[misc]
    print(f"filled: {many} articles, {many / spent * 1000:.0f} a second")
    (home.root / "size").write_text(str(size))


def report_size(home: Home) -> None:
    connection = connect(str(home.library))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    text = int((home.root / "size").read_text())
    file = home.library.stat().st_size
    print(f"file: {file / 1e6:.0f} MB for {text / 1e6:.0f} MB of text, {file / text:.2f} x")


def add_files(mixer: Mixer, folder: Path, count: int = 1000) -> None:
    """A thousand files from disk by the command itself."""
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for number in range(count):
        (inbox / f"{number}.txt").write_text(mixer.article(number).text, encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=folder) as home:
        environment = os.environ | {"BRIEFBOOK_HOME": home}
        command = [sys.executable, "-m", "tui", "add", str(inbox)]
        spent = timed(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))
        print(f"add: {count} files in {spent / 1000:.2f} s, {count / spent * 1000:.0f} a second, with the start")


def kills(mixer: Mixer, folder: Path, times: int) -> None:
    """Kill `briefbook add` at any moment, and look each time at what it left: no article half there."""
    inbox = folder / "inbox"
    whole, left = 0, 0
    for _ in range(times):
        with tempfile.TemporaryDirectory(dir=folder) as root:
            home = Home(Path(root))
            command = [sys.executable, "-m", "tui", "add", str(inbox)]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen(command, env=os.environ | {"BRIEFBOOK_HOME": root}, **quiet)
            time.sleep(mixer.chance.uniform(0.15, 1.3))
            process.kill()
            process.wait()
            found = look(home)
            whole, left = whole + (found > 0), left + found
    print(f"kills: {times}, each library whole; {whole} of them had articles, {left / times:.0f} on average")


def look(home: Home) -> int:
    """How many articles the library has; fails when one is half there."""
    with Library(home.library) as library:
        entries = library.entries()
        assert library.problem == "", library.problem
        assert all(library.get(entry.id) for entry in entries)
        assert Search(library.file, NotesIndex(home)).count(parse("filed")) == len(entries)
        check = "INSERT INTO search (search) VALUES ('integrity-check')"
        library.file.read(lambda connection: connection.execute(check))
        return len(entries)


def searches(home: Home, mixer: Mixer) -> None:
    words = mixer.words()
    queries = {
        "one word": words[:100],
        "two words": [f"{one} {other}" for one, other in zip(words[100:150], words[150:200], strict=True)],
        "as one types": [word[: 4 + number % 3] + "*" for number, word in enumerate(words[200:260])],
        "common words": ["said", "president said", "police officers said", "new year", "government minister"],
        "phrases": ['"white house"', '"the president"', '"last year"', '"prime minister"'],
        "fields": ["said:none", "is:unread trade", "source:\"paper 7\" court", "after:2023 election", "title:police",
                   "strike or walkout", "police -court", "number>5e9 trade", "tag:x or court", "is:starred"],
    }  # fmt: skip
    everything: list[float] = []
    with Library(home.library) as library:
        search = Search(library.file, NotesIndex(home))
        for name, made in queries.items():
            times = [timed(lambda query=query: search.find(parse(query), PAGE)) for query in made]  # type: ignore[misc]
            everything += times
            print(f"search, {name}: {described(times)}")
        print(f"search, all: {described(everything)}")
        times = [timed(lambda: search.ids(parse("is:unread"), "title")), timed(lambda: Marks(library.file).counts())]
        print(f"shelf: all ids in order {times[0]:.0f} ms, counts {times[1]:.0f} ms")


def described(times: list[float]) -> str:
    times = sorted(times)
    return f"p50 {times[len(times) // 2]:.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms, most {times[-1]:.1f} ms"


def frames(home: Home, folder: Path) -> None:
    """The app's first frame, ten times each, in turn."""
    empty = folder / "empty"
    one = Home(empty)
    one.make()
    with Library(one.library) as library:
        library.put(make_article("One text to read.", source="/1"))
    times: dict[str, list[float]] = {"one article": [], "full": []}
    for _ in range(10):
        for name, root in (("one article", empty), ("full", home.root)):
            done = subprocess.run([sys.executable, "-c", FRAME, root], capture_output=True, text=True, check=False)
            times[name] += [float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("FRAME")]
    small, full = (statistics.median(found) for found in times.values())
    print(f"first frame: {small:.0f} ms with one article, {full:.0f} ms with all, {full / small:.2f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kills", type=int, default=0, help="how often `briefbook add` is killed, a second each")
    parser.add_argument("--only", choices=["add", "search", "frames"])
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    home = Home(folder / "full")
    mixer = Mixer(arguments.texts)
    if not home.library.exists():
        home.make()
        fill(home, mixer, arguments.many)
    if arguments.only in (None, "add"):
        report_size(home)
        add_files(mixer, folder)
        kills(mixer, folder, arguments.kills) if arguments.kills else None
    if arguments.only in (None, "search"):
        searches(home, mixer)
    if arguments.only in (None, "frames"):
        frames(home, folder)
    if arguments.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
