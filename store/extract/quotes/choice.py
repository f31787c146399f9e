"""Which candidates are quotes: one for each cue, none within another, and what belongs together joined."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.extract.quotes.candidates import Candidate
from store.extract.quotes.pieces import STOPS
from store.extract.quotes.quoted import SHORT_GAP
from store.extract.quotes.speakers import is_asked
from store.extract.quotes.tree import OPENING, Tree
from store.spans import merge


def choose(tree: Tree, quoted: Iterable[Candidate], reported: Iterable[Candidate]) -> list[Candidate]:
    """The quotes among candidates, in the order of the text.

    Args:
        quoted: those by quotation marks or labels.
        reported: those by a cue and its grammar.
    """
    return _with_what_follows(tree, _outermost(tree, _one_for_each_cue(tree, quoted, reported)))


def _one_for_each_cue(tree: Tree, quoted: Iterable[Candidate], reported: Iterable[Candidate]) -> list[Candidate]:
    """Of two candidates with one cue, one that quotes and one that reports, what they are together."""
    by_cue: dict[int, Candidate] = {}
    pool: list[Candidate] = []
    for candidate in quoted:
        if candidate.cue is None or candidate.cue in by_cue:
            pool.append(candidate)
        else:
            by_cue[candidate.cue] = candidate
    for candidate in reported:
        cue = -1 if candidate.cue is None else candidate.cue
        by_cue[cue] = _together(tree, by_cue[cue], candidate) if cue in by_cue else candidate
    return [*pool, *by_cue.values()]


def _together(tree: Tree, quoted: Candidate, reported: Candidate) -> Candidate:
    """A quotation with the words before it that the same cue reports. He said *he was* "*glad*"."""
    start = quoted.content[0][0]
    before = (word for first, end in reported.content for word in range(first, min(end, start)))
    adds = any(not tree.is_mark(word) and tree.words[word] not in OPENING for word in before)
    overlap = any(a[0] < b[1] and b[0] < a[1] for a in quoted.content for b in reported.content)
    runs = tuple(merge([*quoted.content, *reported.content]))
    if not adds or not overlap or any(first <= (quoted.cue or 0) < end for first, end in runs):
        return quoted
    return replace(quoted, content=runs, speaker=quoted.speaker or reported.speaker)


def _outermost(tree: Tree, pool: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that overlap, or one with its cue in the other, that with more words that are likely right.

    In "She said that he believes that it rains" she is quoted, and not he.
    """
    taken = bytearray(len(tree))
    chosen: list[Candidate] = []
    for candidate in sorted(pool, key=lambda one: (-one.weight, one.content)):
        if candidate.cue is not None and taken[candidate.cue]:
            continue
        if any(any(taken[first:end]) for first, end in candidate.content):
            continue
        for first, end in candidate.content:
            taken[first:end] = b"\x01" * (end - first)
        chosen.append(candidate)
    return sorted(chosen, key=lambda one: one.content)


def _with_what_follows(tree: Tree, chosen: Iterable[Candidate]) -> list[Candidate]:
    """A quotation without a cue joins the report just before it. She said it was late. "*We must go.*" """
    joined: list[Candidate] = []
    for candidate in chosen:
        if candidate.cue is None and joined and _leads_on(tree, joined[-1], candidate):
            joined[-1] = replace(joined[-1], content=joined[-1].content + candidate.content)
        else:
            joined.append(candidate)
    return joined


def _leads_on(tree: Tree, before: Candidate, candidate: Candidate) -> bool:
    if before.cue is None or is_asked(tree, before.cue):
        return False
    gap = range(before.end, candidate.content[0][0])
    words = sum(1 for word in gap if not tree.is_mark(word))
    return words <= SHORT_GAP and any(tree.words[word] in STOPS for word in gap)
