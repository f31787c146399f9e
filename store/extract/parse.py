"""From text to one parsed spaCy document for the whole article, its offsets those of the text.

Here are the two things that spaCy's pipeline does not know: that a sentence never runs over a paragraph's end, and
that a text may be of any length and hold "words" of any length.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_PIECE = 10_000
"""Code points of a piece; a longer text is cut where a paragraph or a word ends."""
BATCH = 8
"""Pieces parsed at once. More are no faster and take more memory: every symbol may be a token."""
Parsed = Callable[[int], None]
"""Told of each piece that was parsed: its length in code points."""
LONGEST_WORD = 300
"""Code points without white space that are left whole: spaCy's tokenizer takes quadratic time on longer ones."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as damaged files hold it; spaCy fails on it."""


def pieces(text: str) -> Iterator[str]:
    """`text` cut into pieces that spaCy parses in linear time; joined they are `text` again.

    Cuts fall after a paragraph where there is one, else after white space, else within a word.

    >>> list(pieces("One.\\n\\nTwo."))
    ['One.\\n\\nTwo.']
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST_PIECE)
        if end < len(text):
            end = _cut(text, start, end)
        yield from _short_words(text[start:end])
        start = end


def _cut(text: str, start: int, end: int) -> int:
    for mark in ("\n", " "):
        cut = text.rfind(mark, start, end)
        if cut > start:
            return cut + 1
    return end


def _short_words(piece: str) -> Iterator[str]:
    last = 0
    for match in re.finditer(rf"\S{{{LONGEST_WORD},}}", piece):
        if match.start() > last:
            yield piece[last : match.start()]
        for start in range(match.start(), match.end(), LONGEST_WORD):
            yield piece[start : min(start + LONGEST_WORD, match.end())]
        last = match.end()
    if last < len(piece):
        yield piece[last:]


def parse_all(
    nlp: "Language", texts: Iterable[str], batch_size: int = BATCH, parsed: Parsed = lambda _: None
) -> Iterator["Doc"]:
    """One document for each of `texts`, in order, parsed in batches.

    Args:
        nlp: what `store.extract.language.load` gave.
        batch_size: how many pieces are parsed at once.
        parsed: told after each piece; they come in bursts of `batch_size`.
    """

    def numbered() -> Iterator[tuple[str, tuple[int, bool]]]:
        for number, text in enumerate(texts):
            parts = list(pieces(_SURROGATE.sub("\ufffd", text)))
            for part in parts[:-1]:
                yield part, (number, False)
            yield (parts[-1] if parts else ""), (number, True)

    waiting: list[Doc] = []
    for doc, (_, last) in nlp.pipe(numbered(), as_tuples=True, batch_size=batch_size):
        waiting.append(doc)
        parsed(len(doc.text))
        if last:
            yield waiting[0] if len(waiting) == 1 else _joined(waiting)
            waiting = []


def _joined(docs: list["Doc"]) -> "Doc":
    from spacy.tokens import Doc

    # spaCy's stub does not know `exclude`. Nothing here asks for the tensor, 400 bytes a token.
    return Doc.from_docs(docs, ensure_whitespace=False, exclude=["tensor"])  # type: ignore[call-arg]


def parse(nlp: "Language", text: str) -> "Doc":
    """The parsed document of one text."""
    return next(parse_all(nlp, [text]))
