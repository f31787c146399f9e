"""The articles as sources, in BibTeX that biblatex reads as well.

An article of a publisher is an `@article`, anything else `@misc`. Keys are made of author, year and title and stay the
same while those do; of several alike the later ones get a letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from store.article import Article
from store.export import Export
from store.export.csl import authors, issued
from store.export.links import page_link
from store.export.plain import unlined

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
# BibTeX counts braces also behind a backslash, so a single one must not be written as one.
_SPECIAL |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"} | {char: f"\\{char}" for char in "&%$#_"}
_SMALL = {"a", "an", "the", "on", "in", "of", "to", "for", "and", "at", "as"}


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """An entry an article."""
    taken: dict[str, int] = {}
    for export in exports:
        key = _key(export.article)
        count = taken[key] = taken.get(key, 0) + 1
        yield _entry(export, key if count == 1 else f"{key}{_letters(count - 1)}")


def escaped(text: str) -> str:
    """`text` on one line, its special characters as TeX prints them."""
    return "".join(_SPECIAL.get(char, char) for char in unlined(text))


def _entry(export: Export, key: str) -> str:
    article = export.article
    date = issued(article.published)
    link = page_link(article.source)
    fields = {
        # Braces keep the capitals of the title.
        "title": f"{{{escaped(article.title)}}}",
        "author": " and ".join(_name(author) for author in authors(article.byline, article.publisher)),
        "journal": escaped(article.publisher),
        "year": str(date[0]) if date else "",
        "month": MONTHS[date[1] - 1] if len(date) > 1 and 1 <= date[1] <= 12 else "",
        "day": str(date[2]) if len(date) > 2 else "",
        "url": link.replace("{", "%7B").replace("}", "%7D"),
        "keywords": escaped(", ".join(export.tags)),
        "annote": escaped("; ".join(note.text for note in export.notes_on().get(None, []))),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{'article' if article.publisher else 'misc'}{{{key},\n{''.join(lines)}}}\n\n"


def _name(author: dict[str, str]) -> str:
    if "literal" in author:
        return f"{{{escaped(author['literal'])}}}"
    return f"{escaped(author['family'])}, {escaped(author['given'])}"


def _key(article: Article) -> str:
    first = next(iter(authors(article.byline)), {})
    who = first.get("family") or first.get("literal") or article.publisher
    words = [word for word in re.findall(r"\w+", article.title.casefold()) if word not in _SMALL]
    year = article.published[:4] if issued(article.published) else ""
    return "".join(filter(None, (_ascii(who), year, _ascii(words[0] if words else "")))) or article.id


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text.casefold()))


def _letters(number: int) -> str:
    """1 is `a`, 27 is `aa`."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
