"""The line to search in: in the text as one types, or as a filter of the list that is active.

A side of the reader screen.
"""

from textual import on
from textual.widgets import Input

from tui.panes.list_pane import ListPane
from tui.screens.drawing import Drawing

REGEX = "/"
"""A search that begins so is a regular expression; it may end so, too."""


class Searching(Drawing):
    """The side of the reader screen that searches and filters."""

    _filtered: ListPane | None = None

    @property
    def _find(self) -> Input:
        return self.query_one("#find", Input)

    def action_search(self) -> None:
        """Open the line: for the text, or for the list that has the focus."""
        focused = self.focused
        self._filtered = focused if isinstance(focused, ListPane) else None
        find = self._find
        find.placeholder = (
            "Filter this list" if self._filtered else "Search the text; /between slashes/ it is a regular expression"
        )
        find.value = self._filtered.filter if self._filtered else ""
        self.add_class("-finding")
        find.focus()

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        if not self.has_class("-finding"):
            return
        if self._filtered is not None:
            self._filtered.set_filter(event.value)
            self.draw_tabs()
        else:
            self._search(event.value)

    def _search(self, words: str) -> None:
        if not words.removeprefix(REGEX):
            self.reader.clear_search()
            self.status.say("")
            return
        regex = words.startswith(REGEX)
        self.reader.search(words.removeprefix(REGEX).removesuffix(REGEX) if regex else words, regex=regex)
        self.status.say(self.reader.search_words)

    @on(Input.Submitted, "#find")
    def _taken(self) -> None:
        if self._filtered is None:
            self.reader.accept_search()
        self._close()

    def close_search(self) -> None:
        """Escape: forget what was typed."""
        if self._filtered is not None:
            self._filtered.set_filter("")
            self.draw_tabs()
        else:
            self.reader.cancel_search()
            self.status.say("")
        self._close()

    def _close(self) -> None:
        self.remove_class("-finding")
        (self._filtered or self.reader).focus()
