"""The parts that a query's SQL is put together from: a test with its parameters, and words made fit to be bound."""

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | float | int


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of a row of `articles` under the name `a`, as it stands in a WHERE, with its parameters."""

    sql: str
    values: tuple[Value, ...] = ()


def joined(word: str, conditions: Sequence[Condition], empty: str, group: bool = True) -> Condition:
    """All of `conditions` with `word` between them, in parentheses if `group`; `empty` when there are none."""
    if not conditions:
        return Condition(empty)
    sql = word.join(f"({one.sql})" if group and len(conditions) > 1 else one.sql for one in conditions)
    return Condition(sql, tuple(value for one in conditions for value in one.values))


def phrase(words: str, prefix: bool = False) -> str:
    """`words` in a row, as the full-text index takes them; control characters and lone surrogates part words."""
    cleaned = "".join(letter if letter >= " " and not "\ud800" <= letter <= "\udfff" else " " for letter in words)
    return '"{}"{}'.format(cleaned.replace('"', '""'), "*" if prefix else "")


def sound(text: str) -> str:
    """`text` without lone surrogates, which cannot be bound."""
    return text.encode("utf-8", "replace").decode("utf-8")


def raw(text: str) -> bytes:
    """`text` as bytes, to bind whole with `CAST(? AS TEXT)`: file names may hold lone surrogates."""
    return text.encode("utf-8", "surrogatepass")
