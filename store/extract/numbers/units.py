"""The units that figures are in: what `units.toml` and `currencies.toml` say, and finding one beside a numeral.

Which of two readings is meant ("5 m", "12 pounds") is decided by `figures`, which knows the numeral.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from store.analysis import NumberKind

MOST_PIECES = 6
"""How many words, signs and dots the longest unit has."""
LONGEST_SIGN = 6

_PIECE = re.compile(r"[\s-]?(?:[°º]\s?[^\W\d_]{1,2}(?![^\W\d_])|[^\W\d_]+(?:[²³23](?!\w))?|[^\w\s])")
_SPACES = re.compile(r"[\s\-‐‑]+")
_VOWELLESS_Y = re.compile(r"(?<=[^aeiou])y$")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure is in."""

    name: str
    kind: NumberKind


@dataclass(frozen=True, slots=True)
class Found:
    """A unit in a text."""

    start: int
    end: int
    unit: Unit


class Units:
    """Every spelling of every unit. Make it with `units()`."""

    def __init__(self, measures: Mapping[str, Any], currencies: Mapping[str, Any]) -> None:
        self._exact: dict[str, Unit] = {}
        self._folded: dict[str, Unit] = {}
        self._signs: dict[str, Unit] = {}
        for unit, spelling in _currencies(currencies):
            self._add(unit, spelling, folds=len(spelling) > 3 and spelling[:2].isalpha())
        for unit, spelling in _measures(measures):
            self._add(unit, spelling, folds=len(spelling) > 2 or spelling in ("hp", "mi"))
        for code, unit, signs in _currency_signs(currencies):
            for sign in (code, *signs):
                self._signs.setdefault(sign, unit)
                self._exact.setdefault(sign, unit)
        for unit, spelling in _si(measures):
            self._add(unit, spelling, folds=len(spelling) > 1 and spelling not in ("eV", "Pa", "Da", "Sv", "Gy"))

    def _add(self, unit: Unit, spelling: str, folds: bool) -> None:
        key = _key(spelling)
        self._exact.setdefault(key, unit)
        if folds:
            self._folded.setdefault(key.lower(), unit)

    def named(self, spelling: str) -> Unit | None:
        """The unit that is written so, None when there is none."""
        key = _key(spelling)
        return self._exact.get(key) or self._folded.get(key.lower())

    def after(self, text: str, at: int) -> Found | None:
        """The longest unit that begins at `at`, or after one blank or hyphen there."""
        best: Found | None = None
        start, end = at, at
        for _ in range(MOST_PIECES):
            match = _PIECE.match(text, end)
            if match is None:
                break
            if end == at:
                start = match.start() + (text[match.start()] in " -‐‑\u00a0\u202f\u2009\n\t")
            end = match.end()
            unit = self.named(text[start:end])
            if unit is not None and not _runs_on(text, end):
                best = Found(start, end, unit)
        return best

    def before(self, text: str, at: int) -> Found | None:
        """The currency whose sign or code ends at `at`, or before blanks there."""
        end = at
        while end > 0 and at - end < 2 and text[end - 1] in " \u00a0\u202f":
            end -= 1
        for start in range(max(0, end - LONGEST_SIGN), end):
            unit = self._signs.get(text[start:end])
            if unit is None or (text[start].isalnum() and start and text[start - 1].isalnum()):
                continue
            if len(text[start:end]) == 1 and text[start].isalpha() and end < at:
                continue
            return Found(start, end, unit)
        return None


@lru_cache(maxsize=1)
def units() -> Units:
    """The tables, read once a process (about 10 ms)."""
    folder = resources.files("store.extract.numbers")
    read = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in ("units.toml", "currencies.toml"))
    return Units(*read)


def plural(word: str) -> str:
    """The regular plural of the first word that is counted.

    >>> plural("inch"), plural("mile per hour"), plural("century"), plural("US dollar")
    ('inches', 'miles per hour', 'centuries', 'US dollars')
    """
    head, per, rest = word.partition(" per ")
    if head.endswith(("ch", "sh", "x", "ss", "s")):
        head += "es"
    elif _VOWELLESS_Y.search(head):
        head = head[:-1] + "ies"
    else:
        head += "s"
    return head + per + rest


def _key(spelling: str) -> str:
    return _SPACES.sub(" ", spelling)


def _runs_on(text: str, end: int) -> bool:
    """Whether a letter or digit stands at `end` where a word unit should be over."""
    return end < len(text) and text[end].isalnum() and text[end - 1].isalnum()


def _spellings(name: str, others: list[str]) -> Iterator[str]:
    for spelling in (name, *others):
        for spelled in dict.fromkeys((spelling, _american(spelling))):
            yield spelled
            if (spelling == name or len(spelled) >= 4) and spelled[-1].isalpha():
                yield plural(spelled)


def _american(name: str) -> str:
    """
    >>> _american("kilometre per litre")
    'kilometer per liter'
    """
    return re.sub(r"(met|lit)re\b", r"\1er", name)


def _currencies(data: Mapping[str, Any]) -> Iterator[tuple[Unit, str]]:
    for _code, row in _rows(data):
        for spelling in _spellings(row["name"], row["words"]):
            yield Unit(row.get("shown", row["name"]), "money"), spelling
    for name, others in data["minor"].items():
        for spelling in _spellings(name, others):
            yield Unit(name, "money"), spelling


def _currency_signs(data: Mapping[str, Any]) -> Iterator[tuple[str, Unit, list[str]]]:
    for code, row in _rows(data):
        yield code, Unit(row.get("shown", row["name"]), "money"), row.get("signs", [])


def _rows(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for table in ("major", "other"):
        yield from data[table].items()


def _measures(data: Mapping[str, Any]) -> Iterator[tuple[Unit, str]]:
    for kind in ("percent", "duration", "ratio"):
        for name, others in data[kind].items():
            for spelling in _spellings(name, others):
                yield Unit(name, kind), spelling
    for quantity, rows in data["measure"].items():
        for name, others in rows.items():
            if name != "si":
                for spelling in _spellings(name, others):
                    yield Unit(name, "measure"), spelling
                    yield from _powers(name, spelling) if quantity == "length" else ()


def _powers(name: str, spelling: str) -> Iterator[tuple[Unit, str]]:
    """The squares and cubes of a length."""
    forms = {"square": ("square ", "sq ", "sq. ", "sq"), "cubic": ("cubic ", "cu ", "cu. ")}
    for power, befores in forms.items():
        unit = Unit(f"{power} {name}", "measure")
        for before in befores:
            yield unit, before + spelling
        if len(spelling) <= 3 and spelling.isalpha():
            for after in "2²" if power == "square" else "3³":
                yield unit, spelling + after


def _si(data: Mapping[str, Any]) -> Iterator[tuple[Unit, str]]:
    for quantity, rows in data["measure"].items():
        for name, symbols in rows.get("si", {}).items():
            for whole, written in _prefixed(data["prefixes"], name, symbols):
                for spelling in _spellings(whole, written):
                    yield Unit(whole, "measure"), spelling
                    yield from _powers(whole, spelling) if quantity == "length" else ()


_SMALL_STEPS = ("centi", "deci", "hecto")
_LARGE_STEPS = ("tera", "peta")


def _prefixed(prefixes: Mapping[str, Any], name: str, symbols: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The unit itself and with every prefix that people use with it."""
    yield name, symbols
    for prefix, letters in prefixes.items():
        if prefix in _SMALL_STEPS and name not in ("metre", "litre", "gram", "pascal"):
            continue
        if prefix in _LARGE_STEPS and name not in ("byte", "watt", "watt-hour", "joule", "hertz"):
            continue
        short = [letter + symbol for letter in letters for symbol in symbols if len(symbol) <= 2 or symbol == "cal"]
        yield prefix + name, short
