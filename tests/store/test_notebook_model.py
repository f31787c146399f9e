"""The notebook equals its model, whatever is done to it in whatever order, in one window or two."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
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


@dataclass
class Step:
    """One step of undo: what it changed, by id, and whose it is."""

    before: Model
    """The rows on its other side, those that are there."""
    after: Model
    """The rows as it left them."""
    maker: int
    found_by: list[int] = field(default_factory=list)
    """The windows that were opened after it."""
    undone: bool = False

    @property
    def touched(self) -> set[str]:
        return {*self.before, *self.after}


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
        self.numbers = [1, 2]
        """Which windows they are; who held the notebooks themselves would keep them open."""
        self.steps: list[Step] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def changed(self, model: Model) -> None:
        """The reader did something that makes this of the notebook."""
        if model != self.model:
            self.steps = [step for step in self.steps if not (step.undone and self.owns(step))]
            touched = {key for key in {*self.model, *model} if self.model.get(key) != model.get(key)}
            self.steps.append(Step(only(self.model, touched), only(model, touched), self.numbers[0]))
            self.model = model

    def owns(self, step: Step) -> bool:
        """Whether the step is for the first window to undo: its own, a closed one's, or found by opening."""
        own = self.numbers[0]
        return step.maker == own or step.maker not in self.numbers or own in step.found_by

    def exchanged(self, said: str | NotebookError | None, undone: bool) -> None:
        """The reader undid or did again; `said` is what came of it."""
        steps = [step for step in self.steps if step.undone == undone and self.owns(step)]
        if not steps:
            assert said is None
            return
        step = steps[0 if undone else -1]
        model = {**{key: row for key, row in self.model.items() if key not in step.touched}, **step.before}
        lone = any(row.get("on") is not None and row["on"] not in model for row in model.values())
        if lone or only(self.model, step.touched) != step.after:
            assert isinstance(said, NotebookError)
            return
        assert isinstance(said, str)
        self.model = model
        step.before, step.after, step.undone = step.after, step.before, not undone
        step.maker, step.found_by = self.numbers[0], []

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
        self.changed({**self.model, made.id: {"span": span, "colour": colour, "tags": tags, "at": made.modified}})
        return made.id

    @rule(id=highlights, span=st.none() | SPANS, colour=st.none() | COLOURS, tags=st.none() | TAGS)
    def change_highlight(self, id: str, **fields: Any) -> None:  # noqa: A002 (the notebook's name)
        if id in self.model:
            made = self.window.change_highlight(id, **fields)
            given = {name: value for name, value in fields.items() if value is not None} | {"at": made.modified}
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
        self.changed({**self.model, made.id: {"text": text, "on": None, "tags": tags, "at": made.modified}})
        return made.id

    @rule(target=notes, highlight=highlights, text=TEXTS)
    def add_note_on(self, highlight: str, text: str) -> Any:
        if highlight not in self.model:
            return multiple()
        made = self.window.add_note(text, highlight)
        self.changed({**self.model, made.id: {"text": text, "on": highlight, "tags": (), "at": made.modified}})
        return made.id

    @rule(id=notes, text=TEXTS)
    def change_note(self, id: str, text: str) -> None:  # noqa: A002
        if id in self.model:
            made = self.window.change_note(id, text)
            self.changed({**self.model, id: {**self.model[id], "text": text, "at": made.modified}})

    @rule(id=consumes(notes))
    def delete_note(self, id: str) -> None:  # noqa: A002
        if id in self.model:
            self.window.delete_note(id)
            self.changed({key: row for key, row in self.model.items() if key != id})

    @rule()
    def undo(self) -> None:
        self.exchanged(outcome(self.window.undo), undone=False)

    @rule()
    def redo(self) -> None:
        self.exchanged(outcome(self.window.redo), undone=True)

    @rule()
    def go_to_the_other_window(self) -> None:
        self.windows.reverse()
        self.numbers.reverse()

    @rule()
    def close_and_reopen(self) -> None:
        self.windows[0] = Notebook(self.home, ARTICLE)
        self.numbers[0] = max(self.numbers) + 1
        for step in self.steps:
            step.found_by.append(self.numbers[0])

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
        (made,) = (highlight for highlight in window.highlights if highlight.id not in self.model)
        window.retry()
        assert not window.unsaved
        self.changed({**self.model, made.id: {"span": span, "colour": 1, "tags": (), "at": made.modified}})

    @invariant()
    def equals_the_model(self) -> None:
        assert rows(self.window) == self.model


def outcome(way: Callable[[], str | None]) -> str | NotebookError | None:
    """What undo or redo returns or raises."""
    try:
        return way()
    except NotebookError as error:
        return error


def only(model: Model, ids: set[str]) -> Model:
    """The rows of `model` of these ids."""
    return {key: row for key, row in model.items() if key in ids}


def rows(notebook: Notebook) -> Model:
    """What is in the notebook, as the model says it."""
    found: Model = {}
    for placed in notebook.placed():
        assert placed.grade == "exact"
        highlight = placed.highlight
        found[highlight.id] = {"span": placed.span, "colour": highlight.colour, "tags": highlight.tags}
        found[highlight.id]["at"] = highlight.modified
    for note in notebook.notes:
        found[note.id] = {"text": note.text, "on": note.highlight, "tags": note.tags, "at": note.modified}
    return found


TestNotebookModel = NotebookModel.TestCase
TestNotebookModel.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
