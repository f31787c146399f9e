"""Articles through the pipelines: each gets its analysis or its own error, whatever became of its neighbours."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from store.analysis import Analysis
from store.article import Article, make_article
from store.errors import ExtractError, ModelError
from store.extract import analyse, fetching, language
from store.extract.pipelines import Pipelines
from store.home import Config, Home

if TYPE_CHECKING:
    from spacy.language import Language


def ignore(state: str, done: int, total: int) -> None:
    """No progress is wanted."""


@pytest.fixture
def warm(nlp: "Language", monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pipeline, without loading it once more for each test."""
    monkeypatch.setattr(language, "load", lambda model: nlp)


def failing(rule: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(doc: Any, article: Article) -> Any:
        if "boom" in article.text:
            raise ZeroDivisionError("words of the article")
        return rule(doc, article)

    return wrapped


def test_one_that_fails_leaves_the_others(warm: None, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyse, "actors", failing(analyse.actors))
    articles = [make_article(text) for text in ("Mara Lind spoke.", "boom", "Tomas Berg spoke.")]
    articles.insert(2, make_article("Nichts.", language="de"))
    found = list(Pipelines(home, Config(), ignore).analyses(articles))
    assert [type(one) for one in found] == [Analysis, ExtractError, ExtractError, Analysis]
    assert "boom: it could not be analysed (ZeroDivisionError at test_pipelines.py:" in str(found[1])
    assert "words of the article" not in str(found[1]) and "'de'" in str(found[2])


def test_a_language_is_loaded_once_and_told(warm: None, home: Home) -> None:
    told: list[str] = []
    pipelines = Pipelines(home, Config(), lambda state, done, total: told.append(state))
    assert pipelines.get("en-GB") is pipelines.get("en") is pipelines.get("")
    assert told == ["loading"]


def test_a_fetch_that_failed_is_not_tried_for_every_article(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def offline(home: Home, progress: fetching.Progress) -> language.Model:
        tries.append(1)
        raise ModelError("no network")

    monkeypatch.setattr(language, "find", lambda home, config: None)
    monkeypatch.setattr(fetching, "install", offline)
    pipelines = Pipelines(home, Config(), ignore)
    for _ in range(3):
        with pytest.raises(ModelError, match="no network"):
            list(pipelines.analyses([make_article("x")]))
    assert len(tries) == 1
    with pytest.raises(ModelError, match="briefbook model install"):
        Pipelines(home, Config(fetch_model=False), ignore).model("en")
