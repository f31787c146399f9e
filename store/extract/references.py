"""Which pronouns and role nouns stand for which row, by salience.

The method is that of Lappin and Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"): every mention makes
its row salient, subjects most; salience halves with each sentence; a pronoun takes the most salient row that agrees in
gender and that syntax does not forbid. Only what is likely right is given: "it" and "they" are left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.extract import lexicon
from store.extract.lexicon import Gender
from store.extract.mentions import Mention
from store.extract.roles import Role, root
from store.extract.rows import Row
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
"""The pronouns that are resolved, and the gender they ask for."""

_WEIGHTS = {
    "nsubj": 80.0,
    "nsubjpass": 75.0,
    "dobj": 50.0,
    "dative": 45.0,
    "appos": 60.0,
    "pobj": 35.0,
    "poss": 45.0,
    "conj": 45.0,
    "ROOT": 60.0,
}
_FADED = 8.0
"""Salience under which a row is no candidate any more."""


@dataclass(slots=True)
class _Salience:
    value: float
    sentence: int

    def at(self, sentence: int) -> float:
        return self.value * 0.5 ** (sentence - self.sentence)


class Resolver:
    """One pass through a document. `resolve` gives the tokens that refer and the row each stands for."""

    def __init__(self, doc: "Doc", rows: Sequence[Row], skip: Sequence[Span] = ()) -> None:
        self._doc = doc
        self._skip = skip
        self._at: dict[int, tuple[Row, Mention]] = {m.start: (row, m) for row in rows for m in row.mentions}
        self._salience: dict[Row, _Salience] = {}
        self._sentence = 0
        self._subjects: dict[int, Row] = {}
        self._quoted = False

    def resolve(self) -> Iterator[tuple[int, Row]]:
        """Pairs of a token and the row that it refers to, in order."""
        for number, sentence in enumerate(self._doc.sents):
            self._sentence = number
            self._fade()
            for token in sentence:
                if token.i in self._at:
                    self._see(*self._at[token.i])
                elif (gender := PRONOUNS.get(token.lower_)) and not self._skipped(token):
                    row = self._antecedent(token, gender)
                    if row is not None:
                        yield token.i, row

    def _skipped(self, token: "Token") -> bool:
        return any(start <= token.idx < end for start, end in self._skip)

    def _see(self, row: Row, mention: Mention) -> None:
        if row.kind == "person":
            head = root(self._doc, mention.start, mention.end)
            self._raise(row, head)

    def _raise(self, row: Row, head: "Token") -> None:
        weight = _WEIGHTS.get(head.dep_, 30.0)
        old = self._salience.get(row)
        self._salience[row] = _Salience((old.at(self._sentence) if old else 0.0) + weight, self._sentence)
        if head.dep_ in ("nsubj", "nsubjpass"):
            self._subjects[head.head.i] = row

    def _fade(self) -> None:
        self._salience = {row: s for row, s in self._salience.items() if s.at(self._sentence) >= _FADED}

    def _antecedent(self, token: "Token", gender: Gender) -> Row | None:
        fit = [
            (s.at(self._sentence), row)
            for row, s in self._salience.items()
            if row.gender in (None, gender) and not self._forbidden(token, row)
        ]
        if not fit:
            return None
        best = max(fit, key=lambda pair: pair[0] * (1.5 if pair[1].gender == gender else 1.0))[1]
        best.gender = best.gender or gender
        self._raise(best, token)
        return best

    def _forbidden(self, token: "Token", row: Row) -> bool:
        """Whether syntax keeps `row` apart: an object is not its own subject ("Blum called him")."""
        reflexive = token.lower_.endswith("self")
        if token.dep_ in ("dobj", "dative") and not reflexive:
            return self._subjects.get(token.head.i) is row
        return token.dep_ == "pobj" and not reflexive and self._subjects.get(token.head.head.i) is row


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
