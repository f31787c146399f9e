"""What stands above the articles of the shelf: saved searches and groups, choosing one, opening and closing groups, and
counting anew what is in them. A side of the reader screen.
"""

import asyncio
from collections.abc import Iterator, Sequence

from textual import work

from store.errors import BriefbookError
from store.groups import Group
from tui.panes.heads import GROUP, SEARCH, group_key, head_rows
from tui.panes.row import Row
from tui.screens.finding import Finding

_COUNT_AFTER = 0.5
"""Seconds after a change until groups are counted anew: it takes 0.4 s of a processor at 100,000 articles."""
_OPEN = "groups"
"""Under which name it is remembered which groups are open."""


class Grouping(Finding):
    """The side of the reader screen that has to do with groups and saved searches."""

    _chosen_head = ""
    _drawn_groups: Sequence[Group] | None = None

    async def draw_shelf(self) -> None:
        """Draw the shelf; `Shelving` does it."""
        raise NotImplementedError

    def heads(self) -> list[Row]:
        """The rows above the articles; there are none while the shelf is filtered."""
        if self.shelf.filter:
            return []
        self._drawn_groups = self.desk.groups
        return head_rows(self.desk.searches, self.desk.groups or (), self._is_open)

    def filter_name(self) -> str:
        """What the shelf is filtered by: the name of the saved search or the group that was chosen, else the query."""
        name = self._chosen_head.removeprefix(SEARCH) if self._chosen_head.startswith(SEARCH) else ""
        group = self._group(self._chosen_head)
        found, query = (group.name, group.query) if group else (name, self._query_of(self._chosen_head))
        return found if found and query == self.shelf.filter else self.shelf.filter

    def choose_head(self, key: str) -> None:
        """Show what a saved search or a group holds; a group that only holds others is opened or closed."""
        query = self._query_of(key)
        if query:
            self._chosen_head = key
            self.shelf.set_filter(query)
        elif key.startswith(GROUP):
            self._turn_group(key, key not in self._open_groups)

    def leave_head(self) -> None:
        """Go back to what was chosen, when the shelf is no longer filtered."""
        if self._chosen_head and not self.shelf.filter:
            self.shelf.select(self._chosen_head)
            self._chosen_head = ""

    def open_group(self, key: str) -> None:
        """Show what stands in the group of that key."""
        group = self._group(key)
        if group is not None and group.children:
            self._turn_group(key, True)

    def close_group(self, key: str) -> None:
        """Hide what stands in the group of that key; from one that is closed go to the one that it stands in."""
        group = self._group(key)
        if group is not None and group.children and key in self._open_groups:
            self._turn_group(key, False)
            return
        outer = next((one for one in self._groups() if any(group_key(inner) == key for inner in one.children)), None)
        if outer is not None:
            self.shelf.select(group_key(outer))

    @work(exclusive=True, group="groups")
    async def count_groups_soon(self) -> None:
        """Count what is in which group, and draw that when it is not as it was."""
        await asyncio.sleep(_COUNT_AFTER)
        try:
            self.desk.groups = await asyncio.to_thread(self.desk.counted_groups)
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
            return
        if self.desk.groups != self._drawn_groups and not self.shelf.filter:
            await self.draw_shelf()

    def queries_of(self, key: str) -> list[str]:
        """The queries that find what a saved search or a group holds; of a group only what is on the shelf."""
        group = self._group(key)
        if group is None:
            return [query] if (query := self._query_of(key)) else []
        return [f"({one.query}) -is:archived" for one in _with_queries(group)]

    def _query_of(self, key: str) -> str:
        search = next((one for one in self.desk.searches if SEARCH + one.name == key), None)
        group = self._group(key)
        return search.query if search is not None else group.query if group is not None else ""

    def _group(self, key: str) -> Group | None:
        if not key.startswith(GROUP):
            return None
        return next((one for one in self._groups() if group_key(one) == key), None)

    def _groups(self) -> Iterator[Group]:
        """All of them, whatever is open."""
        waiting = list(self.desk.groups or ())
        while waiting:
            group = waiting.pop()
            yield group
            waiting.extend(group.children)

    @property
    def _open_groups(self) -> list[str]:
        """The keys of those that are open, as they are remembered."""
        kept = self.kept_state.get(_OPEN)
        return kept if isinstance(kept, list) else []

    def _is_open(self, group: Group) -> bool:
        return group_key(group) in self._open_groups

    @work(group="shelf")
    async def _turn_group(self, key: str, on: bool) -> None:
        self.kept_state[_OPEN] = [*(one for one in self._open_groups if one != key), *([key] if on else [])]
        await self.draw_shelf()


def _with_queries(group: Group) -> Iterator[Group]:
    """The group, or, when it only holds others, those of them that have a query."""
    if group.query:
        yield group
        return
    for one in group.children:
        yield from _with_queries(one)
