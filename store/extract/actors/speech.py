"""Where quotation marks enclose speech and whose it seems to be: just enough to say who "I" is and who "he" is not.

What was said, by whom, with which cue is the business of the quotes pane. Here a paragraph is looked at alone, with the
subjects of verbs of saying outside the marks.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.rows import Row

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEWEST = 4
"""How many first persons outside quotation marks make an interview."""
OPENING = 250
"""In how many tokens an interview says that it is one, and with whom."""

_OPEN = frozenset({"“", "«", "„"})
_CLOSE = frozenset({"”", "»"})
_EITHER = frozenset({'"', "''", "``"})


def quoted(doc: "Doc") -> bytearray:
    """One byte a token: 1 between quotation marks; marks are paired within a paragraph, an open one ends with it."""
    mask = bytearray(len(doc))
    inside = False
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            inside = False
        elif text in _OPEN or text in _CLOSE or text in _EITHER:
            inside = text in _OPEN or (text in _EITHER and not inside)
        mask[token.i] = inside
    return mask


class Speakers:
    """Who says something outside quotation marks, by place."""

    def __init__(self, doc: "Doc", quotes: bytearray) -> None:
        self._quotes = quotes
        self._paragraph = 0
        self._paragraphs = _paragraphs(doc)
        self._tokens: list[int] = []
        self._rows: list[Row] = []

    def see(self, head: "Token", row: Row) -> None:
        """Note a mention or pronoun, by its head, when it is the subject of a verb of saying."""
        if is_speaker(head) and not self._quotes[head.i]:
            place = bisect_left(self._tokens, head.i)
            self._tokens.insert(place, head.i)
            self._rows.insert(place, row)

    def before(self, index: int) -> Row | None:
        """The last speaker before token `index`, one paragraph back at most."""
        place = bisect_left(self._tokens, index) - 1
        if place < 0 or self._paragraphs[self._tokens[place]] < self._paragraphs[index] - 1:
            return None
        return self._rows[place]

    def of(self, index: int) -> Row | None:
        """The speaker nearest to token `index` in its paragraph, else the last one of the paragraph before."""
        place = bisect_left(self._tokens, index)
        near = [at for at in (place - 1, place) if 0 <= at < len(self._tokens)]
        here = self._paragraphs[index]
        near = [at for at in near if here - 1 <= self._paragraphs[self._tokens[at]] <= here]
        best = min(
            near,
            key=lambda at: (self._paragraphs[self._tokens[at]] != here, abs(self._tokens[at] - index)),
            default=None,
        )
        return None if best is None else self._rows[best]


def is_speaker(head: "Token") -> bool:
    """Whether a token is the subject of a verb of saying, or stands after "according to"."""
    if head.dep_ == "nsubj":
        return head.head.lemma_ in lexicon.contexts().saying
    return head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according"


def _paragraphs(doc: "Doc") -> list[int]:
    """The number of the paragraph of each token."""
    numbers, number = [], 0
    for token in doc:
        numbers.append(number)
        number += token.is_space and "\n" in token.text
    return numbers


def first_persons(doc: "Doc", quotes: bytearray, skip: bytearray) -> Mapping[bool, list[int]]:
    """The tokens "I", "me", "my", "mine", "myself": those in quotation marks under True, the others under False."""
    found: dict[bool, list[int]] = {True: [], False: []}
    for token in doc:
        if token.lower_ in ("i", "me", "my", "mine", "myself") and token.tag_ in ("PRP", "PRP$") and not skip[token.i]:
            found[bool(quotes[token.i])].append(token.i)
    return found


def interviewee(doc: "Doc", rows: Iterable[Row], first: Sequence[int]) -> Row | None:
    """Whose "I" it is in an interview: the person named most, when the opening says that it is one; else None.

    `first` are the first persons outside quotation marks.
    """
    if len(first) < FEWEST or not any(token.lemma_.lower() in ("interview", "interviewee") for token in doc[:OPENING]):
        return None
    named = [row for row in rows if row.kind == "person" and any(m.start < OPENING for m in row.mentions)]
    named.sort(key=lambda row: -len(row.mentions))
    if not named or (len(named) > 1 and len(named[0].mentions) == len(named[1].mentions)):
        return None
    return named[0]
