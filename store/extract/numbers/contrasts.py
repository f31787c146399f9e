"""Rules that tell what a figure counts where clauses are cut short: figures set against each other in one sentence.

Each takes the document, the index of a figure and the figure; None when it does not know. They are tried by `counted`.
"""

import re
from typing import TYPE_CHECKING

from store.extract.numbers.beside import word_after
from store.extract.numbers.figure import Figure
from store.extract.numbers.phrases import Counted
from store.extract.numbers.surroundings import NAMING, WHEN, children

if TYPE_CHECKING:
    from spacy.tokens import Token

    from store.extract.numbers.counted import Counting

MOST_APART = 160
"""Characters between two figures that are set against each other."""
MOST_GAPPED = 7
"""Words of a clause that leaves its verb out, before the figure."""

_SETTING_APART = frozenset(["for", "from", "in", "among", "by", "on", "at"])
_COMPARING = frozenset(["above", "below", "than"])
_RANGING = re.compile(r"(\w),? (?:ranging|varying) (?:[a-z]+ )?(?:from|between) $")
_ADDED = re.compile(r"(?:[,;(–—]| -) ?(?:about |around |some |nearly |almost |just |roughly |or )?$")
_LINKING = frozenset(["by", "between", "at", "to", "about", "around", "up", "down", "off", "nearly", "almost", "just"])
_IN_PHRASE = frozenset(["DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PART"])


def ranging(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Fees, *ranging from* $5 to $80": the noun right before, whatever the parse makes of it."""
    match = _RANGING.search(counting.text[max(0, figure.start - 40) : figure.start])
    if match is None:
        return None
    word = counting.words(figure.start - len(match[0]), figure.start)[0]
    known = counting.doc[word].pos_ in NAMING and word not in counting.at
    return Counted(None, counting.noun_run(word)) if known else None


def gapped(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Wheat rose 3 % *and barley* 5 %": the subject of a clause that leaves out the verb of the one before."""
    if not index or not _set_against(counting, index - 1, index):
        return None
    first = counting.words(counting.figures[index - 1].start, counting.figures[index - 1].end)[-1] + 1
    end = counting.words(figure.start, figure.end)[0]
    while end > first and counting.doc[end - 1].lower_ in _LINKING:
        end -= 1
    begun = first
    while begun < end and (counting.doc[begun].tag_ == "CC" or counting.doc[begun].text in (",", ";")):
        begun += 1
    words = counting.doc[begun:end]
    if begun == first or not 0 < len(words) <= MOST_GAPPED or any(token.pos_ not in _IN_PHRASE for token in words):
        return None
    named = words[-1].pos_ in NAMING and words[-1].lower_ not in WHEN
    return Counted(None, counting.slice(begun, end), complete=True) if named else None


_LABELLED = re.compile(r"[,;] $")


def labelled(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Profit £38m, *margin* 9.2%": in a line without a verb, the noun between the figure and the one before it."""
    if not index or figure.unit is None:
        return None
    before = counting.figures[index - 1]
    word = counting.words(figure.start, figure.end)[0] - 1
    first = word
    while first > 0 and counting.doc[first - 1].pos_ in ("ADJ", "NOUN") and word - first < 3:
        first -= 1
    near = counting.starts[first] - before.end == 2 and _LABELLED.fullmatch(counting.text, before.end, before.end + 2)
    noun = counting.doc[word]
    if not near or noun.pos_ != "NOUN" or noun.lower_ in WHEN or counting.verb(figure).pos_ in ("VERB", "AUX"):
        return None
    return Counted(None, counting.slice(first, word + 1))


def set_apart(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "40 % *from mines* and 20 % *from mills*", "200 lorries by sea and 90 *by rail*": what makes the difference."""
    noun = _object(counting, index, _SETTING_APART)
    anchor = counting.anchor(figure)
    if noun is None or (anchor.dep_ == "pobj" and anchor.head.lower_ == "of"):
        return None
    before = index > 0 and _set_against(counting, index - 1, index)
    after = index + 1 < len(counting.figures) and _set_against(counting, index, index + 1)
    alike = after and _object(counting, index + 1, frozenset([noun.head.lower_])) is not None
    if not (before or alike):
        return None
    shared = counting.counted(index - 1).noun if before and figure.unit is None else None
    words = counting.phrase(noun)
    return Counted(shared, ", ".join(filter(None, [shared, words])))


def compared(counting: "Counting", index: int, figure: Figure) -> Counted | None:
    """ "Now 88, 5 % *above its norm*", "- 9 km/h *less than the record*": what the figure is the distance from."""
    added = figure.unit is not None and _ADDED.search(counting.text[max(0, figure.start - 24) : figure.start])
    noun = _object(counting, index, _COMPARING) if added else None
    return Counted(None, counting.phrase(noun)) if noun is not None else None


def _set_against(counting: "Counting", index: int, other: int) -> bool:
    """Whether two neighbours stand in one sentence and are in the same unit."""
    first, second = counting.figures[index], counting.figures[other]
    if first.unit != second.unit or second.start - first.end > MOST_APART:
        return False
    start, end = counting.words(first.start, first.end)[-1], counting.words(second.start, second.end)[0]
    return not any(counting.doc[word].is_sent_start for word in range(start + 1, end + 1))


def _object(counting: "Counting", index: int, prepositions: frozenset[str]) -> "Token | None":
    """The noun of the prepositional phrase right after a figure, unless it says when or is another figure."""
    word = word_after(counting, index, counting.figures[index])
    if word + 1 < len(counting.doc) and counting.doc[word].tag_ in ("JJR", "RBR") and "than" in prepositions:
        if counting.doc[word].head.pos_ == "AUX":
            return None
        word += 1
    if word >= len(counting.doc) or counting.doc[word].lower_ not in prepositions:
        return None
    for child in children(counting.doc[word]):
        if child.dep_ == "pobj" and child.i > word and child.pos_ in NAMING and child.i not in counting.at:
            timed = child.lower_ in WHEN or child.ent_type_ in ("DATE", "TIME")
            return None if timed else child
    return None
