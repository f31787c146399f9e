"""Markdown of the reader's that ends where it ends: what a note leaves open would swallow all that stands below it.

Two kinds of blocks go on to the end of a file when nobody closes them: fenced code, and HTML of the kinds 1 to 5
(CommonMark 0.31, sections 4.5 and 4.6). In lists and quotations they end by themselves.
"""

import re

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})")
_HTML = re.compile(
    r" {0,3}(?:(?P<comment><!--)|(?P<command><\?)|(?P<data><!\[CDATA\[)|(?P<declaration><![a-z])"
    r"|<(?P<raw>pre|script|style|textarea)(?=[\s>]|\Z))",
    re.IGNORECASE,
)
_ENDS = {"comment": "-->", "command": "?>", "data": "]]>", "declaration": ">"}
_RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)


def enclosed(markdown: str) -> str:
    """`markdown`, with an end to the block that it leaves open, if it does."""
    end: str | None = None
    for line in markdown.split("\n"):
        end = _opened(line) if end is None else None if _closes(line, end) else end
    return markdown if end is None else f"{markdown}\n{end}"


def _opened(line: str) -> str | None:
    """What is to end the block that begins in `line` and goes on behind it; None when there is none."""
    if fence := _FENCE.match(line):
        return fence["fence"]
    html = _HTML.match(line)
    if html is None:
        return None
    end = f"</{html['raw'].lower()}>" if html["raw"] else _ENDS[html.lastgroup or ""]
    return None if _closes(line[html.end() :], end) else end


def _closes(line: str, end: str) -> bool:
    if end[0] in "`~":
        return re.fullmatch(rf" {{0,3}}{end[0]}{{{len(end)},}}[ \t]*", line) is not None
    return _RAW_END.search(line) is not None if end.startswith("</") else end in line
