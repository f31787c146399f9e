"""Web pages: the paragraphs, lists, tables and captions of the report in it as text.

Reading the page's own statements about itself is `metadata`'s business, finding the report `report`'s.
"""

import re

from store.article import one_line
from store.intake import dates, head, metadata, page, report
from store.intake.blocks import LINK, Block, compose
from store.intake.reading import Reading


def read(text: str) -> Reading:
    """What the report in a page holds; its text is empty when there is none in the page."""
    tree = page.parse(text)
    return reading(metadata.read(tree), report.blocks(tree))


def reading(about: metadata.Metadata, blocks: list[Block]) -> Reading:
    """What a report of these blocks holds, in a page that says this about itself."""
    title = about.title or next((block.text for block in blocks if block.heading), "")
    plain, furniture = compose(_below_title(blocks, title, about))
    lines = head.read(plain)
    return Reading(
        plain or (title if blocks else ""),
        title=title,
        byline=about.byline or lines.byline,
        publisher=about.publisher or lines.publisher,
        published=about.published or lines.published,
        language=about.language,
        furniture=furniture + lines.furniture,
    )


def fragment(text: str) -> list[Block]:
    """The blocks of a piece of HTML within another text."""
    return report.all_blocks(page.parse(text))


def _below_title(blocks: list[Block], title: str, about: metadata.Metadata) -> list[Block]:
    """The blocks without the title, links above it, and lines that only repeat the byline or the date."""
    folded = title.casefold()
    at = next((at for at, block in enumerate(blocks) if block.heading and _line(block).casefold() == folded), -1)
    above = [block for block in blocks[: max(at, 0)] if block.link_share <= LINK]
    return [block for block in above + blocks[at + 1 :] if not _repeats(_line(block), about)]


def _line(block: Block) -> str:
    return one_line(block.text)


def _repeats(line: str, about: metadata.Metadata) -> bool:
    if len(line) > 120 or line.endswith("."):
        return False
    if about.published and dates.line(line):
        return True
    named = set(re.findall(r"\w+", about.byline))
    only_names = len(line) <= len(about.byline) + 40 and named <= set(re.findall(r"\w+", line))
    return bool(about.byline) and (bool(head.byline(line)) or only_names)
