"""From numerals to figures: each numeral with what belongs to it in writing, then neighbours joined.

Works on the letters of the text alone; what the parse must say (names, years, relation, what is counted) comes later.
Everything looks a bounded number of characters around a numeral, so the time is linear in the text.
"""

import re
from dataclasses import replace

from store.extract.numbers import measured, pairs
from store.extract.numbers.dates import is_date_or_label
from store.extract.numbers.figure import Figure
from store.extract.numbers.numerals import Numeral, scan

REACH = 24
"""How many characters before a figure may be glued to it."""


def figures(text: str) -> list[Figure]:
    """The figures of `text` in order; dates, clock times and numbered labels are left out.

    >>> [(f.low, f.high, f.unit) for f in figures("On 3 May, 5 to 7 km for $2m.")]
    [(5, 7, 'kilometre'), (2000000, None, 'USD')]
    """
    numerals = (numeral for numeral in scan(text) if not is_date_or_label(text, numeral))
    found = [figure for numeral in numerals if (figure := _figure(text, numeral)) is not None and figure.is_finite]
    found = pairs.ranges(text, pairs.scores(text, pairs.ratios(text, pairs.scaled_alike(text, found))))
    found = [measured.rated(text, measured.aged(text, figure)) for figure in found]
    return pairs.conversions(text, pairs.feet_and_inches(text, pairs.shared(text, found)))


def _figure(text: str, numeral: Numeral) -> Figure | None:
    """The numeral with currency, scale letter, unit and sign; None when it is glued to what makes it a name."""
    span = (numeral.start, numeral.end)
    figure = Figure(*span, span, numeral.low, numeral.high, numeral.form, factor=numeral.factor)
    figure = measured.measured(text, measured.lettered(text, measured.priced(text, figure)))
    figure = measured.of_magnitude(text, figure)
    figure = _signed(text, figure)
    return figure if _stands_alone(text, figure) else None


_MINUS_WORD = re.compile(r"\b(?:minus|negative) $", re.I)
_MINUS_BEFORE = re.compile(r"(?:^|[\s(\[:])[-−]$")
_DASH_BEFORE = re.compile(r"(?:^|[\s(])–$")


def _signed(text: str, figure: Figure) -> Figure:
    """ "-1.3%", "−5 °C", "$-3", "minus 5 degrees": the sign makes the value negative."""
    word = _MINUS_WORD.search(text[max(0, figure.start - 12) : figure.start])
    if word and figure.unit is not None and figure.kind != "money":
        return replace(figure, low=-figure.low, start=figure.start - len(word[0]))
    if figure.form != "digits":
        return figure
    head = text[max(0, figure.start - 2) : figure.start]
    outside = _MINUS_BEFORE.search(head) or (figure.kind in ("percent", "measure") and _DASH_BEFORE.search(head))
    inside = text[figure.start : figure.numeral[0]].endswith(("-", "−"))
    if not (outside or inside):
        return figure
    return replace(figure, low=-figure.low, start=figure.start - (1 if outside else 0))


_PREFIX = re.compile(
    r"(?:^|[^\w])(sub|under|over|to|and|of|or|about|nearly|near|by|a|the|pre|non|plus|up|from)-$", re.I
)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|s|er|ers)(?![^\W_])|['’]s(?![^\W_])")
_WORD_BEFORE = re.compile(r"\w[-’']$")
_WORD_AFTER = re.compile(r"fold\w|['’]s\b")
_PRICE_BEFORE = re.compile(r"\d\.\d+-$")
"""What a fraction of a cent follows in prices of grain: "$5.72-3/4"."""
_GLUED_BEFORE = re.compile(r"[^\W\d_]$|[_@#/\\]$|=[\"']?$|[A-Za-z]\.$")
_HYPHENED_BEFORE = re.compile(r"[^\W\d_][-‑–]$")
_GLUED_AFTER = re.compile(r"\(\w\)")
_NAMING_AFTER = re.compile(r"[-‑][A-Z]{1,2}(?![a-z])|['’]s(?!\w)|[@_#\\]")


def _stands_alone(text: str, figure: Figure) -> bool:
    """Whether nothing is glued to it that makes it a name ("G20", "COVID-19", "3D"), an ordinal or a decade."""
    before, after = text[max(0, figure.start - REACH) : figure.start], text[figure.end : figure.end + 8]
    if text[figure.numeral[0]].isalpha():
        return not _WORD_BEFORE.search(before) and not _WORD_AFTER.match(after)
    return not (_is_glued_before(before, after, figure) or _is_glued_after(text, after, figure))


def _is_glued_before(before: str, after: str, figure: Figure) -> bool:
    if not figure.before and _GLUED_BEFORE.search(before):
        return True
    if figure.form == "fraction" and _PRICE_BEFORE.search(before):
        return True
    if _HYPHENED_BEFORE.search(before) and not _PREFIX.search(before):
        return True
    return before.endswith(("'", "’")) and bool(_ORDINAL_END.match(after))


def _is_glued_after(text: str, after: str, figure: Figure) -> bool:
    if after[:1].isalpha() and text[figure.end - 1].isdigit():
        return not after.startswith("fold")
    return bool(_GLUED_AFTER.match(after) or (figure.written is None and _NAMING_AFTER.match(after)))
