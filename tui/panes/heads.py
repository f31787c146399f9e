"""What stands above the articles of the shelf, a line each: saved searches, and groups as a tree.

No Textual in here.
"""

from collections.abc import Callable, Sequence
from functools import partial

from store.groups import Group, walk
from store.marks import SavedSearch
from tui.panes.lines import Line, Piece, clean, fit, spread, width_of
from tui.panes.row import Row

SEARCH, GROUP = "search:", "group:"
"""How the keys of saved searches and of groups begin."""


def is_article(key: str) -> bool:
    """Whether a row of the shelf with that key is an article."""
    return not key.startswith((SEARCH, GROUP))


def group_key(group: Group) -> str:
    """The key of a group's row: the same as long as the group is called so."""
    return GROUP + (group.query or group.name)


def head_rows(searches: Sequence[SavedSearch], groups: Sequence[Group], is_open: Callable[[Group], bool]) -> list[Row]:
    """The rows, searches first.

    Args:
        is_open: whether the groups within a group are shown.
    """
    rows = [Row(SEARCH + one.name, partial(search_lines, one), words=one.query) for one in searches]
    for depth, one in walk(groups, is_open):
        draw = partial(group_lines, one, depth, is_open(one))
        rows.append(Row(group_key(one), draw, words=one.name))
    return rows


def search_lines(search: SavedSearch, width: int) -> list[Line]:
    """The name of a saved search, and its query."""
    pieces = [("⌕ ", "open"), (clean(search.name), "name"), (f"  {clean(search.query)}", "dim")]
    return [spread(pieces, [], width)]


def group_lines(group: Group, depth: int, is_open: bool, width: int) -> list[Line]:
    """The name, whose end says most and stays, and how many of its articles are unread: `▸ inbox  3/12`."""
    sign = ("▾ " if is_open else "▸ ") if group.children else "  "
    count: list[Piece] = [(f" {group.unread:,}", "name"), (f"/{group.articles:,}", "dim")]
    if not group.unread:
        count = [(f" {group.articles:,}", "dim")]
    room = width - 2 * depth - 2 - width_of(count)
    name = _fit_end(clean(group.name), room)
    return [spread([("  " * depth, ""), (sign, "open"), (name, "name" if group.unread else "")], count, width)]


def _fit_end(name: str, room: int) -> str:
    """A path that does not fit loses what comes first; any other name its end."""
    while width_of([(name, "")]) > room and "/" in name:
        name = "…" + name.removeprefix("…").partition("/")[2]
    return fit(name, room)
