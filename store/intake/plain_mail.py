"""The plain text of a message as paragraphs: lines that were broken for the way are joined, and what is quoted, signed
or put below by a mailing list is told apart. Headers and parts are `mail`'s business.
"""

import re
from collections.abc import Iterator

from store.intake.blocks import Block

_QUOTED = re.compile(r"\s?[>|](?:\s|>|$)")
_SIGNATURE = re.compile(r"--\s?")
_BELOW = re.compile(
    r"-{3,}\s*(?:original message|ursprüngliche nachricht|message d'origine)\s*-{3,}|_{20,}|-{20,}\s*", re.IGNORECASE
)
"""Lines below which there is only what was written before, or what a mailing list adds."""
_ATTRIBUTION = re.compile(
    r"(?:on|am|le|el) .{5,300}?(?:wrote|schrieb|a écrit|escribió)[^:\n]{0,80}\s?:", re.IGNORECASE | re.DOTALL
)
_ADDED = re.compile(r"from:|sent:|to:|von:|de :|.{0,80}mailing list|you received this|to unsubscribe", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*•·]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
_WRAPPED = (45, 100)
"""How long lines are that were broken by a program: at least, and at most."""


def blocks(text: str, *, flowed: bool = False) -> Iterator[Block]:
    """The paragraphs of a plain text.

    Args:
        flowed: whether lines that end in a blank go on in the next one (RFC 3676).
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((at for at in range(len(lines)) if _ends(lines, at)), len(lines))
    for run, quoted in _runs(lines[:end]):
        whole = "\n".join(run)
        if quoted or is_attribution(whole):
            yield Block(whole, furniture=True)
        else:
            yield from _paragraphs(run, flowed)
    if rest := "\n".join(lines[end:]).strip("\n"):
        yield Block(rest, furniture=True)


def is_attribution(text: str) -> bool:
    """Whether a paragraph only says who wrote what is quoted below it ("On Monday Ann wrote:")."""
    return len(text) <= 400 and bool(_ATTRIBUTION.fullmatch(text.strip()))


def _ends(lines: list[str], at: int) -> bool:
    """Whether the message itself ends before a line."""
    if _SIGNATURE.fullmatch(lines[at]):
        return True
    return bool(_BELOW.fullmatch(lines[at].strip())) and (
        "message" in lines[at].lower() or any(_ADDED.match(line.strip()) for line in lines[at + 1 : at + 4])
    )


def _runs(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Runs of lines without a blank one, and whether they are quoted."""
    run: list[str] = []
    for line in [*lines, ""]:
        if run and (not line.strip() or bool(_QUOTED.match(line)) != bool(_QUOTED.match(run[0]))):
            yield run, bool(_QUOTED.match(run[0]))
            run = []
        if line.strip():
            run.append(line)


def _paragraphs(run: list[str], flowed: bool) -> Iterator[Block]:
    """A run of lines as a paragraph, or as several where it is a list."""
    first = True
    for item in _items(run):
        yield Block(_joined(item, flowed), tight=not first)
        first = False


def _items(run: list[str]) -> Iterator[list[str]]:
    item: list[str] = []
    for line in run:
        if item and _ITEM.match(line):
            yield item
            item = []
        item.append(line)
    yield item


def _joined(lines: list[str], flowed: bool) -> str:
    if flowed and any(line.endswith(" ") for line in lines[:-1]):
        pieces = [line.removeprefix(" ") for line in lines]
        return "".join(piece if piece.endswith(" ") else piece + "\n" for piece in pieces).strip("\n")
    least, most = _WRAPPED
    if all(least <= len(line.rstrip()) for line in lines[:-1]) and all(len(line) <= most for line in lines):
        return " ".join(line.strip() if at else line.rstrip() for at, line in enumerate(lines))
    return "\n".join(line.rstrip() for line in lines)
