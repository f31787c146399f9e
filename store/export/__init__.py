"""Annotations out: one module a format, imported when it is asked for. Formats know the types, not each other.

Every format's module has `render(article, placed, notes, analysis) -> str`, the whole of one article.
"""

from typing import Protocol

from store.annotation import Highlight
from store.spans import Span

FORMATS = {
    "markdown": "Markdown for Obsidian and other note programs; an existing file is updated, your edits in it stay",
    "jsonl": "JSON Lines, one object an article: all that is known of it",
}
"""The names of the formats and what each is for."""


class Placed(Protocol):
    """A highlight and where it stands in the text now, as `store.notebook` gives it."""

    @property
    def highlight(self) -> Highlight:
        """What was marked."""

    @property
    def span(self) -> Span | None:
        """Where it stands; None when its passage is gone."""

    @property
    def grade(self) -> str:
        """`exact`, `moved`, `changed`, or `orphan`."""
