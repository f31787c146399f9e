"""Blocks of ours within a file of the reader's: finding, updating, adding, marking them, every other byte left alone.

A block stands between `<!-- bb-ID DIGEST -->` and `<!-- /bb-ID -->`. The digest is of what we wrote between them, so
that a block which the reader changed is known from one that we may replace. Blocks are updated where they stand,
however the reader moved them. What is in a block is the business of the format.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

DELETED = "*Deleted in briefbook. Remove this block, or keep it as you like.*"
"""The line that marks a block whose highlight or note is gone; nothing is ever removed from the file."""

_OPEN = re.compile(r"<!-- bb-([\w-]+) ([0-9a-f]{8}) -->\s*")
_CLOSE = re.compile(r"<!-- /bb-([\w-]+) -->\s*")
_FENCE = re.compile(r"<(?=!-- /?bb-)")
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_TARGET = re.compile(r"^\^bb-([\w-]+)\s*$", re.MULTILINE)
"""The link target of a block that the reader keeps without our borders."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """What is to stand in the file."""

    id: str
    section: str
    """The heading under which it is added when it is not in the file yet."""
    body: str
    """Markdown, LF line ends, no blank lines at its ends."""


@dataclass(slots=True)
class Outcome:
    """The new text of the file, and the ids of the blocks by what happened to them."""

    text: str = ""
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    """Marked as deleted, this time."""
    edited: list[str] = field(default_factory=list)
    """Changed here and by the reader in the file: left as the reader has them."""


@dataclass(slots=True)
class _Piece:
    """Some lines of the file: one of our blocks, or (without an id) something of the reader's."""

    text: str
    id: str = ""
    digest: str = ""
    body: str = ""


def update(text: str, blocks: Sequence[Block], owned: re.Pattern[str], left_out: Collection[str] = ()) -> Outcome:
    """`text` with `blocks` in it.

    Args:
        text: the file as it is.
        blocks: what is to stand in it, in order, with unique ids.
        owned: matches the ids of blocks that are marked as deleted when they are not among `blocks`.
        left_out: the ids of those that are not deleted, but stay in the file as they are.
    """
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    pieces = list(_scan(text))
    outcome = Outcome()
    wanted = {block.id: block for block in blocks}
    seen: set[str] = set()
    for piece in pieces:
        if piece.id and piece.id not in seen:
            seen.add(piece.id)
            if piece.id in left_out and piece.id not in wanted:
                continue
            _renew(piece, wanted.get(piece.id), newline, outcome, owned)
    taken = {id_ for piece in pieces if not piece.id for id_ in _TARGET.findall(piece.text)}
    missing = [block for block in blocks if block.id not in seen and block.id not in taken]
    _add(pieces, missing, blocks, newline)
    outcome.added += [block.id for block in missing]
    outcome.text = "".join(piece.text for piece in pieces)
    return outcome


def harmless(markdown: str) -> str:
    """`markdown` with nothing in it that could be taken for the borders of a block."""
    return _FENCE.sub(r"\\<", markdown)


def _renew(piece: _Piece, block: Block | None, newline: str, outcome: Outcome, owned: re.Pattern[str]) -> None:
    """Bring a block in the file up to date, unless the reader changed it."""
    if block is None and (not owned.fullmatch(piece.id) or piece.body.endswith(DELETED)):
        return
    body = block.body if block else f"{piece.body}\n\n{DELETED}"
    if _digest(body) == piece.digest:
        return
    if _digest(piece.body) != piece.digest:
        outcome.edited.append(piece.id)
        return
    piece.text = _fenced(piece.id, body, newline)
    (outcome.updated if block else outcome.deleted).append(piece.id)


def _add(pieces: list[_Piece], missing: Sequence[Block], blocks: Sequence[Block], newline: str) -> None:
    """Put new blocks where the order of their section wants them.

    That is before the next of its section, so that what the reader wrote below a block stays below it; else behind
    what follows the one before it, up to a heading; else under the section's heading; else at the end, with a heading.
    The new blocks of one place are put there together, so that the cost grows with the file only.
    """
    new = {block.id for block in missing}
    for section in dict.fromkeys(block.section for block in missing):
        siblings = [block for block in blocks if block.section == section]
        places = {piece.id: piece for piece in reversed(pieces) if piece.id}
        ahead: dict[int, list[_Piece]] = {}
        waiting: list[_Piece] = []
        last: _Piece | None = None
        for block in siblings:
            if block.id in new:
                waiting.append(_Piece(_fenced(block.id, block.body, newline), block.id))
            elif block.id in places:
                last = places[block.id]
                ahead[id(last)] = waiting
                waiting = []
        pieces[:] = _with_ahead(pieces, ahead, newline)
        if waiting:
            _insert(pieces, _place(pieces, last, section, newline), waiting, newline)


def _with_ahead(pieces: Iterable[_Piece], ahead: Mapping[int, list[_Piece]], newline: str) -> list[_Piece]:
    """`pieces`, with new ones before those whose identity is in `ahead`."""
    whole: list[_Piece] = []
    for piece in pieces:
        if new := ahead.get(id(piece)):
            _insert(whole, len(whole), new, newline)
            whole.append(_Piece(newline))
        whole.append(piece)
    return whole


def _place(pieces: list[_Piece], last: _Piece | None, section: str, newline: str) -> int:
    """Where new blocks go that have none of their section after them; `last` is the one before them."""
    if last is None:
        return _section_start(pieces, section, newline)
    at = next(index for index, piece in enumerate(pieces) if piece is last)
    return _split(pieces, at + 1, _HEADING, at_start=True)


def _section_start(pieces: list[_Piece], section: str, newline: str) -> int:
    heading = re.compile(rf"^## {re.escape(section)}[ \t]*\r?\n", re.MULTILINE)
    for index, piece in enumerate(pieces):
        if not piece.id and heading.search(piece.text):
            return _split(pieces, index, heading, at_start=False)
    _insert(pieces, len(pieces), [_Piece(f"## {section}{newline}")], newline)
    return len(pieces)


def _split(pieces: list[_Piece], index: int, mark: re.Pattern[str], *, at_start: bool) -> int:
    """Cut the reader's piece at `index` before or behind its first `mark`, or its end; the index behind the cut."""
    if index == len(pieces) or pieces[index].id:
        return index
    text = pieces[index].text
    match = mark.search(text)
    cut = len(text) if match is None else match.start() if at_start else match.end()
    pieces[index : index + 1] = [_Piece(text[:cut]), _Piece(text[cut:])]
    return index + 1


def _insert(pieces: list[_Piece], index: int, new: Sequence[_Piece], newline: str) -> None:
    """Insert `new` with an empty line above, between and below, where there is none yet."""
    above = _end(pieces, index).replace("\r\n", "\n")
    below = next((piece.text for piece in islice(pieces, index, None) if piece.text), "")
    missing = 0 if not above or above.endswith("\n\n") else 1 if above.endswith("\n") else 2
    gap = newline if below and not below.startswith(("\n", "\r\n")) else ""
    parted = [part for piece in new for part in (piece, _Piece(newline))][:-1]
    pieces[index:index] = [_Piece(newline * missing), *parted, _Piece(gap)]


def _end(pieces: Sequence[_Piece], index: int) -> str:
    """The last few characters before the piece at `index`."""
    end = ""
    while index > 0 and len(end) < len("\r\n\r\n"):
        index -= 1
        end = pieces[index].text[-4:] + end
    return end


def _scan(text: str) -> Iterator[_Piece]:
    """`text` cut into pieces; joined they are `text` again."""
    waiting: list[str] = []
    lines: list[str] = []
    opened: re.Match[str] | None = None
    for line in _LINE.findall(text):
        if match := _OPEN.fullmatch(line):
            waiting += lines
            lines, opened = [line], match
        elif opened and (match := _CLOSE.fullmatch(line)) and match[1] == opened[1]:
            yield _Piece("".join(waiting))
            body = "".join(lines[1:]).replace("\r\n", "\n").strip("\n")
            yield _Piece("".join([*lines, line]), opened[1], opened[2], body)
            waiting, lines, opened = [], [], None
        else:
            lines.append(line)
    yield _Piece("".join([*waiting, *lines]))


def _fenced(id_: str, body: str, newline: str) -> str:
    # Empty lines within: older Markdown programs take what follows a comment at once for HTML.
    return f"<!-- bb-{id_} {_digest(body)} -->\n\n{body}\n\n<!-- /bb-{id_} -->\n".replace("\n", newline)


def _digest(body: str) -> str:
    """Of the words, not of white space at the ends of lines, which editors remove by themselves."""
    stripped = "\n".join(line.rstrip() for line in body.strip("\n").split("\n"))
    return hashlib.sha256(stripped.encode("utf-8", "replace")).hexdigest()[:8]
