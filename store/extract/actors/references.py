"""Which pronouns and role nouns stand for which row, by salience.

The method is that of Lappin and Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"): every mention makes
its row salient, subjects most; salience halves with each sentence; a pronoun takes the most salient row that agrees in
gender and that syntax does not forbid. Only what is likely right is given: "it" and "they" are left alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.agreement import ANY, stands_for
from store.extract.actors.lexicon import Gender
from store.extract.actors.mentions import Mention, root
from store.extract.actors.roles import Role, said_of
from store.extract.actors.rows import Row
from store.extract.actors.speech import Speakers, first_persons, interviewee, is_speaker, quoted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

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
_AGREES = 2.0
"""How much more a row counts whose gender is known to agree, beside one whose gender is not known."""
_PROMINENT = 60.0
"""What a row's share in all mentions of persons adds to its salience, for the whole share."""
_SPEAKS = 80.0
"""What is added for the last speaker when the pronoun is the subject of a verb of saying: "she added"."""
_SYNONYMS = {"premier": ("prime", "minister"), "pm": ("prime", "minister")}
"""Words of a role by those that may stand for them."""
_LESSER = frozenset({"deputy", "vice", "former", "assistant", "acting"})
"""What a role must not have that is called without it: "the president" is not the vice president."""
_QUOTED = 0.5
"""How much a mention counts in somebody's quoted words."""
_MOST = 40
"""How many persons are kept in mind: a text with more at once is a list of names."""
_FAR = 6
"""How many sentences back "the company" may reach."""
_OFTEN = 3
"""Mentions of an organization that a text is about."""


@dataclass(slots=True)
class _Salience:
    value: float
    sentence: int

    def at(self, sentence: int) -> float:
        return self.value * 0.5 ** (sentence - self.sentence)


class Resolver:
    """One pass through a document. `resolve` gives the spans that refer and the row each stands for."""

    def __init__(
        self, doc: "Doc", rows: Sequence[Row], described: Mapping[Row, Sequence[Role]], skip: bytearray
    ) -> None:
        self._doc = doc
        self._skip = skip
        self._at = {m.start: (row, m) for row in rows for m in row.mentions if not m.adjective}
        self._covered = {index for row in rows for m in row.mentions for index in range(m.start, m.end)}
        self._roles = {row: [_words(doc, role.start, role.end) for role in found] for row, found in described.items()}
        self._described = {
            index for found in described.values() for role in found for index in range(role.start, role.end)
        }
        self._bearers: dict[str, list[Row]] = {}
        for row in rows:
            for word in {word for role in self._roles[row] for word in role} if row.kind == "person" else ():
                self._bearers.setdefault(word, []).append(row)
        self._seen: set[Row] = set()
        self._persons: dict[Row, _Salience] = {}
        self._others: dict[Row, int] = {}
        self._sentence = 0
        self._quotes = quoted(doc)
        self._speakers = Speakers(doc, self._quotes)
        self._heads = {root(doc, m.start, m.end).i: row for row, m in self._at.values()}
        for index, row in self._heads.items():
            self._speakers.see(doc[index], row)
        self._subjects: dict[int, Row] = {}
        named = sum(len(row.mentions) for row in rows if row.kind == "person") or 1
        self._prominence = {row: _PROMINENT * len(row.mentions) / named for row in rows if row.kind == "person"}

    def resolve(self) -> Iterator[tuple[int, int, Row]]:
        """The first token, the token behind the last, and the row that they stand for, in order."""
        for number, sentence in enumerate(_sentences(self._doc)):
            self._sentence = number
            self._fade()
            for token in sentence:
                if token.i in self._at:
                    self._see(*self._at[token.i])
                elif self._skip[token.i]:
                    continue
                elif (gender := PRONOUNS.get(token.lower_)) is not None:
                    if (row := self._antecedent(token, gender)) is not None:
                        yield token.i, token.i + 1, row
                        yield from ((role.start, role.end, row) for role in said_of(self._doc, token))
                elif token.lower_ in ("its", "their") and token.dep_ == "poss":
                    if (row := self._owner(token)) is not None:
                        yield token.i, token.i + 1, row
                elif (start := self._definite(token)) is not None and (row := self._named_by(start, token)) is not None:
                    yield start, token.i + 1, row

    def first_persons(self) -> Iterator[tuple[int, int, Row]]:
        """ "I" and "my": the speaker's in quotation marks, outside of the one interviewed; ask after `resolve`."""
        found = first_persons(self._doc, self._quotes, self._skip)
        for index in found[True]:
            row = self._speakers.of(index)
            if row is not None and row.kind == "person":
                yield index, index + 1, row
        if (row := interviewee(self._doc, self._prominence, found[False])) is not None:
            yield from ((index, index + 1, row) for index in found[False])

    def _see(self, row: Row, mention: Mention) -> None:
        if row.kind == "person":
            self._seen.add(row)
            self._raise(row, root(self._doc, mention.start, mention.end))
        else:
            self._others.pop(row, None)
            self._others[row] = self._sentence

    def _raise(self, row: Row, head: "Token") -> None:
        weight = _WEIGHTS["nsubj"] if is_speaker(head) else _WEIGHTS.get(head.dep_, 30.0)
        if self._quotes[head.i]:
            weight *= _QUOTED
        old = self._persons.pop(row, None)
        self._persons[row] = _Salience((old.at(self._sentence) if old else 0.0) + weight, self._sentence)
        if len(self._persons) > _MOST:
            del self._persons[next(iter(self._persons))]
        if head.dep_ in ("nsubj", "nsubjpass"):
            self._subjects[head.head.i] = row

    def _fade(self) -> None:
        self._persons = {row: s for row, s in self._persons.items() if s.at(self._sentence) >= _FADED}

    # Pronouns

    def _antecedent(self, token: "Token", gender: Gender) -> Row | None:
        last = self._speakers.before(token.i) if is_speaker(token) else None
        fit = [
            (self._score(row, salience, gender) + (_SPEAKS if row is last else 0.0), row)
            for row, salience in self._persons.items()
            if row.gender in (None, gender) and not self._forbidden(token, row)
        ]
        if not fit:
            return None
        best = max(fit, key=lambda pair: pair[0])[1]
        self._raise(best, token)
        self._speakers.see(token, best)
        return best

    def _score(self, row: Row, salience: _Salience, gender: Gender) -> float:
        value = salience.at(self._sentence) + self._prominence[row]
        return value * _AGREES if row.gender == gender else value

    def _forbidden(self, token: "Token", row: Row) -> bool:
        """Whether `row` is kept apart: nobody quoted says "he" of himself, and "Blum called him" is not of Blum."""
        if self._quotes[token.i] and self._speakers.of(token.i) is row:
            return True
        reflexive = token.lower_.endswith("self")
        if token.dep_ in ("dobj", "dative") and not reflexive:
            return self._subjects.get(token.head.i) is row
        return token.dep_ == "pobj" and not reflexive and self._subjects.get(token.head.head.i) is row

    def _owner(self, token: "Token") -> Row | None:
        """The subject of the clause in which "its" or "their" stands: "Lorn Bank closed its branches"."""
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i:
                row = self._heads.get(child.i)
                plural = token.lower_ == "their"
                return (
                    row
                    if row is not None and (row.kind == "group" if plural else row.kind in ("organization", "place"))
                    else None
                )
        return None

    # Nouns

    def _definite(self, noun: "Token") -> int | None:
        """Where "the minister" or "this country" begins, when it is no part of a name or a role; else None."""
        if (
            noun.tag_ not in ("NN", "NNP")
            or noun.i in self._covered
            or noun.i in self._described
            or noun.dep_ in ("compound", "appos", "attr")
        ):
            return None
        start = noun.left_edge.i
        words = self._doc[start : noun.i]
        if not len(words) or words[0].lower_ not in ("the", "this", "that", "our") or len(words) > 3:
            return None
        return None if any(word.i in self._covered for word in words) or self._is_defined(noun) else start

    @staticmethod
    def _is_defined(noun: "Token") -> bool:
        """Whether something behind the noun says which one: "the head of the club", "the minister who resigned"."""
        return any(
            child.dep_ in ("relcl", "acl", "appos") or (child.dep_ == "prep" and child.lower_ == "of")
            for child in noun.rights
        )

    def _named_by(self, start: int, noun: "Token") -> Row | None:
        word = noun.lemma_.lower()
        if word in lexicon.titles().persons:
            asked = _words(self._doc, start + 1, noun.i + 1)
            able = [row for row in self._persons if any(_answers(asked, role) for role in self._roles[row])]
            able = able or self._only_bearer(word, asked)
            if not able:
                return None
            self._raise(able[-1], noun)
            return able[-1]
        row = self._topic(word) or self._nearest(word)
        if row is not None:
            self._see_again(row)
        return row

    def _nearest(self, word: str) -> Row | None:
        """The last organization or place, not far back, for which `word` may stand."""
        for row in reversed(self._others):
            if self._sentence - self._others[row] > _FAR:
                return None
            if stands_for(word, row):
                return row
        return None

    def _topic(self, word: str) -> Row | None:
        """The organization that the text is about: so far named, and so often as no other that `word` may stand for."""
        able = [row for row in self._others if stands_for(word, row)] if word in ANY else []
        able.sort(key=lambda row: -len(row.mentions))
        often = bool(able) and len(able[0].mentions) >= _OFTEN
        return able[0] if often and (len(able) == 1 or len(able[0].mentions) >= 2 * len(able[1].mentions)) else None

    def _only_bearer(self, word: str, asked: frozenset[str]) -> list[Row]:
        """Who was named long ago, when nobody else in the text bears the role: one row, or none."""
        bearers = self._bearers.get(word, [])
        able = [row for row in bearers[:_MOST] if any(_answers(asked, role) for role in self._roles[row])]
        return able if len(bearers) == 1 and able[0:1] and able[0] in self._seen else []

    def _see_again(self, row: Row) -> None:
        del self._others[row]
        self._others[row] = self._sentence


def _words(doc: "Doc", start: int, end: int) -> frozenset[str]:
    """The words of a role, in lower case and without synonyms."""
    words = (token.lemma_.lower() for token in doc[start:end] if token.is_alpha)
    return frozenset(other for word in words for other in _SYNONYMS.get(word, (word,)))


def _answers(asked: frozenset[str], role: frozenset[str]) -> bool:
    """Whether "the minister" or "the finance minister" may stand for somebody of that role."""
    return asked <= role and not (role - asked) & _LESSER


def _sentences(doc: "Doc") -> Iterator["Span"]:
    """The sentences; the whole document where the pipeline has nothing that finds them."""
    if doc.has_annotation("SENT_START"):
        yield from doc.sents
    else:
        yield doc[:]
