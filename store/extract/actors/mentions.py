"""One place where a name stands, and the questions about single tokens that every step asks.

How mentions are found is the business of `finding` and the modules that it calls; what they name of `kinds`.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract.actors import lexicon
from store.extract.actors.names import Key, canonical, key
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 15
"""Tokens of a name at most: what is longer is a list or a headline."""

_JOINTS = frozenset({"of", "for", "on", "in", "and", "to", "at", ",", "&", "("})


@dataclass(slots=True)
class Mention:
    """One place where a name stands, in tokens."""

    start: int
    end: int
    kind: ActorKind | None
    """What it seems to be, here; None: a work, a product, an event."""
    key: Key
    label: str = ""
    """spaCy's label; empty when the mention was found by a rule."""
    title: int | None = None
    """The token at which the titles right before the name begin ("Prime Minister" Lee)."""
    adjective: bool = False
    """Whether it is a nationality adjective: it can join a row and never makes one."""
    known: bool = False
    """Whether our tables say what it is."""
    weak: bool = False
    """Whether it may be an ordinary word: it can join a row and never makes one."""


def span(doc: "Doc", mention: Mention) -> Span:
    """Its offsets in the text."""
    last = doc[mention.end - 1]
    return doc[mention.start].idx, last.idx + len(last.text)


def surface(doc: "Doc", mention: Mention) -> str:
    """Its words on one line, as they stand in the text."""
    return " ".join(doc[mention.start : mention.end].text.split())


def name_key(doc: "Doc", start: int, end: int) -> Key:
    """The key of the name in the tokens `start:end`."""
    return canonical(key(doc[start:end].text))


def root(doc: "Doc", start: int, end: int) -> "Token":
    """The token of `start:end` that the parser hangs outside of it."""
    for index in range(end - 1, start - 1, -1):
        if not start <= doc[index].head.i < end or doc[index].head.i == index:
            return doc[index]
    return doc[end - 1]


def capital(word: str) -> bool:
    """Whether `word` has a capital letter where a name has one: at its start or within ("eBay", "al-Assad").

    >>> capital("Paris"), capital("eBay"), capital("paris")
    (True, True, False)
    """
    return any(character.isupper() for character in word)


def is_name_word(token: "Token") -> bool:
    """Whether a token is a capitalised proper noun."""
    return token.pos_ == "PROPN" and token.text[0].isupper()


def is_plural(token: "Token") -> bool:
    """Whether it is a plural noun, by its tag or, where the tagger wavers, by its ending: "Democrats"."""
    if token.tag_ == "NNP":
        return token.text.endswith("s") and not token.text.endswith("ss")
    return token.tag_ in ("NNS", "NNPS")


def is_given_name(doc: "Doc", start: int, end: int) -> bool:
    """Whether it looks like a given name and a surname that is a key word, too: "Nathan Law"."""
    return (
        end - start == 2
        and doc[start].lower_ in lexicon.forenames()
        and doc[end - 1].lower_ in lexicon.heads().surnames
    )


def head_word(doc: "Doc", start: int, end: int) -> str:
    """The word that says what a name names, in lower case: the last one, or the last two, before "of" and the like.

    Where that is no key word, the last one of the whole name: "act" of "Death in Custody Reporting Act".
    """
    joint = next((index for index in range(start + 1, end) if doc[index].lower_ in _JOINTS), end)
    first = _key_word(doc, start, joint)
    return first if joint == end or first in head_words() else _key_word(doc, joint + 1, end) or first


def _key_word(doc: "Doc", start: int, end: int) -> str:
    if start >= end:
        return ""
    last = doc[end - 1].lower_.rstrip(".")
    pair = f"{doc[end - 2].lower_} {last}"
    return pair if end - start > 1 and pair in head_words() else last


@cache
def head_words() -> frozenset[str]:
    """Every key word that can be the head of a name, of actors and of others."""
    words = lexicon.heads()
    return words.organization | words.place | words.other
