"""Kindle's `My Clippings.txt`, in English, German, French, Spanish, Italian and Portuguese.

A record is a title line, a line with kind, place and date in the language of the device, an empty line, the words, and
a line of ten equals signs. A note is a record of its own at the end of the highlight that it is on; a highlight that
was changed is there once more, and the longest is the last one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import heappop, heappush

from store.annotation import Highlight, Note
from store.imports import Bundle, Heaps, Origin, identity, passage

SEPARATOR = "=========="

_NOTE = re.compile(r"\b(note|nota|notiz|anotação)\b", re.IGNORECASE)
_BOOKMARK = re.compile(r"\b(bookmark|marcador|signet|lesezeichen|segnalibro)\b", re.IGNORECASE)
_LOCATION = re.compile(r"(?:\bloc\w*\.?|\bposi\w*|\bemplacement)\s*(\d+)(?:-(\d+))?", re.IGNORECASE)
_PAGE = re.compile(r"(\d+)(?:-(\d+))?")
_TITLE = re.compile(r"(?P<title>.*\S)\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*", re.DOTALL)
_LIMIT = re.compile(r"<[^<>]{10,200}>")
"""What stands in place of words that the publisher does not let out."""
_MONTHS = (
    ("jan", "ene", "gen", "janv"), ("feb", "fév", "fev", "fevr"), ("mar", "mär", "mars"), ("apr", "abr", "avr"),
    ("may", "mai", "mayo", "mag"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "ago", "aoû"),
    ("sep", "set"), ("oct", "okt", "ott", "out"), ("nov",), ("dec", "dez", "dic", "déc"),
)  # fmt: skip
_MOST_NEAR = 50
"""Highlights that share a place, a page perhaps, of which the last are looked at for one that was changed."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clipping:
    """One record."""

    title: str
    author: str
    kind: str
    start: int
    end: int
    """Where, in Kindle's locations or pages; 0 when it is not said."""
    created: str
    text: str


def recognises(head: str) -> bool:
    """Whether it begins with records of that form."""
    lines = head.splitlines()
    return len(lines) > 3 and lines[1].startswith("- ") and any(line.strip() == SEPARATOR for line in lines)


def read(lines: Iterable[str]) -> Iterator[Bundle]:
    """The clippings by book."""
    heaps = Heaps()
    books: dict[tuple[str, str], list[_Clipping]] = defaultdict(list)
    for record in _records(lines):
        if clipping := _clipping(record):
            books[clipping.title, clipping.author].append(clipping)
    for (title, author), clippings in books.items():
        _take(Origin(title, byline=author), clippings, heaps)
    yield from heaps


def _records(lines: Iterable[str]) -> Iterator[list[str]]:
    record: list[str] = []
    for line in lines:
        line = line.rstrip("\r\n")
        if line.strip() == SEPARATOR:
            yield record
            record = []
        else:
            record.append(line)
    yield record


def _clipping(record: list[str]) -> _Clipping | None:
    while record and not record[0].strip():
        record = record[1:]
    if len(record) < 2 or not record[1].startswith("- "):
        return None
    head = record[0].strip("\ufeff ")
    found = _TITLE.fullmatch(head)
    title, author = (found["title"], found["author"].strip()) if found else (head, "")
    what, *rest = record[1].split("|")
    kind = "bookmark" if _BOOKMARK.search(what) else "note" if _NOTE.search(what) else "highlight"
    place = _LOCATION.search(record[1]) or _PAGE.search(what)
    start = int(place[1][:9]) if place else 0
    text = "\n".join(record[2:]).strip()
    return _Clipping(title, author, kind, start, _last(place, start), _moment(rest[-1] if rest else ""), text)


def _last(place: re.Match[str] | None, start: int) -> int:
    """The end of a range; older devices leave out the digits that are the same: 398-99."""
    if place is None or not place[2]:
        return start
    first, last = place[1], place[2][:9]
    return max(start, int(first[: len(first) - len(last)] + last) if len(last) < len(first) else int(last))


def _moment(words: str) -> str:
    """The date in any of the languages, as if it were in UTC: the device tells no time zone."""
    year, time = _YEAR.search(words), _TIME.search(words)
    rest = words[: time.start()] if time else words
    month = _month(rest)
    day = re.search(r"\b\d{1,2}\b", rest)
    if not (year and month and day):
        return ""
    hour, minute, second = (int(time[index] or 0) for index in (1, 2, 3)) if time else (0, 0, 0)
    if time and time[4]:
        hour = hour % 12 + (12 if time[4].lower().startswith("p") else 0)
    try:
        read = datetime(int(year[0]), month, int(day[0]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return ""
    return read.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _month(words: str) -> int | None:
    """The month that is named; weekdays come before it, so the last name counts ("mardi 3 mars")."""
    found = None
    for word in re.findall(r"[^\W\d_]+", words.casefold()):
        number = next((n for n, starts in enumerate(_MONTHS, 1) if word.startswith(starts)), None)
        found = number or found
    return found


def _take(origin: Origin, clippings: list[_Clipping], heaps: Heaps) -> None:
    highlights = _latest([one for one in clippings if one.kind == "highlight" and not _LIMIT.fullmatch(one.text)])
    notes: dict[int | None, list[_Clipping]] = defaultdict(list)
    written = [one for one in clippings if one.kind == "note" and one.text]
    for note, index in zip(written, _highlights_of(written, highlights), strict=True):
        notes[index].append(note)
    for index, one in enumerate(highlights):
        key = identity(origin.title, origin.byline, one.text, str(one.start))
        selector = passage(one.text)
        made = Highlight(key, selector, 1, (), one.created, one.created) if selector else None
        heaps.add(origin, made, [_note(origin, note, key) for note in notes[index]] if made else [])
    for note in notes[None]:
        heaps.add(origin, None, [_note(origin, note, None)])


def _latest(highlights: list[_Clipping]) -> list[_Clipping]:
    """Of a highlight that was changed, and so is there several times, the longest; the changes share an end.

    Where no place is told, only the same words again are known to be the same highlight.
    """
    kept: list[_Clipping] = []
    places: dict[tuple[str, int | str], list[int]] = defaultdict(list)
    for one in highlights:
        own = (("start", one.start), ("end", one.end)) if one.start else (("words", one.text),)
        near = [n for place in own for n in places[place][-_MOST_NEAR:]]
        same = next((n for n in near if _overlaps(one, kept[n]) and _within(one, kept[n])), None)
        if same is None:
            same = len(kept)
            kept.append(one)
        elif len(one.text) >= len(kept[same].text):
            kept[same] = one
        for place in own:
            places[place].append(same)
    return kept


def _overlaps(one: _Clipping, other: _Clipping) -> bool:
    return one.start <= other.end and other.start <= one.end


def _within(one: _Clipping, other: _Clipping) -> bool:
    return bool(one.text and other.text) and (one.text in other.text or other.text in one.text)


def _highlights_of(notes: list[_Clipping], highlights: list[_Clipping]) -> list[int | None]:
    """Of each note the first highlight that ends where it stands, else the first that it stands in, by its index."""
    ending: dict[int, int] = {}
    for index, one in enumerate(highlights):
        ending.setdefault(one.end, index)
    begun = sorted(range(len(highlights)), key=lambda index: highlights[index].start)
    found: list[int | None] = [None] * len(notes)
    around: list[int] = []
    at = 0
    for number in sorted(range(len(notes)), key=lambda number: notes[number].start):
        place = notes[number].start
        while at < len(begun) and highlights[begun[at]].start <= place:
            heappush(around, begun[at])
            at += 1
        while around and highlights[around[0]].end < place:
            heappop(around)
        if place:
            found[number] = ending.get(place, around[0] if around else None)
    return found


def _note(origin: Origin, note: _Clipping, on: str | None) -> Note:
    key = identity(origin.title, origin.byline, note.text, str(note.start), "note")
    return Note(key, note.text, on, (), note.created, note.created)
