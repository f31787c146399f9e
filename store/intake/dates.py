"""Dates as people and pages write them, to ISO 8601. English month names; what is ambiguous is not guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6}
_MONTHS |= {"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?P<zone>z|gmt|utc|[+-]\d{2}:?\d{2})"
_TIME = rf"(?:(?:\s*(?:,|at|\||-|–|—|t)?\s*){_CLOCK}(?:\s*\(?{_ZONE}\b\)?)?(?:\s*[a-z]{{2,4}}\b)?)?"
_SHAPES = tuple(
    re.compile(rf"(?<![\w/.-]){shape}{_TIME}(?![\w/]|\.\d)", re.IGNORECASE)
    for shape in (
        rf"{_YEAR}[-/](?P<month>\d{{2}})[-/](?P<day>\d{{2}})",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/{_YEAR}",
    )
)
_BEFORE = re.compile(
    r"(?:first\s+)?(?:published|posted|updated|released|issued|last modified|date[d]?)?(?:\s+on)?\s*:?\s*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*)?",
    re.IGNORECASE,
)
"""What may stand before a date in a line that holds nothing else."""
_AFTER = re.compile(r"[\s.)|·•,]*(?:\d+[ -]min(?:ute)?s?(?: read)?)?\s*", re.IGNORECASE)
"""What may stand after it."""


def iso(text: str) -> str:
    """The first date in `text` in ISO 8601, with the time where one is given; empty when there is none that is sure.

    >>> iso("Published on Tuesday, 4 March 2025"), iso("03/04/2025"), iso("2025-03-04T09:30:00+0200")
    ('2025-03-04', '', '2025-03-04T09:30:00+02:00')
    """
    found = [match for shape in _SHAPES if (match := shape.search(text[:1000]))]
    for match in sorted(found, key=lambda match: match.start()):
        if written := _written(match):
            return written
    return ""


def line(text: str) -> str:
    """The date of a line that is a date and little else ("Updated: Tuesday, 4 March 2025, 14:30 GMT"); else empty."""
    for shape in _SHAPES:
        match = shape.search(text[:200])
        if match and _BEFORE.fullmatch(text[: match.start()].lstrip()) and _AFTER.fullmatch(text[match.end() :]):
            return _written(match)
    return ""


def _written(match: re.Match[str]) -> str:
    month = match["month"]
    number = int(month) if month.isdecimal() else _MONTHS[month[:3].lower()]
    if "/" in match[0] and match[0].find("/") < 3 and number <= 12 and int(match["day"]) <= 12:
        return ""
    try:
        day = date(int(match["year"]), number, int(match["day"]))
        return f"{day.isoformat()}{_clock(match)}"
    except ValueError:
        return ""


def _clock(match: re.Match[str]) -> str:
    if not match["hour"]:
        return ""
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    clock = time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=_zone(match["zone"]))
    return f"T{clock.isoformat()}" if clock.tzinfo is None else _with_offset(clock)


def _zone(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _with_offset(clock: time) -> str:
    return "T" + datetime.combine(date(2000, 1, 1), clock).isoformat().split("T", 1)[1]
