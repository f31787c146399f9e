"""What the command palette offers: every action, by its words."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import ACTIONS, Action
from tui.keymaps import shown

if TYPE_CHECKING:
    from tui.screens.reader import ReaderScreen

_UNOFFERED = frozenset(
    {"palette", "line_down", "line_up", "row_down", "row_up", "act", "colour", "set_mark", "go_mark"}
)
"""Actions that make no sense from a list: they need a key after them or are the list's own keys."""


_EXACT = 1000.0
"""What the very key or name of an action is worth."""
_SAID = 0.4
"""What a match in an action's sentence is worth beside one in its name."""


class ActionProvider(Provider):
    """Finds actions of the reader screen."""

    @property
    def _reader(self) -> "ReaderScreen":
        return cast("ReaderScreen", self.screen)

    def _offered(self) -> Iterator[tuple[Action, str]]:
        keys = self._reader.keys
        seen: set[str] = set()
        for action in ACTIONS:
            if action.where != "selecting" and action.id not in _UNOFFERED and action.label not in seen:
                seen.add(action.label)
                key = f" ({shown(keys[action.id][0])})" if keys[action.id] else ""
                yield action, f"{action.label}{key}"

    async def discover(self) -> Hits:
        """Everything, in the order of the table."""
        for action, name in self._offered():
            yield DiscoveryHit(Content(name), partial(self._reader.perform, action.id), text=name, help=action.help)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for action, name in self._offered():
            text = f"{name} – {action.help}" if action.help != action.label else name
            # What an action is called counts for more than what is said of it.
            score = max(matcher.match(name), matcher.match(text) * _SAID)
            if query in self._reader.keys[action.id] or query.casefold() == action.label.casefold():
                score = _EXACT
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._reader.perform, action.id), text=text)
