"""A notes file of our own (`store.notefile`), wherever it lies: one that was saved elsewhere, or a copy of one.

What was deleted in it is the business of `store.imports.deletions`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from store.errors import ImportingError
from store.imports import Bundle, jsonl
from store.imports.deletions import past_of
from store.notefile import ARTICLE, CORRECTIONS, FORM, HIGHLIGHTS, NOTES
from store.tablefile import FORMAT


def recognises(data: Any) -> bool:
    """Whether it has a format's number and the table that says which article is meant."""
    return isinstance(data, dict) and type(data.get(FORMAT)) is int and isinstance(data.get(ARTICLE), dict)


def read(data: Any) -> Iterator[Bundle | ImportingError]:
    """What it holds of its article, and what its steps of undo tell; or why it cannot be taken in."""
    if data[FORMAT] > FORM.number:
        yield ImportingError("it was made by a newer briefbook", "", "update briefbook")
        return
    try:
        header: dict[str, Any] = next(iter(data[ARTICLE].values()), {})
        rows = {name: list(data.get(name, {}).values()) for name in (HIGHLIGHTS, NOTES, CORRECTIONS)}
        yield replace(jsonl.bundle({**header, **rows}), past=past_of(data))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        yield ImportingError(f"this notes file is damaged ({error})", "", "give its last good copy")
