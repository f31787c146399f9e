"""What stands right beside a numeral and says what it is in: currency, scale letter, unit, age, rate.

Each function takes the text and a figure and gives the figure with what it found; where a word or letter has two
readings ("5 m", "12 pounds", "8 B"), the rule here decides.
"""

import re
from dataclasses import replace

from store.extract.numbers.figure import Figure
from store.extract.numbers.lexemes import LETTERS
from store.extract.numbers.numerals import whole
from store.extract.numbers.units import Found, Unit, units

OLDEST = 130
"""Years; what is said to be older is a thing or a find, not a person."""
MOST_MAGNITUDE = 30
"""Of stars and quakes."""
REACH = 2000
"""How many characters around a figure may say that its pounds are money."""


def priced(text: str, figure: Figure) -> Figure:
    """ "HK$5.4", "AUD1.5", "US $ 3": the currency before."""
    found = units().before(text, figure.start)
    if found is None or figure.form == "vague":
        return figure
    return replace(figure, start=found.start, kind="money", unit=found.unit.name, before=True)


_LETTER = re.compile(r"([ \u00a0]?)([kKmMbBtT])(?![^\W_])(?!\.\w)")
_NOUN_AHEAD = re.compile(r"[ \u00a0](?:[a-z]{2,}s|people|men|women|children|dollar|euro|yuan|yen|barrel)(?![a-z])")
_NO_NOUN_AHEAD = re.compile(r" (?:across|this|less|plus|was|has|is|as)\b")


def lettered(text: str, figure: Figure) -> Figure:
    """ "5.4m", "8 B people", "80k": a scale letter, where it is not a unit ("a 37m mast", "5 t")."""
    match = _LETTER.match(text, figure.end) if figure.form == "digits" and not figure.scaled else None
    if match is None or not _scales(text, figure, match):
        return figure
    factor = LETTERS[match[2]]
    numeral = (figure.numeral[0], match.end())
    return replace(figure, end=match.end(), numeral=numeral, low=whole(figure.low * factor), factor=factor)


def _scales(text: str, figure: Figure, match: re.Match[str]) -> bool:
    """Whether the letter multiplies: always after a currency, `k` and `M` when glued, others before a plural."""
    blank, letter = match[1], match[2]
    if figure.before:
        return not blank or letter in "MB"
    if not blank and letter in "kKMB":
        return True
    counts = _NOUN_AHEAD.match(text, match.end()) and not _NO_NOUN_AHEAD.match(text, match.end())
    return bool(counts) and letter in ("mbMB" if not blank else "MB")


_COUNTRY = re.compile(r"[ \u00a0](?:U\.S\.|US)(?!\w)(?! (?:dollars?|[a-z]*s)\b)")


def measured(text: str, figure: Figure) -> Figure:
    """ "5 km", "16-inch", "9 billion yuan", "12 %", "$75 US": the unit after."""
    country = _COUNTRY.match(text, figure.end) if figure.unit == "USD" else None
    if country:
        return replace(figure, end=country.end(), written=country.span())
    found = _unit_after(text, figure)
    if found is None or not _fits(text, figure, found):
        return figure
    if figure.before:
        return _said_twice(text, figure, found)
    unit = Unit("GBP", "money") if found.unit.name == "pound" and _is_sterling(text, figure, found) else found.unit
    return replace(figure, end=found.end, kind=unit.kind, unit=unit.name, written=(found.start, found.end))


_OF = re.compile(r" of (?:a |an |the )?")
_A = re.compile(r" an? ")
_ORDINAL = re.compile(r"an? (?!half|quarter)[a-z]+", re.I)
_MORE = re.compile(
    r"[ -](?:more|additional|further|extra|straight|consecutive|successive|previous|full|whole|long|short|other"
    r"|calendar|business|working|trading|solid|entire|separate|different|plus)(?= )"
)

_DOING = re.compile(r" [a-z]{3,10}ing(?= )")
"""What a unit is used up by: "120 flying hours"."""


def _unit_after(text: str, figure: Figure) -> Found | None:
    """The unit after the numeral, after "more" and the like, and for "tens of thousands", "1/16" after "of".

    "Half a metre" is in metres; "an eighth day" is the day after seven, and in nothing.
    """
    of = _OF.match(text, figure.end) if figure.form in ("vague", "fraction") else None
    a = _A.match(text, figure.end) if figure.form == "fraction" else None
    if of or a:
        return units().after(text, (of or a).end())  # type: ignore[union-attr]
    if figure.form == "fraction" and _ORDINAL.fullmatch(text, *figure.numeral):
        return None
    found = units().after(text, figure.end)
    more = None if found else _MORE.match(text, figure.end)
    later = units().after(text, more.end()) if more else None
    if later is None and figure.is_whole and (doing := _DOING.match(text, figure.end)):
        return _plural_unit(text, doing.end())
    return later if later and later.end - later.start > 2 else found


def _plural_unit(text: str, at: int) -> Found | None:
    """The unit in the plural, in letters, that begins at `at`."""
    found = units().after(text, at)
    return found if found and found.end - found.start > 3 and text[found.end - 1] == "s" else None


def _said_twice(text: str, figure: Figure, found: Found) -> Figure:
    """A currency said twice ("$5 million dollars", "$5 AUD") is one; the code is the more precise."""
    word = text[found.start : found.end]
    if found.unit.kind != "money" or not (found.unit.name == figure.unit or (word.isalpha() and len(word) == 3)):
        return figure
    return replace(figure, end=found.end, written=(found.start, found.end), unit=found.unit.name)


def _fits(text: str, figure: Figure, found: Found) -> bool:
    """Whether what looks like a unit is meant as one."""
    word, between = text[found.start : found.end], text[figure.end : found.start]
    after = text[found.end : found.end + 2]
    if word in ("'", '"'):
        return not between and _is_prime(text, found, word)
    if "\n" in between or (figure.form == "vague" and found.unit.kind == "ratio"):
        return False
    if word in ("x", "×") or not word[-1].isalpha():
        return not after.strip()[:1].isdigit() or word == "%"
    if len(word) == 1 and word.isalpha():
        return _letter_fits(figure, word, between, after)
    if word == "second" and figure.form == "words" and between == " ":
        return False
    return word not in ("won", "crown", "crowns") or figure.scaled or figure.low >= 100


def _is_prime(text: str, found: Found, word: str) -> bool:
    """Whether a quotation mark after a figure means feet or inches: none is open, and no word goes on."""
    after = text[found.end : found.end + 1]
    if word == "'":
        return not after.isalpha()
    return not after.isalnum() and text[max(0, found.start - 300) : found.start].count(word) % 2 == 0


def _letter_fits(figure: Figure, word: str, between: str, after: str) -> bool:
    """Whether one letter is a unit: after digits, not in "the 1930s", "5-K" or "3 M. Smith"."""
    if figure.form != "digits" or (between == "-" and word not in "mgl"):
        return False
    if word == "s":
        return isinstance(figure.low, float) or between != ""
    return re.match(r"\.[^\W\d_]|['’&+]", after) is None


def _is_sterling(text: str, figure: Figure, found: Found) -> bool:
    """ "Two million pounds" are money, "12 pounds of flour" are not; where things are priced in £, pounds are money."""
    if re.match(r"[ -](?:of|per)\b", text[found.end : found.end + 5]):
        return False
    near = text[max(0, found.start - REACH) : found.end + REACH]
    return (figure.scaled and figure.low >= 1_000_000) or "£" in near


_MAGNITUDE = re.compile(r"\bmagnitude(?: of)?(?: (?:about|around|at least))? $", re.I)


def of_magnitude(text: str, figure: Figure) -> Figure:
    """ "A *magnitude* 6.4 quake": the unit before."""
    small = figure.unit is None and figure.form == "digits" and figure.high is None and figure.low < MOST_MAGNITUDE
    before = text[max(0, figure.start - 32) : figure.start] if small else ""
    return replace(figure, kind="measure", unit="magnitude") if _MAGNITUDE.search(before) else figure


_OLD = re.compile(r"[-\s]?olds?(?![^\W_])|[-\s]of[-\s]age(?![^\W_])")
_AGED = re.compile(
    r"(?:\bage[ds]?(?: of| between| from)?|\bages|\bturn(?:ed|s|ing)?|\bthe over-|\bunder-|\bover-"
    r"|\b(?:people|those|anyone|adults|children|kids|men|women|voters|workers|patients|persons)"
    r" (?:under|over|above|below)"
    r"|\b(?:life expectancy|(?:average|median|mean) age)\b[^.;,!?\d]{0,30} (?:is|was|of|at|to)"
    r"(?: (?:about|around|nearly|just))?"
    r")\s?$",
    re.I,
)
_NOT_AGED = re.compile(r"[ -](?:per|%|times|points)")
_BESIDE_NAME = re.compile(r"(?:^|\s)[^\W\d_a-z][\w.'’-]*[^\W\d_A-Z], $")
_AFTER_AGE = re.compile(r",| ?[―—–]|\.(?:\s|$)|;|\)")
_IS_AGED = re.compile(
    r"\b(?:who|he|she|i)(?:['’](?:s|m|ll be)| is| was| am| will be| would be)"
    r"(?: (?:now|only|just|about|nearly|almost|already))? $",
    re.I,
)
_AFTER_BEING = re.compile(r"[,.;!?)]?(?:\s(?:and|but|when|while|next|this|by the|at the)\b|$)|[,;)]|[.!?](?:\s|$)")
_BY_AGE = re.compile(r"\b(?:by|at|until) $", re.I)
_THEN_WHO = re.compile(r",? (?:he|she|I)\b")
YOUNGEST = 13
"""Years; "at 8 she left" is more likely an hour."""


def aged(text: str, figure: Figure) -> Figure:
    """ "5-year-old", "30 years of age", "aged 25 to 54", "under the age of 5", "Ann Lee, 43,"."""
    after = _OLD.match(text, figure.end)
    if after and figure.kind == "duration":
        return replace(figure, kind="age", end=after.end())
    if figure.unit not in (None, "year") or figure.low > OLDEST or figure.form == "fraction":
        return figure
    head = text[max(0, figure.start - 64) : figure.start]
    if _AGED.search(head) and not _NOT_AGED.match(text, figure.end):
        return replace(figure, kind="age", unit="year")
    if figure.is_whole and figure.unit is None and figure.low > 1 and _is_lone_age(text, head, figure):
        return replace(figure, kind="age", unit="year", certain=0.8)
    return figure


def _is_lone_age(text: str, head: str, figure: Figure) -> bool:
    """ "Ann Lee, 43,", "who is 43 and", "by 43 she had": a bare number that is somebody's age."""
    if _BESIDE_NAME.search(head):
        return _AFTER_AGE.match(text, figure.end) is not None
    if _IS_AGED.search(head):
        return _AFTER_BEING.match(text, figure.end) is not None
    by = figure.low >= YOUNGEST and _BY_AGE.search(head)
    return bool(by and _THEN_WHO.match(text, figure.end))


_PER = re.compile(r"(?:[ \u00a0]?/[ ]?|[ \u00a0-](?:per|an?|each|every)[ \u00a0-])(?=[^\W\d_(])")
_BRACKET = re.compile(r" ?\([^()\n]{1,30}\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_THEN = re.compile(r" (?:earlier|ago|later|before|after|old|from|and a half)\b")
_EACH = frozenset(
    [
        "share",
        "head",
        "person",
        "piece",
        "game",
        "capita",
        "unit",
        "ton",
        "tonne",
        "barrel",
        "ounce",
        "pound",
        "gallon",
        "litre",
        "liter",
        "kilo",
        "copy",
        "ticket",
        "mile",
        "acre",
        "hectare",
        "shot",
        "bottle",
        "pop",
        "dozen",
        "plate",
        "pint",
        "quarter",
        "semester",
        "term",
        "season",
        "household",
        "word",
        "page",
        "seat",
    ]
)
"""What "a" may mean each of: "$5 a share"."""
_PERIODS = ("day", "week", "month", "year")


def rated(text: str, figure: Figure) -> Figure:
    """ "$80 per sq m", "800,000 barrels a day", "10 kV/cm": a rate, named "USD per square metre"."""
    if figure.unit is None or figure.kind == "age" or (figure.kind == "ratio" and figure.unit != "times"):
        return figure
    bracket = _BRACKET.match(text, figure.end)
    per = _PER.match(text, bracket.end() if bracket else figure.end)
    divisor = _divisor(text, per) if per else None
    if per is None or divisor is None:
        return figure
    name, end = divisor
    if _THEN.match(text, end):
        return figure
    if figure.kind == "duration" and "per" not in per[0] and "/" not in per[0] and name not in _PERIODS:
        return figure
    return replace(figure, end=figure.end if bracket else end, unit=f"{figure.unit} per {name}", kind="rate")


def _divisor(text: str, per: re.Match[str]) -> tuple[str, int] | None:
    """What the rate is per, and where it ends."""
    found = units().after(text, per.end())
    if found and found.start == per.end() and found.unit.kind in ("duration", "measure"):
        return found.unit.name, found.end
    word = _WORD.match(text, per.end())
    if word and ("per" in per[0] or "/" in per[0] or word[0].lower() in _EACH):
        return word[0].lower(), word.end()
    return None
