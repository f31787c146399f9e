"""The cue beside a quoted stretch: a verb in the words after it or before it, a name after a dash, a colon.

A parser is often wrong about sentences that begin and end inside quotation marks, and seldom about the few words beside
them: so the order of the words decides, and the parse only helps. Which stretches belong together is not asked here.
"""

from itertools import chain, islice

from store.extract.quotes.cues import Cues
from store.extract.quotes.pieces import DASHES, LONGEST_NAME, STOPS, Piece
from store.extract.quotes.speakers import is_asked
from store.extract.quotes.tree import FINITE, VERB_TAGS, Tree

FARTHEST_CUE = 45
"""Words between a quotation and its cue."""
MOST_HEADS = 8
"""Heads above a verb that are looked at for a relative clause."""
NEVER = frozenset({"be", "have", "do"})
"""Verbs that quote by no word order."""
PERSONAL = frozenset({"PERSON", "ORG", "NORP", ""})
"""Kinds of names, and none, that can be spoken to."""


def ends_open(tree: Tree, piece: Piece) -> bool:
    """Whether the words after a stretch may still belong to its sentence: it does not end with a full stop."""
    last = tree.words[piece.end - 1]
    return not last.endswith(".") or last in {"...", "…"} or len(last) > 3 or tree.words[piece.end - 2] == ","


def cue_after(tree: Tree, piece: Piece, cues: Cues) -> int | None:
    """The cue in the words after a stretch. "..," *said* Ms Lee. "..," Ms Lee of the union *said*."""
    first, end = _past_marks(tree, piece.gap_after)
    if first >= end or not ends_open(tree, piece):
        return None
    for word in range(first, min(end, first + FARTHEST_CUE)):
        if tree.words[word] in STOPS:
            return None
        if tree.words[word] == "according" and word <= first + 1:
            return word
        if tree.tags[word] not in VERB_TAGS and tree.tags[word] != "MD":
            continue
        quotes = is_quoting(tree, word, cues) or (is_set_off(tree, piece) and is_inverted(tree, word, first))
        if quotes and _says_by_itself(tree, word, first):
            return None if _reports_on(tree, word, piece) else word
        if tree.tags[word] in FINITE and tree.deps[word] not in {"aux", "auxpass"} and not is_aside(tree, word, first):
            return None
    return None


def _past_marks(tree: Tree, gap: tuple[int, int]) -> tuple[int, int]:
    """A gap without the marks that open it; empty when one of them ends the sentence."""
    first, end = gap
    while first < end and tree.is_mark(first):
        if tree.words[first] in STOPS:
            return end, end
        first += 1
    return first, end


def is_set_off(tree: Tree, piece: Piece) -> bool:
    """Whether a comma or the like ends a stretch or follows it: not so the subject in '"Smart" *means* small'."""
    after = piece.end + 1 < len(tree) and tree.words[piece.end + 1] in {",", "—", "–", "-"}
    return after or tree.words[piece.end - 1][-1] in ",.?!…"


def is_inverted(tree: Tree, verb: int, first: int) -> bool:
    """Whether any verb is made to quote by its place: "Wonderful!" *beamed* Ms Lee; "Wonderful!" she *beamed*."""
    if tree.tags[verb] not in {"VBD", "VBZ"} or tree.lemmas[verb] in NEVER or verb + 1 >= len(tree):
        return False
    if verb == first + 1 and tree.tags[first] in {"NNP", "PRP"}:
        return tree.is_mark(verb + 1)
    return verb == first and tree.tags[verb + 1] in {"NNP", "PRP", "DT", "PRP$"}


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
    while end > first and tree.tags[end - 1] in {"``", "''"}:
        end -= 1
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
            word == last
            or _takes_next(tree, word, last)
            or (led and not is_attributive(tree, word) and (led == ":" or not is_aside(tree, word, start)))
        ):
            return word
        if not led and tree.tags[word] in FINITE:
            return None
    return _spoken_to(tree, last, start) if led else None


def is_question_put(tree: Tree, piece: Piece, asked: int, answered: int) -> bool:
    """Whether a stretch was asked, and the verb after it tells the answer: *Asked* "..?", he *said* no."""
    near = tree.only_marks(asked + 1, piece.first) and is_asked(tree, asked)
    return near and tree.child(answered, "dobj", "ccomp", "intj") is not None


def _spoken_to(tree: Tree, last: int, start: int) -> int | None:
    """Any verb with whom it is said to, right before a stretch. Ms Lee *chided* him, ".."."""
    verb = tree.heads[last]
    near = start <= verb < last <= verb + LONGEST_NAME and tree.deps[last] in {"dobj", "dative"}
    return verb if near and tree.entities[last] in PERSONAL and tree.lemmas[verb] not in NEVER else None


def is_attributive(tree: Tree, verb: int) -> bool:
    """Whether a participle only describes a noun: "in a *written* statement", "a film *called* X"."""
    return tree.deps[verb] == "amod" or (tree.deps[verb] == "acl" and tree.tags[verb] == "VBN")


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


def cue_farther_before(tree: Tree, piece: Piece, cues: Cues) -> int | None:
    """The nearest verb that quotes in the words before a stretch. She *said* on Monday that it was "..".

    It is asked for a stretch that has no nearer cue: a parser that was led astray gives no clause to such a verb.
    """
    start, end = piece.gap_before
    for word in range(end - 1, max(start, end - FARTHEST_CUE) - 1, -1):
        if tree.words[word] in STOPS:
            return None
        if is_quoting(tree, word, cues) and not is_attributive(tree, word):
            return word
    return None
