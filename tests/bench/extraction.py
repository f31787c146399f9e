"""What extraction costs beside the bare parse, on a folder of texts: `python -m tests.bench.extraction FOLDER`.

First how long the first article takes from the start of a process, and the peak memory of that process after it and
after all of them. Then each round runs `nlp.pipe` of the bare model and the whole pipeline (`analyses`) on the same
texts in one process, one after the other, and prints words a second of processor time and their ratio.

With `--repeated` it measures instead how the time grows on texts of one thing repeated: marks, digits, names.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from store.article import Article, make_article
from store.extract import language
from store.extract.analyse import analyse, analyses
from store.extract.parse import parse
from store.home import Config, find_home

if TYPE_CHECKING:
    from spacy.language import Language

COLD = """
import sys, time
started = time.perf_counter()
from store.article import make_article
from store.extract import language
from store.extract.analyse import analyses
from store.home import Config, find_home
nlp = language.load(language.find(find_home(), Config()))
print(time.perf_counter() - started)
articles = [make_article(open(path, encoding="utf-8").read()) for path in sys.argv[1:]]
next(analyses(nlp, articles[:1]))
print(time.perf_counter() - started)
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
for analysis in analyses(nlp, articles):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
REPEATED = {
    "straight marks": '"',
    "curly marks": "“",
    "digits": "7",
    "digits, parted": "7 ",
    "brackets": "(",
    "one word": "a",
    "emoji": "🎈",
    "newlines": "\n",
    "said": "said ",
    "and": "and ",
    "names": "Ada Blum, ",
    "a table": "Oslo | 12 | 3.5 kg\n",
}


def seconds(work: Callable[[], object]) -> float:
    """The processor time that `work` takes; that of other programs on the machine is not in it."""
    started = time.process_time()
    work()
    return time.process_time() - started


def exhausted(items: Iterable[object]) -> int:
    """How many there are."""
    return sum(1 for _ in items)


def compare(texts: list[str], rounds: int) -> None:
    """Print both speeds and their ratio, round by round; a first round that only warms up is not printed."""
    import spacy

    model = language.find(find_home(), Config())
    if model is None:
        sys.exit("there is no language model; run `briefbook model install`")
    bare, ours = spacy.load(model.path), language.load(model)
    bare.max_length = 10**9
    articles = [make_article(text) for text in texts]
    words = sum(article.words for article in articles)
    ratios = []
    for number in range(rounds + 1):
        alone = seconds(lambda: exhausted(bare.pipe(texts)))
        whole = seconds(lambda: exhausted(analyses(ours, articles)))
        if number:
            ratios.append(alone / whole)
            print(f"{words / alone:8.0f} {words / whole:8.0f} words/s   {ratios[-1]:.3f}")
    print(f"median ratio {statistics.median(ratios):.3f} of {words} words in {len(texts)} texts")


def cold(paths: list[Path], tries: int = 3) -> None:
    """Print the best of some starts of a process that analyses one article and then all."""
    command = [sys.executable, "-c", COLD, *map(str, paths)]
    runs = [subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split() for _ in range(tries)]
    loaded, done, one, every = min(([float(part) for part in run] for run in runs), key=lambda run: run[1])
    print(f"first article after {done:.2f} s, {loaded:.2f} s of them until the model is loaded")
    print(f"peak memory {one:.0f} MB after the first article, {every:.0f} MB after all")


def grow(sizes: list[int]) -> None:
    """Print, for each thing repeated, the processor time of parse and rules at each size, in seconds."""
    model = language.find(find_home(), Config())
    if model is None:
        sys.exit("there is no language model; run `briefbook model install`")
    nlp = language.load(model)
    print("size, then parse and rules in s:", *sizes)
    for name, piece in REPEATED.items():
        columns = [_parse_and_rules(nlp, make_article(piece * (size // len(piece)) + "x")) for size in sizes]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:16}", *(f"{parsed:8.2f} {rules:7.2f}" for parsed, rules in columns), f"  peak {memory:.0f} MB")


def _parse_and_rules(nlp: "Language", article: Article) -> tuple[float, float]:
    started = time.process_time()
    doc = parse(nlp, article.flowing)
    parsed = time.process_time()
    analyse(doc, article)
    return parsed - started, time.process_time() - parsed


def main() -> None:
    """Measure what is asked."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path, nargs="?", help="with .txt files in UTF-8")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--repeated", type=int, nargs="+", metavar="SIZE", help="code points, such as 250000 500000")
    asked = ask.parse_args()
    if asked.repeated:
        grow(asked.repeated)
        return
    paths = sorted(asked.folder.glob("*.txt")) if asked.folder else []
    if not paths:
        sys.exit("give a folder that holds .txt files")
    cold(paths)
    compare([path.read_text(encoding="utf-8") for path in paths], asked.rounds)


if __name__ == "__main__":
    main()
