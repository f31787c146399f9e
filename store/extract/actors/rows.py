"""One actor in the making: the mentions that share a name, and what they are.

How rows come about is told in `grouping`.
"""

from dataclasses import dataclass, field

from store.analysis import ActorKind
from store.extract.actors import lexicon
from store.extract.actors.lexicon import Gender
from store.extract.actors.mentions import Mention
from store.extract.actors.names import Key


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
