"""Which quoted stretches are one quotation, each with its cue: "It is late," she said. "We must go." """

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.extract.quotes.cues import Cues
from store.extract.quotes.pieces import STOPS, Piece, begins_anew, is_speech
from store.extract.quotes.quoting import colon_before, cue_after, cue_before, ends_open, is_question_put, name_after
from store.extract.quotes.tree import Tree

SHORT_GAP = 12
"""Words between two stretches of one paragraph that are one quotation when no other cue is between them (92 %)."""
LONG_SPEECH = 6
"""Words of a stretch that is speech even without a cue."""


@dataclass(slots=True)
class Quotation:
    """Pieces that are one quotation."""

    pieces: list[Piece]
    cue: int | None = None
    """A verb, "according", or the colon or dash beside a name."""
    after: bool = False
    """Whether the cue stands after the first piece."""

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The words of all its pieces, in order."""
        return tuple(piece.run for piece in self.pieces)


def quotations(tree: Tree, found: Sequence[Piece], cues: Cues) -> Iterator[Quotation]:
    """The pieces joined to quotations, each with its cue, in order.

    Args:
        found: what `store.extract.quotes.pieces.spoken` gave.
    """
    current: Quotation | None = None
    for piece in found:
        following, preceding = cue_after(tree, piece, cues), cue_before(tree, piece, cues)
        if current is not None and _goes_on(tree, current, piece, following, preceding):
            current.pieces.append(piece)
            continue
        if current is not None:
            yield current
        current = Quotation([piece], piece.label)
        if piece.label is not None:
            continue
        if preceding is not None and following is not None and is_question_put(tree, piece, preceding, following):
            following = None
        if following is not None and (preceding is None or ends_open(tree, piece)):
            current.cue, current.after = following, True
        elif preceding is not None:
            current.cue = preceding
        else:
            current.cue = name_after(tree, piece) or colon_before(tree, piece)
    if current is not None:
        yield current


def _goes_on(tree: Tree, current: Quotation, piece: Piece, following: int | None, preceding: int | None) -> bool:
    """Whether `piece` goes on with the quotation before it: no cue of its own, and near enough.

    "It is late," *he said*. "We go." is one; "It is late," *he said*, and *added*: "We go." are two.
    """
    last = current.pieces[-1]
    if piece.label is not None:
        return False
    if piece.paragraph != last.paragraph:
        return piece.stretch.continues and following is None
    if preceding is not None:
        return preceding == current.cue
    if following is not None or not begins_anew(tree, piece):
        return False
    words = sum(1 for word in range(*piece.gap_before) if not tree.is_mark(word))
    if not words or (current.cue is not None and piece.gap_before[0] <= current.cue < piece.gap_before[1]):
        return True
    ends_sentence = any(tree.words[word] in STOPS for word in range(*piece.gap_before))
    return words <= SHORT_GAP and ends_sentence and is_speech(tree, piece)


def is_long_speech(tree: Tree, quotation: Quotation) -> bool:
    """Whether a quotation that has no cue must yet be speech: of many words, and with punctuation at its end.

    Of such stretches seven in ten are quotes; of shorter ones one in six, and of those without punctuation four in ten.
    """
    words = sum(1 for run in quotation.runs for word in range(*run) if not tree.is_mark(word))
    return words >= LONG_SPEECH and tree.words[quotation.pieces[-1].end - 1][-1] in ",.?!"
