"""A file of annotations, whatever its format: recognised by what is in it, read within limits, never run."""

import importlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from store.errors import ImportingError
from store.imports import FORMATS, Bundle, jsonl, kindle, readwise

MOST_BYTES = 64 << 20
"""Of a file that must be read whole: JSON, clippings. CSV and JSON Lines are read row by row."""

_HEAD = 1 << 16
_JSON = ("notesfile", "jsonld", "hypothesis", "koreader")


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a file."""

    format: str
    """One of `store.imports.FORMATS`."""
    bundles: Iterator[Bundle | ImportingError]
    """An article each; in place of a part that cannot be read, why."""


def read(file: BinaryIO) -> Contents:
    """What is in `file`, which can be sought in and stays open until all bundles are taken.

    Raises:
        ImportingError: it is no format that is known, it is damaged, or too large.
    """
    start = file.read(_HEAD)
    file.seek(0)
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    head = start.decode(encoding, "replace")
    if not head.strip():
        raise ImportingError("there is nothing in it", "", "give a file with annotations")
    text = io.TextIOWrapper(file, encoding, newline="")
    if head.lstrip()[:1] in "{[":
        return _json(text)
    if kindle.recognises(head):
        return Contents("kindle", kindle.read(io.StringIO(_whole(text), newline=None)))
    if readwise.recognises(head):
        return Contents("readwise", _lines(readwise.read(text)))
    raise _unknown()


def _json(text: io.TextIOWrapper) -> Contents:
    if jsonl.recognises(_first_line(text)):
        text.seek(0)
        return Contents("jsonl", _lines(jsonl.read(text)))
    text.seek(0)
    data = _parsed(_whole(text))
    for name in _JSON:
        module = importlib.import_module(f"store.imports.{name}")
        if module.recognises(data):
            return Contents(name, module.read(data))
    raise _unknown()


def _first_line(text: io.TextIOWrapper) -> Any:
    try:
        return json.loads(text.readline(jsonl.MOST_LINE))
    except (ValueError, RecursionError):
        return None


def _whole(text: io.TextIOWrapper) -> str:
    try:
        read = text.read(MOST_BYTES + 1)
    except UnicodeDecodeError as error:
        raise ImportingError("it is not UTF-8 text", "", "save it as UTF-8") from error
    if len(read) > MOST_BYTES:
        raise ImportingError(f"it is larger than {MOST_BYTES >> 20} MB", "", "split it into several files")
    return read


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ImportingError("its brackets are too deep", "", "export it again") from error
    except json.JSONDecodeError as error:
        why = f"it is not JSON: {error.msg.lower()} in line {error.lineno}"
        raise ImportingError(why, "", "export it again") from error
    except ValueError as error:
        raise ImportingError("a number in it is too long", "", "export it again") from error


def _lines(bundles: Iterator[Bundle | ImportingError]) -> Iterator[Bundle | ImportingError]:
    """`bundles`; what is no text ends them."""
    try:
        yield from bundles
    except UnicodeDecodeError:
        yield ImportingError("a part of it is not UTF-8 text", "", "save it as UTF-8")


def _unknown() -> ImportingError:
    return ImportingError("this is no format that can be imported", "", f"these can: {', '.join(FORMATS.values())}")
