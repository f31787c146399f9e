"""Keys that wait for another key, and counts, as one small state machine. No Textual in here.

The toolkit binds single keys only. A prefix key (mark, to mark, colour) waits for one key more; in the vim preset
digits are a count for the motion that follows (`3j`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MOST = 9_999
"""The largest count; a held digit key must not freeze the reader."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a key."""

    kind: Literal["pass", "wait", "drop", "done"]
    """`pass`: not ours, let the bindings have it; `wait`: taken, more is awaited; `drop`: taken, the sequence was left;
    `done`: taken, `action` is to be carried out."""
    action: str = ""
    """The id of the action that waited; empty when it was left on purpose, by Esc."""
    argument: str = ""
    """The key that completed it: a letter or a digit."""


PASS, WAIT, DROP = Step("pass"), Step("wait"), Step("drop")


class Sequences:
    """The state between two keys.

    Args:
        prefixes: action id by the key that begins it.
        allowed: for each such action the characters that complete it; empty: any letter or digit, or the prefix itself.
        counts: whether digits make a count.
    """

    def __init__(self, prefixes: Mapping[str, str], allowed: Mapping[str, str], *, counts: bool = False) -> None:
        self._prefixes = prefixes
        self._allowed = allowed
        self.counts = counts
        """Whether digits make a count."""
        self._count = ""
        self._waiting = ""

    @property
    def pending(self) -> str:
        """What has been typed of an unfinished sequence, for the status line: a count, or the id that waits."""
        return self._waiting or self._count

    def feed(self, key: str, character: str | None) -> Step:
        """Take a key, named as the toolkit names it, with the character it types, if any."""
        if self._waiting:
            return self._complete(key, character)
        if self.counts and character and character in "0123456789" and (self._count or character != "0"):
            self._count = str(min(int(self._count + character), MOST))
            return WAIT
        if key == "escape" and self._count:
            self._count = ""
            return DROP
        waiting = self._prefixes.get(character or key) or self._prefixes.get(key)
        if waiting:
            self._waiting = waiting
            return WAIT
        return PASS

    def begin(self, action: str) -> None:
        """Wait for the key that completes `action`, as if its prefix had been typed."""
        self._waiting = action

    def take_count(self) -> int | None:
        """The count typed before this motion, once; None when there was none."""
        count, self._count = self._count, ""
        return int(count) if count else None

    def leave(self) -> None:
        """Forget what was begun."""
        self._count = self._waiting = ""

    def _complete(self, key: str, character: str | None) -> Step:
        action, self._waiting, self._count = self._waiting, "", ""
        allowed = self._allowed.get(action, "")
        itself = self._prefixes.get(character or key) == action
        fits = character in allowed if allowed and character else bool(character and (character.isalnum() or itself))
        if key == "escape":
            return DROP
        return Step("done", action, character or "") if fits else Step("drop", action)
