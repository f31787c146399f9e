"""What a figure is while it is being read, a numeral with its unit: the type and what is asked of it everywhere."""

import math
from dataclasses import dataclass, replace

from store.analysis import NumberKind
from store.extract.numbers.numerals import Form
from store.spans import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral with its unit."""

    start: int
    end: int
    numeral: Span
    """Without currency and unit; of a range from the first numeral to the end of the last."""
    low: float | int
    high: float | int | None
    form: Form
    kind: NumberKind = "count"
    unit: str | None = None
    factor: float | int = 1
    """What its scale word or letter multiplies by; 1 when it has none."""
    written: Span | None = None
    """Where the unit after the numeral stands; None when it has none there."""
    before: bool = False
    """Whether its currency sign stands before it."""
    shared: bool = False
    """Whether the unit is that of a later figure: "7- or 8-inch"."""
    converts: bool = False
    """Whether it says the figure before it in another unit, in brackets."""
    certain: float = 1.0
    """How sure that it is a figure at all, 0 to 1."""

    @property
    def scaled(self) -> bool:
        """Whether it ends with a scale word or letter: "1.5 million", "3k"."""
        return self.factor > 1

    @property
    def is_whole(self) -> bool:
        """Whether it is one whole number in digits, without a scale word."""
        return self.form == "digits" and isinstance(self.low, int) and self.high is None and not self.scaled

    @property
    def is_year(self) -> bool:
        """Whether it may be a year of ours."""
        return self.is_whole and 1900 <= self.low <= 2100 and self.unit is None

    @property
    def is_finite(self) -> bool:
        """Whether its values can be written as numbers."""
        try:
            return math.isfinite(float(self.low)) and (self.high is None or math.isfinite(float(self.high)))
        except OverflowError:
            return False


def as_range(first: Figure, second: Figure) -> Figure:
    """The figure whose ends the two say, in whichever order; the unit may stand at either of them."""
    low, high = sorted((first.low, second.low))
    unit = second if second.unit else first
    return replace(
        second,
        start=first.start,
        numeral=(first.numeral[0], second.numeral[1]),
        low=low,
        high=high,
        kind=unit.kind,
        unit=unit.unit,
        before=first.before or second.before,
        factor=max(first.factor, second.factor),
    )


def gap(text: str, first: Figure, second: Figure, most: int = 24) -> str:
    """What stands between two figures; a line end when it is longer than `most`."""
    return text[first.end : second.start] if second.start - first.end <= most else "\n"
