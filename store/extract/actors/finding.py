"""All candidate mentions of a document: from the tables, by form, and from spaCy's labels, the longest first.

Nothing is decided here about what a name is; `kinds` does that from all mentions of a name together.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.extract.actors import keyed, labelled, lexicon, tabled
from store.extract.actors.layout import headline
from store.extract.actors.mentions import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find(doc: "Doc", skip: bytearray) -> list[Mention]:
    """The candidate mentions, in order and disjoint; those that touch a token marked in `skip` are left out."""
    found = _longest([*tabled.mentions(doc), *keyed.mentions(doc), *labelled.mentions(doc)], len(doc))
    found = [mention for mention in found if not any(skip[mention.start : mention.end])]
    return _without_headline(found, headline(doc))


def _longest(mentions: Iterable[Mention], length: int) -> list[Mention]:
    """Of overlapping mentions the longest, of equally long ones the first given."""
    taken = bytearray(length)
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _without_headline(mentions: list[Mention], end: int) -> list[Mention]:
    """`mentions` without those of a headline in capitals that nothing bears out.

    There spaCy takes verbs and adjectives for parts of names ("Blum Seeks"). What stays: places that we know, names
    that the body has as well, and full names of persons.
    """
    body = {mention.key for mention in mentions if mention.start >= end}
    return [m for m in mentions if m.start >= end or m.known or m.key in body or _is_full_name(m)]


def _is_full_name(mention: Mention) -> bool:
    return mention.label == "PERSON" and 1 < len(mention.key) < 4 and mention.key[0] in lexicon.forenames()
