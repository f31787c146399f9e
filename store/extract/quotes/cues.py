"""The cue words: reads `cues.toml` and answers how likely a word in a frame reports what somebody says or thinks.

The words and figures are data and stand in that file, which also says how to add one. No grammar is here.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

FILE = "cues.toml"
CLASSES = {"V": "verb", "N": "noun", "J": "adjective"}
"""Tables of the file by the first letter of a Penn Treebank tag."""

SPEECH = ("quote", "clause", "fronted")
"""Frames in which somebody speaks, whatever the particle."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What `cues.toml` says."""

    frames: dict[str, dict[str, dict[str, float]]]
    """Word class, then lemma, then frame: how likely such a word in such a frame reports, 0 to 1."""
    odds: dict[str, float]
    """Circumstance: the factor by which it changes the odds."""
    shares: dict[str, float]
    """What has no cue word: how likely it is a quote."""
    least: float
    """Below this nothing is listed."""
    deeds: dict[str, frozenset[str]]
    """Lemma, then nouns: things that it does, and does not say: "reported a profit"."""
    captions: frozenset[str] = frozenset()
    """Nouns that, before a colon in a heading, label a thing and name nobody: "Review: ".."."""

    def chance(self, share: float, circumstances: Iterable[str]) -> float:
        """`share` after its odds are multiplied by those of each circumstance."""
        odds = share / (1 - min(share, 0.99))
        for circumstance in circumstances:
            odds *= self.odds.get(circumstance, 1)
        return odds / (1 + odds)

    def of(self, tag: str, lemma: str, particle: str = "") -> dict[str, float]:
        """The frames of a word, empty when it is no cue. A particle makes another word of it: "point out".

        Of a word with a particle that is not listed only the frames of speech are left: one may "call out" that it is
        late, but who "calls off" a match does not name it.
        """
        words = self.frames.get(CLASSES.get(tag[:1], ""), {})
        found = words.get(f"{lemma} {particle}") if particle else None
        if found is not None:
            return found
        plain = words.get(lemma, {})
        return {frame: plain[frame] for frame in SPEECH if frame in plain} if particle else plain


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cue words, read once a process."""
    return read(tomllib.loads(files("store.extract.quotes").joinpath(FILE).read_text(encoding="utf-8")))


def read(data: dict[str, Any]) -> Cues:
    """The cue words of a parsed `cues.toml`; percentages become shares.

    >>> read({"verb": {"say": {"clause": 90}}, "least": 30}).of("VBD", "say")
    {'clause': 0.9}
    """
    frames = {
        name: {lemma: {frame: percent / 100 for frame, percent in row.items()} for lemma, row in data[name].items()}
        for name in CLASSES.values()
        if name in data
    }
    shares = {name: percent / 100 for name, percent in data.get("share", {}).items()}
    deeds = {lemma: frozenset(nouns) for lemma, nouns in data.get("deeds", {}).items()}
    captions = frozenset(data.get("captions", {}).get("nouns", ()))
    return Cues(frames, dict(data.get("odds", {})), shares, data.get("least", 0) / 100, deeds, captions)
