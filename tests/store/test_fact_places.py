"""The context of what was asked of figures, quotes and actors is the one that fits, wherever else the words stand."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.analysis import Actor, Analysis, Number, Quote
from store.article import Article, make_article
from store.contexts import LENGTH, context
from store.home import Home
from store.library import Library
from store.notebook import Notebook
from store.notes_index import NotesIndex
from store.query_parser import parse
from store.search import Hit, Search

FILLER = "Nothing of note happened in the village that week, and nobody came to see it. " * 8
TEXT = (
    f"Lindt opens the mill\nIna Lindt had 40 guests and paid 12 dollars for flowers. {FILLER}\n"
    f"The mill cost 300 billion dollars, the ferry 200 billion dollars. {FILLER}\n"
    f'"Rivers belong to everyone," said Karl Orn. {FILLER}\n'
    f'"I shall lower the levy on flour next year," said Lindt. {FILLER}The levy hurts.'
)


def analysed(text: str) -> Analysis:
    """Dollars and guests, what is in quotation marks, and who is named behind it."""
    names = {"a1": ("Ina Lindt", "Lindt"), "a2": ("Karl Orn", "Orn")}
    actors = tuple(
        Actor(id_, name, "person", None, (alias,), tuple(match.span() for match in re.finditer(name, text)))
        for id_, (name, alias) in names.items()
    )
    numbers = tuple(
        Number(*match.span(), match[0], "money" if "d" in match[3] else "count",
               int(match[1]) * (10**9 if match[2] else 1), None, "=", "USD" if "d" in match[3] else "guests")
        for match in re.finditer(r"(\d+) (billion )?(dollars|guests)", text)
    )  # fmt: skip
    quotes = tuple(
        Quote(
            (match.span(1),),
            match[1],
            "direct",
            match.span(2),
            None,
            next(id_ for id_, those in names.items() if match[2] in those),
        )
        for match in re.finditer(r'"(.*?),?" said ([A-Z]\w+(?: [A-Z]\w+)?)', text)
    )
    return Analysis(actors, numbers, quotes)


@dataclass
class Shelf:
    """An article that is analysed, and what finds it."""

    home: Home
    article: Article
    search: Search

    def hit(self, typed: str) -> Hit:
        (hit,) = self.search.find(parse(typed))
        return hit

    def shown(self, typed: str) -> tuple[str, list[str]]:
        """The words at the place that is opened, and those that are marked."""
        found = self.hit(typed).context
        return self.article.text[found.start : found.start + 12], [found.excerpt[slice(*mark)] for mark in found.marks]


@pytest.fixture
def shelf(home: Home) -> Iterator[Shelf]:
    with Library(home.library) as library, closing(NotesIndex(home)) as index:
        article = library.put(make_article(TEXT, title="Lindt opens the mill", source="/mill"))
        library.keep_analysis(article.text_hash, "s", analysed(TEXT))
        yield Shelf(home, article, Search(library.file, index))


def test_a_figure_is_shown_marked_and_opened(shelf: Shelf) -> None:
    assert shelf.shown("number>250e9 number:usd") == ("300 billion ", ["300 billion dollars"])
    assert shelf.shown("number<100 number:usd") == ("12 dollars f", ["12 dollars"])
    assert shelf.shown("number:guests") == ("40 guests an", ["40 guests"])
    assert shelf.shown("number>250bn or has:note")[0] == "300 billion "


def test_all_figures_in_sight_that_fit_are_marked(shelf: Shelf) -> None:
    assert shelf.shown("number>100bn")[1] == ["300 billion dollars", "200 billion dollars"]


def test_words_beside_it_choose_among_the_figures(shelf: Shelf) -> None:
    assert shelf.shown("number:usd ferry") == ("300 billion ", ["300 billion dollars", "ferry", "200 billion dollars"])
    assert shelf.shown("number:usd flowers")[0] == "12 dollars f"


def test_the_quote_of_who_and_what_is_shown(shelf: Shelf) -> None:
    start, marked = shelf.shown("quote:levy said:lindt")
    assert (start, marked) == ("I shall lowe", ["levy", "Lindt"])
    assert shelf.shown("said:orn") == ("Rivers belon", ["Rivers belong to everyone", "Orn"])
    assert shelf.shown("quote:everyone")[0] == "Rivers belon"


def test_a_long_quote_is_opened_where_its_words_stand(home: Home) -> None:
    words = "We came and we saw and we stayed, and " * 20
    text = f'{FILLER}\n"{words}then the levy fell," said Karl Orn. The levy.'
    with Library(home.library) as library, closing(NotesIndex(home)) as index:
        article = library.put(make_article(text, source="/long"))
        library.keep_analysis(article.text_hash, "s", analysed(text))
        (hit,) = Search(library.file, index).find(parse("quote:levy"))
    assert hit.context.start == text.index("levy fell")


def test_an_actor_is_shown_where_named(shelf: Shelf) -> None:
    assert shelf.shown("actor:orn") == ("Karl Orn. No", ["Orn"])


def test_what_is_left_out_is_never_shown(shelf: Shelf) -> None:
    assert shelf.shown("number>100 -number=12 -quote:flour or number:guests")[0] == "40 guests an"
    assert shelf.hit("-number:eur").context.start == 0


def test_what_was_put_right_decides(shelf: Shelf) -> None:
    notebook = Notebook(shelf.home, shelf.article)
    start = TEXT.index("300 billion")
    notebook.add_correction("reject", "numbers", (start, start + len("300 billion dollars")))
    assert shelf.shown("number>100bn")[0] == "200 billion "
    start = TEXT.index("12 dollars")
    notebook.add_correction("set-value", "numbers", (start, start + len("12 dollars")), value="900 billion EUR")
    assert shelf.shown("number>500bn") == ("12 dollars f", ["12 dollars"])


def test_who_was_renamed_everywhere_is_shown_where_quoted(shelf: Shelf) -> None:
    notebook = Notebook(shelf.home, shelf.article)
    start = TEXT.index("Karl Orn")
    notebook.add_correction(
        "rename", "actors", (start, start + 8), name="Karl Orn", value="Count Orwin", scope="everywhere"
    )
    assert shelf.shown("said:orwin") == ("Rivers belon", ["Rivers belong to everyone"])
    assert shelf.shown("actor:orwin") == ("Karl Orn. No", ["Karl Orn"])


@settings(max_examples=200, deadline=None)
@given(
    st.text("ab \n\té“.", min_size=1, max_size=400).filter(str.strip),
    st.lists(st.tuples(st.integers(0, 399), st.integers(1, 40)), min_size=1, max_size=4),
)
def test_what_is_marked_in_an_excerpt_is_what_stands_at_the_place(text: str, pairs: list[tuple[int, int]]) -> None:
    places = sorted((start % len(text), min(len(text), start % len(text) + length)) for start, length in pairs)
    found = context(text, None, places=places)
    assert found.start == places[0][0] and len(found.excerpt) <= LENGTH + 4
    assert list(found.marks) == sorted(found.marks)
    assert all(0 <= start < end <= len(found.excerpt) for start, end in found.marks)
    words = {" ".join(text[slice(*place)].split()) for place in places}
    whole = [found.excerpt[slice(*mark)] for mark in found.marks if mark[1] < len(found.excerpt) - 2 and mark[0] > 2]
    assert all(any(one.strip() in word for word in words) for one in whole)
