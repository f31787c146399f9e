"""Selecting: the caret of a selection, what it takes and how it grows.

A selection reaches from the anchor to the caret, both characters included, as in vi. What is selected is what is shown.
"""

from collections.abc import Callable

from store.spans import Span
from tui.reader.messages import SelectionChanged
from tui.reader.motions import Motions


class Selecting(Motions):
    """The side of the reader that selects."""

    # --- beginning and ending ----------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Select the character at the cursor."""
        self._select(self._caret, self._caret)

    def action_select_lines(self) -> None:
        """Select the sentence under the cursor."""
        self.select_span(self.sentence)

    def action_select_right(self) -> None:
        """Select the character at the cursor."""
        self._select(self._caret, self._caret)

    def action_select_left(self) -> None:
        """Select the character before the cursor."""
        before = self._left_of(self._caret)
        self._select(before, before)

    def action_select_down(self) -> None:
        """Select from the cursor to the same cell of the next row."""
        self._select(self._caret, self._caret)
        self._by_rows(1, skip_blank=False)

    def action_select_up(self) -> None:
        """Select from the cursor to the same cell of the row before."""
        self._select(self._caret, self._caret)
        self._by_rows(-1, skip_blank=False)

    def action_leave_selection(self) -> None:
        """Select nothing; the cursor stays."""
        self.leave_selection()

    def _select(self, anchor: int, caret: int) -> None:
        """Select from the character at `anchor` to the one at `caret`."""
        if not self._text:
            return
        before = self.selection
        self._anchor = self._page.cluster(min(anchor, len(self._text) - 1))[0]
        self._place_caret(caret)
        if before != self.selection:
            self.post_message(SelectionChanged(self.selection))
        self._reveal((self._caret, self._caret))

    def select_span(self, span: Span) -> None:
        """Select `span`, the caret at its end."""
        self._select(span[0], max(span[0], span[1] - 1))

    # --- characters, words, rows -------------------------------------------------------------------------------

    def _left_of(self, offset: int) -> int:
        return self._page.cluster(max(0, self._page.cluster(offset)[0] - 1))[0]

    def _to(self, offset: int) -> None:
        """Move the caret, and the selection's end with it."""
        self._place_caret(offset)
        self._reveal((self._caret, self._caret))

    def action_caret_left(self) -> None:
        """To the character before."""
        for _ in range(self._count()):
            self._to(self._left_of(self._caret))

    def action_caret_right(self) -> None:
        """To the next character."""
        for _ in range(self._count()):
            self._to(self._page.cluster(self._caret)[1])

    def action_caret_down(self) -> None:
        """To the same cell of the next row."""
        self._by_rows(self._count(), skip_blank=False)

    def action_caret_up(self) -> None:
        """To the same cell of the row before."""
        self._by_rows(-self._count(), skip_blank=False)

    def action_caret_word(self) -> None:
        """To the start of the next word; to the start of the last one when there is none."""
        for _ in range(self._count()):
            self._to(self._segments.next_word(self._caret))

    def action_caret_word_back(self) -> None:
        """To the start of this word, or of the one before when the caret is there."""
        for _ in range(self._count()):
            self._to(self._segments.previous_word(self._caret))

    def action_caret_word_end(self) -> None:
        """To the last character of this word, or of the next one when the caret is there."""
        for _ in range(self._count()):
            self._to(self._segments.word_end(self._caret))

    def action_caret_line_start(self) -> None:
        """To the first character of the row."""
        self._to(self._page.row(self._page.place(self._caret)).start)

    def action_caret_line_end(self) -> None:
        """To the last character of the row that is not white space."""
        row = self._page.row(self._page.place(self._caret))
        self._to(row.start + max(0, len(self._text[row.start : row.end].rstrip()) - 1))

    # --- sentences, paragraphs, ends ---------------------------------------------------------------------------

    def action_caret_sentence(self) -> None:
        """To the last character of this sentence, or of the next one when the caret is there."""
        for _ in range(self._count()):
            self._to_end(self.sentence, self._segments.next_sentence(self._caret))

    def action_caret_sentence_back(self) -> None:
        """To the start of this sentence, or of the one before when the caret is there."""
        for _ in range(self._count()):
            start, _ = self.sentence
            before = self._segments.previous_sentence(self._caret) if self._caret <= start else None
            self._to(before[0] if before else start)

    def action_caret_paragraph(self) -> None:
        """To the last character of this paragraph, or of the next one when the caret is there."""
        for _ in range(self._count()):
            self._to_end(self._segments.paragraph(self._caret), self._segments.next_paragraph(self._caret))

    def _to_end(self, here: Span, following: Span | None) -> None:
        last = self._page.cluster(here[1] - 1)[0]
        self._to(last if self._caret < last or following is None else following[1] - 1)

    def action_caret_paragraph_back(self) -> None:
        """To the start of this paragraph, or of the one before when the caret is there."""
        for _ in range(self._count()):
            start, _ = self._segments.paragraph(self._caret)
            before = self._segments.previous_paragraph(self._caret) if self._caret <= start else None
            self._to(before[0] if before else start)

    def action_caret_top(self) -> None:
        """To the first character of the text."""
        self._to(0)

    def action_caret_bottom(self) -> None:
        """To the last character of the last sentence."""
        self._to(self._segments.sentence(len(self._text))[1] - 1)

    # --- taking ------------------------------------------------------------------------------------------------

    def action_take_sentence(self) -> None:
        """Select all of every sentence that the selection touches; if it does already, the next sentence too."""
        self._take_whole(self._segments.sentence, self._segments.next_sentence)

    def action_take_paragraph(self) -> None:
        """Select all of every paragraph that the selection touches; if it does already, the next one too."""
        self._take_whole(self._segments.paragraph, self._segments.next_paragraph)

    def _take_whole(self, at: Callable[[int], Span], after: Callable[[int], Span | None]) -> None:
        selection = self.selection
        if selection is None:
            return
        first, last = at(selection[0]), at(max(selection[0], selection[1] - 1))
        whole = first[0], max(last[1], first[1])
        if whole == selection and (following := after(last[0])):
            whole = first[0], following[1]
        self.select_span(whole)

    def action_other_end(self) -> None:
        """Let the motions move the other end of the selection."""
        if self._anchor is not None:
            self._anchor, caret = self._caret, self._anchor
            self._to(caret)
