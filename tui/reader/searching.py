"""Searching in the text as one types: the first match at once, the count as it becomes known, all matches drawn.

`tui.reader.finding`, which finds them, is imported by the first search, not at start.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from store.spans import Span
from tui.reader.marking import Marking
from tui.reader.matches import Matches
from tui.reader.messages import Searched

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.reader.finding import SearchedText, WordSearch

_SLICE = 0.012
"""Seconds that counting may keep the app from a key."""
_PAUSE = 0.01


class Searching(Marking):
    """The side of the reader that searches."""

    _following: "Worker[None] | None" = None
    _counting: Timer | None = None

    def _take(self, text: str, position: int) -> None:
        self._stop_counting()
        super()._take(text, position)
        self._searched: SearchedText | None = None
        self._forget_search()

    def _forget_search(self) -> None:
        self._words: WordSearch | None = None
        self._found = Matches()
        self._query = ""
        self._problem = ""
        self._began: int | None = None
        self._searched_to = 0
        self._current_match = None

    # --- what the app asks -------------------------------------------------------------------------------------

    def search(self, text: str, *, regex: bool = False) -> int:
        """Search from where the first of these searches began, show and count the matches, go to the first.

        Smart case; words match across line ends and in any typography. While the query is typed each call replaces the
        one before; `accept_search` or a motion of the reader's own ends that. `Searched` tells when more is known.

        Args:
            regex: `text` is a regular expression; it runs elsewhere and under a time limit, so that nothing is
                found yet when this returns.

        Returns:
            How many matches are known so far. The search is complete when `matches.complete`.
        """
        began = self._began if self._began is not None and self._caret == self._searched_to else self._caret
        self._stop_counting()
        self._forget_search()
        self._began, self._query = began, text
        if regex:
            self._search_regex(text, began)
        elif text:
            self._search_words(text, began)
        self._searched_to = self._caret
        self._look_anew()
        return len(self._found)

    def accept_search(self) -> None:
        """Stay at the match: the next search begins here, and `jump_back` leads to where this one began."""
        if self._began is not None and self._began != self._caret:
            self.jumps.record(self._began)
        self._began = None

    @property
    def matches(self) -> Matches:
        """The matches that are known, in the order of the text."""
        return self._found

    @property
    def match_index(self) -> int | None:
        """Which match, from 0, was gone to last; None when that is not known, or none was."""
        return None if self._current_match is None else self._found.index(self._current_match[0])

    @property
    def search_words(self) -> str:
        """The state of the search in a few words for the status line; empty without one."""
        count, complete = len(self._found), self._found.complete
        if self._problem or not self._query:
            return self._problem
        if not count and self._current_match is None:
            return f"No match for “{self._query}”" if complete else "Searching …"
        index = self.match_index
        place = f"{index + 1:,} of " if index is not None else ""
        return f"{place}{count:,}{'' if complete else '+'} match{'es' if count != 1 else ''} for “{self._query}”"

    def clear_search(self) -> None:
        """Forget the search; the cursor stays."""
        self._stop_counting()
        self._forget_search()
        self._look_anew()

    def cancel_search(self) -> None:
        """Forget the search and return to where it began."""
        began = self._began
        self.clear_search()
        if began is not None and began != self._caret:
            self._place_caret(began)
            self._reveal(self.sentence)

    # --- going about -------------------------------------------------------------------------------------------

    def action_next_match(self) -> None:
        """To the next match, from the last one to the first."""
        self._by_matches(self._count())

    def action_previous_match(self) -> None:
        """To the match before, from the first one to the last."""
        self._by_matches(-self._count())

    def action_caret_match(self) -> None:
        """Move the selection's end to the next match."""
        self._by_matches(self._count())

    def action_caret_match_back(self) -> None:
        """Move the selection's end to the match before."""
        self._by_matches(-self._count())

    def _by_matches(self, count: int) -> None:
        match, found = self._current_match, None
        at = match[0] if match and self._page.cluster(match[0])[0] == self._caret else self._caret
        for _ in range(min(abs(count), 1000)):
            found = self._match_from(at, 1 if count > 0 else -1)
            at = found[0] if found else at
        if found:
            self.jumps.record(self._caret)
            self._began = None
            self._go_to_match(found)
        self._tell()

    def _match_from(self, offset: int, step: int) -> Span | None:
        source = self._words or self._found
        return source.after(offset) if step > 0 else source.before(offset)

    def _go_to_match(self, span: Span) -> None:
        self._place_caret(span[0])
        self._current_match = span
        self._reveal(span)

    # --- finding -----------------------------------------------------------------------------------------------

    def _matches_within(self, start: int, end: int) -> Sequence[Span]:
        return (self._words or self._found).overlapping(start, end)

    def _search_words(self, text: str, began: int) -> None:
        from tui.reader.finding import SearchedText, WordSearch

        self._searched = self._searched or SearchedText(self._text)
        self._words = WordSearch(self._searched, text)
        self._found = self._words.matches
        first = self._words.after(began - 1)
        if first:
            self._go_to_match(first)
        elif began != self._caret:
            self._place_caret(began)
        self._found.complete = first is None
        if self._words.advance(_SLICE):
            self._tell()
        else:
            self._counting = self.set_timer(_PAUSE, self._count_on)

    def _count_on(self) -> None:
        """Count for a moment, and go on when the app had its turn."""
        if self._words is None:
            return
        if not self._words.advance(_SLICE):
            self._counting = self.set_timer(_PAUSE, self._count_on)
        self._tell()

    def _search_regex(self, pattern: str, began: int) -> None:
        from tui.reader.finding import SearchError, check_regex

        try:
            check_regex(pattern)
        except SearchError as error:
            self._problem = str(error)
            self._tell()
            return
        self._following = self.run_worker(self._follow_regex(pattern, began), group="search", exclusive=True)

    async def _follow_regex(self, pattern: str, began: int) -> None:
        """Take in the matches of a regular expression as they come: those from `began` on first."""
        from tui.reader.finding import SearchError, regex_matches

        found, earlier = self._found, Matches()
        try:
            async for batch in regex_matches(self._text, pattern, began):
                for start, end in batch:
                    (found if start >= began else earlier).add(start, end)
                self._show_regex(batch)
        except SearchError as error:
            self._problem = str(error)
        found.precede(earlier)
        found.complete = True
        self._look_anew()
        self._tell()

    def _show_regex(self, batch: list[Span]) -> None:
        if batch and self._current_match is None:
            self._go_to_match(batch[0])
            self._searched_to = self._caret
        self._look_anew()
        self._tell()

    def _stop_counting(self) -> None:
        if self._following is not None:
            self._following.cancel()
        if self._counting is not None:
            self._counting.stop()
        self._following = self._counting = None

    def _tell(self) -> None:
        self.post_message(Searched(len(self._found), self._found.complete, self._problem))
