"""`python -m tests.bench.gates EVAL_FOLDER [--update]`: is extraction still as good as it was?

EVAL_FOLDER holds the scorers (`score_quotes.py`, ...) and `data/` with the gold sets; neither is part of the project.
Extracts every gold text with `briefbook extract`, scores it, and compares with the floors in `tests/gates.json`. Exit
status 1 when a figure is below its floor. `--update` raises floors to what was reached and never lowers one. Takes some
minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

GATES = Path(__file__).parent.parent / "gates.json"
MARGIN = 0.002
"""How far below its floor a figure may be: spaCy's results differ in the last digits between machines."""


def score(folder: Path, scorer: str, gold: str) -> dict[str, Any]:
    """What the scorer says of `briefbook extract` on the texts of a gold set."""
    gold_path = folder / "data" / f"{gold}.jsonl"
    with tempfile.TemporaryDirectory() as work:
        texts = Path(work) / "texts"
        texts.mkdir()
        for line in gold_path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            (texts / f"{article['id']}.txt").write_text(article["text"], encoding="utf-8", newline="")
        predicted = Path(work) / "predicted.jsonl"
        with predicted.open("wb") as out:
            subprocess.run([sys.executable, "-m", "tui", "extract", str(texts)], stdout=out, check=True)
        command = [sys.executable, str(folder / scorer), "--gold", str(gold_path), "--pred", str(predicted), "--json"]
        result: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        return result


def figure(result: Any, path: str) -> float:
    """The figure at a path of keys parted by `/`; per cent are made shares."""
    for key in path.split("/"):
        result = result[key]
    return result / 100 if result > 1 else float(result)


def main() -> int:
    """Score every set and say how each figure stands to its floor."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--update", action="store_true")
    asked = ask.parse_args()
    gates = json.loads(GATES.read_text(encoding="utf-8"))
    failed = 0
    for gold, gate in gates.items():
        result = score(asked.folder, gate["scorer"], gold)
        for path, floor in gate["floors"].items():
            reached = round(figure(result, path), 3)
            below = reached < floor - MARGIN
            failed += below
            print(f"{'BELOW' if below else 'ok':<6}{gold:<15}{path:<40}{reached:.3f}  floor {floor:.3f}")
            if asked.update and reached > floor:
                gate["floors"][path] = reached
    if asked.update:
        GATES.write_text(json.dumps(gates, indent=2) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
