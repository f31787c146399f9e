"""Where a parsed document names somebody or something: candidate mentions, cut to the name and labelled one by one.

The statistical labels of spaCy are one source, our tables of places and key words the others. What belongs together
and what is no actor after all is decided in `rows`, from all mentions of a name at once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract import lexicon
from store.extract.names import Key, canonical, key
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

KINDS: dict[str, ActorKind | None] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": None,
    "WORK_OF_ART": None,
    "PRODUCT": None,
    "LAW": None,
    "LANGUAGE": None,
}
"""What spaCy's labels mean here; None: a name, but of no actor. Labels that are missing are dates and figures."""


@dataclass(slots=True)
class Mention:
    """One place where a name stands, in tokens."""

    start: int
    end: int
    kind: ActorKind | None
    """What it seems to be, here; None: a work, a product, an event."""
    key: Key
    label: str = ""
    """spaCy's label; empty when the mention was found by a rule."""
    title: int | None = None
    """The token at which the titles right before the name begin ("Prime Minister" Lee)."""
    adjective: bool = False
    """Whether it is a nationality adjective: it can join a row and never makes one."""
    known: bool = False
    """Whether our tables say what it is."""
    weak: bool = False
    """Whether it may be an ordinary word: it can join a row and never makes one."""


def masked(doc: "Doc", spans: Sequence[Span]) -> bytearray:
    """One byte a token: 1 for those that touch one of the sorted `spans` (offsets)."""
    mask = bytearray(len(doc))
    left = list(reversed(spans))
    for token in doc if left else ():
        while left and left[-1][1] <= token.idx:
            left.pop()
        mask[token.i] = bool(left) and left[-1][0] < token.idx + len(token.text)
    return mask


def agencies(doc: "Doc") -> Iterator[int]:
    """The tokens of agencies in datelines: "Reuters" of "GENEVA (Reuters) -" at the start of a paragraph."""
    first = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            first = token.i + 1
        elif token.text in (")", "):") and token.i - first < _DATELINE:
            opening = next((index for index in range(first, token.i) if doc[index].text == "("), None)
            following = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
            if opening is not None and (token.text == "):" or following in (":", "-", "–", "—", "--")):
                yield from range(opening + 1, token.i)


_DATELINE = 12
"""Tokens within which the agency of a dateline stands."""


def find(doc: "Doc", skip: bytearray) -> list[Mention]:
    """All candidate mentions, in order and disjoint; those that touch a token marked in `skip` are left out."""
    found = _longest([*_tabled(doc), *_headed(doc), *_entities(doc), *_titled(doc), *_parties(doc)])
    return [mention for mention in found if not any(skip[mention.start : mention.end])]


def span(doc: "Doc", mention: Mention) -> Span:
    """Its offsets in the text."""
    last = doc[mention.end - 1]
    return doc[mention.start].idx, last.idx + len(last.text)


def surface(doc: "Doc", mention: Mention) -> str:
    """Its words as they stand in the text."""
    return str(doc[mention.start : mention.end].text)


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of overlapping mentions the longest, of equally long ones the first given."""
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        tokens = range(mention.start, mention.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


# Statistical labels


def _entities(doc: "Doc") -> Iterator[Mention]:
    for entity in doc.ents:
        if entity.label_ not in KINDS:
            continue
        for start, end in _lines(doc, entity.start, entity.end):
            start, end = core(doc, start, end)
            if start < end:
                start, end = _grown(doc, start, end, entity.label_)
                for first, last, label in _parts(doc, start, end, entity.label_):
                    yield from _labelled(doc, first, last, label)


def _parts(doc: "Doc", start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """A person run together with where they belong, taken apart: "Ada Blum" and "Lorn Bank" of "Ada Blum of Lorn Bank"."""
    for index in range(start + 1, end - 1):
        word = doc[index].lower_
        if (label == "PERSON" and index - start > 1 and word in ("of", "at", "from")) or (
            label in ("PERSON", "ORG")
            and word == "the"
            and doc[index - 1].lower_ not in _JOINTS
            and doc[index].text == "the"
        ):
            yield start, index, "PERSON" if index - start <= 2 else label
            yield (*core(doc, index + 1, end), "ORG")
            return
    yield start, end, label


_JOINTS = frozenset({"of", "for", "on", "in", "and", "to", "at", "&", "with", "against", "from", "under", "by"})


def _lines(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int]]:
    """`start:end` cut at brackets and at tokens of white space, which stand between paragraphs."""
    first = start
    for index in range(start, end):
        if doc[index].is_space or doc[index].text in ("(", ")", "[", "]", '"', "“", "”", "|"):
            yield first, index
            first = index + 1
    yield first, end


def core(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    """`start:end` cut to the name: without articles, quotation marks, possessives and lower-case words at its ends."""
    while end > start and not (_ends_name(doc[end - 1]) or _hyphenated(doc, start, end)):
        end -= 1
    while start < end and not _begins_name(doc[start]):
        start += 1
    return start, end


def _ends_name(token: "Token") -> bool:
    text = token.text
    return capital(text) or (text[0].isdigit() and not token.is_punct)


def _hyphenated(doc: "Doc", start: int, end: int) -> bool:
    """Whether the last word hangs on a capitalised one by a hyphen: "jun" of "Moon Dae-jun"."""
    return (
        end - start >= 3
        and doc[end - 2].text in ("-", "‐", "‑", "’", "'")
        and not doc[end - 2].whitespace_
        and not doc[end - 3].whitespace_
        and capital(doc[end - 3].text)
        and doc[end - 1].is_alpha
    )


def _begins_name(token: "Token") -> bool:
    text = token.text
    if token.tag_ in ("DT", "VBG", "VB", "VBZ", "PRP$", "WDT", "IN") or text.lower() in ("the", "a", "an"):
        return False
    return capital(text) or (text.lower() in lexicon.titles().particles and text.lower() not in ("of", "la", "le"))


def capital(word: str) -> bool:
    """Whether `word` has a capital letter where a name has one: at its start or within ("eBay", "al-Assad").

    >>> capital("Paris"), capital("eBay"), capital("paris")
    (True, True, False)
    """
    return any(character.isupper() for character in word)


def is_name_word(token: "Token") -> bool:
    """Whether a token is a capitalised proper noun."""
    return token.tag_ in ("NNP", "NNPS") and token.text[0].isupper()


def is_title(token: "Token") -> bool:
    """Whether a token is a word that may stand in a title before a name."""
    word = token.lower_.rstrip(".")
    table = lexicon.titles()
    return word in table.offices or word in table.courtesy or word.removeprefix("ex-") in table.offices


def _grown(doc: "Doc", start: int, end: int, label: str) -> tuple[int, int]:
    """A fragment of a name made whole: capitalised neighbours that the parser ties to it as parts of one compound."""
    while end < len(doc) and (_continues(doc, end, label) or (label != "GPE" and _has_particle(doc, end))):
        end += 2 if doc[end].text[0].islower() else 1
    while start > 0 and _precedes(doc, start, end):
        start -= 1
    return start, end


def _continues(doc: "Doc", end: int, label: str) -> bool:
    last, following = doc[end - 1], doc[end]
    if following.ent_type_ in KINDS or not is_name_word(following) or is_title(following):
        return False
    if label in ("GPE", "NORP", "LOC") and following.lower_ not in _head_words():
        return False
    return last.dep_ in ("compound", "nmod", "amod", "poss") and last.head.i >= end and last.head.i <= end + 3


def _has_particle(doc: "Doc", end: int) -> bool:
    """Whether a particle and another part of the name follow: "de" of "Anne de Groot"."""
    return (
        end + 1 < len(doc)
        and doc[end].text in lexicon.titles().particles
        and doc[end].text != "of"
        and is_name_word(doc[end + 1])
        and doc[end + 1].ent_type_ not in ("GPE", "NORP")
    )


def _precedes(doc: "Doc", start: int, end: int) -> bool:
    before = doc[start - 1]
    if (
        before.ent_type_ in KINDS
        or not is_name_word(before)
        or is_title(before)
        or before.lower_ in lexicon.titles().modifiers
    ):
        return False
    return before.dep_ == "compound" and start <= before.head.i < end and doc[start].text not in lexicon.places().names


@cache
def _head_words() -> frozenset[str]:
    words = lexicon.heads()
    return words.organization | words.place | words.other


def _labelled(doc: "Doc", start: int, end: int, label: str) -> Iterator[Mention]:
    """The mention of one entity, cut from its titles; nothing when it is a common noun or an adjective."""
    title = None
    if label in ("PERSON", "ORG"):
        first = after_titles(doc, start, end, label)
        title, start = (start if first > start else None), first
    if start == end:
        return
    weak = (
        end - start == 1
        and doc[start].tag_ not in ("NNP", "NNPS")
        and label != "NORP"
        and not doc[start].text.isupper()
    )
    if label in ("ORG", "PERSON", "FAC"):
        end = before_role(doc, start, end)
        if start == end:
            return
    if title is None:
        title = titles_before(doc, start) if label in ("PERSON", "ORG", "GPE") else None
    kind = KINDS[label]
    if label == "NORP":
        kind = "group" if is_plural(doc[end - 1]) else None
    yield Mention(start, end, kind, name_key(doc, start, end), label, title, weak=weak)


def is_plural(token: "Token") -> bool:
    """Whether it is a plural noun, by its tag or, where the tagger wavers, by its ending: "Democrats"."""
    return token.tag_ in ("NNS", "NNPS") or (
        token.tag_ == "NNP" and token.text.endswith("s") and not token.text.endswith("ss")
    )


def after_titles(doc: "Doc", start: int, end: int, label: str) -> int:
    """Where the name begins behind the titles at its start: "Prime Minister" of "Prime Minister Lee"."""
    table = lexicon.titles()
    words = [doc[index].lower_.rstrip(".") for index in range(start, end)]
    last = 0
    for offset, word in enumerate(words):
        if word in table.offices or word in table.courtesy:
            last = offset + 1
        elif word not in table.modifiers:
            break
    if last == len(words):
        return end if label == "PERSON" else start
    certain = label == "PERSON" or words[0] in table.courtesy
    return start + last if last and (certain or words[-1] not in _head_words()) and words[0] != "general" else start


def before_role(doc: "Doc", start: int, end: int) -> int:
    """Where the name ends when a role noun closes it: "Harbour Board" of "Harbour Board Spokesman"."""
    table = lexicon.titles().persons
    index = end
    while index > start and doc[index - 1].lower_.rstrip(".") in table:
        index -= 1
    while index > start and index < end and doc[index - 1].text in ("'s", "’s", "'", "’", "-"):
        index -= 1
    if index == start and end - start == 1:
        return start if doc[start].tag_ != "NNP" else end
    return end if doc[start].lower_ in lexicon.forenames() else index


def titles_before(doc: "Doc", start: int) -> int | None:
    """Where the titles right before a name begin; None when there are none."""
    table = lexicon.titles()
    first, index = None, start - 1
    while index >= 0 and not doc[index].is_space:
        word = doc[index].lower_.rstrip(".")
        if word in table.offices or word in table.courtesy:
            first = index
        elif not (word in table.modifiers and word not in ("the", "and", "of", "for")) and word != "-":
            break
        elif first is not None and word != "-":
            first = index
        index -= 1
    return first


def name_key(doc: "Doc", start: int, end: int) -> Key:
    """The key of the name in the tokens `start:end`."""
    return canonical(key(doc[start:end].text))


# Tables


@cache
def _place_index() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """First word of a place word -> (word, what, name), the longest first."""
    table = lexicon.places()
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for what, words in (("name", table.names), ("adjective", table.adjectives), ("people", table.peoples)):
        for word, name in words.items():
            first = re.split(r"[\s-]", word)[0]
            rows.setdefault(first, []).append((word, what, name))
    return {first: tuple(sorted(found, key=lambda row: -len(row[0]))) for first, found in rows.items()}


_PREFIXES = frozenset({"pro", "anti", "non", "trans", "mid", "post", "pre", "ex"})
"""What makes an adjective of a place's name: "pro-Beijing"."""


def _tabled(doc: "Doc") -> Iterator[Mention]:
    """Countries, their adjectives and peoples, capitals and the like, wherever they stand as whole words."""
    index = _place_index()
    for token in doc:
        first = token.text
        shouted = len(first) > 3 and first.isupper() and first not in index
        for word, what, name in index.get(first.title() if shouted else first, ()):
            end = _end_of(doc, token.i, word.upper() if shouted else word)
            if end is not None:
                yield from _place(doc, token.i, end, what, name)
                break


def _end_of(doc: "Doc", start: int, word: str) -> int | None:
    """The token behind `word` when it stands at `start` as whole tokens; None when it does not."""
    end, written = start, ""
    while len(written) < len(word) and end < len(doc):
        written += doc[end].text_with_ws
        end += 1
    return end if written.rstrip() == word else None


def _place(doc: "Doc", start: int, end: int, what: str, name: str) -> Iterator[Mention]:
    token = doc[end - 1]
    if (
        doc[start - 1].text in ("-", "–")
        and start > 1
        and not doc[start - 1].whitespace_
        and doc[start - 2].lower_ in _PREFIXES
    ):
        yield Mention(start, end, "place", key(name), adjective=True, known=True)
    elif what == "people":
        yield Mention(start, end, "group", name_key(doc, start, end), doc[start].ent_type_, known=True)
    elif what == "adjective":
        if token.tag_.startswith("JJ") or token.dep_ in ("amod", "compound", "nmod"):
            yield Mention(start, end, "place", key(name), "NORP", adjective=True, known=True)
        else:
            yield Mention(start, end, None, name_key(doc, start, end), "NORP")
    elif not (
        doc[start].ent_type_ == "PERSON" and token.ent_type_ == "PERSON" and titles_before(doc, start) is not None
    ):
        yield Mention(start, end, "place", key(name), doc[start].ent_type_, known=True)


# Key words


def _headed(doc: "Doc") -> Iterator[Mention]:
    """Capitalised runs of words that end in a key word ("Riverside Community Trust"), whether spaCy saw them or not."""
    words = lexicon.heads()
    for start, end in _runs(doc):
        kind = words.kind(head_word(doc, start, end))
        if kind is not False and end - start > 1 and not is_given_name(doc, start, end):
            yield Mention(start, end, kind, name_key(doc, start, end))


def is_given_name(doc: "Doc", start: int, end: int) -> bool:
    """Whether it looks like a given name and a surname that is a key word, too: "Nathan Law"."""
    return (
        end - start == 2
        and doc[start].lower_ in lexicon.forenames()
        and doc[end - 1].lower_ in lexicon.heads().surnames
    )


def head_word(doc: "Doc", start: int, end: int) -> str:
    """The word that says what a name names, in lower case: the last one before "of" and the like, or the last two."""
    for index in range(start + 1, end):
        if doc[index].lower_ in ("of", "for", "on", "in", "and", "to", "at", ",", "&", "("):
            end = index
            break
    last = doc[end - 1].lower_.rstrip(".")
    pair = f"{doc[end - 2].lower_} {last}"
    return pair if end - start > 1 and pair in _head_words() else last


def _runs(doc: "Doc") -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised proper nouns, with a nationality before them."""
    start = None
    for token in doc:
        inside = is_name_word(token) and not token.is_punct
        if start is not None and not inside:
            yield start, token.i
            start = None
        if inside and start is None:
            start = token.i - 1 if token.i and doc[token.i - 1].text in lexicon.places().adjectives else token.i
    if start is not None:
        yield start, len(doc)


def _parties(doc: "Doc") -> Iterator[Mention]:
    """ "Labour party", written small."""
    for token in doc[1:] if len(doc) > 1 else ():
        before = doc[token.i - 1]
        if (
            token.text == "party"
            and before.text[0].isupper()
            and before.tag_ in ("NNP", "JJ")
            and before.dep_ in ("amod", "compound")
        ):
            if before.text not in lexicon.places().adjectives:
                yield Mention(before.i, token.i + 1, "organization", name_key(doc, before.i, token.i + 1), "ORG")


def _titled(doc: "Doc") -> Iterator[Mention]:
    """A courtesy title and the capitalised words after it: "Ms Okonkwo"."""
    courtesy = lexicon.titles().courtesy
    for token in doc[:-1] if len(doc) > 1 else ():
        if token.text[0].isupper() and token.lower_.rstrip(".") in courtesy and is_name_word(doc[token.i + 1]):
            end = token.i + 1
            while end < len(doc) and end - token.i < 5 and is_name_word(doc[end]):
                end += 1
            start = after_titles(doc, token.i, end, "PERSON")
            if start < end:
                yield Mention(start, end, "person", name_key(doc, start, end), "", token.i)
