"""The order of what lies on the desk: keys of articles, each once, whose place is found without looking through all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Stack(Sequence[str]):
    """Keys in order; those that are given twice stand at their first place."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self._keys = list(self._places)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        """The key, or the keys, at a place."""
        return self._keys[place]

    def place(self, key: str) -> int | None:
        """Where `key` stands; None when it does not."""
        return self._places.get(key)

    def index(self, key: str, start: int = 0, stop: int | None = None) -> int:
        """Where `key` stands. Raises ValueError when it does not."""
        place = self._places.get(key)
        if place is None:
            raise ValueError(key)
        return place
