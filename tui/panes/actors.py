"""What a row of the actors pane looks like, and in which orders the pane can be."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from store.analysis import Actor, Analysis
from store.columns import Spans
from store.spans import Span
from tui.panes.lines import Line, Piece, clean, fit, spread
from tui.panes.row import MadeRows, Row

SIGNS = {"person": "●", "organization": "■", "place": "◆", "group": "▲"}
"""What stands before a name, so that its kind does not hang on colour alone."""
ORDERS = ("importance", "appearance", "name", "kind")
DOUBTFUL = 0.5
"""Rows less sure than this show a question mark."""

_STRIP = 10
_LEVELS = "·▂▅█"


def actor_rows(analysis: Analysis, length: int, order: str = "importance") -> MadeRows:
    """A row for each actor, in one of `ORDERS`; `length` is that of the text in code points."""
    actors = _sorted(analysis.actors, order)

    def make(place: int) -> Row:
        actor = actors[place]
        words = " ".join(filter(None, (actor.name, actor.role, *actor.aliases)))
        return Row(actor.id, partial(actor_lines, actor, length), places(actor), words)

    return MadeRows(len(actors), make, [actor.id for actor in actors].index)


def places(actor: Actor) -> Spans:
    """Where the text names the actor or refers to it, in order."""
    return Spans.of(sorted({*actor.mentions, *actor.references}))


def _sorted(actors: Sequence[Actor], order: str) -> Sequence[Actor]:
    if order == "appearance":
        return sorted(actors, key=lambda actor: [*actor.mentions[:1]])
    if order == "name":
        return sorted(actors, key=lambda actor: actor.name.casefold())
    if order == "kind":
        kinds = list(SIGNS)
        return sorted(actors, key=lambda actor: kinds.index(actor.kind))
    return actors


def actor_lines(actor: Actor, length: int, width: int) -> list[Line]:
    """Sign, name, strip and count; beneath it the role, or else the names that are not a part of the name."""
    count = f"{len(actor.mentions):>3}"
    doubt: list[Piece] = [(" ?", "dim")] if actor.confidence < DOUBTFUL else []
    left: list[Piece] = [(f"{SIGNS[actor.kind]} ", actor.kind), (clean(actor.name), "name"), *doubt, (" ", "")]
    right: list[Piece] = (
        [(" ", ""), (strip(actor.mentions, length), "strip"), (count, "dim")] if width >= 26 else [(count, "dim")]
    )
    lines = [spread(left, right, width)]
    role = actor.role if actor.role and actor.role.casefold() != actor.name.casefold() else ""
    beneath = role or ", ".join(alias for alias in actor.aliases if alias not in actor.name)
    if beneath:
        lines.append((("  ", ""), (fit(clean(beneath), width - 2), "dim")))
    return lines


def strip(mentions: Sequence[Span], length: int, cells: int = _STRIP) -> str:
    """Where in the text the mentions stand: `cells` cells from its start to its end, higher where there are more.

    Costs a few bisections, however many mentions there are; they must be in order.
    """
    borders = [bisect_left(mentions, (-(-length * cell // cells), -1)) for cell in range(cells)]
    counts = (after - before for before, after in pairwise([*borders, len(mentions)]))
    return "".join(_LEVELS[min(count, len(_LEVELS) - 1)] for count in counts)
