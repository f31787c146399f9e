"""One article that is open: its text, what was extracted from it and what the reader made of it, as layers and rows.

No Textual and no waiting in here: what is slow is called by `tui.desk`.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from store.analysis import Analysis
from store.annotation import Correction, Highlight, Note
from store.article import Article
from store.corrections import corrected
from store.notebook import Notebook, Placed
from store.spans import Span, overlap
from tui.panes import actors, numbers, quotes
from tui.panes.actors import actor_rows
from tui.panes.notes import note_rows
from tui.panes.numbers import number_rows
from tui.panes.quotes import quote_rows
from tui.panes.row import Row
from tui.reader.layers import Layer, LayerSpan

_FIRST_ORDERS = {"actors": actors.ORDERS, "numbers": numbers.ORDERS, "quotes": quotes.ORDERS}
PANES = ("actors", "numbers", "quotes", "notes")
NOTE_MARK = "»"


class Reading:
    """What is known of one open article; `raw` is the machine's analysis; `waiting` says why there is none yet."""

    def __init__(
        self,
        article: Article,
        notebook: Notebook,
        analysis: Analysis | None = None,
        position: int = 0,
        general: tuple[Correction, ...] = (),
        recovered: int = 0,
    ) -> None:
        """What is open.

        Args:
            analysis: as the machine made it.
            position: where reading goes on.
            general: the corrections made elsewhere that hold everywhere.
            recovered: how many notes were saved that were being written when briefbook went away.
        """
        self.article = article
        self.notebook = notebook
        self.raw = analysis
        self.general = general
        self.recovered = recovered
        self._applied: tuple[tuple[Correction, ...], Analysis | None, Analysis | None] = ((), None, None)
        self.is_looked_up = analysis is not None
        """Whether it has been seen if there is an analysis already."""
        self._made_of: Analysis | None = None
        self._rows: dict[tuple[str, str], Sequence[Row]] = {}
        self._marks: dict[str, Layer] = {}
        self.position = position
        self.seen = 0.0
        """How much of the article was on the screen before, 0 to 1."""
        self.waiting = "Reading the article …"

    @property
    def analysis(self) -> Analysis | None:
        """What was extracted, with what the reader put right; None until there is something."""
        corrections = self._corrections
        if self._applied[:2] != (corrections, self.raw):
            made = None if self.raw is None else corrected(self.raw, corrections, self.article)
            self._applied = (corrections, self.raw, made)
        return self._applied[2]

    @property
    def is_ready(self) -> bool:
        """Whether `analysis` is made already of all that was put right."""
        return self._applied[:2] == (self._corrections, self.raw)

    @property
    def _corrections(self) -> tuple[Correction, ...]:
        return (*self.general, *self.notebook.corrections)

    def rows(self, pane: str, order: str) -> Sequence[Row]:
        """The rows of one of `PANES` in an order of that pane."""
        if pane == "notes":
            return note_rows(self.notebook.placed(), self.notebook.notes, order)
        analysis = self._begun()
        if analysis is None:
            return []
        if (pane, order) not in self._rows:
            self._rows[pane, order] = self._machine_rows(analysis, pane, order)
        return self._rows[pane, order]

    def _begun(self) -> Analysis | None:
        """The analysis; what was made of another one is forgotten."""
        analysis = self.analysis
        if self._made_of is not analysis:
            self._rows = {}
            self._marks = {}
            self._made_of = analysis  # last: another thread that sees it must not find what was made of the one before
        return analysis

    def _machine_rows(self, analysis: Analysis, pane: str, order: str) -> Sequence[Row]:
        if pane == "actors":
            return actor_rows(analysis, len(self.article.text), order)
        if pane == "numbers":
            return number_rows(analysis, order)
        return quote_rows(analysis, self.article.text, order)

    def prepare(self) -> None:
        """Make what is shown first, in whatever thread this is called."""
        for pane, orders in _FIRST_ORDERS.items():
            self.rows(pane, orders[0])
            self.things(pane)
        self.machine_layers()

    def empty(self, pane: str) -> str:
        """The sentence that stands in a pane without rows."""
        if pane == "notes":
            return "Nothing marked yet. H highlights the sentence under the cursor, a writes a note to it."
        if self.raw is None:
            return self.waiting
        return {
            "actors": "No actors found in this article.",
            "numbers": "This article gives no figures.",
            "quotes": "Nobody is quoted in this article.",
        }[pane]

    def machine_layers(self) -> dict[str, Layer]:
        """What the machine found, by layer."""
        return {name: self._layer(name) for name in ("furniture", "actors", "numbers", "quotes")}

    def things(self, pane: str) -> Layer:
        """Where the rows of one of `PANES` stand in the text, under the rows' keys."""
        if pane == "notes":
            rows = self.rows(pane, "")
            return Layer(pane, (LayerSpan(place, row.key) for row in rows for place in row.places))
        return self._layer("named" if pane == "actors" else pane)

    def _layer(self, name: str) -> Layer:
        analysis = self._begun() or Analysis()
        if name not in self._marks:
            self._marks[name] = Layer(name, self._found(analysis, name))
        return self._marks[name]

    def _found(self, analysis: Analysis, name: str) -> Iterator[LayerSpan]:
        if name == "furniture":
            return (LayerSpan(span) for span in self.article.furniture)
        if name == "actors":
            return (LayerSpan(span, actor.id, actor.kind) for actor in analysis.actors for span in actor.mentions)
        if name == "named":
            return (LayerSpan(span, actor.id) for actor in analysis.actors for span in actors.places(actor))
        if name == "numbers":
            return (LayerSpan(one.span, f"n{index}", one.kind) for index, one in enumerate(analysis.numbers))
        return (
            LayerSpan(span, f"q{index}", quote.kind)
            for index, quote in enumerate(analysis.quotes)
            for span in quote.spans
        )

    def highlight_layer(self) -> list[LayerSpan]:
        """The highlights that have a place in the text."""
        return [
            LayerSpan(item.span, item.highlight.id, f"colour-{item.highlight.colour}")
            for item in self.notebook.placed()
            if item.span is not None
        ]

    def note_marks(self) -> dict[int, str]:
        """Where in the margin a note is marked: the start of each highlight that has one."""
        noted = {note.highlight for note in self.notebook.notes}
        return {
            item.span[0]: NOTE_MARK
            for item in self.notebook.placed()
            if item.span is not None and item.highlight.id in noted
        }

    def notes_on(self, highlight: Highlight) -> Sequence[Note]:
        """The notes on a highlight."""
        return [note for note in self.notebook.notes if note.highlight == highlight.id]

    def citation(self) -> str:
        """Where the article comes from, on one line: who, title, publisher, date, URL or the name of its file."""
        article = self.article
        # Where a file lies on this machine tells nobody else anything.
        source = article.source if "://" in article.source else PurePath(article.source).name
        known = (article.byline, f"“{article.title}”", article.publisher, article.published[:10], source)
        return ", ".join(part for part in known if part)


def highlights_at(notebook: Notebook, span: Span) -> list[Placed]:
    """The highlights that overlap `span`, the one that shares most first, the shorter of two alike."""
    here = [item for item in notebook.placed() if item.span is not None and overlap(item.span, span)]
    return sorted(here, key=lambda item: _closeness(item, span))


def _closeness(placed: Placed, span: Span) -> tuple[int, int]:
    start, end = placed.span or (0, 0)
    return -overlap((start, end), span), end - start
