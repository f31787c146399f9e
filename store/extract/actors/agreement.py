"""What agrees with a row: the nouns that may stand for it, and the gender that a pronoun must have.

Which row a noun or pronoun stands for is decided in `references`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.lexicon import Gender
from store.extract.actors.mentions import Mention
from store.extract.actors.roles import Role
from store.extract.actors.rows import Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

ANY = frozenset({"company", "firm", "organization", "organisation", "group", "agency"})
"""Nouns that may stand for an organization whose name does not say what it is."""


def stands_for(noun: str, row: Row) -> bool:
    """Whether `noun` may stand for the organization or place of `row`: "country" for Norway, "bank" for Lorn Bank."""
    heads = lexicon.heads()
    if noun in row.key and (noun in heads.organization_nouns or noun in heads.place_nouns):
        return True
    if row.kind == "organization":
        return noun in ANY and not (row.key[-1] in heads.organization and row.key[-1] in heads.organization_nouns)
    if row.kind != "place":
        return False
    if noun in ("country", "nation"):
        return row.country
    if noun in ("city", "town", "capital"):
        return row.known and not row.country and row.key not in lexicon.area_keys()
    return False


def gender(doc: "Doc", mentions: Sequence[Mention], roles: Sequence[Role]) -> Gender | None:
    """What titles, role nouns and the given name tell of a person's gender; None when they do not."""
    table = lexicon.titles().genders
    for mention in mentions:
        if mention.title is not None:
            for index in range(mention.title, mention.start):
                if found := table.get(doc[index].lower_.rstrip(".")):
                    return found
    for role in roles:
        if found := table.get(doc[role.head].lower_):
            return found
    names = lexicon.forenames()
    longest = max((m.key for m in mentions), key=len)
    return next((names[word] for word in longest[:-1] if names.get(word)), names.get(longest[0]))
