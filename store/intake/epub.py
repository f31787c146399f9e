"""EPUB books: one article, its chapters in reading order under their headings.

The package file tells the order and who wrote it (EPUB 3.3, section 5); chapters are read as pieces of HTML.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from store.errors import IntakeError
from store.intake import decoding, html, office
from store.intake.archive import Archive
from store.intake.blocks import LINK, Block
from store.intake.reading import Reading
from store.intake.xml_events import events

MOST_CHAPTERS = 5_000
"""Files in reading order that are read."""

_PAGES = frozenset(["application/xhtml+xml", "text/html", "application/x-dtbook+xml"])
_BROKEN = ("it is no whole EPUB book", "get it again")


@dataclass(slots=True)
class _Package:
    """What the package file of a book says."""

    properties: dict[str, list[str]]
    files: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By id: name, media type, properties."""
    order: list[str] = field(default_factory=list)
    """Ids of the files in reading order, without those that the book sets aside."""


def read(data: bytes, subject: str) -> Reading:
    """What a book holds; its text is empty when it has none.

    Raises:
        IntakeError: when it is broken, protected or a trap.
    """
    archive = Archive(data, subject)
    where = _package_name(archive, subject)
    package = _package(archive.read(where), subject)
    chapters = list(_chapters(package, posixpath.dirname(where)))
    if _protected(archive, subject) & set(chapters):
        raise IntakeError("it is protected against copying (DRM)", subject, "read it in the program of its shop")
    blocks = [block for name in chapters for block in _blocks(archive, name, subject)]
    return office.reading(_without_contents(blocks), _told(package), edited=True)


def _package_name(archive: Archive, subject: str) -> str:
    if "META-INF/container.xml" in archive:
        for nesting, name, values in events(archive.read("META-INF/container.xml"), subject):
            if nesting > 0 and name == "rootfile" and values.get("full-path", "") in archive:
                return values["full-path"]
    raise IntakeError(_BROKEN[0], subject, _BROKEN[1])


def _package(data: bytes, subject: str) -> _Package:
    found = list(events(data, subject))
    package = _Package(office.properties(found))
    for nesting, name, values in found:
        if nesting > 0 and name == "item":
            told = (values.get("href", ""), values.get("media-type", ""), values.get("properties", ""))
            package.files[values.get("id", "")] = told
        elif nesting > 0 and name == "itemref" and values.get("linear") != "no":
            package.order.append(values.get("idref", ""))
    return package


def _chapters(package: _Package, folder: str) -> Iterator[str]:
    """The names of the files with text in reading order, each once, without the table of contents."""
    seen: set[str] = set()
    for key in package.order[:MOST_CHAPTERS]:
        href, kind, properties = package.files.get(key, ("", "", ""))
        name = posixpath.normpath(posixpath.join(folder, unquote(href)))
        if kind in _PAGES and "nav" not in properties.split() and name not in seen:
            seen.add(name)
            yield name


def _protected(archive: Archive, subject: str) -> set[str]:
    """The names of files that are encrypted. Fonts often are, which does not matter here."""
    if "META-INF/encryption.xml" not in archive:
        return set()
    found = events(archive.read("META-INF/encryption.xml"), subject)
    return {
        unquote(values.get("URI", "")) for nesting, name, values in found if nesting > 0 and name == "CipherReference"
    }


def _blocks(archive: Archive, name: str, subject: str) -> list[Block]:
    data = archive.read(name)
    return html.fragment(decoding.decode(data, subject, decoding.declared_charset(data))) if data.strip() else []


def _without_contents(blocks: list[Block]) -> list[Block]:
    """The blocks without a printed table of contents: links within the book."""
    return [block for block in blocks if block.link_share <= LINK or not block.furniture]


def _told(package: _Package) -> dict[str, str]:
    values = package.properties
    first = {key: found[0] for key, found in values.items()}
    return {
        "title": office.title(first.get("title", "")),
        "byline": ", ".join(dict.fromkeys(filter(None, map(office.name, values.get("creator", []))))),
        "publisher": first.get("publisher", ""),
        "published": first.get("date", ""),
        "language": first.get("language", ""),
    }
