"""What saving one highlight costs, with few and with many saved in the library, beside the bare cost of the disk.

    python tests/bench/saving.py [--many 100000] [--each 20] [--folder DIR]

Prints medians in milliseconds. The bare cost is a file of the same length written, synced, renamed, its folder synced.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.article import Article, make_article
from store.home import Home
from store.notebook import Notebook
from store.notes_index import NotesIndex

SAVES = 60


def article(number: int) -> Article:
    """One of many articles of about 500 words."""
    lines = (
        f"Line {line} of {number}: the harbour master counted {line * 13} boats before noon." for line in range(50)
    )
    return make_article("\n".join(lines), title=f"Report {number}")


def fill(home: Home, many: int, each: int) -> None:
    """Save `many` highlights, `each` of them on one article."""
    for number in range(many // each):
        notebook = Notebook(home, article(number))
        with notebook.step("filled"):
            for place in range(each):
                notebook.add_highlight((place * 40, place * 40 + 35))


def replace(folder: Path, data: bytes) -> None:
    """The bare cost: a file replaced durably."""
    new = folder / "bare.new"
    with new.open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())
    new.replace(folder / "bare")
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def saves(few: Notebook, many: Notebook, folder: Path) -> tuple[float, float, float]:
    """Medians of a save into few, a save into many, and the bare disk; in turn, so that all meet the same disk."""
    times: list[tuple[float, float, float]] = []
    for number in range(SAVES):
        span = number * 30 + 3, number * 30 + 60
        of_few = milliseconds(lambda span=span: few.add_highlight(span))
        of_many = milliseconds(lambda span=span: many.add_highlight(span))
        data = os.urandom(few.path.stat().st_size)
        times.append((of_few, of_many, milliseconds(lambda data=data: replace(folder, data))))
    of_few, of_many, bare = (statistics.median(column) for column in zip(*times, strict=True))
    return of_few, of_many, bare


def main() -> None:
    """Measure with 100 and with many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=20, help="highlights an article")
    parser.add_argument("--folder", help="where to measure; the temporary folder otherwise")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        homes = Home(folder / "few"), Home(folder / "many")
        fill(homes[0], 100, options.each)
        fill(homes[1], options.many, options.each)
        few, many, bare = saves(Notebook(homes[0], article(1)), Notebook(homes[1], article(1)), folder)
        print(f"a save with 100 saved {few:.2f} ms, with {options.many} {many:.2f} ms ({many / few:.2f} times)")
        print(f"the bare disk {bare:.2f} ms: a save costs {few / bare:.1f} times that")
        with closing(NotesIndex(homes[1])) as index:
            made = milliseconds(index.refresh)
            found = milliseconds(lambda: index.find("boats noon"))
        print(f"the index of all is made in {made / 1000:.1f} s and searched in {found:.0f} ms")


if __name__ == "__main__":
    main()
