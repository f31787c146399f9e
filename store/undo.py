"""Steps that can be taken back: a table `history` in the same file as the tables that the steps change.

A step keeps, by table and id, the documents as they stood on its other side (None: there was none). Undo and redo
are one operation, the exchange of those with what stands now, so that nothing is lost by either. Writing the file is
the business of `store.durable`, the meaning of the documents that of `store.notebook`.
"""

from collections.abc import Iterable
from typing import Any, cast

from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Document, Table

from store.annotation import now

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


def record(database: TinyDB, by: str, label: str, change: Change) -> None:
    """Keep a change as the last step, after which there is nothing to redo.

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
    gone = [step for step in steps if step["undone"]] + _too_old(live, len(str(change.before)))
    if gone:
        table.remove(doc_ids=[step.doc_id for step in gone])
    number = 1 + max(map(_number, live), default=0)
    step = {"by": by, "label": label, "created": now(), "undone": False, "before": change.before}
    put(database, HISTORY, f"{number:06}", step)


def known(database: TinyDB, by: str) -> bool:
    """Whether the last thing done to some step was `by`: then a save that seemed to fail has reached the disk."""
    return database.table(HISTORY).contains(where("by") == by)


def undo(database: TinyDB, by: str) -> str | None:
    """Take the last step back; returns its label, None when there is none."""
    return _exchange(database, by, undone=False)


def redo(database: TinyDB, by: str) -> str | None:
    """Do again what was taken back last; returns its label, None when there is none."""
    return _exchange(database, by, undone=True)


def _exchange(database: TinyDB, by: str, *, undone: bool) -> str | None:
    steps = database.table(HISTORY).search(where("undone") == undone)
    if not steps:
        return None
    step = (min if undone else max)(steps, key=_number)
    change = Change(database)
    for table, documents in step["before"].items():
        change.remove(table, [key for key, document in documents.items() if document is None])
        for document in filter(None, documents.values()):
            change.put(table, document)
    done = {**step, "by": by, "undone": not undone, "before": change.before}
    put(database, HISTORY, str(step.doc_id), done)
    return str(step["label"])


def _too_old(steps: list[Document], length: int) -> list[Document]:
    """Those of `steps`, the last one first, that are too many beside a new one of `length` characters."""
    for count, step in enumerate(steps, start=1):
        length += len(str(step["before"]))
        if count >= MOST_STEPS or length > MOST_CHARACTERS:
            return steps[count - 1 :]
    return []


def _number(step: Document) -> int:
    return int(str(step.doc_id))
