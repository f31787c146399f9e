"""The process in which a reader's own regular expression runs, so that it can be ended. Nothing of ours is imported.

It reads a line of JSON (`pattern`, `flags`, `start`, `most`) and then a text in UTF-8 from standard input, and writes
the spans of the matches as pairs of native 64-bit integers: those from `start` on, then those before it.
"""

import json
import re
import sys
import time
from array import array

_EVERY = 0.02


def main() -> None:
    """Answer one search."""
    order = json.loads(sys.stdin.buffer.readline())
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    pattern = re.compile(order["pattern"], order["flags"])
    left = find(pattern, text, order["start"], len(text), order["most"])
    find(pattern, text, 0, order["start"], left)


def find(pattern: re.Pattern[str], text: str, start: int, end: int, most: int) -> int:
    """Write the matches that start in `[start, end)`, at most `most`; how many more may be written."""
    found, told = array("q"), time.monotonic()
    for match in pattern.finditer(text, start):
        if match.start() >= end or most <= 0:
            break
        if match.start() < match.end():
            found.extend(match.span())
            most -= 1
        if time.monotonic() - told > _EVERY:
            tell(found)
            found, told = array("q"), time.monotonic()
    tell(found)
    return most


def tell(found: "array[int]") -> None:
    """Write matches out."""
    sys.stdout.buffer.write(found.tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
