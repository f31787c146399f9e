"""Other names that the text itself explains: "Lorn Valley Trust (LVT)", "Ada Blum, also known as Nell Reed".

The bracket is taken as a definition whatever stands before it, so that the acronym of an agreement is no actor either.
The method for acronyms is the plain one of Schwartz and Hearst (2003): the letters must open words of the name, in
order; in another order they may stand for the name in another language ("CEI", the Italian Episcopal Conference).
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract.actors import lexicon
from store.extract.actors.mentions import Mention, head_word, is_name_word, name_key
from store.extract.actors.names import Key, fold, initials, is_acronym, surname

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

KNOWN_AS = re.compile(
    r"\s*[,()]?\s*(?:(?:is|was|were|and|who|also|better|formerly|commonly|popularly|professionally|once|self)"
    r"[\s-]+){0,4}"
    r"(?:(?:known|identified|called) (?:simply )?as|a\.?k\.?a\.?|alias|née|né|nee|born|real name|"
    r"(?:an?|the) (?:pen|stage) name of)"
    r"(?: (?:the|an?) [\w-]+){0,2}(?: [a-z]+){0,2}\s*",
    re.IGNORECASE,
)
"""What stands between two names of one person: ", also known as"."""
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_BETWEEN = 40
"""Tokens between them at most."""


def define(doc: "Doc", mentions: Sequence[Mention], skip: bytearray) -> list[Mention]:
    """Give each mention of an acronym that the text explains the key of the full name.

    Returns:
        The mentions that were missing: the acronyms in brackets, and the full names before them. None of them touches
        a token that is marked in `skip` or belongs to a mention already.
    """
    _alias(doc, mentions)
    covered = bytearray(skip)
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    full_names: dict[str, Key] = {}
    missing: list[Mention] = []
    ends = {mention.end: mention for mention in mentions}
    for acronym, full in (*_brackets(doc, ends), *_expansions(doc, mentions)):
        full_names[doc[acronym].text] = full.key
        for found in (full, Mention(acronym, acronym + 1, full.kind, full.key)):
            if not any(covered[found.start : found.end]):
                covered[found.start : found.end] = b"\1" * (found.end - found.start)
                missing.append(found)
    for mention in mentions:
        if mention.end - mention.start == 1 and not mention.known:
            mention.key = full_names.get(doc[mention.start].text, mention.key)
    return missing


def _alias(doc: "Doc", mentions: Sequence[Mention]) -> None:
    """Give all mentions of a second name of a person the key of the first."""
    first_names: dict[Key, Key] = {}
    for before, after in itertools.pairwise(m for m in mentions if m.kind == "person"):
        between = doc[before.end : after.start].text_with_ws if after.start - before.end < _BETWEEN else ""
        if KNOWN_AS.fullmatch(_BRACKETS.sub("", between)):
            first = first_names.get(before.key, before.key)
            first_names.setdefault(after.key, first)
            first_names.setdefault((surname(after.key),), first)
    for mention in mentions if first_names else ():
        mention.key = first_names.get(mention.key, mention.key)


def _brackets(doc: "Doc", ends: Mapping[int, Mention]) -> Iterator[tuple[int, Mention]]:
    """Pairs of an acronym in brackets, as a token, and the mention that it is short for."""
    for token in doc[1:-2] if len(doc) > 3 else ():
        if token.text == "(" and doc[token.i + 2].text == ")" and is_acronym(doc[token.i + 1].text):
            acronym = doc[token.i + 1].text
            before = ends.get(token.i)
            start = _start(doc, token.i, acronym)
            if before is not None and (fits(acronym, before.key) or (start is not None and before.start <= start)):
                yield token.i + 1, before
            elif before is None and start is not None:
                yield token.i + 1, Mention(start, token.i, _kind(doc, start, token.i), name_key(doc, start, token.i))


def _expansions(doc: "Doc", mentions: Sequence[Mention]) -> Iterator[tuple[int, Mention]]:
    """Pairs of an acronym, as a token, and the mention in brackets behind it: "LVT (Lorn Valley Trust)"."""
    for mention in mentions:
        at = mention.start - 2
        if at >= 0 and doc[at + 1].text == "(" and is_acronym(doc[at].text) and fits(doc[at].text, mention.key):
            yield at, mention


def _kind(doc: "Doc", start: int, end: int) -> ActorKind | None:
    return lexicon.heads().kind(head_word(doc, start, end)) or None


def fits(acronym: str, name: Key) -> bool:
    """Whether the letters of `acronym` open words of `name` in order, the first letter the first word.

    >>> fits("ASPI", ("asia", "society", "policy", "institute")), fits("TDI", ("washington",))
    (True, False)
    """
    letters = fold(acronym)
    if len(name) < 2:
        return False
    if letters in initials(name) or any(sorted(letters) == sorted(short) for short in initials(name)):
        return True
    if letters[0] != name[0][0]:
        return False
    rest = iter("".join(name))
    return all(letter in rest for letter in letters)


def _start(doc: "Doc", end: int, acronym: str) -> int | None:
    """Where the capitalised words that an acronym stands for begin, going left from the bracket."""
    start = end
    while start > 0 and end - start < len(acronym) + 3 and _is_part(doc[start - 1]):
        start -= 1
        if end - start > 1 and fold(acronym) in initials(name_key(doc, start, end)) and is_name_word(doc[start]):
            return start
    return None


def _is_part(token: "Token") -> bool:
    return is_name_word(token) or token.text.isdigit() or token.lower_ in ("of", "and", "for", "the")
