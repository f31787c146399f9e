"""The notebook equals its model, whatever is done to it in whatever order, in one window or two."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from store.article import make_article
from store.errors import NotebookError
from store.home import Home
from store.notebook import Notebook

ARTICLE = make_article(
    "The mill stood empty for a year. Then the weavers came back, with looms of their own.\n"
    "Nobody had asked them to. Nobody sent them away. The mill 🏭 hums again.",
    title="The mill",
    source="/mill.txt",
)
SPANS = st.tuples(st.integers(0, 100), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
SPANS = SPANS.filter(lambda span: bool(ARTICLE.text[slice(*span)].strip()))
COLOURS = st.integers(1, 5)
TAGS = st.lists(st.sampled_from(["craft", "work", "ålder"]), unique=True).map(tuple)
TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=12).map(lambda text: "n" + text)

Model = dict[str, dict[str, Any]]


class NotebookModel(RuleBasedStateMachine):
    """Two windows on one notebook; the model is what the reader would say should be there."""

    highlights = Bundle("highlights")
    notes = Bundle("notes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.home = Home(self.folder / "home")
        self.windows = [Notebook(self.home, ARTICLE), Notebook(self.home, ARTICLE)]
        self.model: Model = {}
        self.done: list[Model] = []
        self.undone: list[Model] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def changed(self, model: Model) -> None:
        """The reader did something that makes this of the notebook."""
        if model != self.model:
            self.done.append(self.model)
            self.undone.clear()
            self.model = model

    @property
    def window(self) -> Notebook:
        """The first window, which looks at the file as it does before each key that matters."""
        self.windows[0].refresh()
        return self.windows[0]

    @initialize()
    def nothing_is_written_by_opening(self) -> None:
        assert not self.home.root.exists()

    @rule(target=highlights, span=SPANS, colour=COLOURS, tags=TAGS)
    def add_highlight(self, span: tuple[int, int], colour: int, tags: tuple[str, ...]) -> str:
        made = self.window.add_highlight(span, colour, tags)
        self.changed({**self.model, made.id: {"span": span, "colour": colour, "tags": tags}})
        return made.id

    @rule(id=highlights, span=st.none() | SPANS, colour=st.none() | COLOURS, tags=st.none() | TAGS)
    def change_highlight(self, id: str, **fields: Any) -> None:  # noqa: A002 (the notebook's name)
        if id in self.model:
            self.window.change_highlight(id, **fields)
            given = {name: value for name, value in fields.items() if value is not None}
            self.changed({**self.model, id: {**self.model[id], **given}})

    @rule(id=highlights)
    def delete_highlight(self, id: str) -> None:  # noqa: A002
        if id in self.model:
            self.window.delete_highlight(id)
            kept = {key: row for key, row in self.model.items() if key != id and row.get("on") != id}
            self.changed(kept)

    @rule(target=notes, text=TEXTS, tags=TAGS)
    def add_note(self, text: str, tags: tuple[str, ...]) -> str:
        made = self.window.add_note(text, None, tags)
        self.changed({**self.model, made.id: {"text": text, "on": None, "tags": tags}})
        return made.id

    @rule(target=notes, highlight=highlights, text=TEXTS)
    def add_note_on(self, highlight: str, text: str) -> Any:
        if highlight not in self.model:
            return multiple()
        made = self.window.add_note(text, highlight)
        self.changed({**self.model, made.id: {"text": text, "on": highlight, "tags": ()}})
        return made.id

    @rule(id=notes, text=TEXTS)
    def change_note(self, id: str, text: str) -> None:  # noqa: A002
        if id in self.model:
            self.window.change_note(id, text)
            self.changed({**self.model, id: {**self.model[id], "text": text}})

    @rule(id=consumes(notes))
    def delete_note(self, id: str) -> None:  # noqa: A002
        if id in self.model:
            self.window.delete_note(id)
            self.changed({key: row for key, row in self.model.items() if key != id})

    @rule()
    def undo(self) -> None:
        said = self.window.undo()
        assert (said is None) == (not self.done)
        if self.done:
            self.undone.append(self.model)
            self.model = self.done.pop()

    @rule()
    def redo(self) -> None:
        said = self.window.redo()
        assert (said is None) == (not self.undone)
        if self.undone:
            self.done.append(self.model)
            self.model = self.undone.pop()

    @rule()
    def go_to_the_other_window(self) -> None:
        self.windows.reverse()

    @rule()
    def close_and_reopen(self) -> None:
        self.windows[0] = Notebook(self.home, ARTICLE)

    @rule(span=SPANS)
    def add_while_the_disk_refuses_and_retry(self, span: tuple[int, int]) -> None:
        window = self.window
        obstacle = window.path.with_name(f".{window.path.name}.new")
        obstacle.mkdir(parents=True)
        try:
            window.add_highlight(span)
        except NotebookError:
            assert window.unsaved
        obstacle.rmdir()
        made = {highlight.id for highlight in window.highlights} - set(self.model)
        window.retry()
        assert not window.unsaved
        self.changed({**self.model, made.pop(): {"span": span, "colour": 1, "tags": ()}})

    @invariant()
    def equals_the_model(self) -> None:
        assert rows(self.window) == self.model


def rows(notebook: Notebook) -> Model:
    """What is in the notebook, as the model says it."""
    found: Model = {}
    for placed in notebook.placed():
        assert placed.grade == "exact"
        highlight = placed.highlight
        found[highlight.id] = {"span": placed.span, "colour": highlight.colour, "tags": highlight.tags}
    for note in notebook.notes:
        found[note.id] = {"text": note.text, "on": note.highlight, "tags": note.tags}
    return found


TestNotebookModel = NotebookModel.TestCase
TestNotebookModel.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
