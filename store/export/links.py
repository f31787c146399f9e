"""Links: to the passage on its web page, to the highlight in the program, and the IRI of an article.

The first is a text fragment (WICG, URL Fragment Text Directives): `#:~:text=prefix-,start,end,-suffix`.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from store.annotation import Highlight, Selector
from store.article import Article, hash_in, text_iri
from store.canonical import is_web

LONGEST_WHOLE = 120
"""A passage of more characters is named by its first and last words; browsers and people like short links."""
_WORDS = 4
"""How many words name an end of a long passage, or what stands beside it."""
_WORD = re.compile(r"\S+")
_HEAD = re.compile(r"\S*\Z")
_TAIL = re.compile(r"\S*")


def short_id(id_: str) -> str:
    """The last twelve digits of a UUID, which are random in versions 4 and 7; a version 7 begins with the time."""
    return id_.replace("-", "")[-12:]


def open_words(article: Article, highlight: Highlight) -> str:
    """What `briefbook open` takes to show that highlight."""
    return f"{article.id}#{short_id(highlight.id)}"


def page_link(source: str, selector: Selector | None = None) -> str:
    """The web page at `source`, at the passage; empty when the source is no web page."""
    if not is_web(source):
        return ""
    address = _address(source)
    if selector is None or not selector.exact.strip():
        return address
    return f"{address}{'' if '#' in address else '#'}:~:text={_directive(selector)}"


def source_iri(article: Article) -> str:
    """The IRI of what is annotated: the web page; else the text by its hash, so that no path leaves the machine."""
    return article.source if is_web(article.source) or hash_in(article.source) else text_iri(article.text_hash)


@lru_cache(16)
def _address(source: str) -> str:
    return quote(source, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def _directive(selector: Selector) -> str:
    # Browsers match whole words only, so a passage that begins or ends within a word is named with all of it.
    head = _HEAD.search(selector.prefix) if not selector.exact[:1].isspace() else None
    tail = _TAIL.match(selector.suffix) if not selector.exact[-1:].isspace() else None
    first, last = head[0] if head else "", tail[0] if tail else ""
    prefix, suffix = selector.prefix[: len(selector.prefix) - len(first)], selector.suffix[len(last) :]
    before = _WORD.findall(prefix.rpartition("\n")[2])
    after = _WORD.findall(suffix.partition("\n")[0])
    # The outermost word of a context may have been cut.
    parts = [f"{_encoded(before[1:][-_WORDS:])}-"] if len(before) > 1 else []
    parts += _passage(f"{first}{selector.exact}{last}")
    parts += [f"-{_encoded(after[:-1][:_WORDS])}"] if len(after) > 1 else []
    return ",".join(parts)


def _passage(exact: str) -> list[str]:
    words = _WORD.findall(exact)
    # A term must lie within one block of the page, so several paragraphs are always named by their ends.
    if len(words) < 2 * _WORDS or (len(exact) <= LONGEST_WHOLE and "\n" not in exact.strip()):
        return [_encoded(words)]
    return [_encoded(_WORD.findall(exact.strip().partition("\n")[0])[:_WORDS]),
            _encoded(_WORD.findall(exact.strip().rpartition("\n")[2])[-_WORDS:])]  # fmt: skip


def _encoded(words: list[str]) -> str:
    # A dash parts the pieces of a directive, and `quote` leaves it as it is.
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
