"""Who somebody is, in the article's words: from an apposition, a title before the name, or a plain "X is the ...".

It finds the noun phrases beside the mentions of a row; which row a mention belongs to is settled before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from store.analysis import ActorKind
from store.extract.actors import lexicon
from store.extract.actors.mentions import Mention, root
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 160
"""Code points of a role; a longer phrase is cut where its last clause or prepositional phrase begins."""

MOST_BETWEEN = 40
"""Tokens between a name and its role that are looked at."""
_SERVE = frozenset({"serve", "work", "act", "resign", "retire", "return", "begin", "start", "continue", "run"})
"""Verbs whose "as" says what the subject is, not what it makes of somebody else."""
_BREAKS = frozenset({"DT", "PDT", "PRP$", "WP$", "WDT", "WP", "WRB", "IN", "CC", "RB", ",", ":"})
"""Tags of words that do not belong to the words before a noun."""
_INNER = frozenset({"-", "–", "'", "’", "&"})
_STOPS = frozenset({"(", "[", ";", ":", '"', "“", "”", "''", "``"})
_OPENERS = frozenset({"WP", "WP$", "WDT", "WRB", "DT", "PRP$"})
_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "ccomp", "parataxis", "conj", "cc", "punct"})


Source = Literal["apposition", "title", "predicate"]


@dataclass(frozen=True, slots=True)
class Role:
    """A noun phrase that says who a row is."""

    start: int
    """In tokens; the article is not part of it."""
    end: int
    head: int
    """Its noun: "minister"."""
    source: Source
    """"title" stands right before the name without a comma, as a part of it; "predicate" is said by a verb."""


def roles(doc: "Doc", mentions: Iterable[Mention], heads: frozenset[str]) -> list[Role]:
    """The roles that stand at `mentions` of one row, in order; `heads` are the nouns that count."""
    return [role for mention in mentions if not mention.adjective for role in _at(doc, mention, heads)]


def best(doc: "Doc", found: Iterable[Role], kind: ActorKind | None) -> str | None:
    """The words of the role to show; None when there is none that says who it is.

    Of a person the first apposition, else the longest title, else a plain "is"; of an organization the apposition.
    """
    ranks: dict[Source, int] = {"apposition": 0}
    if kind == "person":
        ranks |= {"title": 1, "predicate": 2}
    able = (
        [role for role in found if role.source in ranks and _is_telling(doc, role)]
        if kind in ("person", "organization")
        else []
    )
    ranked = sorted(
        able,
        key=lambda role: (
            ranks[role.source],
            role.start - (1000 * (role.end - role.start) if role.source == "title" else 0),
        ),
    )
    return text_of(doc, ranked[0]) if ranked else None


def _is_telling(doc: "Doc", role: Role) -> bool:
    """Whether a role says something by itself: not "his wife", nor "a woman" in "she was the first woman to win"."""
    if role.start > 0 and doc[role.start - 1].tag_ == "PRP$":
        return False
    return role.source != "predicate" or doc[role.head].lower_ in lexicon.titles().offices


def text_of(doc: "Doc", role: Role) -> str:
    """The words of a role on one line."""
    return " ".join(doc[role.start : role.end].text.split())


def offsets(doc: "Doc", role: Role) -> Span:
    """Where a role stands in the text."""
    last = doc[role.end - 1]
    return doc[role.start].idx, last.idx + len(last.text)


def _at(doc: "Doc", mention: Mention, heads: frozenset[str]) -> Iterator[Role]:
    head = root(doc, mention.start, mention.end)
    for noun, start, end in (*_before(head, mention), *_after(head, mention)):
        if is_role_noun(noun, heads):
            title = noun.i == mention.start - 1 and doc[noun.left_edge.i].tag_ not in ("DT", "PRP$")
            yield from _phrase(doc, noun, start, end, "title" if title else "apposition")
    for noun, start, end in predicates(head):
        if is_role_noun(noun, heads):
            yield from _phrase(doc, noun, start, end, "predicate")
    yield from _title(doc, mention)


Phrase = tuple["Token", int, int]
"""A noun, and the tokens from `start` to before `end` among which its phrase is."""


def _before(head: "Token", mention: Mention) -> Iterator[Phrase]:
    """As in "the finance minister of Ruritania, Ada Blum": the name is an apposition to the role."""
    if head.dep_ == "appos" and head.head.i < mention.start and head.doc[head.head.i + 1].text != ":":
        yield head.head, head.head.left_edge.i, mention.start


def _after(head: "Token", mention: Mention) -> Iterator[Phrase]:
    """As in "Ada Blum, the finance minister of Ruritania": the role is an apposition to the name."""
    for noun in head.children:
        if noun.dep_ == "appos" and noun.i >= mention.end and not _is_parted(head.doc, mention.end, noun.i):
            yield noun, max(noun.left_edge.i, mention.end), noun.right_edge.i + 1


def _is_parted(doc: "Doc", start: int, end: int) -> bool:
    """Whether a colon stands between a name and a noun, as behind the label of a speaker: "BLUM: Minister, .."."""
    return any(token.text == ":" for token in doc[start : min(end, start + MOST_BETWEEN)])


def predicates(head: "Token") -> Iterator[Phrase]:
    """As in "Ada Blum is a minister", "he served as minister": what the subject `head` is said to be."""
    verb = head.head
    if (
        head.dep_ not in ("nsubj", "nsubjpass")
        or verb.i < head.i
        or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children)
    ):
        return
    for child in verb.children:
        if child.dep_ == "attr" and child.i > verb.i and verb.lemma_ in ("be", "become", "remain"):
            yield child, child.left_edge.i, child.right_edge.i + 1
        elif child.dep_ == "prep" and child.lower_ == "as" and (verb.lemma_ in _SERVE or head.dep_ == "nsubjpass"):
            yield from (
                (noun, noun.left_edge.i, noun.right_edge.i + 1) for noun in child.children if noun.dep_ == "pobj"
            )
        elif child.dep_ == "oprd" and head.dep_ == "nsubjpass":
            yield child, child.left_edge.i, child.right_edge.i + 1


def said_of(doc: "Doc", head: "Token") -> Iterator[Role]:
    """The roles that are said of a pronoun, the subject `head`."""
    for noun, start, end in predicates(head):
        if is_role_noun(noun, lexicon.titles().persons):
            yield from _phrase(doc, noun, start, end, "predicate")


def _title(doc: "Doc", mention: Mention) -> Iterator[Role]:
    """As in "Finance Minister Ada Blum": the title and what the parser ties to it on the left.

    A rank between the two is no part of it: "spokeswoman" of "spokeswoman Lt. Ada Blum".
    """
    if mention.title is None:
        return
    courtesy = lexicon.titles().courtesy
    end = mention.start
    start = mention.title
    while start < end and doc[start].lower_.rstrip(".") in courtesy:
        start += 1
    if start == end:
        return
    while (
        start > 0
        and doc[start - 1].dep_ in ("compound", "amod", "nmod")
        and start <= doc[start - 1].head.i < mention.end
    ):
        start -= 1
    while end - start > 1 and (doc[end - 1].text.endswith(".") or doc[end - 1].lower_ in courtesy):
        end -= 1
    yield Role(start, end, end - 1, "title")


def is_role_noun(token: "Token", heads: frozenset[str]) -> bool:
    """Whether a noun says what somebody is."""
    return token.pos_ in ("NOUN", "PROPN") and token.lower_.rstrip(".") in heads


def _phrase(doc: "Doc", noun: "Token", start: int, end: int, source: Source) -> Iterator[Role]:
    """The phrase of `noun` within `start:end`: without article, without clauses, no longer than `LONGEST`."""
    start = max(start, _opening(doc, noun))
    while start > 1 and doc[start - 1].text in ("-", "‐", "‑") and not doc[start - 2].whitespace_:
        start -= 2
    limit = doc[start].idx + LONGEST
    for child in noun.rights:
        if child.dep_ == "cc" or (child.dep_ == "conj" and is_role_noun(child, lexicon.titles().persons)):
            continue
        if child.i < end and (child.dep_ in _CLAUSES or doc[child.right_edge.i].idx > limit):
            end = child.left_edge.i
            break
    end = _closing(doc, noun.i + 1, end)
    if start <= noun.i < end:
        yield Role(start, end, noun.i, source)


def _opening(doc: "Doc", noun: "Token") -> int:
    """Where the words that qualify a noun begin: "first vice foreign" of "however, the first vice foreign minister"."""
    start = noun.i
    while start > 0 and noun.left_edge.i < start:
        word = doc[start - 1]
        if word.tag_ in _BREAKS or word.is_space or (word.is_punct and word.text not in _INNER):
            break
        start -= 1
    return start


def _closing(doc: "Doc", first: int, end: int) -> int:
    """Where the phrase ends from `first` on: before brackets, quotes, a line break, or a comma and another clause."""
    for index in range(first, end):
        token = doc[index]
        if token.text in _STOPS or (token.is_space and "\n" in token.text) or _opens_clause(doc, index):
            end = index
            break
    while end > first and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "CC"):
        end -= 1
    return end


def _opens_clause(doc: "Doc", index: int) -> bool:
    """Whether a comma is followed by a relative clause or another apposition: ", who", ", a company"."""
    return doc[index].text == "," and index + 1 < len(doc) and doc[index + 1].tag_ in _OPENERS
