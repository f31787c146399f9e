"""Other names that the text itself explains: "Asia Society Policy Institute (ASPI)", "Ada Blum, also known as Nell Reed".

The bracket is taken as a definition whatever stands before it, so that the acronym of an agreement is no actor either.
The method for acronyms is the plain one of Schwartz and Hearst (2003): the letters must open words of the name, in order.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.extract.mentions import Mention, is_name_word, name_key
from store.extract.names import Key, fold, initials, is_acronym

if TYPE_CHECKING:
    from spacy.tokens import Doc

KNOWN_AS = re.compile(
    r",?\s*(?:(?:also|better|formerly|commonly|popularly|professionally|once) )?(?:known|called|named) (?:simply )?as\s+|"
    r",?\s*(?:a\.?k\.?a\.?|alias|née|nee|born|stage name|pen name)\s+|\s+(?:is|was) (?:the|a) (?:pen|stage) name of\s+",
    re.IGNORECASE,
)
"""What stands between two names of one actor."""


def rename(doc: "Doc", mentions: Sequence[Mention]) -> None:
    """Give each mention of an acronym that the text explains the key of the full name."""
    full_names = dict(_brackets(doc, mentions))
    for mention in mentions:
        if mention.end - mention.start == 1 and not mention.known:
            mention.key = full_names.get(doc[mention.start].text, mention.key)


def _brackets(doc: "Doc", mentions: Sequence[Mention]) -> Iterator[tuple[str, Key]]:
    """Pairs of an acronym in brackets and the key of the name before it."""
    ends = {mention.end: mention for mention in mentions}
    for token in doc[1:-2] if len(doc) > 3 else ():
        if token.text == "(" and doc[token.i + 2].text == ")" and is_acronym(doc[token.i + 1].text):
            acronym = doc[token.i + 1].text
            before = ends.get(token.i)
            if before is not None and fits(acronym, before.key):
                yield acronym, before.key
            else:
                start = _start(doc, token.i, acronym)
                if start is not None:
                    yield acronym, name_key(doc, start, token.i)


def fits(acronym: str, name: Key) -> bool:
    """Whether the letters of `acronym` open words of `name` in order, the first letter the first word.

    >>> fits("ASPI", ("asia", "society", "policy", "institute")), fits("TDI", ("washington",))
    (True, False)
    """
    letters = fold(acronym)
    if letters in initials(name) or letters[0] != name[0][0]:
        return letters in initials(name)
    rest = iter("".join(name))
    return len(name) > 1 and all(letter in rest for letter in letters)


def _start(doc: "Doc", end: int, acronym: str) -> int | None:
    """Where the capitalised words that an acronym stands for begin, going left from the bracket."""
    start = end
    while start > 0 and end - start < len(acronym) + 3 and (is_name_word(doc[start - 1]) or doc[start - 1].lower_ in ("of", "and", "for", "the")):
        start -= 1
        if end - start > 1 and fold(acronym) in initials(name_key(doc, start, end)) and is_name_word(doc[start]):
            return start
    return None
