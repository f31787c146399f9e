"""Plain text to an article: its characters stay as they are, its first lines tell title, byline, date and publisher."""

from store.article import Article, first_line, make_article
from store.intake import head


def article(text: str, source: str) -> Article:
    """The article of a plain text; only line ends become LF.

    Raises:
        IntakeError: when the text has no visible character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = head.read(text)
    return make_article(
        text,
        title=told.title or first_line(head.without_dateline(text.lstrip())),
        source=source,
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        furniture=told.furniture,
    )
