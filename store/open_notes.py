"""The notes file of one article as a window has it open: what it holds, undo and redo, what other windows changed, what
is not saved yet.

What the reader can make of an article is the business of `store.notebook`, which adds that; how operations are made,
undone and kept from loss, of `store.recorder` and `store.durable`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from store import notefile
from store.annotation import Correction, Note
from store.article import Article
from store.everywhere import Everywhere
from store.home import Home
from store.meeting import hold_together
from store.notefile import ARTICLE, CORRECTIONS, FORM, Kept, correction_of
from store.recorder import Recorder, State
from store.tablefile import Document, Tables
from store.undo import HISTORY, Change, names


class OpenNotes:
    """What the notes file of `article` holds, and the steps in which it changes. Opening writes nothing.

    Safe to use from several threads. Reading never waits for a change that is being saved.

    Raises:
        NotebookError: the file is of a newer format or must not be read. From every change: it is not saved, and the
            sentence says why; unless the change itself was refused, it is in memory and `unsaved` is true.
    """

    def __init__(self, home: Home, article: Article) -> None:
        self.article = article
        header = notefile.header_json(notefile.header_of(article))
        # Nothing here may hold the notebook itself: that it is let go of tells other windows that it is closed.
        put_header = partial(_put_header, header)
        self._everywhere = Everywhere(home, article.id)
        follow = partial(_follow, self._everywhere)
        self._recorder = Recorder(notefile.notes_path(home, article.id), FORM, put_header, hold_together, follow)
        self._seen: tuple[State, Kept] | None = None

    @property
    def path(self) -> Path:
        """The notes file."""
        return self._recorder.storage.path

    @property
    def problem(self) -> str:
        """One sentence when the file was damaged and what was done about it; else empty."""
        return self._recorder.storage.problem

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that are in memory only."""
        return self._recorder.unsaved or self._everywhere.unsaved

    @property
    def changes(self) -> int:
        """How many changes, undos and redos were asked for since it was opened, saved or not."""
        return self._recorder.changes

    @property
    def history(self) -> dict[int, str]:
        """The steps that can be undone or redone, by anybody: by number, what tells the last thing done to each."""
        return names(self._recorder.state.tables.get(HISTORY, {}))

    @property
    def others(self) -> bool:
        """Whether another open window has changes that are for it to undo or redo."""
        return self._recorder.others

    @property
    def notes(self) -> tuple[Note, ...]:
        """In the order of their making."""
        return self._view().notes

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Those made in this article, in the order of their making."""
        return self._view().corrections

    def undo(self) -> str | None:
        """Take this window's last change back; returns what it was, None when there is none.

        What windows that are closed did counts as its own. Raises NotebookError, and does nothing, when another
        window has changed the same since.
        """
        return self._recorder.undo()

    def redo(self) -> str | None:
        """Make again what this window took back last; otherwise as `undo`."""
        return self._recorder.redo()

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Make one step of all changes in the body: one write, one undo; none of them when the body fails.

        Args:
            label: what it is, in a few words ("12 highlights imported").
        """
        with self._recorder.together(label):
            yield

    def refresh(self) -> bool:
        """Take in what another process wrote; True when there was something. Costs one `stat` when there was not."""
        return self._recorder.refresh()

    def retry(self) -> None:
        """Write what is unsaved, upon what the file holds by now. Raises NotebookError when it still cannot be."""
        self._recorder.retry()
        if self._everywhere.unsaved:
            self._everywhere.follow(self.corrections)

    def save_elsewhere(self, path: Path) -> None:
        """Write all of the notebook, with what is unsaved, to the new file `path`. The notebook stays where it is.

        Raises:
            NotebookError: there is a file at `path`, or it cannot be written.
        """
        self._recorder.write_elsewhere(path)

    def _do(self, label: str, operation: Callable[[Change], None]) -> None:
        self._recorder.make(label, operation)

    def _view(self) -> Kept:
        state, seen = self._recorder.state, self._seen
        if seen is None or seen[0] is not state:
            self._seen = seen = state, notefile.kept_of(state.tables)
        return seen[1]


def _put_header(header: Document, change: Change) -> None:
    if change.get(ARTICLE, header["id"]) != header:
        change.put(ARTICLE, header)


def _follow(everywhere: Everywhere, tables: Tables) -> None:
    """Bring the corrections that hold everywhere where every article finds them."""
    everywhere.follow(map(correction_of, tables.get(CORRECTIONS, {}).values()))
