"""What the place of words on the page tells: furniture, the agency of a dateline, a headline in capitals.

Only the look of paragraphs counts here, no label and no word list.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

DATELINE = 12
"""Tokens within which the agency of a dateline stands."""
_SMALL = frozenset({"with", "from", "into", "over", "after", "before", "this", "that", "than", "when", "amid", "says"})
"""Words of four letters or more that a headline in capitals may write small."""
_DASHES = frozenset({":", "-", "–", "—", "--"})


def masked(doc: "Doc", spans: Sequence[Span]) -> bytearray:
    """One byte a token: 1 for those that touch one of the sorted `spans` (offsets), and for agencies in datelines."""
    mask = bytearray(len(doc))
    left = list(reversed(spans))
    for token in doc if left else ():
        while left and left[-1][1] <= token.idx:
            left.pop()
        mask[token.i] = bool(left) and left[-1][0] < token.idx + len(token.text)
    for index in agencies(doc):
        mask[index] = 1
    return mask


def agencies(doc: "Doc") -> Iterator[int]:
    """The tokens of agencies in datelines: "Reuters" of "GENEVA (Reuters) -" at the start of a paragraph."""
    first = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            first = token.i + 1
        elif token.text in (")", "):") and token.i - first < DATELINE:
            opening = next((index for index in range(first, token.i) if doc[index].text == "("), None)
            following = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
            if opening is not None and (token.text == "):" or following in _DASHES):
                yield from range(opening + 1, token.i)


def headline(doc: "Doc") -> int:
    """How many tokens the headline takes when it is written in capitals, "Like This"; 0 when there is none."""
    end = next((token.i for token in doc if token.is_space and "\n" in token.text), 0)
    words = [token.text for token in doc[:end] if token.is_alpha]
    long = [word for word in words if len(word) > 3]
    if len(words) > 25 or len(long) < 4 or doc[end - 1].text == ":":
        return 0
    return end if all(word[0].isupper() for word in long if word not in _SMALL) else 0


def shouted(doc: "Doc") -> bytearray:
    """One byte a token: 1 in lines of three words or more that are all in capitals; 0 everywhere when most lines are.

    A label ("ADA BLUM: ..") is no such line, as what follows it is not in capitals.
    """
    mask = bytearray(len(doc))
    for first, end in lines(doc):
        words = [token.text for token in doc[first:end] if token.is_alpha]
        if len(words) > 2 and all(word.isupper() for word in words):
            mask[first:end] = b"\1" * (end - first)
    return mask if sum(mask) < len(doc) / 2 else bytearray(len(doc))


def lines(doc: "Doc") -> Iterator[tuple[int, int]]:
    """The first token of each line and the token behind its last."""
    first = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            yield first, token.i
            first = token.i + 1
    yield first, len(doc)
