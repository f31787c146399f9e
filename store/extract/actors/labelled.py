"""Mentions from spaCy's entity labels, each cut to the name: without titles, articles, brackets and roles.

Labels are taken as they come, one by one; what a name is in the whole text is decided in `kinds`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract.actors import lexicon, titles
from store.extract.actors.mentions import LONGEST, Mention, capital, head_words, is_name_word, is_plural, name_key
from store.extract.numbers.units import units

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
    "MISC": None,
}
"""What spaCy's labels mean here; None: a name, but of no actor. Labels that are missing are dates and figures."""

_PERSON = {"PER": "PERSON"}
"""Labels of other languages' pipelines, by those of the English one."""
_CUTS = frozenset({"(", ")", "[", "]", '"', "“", "”", "|", "—", "--", "…", ";", ":"})
_JOINTS = frozenset({"of", "for", "on", "in", "and", "to", "at", "&", "with", "against", "from", "under", "by"})
_COUNTRYMEN = ("man", "woman", "men", "women")
_NO_START = frozenset({"DT", "VBG", "VB", "VBZ", "PRP$", "WDT", "IN"})
_NO_END = frozenset({"la", "le", "of"})


def mentions(doc: "Doc") -> Iterator[Mention]:
    """A mention for each entity that can name something, in order."""
    for start, end, label in _entities(doc):
        for first, last in _pieces(doc, start, end):
            first, last = core(doc, first, last)
            if first < last:
                first, last = _grown(doc, first, last, label)
                for part in _parts(doc, first, last, label):
                    yield from _labelled(doc, *part)


def _entities(doc: "Doc") -> Iterator[tuple[int, int, str]]:
    """Start, end and label of the entities; a person in two pieces ("Aung San", "Suu Kyi") is put together."""
    waiting: tuple[int, int, str] | None = None
    for entity in doc.ents:
        label = _PERSON.get(entity.label_, entity.label_)
        if label not in KINDS:
            continue
        if (
            waiting
            and waiting[1] == entity.start
            and waiting[2] == label == "PERSON"
            and _is_compound(doc, entity.start)
        ):
            waiting = waiting[0], entity.end, label
            continue
        if waiting:
            yield waiting
        waiting = entity.start, entity.end, label
    if waiting:
        yield waiting


def _is_compound(doc: "Doc", index: int) -> bool:
    return bool(doc[index - 1].dep_ == "compound" and doc[index - 1].head.i >= index)


def _pieces(doc: "Doc", start: int, end: int) -> Iterator[tuple[int, int]]:
    """`start:end` cut at brackets, dashes and at the white space between paragraphs."""
    first = start
    for index in range(start, end):
        if "\n" in doc[index].text or doc[index].text in _CUTS or _is_dash(doc, index):
            yield first, index
            first = index + 1
    yield first, end


def _is_dash(doc: "Doc", index: int) -> bool:
    return doc[index].text == "-" and bool(doc[index].whitespace_) and index > 0 and bool(doc[index - 1].whitespace_)


def core(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    """`start:end` cut to the name: without articles, quotation marks, possessives and lower-case words at its ends."""
    while end > start and not (_ends_name(doc, end) or _hyphenated(doc, start, end)):
        end -= 1
    while start < end and not _begins_name(doc[start]):
        start += 1
    return start, end


def _ends_name(doc: "Doc", end: int) -> bool:
    text = doc[end - 1].text
    return capital(text) or (text.isdigit() and len(text) < 5 and end > 1 and doc[end - 2].is_alpha)


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
    word = token.lower_
    if token.tag_ in _NO_START or word in ("the", "a", "an"):
        return False
    return capital(token.text) or (word in lexicon.titles().particles and word not in _NO_END)


# Fragments made whole


def _grown(doc: "Doc", start: int, end: int, label: str) -> tuple[int, int]:
    """A fragment of a name made whole: capitalised neighbours that the parser ties to it as parts of one compound."""
    while end < len(doc) and end - start < LONGEST:
        if _continues(doc, end, label):
            end += 1
        elif label != "GPE" and _has_particle(doc, end):
            end += 2
        else:
            break
    while start > 0 and end - start < LONGEST and _precedes(doc, start, end):
        start -= 1
    return start, end


def _continues(doc: "Doc", end: int, label: str) -> bool:
    last, following = doc[end - 1], doc[end]
    if following.ent_type_ in KINDS or not is_name_word(following) or titles.is_title(following):
        return False
    if label in ("GPE", "NORP", "LOC") and following.lower_ not in head_words():
        return False
    return last.dep_ in ("compound", "nmod", "amod", "poss") and end <= last.head.i <= end + 3


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
    word = doc[start - 1]
    if word.ent_type_ in KINDS or not is_name_word(word) or titles.is_title(word):
        return False
    if word.lower_ in lexicon.titles().modifiers or doc[start].text in lexicon.places().names:
        return False
    if titles.opens(doc, start - 1) and word.lower_.endswith("ed"):
        return False
    return word.dep_ == "compound" and start <= word.head.i < end


def _parts(doc: "Doc", start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Names run together, taken apart: "Ada Blum of Lorn Bank"; "Lorn and Paris", one of them being a place we know."""
    if end - start == 3 and doc[start + 1].text in ("and", "&") and doc[start].text != doc[end - 1].text:
        known = lexicon.places().names
        if (doc[start].text in known) is not (doc[end - 1].text in known) or doc[start].text in known:
            yield from ((index, index + 1, "GPE") for index in (start, end - 1))
            return
    for index in range(start + 1, end - 1):
        if (label == "PERSON" and index - start > 1 and doc[index].text in ("of", "at", "from")) or (
            label in ("PERSON", "ORG") and doc[index].text == "the" and doc[index - 1].lower_ not in _JOINTS
        ):
            yield start, index, "PERSON" if index - start <= 2 else label
            yield (*core(doc, index + 1, end), "ORG")
            return
    yield start, end, label


# From span to mention


def _labelled(doc: "Doc", start: int, end: int, label: str) -> Iterator[Mention]:
    """The mention of one entity, cut from its titles and roles; nothing when nothing is left."""
    title, cut = None, False
    start += titles.leads_in(doc, start, end)
    if label in ("PERSON", "ORG"):
        first = titles.after(doc, start, end, label)
        title, start = (start if first > start else None), first
    if label in ("PERSON", "ORG", "FAC") and start < end:
        weak = _is_common(doc, start, end)
        whole = end
        end = titles.before_role(doc, start, end, label)
        cut = end < whole
    else:
        weak = label != "NORP" and start < end and _is_common(doc, start, end)
    if not start < end <= start + LONGEST or (cut and _is_bare(doc, start, end)):
        return
    if label == "ORG" and (_is_portfolio(doc, start, end) or _is_currency(doc, start, end)):
        return
    if title is None and label in ("PERSON", "ORG", "GPE"):
        title = titles.before(doc, start)
    weak = weak or _is_office(doc, start, end, label) or _is_countryman(doc, start, end)
    yield Mention(start, end, _kind(doc, end, label), name_key(doc, start, end), label, title, weak=weak)


def _is_office(doc: "Doc", start: int, end: int, label: str) -> bool:
    """Whether it is nothing but an office: "Prime Minister"."""
    *before, last = (token.lower_ for token in doc[start:end])
    return label != "PERSON" and titles.is_office(last) and lexicon.titles().modifiers.issuperset(before)


def _is_countryman(doc: "Doc", start: int, end: int) -> bool:
    """Whether it says where somebody is from, as one word: "Dutchman"."""
    word = doc[start].text
    return end - start == 1 and any(
        word.removesuffix(ending) in lexicon.places().adjectives and word.endswith(ending) for ending in _COUNTRYMEN
    )


def _is_bare(doc: "Doc", start: int, end: int) -> bool:
    """Whether what is left of a role is no name: "Fighter" of "Fighter Pilot"."""
    word = doc[start]
    return end - start == 1 and not word.text.isupper() and word.lower_ not in head_words() and word.ent_type_ != "GPE"


def _is_portfolio(doc: "Doc", start: int, end: int) -> bool:
    """Whether it is one word that says what an office is for: "Transport" of "Transport Minister"."""
    if end - start > 1 or end >= len(doc) or doc[start].is_upper:
        return False
    office = doc[end].lower_
    known = titles.is_office(office) and doc[start].lower_ in lexicon.titles().modifiers
    return known or office in ("minister", "secretary")


def _is_currency(doc: "Doc", start: int, end: int) -> bool:
    """Whether it is the code of a currency before an amount: "SEK" of "SEK 14.8 billion"."""
    code, after = doc[start].text, doc[start + 1 : start + 2].text
    if len(code) != 3 or not code.isupper() or not after[:1].isdigit() or end - start > 2:
        return False
    unit = units().named(code)
    return unit is not None and unit.kind == "money"


def _is_common(doc: "Doc", start: int, end: int) -> bool:
    """Whether it is a single word that may be an ordinary one, by its tag: a common or plural noun, an adjective."""
    token = doc[start]
    return end - start == 1 and not token.text.isupper() and (token.tag_ != "NNP" or token.dep_ == "amod")


def _kind(doc: "Doc", end: int, label: str) -> ActorKind | None:
    if label == "NORP":
        return "group" if is_plural(doc[end - 1]) else None
    return KINDS[label]
