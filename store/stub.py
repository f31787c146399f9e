"""The text of an article of which only what was marked is known: its quotes, a paragraph each, below a notice.

When such articles are made is the business of `store.imports.matching`.
"""

from collections.abc import Iterable
from dataclasses import replace

from store.annotation import Highlight
from store.article import Article
from store.spans import Span

NOTICE = "These are passages that were marked. The rest of the text is not here: open the source to read it."
"""What it begins with."""


FURNITURE: tuple[Span, ...] = ((0, len(NOTICE)),)
"""What is not the report in it."""
_LEAST = 12
"""Letters and digits of all passages together that are enough to tell a text by, beside its title."""
_SIGNS = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚", "'") | dict.fromkeys("–—‐‑", "-"))


def is_stub(article: Article) -> bool:
    """Whether the text of `article` is only what was marked in it."""
    return is_stub_text(article.text)


def is_stub_text(text: str) -> bool:
    """Whether `text` is only what was marked in an article."""
    return text.startswith(NOTICE)


def stands_in(stub: str, text: str) -> bool:
    """Whether all passages of the text of such an article stand in `text`, and are enough to tell it by.

    White space and the shape of quotation marks and dashes do not count.
    """
    passages = [_plain(line) for line in stub.split("\n")[1:] if line.strip()]
    if sum(letter.isalnum() for passage in passages for letter in passage) < _LEAST or is_stub_text(text):
        return False
    plain = _plain(text)
    return all(passage in plain for passage in passages)


def _plain(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())


def quoted(quotes: Iterable[str]) -> str:
    """The text of such an article: a notice, and each quote once."""
    return "\n".join([NOTICE, *dict.fromkeys(quote.strip() for quote in quotes)])


def grown(article: Article, highlights: Iterable[Highlight]) -> Article:
    """Such an article with the words of `highlights` behind those that it has."""
    more = dict.fromkeys(one.selector.exact.strip() for one in highlights)
    lines = set(article.text.split("\n"))
    missing = [quote for quote in more if quote not in lines and ("\n" not in quote or quote not in article.text)]
    return replace(article, text="\n".join([article.text, *missing])) if missing else article
