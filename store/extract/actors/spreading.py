"""The other places where a name that is settled stands: mentions that spaCy did not label, in headlines above all.

A name is looked for word for word, as it stands at the mentions that are known; of a person also the surname.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store.extract.actors import lexicon, titles
from store.extract.actors.mentions import Mention, is_name_word, name_key
from store.extract.actors.names import SUFFIXES, fold
from store.extract.actors.rows import Row

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_END = ""
"""The key under which a trie keeps the row of the name that ends there; no token is empty."""


def spread(doc: "Doc", rows: Sequence[Row], taken: Iterable[Mention], skip: bytearray) -> None:
    """Add to each row the unlabelled mentions of its names; tokens of `taken` mentions and of `skip` are left alone."""
    covered = bytearray(skip)
    for mention in taken:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    trie = _trie(doc, rows)
    ordinary = {token.text for token in doc if token.is_lower}
    index = 0
    while index < len(doc):
        found = None if covered[index] or doc[index].text not in trie else _match(doc, trie, index, covered)
        if found is None:
            index += 1
            continue
        end, row = found
        if _stands_alone(doc, index, end, covered, ordinary):
            row.mentions.append(Mention(index, end, row.kind, name_key(doc, index, end), "", titles.before(doc, index)))
        index = end


def _trie(doc: "Doc", rows: Sequence[Row]) -> dict[str, object]:
    """All names word by word; a name of two rows is left out."""
    owners: dict[tuple[str, ...], Row | None] = {}
    for row in rows:
        for name in set(_names(doc, row)):
            owners[name] = row if owners.get(name, row) is row else None
    trie: dict[str, object] = {}
    for name, owner in owners.items():
        if owner is not None:
            node = trie
            for word in name:
                node = node.setdefault(word, {})  # type: ignore[assignment]
            node[_END] = owner
    return trie


def _names(doc: "Doc", row: Row) -> Iterator[tuple[str, ...]]:
    for mention in row.mentions:
        if mention.adjective:
            continue
        words = tuple(token.text for token in doc[mention.start : mention.end])
        if len(words) <= 12:
            yield words
        if row.kind == "person" and len(words) > 1:
            last = next((word for word in reversed(words) if fold(word) not in SUFFIXES), words[-1])
            if len(last) > 2 and last[0].isupper() and last not in lexicon.places().names:
                yield (last,)
            if words[0].lower() in lexicon.forenames() and words[0] not in lexicon.places().names:
                yield (words[0],)


def _match(doc: "Doc", trie: dict[str, object], start: int, covered: bytearray) -> tuple[int, Row] | None:
    """The end of the longest name that begins at `start`, and whose it is."""
    node, index, best = trie, start, None
    while index < len(doc) and not covered[index] and isinstance(following := node.get(doc[index].text), dict):
        node, index = following, index + 1
        if isinstance(owner := node.get(_END), Row):
            best = index, owner
    return best


def _stands_alone(doc: "Doc", start: int, end: int, covered: bytearray, ordinary: set[str]) -> bool:
    """Whether it is no part of a longer name, and a name at all where every sentence begins with a capital letter."""
    if end - start == 1 and not _is_name(doc[start], ordinary):
        return False
    before, after = doc[start - 1] if start else None, doc[end] if end < len(doc) else None
    if (
        before is not None
        and is_name_word(before)
        and not covered[before.i]
        and not titles.is_title(before)
        and before.whitespace_
    ):
        return False
    return after is None or not (
        is_name_word(after) and not covered[after.i] and doc[end - 1].whitespace_ and doc[end - 1].dep_ == "compound"
    )


def _is_name(token: "Token", ordinary: set[str]) -> bool:
    """Whether a word that is somebody's name is meant as one here: by its tag, or as the text never writes it small."""
    if is_name_word(token) or (token.text.isupper() and len(token.text) > 1):
        return True
    return token.text[0].isupper() and token.lower_ not in ordinary and token.pos_ in ("NOUN", "PROPN", "ADJ", "X")
