"""What a name names: person, organization, place, group, or no actor at all, decided once a row from all its mentions.

Each cue is a small function that gives points; the kind with most points wins. The label that spaCy gave each mention
is one cue among them, and not the strongest: it is made anew at every mention, and often wrong on names of one word.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from store.analysis import ActorKind
from store.extract.actors import lexicon, places
from store.extract.actors.labelled import KINDS
from store.extract.actors.mentions import Mention, head_word, is_given_name, is_plural, root
from store.extract.actors.names import fold, is_acronym
from store.extract.actors.speech import is_speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Points: TypeAlias = tuple[ActorKind | None, float]

_ACTING_HEADS = frozenset({"programme", "program", "project", "initiative", "scheme"})
"""Heads of names of undertakings that are organizations when they speak."""
_ALONG = frozenset({"along", "across", "down", "into", "through", "up", "over"})
MOST_LABEL = 8
"""Tokens between a name that labels what it says and the colon."""
BORNE_OUT = 0.1
"""The share of mentions of a single word that must look like a person's beside spaCy's label."""
WEB = re.compile(r"\.(?:com|org|net|edu|gov|io|info|co|us|tv)\b|^www\.|@|://", re.IGNORECASE)
"""An address on the web: a site, not who runs it."""
PARTY = re.compile(r"[DRIL]-[A-Z]")
"""A party with a state behind a name: "D-Ohio"."""
VERSION = re.compile(r"[A-Z]{2,4}-?\d+")
"""A product or standard with its number: "XR6"."""


def decide(doc: "Doc", mentions: Iterable[Mention]) -> tuple[ActorKind | None, float]:
    """The kind of the row of `mentions`, and its share of the points; None: no actor."""
    mentions = list(mentions)
    named = [mention for mention in mentions if not mention.adjective and not mention.weak] or mentions
    points: dict[ActorKind | None, float] = defaultdict(float)
    for kind, value in labels(named):
        points[kind] += value
    for mention in named:
        for kind, value in context(doc, mention):
            points[kind] += value / len(named)
    for kind, value in _most(form(doc, m) for m in {doc[m.start : m.end].text: m for m in named}.values()):
        points[kind] += value
    for kind, value in _most(stated(doc, m) for m in named):
        points[kind] += value
    if _goes_by_surname(named):
        points["person"] += 3.2
    if not _is_borne_out(doc, named):
        points.pop("person", None)
    if not points:
        return None, 0.5
    best = max(points, key=lambda kind: points[kind])
    return best, points[best] / sum(points.values())


def _most(given: Iterable[Iterable[Points]]) -> Iterable[Points]:
    """For each kind the most that one of the mentions gives."""
    points: dict[ActorKind | None, float] = defaultdict(float)
    for kind, value in itertools.chain.from_iterable(given):
        points[kind] = max(points[kind], value)
    return points.items()


def _goes_by_surname(named: list[Mention]) -> bool:
    """Whether a name of two words is cut to the last one, as those of persons are, and never to the first."""
    full = max((mention.key for mention in named), key=len)
    short = {mention.key[0] for mention in named if len(mention.key) == 1}
    return len(full) == 2 and full[1] in short and full[0] not in short and lexicon.heads().kind(full[1]) is False


def _is_borne_out(doc: "Doc", named: list[Mention]) -> bool:
    """Whether more than spaCy's label speaks for a person: a single word without it is often a ship or software."""
    if any(
        len(mention.key) > 1 or mention.title is not None or mention.key[0] in lexicon.forenames() for mention in named
    ):
        return True
    if any(doc[mention.start].lower_ in lexicon.surnames() for mention in named):
        return True
    cues = [{kind for kind, _ in (*context(doc, mention), *stated(doc, mention))} for mention in named]
    return sum("person" in kinds for kinds in cues) >= BORNE_OUT * len(named)


def labels(mentions: list[Mention]) -> Iterator[Points]:
    """Three points, shared out as spaCy's labels are; two when it calls single words organizations."""
    for kind, count in Counter(mention.kind for mention in mentions).items():
        alone = kind == "organization" and all(len(mention.key) == 1 for mention in mentions)
        yield kind, (2 if alone else 3) * count / len(mentions)


def form(doc: "Doc", mention: Mention) -> Iterator[Points]:
    """What the name itself tells: the tables, its head word, a given name, a title, capitals."""
    if mention.known:
        yield mention.kind, 6
        return
    length = mention.end - mention.start
    text = doc[mention.start : mention.end].text
    given = mention.key[0].split("-")[0] in lexicon.forenames()
    if mention.title is not None:
        yield "person", 3.5
    if WEB.search(text):
        yield None, 3.3
    if PARTY.match(text):
        yield None, 9
    if length > 1 and is_plural(doc[mention.end - 1]) and doc[mention.start].text in lexicon.places().names:
        yield "organization", 3.2
    if length == 1:
        yield from _one_word(text, given and mention.label != "NORP")
    elif given and ((length == 2 and mention.label == "PERSON") or is_given_name(doc, mention.start, mention.end)):
        yield "person", 3.5
    else:
        head = head_word(doc, mention.start, mention.end)
        kind = lexicon.heads().kind(head)
        if kind is False:
            kind = lexicon.heads().openings.get(doc[mention.start].lower_, False)
        if kind is not False:
            yield kind, 3.5 if kind else 4.5
        elif given:
            yield "person", 3.5


def _one_word(text: str, given: bool) -> Iterator[Points]:
    if given:
        yield "person", 3.2 if lexicon.forenames().get(fold(text)) else 0.5
    if VERSION.fullmatch(text):
        yield None, 3.5
    elif is_acronym(text):
        yield "organization", 1
    if text.lower().endswith(lexicon.contexts().organization_endings):
        yield "organization", 2
    if text.lower() in lexicon.heads().other or text in lexicon.heads().products:
        yield None, 5
    if text.lower() in lexicon.heads().standing:
        yield "organization", 3


def context(doc: "Doc", mention: Mention) -> Iterator[Points]:
    """What stands around it: the verb, the preposition, quotation marks, a noun that says what it is."""
    head = root(doc, mention.start, mention.end)
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_ in lexicon.contexts().acting:
        yield "person", 1
    if is_speaker(head) and head.lower_ in _ACTING_HEADS:
        yield "organization", 9
    if any(child.dep_ == "relcl" and any(t.lower_ == "who" for t in child.children) for child in head.children):
        yield "person", 2
    yield from (("place", value) for value in places.points(doc, mention, head))
    if _is_quoted(doc, mention):
        yield None, 4
    if _is_dateline(doc, mention):
        yield "place", 3.5
    for noun in _nouns_beside(doc, head, mention):
        yield from _by_noun(noun.lemma_.lower())
    if head.dep_ == "compound" and head.head.i == mention.end and head.head.lemma_.lower() in lexicon.contexts().things:
        yield None, 4.5
    if _is_owned(doc, mention) and mention.title is None and not mention.known:
        yield None, 2
    for other in _conjuncts(head):
        if (kind := KINDS.get(other.ent_type_)) is not None:
            yield kind, 1
    if _is_people(doc, mention):
        yield "group", 3


def _is_owned(doc: "Doc", mention: Mention) -> bool:
    """Whether a person's possessive stands right before it, as before works: "Newton's Principia", "her Rusalka"."""
    if mention.start == 0:
        return False
    before = doc[mention.start - 1]
    if before.tag_ == "PRP$":
        return before.lower_ in ("his", "her", "my")
    return before.tag_ == "POS" and mention.start > 1 and doc[mention.start - 2].ent_type_ == "PERSON"


def _conjuncts(head: "Token") -> Iterator["Token"]:
    """The tokens next to it in an enumeration: what stands in a list is mostly of one kind."""
    if head.dep_ == "conj":
        yield head.head
    yield from (child for child in head.children if child.dep_ == "conj")


def _is_people(doc: "Doc", mention: Mention) -> bool:
    """Whether one word with "the" before it and no noun behind it is a people: "the Rohingya", "the Huguenots"."""
    token = doc[mention.start]
    if mention.end - mention.start > 1 or mention.start < 2 or doc[mention.start - 1].lower_ != "the":
        return False
    if doc[mention.start - 2].lower_ in _ALONG or doc[mention.start - 3 : mention.start - 1].text.lower() == "out of":
        return False
    plural = mention.label in ("LOC", "GPE") and token.tag_ == "NNPS"
    return (mention.label == "PERSON" or plural) and token.dep_ not in ("compound", "amod", "nmod", "poss")


def _is_dateline(doc: "Doc", mention: Mention) -> bool:
    """Whether it opens a paragraph in capitals before a comma, dash or bracket: "FAIRVIEW, Ohio -"."""
    if mention.start and not doc[mention.start - 1].is_space:
        return False
    after = doc[mention.end].text if mention.end < len(doc) else ""
    word = doc[mention.start].text
    return len(word) > 3 and word.isupper() and after in (",", "-", "–", "—", "--", "(")


def _is_quoted(doc: "Doc", mention: Mention) -> bool:
    """Whether quotation marks enclose the name alone, as they do titles of works and nicknames."""
    before = doc[mention.start - 1].text if mention.start else ""
    after = doc[mention.end].text if mention.end < len(doc) else ""
    if after in (",", ".", "!", "?") and mention.end + 1 < len(doc):
        after = doc[mention.end + 1].text
    return before in ('"', "“", "‘", "''", "``", "'") and after in ('"', "”", "’", "''", "'")


def stated(doc: "Doc", mention: Mention) -> Iterator[Points]:
    """What the text says outright that it is, once being enough: "Lynx is a browser", "a browser called Lynx".

    And "Blum, 52,", "ADA BLUM: .." and "Lorn, in Ruritania,".
    """
    head = root(doc, mention.start, mention.end)
    if _is_label(doc, mention):
        yield "person", 3.5
    after = doc[mention.end : mention.end + 4]
    if len(after) == 4 and after[0].text == ",":
        if after[1].is_digit and len(after[1]) < 3 and after[2].text == ",":
            yield "person", 3.5
        if after[1].lower_ in ("in", "near") and after[2].text in lexicon.places().names and after[3].text == ",":
            yield "place", 2.5
    if head.dep_ == "oprd" and head.head.dep_ == "acl" and head.head.lemma_ in ("call", "name", "know", "dub"):
        yield from _by_noun(head.head.head.lemma_.lower())
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        for child in head.head.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN":
                yield from _by_noun(child.lemma_.lower())


def _is_label(doc: "Doc", mention: Mention) -> bool:
    """Whether it opens a line in capitals that goes on with a colon: "ADA BLUM, LORN RADIO: .."."""
    if mention.start and "\n" not in doc[mention.start - 1].text:
        return False
    for token in doc[mention.start : mention.end + MOST_LABEL]:
        if token.text == ":":
            return token.i > mention.start
        if token.is_alpha and not token.is_upper:
            return False
    return False


def _nouns_beside(doc: "Doc", head: "Token", mention: Mention) -> Iterator["Token"]:
    """The common nouns beside a name that may say what it is: "the browser Lynx", "Lynx, a browser"."""
    before = doc[mention.start - 1] if mention.start else None
    tied = before is not None and before.head.i == head.i and before.dep_ in ("compound", "nmod", "appos")
    if before is not None and tied and before.pos_ == "NOUN":
        yield before
    if head.dep_ == "appos" and head.head.pos_ == "NOUN" and head.head.i < mention.start:
        yield head.head
    yield from (c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN" and c.i >= mention.end)


def _by_noun(noun: str) -> Iterator[Points]:
    words = lexicon.heads()
    if noun in lexicon.titles().persons:
        yield "person", 1.5
    elif noun in words.organization_nouns:
        yield "organization", 1.5
    elif noun in words.place_nouns or noun in words.place:
        yield "place", 1.5
    elif noun in words.other:
        yield None, 3.5
    elif noun.endswith(lexicon.contexts().calling_endings):
        yield "person", 1.5
