"""How many terminal cells a text takes, and what is sent to the terminal in place of what must not be sent.

Owns the width of every character, the grapheme clusters that a cursor may not stop inside, and the stand-ins for
control characters. Layout is `tui.page`'s business. Nothing of Textual or Rich may be imported here: the first page is
drawn before they are there. The widths agree with Rich's for everything that `clusters` shows (a test compares them),
because the toolkit cuts lines by its own table.

Widths follow Unicode's East Asian Width (UAX 11); clusters follow UAX 29 where a terminal can show them: combining
marks, emoji joined by ZWJ, pairs of regional indicators, conjoining jamo.
"""

import re
import unicodedata
from typing import NamedTuple

from store.errors import printable

TAB = 8
"""Distance of the tab stops, in cells."""

MOST_MARKS = 8
"""How many combining marks are shown on one character; more of them would only smear over the lines above."""

_JOINER = "\u200d"
_FIRST_REGIONAL, _LAST_REGIONAL = "\U0001f1e6", "\U0001f1ff"

PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2100-\u218b"
    "\u2190-\u2211\u2213-\u22ff\u2500-\u25fc]*"
)
"""Matches text in which every character is one cell wide and stands for itself: nearly all Western text."""

# Wide since Unicode 16, whatever this interpreter's own data say.
_WIDE_SINCE_16 = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))

# Emoji that are newer than the data of the oldest interpreter that is supported (Unicode 14).
_NEW_EMOJI = (
    (0x1F6D8, 0x1F6D8), (0x1F6DC, 0x1F6DC), (0x1FA75, 0x1FA77), (0x1FA87, 0x1FA8A), (0x1FA8E, 0x1FA8F),
    (0x1FAAD, 0x1FAAF), (0x1FABB, 0x1FABF), (0x1FAC6, 0x1FAC6), (0x1FAC8, 0x1FAC8), (0x1FACD, 0x1FACF),
    (0x1FADA, 0x1FADC), (0x1FADF, 0x1FADF), (0x1FAE8, 0x1FAEA), (0x1FAEF, 0x1FAEF), (0x1FAF7, 0x1FAF8),
)  # fmt: skip

# Format characters that are drawn: number and abbreviation signs that enclose what follows.
_DRAWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")

_UNDRAWN_LETTERS = frozenset([*map(chr, range(0x1160, 0x1200)), *map(chr, range(0xD7B0, 0xD7FC)), "\u3164", "\uffa0"])
"""Jamo that join the syllable before them, and fillers."""


class Shape(NamedTuple):
    """How one character is shown."""

    cells: int
    """0, 1 or 2. A tab counts as 0 here; its width depends on where it stands."""
    shown: str
    """What is sent to the terminal: the character, its stand-in, or nothing."""


class _Shapes(dict[str, Shape]):
    """The shape of every character asked for so far."""

    def __missing__(self, character: str) -> Shape:
        shape = self[character] = _shape(character)
        return shape


def _shape(character: str) -> Shape:
    if character in "\n\t":
        return Shape(1, " ")
    shown = printable(character)
    code = ord(shown)
    category = unicodedata.category(shown)
    if category == "Cn":
        return Shape(2, shown) if _within(code, _NEW_EMOJI) else Shape(1, "\ufffd")
    if category in ("Mn", "Me", "Mc") or "\U0001f3fb" <= shown <= "\U0001f3ff":
        # VS16 asks for the wide, coloured form of a narrow symbol; terminals disagree on its width, so it is not sent.
        return Shape(0, "" if shown == "\ufe0f" else shown)
    if shown in _UNDRAWN_LETTERS:
        return Shape(0, shown if shown < "\u3000" or "\ud7b0" <= shown <= "\ud7fb" else "")
    if category == "Cf" and shown not in _DRAWN_FORMATS:
        return Shape(0, shown if shown == "\u200c" else "")
    wide = unicodedata.east_asian_width(shown) in "WF" or _within(code, _WIDE_SINCE_16)
    return Shape(2 if wide else 1, shown)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


_SHAPES = _Shapes()


class Cluster(NamedTuple):
    """What the reader sees as one character."""

    start: int
    """Offset of its first code point in the text given."""
    end: int
    """Offset behind its last."""
    cells: int
    """0 (nothing but invisible characters), 1 or 2; for a tab 1, until its place is known."""
    shown: str
    """What is sent to the terminal for it; as wide as `cells`."""


def clusters(text: str) -> list[Cluster]:
    """`text` as the characters that a reader sees. Joined, they cover it without gap or overlap. Linear in its length.

    Invisible characters belong to the cluster before them, at the start of the text to the one after them. A combining
    mark with nothing to stand on is shown on a dotted circle.
    """
    found: list[Cluster] = []
    start, cells, shown, marks = 0, 0, "", 0
    joining = regional = False
    empty = True
    for index, character in enumerate(text):
        width, sent = _SHAPES[character]
        if joining:
            joining, shown = False, shown + _JOINER + sent
        elif character == _JOINER:
            following = text[index + 1 : index + 2]
            joining = cells == 2 and bool(following) and unicodedata.category(following) == "So"
        elif width == 0:
            if sent and empty:
                cells, shown, empty = 1, "\u25cc" + sent, False
            elif sent and marks < MOST_MARKS:
                marks, shown = marks + 1, shown + sent
        elif regional and _FIRST_REGIONAL <= character <= _LAST_REGIONAL:
            cells, shown, regional = cells + width, shown + sent, False
        else:
            if not empty:
                found.append(Cluster(start, index, cells, shown))
                start = index
            cells, shown, marks, empty, joining = width, sent, 0, False, False
            regional = _FIRST_REGIONAL <= character <= _LAST_REGIONAL
    if text:
        found.append(Cluster(start, len(text), cells, shown))
    return found


def cells(text: str) -> int:
    """How many cells `text` takes on one line, tabs counted as one."""
    if PLAIN.fullmatch(text):
        return len(text)
    return sum(cluster.cells for cluster in clusters(text))


def fit(text: str, width: int) -> str:
    """`text` as it may be sent to a terminal, cut to at most `width` cells with an ellipsis when it is longer."""
    if PLAIN.fullmatch(text) and len(text) <= width:
        return text
    seen = clusters(text)
    if sum(cluster.cells for cluster in seen) <= width:
        return "".join(cluster.shown for cluster in seen)
    taken, room = [], width - 1
    for cluster in seen:
        room -= cluster.cells
        if room < 0:
            break
        taken.append(cluster.shown)
    return "".join(taken) + "…" if width > 0 else ""
