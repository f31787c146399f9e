"""Steps that can be taken back: a table `history` in the same file as the tables that the steps change.

A step keeps, by table and id, the documents as they stood on its other side (None: there was none). Undo and redo
are one operation, the exchange of those with what stands now, so that nothing is lost by either. Each window takes
back its own steps (`store.windows`), and only where what they left still stands. Writing the file is the business of
`store.durable`, the meaning of the documents that of `store.notebook`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Document, Table

from store.annotation import now
from store.windows import Window

HISTORY = "history"
"""The table's name."""

MOST_STEPS = 100
"""How many steps can be taken back; older ones are forgotten."""

MOST_CHARACTERS = 200_000
"""How much text the steps may hold together; the last one is kept however long it is."""


class ById(Table):
    """A table whose documents are found by their own id, a string, so that two machines never number alike."""

    document_id_class = cast("type[int]", str)  # TinyDB takes any class here; only its annotation says int

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        # No query cache: it would not see what another process wrote.
        super().__init__(storage, name, cache_size, persist_empty)


class Tables(TinyDB):
    """A TinyDB of such tables."""

    table_class = ById


class Change:
    """One change in the making: puts and removes documents and remembers what stood there before."""

    def __init__(self, database: TinyDB) -> None:
        self._database = database
        self.before: dict[str, dict[str, dict[str, Any] | None]] = {}
        """By table and id: the document before the change, None where there was none."""

    def get(self, table: str, id: str) -> dict[str, Any] | None:  # noqa: A002 (the field's name)
        """The document as it stands now."""
        return get(self._database, table, id)

    def put(self, table: str, document: dict[str, Any]) -> None:
        """Put `document` at its `"id"`, in place of what is there."""
        self._remember(table, [document["id"]])
        put(self._database, table, document["id"], document)

    def put_all(self, table: str, documents: Iterable[dict[str, Any]]) -> None:
        """The same for many documents of different ids; TinyDB copies the whole table for each `put`."""
        by_id = {document["id"]: document for document in documents}
        self._remember(table, by_id)
        here = self._database.table(table)
        here.remove(doc_ids=cast("list[int]", [key for key in by_id if self.get(table, key) is not None]))
        here.insert_multiple(Document(document, doc_id=cast("int", key)) for key, document in by_id.items())

    def remove(self, table: str, ids: Iterable[str]) -> None:
        """Remove the documents of these ids; one that is not there is passed over."""
        ids = list(ids)
        self._remember(table, ids)
        self._database.table(table).remove(doc_ids=cast("list[int]", ids))

    def ids(self, table: str, key: str, value: str) -> list[str]:
        """The ids of the documents whose `key` is `value`."""
        return [document["id"] for document in self._database.table(table).search(where(key) == value)]

    def _remember(self, table: str, ids: Iterable[str]) -> None:
        before = self.before.setdefault(table, {})
        for id in ids:  # noqa: A001
            before.setdefault(id, self.get(table, id))


def get(database: TinyDB, table: str, id: str) -> dict[str, Any] | None:  # noqa: A002
    """The document of that id; None when there is none."""
    found = database.table(table).get(doc_id=cast("int", id))
    return dict(found) if found is not None else None


def put(database: TinyDB, table: str, id: str, document: dict[str, Any]) -> None:  # noqa: A002
    """Put `document` at `id`, in place of what is there."""
    database.table(table).upsert(Document(document, doc_id=cast("int", id)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the wish to undo or redo a step."""

    label: str
    """What the step did, in a few words."""
    overtaken: bool = False
    """Whether nothing was done, because another window has changed the same since."""


Sound = Callable[[Change], bool]
"""Whether the documents hold together after a change."""


def record(database: TinyDB, by: str, label: str, change: Change, window: Window) -> None:
    """Keep a change as the last step of `window`, after which it has nothing to redo.

    Args:
        by: the id of what the reader did. See `known`.
        label: what was done, in a few words ("highlight deleted").
        change: what it changed; nothing is kept of an empty one.
    """
    if not any(change.before.values()):
        return
    table = database.table(HISTORY)
    steps = sorted(table, key=_number, reverse=True)
    live = [step for step in steps if not step["undone"]]
    gone = [step for step in steps if step["undone"] and window.owns(step)]
    gone += _too_old(live, len(str(change.before)))
    if gone:
        table.remove(doc_ids=[step.doc_id for step in gone])
    number = 1 + max((_number(step) for step in steps if step not in gone), default=0)
    step = {"by": by, "label": label, "created": now(), "undone": False}
    put(database, HISTORY, f"{number:06}", {**step, **_sides(database, change, window)})


def known(database: TinyDB, by: str) -> bool:
    """Whether the last thing done to some step was `by`: then a save that seemed to fail has reached the disk."""
    return database.table(HISTORY).contains(where("by") == by)


def names(history: Mapping[str, Mapping[str, Any]]) -> dict[int, str]:
    """By the number of each step in a table `history`: the id of what the reader did last with it."""
    return {int(number): str(step["by"]) for number, step in history.items()}


def undo(database: TinyDB, by: str, window: Window, sound: Sound) -> Outcome | None:
    """Take the last step of `window` back, unless that would take what another window did; None when there is none."""
    return _exchange(database, by, window, sound, undone=False)


def redo(database: TinyDB, by: str, window: Window, sound: Sound) -> Outcome | None:
    """Do again what `window` took back last, unless another window changed the same since; None when there is none."""
    return _exchange(database, by, window, sound, undone=True)


def _exchange(database: TinyDB, by: str, window: Window, sound: Sound, *, undone: bool) -> Outcome | None:
    steps = sorted(database.table(HISTORY).search(where("undone") == undone), key=_number, reverse=not undone)
    step = next(filter(window.owns, steps), None)
    if step is None:
        return None
    label = str(step["label"])
    if step.get("left", {}) not in ({}, _digests(database, step["before"])):
        return Outcome(label, overtaken=True)
    change = Change(database)
    _put_back(change, step["before"])
    if not sound(change):
        _put_back(Change(database), change.before)
        return Outcome(label, overtaken=True)
    done = {**step, "by": by, "undone": not undone, **_sides(database, change, window)}
    put(database, HISTORY, str(step.doc_id), done)
    return Outcome(label)


def _put_back(change: Change, before: dict[str, dict[str, dict[str, Any] | None]]) -> None:
    for table, documents in before.items():
        change.remove(table, [key for key, document in documents.items() if document is None])
        for document in filter(None, documents.values()):
            change.put(table, document)


def _sides(database: TinyDB, change: Change, window: Window) -> dict[str, Any]:
    return {"before": change.before, "left": _digests(database, change.before), "window": window.id}


def _digests(database: TinyDB, touched: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """What stands at the ids in `touched`, told apart by 16 digits each; empty where nothing does."""
    return {
        table: {key: _digest(document) if (document := get(database, table, key)) else "" for key in ids}
        for table, ids in touched.items()
    }


def _digest(document: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16]


def _too_old(steps: list[Document], length: int) -> list[Document]:
    """Those of `steps`, the last one first, that are too many beside a new one of `length` characters."""
    for count, step in enumerate(steps, start=1):
        length += len(str(step["before"]))
        if count >= MOST_STEPS or length > MOST_CHARACTERS:
            return steps[count - 1 :]
    return []


def _number(step: Document) -> int:
    return int(str(step.doc_id))
