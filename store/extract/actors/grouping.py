"""From mentions to rows: the steps in their order.

`definitions` knows which acronyms and other names the text itself explains, `kinds` what a row is, `joining` which rows
are one, and `spreading` finds the mentions that are still missing. No rule about language stands here.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.extract.actors.definitions import define
from store.extract.actors.joining import join
from store.extract.actors.kinds import decide
from store.extract.actors.mentions import Mention
from store.extract.actors.names import Key, is_acronym
from store.extract.actors.rows import Row
from store.extract.actors.spreading import spread

if TYPE_CHECKING:
    from spacy.tokens import Doc


def group(doc: "Doc", mentions: Iterable[Mention], skip: bytearray) -> list[Row]:
    """The rows of a document, unordered; what is no actor is left out."""
    mentions = list(mentions)
    mentions += define(doc, mentions, skip)
    rows: dict[Key, Row] = {}
    for mention in mentions:
        if mention.key:
            row = rows.setdefault(mention.key, Row(mention.key))
            row.mentions.append(mention)
            row.acronym = row.acronym or (mention.end - mention.start == 1 and is_acronym(doc[mention.start].text))
    for row in rows.values():
        row.kind, row.sure = decide(doc, row.mentions)
    join(doc, rows.values())
    kept = [row for row in rows.values() if any(not m.adjective and not m.weak for m in row.mentions)]
    for row in kept:
        row.kind, row.sure = decide(doc, row.mentions)
    actors = [row for row in kept if row.kind is not None]
    spread(doc, actors, mentions, skip)
    return actors
