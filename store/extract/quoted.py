"""Which quoted stretches are one quotation, and which cue goes with it: the second half of finding direct speech.

It works on the gaps between the stretches, not on the parse of what is inside them: a parser is often wrong about
sentences that begin and end inside quotation marks, and seldom about the few words beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from store.extract.cues import Cues
from store.extract.quotation_marks import Stretch
from store.extract.tree import FINITE, VERB_TAGS, Tree

FARTHEST_CUE = 45
"""Words between a quotation and its cue."""
SHORT_GAP = 12
"""Words between two stretches of one paragraph that are one quotation when no other cue is between them (92 %)."""
NO_SPEECH = 2
"""A stretch of so few words without a cue of its own is a title or a word held at arm's length."""
LONG_SPEECH = 6
"""Words of a stretch that is speech even without a cue."""
LONGEST_NAME = 8
"""Words of a name with its role before a colon or after a dash."""
MOST_HEADS = 8
"""Heads above a verb that are looked at for a relative clause."""
NEVER = frozenset({"be", "have", "do"})
"""Verbs that quote by no word order."""
STOPS = frozenset({".", "?", "!", ":", ";"})
DASHES = frozenset({"—", "–", "―", "-", "--", "~"})


@dataclass(slots=True)
class Piece:
    """A quoted stretch, in words of the tree, with all that goes on in the paragraphs after it."""

    stretches: list[Stretch]
    runs: list[tuple[int, int]]
    """The words of each stretch."""
    paragraph: int
    """The number of its first paragraph."""
    last_paragraph: int
    gap_before: tuple[int, int]
    """The words since the stretch before it, or since the start of the paragraph."""
    gap_after: tuple[int, int]
    """The words until the next stretch, or until the end of the paragraph."""
    label: int | None = None
    """The colon of the name that labels it in a transcript."""

    @property
    def first(self) -> int:
        """Its first word."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """The word after its last one."""
        return self.runs[-1][1]


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
        """The words of all its stretches, in order."""
        return tuple(run for piece in self.pieces for run in piece.runs)


def pieces(
    tree: Tree, stretches: Sequence[Stretch], paragraphs: Sequence[tuple[int, int]], colons: Mapping[int, int]
) -> list[Piece]:
    """The stretches as words. Linear time.

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
        before = (start, first)
        if found and found[-1].last_paragraph == number:
            found[-1].gap_after = before = (found[-1].end, first)
        elif number and tree.words[paragraphs[number - 1][1] - 1] == ":" and tree.only_marks(start, first):
            # "She said:" ends the paragraph before.
            before = (max(paragraphs[number - 1][0], found[-1].end if found else 0), first)
        if found and stretch.continues:
            found[-1].stretches.append(stretch)
            found[-1].runs.append((first, word))
            found[-1].last_paragraph, found[-1].gap_after = number, (word, end)
        else:
            label = colons.get(stretch.inner[0])
            found.append(Piece([stretch], [(first, word)], number, number, before, (word, end), label))
    return found


def quotations(tree: Tree, found: Sequence[Piece], cues: Cues) -> Iterator[Quotation]:
    """The pieces joined to quotations, each with its cue, in order."""
    current: Quotation | None = None
    for piece in found:
        following, preceding = cue_after(tree, piece, cues), cue_before(tree, piece, cues)
        if current is not None and _goes_on(tree, current, piece, following, preceding):
            current.pieces.append(piece)
            if current.cue is None and following is not None:
                current.cue, current.after = following, True
            continue
        if current is not None:
            yield current
        current = Quotation([piece], piece.label)
        if piece.label is not None:
            continue
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
    if piece.paragraph != current.pieces[-1].last_paragraph or piece.label is not None:
        return False
    if preceding is not None:
        return preceding == current.cue
    if following is not None or not begins_anew(tree, piece):
        return False
    words = sum(1 for word in range(*piece.gap_before) if not tree.is_mark(word))
    if not words or (current.cue is not None and piece.gap_before[0] <= current.cue < piece.gap_before[1]):
        return True
    return words <= SHORT_GAP and ends_sentence(tree, piece.gap_before) and is_speech(tree, piece)


def begins_anew(tree: Tree, piece: Piece) -> bool:
    """Whether a mark stands before a stretch, so that it is no part of the clause before it: said he was "glad"."""
    word = piece.first - 1
    while word > piece.gap_before[0] and tree.tags[word] in {"``", "''"}:
        word -= 1
    return word < piece.gap_before[0] or tree.is_mark(word)


def ends_sentence(tree: Tree, gap: tuple[int, int]) -> bool:
    """Whether a sentence ends in the gap, or a colon leads over."""
    return any(tree.words[word] in STOPS for word in range(*gap))


def is_speech(tree: Tree, piece: Piece) -> bool:
    """Whether a stretch is more than a title or a word held at arm's length."""
    words = sum(1 for word in range(piece.first, piece.end) if not tree.is_mark(word))
    return words > NO_SPEECH or tree.words[piece.end - 1] in {",", ".", "?", "!"}


def is_long_speech(tree: Tree, quotation: Quotation) -> bool:
    """Whether a quotation that has no cue must yet be speech: of many words, and with punctuation at its end.

    Of such stretches seven in ten are quotes; of shorter ones one in six, and of those without punctuation four in ten.
    """
    words = sum(1 for run in quotation.runs for word in range(*run) if not tree.is_mark(word))
    return words >= LONG_SPEECH and tree.words[quotation.pieces[-1].end - 1][-1] in ",.?!"


def ends_open(tree: Tree, piece: Piece) -> bool:
    """Whether the words after a stretch may still belong to its sentence: it does not end with a full stop."""
    last = tree.words[piece.end - 1]
    return not last.endswith(".") or last in {"...", "…"} or len(last) > 3 or tree.words[piece.end - 2] == ","


def cue_after(tree: Tree, piece: Piece, cues: Cues) -> int | None:
    """The cue in the words after a stretch. "..," *said* Ms Lee. "..," Ms Lee of the union *said*."""
    first, end = piece.gap_after
    while first < end and tree.is_mark(first):
        if tree.words[first] in STOPS:
            return None
        first += 1
    if first >= end or not ends_open(tree, piece):
        return None
    for word in range(first, min(end, first + FARTHEST_CUE)):
        if tree.words[word] in STOPS:
            return None
        if tree.words[word] == "according" and word <= first + 1:
            return word
        if tree.tags[word] not in VERB_TAGS and tree.tags[word] != "MD":
            continue
        quoting = is_quoting(tree, word, cues) or is_inverted(tree, word, first)
        if quoting and _says_by_itself(tree, word, first):
            return None if _reports_on(tree, word, piece) else word
        if tree.tags[word] in FINITE and tree.deps[word] not in {"aux", "auxpass"} and not is_aside(tree, word, first):
            return None
    return None


def is_inverted(tree: Tree, verb: int, first: int) -> bool:
    """Whether any verb is made to quote by its place: "Wonderful!" *beamed* Ms Lee."""
    follows = verb == first and tree.tags[verb] in {"VBD", "VBZ"} and tree.lemmas[verb] not in NEVER
    return follows and verb + 1 < len(tree) and tree.tags[verb + 1] in {"NNP", "PRP", "DT", "PRP$"}


def is_quoting(tree: Tree, word: int, cues: Cues) -> bool:
    """Whether a verb is one that quotes."""
    return tree.tags[word] in VERB_TAGS and "quote" in cues.of(tree.tags[word], tree.lemmas[word])


def _says_by_itself(tree: Tree, verb: int, first: int) -> bool:
    """Whether `verb` is the main verb of the words from `first` on: it opens them, or its subject stands among them."""
    if all(tree.tags[word].startswith("RB") for word in range(first, verb)):
        return True
    if tree.tags[verb - 1] == "PRP" or (verb == first + 1 and tree.tags[first] in {"NNP", "NNPS"}):
        return True
    if tree.deps[verb] in {"relcl", "acl", "amod", "compound"} or is_aside(tree, verb, first):
        return False
    subject = tree.child(verb, "nsubj")
    if subject is not None and first <= subject < verb:
        return tree.words[subject] not in {"who", "which", "that"}
    follows_name = tree.tags[verb - 1] in {"PRP", "NNP", "NNPS", "NNS", "NN", "-RRB-", ","}
    return follows_name and (tree.tags[verb] in FINITE or ends_there(tree, verb))


def ends_there(tree: Tree, word: int) -> bool:
    """Whether a word is the last one of its sentence, as the text shows it."""
    return word + 1 < len(tree) and tree.words[word + 1] in {".", ","}


def is_aside(tree: Tree, verb: int, first: int) -> bool:
    """Whether `verb` stands in a relative clause that begins after `first`: "Ms Lee, who *leads* the union, said"."""
    for above in islice(chain((verb,), tree.ancestors(verb)), MOST_HEADS):
        if tree.deps[above] in {"relcl", "acl"}:
            return above > first
    return False


def _reports_on(tree: Tree, verb: int, piece: Piece) -> bool:
    """Whether the verb reports what follows it, and the stretch is but a title in its sentence.

    In her book "Clean Water," Ms Lee *said* that rivers are rights.
    """
    first, end = piece.gap_before
    opens = first == end or tree.words[end - 1] in STOPS or (tree.is_mark(end - 1) and tree.words[end - 2] in STOPS)
    own = tree.child(verb, "ccomp")
    return not opens and own is not None and own > verb


def cue_before(tree: Tree, piece: Piece, cues: Cues) -> int | None:
    """The cue in the words before a stretch. Ms Lee *said*: "..". Ms Lee *told* the council on Monday, ".."."""
    start, end = piece.gap_before
    word, led = end - 1, ""
    while word >= start and tree.is_mark(word):
        if tree.words[word] in {".", "?", "!", ";"}:
            return None
        led = tree.words[word] if tree.words[word] in {",", ":"} else led
        word -= 1
    last = word
    for word in range(last, max(start, end - FARTHEST_CUE) - 1, -1):
        if tree.words[word] in {".", "?", "!", ";"}:
            return None
        if tree.words[word] == "according" and led == ",":
            return word
        if is_quoting(tree, word, cues) and (
            word == last or led == ":" or (led and not is_aside(tree, word, start)) or _takes_next(tree, word, last)
        ):
            return word
        if not led and tree.tags[word] in FINITE:
            return None
    return None


def _takes_next(tree: Tree, verb: int, last: int) -> bool:
    """Whether only a link or whom it is said to stands between: said *that* "..", told *the council* ".."."""
    if last == verb + 1 and tree.words[last] in {"that", "how", "why", "of"}:
        return True
    addressee = tree.child(verb, "dobj", "dative")
    return tree.lemmas[verb] in {"tell", "ask"} and addressee is not None and tree.rights[addressee] == last + 1


def name_after(tree: Tree, piece: Piece) -> int | None:
    """The dash between a quotation and the name of who said it, at the end of a paragraph: ".." *—* Ann Lee."""
    first, end = piece.gap_after
    while first < end and tree.is_mark(first) and tree.words[first] not in DASHES:
        first += 1
    rest = [word for word in range(first + 1, end) if not tree.is_mark(word)]
    if first >= end or tree.words[first] not in DASHES or not rest or len(rest) > LONGEST_NAME:
        return None
    return first if tree.tags[rest[0]] in {"NNP", "NNPS", "DT", "NN"} else None


def colon_before(tree: Tree, piece: Piece) -> int | None:
    """The colon that leads to a quotation without a verb that quotes. Her answer was short*:* ".."."""
    start, end = piece.gap_before
    for word in range(end - 1, start - 1, -1):
        if tree.words[word] == ":":
            return word
        if not tree.is_mark(word) or tree.words[word] in STOPS:
            return None
    return None
