"""The YAML front matter of an exported file: written with every value quoted right, and read for its one key of ours.

Not a YAML library: it emits scalars and lists of them, and reads nothing but `briefbook`.
"""

import re
from collections.abc import Mapping, Sequence

KEY = "briefbook"
"""The key that holds the article's id and so says whose export a file is."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?")
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>.*?)^---[ \t]*(\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OURS = re.compile(rf"""^{KEY}:[ \t]*["']?(?P<id>[0-9a-f]+)["']?[ \t]*\r?$""", re.MULTILINE)
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]')


def emit(values: Mapping[str, str | Sequence[str]]) -> str:
    """A front matter block with those values and lists, the empty ones left out."""
    lines = (f"{key}: {_value(value)}\n" for key, value in values.items() if value)
    return f"---\n{''.join(lines)}---\n"


def _value(value: str | Sequence[str]) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(map(scalar, value))}]"


def scalar(value: str) -> str:
    """`value` as a YAML scalar: a date plain, anything else in double quotes (YAML 1.2, section 7.3.1).

    Quoted always, because `12e456789012` is a number, `no` a truth value and `a: b` a mapping where they stand plain.
    """
    return value if _DATE.fullmatch(value) else f'"{_ESCAPED.sub(_escape, value)}"'


def article_id(text: str) -> str | None:
    """The id of the article whose export `text` is; None when its front matter has none."""
    block = _BLOCK.match(text)
    ours = _OURS.search(block["body"]) if block else None
    return ours["id"] if ours else None


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in '"\\':
        return "\\" + char
    if char == "\n":
        return "\\n"
    code = ord(char)
    # A lone surrogate is no character; YAML has no escape for it.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"
