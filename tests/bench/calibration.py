"""`python -m tests.bench.calibration EVAL_FOLDER`: of the rows that are said to be so and so sure, how many are right?

EVAL_FOLDER is that of `tests.bench.gates`; the scorers in it decide what is right. An actor is right when it is the
row of a gold actor, of its kind; a number in value, relation and unit; a quote when it shares half of its words and of
a gold quote's. Prints a table in Markdown.
"""

import argparse
import importlib
import itertools
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.analysis import extract_json
from store.article import make_article
from store.extract import language
from store.extract.analyse import analyses
from store.home import Config, find_home

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
"""Where the bands of confidence begin."""

Judged = Iterator[tuple[float, bool]]
"""The confidence of each row and whether it is right."""


def actors(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> Judged:
    """The rows of an article; those that the gold leaves open are not judged."""
    golds, rows = scorer.read_gold(gold), scorer.read_pred(found, gold["text"])
    aligned, _ = scorer.align(golds, rows)
    shared = Counter((g, p) for (g, _), (p, _, _) in aligned.items())
    owner: dict[int, int] = {}
    for (g, p), _ in sorted(shared.items(), key=lambda pair: -pair[1]):
        if p not in owner and g not in owner.values():
            owner[p] = g
    for place, row in enumerate(found["actors"]):
        g = owner.get(place)
        if rows[place]["named"] and not (g is not None and golds[g]["free"]):
            yield row["confidence"], g is not None and golds[g]["kind"] == row["kind"]


def numbers(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> Judged:
    """The figures of a sentence."""
    kept = [row for row in found["numbers"] if row["kind"] not in scorer.IGNORED_KINDS.split(",")]
    golds, rows = [scorer.read_number(row) for row in gold["numbers"]], [scorer.read_number(row) for row in kept]
    right = {}
    for g, p in scorer.pair_values(golds, rows):
        judged = scorer.judge(golds[g], rows[p])
        right[p] = judged["value+relation"] and judged["value+unit|of"]
    for place, row in enumerate(kept):
        yield row["confidence"], right.get(place, False)


def quotes(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> Judged:
    """The quotes of an article."""
    [article], _ = scorer.pair_articles([gold], [found])
    right = set(article.matched.values())
    for place, row in enumerate(found["quotes"]):
        yield row["confidence"], place in right


SETS = {
    "actors": ("gum-dev", "score_actors", actors),
    "numbers": ("newsquant-dev", "score_numbers", numbers),
    "quotes": ("polnear-dev", "score_quotes", quotes),
}


def extracted(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each gold object of a file with what we find in its text."""
    model = language.find(find_home(), Config())
    if model is None:
        sys.exit("there is no language model; run `briefbook model install`")
    golds = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [make_article(gold["text"], id=gold["id"]) for gold in golds]
    for gold, article, analysis in zip(golds, articles, analyses(language.load(model), articles), strict=True):
        yield gold, extract_json(article, analysis)


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    folder = ask.parse_args().folder
    sys.path.insert(0, str(folder))
    print("| pane | said | rows | mean | right |\n|---|---|---|---|---|")
    for pane, (gold_set, scorer, judge) in SETS.items():
        module = importlib.import_module(scorer)
        judged = [one for pair in extracted(folder / "data" / f"{gold_set}.jsonl") for one in judge(module, *pair)]
        for low, high in itertools.pairwise(EDGES):
            band = [(said, right) for said, right in judged if low <= said < high]
            if band:
                mean, right = (sum(values) / len(band) for values in zip(*band, strict=True))
                print(f"| {pane} | {low:.2f} to {min(high, 1):.2f} | {len(band)} | {mean:.2f} | {right:.2f} |")


if __name__ == "__main__":
    main()
