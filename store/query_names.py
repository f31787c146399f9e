"""What corrections that hold everywhere make of names: who is called how by now, who is no actor any more, and whose
words are known to be another's. Of names alone; no index and no article is asked here.

The corrections are followed in the order of their making, as `store.corrections` applies them to an article. That
gives what holds for any article with one of these names, whoever else is in it: where two actors have the name, or the
one that it is merged with stands beside it, only the article itself can tell.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from store.annotation import Correction
from store.article import one_line
from store.contexts import folded


@dataclass(frozen=True, slots=True)
class Meant:
    """By which names the machine has those whom some words mean by now."""

    actors: tuple[str, ...]
    """Of actors who are called so, or were before they were rejected."""
    speakers: tuple[str, ...]
    """Of speakers whose quotes are by now known to be that one's."""
    made: tuple[str, ...]
    """Of speakers whose quotes were given to that one at some time, who is an actor since then."""
    added: tuple[str, ...]
    """Words that were made an actor wherever they stand, who is called so."""


@dataclass(slots=True)
class Names:
    """What became of the names that the machine gives; each is known by `key`."""

    called: "defaultdict[str, list[str]]" = field(default_factory=lambda: defaultdict(list))
    """What an actor of that name is called as well."""
    rejected: set[str] = field(default_factory=set)
    """Whose actors are none."""
    spoken: dict[str, list[list[str]]] = field(default_factory=dict)
    """What those are called to whom the quotes of that name were given, the present speaker last; nothing: nobody."""
    joined: set[str] = field(default_factory=set)
    """Which were merged with others or split: only an article can tell who spoke there."""
    _added: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    _by_name: "defaultdict[str, set[str]]" = field(default_factory=lambda: defaultdict(set))
    """By what they are called by now, the names in `called`."""

    def meant(self, pattern: "re.Pattern[str]") -> Meant:
        """Who is meant by what `pattern` finds in folded names."""

        def fits(names: Iterable[str]) -> bool:
            return any(pattern.search(folded(name)) for name in names)

        return Meant(
            tuple(name for name, names in self.called.items() if fits(names)),
            tuple(name for name, speakers in self.spoken.items() if fits(speakers[-1])),
            tuple(name for name, speakers in self.spoken.items() if any(map(fits, speakers))),
            tuple(words for words, names in self._added.values() if fits(names)),
        )

    def follow(self, one: Correction) -> None:
        """Mind a correction that holds everywhere; each in the order of making."""
        match one.kind:
            case "rename" | "merge":
                self._rename(key(one.name), one.value)
            case "reject" if one.pane == "actors":
                self._reject(key(one.name))
            # A speaker without a capital letter is "he" or "the mayor": another one in the next article.
            case "set-speaker" if one.name != one.name.lower():
                self._give(key(one.name), one.value)
            case "add" if one.pane == "actors":
                words = one_line(one.selector.exact)
                self._added[key(words)] = (words, [words])
        if one.kind in ("merge", "split"):
            self.joined.update(self._behind(key(one.name)) | self._behind(key(one.value)))

    def _behind(self, name: str) -> set[str]:
        """The machine's names of those who go by `name`."""
        return {name, *self._by_name.get(name, ())} - self.rejected

    def _rename(self, name: str, value: str) -> None:
        for known in self._behind(name):
            self.called[known].append(value)
            self._by_name[key(value)].add(known)
        others = [*chain.from_iterable(self.spoken.values()), *(names for _, names in self._added.values())]
        for names in others:
            names += [value] if _has(names, name) else []

    def _reject(self, name: str) -> None:
        self.rejected |= self._behind(name)
        self._added = {known: added for known, added in self._added.items() if not _has(added[1], name)}
        for names in chain.from_iterable(self.spoken.values()):
            if _has(names, name):
                names.clear()

    def _give(self, name: str, value: str) -> None:
        """Give the quotes of `name` to the speaker `value`."""
        given = [known for known, speakers in self.spoken.items() if _has(speakers[-1], name)]
        # Of whom was rejected the words in the article are left, and quotes go by them.
        for known in [*given, *({name, *self._behind(name)} - self.spoken.keys())]:
            self.spoken.setdefault(known, []).append([value] if value.strip() else [])


def traced(corrections: Iterable[Correction]) -> Names:
    """What these, which hold everywhere, make of names."""
    made = Names()
    for one in corrections:
        made.follow(one)
    return made


def key(name: str) -> str:
    """What a name is known by: no article tells actors apart by letters' case or white space."""
    return one_line(name).casefold()


def _has(names: Iterable[str], name: str) -> bool:
    return any(key(one) == name for one in names)
