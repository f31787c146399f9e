"""OpenDocument texts: paragraphs, headings, lists, tables and notes. Deleted passages and comments are left out.

The XML is followed as a stream (OpenDocument 1.3, part 3); `archive` guards the way to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.errors import IntakeError
from store.intake import office
from store.intake.archive import Archive
from store.intake.blocks import Block, Lists
from store.intake.office import Story, small_int
from store.intake.reading import Reading
from store.intake.xml_events import Event, events

_LEFT_OUT = frozenset(
    ["tracked-changes", "annotation", "note-citation", "ruby-text", "forms", "table-of-content", "sequence-decls"]
)
_TABLES = {"table": "table", "table-row": "row", "table-cell": "cell"}
_LISTS = {"list": "ul", "list-item": "li", "list-header": "li"}
_MOST_BLANKS = 100
_TITLES = frozenset(["Title", "Titel", "Titre"])


def read(data: bytes, subject: str) -> Reading:
    """What an OpenDocument text holds; its text is empty when it has none.

    Raises:
        IntakeError: when it is broken, protected or a trap.
    """
    archive = Archive(data, subject)
    if b":encryption-data" in archive.read("META-INF/manifest.xml"):
        raise IntakeError("it is protected by a password", subject, "save it without one")
    body = _Body()
    body.follow(events(archive.read("content.xml"), subject))
    return office.reading([*body.story.blocks, *body.notes], _properties(archive, subject))


def _properties(archive: Archive, subject: str) -> dict[str, str]:
    if "meta.xml" not in archive:
        return {}
    one = {key: values[0] for key, values in office.properties(events(archive.read("meta.xml"), subject)).items()}
    return {
        "title": office.title(one.get("title", "")),
        "byline": office.name(one.get("initial-creator", "") or one.get("creator", "")),
        "published": one.get("creation-date", "") or one.get("date", ""),
        "publisher": one.get("publisher", ""),
        "language": one.get("language", ""),
    }


@dataclass(slots=True)
class _Body:
    """Turns the events of a text into blocks. A note stands within the paragraph that refers to it."""

    story: Story = field(default_factory=Story)
    notes: list[Block] = field(default_factory=list)
    _lists: Lists = field(default_factory=Lists)
    _open: list[tuple[list[str], int]] = field(default_factory=list)
    _note: list[str] | None = None
    _ordered: set[str] = field(default_factory=set)
    _titled: set[str] = field(default_factory=lambda: set(_TITLES))
    _defined: str = ""
    _kinds: list[str] = field(default_factory=list)

    def follow(self, found: Iterable[Event]) -> None:
        """Read all events; the blocks are in `story` and `notes` then."""
        skipped = 0
        for nesting, name, values in found:
            if skipped or (nesting > 0 and name in _LEFT_OUT):
                skipped += nesting
            elif nesting == 0:
                if self._open:
                    self._open[-1][0].append(" ".join(name.split("\n")))
            elif name in ("p", "h"):
                self._paragraph(name, nesting, values)
            elif name in _TABLES and self._note is None:
                self.story.follow(_TABLES[name], nesting)
            elif name in _LISTS:
                self._list(name, nesting, values)
            elif name == "note":
                self._end_note() if nesting < 0 else self._begin_note()
            elif nesting > 0:
                self._within(name, values)

    def _within(self, name: str, values: dict[str, str]) -> None:
        if name == "list-style":
            self._defined = values.get("name", "")
        elif name == "list-level-style-number" and values.get("level") == "1":
            self._ordered.add(self._defined)
        elif name == "style" and values.get("parent-style-name") in _TITLES:
            self._titled.add(values.get("name", ""))
        elif self._open and name == "s":
            self._open[-1][0].append(" " * small_int(values.get("c", ""), _MOST_BLANKS, 1))
        elif self._open and name in ("tab", "line-break"):
            self._open[-1][0].append("\t" if name == "tab" else "\n")

    def _paragraph(self, name: str, nesting: int, values: dict[str, str]) -> None:
        if nesting > 0:
            heading = small_int(values.get("outline-level", ""), 6, 1) if name == "h" else 0
            heading = 1 if values.get("style-name") in self._titled else heading
            self._open.append(([], heading))
        elif self._open:
            pieces, heading = self._open.pop()
            text = "".join(pieces).strip(" \n")
            if self._note is not None:
                self._note.append(text)
            elif text:
                self.story.add(self._lists.block(text, 0.0, heading=heading))

    def _list(self, name: str, nesting: int, values: dict[str, str]) -> None:
        tag = _LISTS[name]
        if tag == "ul" and nesting > 0:
            style = values.get("style-name", "")
            inherited = self._kinds[-1] if self._kinds else "ul"
            self._kinds.append(("ol" if style in self._ordered else "ul") if style else inherited)
            self._lists.follow(self._kinds[-1], 1)
        elif tag == "ul":
            self._lists.follow(self._kinds.pop() if self._kinds else "ul", -1)
        else:
            self._lists.follow("li", nesting)

    def _begin_note(self) -> None:
        self._note = []

    def _end_note(self) -> None:
        text = " ".join(filter(None, self._note or []))
        self._note = None
        if text:
            self.notes.append(Block(f"[{len(self.notes) + 1}] {text}", furniture=True, tight=bool(self.notes)))
