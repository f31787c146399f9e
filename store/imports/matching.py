"""Which article a file means: by its address, its text or its title; and an article of its own when it is none here.

An article whose text is not known is put on the shelf as its quotes (`store.stub`). It can be read and searched like
that, and it has the address, or where a file tells none the hash of the text, or the title: when the text comes in, it
is a new version under the same id (`store.shelving`), and the highlights are found in it as after any change of a text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.article import Article, first_line, hash_in, make_article, one_line, text_hash, text_iri
from store.canonical import is_web
from store.home import Home
from store.imports import Bundle, Origin
from store.library import Library
from store.lost_notes import Lost, LostNotes
from store.marks import Marks
from store.notefile import notes_path, read_kept
from store.stub import FURNITURE, NOTICE, is_stub, quoted

UNTITLED = "Untitled"
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{12,64}")
"""An article's id as it is made here; another one of a file's would name a file of the file's choice."""


@dataclass(frozen=True, slots=True)
class Match:
    """The article that a bundle belongs to."""

    article: Article
    is_new: bool
    """Whether it is to be put on the shelf."""
    is_stub: bool
    """Whether its text is only what was marked."""


class Shelf:
    """The articles that are here: on the shelf, or with notes only."""

    def __init__(self, home: Home, library: Library) -> None:
        self.home = home
        self._library = library
        self._lost = LostNotes(home)

    def find(self, bundle: Bundle) -> Match:
        """The article of `bundle`. Nothing is written."""
        origin = bundle.origin
        known = self._by_source_or_text(origin)
        if known is None and origin.text is None:
            known = self._by_title(origin)
        if known is not None:
            return Match(known, False, is_stub(known))
        if origin.text is not None:
            return Match(_whole(origin, origin.text), True, False)
        return self._stub(bundle)

    def has(self, id: str) -> bool:  # noqa: A002 (the field's name)
        """Whether an article of that id is on the shelf."""
        return self._library.get(id) is not None

    def text(self, id: str, version: str) -> str:  # noqa: A002 (the field's name)
        """The text of that hash of the article `id`; empty when it has had none such."""
        found = self._library.get(id, version) if version else None
        return found.text if found else ""

    def put(self, article: Article, tags: Iterable[str] = ()) -> Article:
        """Put it on the shelf, with tags; returns it under the id that it has there. Raises LibraryError."""
        (shelved,) = self._library.add([article])
        if tags := tuple(tags):
            Marks(self._library.file).tag([shelved.article.id], tags)
        return shelved.article

    def _by_source_or_text(self, origin: Origin) -> Article | None:
        """The article from that source; else the one that has, or has had, that text."""
        text, version = origin.text or "", origin.version if origin.text is None else ""
        if not (text or version or origin.source):
            return None
        source = origin.source or ("" if version else _clippings(origin))
        probe = replace(_whole(origin, NOTICE), text=text, source=source)
        if version:
            vars(probe)["text_hash"] = version
        id_ = self._library.identify(probe)
        return self._library.get(id_) if id_ else None

    def _by_title(self, origin: Origin) -> Article | None:
        """The one article of that title; not when both come from the web, from different pages."""
        title = one_line(origin.title)
        same = (
            [entry for entry in self._library.named(title) if entry.title.casefold() == title.casefold()]
            if title
            else []
        )
        if len(same) != 1 or (is_web(origin.source) and is_web(same[0].source)):
            return None
        # Notes on one text are none on another one that has the same title, of which only what was marked is here.
        if origin.version and hash_in(same[0].source):
            return None
        return self._library.get(same[0].id)

    def _stub(self, bundle: Bundle) -> Match:
        """An article of the quotes; under the id of notes that have lost it, with what is marked in them."""
        origin = bundle.origin
        lost, quotes = self._notes_of(origin), [highlight.selector.exact for highlight in bundle.highlights]
        if lost is not None:
            kept = read_kept(notes_path(self.home, lost.id))
            quotes = [*(highlight.selector.exact for highlight in kept.highlights), *quotes]
            origin = replace(origin, source=lost.header.source or origin.source, title=lost.header.title)
        made = stub(origin, quotes)
        made = replace(made, id=lost.id) if lost is not None else made
        if not origin.source and _HASH.fullmatch(origin.version):
            made = replace(made, id=lost.id if lost else origin.version[:12], source=text_iri(origin.version))
        return Match(made, True, True)

    def _notes_of(self, origin: Origin) -> Lost | None:
        """Notes that have lost their article, of the same source, text or, with the same title, id."""
        source = origin.source or ("" if origin.version else _clippings(origin))
        found = self._library.file.read(lambda connection: self._lost.look(connection).find(source, origin.version))
        if found is None and _ID.fullmatch(origin.id) and not self.has(origin.id):
            found = next((lost for lost in self._lost.of([origin.id]) if lost.header.title == origin.title), None)
        return found


def stub(origin: Origin, quotes: Iterable[str]) -> Article:
    """An article of quotes, whose text is not known."""
    return _whole(replace(origin, source=origin.source or _clippings(origin)), quoted(quotes), FURNITURE)


def _whole(origin: Origin, text: str, furniture: tuple[tuple[int, int], ...] = ()) -> Article:
    title = one_line(origin.title) or (UNTITLED if text.startswith(NOTICE) else first_line(text))
    own = origin.id if _ID.fullmatch(origin.id) else ""
    id_ = own if origin.text is not None else text_hash(f"{origin.source}\0{title}\0{origin.byline}")[:12]
    names = ("source", "byline", "publisher", "published", "language")
    known = {name: getattr(origin, name) for name in names}
    return make_article(text, title=title, furniture=furniture or origin.furniture, id=id_, **known)


def _clippings(origin: Origin) -> str:
    """What stands for the source of a book: the same each time, so that its clippings come together."""
    by = f" ({one_line(origin.byline)})" if origin.byline else ""
    return f"clippings:{one_line(origin.title) or UNTITLED}{by}"
