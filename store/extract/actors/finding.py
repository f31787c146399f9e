"""All candidate mentions of a document: from the tables, by form, and from spaCy's labels, the longest first.

Nothing is decided here about what a name is; `kinds` does that from all mentions of a name together.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.extract.actors import keyed, labelled, lexicon, tabled
from store.extract.actors.layout import headline, shouted
from store.extract.actors.mentions import Mention, name_key
from store.extract.actors.names import Key
from store.extract.actors.speech import is_speaker
from store.extract.tables import Tables

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find(doc: "Doc", skip: bytearray, tables: Tables) -> list[Mention]:
    """The candidate mentions, in order and disjoint; those that touch a token marked in `skip` are left out."""
    found = _longest([*tabled.mentions(doc), *keyed.mentions(doc), *labelled.mentions(doc)], len(doc))
    found = [mention for mention in found if not any(skip[mention.start : mention.end])]
    found = _without_first_words(doc, _named_in_cells(doc, found, tables))
    return _borne_out(doc, found, headline(doc), shouted(doc))


def _longest(mentions: Iterable[Mention], length: int) -> list[Mention]:
    """Of overlapping mentions the longest, of equally long ones the first given."""
    taken = bytearray(length)
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _named_in_cells(doc: "Doc", mentions: list[Mention], tables: Tables) -> list[Mention]:
    """`mentions` without what tables only seem to name: their heads ("Area, ha"), and the first word of a cell."""
    if not tables.cells:
        return mentions
    cells = {mention.start: tables.at(doc[mention.start].idx) for mention in mentions}
    prose = {mention.key for mention in mentions if cells[mention.start] is None}
    kept = []
    for mention in mentions:
        cell = cells[mention.start]
        if cell is not None and not mention.known and mention.key not in prose:
            opens = doc[mention.start].idx == cell.start and len(mention.key) == 1
            last = doc[mention.end - 1]
            if cell.in_head or (opens and last.idx + len(last.text) < cell.end):
                continue
        kept.append(mention)
    return kept


def _without_first_words(doc: "Doc", mentions: list[Mention]) -> list[Mention]:
    """`mentions` without ordinary words that have a capital as they open a sentence or are a line: "Funding is short".

    A word is one when it never has a capital elsewhere, and the text writes it small, it is a line of its own, or it
    ends in -ing; the subject of a verb of saying is a name.
    """
    small = {token.text for token in doc if token.is_lower}
    inner = {mention.key for mention in mentions if len(mention.key) > 1 or not _opens(doc, mention)}
    return [
        mention
        for mention in mentions
        if mention.known
        or mention.key in inner
        or mention.title is not None
        or mention.label not in ("ORG", "NORP", "LOC", "PRODUCT")
        or is_speaker(doc[mention.start])
        or not _is_ordinary(doc, mention, small)
    ]


def _opens(doc: "Doc", mention: Mention) -> bool:
    token = doc[mention.start]
    return bool(token.is_sent_start) or (mention.start > 0 and not doc[mention.start - 1].text[-1].isalnum())


def _is_ordinary(doc: "Doc", mention: Mention, small: set[str]) -> bool:
    word = doc[mention.start]
    if word.is_upper:
        return False
    opens = mention.start == 0 or "\n" in doc[mention.start - 1].text
    alone = opens and "\n" in doc[mention.end : mention.end + 1].text
    return alone or word.lower_ in small or word.lower_.endswith("ing")


def _borne_out(doc: "Doc", mentions: list[Mention], end: int, shouts: bytearray) -> list[Mention]:
    """`mentions` without those of a headline, or of a line in capitals, that nothing bears out.

    There spaCy takes verbs and adjectives for parts of names ("Blum Seeks"). What stays: places that we know, names
    that the body has as well, and full names of persons. A name that runs on past one that the body has is cut to it.

    Args:
        end: how many tokens the headline takes.
        shouts: one byte a token, 1 for those of lines in capitals.
    """
    body = {mention.key for mention in mentions if mention.start >= end and not shouts[mention.start]}
    kept = []
    for mention in mentions:
        if (mention.start < end or shouts[mention.start]) and not mention.known and mention.key not in body:
            longest = 2 if shouts[mention.start] else 3
            if not _cut_to(doc, mention, body) and not _is_full_name(mention, longest):
                continue
        kept.append(mention)
    return kept


def _cut_to(doc: "Doc", mention: Mention, body: set[Key]) -> bool:
    """Cut a name of several words to the longest name in `body` that it begins with, two words at least."""
    for end in range(mention.end - 1, mention.start + 1, -1):
        if (key := name_key(doc, mention.start, end)) in body:
            mention.end, mention.key = end, key
            return True
    return False


def _is_full_name(mention: Mention, longest: int) -> bool:
    named = mention.label == "PERSON" and mention.key[0] in lexicon.forenames()
    return named and 1 < len(mention.key) <= longest
