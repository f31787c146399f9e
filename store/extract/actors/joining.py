"""Which rows are one: short forms and turned names of persons, short forms and acronyms of organizations, places.

Two names are joined by their words, their kinds and what their titles tell of the gender, never by where they stand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.lexicon import Gender
from store.extract.actors.mentions import Mention, head_words
from store.extract.actors.names import (
    SMALL_WORDS,
    Key,
    initials,
    is_short_person,
    is_turned,
    key,
    pieces,
    surname,
    without_suffix,
)
from store.extract.actors.rows import Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST_HOSTS = 12
"""How many full names a short form is held against: a text with more bearers of one name is a list."""


def join(doc: "Doc", rows: Iterable[Row]) -> None:
    """Move the mentions of every short form to the row of its full name; emptied rows stay empty."""
    live = list(rows)
    _join_spellings(live)
    _name_persons(live)
    _join_persons(doc, live)
    _join_organizations(live)
    _join_generic(live)
    _join_places(live)


def _join_spellings(rows: list[Row]) -> None:
    """Names that differ in small words alone: "Food and Drug Office", "Food & Drug Office"."""
    first: dict[Key, Row] = {}
    for row in rows:
        plain = tuple(word for word in row.key if word not in SMALL_WORDS)
        if len(plain) > 1 and not row.known:
            host = first.setdefault(plain, row)
            if host is not row:
                host.take(row)


# Persons


def _join_persons(doc: "Doc", rows: list[Row]) -> None:
    """Short forms of a person: "Ms Rao", "Rao" and "A. Rao" to "Anita Rao"; a given name to its only bearer."""
    by_word: dict[str, list[Row]] = defaultdict(list)
    unsure: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (-len(r.key), -len(r.mentions))):
        if _looks_like_person(row):
            unsure[surname(row.key)].append(row)
        if not _may_be_person(row):
            continue
        hosts = [host for host in _person_hosts(row.key, by_word) if _suits(row, host)]
        if not hosts and len(row.key) == 1 and any(m.title is not None for m in row.mentions):
            hosts = unsure[row.key[0]][:MOST_HOSTS]
        if hosts:
            _share(row, hosts, lambda mention, host: _genders_agree(doc, mention, host))
        if row.mentions and row.kind == "person":
            for word in set(row.key):
                by_word[word].append(row)


def _name_persons(rows: Iterable[Row]) -> None:
    """Make persons of names of two words that the text cuts to the last, as it does not those of organizations."""
    alone = {row.key[0]: row for row in rows if len(row.key) == 1 and row.mentions and not row.known}
    for row in rows:
        if _looks_like_person(row) and row.key[1] in alone and row.key[0] not in alone:
            short = alone[row.key[1]]
            if short.kind in ("organization", "person") and not short.acronym and short.key[0] not in head_words():
                row.kind = short.kind = "person"


def _may_be_person(row: Row) -> bool:
    return row.kind == "person" or len(row.key) == 1


def _looks_like_person(row: Row) -> bool:
    """Whether what spaCy takes for an organization has the form of a full name: "Ms. Rao" may show that it is one."""
    heads = lexicon.heads()
    return row.kind == "organization" and len(row.key) == 2 and not row.known and heads.kind(row.key[-1]) is False


def _person_hosts(short: Key, by_word: dict[str, list[Row]]) -> list[Row]:
    """The full names that `short` may stand for: by surname, else turned round, else by given name."""
    near = by_word[surname(short)]
    hosts = [
        host for host in near[: 10 * MOST_HOSTS] if len(host.key) > len(short) and is_short_person(short, host.key)
    ]
    hosts = hosts or [host for host in near[: 10 * MOST_HOSTS] if is_turned(short, host.key)]
    if not hosts and len(short) == 1:
        hosts = [host for host in near if short[0] == host.key[0] and len(without_suffix(host.key)) > 1]
    return hosts[:MOST_HOSTS]


def _suits(row: Row, host: Row) -> bool:
    """Whether a row may be a short form of a person though it looks like something else, as surnames do."""
    if row.kind == "person" or not any(mention.known for mention in row.mentions):
        return True
    return any(mention.label == "PERSON" or mention.title is not None for mention in row.mentions)


def _genders_agree(doc: "Doc", mention: Mention, host: Row) -> bool:
    """Whether a title before a short form suits the given name: "Mr. Clinton" is not Hillary."""
    asked = title_gender(doc, mention)
    borne = lexicon.forenames().get(host.key[0])
    return asked is None or borne is None or asked == borne


def title_gender(doc: "Doc", mention: Mention) -> Gender | None:
    """The gender that the title of a mention tells; None when it tells none."""
    if mention.title is None:
        return None
    table = lexicon.titles().genders
    words = (doc[index].lower_.rstrip(".") for index in range(mention.title, mention.start))
    return next((table[word] for word in words if word in table), None)


def _share(row: Row, hosts: list[Row], fits: Callable[[Mention, Row], bool] = lambda mention, host: True) -> None:
    """Give each mention of a short form to a full name that it fits.

    Where several do it is the one with most mentions in full, of equal ones the one introduced first: news names the
    other bearers of a surname in full each time. Mentions that fit none ("Mr. Clinton" beside Hillary and Chelsea) stay
    together, and the bare ones with them.
    """
    hosts = sorted(hosts, key=lambda host: (-len(host.mentions), min(m.start for m in host.mentions)))
    chosen = [(mention, next((host for host in hosts if fits(mention, host)), None)) for mention in row.mentions]
    left = [mention for mention, host in chosen if host is None]
    row.mentions = left + [m for m, host in chosen if host is not None and left and m.title is None]
    for mention, host in chosen:
        if host is not None and not (left and mention.title is None):
            host.mentions.append(mention)


# Organizations


def _join_organizations(rows: list[Row]) -> None:
    """Short forms and acronyms: "Heritage" and "WTO" to "Heritage Foundation" and "World Trade Organization"."""
    by_form: dict[Key, list[Row]] = defaultdict(list)
    live = [row for row in rows if row.mentions]
    for row in live:
        if len(row.key) > 1 and row.kind in ("organization", "place", None) and not row.known:
            for form in _forms(row.key):
                by_form[form].append(row)
    for row in sorted(live, key=lambda r: len(r.key)):
        if row.known or row.kind == "person":
            continue
        able = [host for host in by_form.get(row.key, ()) if host.mentions]
        hosts = [host for host in able if _is_short(row, host)] or _cut_to_first(row, able)
        if hosts:
            _share(row, hosts[:MOST_HOSTS])


def _forms(words: Key) -> Iterator[Key]:
    yield from ((acronym,) for acronym in initials(words) if len(acronym) > 1)
    if len(words) <= 12:
        yield from pieces(words)


def _cut_to_first(row: Row, hosts: list[Row]) -> list[Row]:
    """The one organization whose name begins with a word that is no ordinary one: "Norrland" of "Norrland Paper"."""
    word = row.key[0]
    opens = sorted((h for h in hosts if h.key[0] == word and h.kind == "organization"), key=lambda host: len(host.key))
    one = bool(opens) and all(host.key[: len(opens[0].key)] == opens[0].key for host in opens)
    if len(row.key) > 1 or row.kind != "organization" or row.acronym or not one:
        return []
    table = lexicon.titles()
    ordinary = word in head_words() or word in table.modifiers or word in table.camps or word in lexicon.forenames()
    return [] if ordinary or row.key in _place_keys() else opens[-1:]


def _is_short(row: Row, host: Row) -> bool:
    """Whether a part of a name may stand for the whole ("Heritage", "Scientology", "Air Force")."""
    short, full = row.key, host.key
    if len(short) == 1 and short[0] in initials(full):
        return row.acronym
    if host.kind == "place" and short == full[:-1] and full[-1] in lexicon.heads().optional:
        return True
    if host.kind != row.kind or row.kind not in ("organization", "place"):
        return False
    if short == full[: len(short)]:
        return _is_type(full[len(short) :]) and not _is_type(short[-1:])
    return short == full[-len(short) :] and _is_opening(full[: -len(short)])


def _is_type(rest: Key) -> bool:
    """Whether the rest of a name says no more than what it is: "foundation", "media group"."""
    heads = lexicon.heads()
    return len(rest) <= 2 and all(word in heads.organization or word in heads.place for word in rest)


def _is_opening(words: Key) -> bool:
    """Whether what opens a name may be left out: a place or nationality, or "church of" and the like."""
    if words[-1] == "of":
        return _is_type(words[-2:-1])
    return words in _place_keys()


@cache
def _place_keys() -> frozenset[Key]:
    table = lexicon.places()
    return frozenset(key(word) for word in (*table.names, *table.adjectives))


def _join_generic(rows: list[Row]) -> None:
    """A key word alone, "the Court", to the last court named in full; where there is none the row is no actor."""
    heads = lexicon.heads()
    words = heads.organization | heads.place
    by_head: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.mentions and len(row.key) > 1:
            for word in (
                row.key[-1],
                row.key[0],
                *(w for w, following in zip(row.key, row.key[1:], strict=False) if following in ("of", "for")),
            ):
                by_head[word].append(row)
    for row in rows:
        if len(row.key) == 1 and row.key[0] in words and not row.known:
            kinds = ("organization",) if row.key[0] in heads.standing else ("organization", "place")
            hosts = [host for host in by_head[row.key[0]] if host.mentions and host.kind in kinds]
            if hosts:
                _share(row, hosts[:MOST_HOSTS])
            elif row.key[0] not in heads.standing:
                row.mentions = []


# Places


def _join_places(rows: list[Row]) -> None:
    """Longer forms of a city: "Lund City" and "City of Lund" to "Lund", where the short name stands, too."""
    by_key = {row.key: row for row in rows if row.mentions and row.kind == "place"}
    for name, row in by_key.items():
        short = name[:-1] if name[-1] == "city" else name[2:] if name[:2] == ("city", "of") else ()
        host = by_key.get(short)
        if host is not None and host is not row and row.mentions:
            row.take(host)
