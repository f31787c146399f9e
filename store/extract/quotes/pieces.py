"""Quoted stretches as words of the parse, each with the gaps around it: what the rules of quotation work on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.extract.quotes.quotation_marks import Stretch
from store.extract.quotes.tree import Tree

NO_SPEECH = 2
"""A stretch of so few words without a cue of its own is a title or a word held at arm's length."""
LONGEST_NAME = 8
"""Words of a name with its role after a dash."""
DASHES = frozenset({"—", "–", "―", "-", "--", "~"})
NAMING = frozenset(
    {
        "called",
        "titled",
        "entitled",
        "subtitled",
        "named",
        "dubbed",
        "nicknamed",
        "headed",
        "headlined",
        "labelled",
        "labeled",
    }
)
"""Participles with the name of a thing after them."""
STOPS = frozenset({".", "?", "!", ":", ";"})


@dataclass(slots=True)
class Piece:
    """A quoted stretch, in words of the tree."""

    stretch: Stretch
    run: tuple[int, int]
    """Its words."""
    paragraph: tuple[int, int]
    """The words of its paragraph."""
    gap_before: tuple[int, int]
    """The words since the piece before it, or the start of the paragraph; more if a colon ends the one before."""
    gap_after: tuple[int, int]
    """The words until the next piece, or the end of the paragraph; more if the next one is a signature."""
    label: int | None = None
    """The colon of the name that labels it in a transcript."""

    @property
    def first(self) -> int:
        """Its first word."""
        return self.run[0]

    @property
    def end(self) -> int:
        """The word after its last one."""
        return self.run[1]


def pieces(
    tree: Tree, stretches: Iterable[Stretch], paragraphs: Sequence[tuple[int, int]], colons: Mapping[int, int]
) -> list[Piece]:
    """The stretches as words, each with all of its paragraph as gaps. Linear time.

    Args:
        paragraphs: in words, too.
        colons: where in the text what follows a label begins, with the word that is the label's colon.
    """
    found: list[Piece] = []
    number, word = 0, 0
    for stretch in stretches:
        while word < len(tree) and tree.ends[word] <= stretch.inner[0]:
            word += 1
        first = word
        while word < len(tree) and tree.starts[word] < stretch.inner[1]:
            word += 1
        while number + 1 < len(paragraphs) and paragraphs[number + 1][0] <= first:
            number += 1
        if first == word:
            continue
        start, end = paragraphs[number]
        leads = number > 0 and tree.words[paragraphs[number - 1][1] - 1] == ":" and tree.only_marks(start, first)
        before = paragraphs[number - 1][0] if leads else start
        if tree.only_marks(word, end) and number + 1 < len(paragraphs) and _is_signature(tree, *paragraphs[number + 1]):
            end = paragraphs[number + 1][1]
        label = colons.get(stretch.inner[0])
        found.append(Piece(stretch, (first, word), paragraphs[number], (before, first), (word, end), label))
    return found


def _is_signature(tree: Tree, first: int, end: int) -> bool:
    """Whether a paragraph is but a dash and a name: "— Ann Lee"."""
    return tree.words[first] in DASHES and end - first <= LONGEST_NAME + 2


def spoken(tree: Tree, found: Iterable[Piece]) -> list[Piece]:
    """The pieces that may be speech, without scare quotes and titles, their gaps cut at each other."""
    kept: list[Piece] = []
    for piece in found:
        if is_called(tree, piece) or not (
            is_speech(tree, piece) or begins_anew(tree, piece) or piece.label is not None
        ):
            continue
        if kept and kept[-1].end > piece.gap_before[0]:
            if kept[-1].paragraph == piece.paragraph:
                kept[-1].gap_after = (kept[-1].end, piece.first)
            piece.gap_before = (kept[-1].end, piece.first)
        kept.append(piece)
    return kept


def is_called(tree: Tree, piece: Piece) -> bool:
    """Whether a stretch is what a thing is called: "a scheme *called* '..'"; not "called '..' by the mayor"."""
    word = piece.first - 1
    while word > piece.paragraph[0] and tree.tags[word] in {"``", "''"}:
        word -= 1
    if word <= piece.paragraph[0] or tree.words[word] not in NAMING:
        return False
    if tree.words[word - 1] == "," and tree.entities[word - 2] == "PERSON":
        # "which the mayor, Ann Lee, called '..'": a name in apposition, then the verb.
        return False
    return tree.deps[word] in {"acl", "amod"} and tree.child(word, "agent") is None


def is_speech(tree: Tree, piece: Piece) -> bool:
    """Whether a stretch is more than a title or a word held at arm's length."""
    words = sum(1 for word in range(*piece.run) if not tree.is_mark(word))
    return words > NO_SPEECH or tree.words[piece.end - 1] in {",", ".", "?", "!"}


def begins_anew(tree: Tree, piece: Piece) -> bool:
    """Whether a mark stands before a stretch, so that it is no part of the clause before it: said he was "glad"."""
    word = piece.first - 1
    while word > piece.gap_before[0] and tree.tags[word] in {"``", "''"}:
        word -= 1
    return word < piece.gap_before[0] or tree.is_mark(word) or tree.words[word].endswith(".")
