"""The words that say how a figure stands to the true amount, as `relations.toml` lists them.

`relations` decides what they mean beside a figure.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from store.analysis import Relation

_TAIL = r"(?:[ \u00a0-](?:the[ ]ages?[ ]of|age|ages|a|an|another|only|just|total[ ]of))*[ \u00a0-]?"
"""What may stand between a phrase and the figure."""
_SIGNS = frozenset("~≈∼<>≤≥+")


class Quantifiers:
    """The phrases and verbs, compiled. Make it with `quantifiers()`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._before = _table(data["before"])
        self._after = _table(data["after"])
        self.verbs = _table(data["verbs"])
        """Verbs of change: up or down, whatever it is that is counted."""
        self.weak = _table(data["weak"])
        """Verbs that change a share or points, but not a count."""
        self._forms = frozenset(form for verb in (*self.verbs, *self.weak) for form in _forms(verb))
        before, after = _alternatives(self._before), _alternatives(self._after)
        self._ends = re.compile(rf"(?<![\w-])({before}){_TAIL}$|([{''.join(_SIGNS)}])[ ]?$", re.I)
        self._begins = re.compile(rf"[ \u00a0,]{{0,2}}({after})(?![^\W_])", re.I)

    def is_change(self, word: str) -> bool:
        """Whether a word in lower case is a form of a verb of change, by its letters: "rose", "gained", "slipped"."""
        return word in self._forms

    def before(self, head: str) -> tuple[str, Relation] | None:
        """The phrase that ends `head`, in lower case, and its relation."""
        match = self._ends.search(head)
        if match is None:
            return None
        cue = (match[1] or match[2]).lower()
        return cue, self._before[cue]

    def after(self, tail: str) -> Relation | None:
        """The relation of the phrase that begins `tail`."""
        match = self._begins.match(tail)
        return self._after[match[1].lower()] if match else None


@lru_cache(maxsize=1)
def quantifiers() -> Quantifiers:
    """The words, read once a process."""
    text = (resources.files("store.extract.numbers") / "relations.toml").read_text(encoding="utf-8")
    return Quantifiers(tomllib.loads(text))


_IRREGULAR = {
    "rise": ("rose", "risen"),
    "grow": ("grew", "grown"),
    "fall": ("fell", "fallen"),
    "sink": ("sank", "sunk"),
    "slide": ("slid",),
    "shrink": ("shrank", "shrunk"),
    "leap": ("leapt",),
    "dive": ("dove",),
    "lose": ("lost",),
    "cut": ("cut",),
    "shed": ("shed",),
}


def _forms(verb: str) -> Iterator[str]:
    """The forms of a verb in the present and the past, and some that nobody writes."""
    yield from (verb, verb + "s", verb + "es", *_IRREGULAR.get(verb, ()))
    plain = verb.removesuffix("e")
    for stem in (plain, plain + plain[-1], verb.removesuffix("y") + "i"):
        yield from (stem + "ed", stem + "ing")


def _table(lists: Mapping[str, list[str]]) -> dict[str, Relation]:
    return {word: cast(Relation, relation) for relation, words in lists.items() for word in words}


def _alternatives(words: Mapping[str, Any]) -> str:
    spelled = (word for word in words if word not in _SIGNS or word == "+")
    return "|".join(re.escape(word) for word in sorted(spelled, key=len, reverse=True))
