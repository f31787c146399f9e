"""Which mentions name the same actor: candidate mentions grouped to rows, each row with its kind, or dropped.

Mentions come from `mentions`; what a row is and whether it is an actor at all is decided here once a row, from all
its mentions together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract import lexicon
from store.extract.mentions import Mention, head_word
from store.extract.names import Key, initials, is_short_person, pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True, eq=False)
class Row:
    """One actor in the making."""

    key: Key
    mentions: list[Mention] = field(default_factory=list)
    kind: ActorKind | None = None
    sure: float = 0.5
    gender: lexicon.Gender | None = None

    def take(self, other: "Row") -> None:
        """Take over the mentions of `other`, which names the same."""
        self.mentions += other.mentions
        other.mentions = []


def group(doc: "Doc", mentions: Iterable[Mention]) -> list[Row]:
    """The rows of a document; unordered."""
    rows: dict[Key, Row] = {}
    for mention in mentions:
        if mention.key:
            rows.setdefault(mention.key, Row(mention.key)).mentions.append(mention)
    for row in rows.values():
        row.kind, row.sure = decide(doc, row)
    _join_persons(rows)
    _join_organizations(rows)
    kept = [row for row in rows.values() if row.mentions and any(not m.adjective for m in row.mentions)]
    for row in kept:
        row.kind, row.sure = decide(doc, row)
    return [row for row in kept if row.kind is not None]


def decide(doc: "Doc", row: Row) -> tuple[ActorKind | None, float]:
    """What a row is, and how sure that is; None: no actor."""
    points: Counter[ActorKind | None] = Counter()
    for mention in row.mentions:
        points[mention.kind] += 1
        if mention.known:
            points[mention.kind] += 3
        if mention.title is not None:
            points["person"] += 2
        if mention.end - mention.start > 1:
            head = head_word(doc, mention.start, mention.end)
            for kind, words in _heads().items():
                points[kind] += 3 * (head in words)
    kind, most = points.most_common(1)[0]
    return kind, most / points.total()


def _heads() -> Mapping[ActorKind | None, frozenset[str]]:
    heads = lexicon.heads()
    return {"organization": heads.organization, "place": heads.place, None: heads.other}


def _join_persons(rows: dict[Key, Row]) -> None:
    """Short forms of a person to the fullest: "Ms Rao", "Rao" to "Anita Rao"."""
    by_word: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows.values(), key=lambda r: -len(r.key)):
        if row.kind == "person" or (len(row.key) == 1 and not any(m.known for m in row.mentions)):
            hosts = [
                host
                for host in by_word[row.key[-1]]
                if len(host.key) > len(row.key) and is_short_person(row.key, host.key)
            ]
            if not hosts and len(row.key) == 1:
                hosts = [host for host in by_word[row.key[0]] if len(host.key) > 1]
            if len(hosts) == 1:
                hosts[0].take(row)
            elif row.kind == "person":
                for word in set(row.key):
                    by_word[word].append(row)


def _join_organizations(rows: dict[Key, Row]) -> None:
    """Short forms and acronyms of an organization: "Heritage", "WTO"."""
    by_form: dict[Key, list[Row]] = defaultdict(list)
    live = [row for row in rows.values() if row.mentions]
    for row in live:
        if row.kind == "organization" and len(row.key) > 1:
            for form in {*pieces(row.key), *((word,) for word in initials(row.key))}:
                by_form[form].append(row)
    for row in sorted(live, key=lambda r: len(r.key)):
        hosts = by_form.get(row.key, [])
        if len(hosts) == 1 and row.kind == "organization" and hosts[0].mentions:
            hosts[0].take(row)
