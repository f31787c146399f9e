"""Mentions by form, whether spaCy saw them or not: names that end in a key word, titles and the name after them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from store.analysis import ActorKind
from store.extract.actors import lexicon, titles
from store.extract.actors.layout import DATELINE, lines
from store.extract.actors.mentions import LONGEST, Mention, head_word, is_given_name, is_name_word, name_key

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos"})


def mentions(doc: "Doc") -> Iterator[Mention]:
    """All of them, in no order; they may overlap."""
    runs = list(_runs(doc))
    yield from _headed(doc, runs)
    yield from _titled(doc)
    yield from _parties(doc)
    yield from _speaking(doc, runs)
    yield from _located(doc, runs)
    yield from _famous(doc, runs)
    yield from _datelined(doc)


def _headed(doc: "Doc", runs: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """Capitalised runs of words that end in a key word: "Riverside Community Trust"."""
    words = lexicon.heads()
    for start, end in runs:
        start += titles.leads_in(doc, start, end)
        if 1 < end - start <= LONGEST and not is_given_name(doc, start, end):
            kind = words.kind(head_word(doc, start, end))
            if kind is not False:
                yield Mention(start, end, kind, name_key(doc, start, end))


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


def _titled(doc: "Doc") -> Iterator[Mention]:
    """A courtesy title and the capitalised words after it: "Ms Okonkwo"."""
    courtesy = lexicon.titles().courtesy
    for token in doc[: len(doc) - 1]:
        if token.text[0].isupper() and token.lower_.rstrip(".") in courtesy and is_name_word(doc[token.i + 1]):
            end = token.i + 1
            while end < len(doc) and end - token.i < 5 and is_name_word(doc[end]):
                end += 1
            start = titles.after(doc, token.i, end, "PERSON")
            if start < end:
                yield Mention(start, end, "person", name_key(doc, start, end), "", token.i)


def _parties(doc: "Doc") -> Iterator[Mention]:
    """Names of parties with a small head: "Labour party"."""
    nationalities = lexicon.places().adjectives
    for token in doc[1:]:
        name = doc[token.i - 1]
        if token.text != "party" or name.dep_ not in ("amod", "compound") or not name.text[0].isupper():
            continue
        if name.tag_ in ("NNP", "JJ") and name.text not in nationalities:
            yield Mention(name.i, token.i + 1, "organization", name_key(doc, name.i, token.i + 1), "ORG")


def _speaking(doc: "Doc", runs: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """A capitalised name that spaCy left out, when it is the subject of a verb of saying: "Lornpost reports"."""
    contexts, forenames = lexicon.contexts(), lexicon.forenames()
    for start, end in runs:
        head = doc[end - 1]
        if end - start > 3 or head.ent_type_ or head.lower_.endswith(contexts.plural_endings):
            continue
        if titles.is_office(head.lower_):
            continue
        if head.dep_ == "nsubj" and head.head.lemma_ in contexts.saying:
            kind: ActorKind = "person" if doc[start].lower_ in forenames else "organization"
            yield Mention(start, end, kind, name_key(doc, start, end))


def _located(doc: "Doc", runs: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """A capitalised name that spaCy left out, right after "in" or "near": "in Lorn"."""
    for start, end in runs:
        short = start and end - start <= 2 and not doc[start].ent_type_
        if short and doc[start - 1].lower_ in ("in", "near") and doc[end - 1].dep_ == "pobj":
            yield Mention(start, end, "place", name_key(doc, start, end))


def _famous(doc: "Doc", runs: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """A surname alone that spaCy left out: "We want Obama"."""
    surnames = lexicon.surnames()
    for start, end in runs:
        token = doc[start]
        if end - start == 1 and not token.ent_type_ and token.lower_ in surnames and token.dep_ in _ROLES:
            yield Mention(start, end, "person", name_key(doc, start, end))


def _datelined(doc: "Doc") -> Iterator[Mention]:
    """The place in capitals at the start of a line that a dash closes: "LORN, Ruritania (Wire) -"."""
    for first, last in lines(doc):
        end = first
        while end < min(last, first + 3) and doc[end].is_alpha and len(doc[end]) > 2 and doc[end].text.isupper():
            end += 1
        if first < end < last and doc[end].text in (",", "(") and _has_dash(doc, end, last):
            yield Mention(first, end, "place", name_key(doc, first, end))


def _has_dash(doc: "Doc", start: int, end: int) -> bool:
    return any(token.text in ("-", "–", "—", "--") for token in doc[start : min(end, start + DATELINE)])
