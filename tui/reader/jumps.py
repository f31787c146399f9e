"""Where the reader was: the list of jumps and the marks under letters. No Textual in here."""

from collections.abc import Mapping

_MOST = 100


class Jumps:
    """The places that the reader left by a jump, newest last, and the places remembered under a letter."""

    def __init__(self) -> None:
        self._left: list[int] = []
        self.marks: dict[str, int] = {}
        """Offset by letter."""

    def record(self, offset: int) -> None:
        """Remember that a jump begins at `offset`."""
        if not self._left or self._left[-1] != offset:
            self._left.append(offset)
            del self._left[:-_MOST]

    def back(self, offset: int) -> int | None:
        """The place left last, which is not `offset`, and forget it; None when there is none."""
        while self._left:
            place = self._left.pop()
            if place != offset:
                return place
        return None

    def swap(self, offset: int) -> int | None:
        """The place left last, with `offset` remembered in its stead: going there and back again and again."""
        place = self.back(offset)
        if place is not None:
            self.record(offset)
        return place

    @property
    def places(self) -> set[int]:
        """All places that are remembered."""
        return {*self._left, *self.marks.values()}

    def follow(self, before: "Jumps", moved: Mapping[int, int]) -> None:
        """Remember what `before` does, each of its places at where it is now."""
        self._left = [moved[place] for place in before._left]
        self.marks = {letter: moved[place] for letter, place in before.marks.items()}
