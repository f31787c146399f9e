"""Who somebody is, in the article's words: from an apposition, a title before the name, or a plain "X is the ...".

It finds the noun phrases beside the mentions of a row; which row a mention belongs to is settled before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.extract import lexicon
from store.extract.mentions import Mention
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST = 160
"""Code points of a role; a longer phrase is cut where its last clause or prepositional phrase begins."""

_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "ccomp", "parataxis", "conj", "cc", "punct"})


@dataclass(frozen=True, slots=True)
class Role:
    """A noun phrase that says who a row is."""

    start: int
    """In tokens; the article is not part of it."""
    end: int
    head: int
    """Its noun: "minister"."""
    title: bool
    """Whether it stands right before the name without a comma, as a part of it."""


def roles(doc: "Doc", mentions: Iterable[Mention]) -> list[Role]:
    """The roles that stand at `mentions` of one row, in order."""
    return [role for mention in mentions if not mention.adjective for role in _at(doc, mention)]


def best(doc: "Doc", found: Iterable[Role]) -> str | None:
    """The words of the role to show: the first apposition, else the longest title; None when there is none."""
    ranked = sorted(
        found,
        key=lambda role: (role.title, role.start if not role.title else role.start - 1000 * (role.end - role.start)),
    )
    return text_of(doc, ranked[0]) if ranked else None


def text_of(doc: "Doc", role: Role) -> str:
    """The words of a role on one line."""
    return " ".join(doc[role.start : role.end].text.split())


def offsets(doc: "Doc", role: Role) -> Span:
    """Where a role stands in the text."""
    last = doc[role.end - 1]
    return doc[role.start].idx, last.idx + len(last.text)


def _at(doc: "Doc", mention: Mention) -> Iterator[Role]:
    head = root(doc, mention.start, mention.end)
    yield from _before(doc, head, mention)
    yield from _title(doc, mention)
    yield from _after(doc, head, mention)
    yield from _predicate(doc, head, mention)


def root(doc: "Doc", start: int, end: int) -> "Token":
    """The token of `start:end` that the parser hangs outside of it."""
    for index in range(end - 1, start - 1, -1):
        if not start <= doc[index].head.i < end or doc[index].head.i == index:
            return doc[index]
    return doc[end - 1]


def _before(doc: "Doc", head: "Token", mention: Mention) -> Iterator[Role]:
    """ "the finance minister of Ruritania, Ada Blum": the name is an apposition to the role."""
    noun = head.head
    if head.dep_ == "appos" and noun.i < mention.start and _is_role_noun(noun):
        yield from _phrase(doc, noun, noun.left_edge.i, mention.start, title=False)


def _after(doc: "Doc", head: "Token", mention: Mention) -> Iterator[Role]:
    """ "Ada Blum, the finance minister of Ruritania": the role is an apposition to the name."""
    for noun in head.children:
        if noun.dep_ == "appos" and noun.i >= mention.end and _is_role_noun(noun):
            yield from _phrase(doc, noun, max(noun.left_edge.i, mention.end), noun.right_edge.i + 1, title=False)


def _predicate(doc: "Doc", head: "Token", mention: Mention) -> Iterator[Role]:
    """ "Ada Blum is the finance minister of Ruritania"."""
    verb = head.head
    if head.dep_ in ("nsubj",) and verb.lemma_ == "be" and verb.i >= mention.end:
        for noun in verb.children:
            if noun.dep_ == "attr" and noun.i > verb.i and _is_role_noun(noun):
                yield from _phrase(doc, noun, noun.left_edge.i, noun.right_edge.i + 1, title=False)


def _title(doc: "Doc", mention: Mention) -> Iterator[Role]:
    """ "Finance Minister Ada Blum": the title and what the parser ties to it on the left."""
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
    yield Role(start, end, end - 1, title=True)


def _is_role_noun(token: "Token") -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lower_.rstrip(".") in lexicon.titles().persons


def _phrase(doc: "Doc", noun: "Token", start: int, end: int, *, title: bool) -> Iterator[Role]:
    while start < noun.i and (doc[start].tag_ in ("DT", "PRP$") or doc[start].is_punct or doc[start].is_space):
        start += 1
    limit = doc[start].idx + LONGEST
    for child in noun.rights:
        if child.i < end and (child.dep_ in _CLAUSES or child.right_edge.idx > limit):
            end = child.left_edge.i
            break
    while end - 1 > noun.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    if start <= noun.i < end:
        yield Role(start, end, noun.i, title)
