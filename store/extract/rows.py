"""One actor in the making: the mentions that share a name, and what they are.

Mentions come from `finding`; `kinds` says what a row is, `joining` which rows are one, `definitions` which acronyms
and other names the text itself explains. The order of those steps is settled here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract import lexicon
from store.extract.lexicon import Gender
from store.extract.mentions import Mention
from store.extract.names import Key

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True, eq=False)
class Row:
    """One actor in the making."""

    key: Key
    mentions: list[Mention] = field(default_factory=list)
    kind: ActorKind | None = None
    """None: no actor."""
    sure: float = 0.5
    """The share of the evidence that speaks for `kind`."""
    gender: Gender | None = None
    acronym: bool = False
    """Whether its name is written as initials."""

    @property
    def known(self) -> bool:
        """Whether our tables say what it is."""
        return any(mention.known for mention in self.mentions)

    @property
    def country(self) -> bool:
        """Whether it is a country."""
        return self.kind == "place" and self.key in lexicon.country_keys()

    def take(self, other: "Row") -> None:
        """Take over the mentions of `other`, which names the same."""
        self.mentions += other.mentions
        other.mentions = []


def group(doc: "Doc", mentions: Iterable[Mention], skip: bytearray) -> list[Row]:
    """The rows of a document, unordered; what is no actor is left out."""
    from store.extract.definitions import define
    from store.extract.joining import join
    from store.extract.kinds import decide
    from store.extract.names import is_acronym
    from store.extract.spreading import spread

    mentions = list(mentions)
    mentions += define(doc, mentions)
    rows: dict[Key, Row] = {}
    for mention in mentions:
        if mention.key:
            row = rows.setdefault(mention.key, Row(mention.key))
            row.mentions.append(mention)
            row.acronym = row.acronym or (mention.end - mention.start == 1 and is_acronym(doc[mention.start].text))
    for row in rows.values():
        row.kind, row.sure = decide(doc, row.mentions)
    join(doc, rows.values())
    kept = [row for row in rows.values() if any(not m.adjective and not m.weak for m in row.mentions)]
    for row in kept:
        row.kind, row.sure = decide(doc, row.mentions)
    actors = [row for row in kept if row.kind is not None]
    spread(doc, actors, mentions, skip)
    return actors
