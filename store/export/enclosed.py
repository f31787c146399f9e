"""Markdown of the reader's that ends where it ends: what a note leaves open would swallow all that stands below it.

Two kinds of blocks go on to the end of a file when nobody closes them: fenced code, and HTML of the kinds 1 to 5
(CommonMark 0.31, sections 4.5 and 4.6). In lists and quotations they end by themselves.
"""

import re

_MAY_OPEN = re.compile(r"```|~~~|<[!?a-z]", re.IGNORECASE)
_HTML = re.compile(
    r" {0,3}(?:(?P<comment><!--)|(?P<command><\?)|(?P<data><!\[CDATA\[)|(?P<declaration><![a-z])"
    r"|<(?P<raw>pre|script|style|textarea)(?=[\s>]|\Z))",
    re.IGNORECASE,
)
_ENDS = {"comment": "-->", "command": "?>", "data": "]]>", "declaration": ">"}
_SMALL_DECLARATION = re.compile(r"<![a-z]")
_DEEPEST = 100
"""Lists and quotations within one another that are looked into."""


def enclosed(markdown: str) -> str:
    """`markdown`, with an end to the block that it leaves open, if it does.

    A note without code and HTML costs nothing, another one about a millisecond a hundred lines.
    """
    end = _open_end(markdown) if _MAY_OPEN.search(markdown) else None
    return markdown if end is None else f"{markdown}\n{end}"


def _open_end(markdown: str) -> str | None:
    """What is to end the block that swallows a paragraph put behind `markdown`; None when none does."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable("inline")
    # The parser knows declarations in capitals alone, as CommonMark had them before 0.30.
    known = _SMALL_DECLARATION.sub(lambda match: match[0].upper(), markdown)
    last = parser.parse(f"{known}\n\nbehind")[-1]
    if last.type == "fence":
        return last.markup
    html = _HTML.match(last.content) if last.type == "html_block" else None
    if html is None:
        return None
    return f"</{html['raw'].lower()}>" if html["raw"] else _ENDS[html.lastgroup or ""]
