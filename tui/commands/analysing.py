"""What was extracted from an article, for the commands that write it out: kept analyses, else fresh ones, corrected."""

from dataclasses import replace

from store import worker
from store.analysis import Analysis
from store.article import Article
from store.corrections import corrected
from store.errors import BriefbookError
from store.everywhere import everywhere
from store.export import Export
from store.home import Config, Home
from store.library import Library


class Analyses:
    """The kept analyses, and fresh ones, which are then kept. Nothing is loaded before it is needed."""

    def __init__(self, home: Home, config: Config, library: Library) -> None:
        from tui.commands.extract import pipelines

        self._home, self._config, self._library = home, config, library
        self._pipelines = pipelines(home, config)

    def added(self, export: Export) -> Export:
        """`export` with what the article holds, put right as the reader did. Raises BriefbookError."""
        article = export.article
        general = tuple(one for origin, one in everywhere(self._home) if origin != article.id)
        return replace(export, analysis=corrected(self._of(article), (*general, *export.corrections), article))

    def _of(self, article: Article) -> Analysis:
        stamp = worker.stamp(self._home, self._config)
        if stamp and (kept := self._library.analysis(article.text_hash, stamp, article.text)):
            return kept
        [made] = self._pipelines.analyses([article])
        if isinstance(made, BriefbookError):
            raise made
        if stamp := worker.stamp(self._home, self._config):
            self._library.keep_analysis(article.text_hash, stamp, made)
        return made
