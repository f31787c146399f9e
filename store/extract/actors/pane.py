"""Who acts in an article: each person, organization, place and named group once, most important first.

This module joins the steps: `finding` finds names, `grouping` makes rows of them, `roles` says who somebody is,
`references` adds pronouns and role nouns, `ranking` orders. No rule about language stands here.
"""

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from store.analysis import Actor
from store.article import Article
from store.extract.actors import lexicon
from store.extract.actors.agreement import gender
from store.extract.actors.finding import find
from store.extract.actors.grouping import group
from store.extract.actors.layout import masked
from store.extract.actors.mentions import span, surface
from store.extract.actors.names import fold, key
from store.extract.actors.ranking import confidence, first_end, importance
from store.extract.actors.references import Resolver
from store.extract.actors.roles import Role, best, offsets, roles
from store.extract.actors.rows import Row
from store.extract.tables import Tables
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"[^\W_]+")


def actors(doc: "Doc", article: Article) -> tuple[Actor, ...]:
    """The actors of a parsed article, most important first.

    Args:
        doc: what `store.extract.parse` made of `article.text`.
        article: its furniture is left out.

    Cost: linear in the text, about a twentieth of the time that parsing takes.
    """
    skip = masked(doc, article.furniture)
    rows = group(doc, find(doc, skip, Tables(article.text)), skip)
    named = {index for row in rows for mention in row.mentions for index in range(mention.start, mention.end)}
    described = {
        row: [role for role in roles(doc, row.mentions, _nouns(row)) if role.head not in named] for row in rows
    }
    for row in rows:
        row.gender = gender(doc, row.mentions, described[row]) if row.kind == "person" else None
    references = _references(doc, rows, described, skip)
    first = first_end(doc)
    rows.sort(key=lambda row: (-importance(doc, row, references[row], first), min(m.start for m in row.mentions)))
    return tuple(
        _actor(doc, row, f"a{number}", best(doc, described[row], row.kind), references[row])
        for number, row in enumerate(rows, 1)
    )


def _nouns(row: Row) -> frozenset[str]:
    """The nouns that can say what a row is."""
    heads = lexicon.heads()
    if row.kind == "place":
        return heads.place_nouns | heads.place
    return lexicon.titles().persons if row.kind == "person" else heads.organization_nouns | heads.organization


def _references(
    doc: "Doc", rows: list[Row], described: dict[Row, list[Role]], skip: bytearray
) -> dict[Row, tuple[Span, ...]]:
    """Where pronouns and nouns stand for each row, in order; each of those spans for one row only."""
    owners: dict[Span, Row] = {}
    for row in rows:
        for role in described[row]:
            if role.source != "title":
                owners.setdefault(offsets(doc, role), row)
    resolver = Resolver(doc, rows, described, skip)
    for start, end, row in itertools.chain(resolver.resolve(), resolver.first_persons()):
        owners.setdefault((doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)), row)
    found: dict[Row, list[Span]] = {row: [] for row in rows}
    for place in sorted(owners):
        found[owners[place]].append(place)
    return {row: tuple(places) for row, places in found.items()}


def _actor(doc: "Doc", row: Row, id: str, role: str | None, references: tuple[Span, ...]) -> Actor:  # noqa: A002 (the field's name)
    assert row.kind is not None
    names = _names([surface(doc, m) for m in row.mentions if not m.adjective], row)
    name = _fullest(names, row)
    aliases = tuple(dict.fromkeys(other for other in names if other != name))
    role = role if role is None or key(role) != key(name) else None
    return Actor(
        id,
        name,
        row.kind,
        role,
        aliases,
        tuple(sorted(span(doc, m) for m in row.mentions)),
        references,
        confidence(doc, row),
    )


def _fullest(names: list[str], row: Row) -> str:
    """The longest name, rather not in capitals; of a known place the usual one, else the most frequent."""
    if row.kind == "place" and row.known:
        table = lexicon.places().names
        usual = next((table[name] for name in map(_spoken, names) if name in table), None)
        frequent = Counter(sorted(names, key=str.isupper)).most_common(1)[0][0]
        shouted = frequent.isupper() and frequent.isalpha() and len(frequent) > 4
        return usual if usual is not None and (usual in names or shouted) else frequent
    return max(names, key=lambda name: (row.kind == "person" and _opens_with_given_name(name), len(name)))


def _opens_with_given_name(name: str) -> bool:
    return " " in name and fold(name.split(" ", 1)[0]) in lexicon.forenames()


def _names(written: list[str], row: Row) -> list[str]:
    """The names as they are written, those in capitals as they are written elsewhere, else in small letters."""
    normal = {name.casefold(): name for name in written if not name.isupper()}
    return [normal.get(name.casefold()) or _lowered(name, row) if name.isupper() else name for name in written]


def _lowered(name: str, row: Row) -> str:
    """A name in capitals in small letters: "ADA BLUM". Single words that are no person may be acronyms."""
    acronym = " " not in name and (len(name) < 5 or row.kind not in ("person", "place"))
    return name if acronym or row.known else _WORD.sub(lambda word: word[0].capitalize(), name)


def _spoken(name: str) -> str:
    """A name in capitals as it is written otherwise: "GENEVA"."""
    return name.title() if name.isupper() and len(name) > 4 else name
