"""A file of tables: its bytes, the number of its format, and the names of what lies beside it.

Nothing here writes, locks or decides what happens to a file that cannot be understood: that is `store.durable`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from store.errors import NotebookError

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""Documents by table and document id."""

FORMAT = "format"
"""The key beside the tables that holds the number of the file's format."""

_ACTING = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xd8\x9c": re.compile(rb"\xd8\x9c"),
    b"\xe2\x80": re.compile(rb"\xe2\x80[\x8e\x8f\xa8-\xae]"),
    b"\xe2\x81": re.compile(rb"\xe2\x81[\xa6-\xa9]"),
}
"""DEL, C1 and bidirectional controls, line separators in UTF-8: what JSON allows and a terminal may obey. By their
first bytes, which are searched for far faster than any pattern."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a file's content must be."""

    number: int
    """The present format. Files of an older one are migrated, files of a newer one refused."""
    check: Callable[[Tables], object]
    """Called with what was read; raises KeyError, TypeError or ValueError when that is not of the right form."""
    migrations: Mapping[int, Callable[[Document], Document]] = field(default_factory=dict)
    """By older number: what makes content of the next one; 0 stands for a file without a number."""


class DamagedError(Exception):
    """What a file holds cannot be understood; the words say why. Never leaves the storage and its checks."""


def encode(tables: Tables, form: Format) -> bytes:
    """The file's bytes: JSON in UTF-8, sorted keys, two blanks a level, no character that a terminal obeys."""
    content = {**tables, FORMAT: form.number}
    try:
        data = orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # orjson refuses lone surrogates; the same layout from the standard library, with those as JSON escapes.
        text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        data = text.encode("utf-8", "backslashreplace")
    for begin, acting in _ACTING.items():
        if begin in data:
            data = acting.sub(_escape, data)
    return data


def _escape(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match[0].decode())


def decode(data: bytes, form: Format, path: Path) -> Tables:
    """The inverse of `encode`, older formats migrated; `path` is named in errors.

    Raises:
        DamagedError: it is not JSON, or not of the right form.
        NotebookError: it is of a newer format.
    """
    try:
        content = json.loads(data)
        number = format_of(content)
        if number > form.number:
            raise _too_new(path, number, form.number)
        for step in range(number, form.number):
            content = form.migrations[step](content)
        tables = {key: value for key, value in content.items() if key != FORMAT}
        if not all(isinstance(row, dict) for table in tables.values() for row in table.values()):
            raise TypeError("no tables")
        form.check(tables)
    except RecursionError as error:
        raise DamagedError("it is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise DamagedError(f"it is no JSON from line {error.lineno} on" if data.strip() else "it is empty") from error
    except UnicodeDecodeError as error:
        raise DamagedError("it is not UTF-8") from error
    except ValueError as error:
        raise DamagedError(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DamagedError("it is JSON of another kind") from error
    return tables


def format_of(content: Any) -> int:
    """The number of the format of a file's content; 0 when it has none. Raises TypeError when it is of another kind."""
    number = content.get(FORMAT, 0) if isinstance(content, dict) else None
    if not isinstance(number, int) or number < 0:
        raise TypeError("no format")
    return number


def number_of(data: bytes, form: Format) -> int:
    """The number of the format of a sound file; costs little when it is the present one, laid out by `encode`."""
    # No string of a JSON file holds a bare newline, so that this line can stand at the top level only.
    return form.number if b'\n  "%s": %d,' % (FORMAT.encode(), form.number) in data else format_of(json.loads(data))


def copy_name(path: Path) -> Path:
    """Where the last good copy of `path` lies."""
    return path.with_name(f".{path.name}.copy")


def lock_name(path: Path) -> Path:
    """The file whose lock stands for `path`."""
    return path.with_name(f".{path.name}.lock")


def fresh_name(path: Path, tag: str) -> Path:
    """A name beside `path` that no file has: its own, `tag` and the time (UTC)."""
    base = f"{path.name.removeprefix('.')}.{tag}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(base if count == 1 else f"{base}-{count}") for count in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _too_new(path: Path, number: int, known: int) -> NotebookError:
    return NotebookError(
        f"it is of format {number}, made by a newer briefbook (this one knows format {known})",
        path,
        "update briefbook; the file was left as it is",
    )
