"""What the reader put right, applied to analyses made outside the app: finds which corrections an article has.

What a correction does is the business of `store.corrections`, where it is kept that of `store.everywhere`.
"""

from store.analysis import Analysis
from store.article import Article
from store.corrections import corrected
from store.everywhere import corrections_for
from store.home import Home
from store.library import Library
from store.lost_notes import LostNotes
from store.notefile import everywhere_path, notes_files


class PuttingRight:
    """Applies the corrections of a home; close it, or use it in a `with` statement. Opens no library where nothing was
    ever put right."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._anything = everywhere_path(home).exists() or bool(notes_files(home))
        self._library = Library(home.library, LostNotes(home)) if self._anything and home.library.exists() else None

    def analysis(self, analysis: Analysis, article: Article) -> Analysis:
        """`analysis` of `article` with what was put right, in this article and everywhere.

        Raises:
            NotebookError: a notes file cannot be read.
        """
        if not self._anything:
            return analysis
        id_ = self._library.id_of(article) if self._library else article.id
        return corrected(analysis, corrections_for(self._home, id_), article)

    def close(self) -> None:
        """Let go of the library."""
        if self._library is not None:
            self._library.close()

    def __enter__(self) -> "PuttingRight":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
