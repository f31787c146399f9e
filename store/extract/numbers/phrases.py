"""What a figure counts or measures, as it is shown: the type, and the words of a phrase without its loose ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted or measured."""

    noun: str | None = None
    """The counted noun with what describes it ("recorded songs"); None when it is a measured amount."""
    of: str | None = None
    """The phrase for the pane."""
    complete: bool = False
    """Whether the phrase is a subject of its own, to which the clause's subject adds nothing."""


_EDGES = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "and",
        "or",
        "aged",
    ]
) | {""}


def clean(words: str) -> str:
    """`words` on one line, without articles, prepositions and marks at its ends.

    >>> clean("- the price of rice in the ")
    'price of rice'
    """
    kept = words.split()
    while kept and kept[0].lower().strip("-–—,;:'\"“”‘’()[]") in _EDGES:
        kept.pop(0)
    while kept and kept[-1].lower().strip("-–—,;:'\"“”‘’()[]") in _EDGES:
        kept.pop()
    joined = " ".join(kept).strip('-–—,;:"“”[] ')
    return joined if joined.count("(") == joined.count(")") else joined.strip("()")
