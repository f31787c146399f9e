"""A figure as a reader types it ("~ 1.5 million USD", "5-7 %", "> 300 km"), read and written."""

import re
from dataclasses import dataclass
from decimal import Decimal

from store.analysis import Number, NumberKind, Relation
from store.errors import NotebookError

_RELATIONS: dict[str, Relation] = {
    "=": "=", "~": "~", "about": "~", "around": "~", "<": "<", "under": "<", ">": ">", "over": ">", "<=": "<=",
    "at most": "<=", "up to": "<=", ">=": ">=", "at least": ">=", "up": "up", "down": "down",
}  # fmt: skip
_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
_SHORT_SCALES = {"tn": 10**12, "trn": 10**12, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 10**3}
_ALL_SCALES = _SCALES | _SHORT_SCALES
_UNITS = {"%": "percent", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_LONGEST = 40
"""Digits and the signs between them."""
_NUMERAL = r"-?\d+(?:[,_']\d{3})*(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<relation>{'|'.join(re.escape(word) for word in sorted(_RELATIONS, key=len, reverse=True))})?\s*"
    rf"(?P<sign>[$€£¥])?\s*(?P<low>{_NUMERAL})\s*(?:(?:-|–|to|\.\.)\s*(?P<high>{_NUMERAL}))?\s*"
    rf"(?:(?P<scale>{'|'.join(_ALL_SCALES)})(?![^\W\d_]))?\s*(?P<unit>[^\s\d.,].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was typed. See `store.analysis.Number` for the fields."""

    value: float | int
    high: float | int | None
    relation: Relation
    unit: str | None
    kind: NumberKind | None
    """What the unit says of the kind: money, percent; None when it says nothing."""


def read_figure(typed: str) -> Figure:
    """What was typed, as a figure: relation, number or range, scale word, unit; all but the number may be left out.

    Raises:
        NotebookError: it is none.
    """
    match = _FIGURE.fullmatch(" ".join(typed.split()))
    if match is None:
        raise NotebookError("this is not a figure", typed, "write one like 1200, 5-7 %, ~ 1.5 million USD, > 300 km")
    if max(map(len, re.findall(r"[\d,_'.]+", typed))) > _LONGEST:
        raise NotebookError("this figure has too many digits", typed[:_LONGEST], f"at most {_LONGEST} are kept")
    word = (match["scale"] or "").lower()
    is_metre = word == "m" and not match["sign"]
    scale = 1 if is_metre else _ALL_SCALES.get(word, 1)
    unit = match["sign"] or (f"m {match['unit'] or ''}".strip() if is_metre else match["unit"])
    unit = _UNITS.get(unit, unit) if unit else None
    high = None if match["high"] is None else _number(match["high"], scale)
    kind = _kind(unit)
    return Figure(_number(match["low"], scale), high, _RELATIONS[(match["relation"] or "=").lower()], unit, kind)


def write_figure(number: Number) -> str:
    """`number` so that `read_figure` gives the same back, to begin an edit with."""
    numerals = _written(number.value) if number.high is None else f"{_plain(number.value)} to {_plain(number.high)}"
    relation = "" if number.relation == "=" else number.relation
    return " ".join(part for part in (relation, numerals, number.unit or "") if part)


def _number(numeral: str, scale: int) -> float | int:
    plain = re.sub(r"[,_']", "", numeral)
    if "." not in plain:
        return int(plain) * scale
    scaled = Decimal(plain) * scale
    return int(scaled) if scale > 1 and scaled == int(scaled) else float(scaled)


def _written(value: float | int) -> str:
    """`value` with a scale word where that makes a short number of it."""
    for word, scale in _SCALES.items():
        share = Decimal(str(value)) / scale
        if scale > 10**3 and 1 <= abs(share) < 10**3 and share == round(share, 3):
            return f"{share.normalize():f} {word}"
    return _plain(value)


def _plain(value: float | int) -> str:
    written = f"{Decimal(str(value)):,f}"
    return written if len(written) <= _LONGEST else written.replace(",", "")


def _kind(unit: str | None) -> NumberKind | None:
    if unit == "percent":
        return "percent"
    return "money" if unit and re.fullmatch(r"[A-Z]{3}", unit) else None
