"""The block of `key: value` lines at the head of a Markdown file: the part of YAML that is used there.

It never fails: a block that is not closed, or does not hold `key: value` lines, is text. Anchors, tags, types and
nested tables of YAML are not known here; TOML between `+++` lines is read by the standard library.
"""

import re

_BLOCK = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\n(?P<inside>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"(?P<key>[A-Za-z_][\w .-]{0,40}?)\s*:(?:[ \t]+(?P<value>.*)|[ \t]*)")
_LONGEST = 20_000
"""Code points that a front matter may have; what is longer is text."""


def split(text: str) -> tuple[dict[str, str], str]:
    """The values in the front matter of `text` by their key in lower case, and the text after it.

    Lists become one value, parted by commas. Without a front matter the values are empty and `text` is whole.

    >>> split("---\\ntitle: 'The port'\\nauthors: [Ana Ruiz, Tom Lee]\\n---\\nText")
    ({'title': 'The port', 'authors': 'Ana Ruiz, Tom Lee'}, 'Text')
    """
    match = _BLOCK.match(text[:_LONGEST])
    if not match:
        return {}, text
    values = _toml(match["inside"]) if match["fence"] == "+++" else _pairs(match["inside"])
    return (values, text[match.end() :]) if values else ({}, text)


def _pairs(inside: str) -> dict[str, str]:
    """Keys and values; empty when a line is none of: pair, list item, continuation, comment."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in inside.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] in " \t-" and key:
            values[key].append(line.strip())
        elif match := _PAIR.fullmatch(line.rstrip()):
            key = match["key"].lower()
            values[key] = [match["value"] or ""]
        elif not key:
            return {}
    return {key: found for key, lines in values.items() if (found := _value(lines))}


def _value(lines: list[str]) -> str:
    first, rest = lines[0].strip(), lines[1:]
    if first.startswith("[") and first.endswith("]"):
        return ", ".join(filter(None, map(_scalar, first[1:-1].split(","))))
    if not first and rest and all(line.startswith("-") for line in rest):
        return ", ".join(filter(None, (_scalar(line[1:]) for line in rest)))
    if first in ("|", ">", "|-", ">-", "|+", ">+"):
        return " ".join(rest)
    if not first and any(_PAIR.fullmatch(line) for line in rest):
        return next((_scalar(line.split(":", 1)[1]) for line in rest if line.startswith("name:")), "")
    return _scalar(" ".join([first, *rest]))


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", value[1:-1])
    value = re.sub(r"\s+#.*", "", value)
    return "" if value in ("null", "~") else value


def _toml(inside: str) -> dict[str, str]:
    import tomllib

    try:
        return {
            key.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            for key, value in tomllib.loads(inside).items()
        }
    except (ValueError, RecursionError):  # also an integer of more digits than Python writes
        return {}
