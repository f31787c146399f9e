"""Titles before names and role nouns behind them: where the name itself begins and ends.

The words stand in `titles.toml`. What a title says of a person is the business of `roles`.
"""

from typing import TYPE_CHECKING

from store.extract.actors import lexicon
from store.extract.actors.mentions import head_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SMALL = frozenset({"the", "and", "of", "for"})


def is_title(token: "Token") -> bool:
    """Whether a token is a word that may stand in a title before a name."""
    word = token.lower_.rstrip(".")
    return word in lexicon.titles().courtesy or is_office(word)


def is_office(word: str) -> bool:
    """Whether a word in lower case is an office, alone, as "ex-minister", or of several ("Senators")."""
    offices = lexicon.titles().offices
    return word in offices or word.removeprefix("ex-") in offices or (word.endswith("s") and word[:-1] in offices)


def opens(doc: "Doc", index: int) -> bool:
    """Whether a token opens a sentence or a line, where every word has a capital."""
    return bool(doc[index].is_sent_start) or (index > 0 and "\n" in doc[index - 1].text)


def leads_in(doc: "Doc", start: int, end: int) -> bool:
    """Whether a name opens a sentence with a noun that says what it is: "Developer Lorn Homes"."""
    word = doc[start].lower_
    long = end - start > 2 and opens(doc, start) and not doc[start].is_upper
    return long and word in lexicon.titles().persons and not is_office(word)


def before(doc: "Doc", start: int) -> int | None:
    """Where the titles right before a name begin; None when there are none."""
    modifiers = lexicon.titles().modifiers
    first, index = None, start - 1
    while index >= 0:
        token = doc[index]
        if is_title(token):
            first = index
        elif token.lower_ in modifiers and token.lower_ not in _SMALL:
            first = index if first is not None else None
        elif token.text != "-":
            break
        index -= 1
    return first


def after(doc: "Doc", start: int, end: int, label: str) -> int:
    """Where the name begins behind the titles at its start: "Lee" of "Prime Minister Lee".

    `end` when there is nothing but a title; `start` when the words look like the name of something that is no person.
    """
    table = lexicon.titles()
    words = [doc[index].lower_.rstrip(".") for index in range(start, end)]
    behind = 0
    for offset, word in enumerate(words):
        if is_office(word) or word in table.courtesy or (word in table.camps and label == "PERSON"):
            behind = offset + 1
        elif word not in table.modifiers:
            break
    if behind == len(words):
        return end if label == "PERSON" else start
    person = label == "PERSON" or words[0] in table.courtesy or words[-1] not in head_words()
    return start + behind if behind and person and words[0] != "general" else start


def before_role(doc: "Doc", start: int, end: int, label: str) -> int:
    """Where the name ends when a role closes it ("Harbour Board Spokesman"); `start` when it is nothing but a role."""
    table = lexicon.titles()
    if doc[start].lower_ in lexicon.forenames() or any(doc[index].text in ("of", "for") for index in range(start, end)):
        return end
    index = end
    while index > start and doc[index - 1].lower_.rstrip(".") in table.persons:
        index -= 1
    if index == end and end < len(doc) and is_title(doc[end]):
        while (
            index - start > 1 and doc[index - 1].lower_ in table.modifiers and doc[index - 1].lower_ not in head_words()
        ):
            index -= 1
        return index
    if index == end or (index == start and label == "PERSON" and doc[start].tag_ == "NNP"):
        return end
    while index > start and (doc[index - 1].lower_ in table.modifiers or not doc[index - 1].is_alpha):
        if doc[index - 1].text.endswith("."):
            break
        index -= 1
    return index
