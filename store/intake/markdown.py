"""Markdown: headings, lists, tables, quotations and code as plain paragraphs, links as their text.

Parsing is markdown-it-py's (CommonMark with tables and strike-through); front matter is read by `front_matter`, and
HTML within Markdown by `html`. Lines of one paragraph are joined.
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING

from store.article import one_line
from store.intake import dates, front_matter, head
from store.intake.blocks import Block, Lists, compose, table
from store.intake.reading import Reading

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

_DEEPEST = 40
"""Quotations, lists and items that may stand in one another; markdown-it leaves out what is deeper, and takes time for
each level where a line is nothing but brackets."""
_DEEPEST_INLINE = 12
"""Links, images and emphasis in one another."""
_SPACES = {"softbreak": " ", "hardbreak": "\n"}
_WORDS = frozenset(["text", "text_special", "code_inline"])


def read(text: str) -> Reading:
    """What a Markdown text holds. A file that has only a title is that title."""
    told, body = front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = list(_blocks(body))
    title = one_line(_any(told, "title", "headline") or next((block.text for block in blocks[:3] if block.heading), ""))
    plain, furniture = compose(_without_title(blocks, title))
    lines = head.read(plain)
    return Reading(
        plain or title,
        title=title or lines.title,
        byline=head.names(_any(told, "author", "authors", "byline", "by", "writer")) or lines.byline,
        publisher=_any(told, "publisher", "source", "publication", "site", "outlet", "organization") or lines.publisher,
        published=dates.iso(_any(told, "date", "published", "created", "datepublished")) or lines.published,
        language=_any(told, "lang", "language"),
        furniture=furniture + lines.furniture,
    )


def _any(told: dict[str, str], *keys: str) -> str:
    return next((told[key] for key in keys if told.get(key)), "")


def _without_title(blocks: Sequence[Block], title: str) -> Iterator[Block]:
    """The blocks without the heading that only repeats the title."""
    for at, block in enumerate(blocks):
        if at >= 3 or not block.heading or one_line(block.text).casefold() != title.casefold():
            yield block


def _parser() -> "MarkdownIt":
    """The parser, which asks for links only where there may be one: at each bracket it tries all that follow it."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link

    made = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    brackets: dict[str, Container[int]] = {}

    def where_closed(rule: "Rule") -> "Rule":
        def asked(state: "StateInline", silent: bool) -> bool:
            at = state.pos + state.src.startswith("!", state.pos)
            if not state.src.startswith("[", at):
                return False
            if state.src not in brackets:
                brackets[state.src] = _closed_brackets(state.src)
            return at in brackets[state.src] and rule(state, silent)

        return asked

    def less_deep(state: "StateCore") -> None:
        state.md.options["maxNesting"] = _DEEPEST_INLINE

    made.inline.ruler.at("link", where_closed(link))
    made.inline.ruler.at("image", where_closed(image))
    made.core.ruler.before("inline", "less_deep", less_deep)
    return made


def _closed_brackets(words: str) -> Container[int]:
    """Where a bracket opens that may be closed again."""
    if any(sign in words for sign in "`\\<"):
        return range(words.rfind("]"))  # some may be code, or escaped: only the last that closes is certain
    opened: list[int] = []
    closed = set()
    for match in re.finditer(r"[\[\]]", words):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            closed.add(opened.pop())
    return closed


def _blocks(text: str) -> Iterator[Block]:
    tokens = _parser().parse(text)
    lists = Lists()
    rows: list[list[str]] = []
    heading = 0
    for token in tokens:
        lists.follow(token.tag, token.nesting, int(token.attrs.get("start", 1)))
        match token.type:
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Block(table(rows))
                rows = []
            case "inline" if rows:
                rows[-1].append(_plain(token.children or [])[0])
            case "inline":
                words, share = _plain(token.children or [])
                yield lists.block(words, share, heading=heading)
            case "fence" | "code_block":
                yield Block(token.content.rstrip("\n"))
            case "html_block":
                from store.intake import html

                yield from html.fragment(token.content)
            case _:
                pass


def _plain(tokens: Sequence["Token"]) -> tuple[str, float]:
    """The words of inline tokens, and which share of them is link text. Images and HTML tags have no words."""
    pieces: list[str] = []
    linked, depth = 0, 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        piece = token.content if token.type in _WORDS else _SPACES.get(token.type, "")
        linked += len(piece) if depth else 0
        pieces.append(piece)
    words = "".join(pieces)
    return words, linked / max(1, len(words.strip()))
