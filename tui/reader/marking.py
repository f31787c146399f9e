"""Marks under letters, the way back after a jump, and the letters beside links."""

import re

from store.spans import Span
from tui.reader.messages import Request
from tui.reader.selecting import Selecting

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘’«»{}|\\^`]+")
_TRAILING = ".,;:!?'’\"”»*_"
_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class Marking(Selecting):
    """The side of the reader that remembers places and shows links."""

    def set_mark(self, letter: str) -> None:
        """Remember the caret's place under `letter`."""
        self.jumps.marks[letter] = self._caret

    def go_mark(self, letter: str) -> bool:
        """Go to the place remembered under `letter`; for `'` there and back again. Whether there is one."""
        place = self.jumps.swap(self._caret) if letter == "'" else self.jumps.marks.get(letter)
        if place is None:
            return False
        if letter != "'":
            self.jumps.record(self._caret)
        self._go_back_to(place)
        return True

    def action_jump_back(self) -> None:
        """To where the cursor was before the last jump; nothing moves when there was none."""
        place = self.jumps.back(self._caret)
        if place is not None:
            self._go_back_to(place)

    def _go_back_to(self, offset: int) -> None:
        self._place_caret(offset)
        self._reveal(self.sentence if self._anchor is None else (offset, offset))

    # --- links -------------------------------------------------------------------------------------------------

    def action_links(self) -> None:
        """Show a letter beside each link in sight; without one, ask the app with an empty argument."""
        found = self._links_in_sight()
        if not found:
            self.post_message(Request("links", self.sentence, ""))
            return
        self._hints = dict(zip(labels(len(found)), found, strict=True))
        self._redraw()

    def _links_in_sight(self) -> list[tuple[Span, str]]:
        if not self._rows:
            return []
        start, end = self._rows[0][1].start, self._rows[-1][1].end
        found = links(self._text, max(0, start - 2_000), min(len(self._text), end + 2_000))
        return [(span, url) for span, url in found if start <= span[0] < end]

    def _type_hint(self, typed: str) -> None:
        """Take a letter while hints are shown: open the link it names, narrow them, or leave."""
        chosen = self._hints.get(typed)
        rest = {label[1:]: link for label, link in self._hints.items() if label.startswith(typed) and len(label) > 1}
        self._hints = {} if chosen else rest
        self._redraw()
        if chosen:
            span, url = chosen
            self.post_message(Request("links", span, url))


def links(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    """The web links in `text[start:end]` with their addresses; punctuation that ends the sentence is left out."""
    found = []
    for match in _LINK.finditer(text, start, end):
        url = match[0].rstrip(_TRAILING)
        while url.endswith((")", "]")) and url.count(url[-1]) > url.count({")": "(", "]": "["}[url[-1]]):
            url = url[:-1].rstrip(_TRAILING)
        address = url if url.startswith("http") else f"https://{url}"
        found.append(((match.start(), match.start() + len(url)), address))
    return found


def labels(count: int) -> list[str]:
    """`count` different labels of one letter each, or of two when there are more than letters."""
    if count <= len(_LETTERS):
        return list(_LETTERS[:count])
    pairs = [first + second for first in _LETTERS for second in _LETTERS]
    return pairs[: min(count, len(pairs))]
