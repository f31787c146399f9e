"""A web page to an article: the paragraphs, lists, tables and captions of the report in it as text.

Reading the page's own statements about itself is `metadata`'s business, finding the report `report`'s.
"""

from store.article import Article, make_article, one_line
from store.errors import IntakeError
from store.intake import dates, head, metadata, page, report
from store.intake.blocks import Block, compose


def article(text: str, source: str) -> Article:
    """The article in a page.

    Raises:
        IntakeError: when there is no text in the page.
    """
    tree = page.parse(text)
    about = metadata.read(tree)
    blocks = report.blocks(tree)
    title = about.title or next((block.text for block in blocks if block.heading), "")
    plain, furniture = compose(block for block in blocks if not _said_above(block, title, about))
    if not plain:
        raise IntakeError(
            "there is no text in this page", source, "save it again from the browser when its text is shown"
        )
    lines = head.read(plain)
    return make_article(
        plain,
        title=title,
        source=source,
        byline=about.byline or lines.byline,
        publisher=about.publisher or lines.publisher,
        published=about.published or lines.published,
        language=about.language or "en",
        furniture=sorted({*furniture, *lines.furniture}),
    )


def fragment(text: str) -> list[Block]:
    """The blocks of a piece of HTML within another text."""
    return report.all_blocks(page.parse(text))


def _said_above(block: Block, title: str, about: metadata.Metadata) -> bool:
    """Whether a block says only what the title, byline and date of the article say."""
    line = one_line(block.text)
    if block.heading and line.casefold() == title.casefold():
        return True
    if len(line) > 120:
        return False
    return bool(about.byline and head.byline(line)) or bool(about.published and dates.line(line))
