"""What an article holds: actors, numbers, quotes, and their one JSON form, the public contract of `briefbook extract`.

An Analysis is never edited: what the reader put right is kept beside it (`store.annotation.Correction`). Its sequences
are tuples, or equal to tuples (`store.columns`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from store.article import Article
from store.spans import Span

ActorKind = Literal["person", "organization", "place", "group"]
NumberKind = Literal["count", "money", "percent", "measure", "duration", "age", "rate", "ratio", "score", "ordinal"]
Relation = Literal["=", "~", "<", ">", "<=", ">=", "up", "down"]
QuoteKind = Literal["direct", "mixed", "indirect"]

ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
NUMBER_KINDS: tuple[NumberKind, ...] = get_args(NumberKind)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
QUOTE_KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, organization, place or named group, once."""

    id: str
    """Unique within the analysis: `a1`, `a2`, ..., in order of importance."""
    name: str
    """The fullest name that the article gives, without title, article and possessive."""
    kind: ActorKind
    role: str | None
    """Who that is, in the article's words ("First Vice Foreign Minister of South Korea"); None when not said."""
    aliases: tuple[str, ...]
    """The other names that it goes by in this article, each once."""
    mentions: Sequence[Span]
    """Where it is named, in order."""
    references: Sequence[Span] = ()
    """Where a pronoun or a role noun ("the minister") stands for it, in order."""
    confidence: float = 1.0
    """How sure that this row is right, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Number:
    """One figure: how much or how many, of what."""

    start: int
    end: int
    text: str
    """The figure as written, with its unit: `text[start:end]` of the article."""
    kind: NumberKind
    value: float | int
    """In the unit itself: "1.47 billion" is 1470000000; of a range, the lower end."""
    high: float | int | None = None
    """The upper end of a range; None otherwise."""
    relation: Relation = "="
    unit: str | None = None
    """"USD", "percent", "year", "kilometre"; of a count the counted noun as written; None when there is none."""
    of: str | None = None
    """What is counted or measured, in the article's words; None when not said."""
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said: words in quotation marks, reported speech, or both."""

    spans: Sequence[Span]
    """Its pieces in order, without the quotation marks; several when the cue stands between them."""
    text: str
    """The pieces, joined by a blank."""
    kind: QuoteKind
    speaker: Span | None = None
    """The words that name who said it ("he", "the minister", "Ms Lee"), in the article."""
    cue: Span | None = None
    """The word that says it is speech ("said", "according to")."""
    actor: str | None = None
    """`Actor.id` of the speaker; None when it is none of the actors."""
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return self.spans[0][0], self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was extracted from one text."""

    actors: Sequence[Actor] = ()
    """Most important first."""
    numbers: Sequence[Number] = ()
    """In the order of the text."""
    quotes: Sequence[Quote] = ()
    """In the order of the text."""

    def actor(self, id: str | None) -> Actor | None:  # noqa: A002 (the field's name)
        """The actor of that id; None when there is none."""
        return next((actor for actor in self.actors if actor.id == id), None)

    def speaker_name(self, quote: Quote, text: str) -> str:
        """Who said `quote`: the actor's name, else the speaker's words in `text`, else an empty string."""
        actor = self.actor(quote.actor)
        return actor.name if actor else text[slice(*quote.speaker)] if quote.speaker else ""

    def speaker_names(self, text: str) -> list[str]:
        """Who said each of the quotes, as `speaker_name` tells it of one."""
        names = {actor.id: actor.name for actor in self.actors}
        return [
            names.get(quote.actor or "") or (text[slice(*quote.speaker)] if quote.speaker else "")
            for quote in self.quotes
        ]


def to_json(analysis: Analysis) -> dict[str, Any]:
    """`analysis` as plain data: the keys "actors", "numbers", "quotes" of the public contract."""
    return {
        "actors": [_plain(actor) for actor in analysis.actors],
        "numbers": [_plain(number) for number in analysis.numbers],
        "quotes": [_plain(quote) for quote in analysis.quotes],
    }


def from_json(data: Mapping[str, Any]) -> Analysis:
    """The inverse of `to_json`; other keys are ignored.

    Raises:
        KeyError, TypeError, ValueError: when `data` is not of that form.
    """
    return Analysis(
        actors=tuple(_actor(row) for row in data["actors"]),
        numbers=tuple(Number(**row) for row in data["numbers"]),
        quotes=tuple(_quote(row) for row in data["quotes"]),
    )


def extract_json(article: Article, analysis: Analysis) -> dict[str, Any]:
    """One line of `briefbook extract`: the article and what it holds."""
    head = {key: getattr(article, key) for key in ("id", "title", "source", "text", "language")}
    return head | to_json(analysis)


def _plain(row: Actor | Number | Quote) -> dict[str, Any]:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return {
        name: tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        for name, value in values.items()
    }


def _actor(row: Mapping[str, Any]) -> Actor:
    spans = {key: tuple(_span(pair) for pair in row[key]) for key in ("mentions", "references")}
    return Actor(**{**row, **spans, "aliases": tuple(row["aliases"])})


def _quote(row: Mapping[str, Any]) -> Quote:
    ends = {key: None if row[key] is None else _span(row[key]) for key in ("speaker", "cue")}
    return Quote(**{**row, **ends, "spans": tuple(_span(pair) for pair in row["spans"])})


def _span(pair: Any) -> Span:
    start, end = pair
    return int(start), int(end)
