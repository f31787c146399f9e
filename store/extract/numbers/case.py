"""A figure without a unit and what stands around it, as the rules look at it that say which figures are none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.extract.numbers.figure import Figure
from store.extract.numbers.surroundings import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 24
"""How many characters around a figure idioms are looked for."""


@dataclass(frozen=True, slots=True)
class Case:
    """A figure without a unit, and what stands around it."""

    figure: Figure
    text: str
    """Of the whole article."""
    tokens: "list[Token]"
    """Those of the numeral."""
    left: "Token | None"
    """The token before it in the same sentence."""
    right: "Token | None"
    """The token after it."""
    noun: "Token | None"
    """The noun to its right that it is an attribute of."""

    @property
    def written(self) -> str:
        """The figure as it stands in the text."""
        return self.text[self.figure.start : self.figure.end]

    def after(self, most: int = REACH) -> str:
        """What follows."""
        return self.text[self.figure.end : self.figure.end + most]

    @property
    def counts_plural(self) -> bool:
        """Whether a plural follows with no name between: "gave Ukraine 500 tanks", not "iPhone 11 Pro phones"."""
        if self.noun is None or self.noun.tag_ not in ("NNS", "NNPS"):
            return False
        between = self.noun.doc[self.tokens[-1].i + 1 : self.noun.i + 1]
        return all(token.text[:1].islower() or not token.is_alpha for token in between)


def case_of(figure: Figure, reading: Reading) -> Case:
    """What stands around `figure`."""
    doc, words = reading.doc, reading.words(*figure.numeral)
    tokens = [doc[word] for word in words]
    left = doc[words[0] - 1] if words[0] > 0 and not tokens[0].is_sent_start else None
    right = doc[words[-1] + 1] if words[-1] + 1 < len(doc) else None
    return Case(figure, reading.text, tokens, left, right, reading.noun(figure))
