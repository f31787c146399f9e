"""Moving through the text while reading. Every action says where it ends; a count repeats it.

With a selection the page motions move its end, as those of `tui.reader.selecting` do.
"""

from tui.page import Place, Row
from tui.reader.base import Surface
from tui.reader.messages import Said
from tui.reader.view import OVERLAP


class Motions(Surface):
    """The side of the reader that moves."""

    def _count(self) -> int:
        """How often the motion is to be repeated; `surface` knows of counts."""
        return 1

    def _given_count(self) -> int | None:
        """The count that was typed, if any."""
        return None

    @property
    def row(self) -> int:
        """The row of the pane that the cursor is on; the nearest one when it is out of sight. Setting it scrolls."""
        return self._caret_row()

    @row.setter
    def row(self, row: int) -> None:
        self._view.put(self._page.place(self._caret), min(row, self._view.height - 1))
        self._redraw()

    # --- rows --------------------------------------------------------------------------------------------------

    def action_line_down(self) -> None:
        """To the next row that has text, in the same cell; at the last one nothing moves."""
        self._by_rows(self._count(), skip_blank=True)

    def action_line_up(self) -> None:
        """To the row before that has text, in the same cell; at the first one nothing moves."""
        self._by_rows(-self._count(), skip_blank=True)

    def _by_rows(self, rows: int, *, skip_blank: bool) -> None:
        place, cell = self._page.cell(self._caret)
        goal = self._goal if self._goal is not None else cell
        before = self._caret_row()
        for _ in range(abs(rows)):
            found = self._next_row(place, 1 if rows > 0 else -1, skip_blank=skip_blank)
            if found is None:
                break
            place = found
        self._place_caret(self._page.row(place).offset(goal))
        self._goal = goal
        self._view.follow(place, before)
        self._redraw()

    def _next_row(self, place: Place, step: int, *, skip_blank: bool) -> Place | None:
        """The next row in the direction of `step` that a caret may be on; None when there is none."""
        following = self._page.step(place, step)
        if following == place:
            return None
        row = self._page.row(following)
        if row.gap:
            return self._next_row(following, step, skip_blank=skip_blank)
        if skip_blank and self._blank(row):
            found = self._segments.next_visible(row.end) if step > 0 else self._segments.previous_visible(row.start)
            return None if found is None else self._page.place(found)
        return following

    def _blank(self, row: Row) -> bool:
        return not self._text[row.start : row.end].strip()

    # --- windows -----------------------------------------------------------------------------------------------

    def action_half_page_down(self) -> None:
        """Half a window down, the caret on the same row of it; at the end the caret goes on alone."""
        self._by_window(self._count() * max(1, self._view.height // 2))

    def action_half_page_up(self) -> None:
        """Half a window up, the caret on the same row of it; at the start the caret goes on alone."""
        self._by_window(-self._count() * max(1, self._view.height // 2))

    def action_page_down(self) -> None:
        """A window down but for two rows, the caret on the same row of it; at the end the caret goes on alone."""
        self._by_window(self._count() * max(1, self._view.height - OVERLAP))

    def action_page_up(self) -> None:
        """A window up but for two rows, the caret on the same row of it; at the start the caret goes on alone."""
        self._by_window(-self._count() * max(1, self._view.height - OVERLAP))

    def _by_window(self, rows: int) -> None:
        place, cell = self._page.cell(self._caret)
        goal = self._goal if self._goal is not None else cell
        moved = self._view.scroll(rows)
        self._place_caret(self._page.row(self._readable(self._page.step(place, moved or rows))).offset(goal))
        self._goal = goal
        self._redraw()

    def _readable(self, place: Place) -> Place:
        """`place`, or the nearest row in the window with text when there is none on it."""
        if not self._blank(self._page.row(place)):
            return place
        near = [found for step in (1, -1) if (found := self._next_row(place, step, skip_blank=True)) is not None]
        return next((found for found in near if self._view.row_of(found) is not None), near[0] if near else place)

    def scroll_rows(self, rows: int) -> None:
        """Move the window; the caret stays where it is, while reading at the edge when that leaves the window."""
        if self._view.scroll(rows) == 0:
            return
        place, cell = self._page.cell(self._caret)
        nearest = self._view.nearest(place)
        if nearest != place and self._anchor is None:
            goal = self._goal if self._goal is not None else cell
            self._place_caret(self._page.row(self._readable(nearest)).offset(goal))
            self._goal = goal
        self._redraw()

    # --- sentences and paragraphs ------------------------------------------------------------------------------

    def action_next_sentence(self) -> None:
        """To the start of the next sentence; at the last one nothing moves."""
        self._by_sentences(self._count())

    def action_previous_sentence(self) -> None:
        """To the start of the sentence before; at the first one to its start."""
        self._by_sentences(-self._count())

    def _by_sentences(self, count: int) -> None:
        span = self.sentence
        for _ in range(abs(count)):
            found = (self._segments.next_sentence if count > 0 else self._segments.previous_sentence)(span[0])
            if found is None:
                break
            span = found
        if count > 0 and span == self.sentence:
            return
        self._place_caret(span[0])
        self._reveal(span)

    def action_next_paragraph(self) -> None:
        """To the start of the next paragraph; at the last one nothing moves."""
        self._by_paragraphs(self._count())

    def action_previous_paragraph(self) -> None:
        """To the start of the paragraph before; at the first one to its start."""
        self._by_paragraphs(-self._count())

    def _by_paragraphs(self, count: int) -> None:
        here = span = self._segments.paragraph(self._caret)
        for _ in range(abs(count)):
            found = (self._segments.next_paragraph if count > 0 else self._segments.previous_paragraph)(span[0])
            if found is None:
                break
            span = found
        if count > 0 and span == here:
            return
        self._place_caret(span[0])
        self._reveal(self.sentence)

    # --- ends --------------------------------------------------------------------------------------------------

    def action_top(self) -> None:
        """To the first sentence."""
        self.jumps.record(self._caret)
        self._place_caret(self._segments.sentence(0)[0])
        self._view.top = self._page.first
        self._redraw()

    def action_bottom(self) -> None:
        """To the last sentence; with a count, to the paragraph of that number."""
        number = self._given_count()
        self.jumps.record(self._caret)
        if number is None:
            span = self._segments.sentence(len(self._text))
        else:
            span = self._segments.sentence(self._segments.paragraph_number(number)[0])
        self._place_caret(span[0])
        if number is None:
            self._view.put(self._page.last, self._view.height - 1)
        self._reveal(span)

    # --- width -------------------------------------------------------------------------------------------------

    def action_wider(self) -> None:
        """Make the text four cells wider, as far as the pane allows."""
        self._set_measure(min(self._measure, self._page.width) + 4)

    def action_narrower(self) -> None:
        """Make the text four cells narrower."""
        self._set_measure(min(self._measure, self._page.width) - 4)

    def _set_measure(self, cells: int) -> None:
        self.measure = cells
        self.post_message(Said(f"Text {self._page.width} cells wide"))
