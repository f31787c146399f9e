"""Mentions that our tables know: countries, their adjectives and peoples, capitals and other well-known places."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from store.extract.actors import lexicon, titles
from store.extract.actors.labelled import KINDS
from store.extract.actors.mentions import Mention, name_key
from store.extract.actors.names import key

if TYPE_CHECKING:
    from spacy.tokens import Doc

What = Literal["name", "adjective", "people"]

_PREFIXES = frozenset({"pro", "anti", "non", "trans", "mid", "post", "pre", "ex"})
"""What makes an adjective of a place's name: "pro-Beijing"."""


@cache
def _index() -> dict[str, tuple[tuple[str, What, str], ...]]:
    """First word of a place word -> (word, what, name), the longest first."""
    table = lexicon.places()
    rows: dict[str, list[tuple[str, What, str]]] = {}
    tables: tuple[tuple[What, dict[str, str]], ...] = (
        ("name", dict(table.names)),
        ("adjective", dict(table.adjectives)),
        ("people", dict(table.peoples) | {name: name for name in lexicon.heads().groups}),
    )
    for what, words in tables:
        for word, name in words.items():
            rows.setdefault(re.split(r"[\s-]", word)[0], []).append((word, what, name))
    return {first: tuple(sorted(found, key=lambda row: -len(row[0]))) for first, found in rows.items()}


def mentions(doc: "Doc") -> Iterator[Mention]:
    """Every known place word that stands as whole words; in capitals, too ("GENEVA")."""
    index = _index()
    for token in doc:
        first = token.text
        shouted = len(first) > 3 and first.isupper() and first not in index
        for word, what, name in index.get(first.title() if shouted else first, ()):
            end = _end_of(doc, token.i, word.upper() if shouted else word)
            if end is not None:
                yield _mention(doc, token.i, end, what, name)
                break


def _end_of(doc: "Doc", start: int, word: str) -> int | None:
    """The token behind `word` when it stands at `start` as whole tokens; None when it does not."""
    end, written = start, ""
    while len(written) < len(word) and end < len(doc):
        written += doc[end].text_with_ws
        end += 1
    return end if written.rstrip() == word else None


def _mention(doc: "Doc", start: int, end: int, what: What, name: str) -> Mention:
    label = doc[start].ent_type_
    if _is_prefixed(doc, start):
        return Mention(start, end, "place", key(name), label, adjective=True, known=True)
    if what == "people":
        return Mention(start, end, "group", name_key(doc, start, end), label, known=True)
    if what == "adjective":
        if _is_adjective(doc, end):
            return Mention(start, end, "place", key(name), "NORP", adjective=True, known=True)
        return Mention(start, end, None, name_key(doc, start, end), "NORP")
    if name in lexicon.places().ambiguous and label in ("PERSON", "ORG"):
        return Mention(start, end, KINDS[label], name_key(doc, start, end), label, titles.before(doc, start))
    return Mention(
        start, end, "place", key(name), label, titles.before(doc, start) if label == "PERSON" else None, known=True
    )


def _is_prefixed(doc: "Doc", start: int) -> bool:
    return (
        start > 1
        and doc[start - 1].text in ("-", "–")
        and not doc[start - 1].whitespace_
        and doc[start - 2].lower_ in _PREFIXES
    )


def _is_adjective(doc: "Doc", end: int) -> bool:
    """Whether a word like "French" stands for the place and not for a language or a person."""
    token = doc[end - 1]
    return token.tag_.startswith("JJ") or token.dep_ in ("amod", "compound", "nmod")
