"""All highlights and notes of all articles, filtered by the query language: words, tag:, color:, actor:, after: ..."""

from tui.panes.answers import NOTE_HEIGHT, annotation_rows
from tui.panes.row import Row
from tui.screens.querying import Chosen, QueryScreen


class AllNotesScreen(QueryScreen):
    """Gives the highlight that was chosen, or the article that a note is on."""

    TITLE_WORDS = "All highlights and notes"
    HINT = "tag: color: actor: has:note after:7d -not or · Enter opens · Esc leaves"
    START = "Nothing is marked or noted yet: in an article H highlights the sentence, a writes a note to it."
    EMPTY = "Nothing marked or noted fits."
    ROW_HEIGHT = NOTE_HEIGHT

    def rows(self, typed: str, limit: int) -> list[Row]:
        """The highlights and notes."""
        return annotation_rows(self.desk.annotations(typed, limit))

    def chosen(self, row: Row) -> Chosen:
        """The article, at the highlight."""
        article, _, highlight = row.key.partition(" ")
        return Chosen(article, row.places[0][0], highlight)
