"""Numerals joined with what belongs to them in writing: unit, currency, rate, range, shared units, conversions.

Works on the letters of the text alone; what the parse must say (names, years, relation, what is counted) comes later.
Everything looks a bounded number of characters around a numeral, so the time is linear in the text.
"""

import math
import re
from dataclasses import dataclass, replace

from store.analysis import NumberKind
from store.extract.dates import is_date_or_label
from store.extract.numerals import LETTERS, Form, Numeral, scan, whole
from store.extract.units import Found, Unit, units
from store.spans import Span

OLDEST = 130
"""Years; what is said to be older is a thing or a find, not a person."""


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
    scaled: bool = False
    written: Span | None = None
    """Where the unit after the numeral stands; None when it has none there."""
    before: bool = False
    """Whether its currency sign stands before it."""
    shared: bool = False
    """Whether the unit is that of a later figure: "7- or 8-inch"."""
    converts: bool = False
    """Whether it says the figure before it in another unit, in brackets."""
    certain: float = 1.0


def figures(text: str) -> list[Figure]:
    """The figures of `text` in order; dates, clock times and numbered labels are left out."""
    numerals = (numeral for numeral in scan(text) if not is_date_or_label(text, numeral))
    found = [figure for numeral in numerals if (figure := _figure(text, numeral)) is not None and finite(figure)]
    found = _ranges(text, _scores(text, _ratios(text, _scaled_alike(text, found))))
    found = [_rated(text, _aged(text, figure)) for figure in found]
    return _conversions(text, _shared(text, found))


def _figure(text: str, numeral: Numeral) -> Figure | None:
    """The numeral with sign, currency, scale letter and unit; None when it is glued to what makes it a name or a date."""
    figure = Figure(
        numeral.start,
        numeral.end,
        (numeral.start, numeral.end),
        numeral.low,
        numeral.high,
        numeral.form,
        scaled=numeral.scaled,
    )
    figure = _priced(text, figure)
    figure = _lettered(text, figure)
    figure = _measured(text, figure)
    figure = _signed(text, figure)
    return figure if _stands_alone(text, figure) else None


def _priced(text: str, figure: Figure) -> Figure:
    """ "HK$5.4", "AUD1.5", "US $ 3": the currency before."""
    found = units().before(text, figure.start)
    if found is None or figure.form == "vague":
        return figure
    return replace(figure, start=found.start, kind="money", unit=found.unit.name, before=True)


_LETTER = re.compile(r"([ \u00a0]?)([kKmMbBtT])(?![^\W_])(?!\.\w)")
_NOUN_AHEAD = re.compile(r"[ \u00a0]([a-z]{3,})")
_WHOLE_NOUN = re.compile(r"[a-z]+s$|people|men|women|children|dollar|euro|tonnes|yuan|yen|barrel")
_MEASURING_WORDS = frozenset(
    ["long", "wide", "tall", "high", "deep", "away", "from", "apart", "across", "above", "below", "thick", "and", "the", "for", "with", "into", "under", "over", "this", "less", "plus", "was", "has", "across", "freestyle"]
)


def _lettered(text: str, figure: Figure) -> Figure:
    """ "5.4m", "8 B people", "80k": a scale letter, where it is not a unit ("a 37m mast", "5 t")."""
    match = _LETTER.match(text, figure.end) if figure.form == "digits" and not figure.scaled else None
    if match is None or not _scales(text, figure, match):
        return figure
    factor = LETTERS[match[2]]
    low = whole(figure.low * factor)
    return replace(figure, end=match.end(), numeral=(figure.numeral[0], match.end()), low=low, scaled=True)


def _scales(text: str, figure: Figure, match: re.Match[str]) -> bool:
    blank, letter = match[1], match[2]
    ahead = _NOUN_AHEAD.match(text, match.end())
    counted = bool(ahead and _WHOLE_NOUN.match(ahead[1]) and ahead[1] not in _MEASURING_WORDS)
    if figure.before:
        return not blank or letter in "MB"
    if letter in "kKM" and not blank:
        return True
    if letter in "B" and (not blank or counted):
        return True
    return counted and (not blank or letter == "M") and letter in "mbMB"


_DENSE = frozenset(["'", '"', "’"])
_COMMON_WORDS = frozenset(
    ["all", "top", "try", "sen", "sou", "ten", "mad", "per", "pen", "sum", "real", "won", "mark", "pound", "cup", "cord", "peck", "stone", "night"]
)


def _measured(text: str, figure: Figure) -> Figure:
    """ "5 km", "16-inch", "9 billion yuan", "12 %": the unit after."""
    country = _COUNTRY.match(text, figure.end) if figure.unit == "USD" else None
    if country:
        return replace(figure, end=country.end(), written=country.span())
    found = _unit_after(text, figure)
    if found is None or not _fits(text, figure, found):
        return figure
    if figure.before:
        return _absorbed(text, figure, found)
    if found.unit.name == "pound" and _is_sterling(text, figure, found):
        found = Found(found.start, found.end, Unit("GBP", "money"))
    return replace(figure, end=found.end, kind=found.unit.kind, unit=found.unit.name, written=(found.start, found.end))


_OF = re.compile(r" of (?:a |an |the )?")
_MORE = re.compile(
    r"[ -](?:more|additional|further|extra|straight|consecutive|successive|previous|full|whole|long|short|other|calendar|business"
    r"|working|trading|solid|entire|separate|different)(?= )"
)


def _unit_after(text: str, figure: Figure) -> Found | None:
    """The unit after the numeral; after "of", too, for "tens of thousands of dollars" and "1/16 of a pint"."""
    of = _OF.match(text, figure.end) if figure.form in ("vague", "fraction") else None
    if of:
        return units().after(text, of.end())
    found = units().after(text, figure.end)
    more = None if found else _MORE.match(text, figure.end)
    later = units().after(text, more.end()) if more else None
    return later if later and later.end - later.start > 2 else found


def _absorbed(text: str, figure: Figure, found: Found) -> Figure:
    """A currency said twice ("$75 US", "$5 million dollars") is one."""
    word = text[found.start : found.end]
    if found.unit.kind == "money" and (found.unit.name == figure.unit or (word.isalpha() and len(word) == 3)):
        return replace(figure, end=found.end, written=(found.start, found.end), unit=found.unit.name)
    return figure


_COUNTRY = re.compile(r"[ \u00a0](?:U\.S\.|US)(?!\w)(?! (?:dollars?|[a-z]*s)\b)")


def _fits(text: str, figure: Figure, found: Found) -> bool:
    """Whether what looks like a unit is meant as one."""
    word = text[found.start : found.end]
    glued = found.start == figure.end
    gap = text[figure.end : found.start]
    if word in _DENSE:
        return (
            glued and text[: found.start][-300:].count(word) % 2 == 0 and not text[found.end : found.end + 1].isalnum()
        )
    if "\n" in gap or (figure.form == "vague" and found.unit.kind == "ratio"):
        return False
    if len(word) == 1 and word.isalpha():
        return _letter_fits(text, figure, found, glued, gap)
    if word == "second" and figure.form == "words" and gap == " ":
        return False
    if found.unit.name == "South Korean won" and word == "won":
        return figure.scaled or figure.low >= 100
    if word in ("x", "×"):
        return not re.match(r"\s?\d", text[found.end : found.end + 2])
    if word.lower() in _COMMON_WORDS - {"pound", "won", "stone", "cup", "night"}:
        return False
    if found.unit.name == "point" and word.lower() in ("pt", "pts", "pt."):
        return figure.form == "digits"
    return True


def _is_prime(text: str, figure: Figure, found: Found, word: str) -> bool:
    """Whether a quotation mark after a figure means feet or inches: none is open, and no word goes on."""
    after = text[found.end : found.end + 1]
    open_before = text[max(0, found.start - 300) : found.start].count(word) % 2
    return not after.isalpha() and (word == "'" or not open_before) and (not after.isdigit() or word == "'")


def _letter_fits(text: str, figure: Figure, found: Found, glued: bool, gap: str) -> bool:
    if figure.form != "digits" or (gap == "-" and text[found.start] not in "mgl"):
        return False
    after = text[found.end : found.end + 2]
    if text[found.start] == "s":
        return isinstance(figure.low, float) or not glued
    if text[found.start] in "CFK" and not figure.before:
        return not re.match(r"\.\w|[&+]", after)
    return not re.match(r"\.[A-Za-z]|['’&]", after)


def _is_sterling(text: str, figure: Figure, found: Found) -> bool:
    """ "Two million pounds" are money, "12 pounds of flour" are not; in a text that prices things in £, other pounds are money."""
    after = text[found.end : found.end + 5]
    if re.match(r"[ -](of|p?er)\b", after):
        return False
    return (figure.scaled and figure.low >= 1_000_000) or ("£" in text[max(0, found.start - 2000) : found.end + 2000])


_SIGN = re.compile(r"(?:(?<=[\s(\[,;:—])|^)([+\-−–±~≈≤≥<>])[ ]?$")


def _signed(text: str, figure: Figure) -> Figure:
    """ "-1.3%", "−5 °C", "$-3": the sign makes the value negative."""
    if figure.form != "digits":
        return figure
    head = text[max(0, figure.start - 2) : figure.start]
    inner = text[figure.start : figure.numeral[0]]
    minus = bool(re.search(r"(?:^|[\s(\[:])[-−]$", head if figure.start > 1 else " " + head)) or inner.endswith(
        ("-", "−")
    )
    if head[-1:] == "–" and re.search(r"[\s(]–$", head) and figure.kind in ("percent", "measure"):
        minus = True
    return replace(figure, low=-figure.low, start=figure.start - head.endswith(("-", "−", "–"))) if minus else figure


_GLUE_BEFORE = re.compile(
    r"(?:^|[^\w])(sub|under|over|to|and|of|or|about|nearly|near|by|a|the|pre|non|plus|up|from)-$", re.I
)
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th|s|er|ers)(?![^\W_])|['’]s(?![^\W_])")


def _stands_alone(text: str, figure: Figure) -> bool:
    """Whether nothing is glued to it that makes it a name ("G20", "COVID-19", "3D"), an ordinal or a decade."""
    before, after = text[max(0, figure.start - 24) : figure.start], text[figure.end : figure.end + 8]
    if figure.form in ("words", "fraction", "vague") and text[figure.numeral[0]].isalpha():
        return not re.search(r"[\w][-’']$", before) and not re.match(r"fold\w|['’]s\b", after)
    if before.endswith(('="', "='", "=")) and not figure.before:
        return False
    if before and (before[-1].isalpha() or before[-1] in "_@#/\\" or (before[-1] == "/" and not figure.before)):
        return False
    if (
        before.endswith(("-", "‑", "–"))
        and len(before) > 1
        and before[-2].isalpha()
        and not _GLUE_BEFORE.search(before)
    ):
        return False
    if before.endswith(("'", "’")) and _ORDINAL_END.match(after):
        return False
    if not after:
        return True
    if after[0].isalpha() and text[figure.end - 1].isdigit():
        return after.startswith("fold")
    if re.match(r"\(\w\)", after):
        return False
    return not (figure.written is None and re.match(r"[-‑][A-Z]{1,2}(?![a-z])|['’]s(?!\w)|[@_#\\]", after))


_UNIT_AFTER_FOLD = re.compile(r"-?fold(?![^\W_])")


def _joined(text: str, first: Figure, second: Figure) -> str:
    """What stands between two figures, blanks folded; a line end when it is long."""
    return " ".join(text[first.end : second.start].split()) if second.start - first.end <= 24 else "\n"


_TO = re.compile(r"(?:to|through|till|until|[-–—‑]|to-|-to-|[-–] ?to)$", re.I)


def _scaled_alike(text: str, found: list[Figure]) -> list[Figure]:
    """ "$5 to $8 billion", "four to five thousand", "10 and 12 million": the scale word counts for both."""
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at], found[at + 1]
        if first.scaled or not second.scaled or first.kind == "percent" or first.written:
            continue
        gap = _joined(text, first, second)
        if not (_TO.fullmatch(gap) or (gap in ("and", "or") and _alike(text, first, second, gap))):
            continue
        scale = _scale_of(text, second)
        if scale > 1 and first.low < 1000 and second.low / scale > first.low:
            found[at] = replace(first, low=whole(first.low * scale), scaled=True)
    return found


def _alike(text: str, first: Figure, second: Figure, gap: str) -> bool:
    return gap == "or" or text[max(0, first.start - 8) : first.start].lower().endswith("between ") or first.before


def _scale_of(text: str, figure: Figure) -> float | int:
    """The factor of the scale word: that by which the value exceeds what the bare numeral says."""
    bare = next(
        scan(
            re.split(
                r"[ -]?(?:hundred|thousand|million|billion|trillion|lakh|crore|[a-zA-Z]+)\b",
                _numeral_text(text, figure),
            )[0]
        ),
        None,
    )
    if bare is None:
        word = re.match(r"[A-Za-z]+", _numeral_text(text, figure))
        bare = next(scan(word[0]), None) if word else None
    return round(figure.low / bare.low) if bare and bare.low > 0 else 1


def _numeral_text(text: str, figure: Figure) -> str:
    return text[slice(*figure.numeral)]


_IN = re.compile(r"(?:in|out of|in every|of every)$", re.I)


def _ratios(text: str, found: list[Figure]) -> list[Figure]:
    """ "One in five", "three out of 10": a part of a whole."""
    result: list[Figure] = []
    for figure in found:
        first = result[-1] if result else None
        if first and _is_part(text, first, figure):
            span, part = (first.start, figure.end), first.low / figure.low
            result[-1] = replace(first, end=figure.end, numeral=span, low=part, kind="ratio", form="fraction")
        else:
            result.append(figure)
    return result


_WON = re.compile(
    r"\b(?:won|wins?|beat|beats|lost|loses?|led|leads?|ended|defeat(?:ed|s)?|drew|draws?|tied|ties?|split|voted|vote of|finished|score of"
    r"|record of|went|ahead|scored|victory|ruled)\b[^.;!?\n]{0,30}$"
)
_CONTEST = re.compile(
    r" (?:[a-z]+ )?(?:vote|votes|victory|win|loss|defeat|lead|record|ruling|decision|draw|tie|majority|split|margin|score|series|start|run"
    r"|deadlock|triumph|aggregate|against|over|for|opinion|court|at|in|on|to)\b"
)


def _scores(text: str, found: list[Figure]) -> list[Figure]:
    """ "Won 3-1", "a 5-4 ruling", "odds of 4 to 1": two numbers that are one result or one ratio; the value is the first."""
    result: list[Figure] = []
    for figure in found:
        first = result[-1] if result else None
        kind = _paired(text, first, figure) if first else None
        if first and kind:
            span = (first.start, figure.end)
            result[-1] = replace(first, end=figure.end, numeral=span, kind=kind)
        else:
            result.append(figure)
    return result


def _paired(text: str, first: Figure, second: Figure) -> NumberKind | None:
    gap = text[first.end : second.start] if second.start - first.end <= 4 else ""
    if first.unit or second.unit or not (_is_small(first) and _is_small(second)):
        return None
    if gap in ("-", "–"):
        falls = first.low >= second.low and not _is_year(first)
        told = _WON.search(text[max(0, first.start - 60) : first.start]) or _CONTEST.match(text, second.end)
        return "score" if falls or (told and not re.match(r"[- ](?:year|percent)", text[second.end :])) else None
    if gap in (" to ", ":", "-to-") and second.low == 1 < first.low:
        return "ratio"
    return None


def _is_small(figure: Figure) -> bool:
    return figure.high is None and not figure.scaled and isinstance(figure.low, int) and 0 <= figure.low < 500 and figure.form != "fraction"


def _is_part(text: str, part: Figure, whole: Figure) -> bool:
    if part.unit or whole.unit or part.scaled or part.high is not None or whole.high is not None:
        return False
    gap = _joined(text, part, whole)
    linked = _IN.fullmatch(gap) or (gap == "of" and whole.low in (10, 100, 1000))
    return bool(linked) and 0 < part.low < whole.low <= 10_000 and not _is_year(whole)


def _ranges(text: str, found: list[Figure]) -> list[Figure]:
    """ "5-7 km", "between $800,000 and $1.2 million": two figures that bound one."""
    result: list[Figure] = []
    for figure in found:
        if result and (joined := _range(text, result[-1], figure)):
            result[-1] = joined
        else:
            result.append(figure)
    return result


def _range(text: str, first: Figure, second: Figure) -> Figure | None:
    gap = _joined(text, first, second)
    between = gap == "and" and re.search(
        r"\bbetween (?:about |around |roughly |some )?$", text[max(0, first.start - 20) : first.start], re.I
    )
    if not (_TO.fullmatch(gap) or between) or first.high is not None or second.high is not None:
        return None
    if not _same_unit(first, second):
        return None
    low, high = (abs(first.low), abs(second.low)) if second.low < 0 <= first.low else (first.low, second.low)
    if low >= high and not (gap == "to" and _falls(text, first)):
        return None
    if low == high:
        return None
    return replace(as_range(first, second), low=low, high=high) if low < high else as_range(first, second)


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
        scaled=first.scaled or second.scaled,
    )


def _falls(text: str, first: Figure) -> bool:
    return bool(
        re.search(r"\bfrom (?:about |around |roughly |some )?$", text[max(0, first.start - 16) : first.start], re.I)
    )


def _same_unit(first: Figure, second: Figure) -> bool:
    """Whether they can bound one range: the same unit, or one of them without."""
    if first.unit and second.unit:
        return first.unit == second.unit
    if first.written is not None or (_is_year(first) and (second.scaled or isinstance(second.low, float))):
        return False
    return first.form != "fraction" or second.form == "fraction"


def _is_year(figure: Figure) -> bool:
    return figure.form == "digits" and 1900 <= figure.low <= 2100 and figure.unit is None and not figure.scaled


_OLD = re.compile(r"[-\s]?olds?(?![^\W_])|[-\s]of[-\s]age(?![^\W_])")
_AGED = re.compile(
    r"(?:\bage[ds]?(?: of| between| from)?|\bages|\bturn(?:ed|s|ing)?|\bthe over-|\bunder-|\bover-)\s?$", re.I
)


def _aged(text: str, figure: Figure) -> Figure:
    """ "5-year-old", "30 years of age", "aged 25 to 54", "under the age of 5"."""
    after = _OLD.match(text, figure.end)
    if after and figure.kind == "duration":
        return replace(figure, kind="age", end=after.end())
    if figure.unit in (None, "year") and figure.low <= OLDEST and not figure.before and figure.form != "fraction":
        head = text[max(0, figure.start - 30) : figure.start]
        if _AGED.search(head) and not re.match(r"[ -](?:per|%|times|points)", text[figure.end : figure.end + 5]):
            return replace(figure, kind="age", unit="year")
        if _BESIDE_NAME.search(head) and _AFTER_AGE.match(text, figure.end) and figure.unit is None and _is_plain(figure):
            return replace(figure, kind="age", unit="year", certain=0.8)
    return figure


_BESIDE_NAME = re.compile(r"(?:^|\s)[A-Z][\w.'’-]*[a-z], $")
_AFTER_AGE = re.compile(r",| ?[―—–]|\.(?:\s|$)|;|\)")


def _is_plain(figure: Figure) -> bool:
    return figure.form == "digits" and isinstance(figure.low, int) and figure.high is None and 1 < figure.low


_PER = re.compile(r"(?:[ \u00a0]?/[ ]?|[ \u00a0-](?:per|an?|each|every)[ \u00a0-])(?=[^\W\d_(])")
_BRACKET = re.compile(r" ?\([^()\n]{1,30}\)")
_PER_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_PERIODS = frozenset(
    ["share", "head", "person", "piece", "game", "capita", "unit", "ton", "tonne", "barrel", "ounce", "pound", "gallon", "litre", "liter", "kilo", "copy", "ticket", "mile", "kilometre", "kilometer", "acre", "hectare", "shot", "bottle", "pop", "dozen", "plate", "pint", "quarter", "semester", "term", "season", "household", "word", "page", "seat"]
)


def _rated(text: str, figure: Figure) -> Figure:
    """ "$80 per sq m", "800,000 barrels a day", "kV/cm": a rate, named "USD per square metre"."""
    if figure.unit is None or (figure.kind in ("age", "ratio") and figure.unit != "times"):
        return figure
    bracket = _BRACKET.match(text, figure.end)
    match = _PER.match(text, bracket.end() if bracket else figure.end)
    if match is None:
        return figure
    found = units().after(text, match.end())
    name, end = None, 0
    if found and found.start == match.end() and found.unit.kind in ("duration", "measure"):
        name, end = found.unit.name, found.end
    word = _PER_WORD.match(text, match.end())
    if name is None and word and ("per" in match[0] or "/" in match[0] or word[0].lower() in _PERIODS):
        name, end = word[0].lower(), word.end()
    if name is None or (
        figure.kind == "duration"
        and "per" not in match[0]
        and "/" not in match[0]
        and name not in ("day", "week", "month", "year")
    ):
        return figure
    return replace(figure, end=figure.end if bracket else end, unit=f"{figure.unit} per {name}", kind="rate")


_LIST_GAP = re.compile(r"-?,?(?: ?(?:and|or|to|nor|&|/|versus|vs\.?|against)-?)?$")


def _shared(text: str, found: list[Figure]) -> list[Figure]:
    """ "Four-, five- and six-seat", "7- or 8-inch", "8 or $9": the unit of the last counts for those before."""
    for at in range(len(found) - 2, -1, -1):
        first, second = found[at], found[at + 1]
        if first.unit or second.unit is None or second.converts or first.kind != "count" or second.kind == "age":
            continue
        if _is_year(first) and "," not in text[first.start : first.end]:
            continue
        gap = _joined(text, first, second)
        hyphen = gap.startswith("-")
        if not gap or not _LIST_GAP.fullmatch(gap) or (gap == "," and not hyphen and not _goes_on(found, at)):
            continue
        if first.form == "fraction" or (second.before and first.low > second.low) or " per " in second.unit:
            continue
        found[at] = replace(first, kind=second.kind, unit=second.unit, shared=True)
    return found


def _goes_on(found: list[Figure], at: int) -> bool:
    """Whether a list "5, 6 and 7 km" goes on after a comma."""
    return at + 2 < len(found) and found[at + 1].shared


_OPENING = re.compile(
    r" ?[(\[]\s?(?:(?:about|around|roughly|nearly|some|approximately|or|over|just|under|almost|up to|c\.|ca\.)\s)?[~≈=<>+]?\s?"
)
_NEXT_INSIDE = re.compile(r" ?(?:/|,|;|or) ?")


def _conversions(text: str, found: list[Figure]) -> list[Figure]:
    """ "140 kW (190 PS / 187 hp)", "HK$310,000 ($39,700)": the same again in another unit."""
    for at in range(1, len(found)):
        first, second = found[at - 1], found[at]
        gap = text[first.end : second.start] if second.start - first.end < 24 else "\n"
        if second.unit is None or second.unit == first.unit or first.unit is None:
            continue
        if second.kind in ("percent", "duration", "age") and first.kind != second.kind:
            continue
        if _OPENING.fullmatch(gap) or (first.converts and _NEXT_INSIDE.fullmatch(gap)):
            found[at] = replace(second, converts=True)
    return found


def finite(figure: Figure) -> bool:
    """Whether its values are numbers that can be written and, of a range, in order."""
    try:
        low, high = float(figure.low), None if figure.high is None else float(figure.high)
    except OverflowError:
        return False
    return math.isfinite(low) and (high is None or (math.isfinite(high) and high > low))
