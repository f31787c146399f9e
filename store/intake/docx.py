"""Word documents: paragraphs, headings, lists, tables and notes as they read with all changes accepted.

The XML is followed as a stream (Office Open XML, ECMA-376, part 1, section 17); `archive` guards the way to it. Headers
and footers, comments, deleted passages, field codes and pictures are left out.
"""

import posixpath
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from store.article import one_line
from store.intake import office
from store.intake.archive import Archive
from store.intake.blocks import Block, compose
from store.intake.office import Story, small_int
from store.intake.reading import Reading
from store.intake.word_styles import Level, Styles
from store.intake.xml_events import Event, events

_LEFT_OUT = frozenset(
    ["Fallback", "del", "moveFrom", "tabs", "pPrChange", "rPrChange", "sdtPr", "instrText", "delText", "rt"]
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_TABLES = {"tbl": "table", "tr": "row", "tc": "cell"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_DEEPEST_LIST = 9


def read(data: bytes, subject: str) -> Reading:
    """What a Word document holds; its text is empty when it has none.

    Raises:
        IntakeError: when it is broken, protected or a trap.
    """
    archive = Archive(data, subject)
    main = _main(archive, subject)
    body = _Body(Styles(archive, posixpath.dirname(main), subject))
    body.follow(events(archive.read(main), subject))
    body.story.blocks += _notes(archive, posixpath.dirname(main), subject, body)
    return office.reading(body.story.blocks, _properties(archive, subject))


def _main(archive: Archive, subject: str) -> str:
    """The name of the entry that holds the text, as the archive's relations say."""
    if "_rels/.rels" in archive:
        for nesting, _, values in events(archive.read("_rels/.rels"), subject):
            if nesting > 0 and values.get("Type", "").endswith("/officeDocument"):
                return values.get("Target", "").lstrip("/")
    return "word/document.xml"


def _properties(archive: Archive, subject: str) -> dict[str, str]:
    told: dict[str, list[str]] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part in archive:
            told |= office.properties(events(archive.read(part), subject))
    one = {key: values[0] for key, values in told.items()}
    return {
        "title": office.title(one.get("title", "")),
        "byline": office.name(one.get("creator", "")),
        "published": one.get("created", "") or one.get("modified", ""),
        "publisher": office.name(one.get("company", "")),
        "language": one.get("language", ""),
    }


def _notes(archive: Archive, folder: str, subject: str, body: "_Body") -> list[Block]:
    """Footnotes and endnotes in the order in which the text refers to them, numbered, as furniture."""
    texts: dict[tuple[str, str], str] = {}
    for part in sorted({part for part, _ in body.notes}):
        name = posixpath.join(folder, f"{part}.xml")
        if name in archive:
            texts |= {(part, key): text for key, text in _note_texts(events(archive.read(name), subject), body.styles)}
    found = [texts[note] for note in dict.fromkeys(body.notes) if texts.get(note)]
    return [Block(f"[{number}] {text}", furniture=True, tight=number > 1) for number, text in enumerate(found, 1)]


def _note_texts(found: Iterable[Event], styles: Styles) -> Iterable[tuple[str, str]]:
    inside: list[Event] = []
    key = ""
    for event in found:
        nesting, name, values = event
        if name in ("footnote", "endnote") and nesting:
            if nesting > 0:
                key = values.get("id", "")
            else:
                body = _Body(styles)
                body.follow(inside)
                yield key, one_line(compose(body.story.blocks)[0])
            inside = []
        else:
            inside.append(event)


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    style: str = ""
    list_id: str = ""
    level: int = -1
    outline: int = 0


@dataclass(slots=True)
class _Body:
    """Turns the events of a text into blocks. Paragraphs may stand in one another, where there are text boxes."""

    styles: Styles
    story: Story = field(default_factory=Story)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _open: list[_Paragraph] = field(default_factory=list)
    _counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    _listed: bool = False

    def follow(self, found: Iterable[Event]) -> None:
        """Read all events; the blocks are in `story` then."""
        skipped, in_text = 0, False
        for nesting, name, values in found:
            if skipped or (nesting > 0 and name in _LEFT_OUT):
                skipped += nesting
            elif name == "t" and nesting:
                in_text = nesting > 0
            elif nesting == 0:
                if in_text and self._open:
                    self._open[-1].pieces.append(name)
            elif name in _TABLES:
                self.story.follow(_TABLES[name], nesting)
            elif name == "p":
                self._paragraph(nesting)
            elif nesting > 0 and self._open:
                self._within(self._open[-1], name, values)

    def _paragraph(self, nesting: int) -> None:
        if nesting > 0:
            self._open.append(_Paragraph())
        elif self._open:
            done = self._open.pop()
            if text := "".join(done.pieces).strip(" \n"):
                self.story.add(self._block(done, text))

    def _within(self, paragraph: _Paragraph, name: str, values: dict[str, str]) -> None:
        value = values.get("val", "")
        if name in _BREAKS:
            paragraph.pieces.append(_BREAKS[name])
        elif name == "pStyle":
            paragraph.style = value
        elif name == "numId":
            paragraph.list_id = value
        elif name == "ilvl":
            paragraph.level = small_int(value, _DEEPEST_LIST - 1, paragraph.level)
        elif name == "outlineLvl":
            paragraph.outline = small_int(value, 8, paragraph.outline - 1) + 1
        elif name in _NOTES:
            self.notes.append((_NOTES[name], values.get("id", "")))

    def _block(self, paragraph: _Paragraph, text: str) -> Block:
        style = self.styles.style(paragraph.style)
        heading = style.heading or (paragraph.outline if paragraph.outline <= 6 else 0)
        list_id = paragraph.list_id or style.list_id
        if heading or list_id in ("", "0"):
            self._listed = False
            return Block(text, style.furniture, heading=heading)
        depth = max(paragraph.level, 0) if paragraph.level >= 0 or paragraph.list_id else style.level
        lead = self._lead(list_id, depth, self.styles.level(list_id, depth))
        tight, self._listed = self._listed, True
        return Block("  " * depth + lead + text, style.furniture, tight, depth + 1)

    def _lead(self, list_id: str, depth: int, level: Level) -> str:
        """The bullet or the number of the next item at this depth of a list."""
        for deeper in range(depth + 1, _DEEPEST_LIST):
            self._counts.pop((list_id, deeper), None)
        self._counts[list_id, depth] += 1
        return level.lead(self._counts[list_id, depth])
