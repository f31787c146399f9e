"""Labels that open a paragraph: names before what they said ("LEE: .."), found by their form alone, on the text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from store.extract.quotes.quotation_marks import Stretch
from store.spans import Span

_LABEL = re.compile(r"[\"“]?((?:[A-Z][\w.’'-]*(?: |(?=:|\s?\())){1,5})(?:\([^()\n]{1,20}\))?:\s+(?=\S)")
_LETTER = re.compile(r"[^\W\d_]")
MANY = 3
"""So many paragraphs with such labels are a transcript; in a transcript every label names a speaker."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name with a colon at the start of a paragraph."""

    name: Span
    colon: int
    """The offset of the colon."""
    rest: Span
    """The paragraph after it."""
    verbatim: bool
    """Whether it stands in a transcript, not in a headline that says it in other words."""


def labels(text: str, paragraphs: Iterable[Span], known: Iterable[str]) -> list[Label]:
    """Names that label what they say: in a transcript all, in a headline those that the article knows as names.

    Args:
        known: the last words of names in the body of the article, in lower case.

    >>> labels("Lee: No more buses", [(0, 18)], ["lee"])[0].name
    (0, 3)
    """
    found = [(number, label) for number, label in enumerate(_at_starts(text, paragraphs)) if label is not None]
    often = Counter(text[slice(*label.name)] for _, label in found)
    transcript = sum(count for name, count in often.items() if name.isupper()) >= MANY and max(often.values()) > 1
    names = frozenset(known)
    named = [(number, label) for number, label in found if _is_name(text[slice(*label.name)], names, transcript)]
    if len(named) >= MANY:
        return [label for _, label in named]
    return [replace(label, verbatim=False) for number, label in named if number == 0]


def _at_starts(text: str, paragraphs: Iterable[Span]) -> Iterator[Label | None]:
    """For each paragraph the label at its start, be it a name or not; None when there is none before words."""
    for start, end in paragraphs:
        match = _LABEL.match(text, start, end)
        if match is None or text[match.end()] in "\"“‘'" or _LETTER.search(text, match.end(), end) is None:
            yield None
        else:
            name = match.start(1), match.start(1) + len(match[1].rstrip())
            yield Label(name, text.index(":", name[1]), (match.end(), end), verbatim=True)


def _is_name(label: str, known: frozenset[str], transcript: bool) -> bool:
    """Whether a label is a name of the article, or stands in capitals in a transcript; "Q" and "A" name nobody."""
    return label.split()[-1].lower() in known or (transcript and label.isupper() and len(label) > 1)


def unlabelled(stretches: Iterable[Stretch], found: Iterable[Label]) -> list[Stretch]:
    """Quoted stretches without the labels in them; what has a label goes on with nothing. "LEE: It is late." """
    starts = {label.name[0]: label for label in found}
    cut = []
    for stretch in stretches:
        label = starts.get(stretch.inner[0])
        if label is None:
            cut.append(stretch)
        elif label.rest[0] < stretch.inner[1]:
            cut.append(replace(stretch, inner=(label.rest[0], stretch.inner[1]), continues=False))
    return cut
