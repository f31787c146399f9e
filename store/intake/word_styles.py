"""What a Word document's styles and numberings say of a paragraph: heading, list, caption; `docx` reads the text."""

import posixpath
import re
from dataclasses import dataclass, replace

from store.intake.archive import Archive
from store.intake.office import small_int
from store.intake.xml_events import events

_HEADING = re.compile(r"heading (?P<level>[1-9])")
_FURNITURE = re.compile(r"caption|toc \d|toc heading|table of (?:figures|authorities)|header|footer|index \d")
_LONGEST_CHAIN = 20
"""Styles that are based on one another; more is a circle or a trap."""
_DEEPEST = 8
"""The last depth of a list, counted from 0."""
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says."""

    heading: int = 0
    """The level of a heading, 1 to 6; 0 for none."""
    furniture: bool = False
    """Whether its paragraphs are no part of the report (captions, tables of contents)."""
    list_id: str = ""
    """The list to which its paragraphs belong."""
    level: int = 0
    """The depth in that list, from 0."""
    base: str = ""
    """The style that it is based on."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the items at one depth of a list are marked."""

    kind: str = "bullet"
    """As OOXML names it: `decimal`, `lowerLetter`, `bullet`, ..."""
    start: int = 1
    """The first number."""

    def lead(self, count: int) -> str:
        """What stands before the item that is `count`-th, from 1."""
        number = count + self.start - 1
        match self.kind:
            case "none":
                return ""
            case "decimal" | "decimalZero":
                return f"{number}. "
            case "lowerLetter" | "upperLetter" if 1 <= number <= 26:
                letter = chr(ord("a") + number - 1)
                return f"{letter if self.kind == 'lowerLetter' else letter.upper()}. "
            case "lowerRoman" | "upperRoman" if 1 <= number < 40:
                roman = _roman(number)
                return f"{roman if self.kind == 'lowerRoman' else roman.upper()}. "
            case "bullet":
                return "• "
            case _:
                return f"{number}. "


class Styles:
    """The styles and lists of a document."""

    def __init__(self, archive: Archive, folder: str, subject: str) -> None:
        """Read them from the entries in `folder`; an entry that is missing says nothing."""
        self._styles: dict[str, Style] = {}
        self._whole: dict[str, Style] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        self._abstract: dict[str, str] = {}
        for name, take in (("styles.xml", self._take_styles), ("numbering.xml", self._take_numbering)):
            part = posixpath.join(folder, name)
            if part in archive:
                take(archive.read(part), subject)

    def style(self, key: str) -> Style:
        """What the style of that id says, by itself or by those that it is based on."""
        if key not in self._whole:
            self._whole[key] = self._with_bases(key)
        return self._whole[key]

    def _with_bases(self, key: str) -> Style:
        found = Style()
        for _ in range(_LONGEST_CHAIN):
            here = self._styles.get(key)
            if here is None:
                break
            found = Style(
                found.heading or here.heading,
                found.furniture or here.furniture,
                found.list_id or here.list_id,
                found.level or here.level,
            )
            key = here.base
        return found

    def level(self, list_id: str, depth: int) -> Level:
        """How items of a list are marked at a depth; bullets where nothing is said."""
        return self._levels.get((self._abstract.get(list_id, ""), depth), Level())

    def _take_styles(self, data: bytes, subject: str) -> None:
        key, style = "", Style()
        for nesting, name, values in events(data, subject):
            value = values.get("val", "")
            if name == "style" and nesting > 0:
                key, style = values.get("styleId", ""), Style()
            elif name == "style" and nesting < 0:
                self._styles[key] = style
            elif nesting > 0:
                style = _with(style, name, value)

    def _take_numbering(self, data: bytes, subject: str) -> None:
        abstract, list_id, depth = "", "", 0
        for nesting, name, values in events(data, subject):
            if nesting <= 0:
                continue
            value = values.get("val", "")
            if name == "abstractNum":
                abstract = values.get("abstractNumId", "")
            elif name == "lvl":
                depth = small_int(values.get("ilvl", ""), _DEEPEST)
            elif name == "numFmt":
                level = self._levels.get((abstract, depth), Level())
                self._levels[abstract, depth] = replace(level, kind=value)
            elif name == "start" and re.fullmatch("[0-9]{1,6}", value):
                level = self._levels.get((abstract, depth), Level())
                self._levels[abstract, depth] = replace(level, start=int(value))
            elif name == "num":
                list_id = values.get("numId", "")
            elif name == "abstractNumId":
                self._abstract[list_id] = value


def _with(style: Style, name: str, value: str) -> Style:
    """A style with what one of its elements says."""
    match name:
        case "name":
            lower = value.lower()
            match = _HEADING.fullmatch(lower)
            heading = min(int(match["level"]), 6) if match else int(lower == "title")
            return replace(style, heading=heading or style.heading, furniture=bool(_FURNITURE.fullmatch(lower)))
        case "outlineLvl" if re.fullmatch("[0-5]", value):
            return replace(style, heading=style.heading or int(value) + 1)
        case "numId":
            return replace(style, list_id=value)
        case "ilvl" if re.fullmatch("[0-8]", value):
            return replace(style, level=int(value))
        case "basedOn":
            return replace(style, base=value)
        case _:
            return style


def _roman(number: int) -> str:
    pieces = []
    for worth, sign in _ROMAN:
        while number >= worth:
            pieces.append(sign)
            number -= worth
    return "".join(pieces)
