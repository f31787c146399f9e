"""The text of an article of which only what was marked is known: its quotes, a paragraph each, below a notice.

When such articles are made is the business of `store.imports.matching`.
"""

from collections.abc import Iterable
from dataclasses import replace

from store.annotation import Highlight
from store.article import Article

NOTICE = "These are passages that were marked. The rest of the text is not here: open the source to read it."
"""What it begins with."""


def is_stub(article: Article) -> bool:
    """Whether the text of `article` is only what was marked in it."""
    return article.text.startswith(NOTICE)


def quoted(quotes: Iterable[str]) -> str:
    """The text of such an article: a notice, and each quote once."""
    return "\n".join([NOTICE, *dict.fromkeys(quote.strip() for quote in quotes)])


def grown(article: Article, highlights: Iterable[Highlight]) -> Article:
    """Such an article with the words of `highlights` behind those that it has."""
    more = dict.fromkeys(one.selector.exact.strip() for one in highlights)
    lines = set(article.text.split("\n"))
    missing = [quote for quote in more if quote not in lines and ("\n" not in quote or quote not in article.text)]
    return replace(article, text="\n".join([article.text, *missing])) if missing else article
