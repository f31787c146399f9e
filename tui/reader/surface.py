"""The article widget: all sides of it put together, and the keys that lead to them."""

from textual import events

from tui.actions import ACTIONS, Keymap, Where, actions_in
from tui.keymaps import keymap
from tui.keys import bindings, install, prefixes
from tui.reader.messages import Said
from tui.reader.requests import Requests
from tui.reader.sequences import Sequences, Step
from tui.reader.styles import CSS

_PLACES = {item.id: item.where for item in ACTIONS}
_WAITS_FOR = {
    "set_mark": "Mark: a letter",
    "go_mark": "To mark: its letter, or ' for where you were",
    "colour": "Colour: 1 yellow  2 red  3 green  4 blue  5 purple",
}
_REFUSES = {
    "set_mark": "A mark is a letter or a digit",
    "go_mark": "A mark is a letter or a digit",
    "colour": "The colours are 1 yellow  2 red  3 green  4 blue  5 purple",
}
"""What is said when another key comes than those that complete the action."""
_COMPLETED_BY = {"set_mark": "", "go_mark": "", "colour": "12345"}
"""The actions that wait for one key more, and which: empty stands for any letter or digit."""
_ALSO_SELECTING = frozenset(("half_page_down", "half_page_up", "page_down", "page_up", "wider", "narrower", "alone"))


class Reader(Requests):
    """The article, with a sentence cursor that is always on, a selection, layers, search, marks.

    Messages: `Moved`, `SelectionChanged`, `Act`, `Clicked`, `Searched`, `Said`, `Request`.
    """

    DEFAULT_CSS = CSS
    BINDINGS = [*bindings("selecting"), *bindings("reading")]  # noqa: RUF012 (Textual declares it so)

    def __init__(self, *, id: str | None = None, classes: str | None = None, measure: int = 72) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, measure=measure)
        self._direct: tuple[dict[str, str], dict[str, str]] = {}, {}
        self._sequences = Sequences(prefixes(keymap(), _COMPLETED_BY), _COMPLETED_BY)
        self._selecting_keys = _by_key(keymap(), "selecting").keys()

    def set_keys(self, keys: Keymap, *, counts: bool = False) -> None:
        """Use these keys; `counts`: digits before a motion repeat it (but for digits that are keys of a selection).

        From then on the reader carries out its own keys in the order in which they come. The toolkit would carry them
        out two queues later: behind a sequence that was typed after them, when the app is busy.
        """
        install(self, "selecting", "reading", keys=keys)
        reading, selecting = _by_key(keys, "reading"), _by_key(keys, "selecting")
        also = {key: id_ for key, id_ in reading.items() if id_ in _ALSO_SELECTING}
        self._direct = reading, also | selecting
        self._sequences = Sequences(prefixes(keys, _COMPLETED_BY), _COMPLETED_BY, counts=counts)
        self._selecting_keys = selecting.keys()
        if self.is_mounted:
            self.refresh_bindings()

    @property
    def pending(self) -> str:
        """What is typed of an unfinished sequence: a count, or the id of the action that waits for a key."""
        return self._sequences.pending

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action is of this moment: some need a selection, most that there is none."""
        selecting = self._anchor is not None
        place = _PLACES.get(action)
        if place == "selecting":
            return selecting
        return not selecting or place != "reading" or action in _ALSO_SELECTING

    def on_key(self, event: events.Key) -> None:
        """Take the keys of the reader; all others go to the bindings."""
        if self._hints:
            self._type_hint(event.character or event.key)
        elif not self._feed(event) and not self._do_directly(event):
            return
        event.stop()
        event.prevent_default()

    def _feed(self, event: events.Key) -> bool:
        """Offer a key to the sequences; the keys of a selection come first while there is one."""
        selecting = self._anchor is not None and not self._sequences.pending
        if selecting and not self._selecting_keys.isdisjoint((event.key, event.character)):
            return False
        begun = bool(self._sequences.pending)
        step = self._sequences.feed(event.key, event.character)
        if step.kind == "done":
            self._carry_out(step)
        elif step.kind == "wait":
            self.post_message(Said(_WAITS_FOR.get(self.pending, self.pending)))
        elif step.kind == "drop":
            self.post_message(Said(_REFUSES.get(step.action, "")))
        elif begun:
            self.post_message(Said(""))  # the key that the count is for has come
        return step.kind != "pass"

    def _do_directly(self, event: events.Key) -> bool:
        """Carry out the action that this key means now; whether there is one."""
        actions = self._direct[self._anchor is not None]
        action_id = actions.get(event.key) or actions.get(event.character or "")
        if action_id is not None:
            getattr(self, f"action_{action_id}")()
        self._sequences.leave()
        return action_id is not None

    def action_set_mark(self) -> None:
        """Wait for a letter to remember this place under."""
        self._wait("set_mark")

    def action_go_mark(self) -> None:
        """Wait for a letter to go to the place remembered under it."""
        self._wait("go_mark")

    def action_colour(self) -> None:
        """Wait for the digit of a colour to highlight in."""
        self._wait("colour")

    def _wait(self, action: str) -> None:
        self._sequences.begin(action)
        self.post_message(Said(_WAITS_FOR[action]))

    def _carry_out(self, step: Step) -> None:
        """Do what a finished sequence says."""
        if step.action == "set_mark":
            self.set_mark(step.argument)
            self.post_message(Said(f"Marked {step.argument}; ' and {step.argument} come back here"))
        elif step.action == "go_mark":
            there = self.go_mark(step.argument)
            self.post_message(Said("" if there else f"There is no mark {step.argument}"))
        else:
            self.request(step.action, step.argument)

    def _count(self) -> int:
        return self._given_count() or 1

    def _given_count(self) -> int | None:
        return self._sequences.take_count()


def _by_key(keys: Keymap, place: Where) -> dict[str, str]:
    """The action by its key, in one place; where two share a key the first one has it."""
    found: dict[str, str] = {}
    for item in actions_in(place):
        for key in keys[item.id]:
            found.setdefault(key, item.id)
    return found
