"""Where a passage stands after its text changed. Text in, offsets out: knows no files and no notebook."""

from dataclasses import dataclass
from typing import Literal

from store.annotation import Selector

CONTEXT = 64
"""How many code points are kept on each side of a passage."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands now."""

    start: int
    end: int
    grade: Literal["exact", "moved", "changed"]
    """`exact`: as and where it stood; `moved`: it reads the same elsewhere; `changed`: its words changed."""


def describe(text: str, start: int, end: int) -> Selector:
    """What ties the passage `text[start:end]` to `text`."""
    return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def find(selector: Selector, text: str) -> Found | None:
    """Where the passage stands in `text`; None when it is gone."""
    if text[selector.start : selector.end] == selector.exact:
        return Found(selector.start, selector.end, "exact")
    at = text.find(selector.exact)
    return None if at < 0 else Found(at, at + len(selector.exact), "moved")
