"""How long it takes to write out and take in 10,000 highlights; `python tests/bench/exchange.py`.

Prints seconds for each format out, and for the formats that come in: read and brought into an empty home.
"""

import io
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from store import anchoring
from store.annotation import Highlight, Note, new_id, now
from store.article import make_article
from store.export import FORMATS, Export, delivery, template
from store.export.delivery import Target
from store.home import find_home
from store.imports import Bundle, reading
from store.imports.bringing import bring
from store.imports.matching import Shelf
from store.library import Library
from store.spans import Span

COUNT = 10_000
WORDS = ["harbour", "ship", "“quoted”", "said", "council", "plan", "May", "$1.2", "million", "[x]", "*star*", "🎈"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A highlight that stands in the text."""

    highlight: Highlight
    span: Span
    grade: str = "exact"


def made() -> Export:
    """An article of 120,000 words with overlapping highlights and half as many notes."""
    chance = random.Random(1)
    text = "\n".join(" ".join(chance.choices(WORDS, k=60)) for _ in range(2_000))
    article = make_article(text, title="Bench", source="https://example.org/bench")
    placed, notes = [], []
    for number in range(COUNT):
        start = number * (len(text) - 300) // COUNT
        span = (start, start + chance.randint(20, 200))
        selector = replace(anchoring.describe(text, *span), version=article.text_hash)
        highlight = Highlight(new_id(), selector, number % 5 + 1, ("a", "b c"), now(), now())
        placed.append(Standing(highlight, span))
        if number % 2:
            words = f"A note *with* [link](https://example.org) {number}" if number % 4 == 1 else f"plain, {number}"
            notes.append(Note(new_id(), words, highlight.id, ("t",), now(), now()))
    return Export(article, tuple(placed), tuple(notes))


def timed(what: str, work: Callable[[], object]) -> None:
    """Print how long `work` takes."""
    began = time.perf_counter()
    work()
    print(f"{what:<24} {time.perf_counter() - began:5.2f} s")


def main() -> None:
    """Measure everything once."""
    export = made()
    for name, known in FORMATS.items():
        target = Target(name, template.find("vault", Path(tempfile.gettempdir())) if name == "template" else None)
        for whole in (False, True) if known.whole in ("yes", "no") else (False,):
            one = replace(export, whole=whole)
            timed(
                f"out {name}{' whole' if whole else ''}", lambda t=target, e=one: sum(map(len, delivery.pieces(t, [e])))
            )
    for name in ("jsonl", "jsonld", "hypothesis", "readwise"):
        data = "".join(delivery.pieces(Target(name), [export])).encode()
        timed(f"in {name}", lambda d=data: take_in(d))
    timed("in kindle", lambda: take_in(clippings(export)))
    timed("in koreader", lambda: take_in(book(export)))


def clippings(export: Export) -> bytes:
    """The highlights, and half as many notes, as a Kindle keeps them."""
    made = []
    for number, item in enumerate(export.placed):
        for kind, words in (("Highlight", item.highlight.selector.exact), ("Note", f"note {number}"))[: 1 + number % 2]:
            where = f"location {number * 3}-{number * 3 + 2}" if kind == "Highlight" else f"location {number * 3 + 2}"
            what = f"- Your {kind} on page 1 | {where} | Added on Thursday, 24 August 2017 22:31:50"
            made.append(f"Bench (A. Writer)\n{what}\n\n{' '.join(words.split())}\n==========\n")
    return "".join(made).encode()


def book(export: Export) -> bytes:
    """The highlights, each with a note, as KOReader exports them."""
    entries = [
        {
            "text": item.highlight.selector.exact,
            "note": f"note {number}",
            "page": number,
            "time": 1_700_000_000 + number,
        }
        for number, item in enumerate(export.placed)
    ]
    return json.dumps({"title": "Bench", "author": "A. Writer", "entries": entries}).encode()


def take_in(data: bytes) -> None:
    """Into an empty home."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BRIEFBOOK_HOME"] = folder
        home = find_home()
        home.make()
        with Library(home.library) as library:
            for bundle in reading.read(io.BytesIO(data)).bundles:
                if isinstance(bundle, Bundle):
                    bring(Shelf(home, library), bundle)


if __name__ == "__main__":
    main()
