"""Markdown to an article: headings, lists, tables, quotations and code as plain paragraphs, links as their text.

Parsing is markdown-it-py's (CommonMark with tables and strike-through); front matter is read by `front_matter`, and
HTML within Markdown by `html`. Lines of one paragraph are joined.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.article import Article, make_article, one_line
from store.intake import dates, front_matter, head
from store.intake.blocks import Block, compose, item, table
from store.spans import Span

if TYPE_CHECKING:
    from markdown_it.token import Token


def article(text: str, source: str) -> Article:
    """The article of a Markdown text.

    Raises:
        IntakeError: when it has no text.
    """
    told, body = front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = list(_blocks(body))
    title = one_line(told.get("title", "") or told.get("headline", "") or _first_heading(blocks))
    plain, furniture = compose(_without_title(blocks, title))
    lines = head.read(plain)
    return make_article(
        plain or title,
        title=title or lines.title,
        source=source,
        byline=head.names(_any(told, "author", "authors", "byline", "by", "writer")) or lines.byline,
        publisher=_any(told, "publisher", "source", "publication", "site", "outlet", "organization") or lines.publisher,
        published=dates.iso(_any(told, "date", "published", "created", "datepublished")) or lines.published,
        language=_any(told, "lang", "language") or "en",
        furniture=_united(furniture, lines.furniture),
    )


def _any(told: dict[str, str], *keys: str) -> str:
    return next((told[key] for key in keys if told.get(key)), "")


def _united(*groups: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted({span for group in groups for span in group}))


def _first_heading(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks[:3] if block.heading), "")


def _without_title(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """The blocks without the heading that only repeats the title."""
    for at, block in enumerate(blocks):
        if at < 3 and block.heading and one_line(block.text).casefold() == title.casefold():
            continue
        yield block


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    lists: list[int | None] = []
    mark: str | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                mark = item("", len(lists), lists[-1])
                lists[-1] = None if lists[-1] is None else lists[-1] + 1
            case "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield Block(table(list(_rows(tokens[at:end]))))
                at = end
            case "inline":
                words, share = _plain(token.children or [])
                level = int(tokens[at - 1].tag[1]) if tokens[at - 1].type == "heading_open" else 0
                indent = mark if mark is not None else "  " * len(lists)
                yield Block(indent + words, share > 0.9, bool(lists), len(lists), share, level)
                mark = None
            case "fence" | "code_block":
                yield Block(token.content.rstrip("\n"))
            case "html_block":
                from store.intake import html

                yield from html.fragment(token.content)
        at += 1


def _rows(tokens: Sequence["Token"]) -> Iterator[list[str]]:
    row: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_plain(token.children or [])[0])
        elif token.type == "tr_close":
            yield row


def _plain(tokens: Sequence["Token"]) -> tuple[str, float]:
    """The words of inline tokens, and which share of them is link text. Images and HTML tags have no words."""
    pieces: list[str] = []
    linked, depth = 0, 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        piece = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")
        if token.type in ("text", "code_inline", "text_special"):
            piece = token.content
        linked += len(piece) if depth else 0
        pieces.append(piece)
    words = "".join(pieces)
    return words, linked / max(1, len(words.strip()))
