"""The text cut into paragraphs and each of those into runs that the same highlights cover. Looks are the formats'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from store.export import Export, Placed
from store.spans import Span


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, and the highlights that cover all of them."""

    span: Span
    marks: tuple[Placed, ...]
    """The one that begins last stands last."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text."""

    span: Span
    furniture: bool
    """Whether it is none of the report."""
    runs: Sequence[Run]
    begins: Sequence[Placed]
    """The highlights that begin in it."""


def paragraphs(export: Export) -> Iterator[Paragraph]:
    """The paragraphs in order. The cost grows with text and highlights, and with how many lie over one another."""
    waiting = [item for item in export.placed if item.span is not None]
    furniture = set(export.article.furniture)
    active: list[Placed] = []
    at = 0
    for span in export.article.paragraphs:
        first = at
        while at < len(waiting) and _span(waiting[at])[0] < span[1]:
            at += 1
        begins = waiting[first:at]
        active = [item for item in [*active, *begins] if _span(item)[1] > span[0]]
        yield Paragraph(span, span in furniture, list(_runs(span, active)), begins)


def stretches(paragraph: Paragraph) -> Iterator[tuple[bool, list[Run]]]:
    """The runs that stand together and are all marked, or all not: what one pair of marks can enclose."""
    for is_marked, together in groupby(paragraph.runs, key=lambda run: bool(run.marks)):
        yield is_marked, list(together)


def borders(words: str) -> tuple[str, str, str]:
    """The white space at the start, what is between, and that at the end: marks may not enclose blanks."""
    core = words.strip()
    at = words.find(core)
    return words[:at], core, words[at + len(core) :]


def _runs(span: Span, marks: Sequence[Placed]) -> Iterator[Run]:
    """The runs that `marks`, in the order of their starts, cut `span` into."""
    cuts = sorted({*span, *(min(max(cut, span[0]), span[1]) for mark in marks for cut in _span(mark))})
    covering: list[Placed] = []
    at = 0
    for start, end in pairwise(cuts):
        while at < len(marks) and _span(marks[at])[0] <= start:
            covering.append(marks[at])
            at += 1
        covering = [mark for mark in covering if _span(mark)[1] > start]
        yield Run((start, end), tuple(covering))


def _span(item: Placed) -> Span:
    return item.span or (0, 0)
