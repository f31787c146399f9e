"""Highlights and notes by the actors that they tell of: named, meant, quoted."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from store.annotation import Highlight, Selector, new_id, now
from store.article import Article, make_article
from store.extract.analyse import analyses
from store.home import Home
from store.library import Library
from store.notebook import Notebook
from store.notes_actors import ActorNotes
from store.notes_index import NotesIndex
from store.query import QueryError
from store.query_parser import parse
from store.search import Search

TEXT = """Ferry strike ends

The strike at the Tolby ferry ended on Monday, Ingrid Söder, head of the Sailors' Union, told reporters.

“We got what we asked for,” she said. The boats sail again on Tuesday.

Mark Hale, a passenger, was content.
"""
Ask = Callable[[str], list[str]]


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    with Library(home.library) as library:
        yield library


@pytest.fixture
def article(library: Library) -> Article:
    return library.put(make_article(TEXT, title="Ferry strike ends", source="/ferry.txt"))


@pytest.fixture
def notebook(home: Home, article: Article) -> Notebook:
    notebook = Notebook(home, article)
    for words in ("Ingrid Söder, head of the Sailors' Union", "We got what we asked for", "The boats sail again"):
        start = TEXT.index(words)
        notebook.add_highlight((start, start + len(words)))
    notebook.add_note("Thin on the terms.")
    return notebook


@pytest.fixture
def ask(home: Home, library: Library, notebook: Notebook) -> Iterator[Ask]:
    with closing(NotesIndex(home)) as index:
        by_actor = ActorNotes(library, Search(library.file, index), index)

        def ask(typed: str) -> list[str]:
            index.refresh()
            return sorted(one.quote or one.text for one in index.ask(parse(typed), typed, by_actor=by_actor.ids))

        yield ask


def test_a_highlight_tells_of_who_is_named_meant_or_quoted_in_it(
    ask: Ask, library: Library, article: Article, nlp
) -> None:
    (analysis,) = analyses(nlp, [article])
    library.keep_analysis(article.text_hash, "s", analysis)
    hers = ["Ingrid Söder, head of the Sailors' Union", "Thin on the terms.", "We got what we asked for"]
    assert ask("actor:soder") == ask('actor:"Ingrid SÖDER"') == ask("actor:söd*") == hers
    assert ask("actor:hale") == ["Thin on the terms."]
    assert ask("actor:soder has:highlight union") == ["Ingrid Söder, head of the Sailors' Union"]
    assert ask("-actor:soder") == ["The boats sail again"]
    assert ask("actor:nobody") == []


def test_marked_in_a_text_that_was_not_analysed_the_name_itself_counts(
    home: Home, ask: Ask, library: Library, article: Article, nlp
) -> None:
    newer = library.put(make_article(TEXT + "\nMore later.\n", title=article.title, source="/ferry.txt"))
    assert newer.id == article.id
    (analysis,) = analyses(nlp, [newer])
    library.keep_analysis(newer.text_hash, "s", analysis)
    assert ask("actor:soder") == ["Ingrid Söder, head of the Sailors' Union", "Thin on the terms."]


def test_what_was_marked_elsewhere_tells_of_who_stands_where_its_words_do(
    home: Home, ask: Ask, library: Library, article: Article, notebook: Notebook, nlp
) -> None:
    (analysis,) = analyses(nlp, [article])
    library.keep_analysis(article.text_hash, "s", analysis)
    start = TEXT.index("Ingrid Söder")
    for words in (
        "Mark Hale, a passenger, was content.",
        "“We got what we asked for,” she said.",
        "Words of another text",
    ):
        selector = Selector(words, "", "", start, start + len(words))
        notebook.bring("3 highlights imported", [Highlight(new_id(), selector, 1, (), now(), now())])
    assert ask("actor:hale has:highlight") == ["Mark Hale, a passenger, was content."]
    assert "“We got what we asked for,” she said." in ask("actor:soder has:highlight")
    assert "Words of another text" not in ask("actor:soder") and "Words of another text" in ask("-actor:soder")


def test_without_a_library_notes_have_no_actors(home: Home, notebook: Notebook) -> None:
    with closing(NotesIndex(home)) as index:
        index.refresh()
        with pytest.raises(QueryError, match="notes have no “actor:”"):
            index.ask(parse("actor:soder"), "actor:soder")
