"""What the words right around a name tell of its being a place: prepositions, verbs of motion, nouns like "port".

What else tells the kind of a name stands in `kinds`, which weighs the points that are given here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_CONJUNCTS = 5
"""How many names of an enumeration are passed to find the preposition before it."""

_NEARBY = frozenset({"nearby", "neighbouring", "neighboring", "central", "downtown", "lower", "upper"})


def points(doc: "Doc", mention: Mention, head: "Token") -> Iterator[float]:
    """What speaks for a place: "near Lorn", "the port of Lorn", "the Lorn river", "a man from Lorn".

    `head` is the token of the name that the parser hangs outside of it.
    """
    if mention.label == "NORP":
        return
    first = _first_conjunct(head)
    if first.dep_ == "pobj":
        yield from _governed(doc, mention, first.head)
    if head.dep_ == "compound" and head.head.i == mention.end and _is_place_noun(head.head):
        yield 2.5


def _governed(doc: "Doc", mention: Mention, preposition: "Token") -> Iterator[float]:
    word, head = preposition.lower_, preposition.head
    if word in lexicon.contexts().locating and _follows(doc, preposition, mention):
        yield 3.2
    elif (word in ("of", "at") and _is_place_noun(head)) or (word in ("from", "to") and _moves(head)):
        yield 2


def _first_conjunct(head: "Token") -> "Token":
    """The first of an enumeration: "Lorn" of "in Lorn, Visp and Thun"."""
    for _ in range(MOST_CONJUNCTS):
        if head.dep_ != "conj":
            break
        head = head.head
    return head


def _follows(doc: "Doc", preposition: "Token", mention: Mention) -> bool:
    """Whether nothing but other names or "nearby" stands between a preposition and a name."""
    between = doc[preposition.i + 1 : mention.start]
    return len(between) <= 2 * MOST_CONJUNCTS and all(
        token.pos_ in ("PROPN", "PUNCT", "CCONJ") or token.lower_ in _NEARBY for token in between
    )


def _is_place_noun(token: "Token") -> bool:
    words = lexicon.heads()
    return token.pos_ == "NOUN" and (token.lemma_ in words.place_nouns or token.lemma_ in words.place)


def _moves(token: "Token") -> bool:
    """Whether "from" or "to" after a word leads to a place: verbs of motion, and nouns for people ("the man from")."""
    if token.pos_ == "VERB":
        return token.lemma_ in lexicon.contexts().moving
    return token.pos_ == "NOUN" and (
        token.lemma_ in lexicon.titles().persons or token.lower_.endswith(lexicon.contexts().plural_endings)
    )
