"""A table for spreadsheets: a row a highlight and note and, on request, a row an actor, a number and a quote.

Cells that a spreadsheet would run as formulas are guarded by an apostrophe (OWASP, CSV Injection), which spreadsheets
do not show. Offsets count code points of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from store.analysis import Analysis
from store.annotation import COLOURS, Note
from store.export import Export, Placed
from store.export.csv_rows import rows
from store.export.links import page_link
from store.export.plain import plain

HEADER = (
    "Article", "Title", "Source", "Row", "Text", "Note", "Tags", "Colour", "Start", "End", "State", "Who", "Kind",
    "Value", "High", "Unit", "Of", "Created", "Link",
)  # fmt: skip
"""The columns. `Row` is highlight, note, actor, number or quote; `State` says how a highlight stands in the text (one
of `store.export.STATES`), and how a number compares: ~ about, < > <= >=, up, down; nothing where it just is."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%\t\r\n]")
_FIGURE = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """The header, then the rows of an article at a time."""
    yield rows([HEADER])
    for export in exports:
        article = export.article
        known = {"Article": article.id, "Title": article.title, "Source": article.source}
        made = [*_marks(export), *(_found(export.analysis, article.text) if export.analysis else [])]
        yield rows([_cells({**known, **row}) for row in made])


def guarded(cell: str) -> str:
    """`cell` as a spreadsheet shows it without running it; figures stay figures."""
    text = plain(cell)
    return f"'{text}" if _FORMULA.match(text) and not _FIGURE.fullmatch(text) else text


def _cells(row: dict[str, str]) -> list[str]:
    return [guarded(row.get(name, "")) for name in HEADER]


def _marks(export: Export) -> Iterator[dict[str, str]]:
    notes = export.notes_on()
    for item in export.placed:
        yield _highlight(export, item, notes.get(item.highlight.id, []))
    for note in notes.get(None, []):
        yield {"Row": "note", "Note": note.text, "Tags": ", ".join(note.tags), "Created": note.created}


def _highlight(export: Export, item: Placed, notes: Sequence[Note]) -> dict[str, str]:
    highlight = item.highlight
    tags = dict.fromkeys([*highlight.tags, *(tag for note in notes for tag in note.tags)])
    row = {"Row": "highlight", "Text": highlight.selector.exact, "Note": "\n\n".join(note.text for note in notes)}
    row |= {"Tags": ", ".join(tags), "Colour": COLOURS[highlight.colour - 1], "State": item.grade}
    row |= _place(*item.span) if item.span else {}
    return row | {"Created": highlight.created, "Link": page_link(export.article.source, highlight.selector)}


def _found(analysis: Analysis, text: str) -> Iterator[dict[str, str]]:
    for actor in analysis.actors:
        place = _place(*actor.mentions[0]) if actor.mentions else {}
        more = {"Of": actor.role or "", "Note": ", ".join(actor.aliases), "Value": str(len(actor.mentions))}
        yield {"Row": "actor", "Text": actor.name, "Who": actor.name, "Kind": actor.kind} | more | place
    for number in analysis.numbers:
        value = {"Value": str(number.value), "High": "" if number.high is None else str(number.high)}
        value |= {"Unit": number.unit or "", "Of": number.of or ""}
        value |= {"State": "" if number.relation == "=" else number.relation}
        yield {"Row": "number", "Text": number.text, "Kind": number.kind} | value | _place(*number.span)
    for who, quote in zip(analysis.speaker_names(text), analysis.quotes, strict=True):
        yield {"Row": "quote", "Text": quote.text, "Who": who, "Kind": quote.kind} | _place(*quote.span)


def _place(start: int, end: int) -> dict[str, str]:
    return {"Start": str(start), "End": str(end)}
