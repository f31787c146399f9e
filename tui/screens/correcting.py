"""Putting right what the machine made: actors, figures and quotes. A side of the reader screen.

A correction is tied to the passage and kept with the notes: it survives a new analysis, can be undone like any change,
and holds in this article or in all of them.
"""

from collections.abc import Sequence

from textual import work

from store.analysis import ACTOR_KINDS, Actor, Analysis, Number, Quote
from store.annotation import Correction, CorrectionKind, Pane
from store.corrections.figure import read_figure, write_figure
from store.errors import NotebookError
from store.everywhere import delete_everywhere
from store.home import Home
from store.notebook import Notebook
from store.spans import Span
from tui.panes.row import Row
from tui.screens.asking import Picked
from tui.screens.note_rows import NoteRows

NOBODY = "(nobody)"


class Correcting(NoteRows):
    """The side of the reader screen that puts rows right."""

    def put_right(
        self, kind: CorrectionKind, pane: Pane, span: Span, said: str, picked: Picked | None = None, name: str = ""
    ) -> None:
        """Keep a correction and draw the panes with it.

        Args:
            span: the passage that it is tied to.
            said: what was done, in a few words.
            picked: what it is put right to, and whether everywhere.
            name: the name of the actor, or of the quote's speaker, as it was shown.
        """
        value, everywhere = picked or ("", False)
        where = ", everywhere," if everywhere else ", here only," if pane == "actors" else ""

        def change(notebook: Notebook) -> str:
            if kind == "reject" and any(_rejects(one, pane, span) for one in notebook.corrections):
                return f"{said} already; u takes it back"
            scope = "everywhere" if everywhere else "here"
            notebook.add_correction(kind, pane, span, value=value, name=name, scope=scope)  # type: ignore[arg-type]
            return f"{said}{where} and saved; u takes it back"

        self.change(change)

    def do_with_row(self, pane: str, row: Row, action_id: str) -> None:
        """Corrections are made here; everything else where notes are."""
        # The row is one of what was drawn; what has been put right since may not be on the screen yet.
        analysis = self.drawn_analysis
        if analysis is None:
            super().do_with_row(pane, row, action_id)
        elif pane == "actors" and (actor := analysis.actor(row.key)) is not None:
            self._do_with_actor(analysis, actor, row, action_id)
        elif pane == "numbers":
            self._do_with_number(analysis.numbers[int(row.key[1:])], row, action_id)
        elif pane == "quotes":
            self._do_with_quote(analysis, analysis.quotes[int(row.key[1:])], row, action_id)
        else:
            super().do_with_row(pane, row, action_id)

    # --- actors ----------------------------------------------------------------------------------------------

    def _do_with_actor(self, analysis: Analysis, actor: Actor, row: Row, action_id: str) -> None:
        place = (actor.mentions or actor.references)[0]
        if action_id == "reject_actor":
            self.put_right("reject", "actors", place, f"{actor.name} taken out", name=actor.name)
        elif action_id == "reject_everywhere":
            self.put_right("reject", "actors", place, f"{actor.name} taken out", Picked("", True), actor.name)
        elif action_id == "rename":
            self._rename(actor, place)
        elif action_id == "merge":
            self._merge(analysis, actor, place)
        elif action_id == "split":
            self._split(actor)
        elif action_id == "kind":
            self._set_kind(actor, place)
        else:
            super().do_with_row("actors", row, action_id)

    @work(group="dialog", exclusive=True)
    async def _rename(self, actor: Actor, place: Span) -> None:
        question = f"The right name of {actor.name}"
        picked = await self.pick(question, actor.aliases, value=actor.name, free=True, everywhere=False)
        if picked and picked.value != actor.name:
            self.put_right("rename", "actors", place, f"{actor.name} is now {picked.value}", picked, actor.name)

    @work(group="dialog", exclusive=True)
    async def _merge(self, analysis: Analysis, actor: Actor, place: Span) -> None:
        others = [other for other in analysis.actors if other.id != actor.id]
        others.sort(key=lambda other: (not _alike(other, actor), other.kind != actor.kind))
        picked = await self.pick(f"{actor.name} is the same as", [other.name for other in others], everywhere=False)
        if picked:
            self.put_right("merge", "actors", place, f"{actor.name} joined to {picked.value}", picked, actor.name)

    @work(group="dialog", exclusive=True)
    async def _split(self, actor: Actor) -> None:
        text = self.reading.article.text
        names = {text[start:end]: (start, end) for start, end in reversed(actor.mentions)}
        names.pop(actor.name, None)
        if not names:
            self.status.say(f"{actor.name} has no other name that could leave")
            return
        question = f"Which of these is not {actor.name}?"
        if picked := await self.pick(question, list(names), everywhere=False):
            said = f"{picked.value} stands alone"
            self.put_right("split", "actors", names[picked.value], said, picked, actor.name)

    @work(group="dialog", exclusive=True)
    async def _set_kind(self, actor: Actor, place: Span) -> None:
        kinds = [kind for kind in ACTOR_KINDS if kind != actor.kind]
        if picked := await self.pick(f"{actor.name} is a", kinds, everywhere=False):
            self.put_right("kind", "actors", place, f"{actor.name} is a {picked.value}", picked, actor.name)

    # --- numbers and quotes ----------------------------------------------------------------------------------

    def _do_with_number(self, number: Number, row: Row, action_id: str) -> None:
        if action_id == "reject_number":
            self.put_right("reject", "numbers", number.span, f"{number.text} taken out")
        elif action_id == "edit_number":
            self._edit_number(number)
        else:
            super().do_with_row("numbers", row, action_id)

    @work(group="dialog", exclusive=True)
    async def _edit_number(self, number: Number) -> None:
        question = f"The right figure for “{number.text}”, for example: about 5.2 million USD"
        if picked := await self._pick_figure(question, write_figure(number)):
            self.put_right("set-value", "numbers", number.span, "Figure put right", picked)

    async def _pick_figure(self, question: str, value: str) -> Picked | None:
        """A figure that can be read; what cannot be is asked for again, as it was typed."""
        problem = ""
        while picked := await self.pick(f"{problem}{question}", (), value=value, free=True):
            try:
                read_figure(picked.value)
            except NotebookError as error:
                problem, value = f"{error}. ", picked.value
            else:
                return picked
        return None

    def _do_with_quote(self, analysis: Analysis, quote: Quote, row: Row, action_id: str) -> None:
        if action_id == "reject_quote":
            name = analysis.speaker_name(quote, self.reading.article.text)
            self.put_right("reject", "quotes", quote.spans[0], "Quote taken out", name=name)
        elif action_id == "speaker":
            self._set_speaker(analysis, quote)
        else:
            super().do_with_row("quotes", row, action_id)

    @work(group="dialog", exclusive=True)
    async def _set_speaker(self, analysis: Analysis, quote: Quote) -> None:
        shown = analysis.speaker_name(quote, self.reading.article.text)
        picked = await self.pick(
            f"Who said “{quote.text}”?",
            [name for name in _speakers(analysis, quote.spans[0]) if name != shown],
            free=True,
            everywhere=False if shown else None,
            wide=f"for all that {shown} is heard saying, in every article",
        )
        if picked:
            self.put_right("set-speaker", "quotes", quote.spans[0], f"Said by {picked.value}", _named(picked), shown)

    # --- adding ----------------------------------------------------------------------------------------------

    def do(self, action_id: str, span: Span, argument: str = "") -> None:
        """A selection can become a row; everything else is for notes."""
        if action_id == "add_actor":
            self._add_actor(span)
        elif action_id == "add_number":
            self._add_number(span)
        elif action_id == "add_quote":
            self._add_quote(span)
        else:
            super().do(action_id, span, argument)

    @work(group="dialog", exclusive=True)
    async def _add_actor(self, span: Span) -> None:
        name = self.reading.article.text[slice(*span)]
        if picked := await self.pick(f"{name} is a", ACTOR_KINDS, everywhere=False):
            self.put_right("add", "actors", span, f"{name} added", picked, name)
            self.reader.leave_selection()

    @work(group="dialog", exclusive=True)
    async def _add_number(self, span: Span) -> None:
        question = "As a figure, for example: about 5.2 million USD"
        if picked := await self._pick_figure(question, self.reading.article.text[slice(*span)]):
            self.put_right("add", "numbers", span, "Figure added", picked)
            self.reader.leave_selection()

    @work(group="dialog", exclusive=True)
    async def _add_quote(self, span: Span) -> None:
        names = _speakers(self.reading.analysis or Analysis(), span)
        if picked := await self.pick("Who said this?", names, free=True):
            self.put_right("add", "quotes", span, "Quote added", _named(picked))
            self.reader.leave_selection()

    # --- what was put right ----------------------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_corrections(self) -> None:
        """Show what was put right, here and everywhere; `x` there lets the machine's word stand again."""
        reading = self.reading
        chosen = await self.choose_correction(reading.notebook.corrections, reading.general)
        if chosen is None:
            return
        if any(one.id in chosen for one in reading.notebook.corrections):
            self.change(lambda notebook: _delete(notebook, chosen))
        elif await self.done(_delete_everywhere, self.desk.home, chosen):
            reading.general = tuple(one for one in reading.general if one.id not in chosen)
            self.draw_changes()


def _rejects(correction: Correction, pane: Pane, span: Span) -> bool:
    """Whether it takes out this very row."""
    place = correction.selector.start, correction.selector.end
    return (correction.kind, correction.pane, place) == ("reject", pane, span)


def _delete(notebook: Notebook, corrections: Sequence[str]) -> str:
    with notebook.step("correction deleted"):
        for one in corrections:
            notebook.delete_correction(one)
    return "Correction deleted; u brings it back"


def _delete_everywhere(home: Home, corrections: Sequence[str]) -> None:
    for one in corrections:
        delete_everywhere(home, one)


def _named(picked: Picked) -> Picked:
    return picked._replace(value="") if picked.value == NOBODY else picked


def _alike(one: Actor, other: Actor) -> bool:
    """Whether two actors share a word of their names."""
    return bool({*one.name.casefold().split()} & {*other.name.casefold().split()})


def _speakers(analysis: Analysis, place: Span) -> list[str]:
    """Who may have said what stands at `place`: people first, then whoever is named nearest."""

    kinds = ("person", "organization", "group", "place")

    def rank(actor: Actor) -> tuple[int, int]:
        return kinds.index(actor.kind), min((abs(mention[0] - place[0]) for mention in actor.mentions), default=10**9)

    return [*(actor.name for actor in sorted(analysis.actors, key=rank)), NOBODY]
