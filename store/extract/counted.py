"""What a figure counts or measures, in the article's words, read from the parse."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.extract.figures import Figure

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_WORDS = 12
"""A phrase is cut before the attribute that would make it longer."""
MOST_STEPS = 8
"""How far up the tree the thing measured may be."""

_LEFT = frozenset(["compound", "amod", "nmod", "poss", "nummod", "quantmod", "advmod", "npadvmod", "cc", "conj", "punct", "case", "det", "predet", "neg"])
_INNER = frozenset(["of", "in", "for", "to", "on", "at", "among", "between", "by", "with", "from", "over", "against"])
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted or measured."""

    noun: str | None = None
    """The counted noun with what describes it, right after the numeral ("recorded songs"); None when it is a measured amount."""
    of: str | None = None
    """The phrase for the pane."""
    sure: float = 0.5


def anchor(doc: "Doc", figure: Figure) -> "Token":
    """The token of `figure` that depends on something outside of it."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None:
        return doc[0]
    return span.root


def head_noun(doc: "Doc", figure: Figure) -> "Token | None":
    """The noun that the figure is an attribute of, to its right: "300 recorded *songs*", "a $5 *fee*"."""
    token = anchor(doc, figure)
    for _ in range(4):
        if (
            token.dep_ in ("nummod", "compound", "amod", "nmod", "quantmod", "npadvmod", "advmod", "poss")
            and token.head.i > token.i
        ):
            token = token.head
            if token.pos_ in ("NOUN", "PROPN") and token.idx >= figure.end:
                return _last_noun(token)
            if token.pos_ in ("NUM",) and token.idx < figure.end:
                continue
            if token.pos_ in ("ADJ", "VERB", "NOUN", "PROPN", "NUM"):
                continue
        break
    return None


def _last_noun(token: "Token") -> "Token":
    """The head of the noun compound that `token` is in: "USB [charger]"."""
    for _ in range(3):
        if token.dep_ in ("compound", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        else:
            break
    return token


def counted(doc: "Doc", figure: Figure, before: "Counted | None" = None) -> Counted:
    """What `figure` counts or measures.

    Args:
        before: what the figure before it in the same sentence counts; an ellipsis ("435 homes and 187 flats",
            "212, against 204") falls back on it.
    """
    for rule in (_part_of, _attribute, _complement, _predicate):
        found = rule(doc, figure)
        if found is not None:
            return found
    return before or Counted()


def _part_of(doc: "Doc", figure: Figure) -> Counted | None:
    """ "60 % of its revenue", "70 kg of gold", "one of the ministers"."""
    token = _token_at(doc, figure.end)
    if token is None or token.lower_ != "of":
        return None
    noun = next((child for child in token.children if child.dep_ in ("pobj", "pcomp")), None)
    if noun is None or noun.i < token.i:
        return None
    words = phrase(doc, noun)
    return Counted(words if figure.kind == "count" else None, words, 0.9)


def _attribute(doc: "Doc", figure: Figure) -> Counted | None:
    """ "300 recorded songs", "a $5 entrance fee", "a 25 % duty on steel"."""
    noun = head_noun(doc, figure)
    if noun is None or noun.sent.start != anchor(doc, figure).sent.start:
        return None
    start = max(figure.end, noun.left_edge.idx)
    words = _clean(doc.text[figure.end : noun.idx + len(noun)])
    if not words:
        return None
    whole = _clean(doc.text[figure.end : _right_end(noun)])
    return Counted(words if figure.kind == "count" else None, whole, 0.85)


def _complement(doc: "Doc", figure: Figure) -> Counted | None:
    """ "A fine of $3 billion", "a range of 400 km", "speeds up to 90 km/h"."""
    token = anchor(doc, figure)
    for _ in range(4):
        if token.dep_ in ("quantmod", "nummod", "pobj", "prep", "pcomp", "conj", "nmod", "npadvmod", "advmod", "amod"):
            token = token.head
        else:
            return None
        if token.pos_ in ("NOUN", "PROPN") and token.idx < figure.start and token.dep_ != "npadvmod":
            return Counted(None, phrase(doc, token, before=figure.start), 0.7)
        if token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _predicate(doc: "Doc", figure: Figure) -> Counted | None:
    """ "The bridge is 90 m long", "the index rose 3 %", "raised the rate by 3 %": the subject, or the object that changes."""
    token = anchor(doc, figure)
    for _ in range(MOST_STEPS):
        if (token.pos_ in ("VERB", "AUX") and token.idx < figure.start) or token.dep_ == "ROOT":
            break
        token = token.head
    for verb in _verbs(token):
        thing = _thing(verb, figure)
        if thing is not None:
            return Counted(None, phrase(doc, thing, before=figure.start), 0.7)
    return None


def _verbs(token: "Token") -> Iterable["Token"]:
    """`token` and the verbs that it shares its subject with."""
    for _ in range(4):
        yield token
        if token.dep_ in ("conj", "xcomp", "ccomp", "advcl", "acl", "relcl", "dep", "prep", "pcomp", "acomp", "attr"):
            token = token.head
        else:
            return


def _thing(verb: "Token", figure: Figure) -> "Token | None":
    children = list(verb.children)
    for child in children:
        if child.dep_ == "dobj" and child.idx < figure.start and child.i > verb.i and child.pos_ in ("NOUN", "PROPN"):
            return child
    for child in children:
        if child.dep_ in _SUBJECTS and child.idx < figure.start:
            if child.pos_ in ("NOUN", "PROPN", "NUM"):
                return child
            if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                return verb.head
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN"):
        return verb.head
    return None


def phrase(doc: "Doc", noun: "Token", before: int | None = None) -> str:
    """`noun` with its attributes and complements: "exports of rice to China"; ends before offset `before`."""
    start = min([noun.i, *(child.left_edge.i for child in noun.lefts if child.dep_ in _LEFT)])
    end = _right_end(noun)
    return _clean(doc.text[doc[start].idx : end if before is None else min(end, before)]) or noun.text


def _right_end(noun: "Token") -> int:
    """Where the noun's complements end: prepositional phrases right after it, one after another."""
    end, last = noun.idx + len(noun), noun.i
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _INNER and child.i == last + 1:
            edge = child.right_edge
            if edge.i - noun.i > MOST_WORDS or any(token.is_punct or token.like_num for token in child.subtree):
                break
            end, last = edge.idx + len(edge), edge.i
        else:
            break
    return end


_EDGES = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "of", "in", "on", "at", "for", "to", "and", "or", "-", "–", "—", ",", ";", ":", "(", ")"]
)


def _clean(words: str) -> str:
    """`words` on one line, without articles, prepositions and marks at its ends."""
    kept = words.replace("(", " ( ").split()
    while kept and kept[0].lower().strip("-–—,;:'\"“”‘’()") in _EDGES | {""}:
        kept.pop(0)
    while kept and kept[-1].lower().strip("-–—,;:'\"“”‘’()") in _EDGES | {""}:
        kept.pop()
    return " ".join(kept).replace("( ", "(").strip(" -–—,;:")


def _token_at(doc: "Doc", offset: int) -> "Token | None":
    """The first token at or after `offset` that is no blank."""
    span = doc.char_span(offset, min(len(doc.text), offset + 2), alignment_mode="expand")
    if span is None:
        return None
    return next((token for token in span if not token.is_space and token.idx >= offset), None)
