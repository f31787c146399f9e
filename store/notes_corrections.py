"""What was put right in the panes, of all articles in one place: a table of the notes index.

`store.notes_index` fills it from the notes files; what a correction changes is the business of `store.corrections`.
"""

import json
import sqlite3
from collections.abc import Iterable

from store.annotation import Correction, correction_from_json, to_json
from store.contexts import in_words
from store.query_conditions import sound

TABLES = (
    "DROP TABLE IF EXISTS corrections",
    # AUTOINCREMENT: no number is given twice, so that the last one and their count tell whether anything changed.
    """CREATE TABLE corrections (
        number INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, article TEXT NOT NULL,
        everywhere INTEGER NOT NULL, pane TEXT NOT NULL, words TEXT NOT NULL, data TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX corrections_by_file ON corrections(file)",
    "CREATE INDEX corrections_by_article ON corrections(article)",
    "CREATE INDEX corrections_everywhere ON corrections(everywhere) WHERE everywhere",
)
"""The table, made anew."""


class NotesCorrections:
    """The corrections in an open notes index. Every method raises sqlite3.Error when it cannot be read or written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._everywhere: tuple[Correction, ...] = ()
        self._figures: dict[str, list[Correction]] = {}
        self._named = "[]"
        self._state = (0, 0)

    def take_in(self, file: str, article: str, corrections: Iterable[Correction]) -> None:
        """Have these corrections of an article."""
        rows = [
            (file, article, one.scope == "everywhere", one.pane, _words(one), json.dumps(to_json(one)))
            for one in corrections
        ]
        columns = "file, article, everywhere, pane, words, data"
        self._connection.executemany(f"INSERT INTO corrections ({columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def forget(self, file: str) -> None:
        """Have nothing that came from `file`."""
        self._connection.execute("DELETE FROM corrections WHERE file = ?", (file,))

    def articles(self, words: str) -> list[str]:
        """The ids of the articles where an actor or a quote was put right that has `words` in its names or its passage.

        Args:
            words: as `store.contexts.in_words` makes them; without the last blank, the last word may go on.
        """
        query = "SELECT DISTINCT article FROM corrections WHERE pane <> 'numbers' AND instr(words, ?) ORDER BY article"
        return [row[0] for row in self._connection.execute(query, (words,))]

    def of_names(self) -> str:
        """The ids of the articles where an actor or a quote was put right, as a JSON array."""
        self._look()
        return self._named

    def about_figures(self) -> dict[str, list[Correction]]:
        """What was put right in figures, by the id of the article."""
        self._look()
        return self._figures

    def of(self, article: str) -> list[Correction]:
        """What the article of that id has: what was put right everywhere, and in it."""
        own = {one.id: one for one in self._read("article = ?", article)}
        return [*(one for one in self.everywhere() if one.id not in own), *own.values()]

    def everywhere(self) -> tuple[Correction, ...]:
        """What was put right everywhere, in the order of making."""
        self._look()
        return self._everywhere

    def state(self) -> tuple[int, int]:
        """Another value whenever a correction came or went; (0, 0) when there is none. Costs microseconds."""
        query = "SELECT count(*), coalesce(max(number), 0) FROM corrections"
        count, last = self._connection.execute(query).fetchone()
        return int(count), int(last)

    def _look(self) -> None:
        """Have what is asked for with every query as it stands by now."""
        if self._state == (state := self.state()):
            return
        self._everywhere = self._read("everywhere")
        self._figures = {}
        for article, data in self._connection.execute("SELECT article, data FROM corrections WHERE pane = 'numbers'"):
            self._figures.setdefault(article, []).append(correction_from_json(json.loads(data)))
        query = "SELECT json_group_array(DISTINCT article) FROM corrections WHERE pane <> 'numbers'"
        self._named = str(self._connection.execute(query).fetchone()[0])
        self._state = state

    def _read(self, test: str, *values: str) -> tuple[Correction, ...]:
        rows = self._connection.execute(f"SELECT data FROM corrections WHERE {test}", values)
        made = [correction_from_json(json.loads(row[0])) for row in rows]
        return tuple(sorted(made, key=lambda one: (one.created, one.id)))


def _words(one: Correction) -> str:
    return sound("\n".join(map(in_words, (one.name, one.value, one.selector.exact))))
