"""`number:` and comparisons find figures as the reader put them right: what is found is what the numbers pane shows."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import query_facts
from store.analysis import Analysis, Number
from store.annotation import CorrectionKind
from store.article import Article, make_article
from store.corrections import corrected
from store.everywhere import corrections_for
from store.home import Home
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook
from store.notes_index import NotesIndex
from store.query import QueryError
from store.query_parser import parse
from store.search import Search

TEXTS = {
    "mill": "The mill cost 40 dollars and made 300 sacks a day.",
    "ferry": "The ferry carries 300 people for 2 to 4 dollars.",
    "port": "The port was closed for 12 days.",
}
UNITS = {"dollars": ("USD", "money", None), "days": ("day", "duration", None)}


def analysed(text: str) -> Analysis:
    """Each figure with the word behind it."""
    found = []
    for match in re.finditer(r"(\d+)(?: to (\d+))? (\w+)", text):
        unit, kind, of = UNITS.get(match[3], (None, "count", match[3]))
        high = int(match[2]) if match[2] else None
        found.append(Number(*match.span(), match[0], kind, int(match[1]), high, "=", unit, of))  # type: ignore[arg-type]
    return Analysis((), tuple(found), ())


@dataclass
class Shelf:
    """A library of the three texts, with what is asked of it and put right in it."""

    home: Home
    library: Library
    articles: dict[str, Article]
    index: NotesIndex

    def ask(self, typed: str) -> set[str]:
        """What answers; it must be the same whichever way is taken to it."""
        search, query = Search(self.library.file, self.index), parse(typed)
        ids = search.ids(query)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(query_facts, "FEW", 0)
            assert search.ids(query) == ids
        return {name for name, article in self.articles.items() if article.id in ids}

    def correct(self, where: str, kind: CorrectionKind, words: str, value: str = "") -> Notebook:
        """Put the figure right that stands at these words."""
        article = self.articles[where]
        notebook, start = Notebook(self.home, article), article.text.index(words)
        notebook.add_correction(kind, "numbers", (start, start + len(words)), value=value)
        return notebook

    def shown(self, name: str) -> Analysis:
        article = self.articles[name]
        return corrected(analysed(article.text), corrections_for(self.home, article.id), article)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[str, Article]]]:
    with Library(tmp_path_factory.mktemp("library") / "library.db") as library:
        articles = {name: library.put(make_article(text, source=f"/{name}")) for name, text in TEXTS.items()}
        for article in articles.values():
            library.keep_analysis(article.text_hash, "s", analysed(article.text))
        yield library, articles


@pytest.fixture
def shelf(home: Home, library: tuple[Library, dict[str, Article]]) -> Iterator[Shelf]:
    with closing(NotesIndex(home)) as index:
        yield Shelf(home, *library, index)


def test_a_rejected_figure_is_not_found(shelf: Shelf) -> None:
    assert shelf.ask("number=300") == {"mill", "ferry"}
    notebook = shelf.correct("mill", "reject", "300")
    assert shelf.ask("number=300") == shelf.ask("number>100") == {"ferry"}
    assert shelf.ask("number:sacks") == set()
    assert shelf.ask("-number:usd") == {"port"}
    notebook.undo()
    assert shelf.ask("number=300") == {"mill", "ferry"}


def test_what_is_not_analysed_has_no_such_figure(home: Home) -> None:
    with Library(home.library) as library, closing(NotesIndex(home)) as index:
        articles = {name: library.put(make_article(text, source=f"/{name}")) for name, text in TEXTS.items()}
        for name in ("mill", "port"):
            library.keep_analysis(articles[name].text_hash, "s", analysed(TEXTS[name]))
        shelf = Shelf(home, library, articles, index)
        assert shelf.ask("-number:usd") == {"ferry", "port"} and shelf.ask("-number=40") == {"ferry", "port"}
        shelf.correct("port", "reject", "12")
        assert shelf.ask("-number=12") == {"mill", "ferry", "port"}


def test_a_figure_is_found_by_the_value_it_was_given(shelf: Shelf) -> None:
    shelf.correct("mill", "set-value", "40", "4 million EUR")
    assert shelf.ask("number>1m") == shelf.ask("number:eur") == shelf.ask("number:eur number>1m") == {"mill"}
    assert shelf.ask("number:usd") == shelf.ask("number:usd number<5") == {"ferry"}
    assert shelf.ask("number=40") == set()
    shelf.correct("mill", "set-value", "40", "30 to 50 EUR")
    assert shelf.ask("number>1m") == set()
    assert shelf.ask("number=40") == {"mill"}


def test_a_figure_that_was_added_and_one_of_another_kind(shelf: Shelf) -> None:
    shelf.correct("port", "add", "closed", "7 %")
    assert shelf.ask("number:percent") == shelf.ask("number:% number<10") == {"port"}
    assert shelf.ask("number:duration") == {"port"}
    shelf.correct("port", "kind", "12", "age")
    assert shelf.ask("number:duration") == set()
    assert shelf.ask("number:age") == shelf.ask("number:ag*") == {"port"}


def test_figures_that_were_put_right_change_no_other_answer(shelf: Shelf) -> None:
    shelf.correct("mill", "set-value", "40", "4 million EUR")
    assert shelf.ask("number:usd or number:eur") == {"mill", "ferry"}
    assert shelf.ask("number:usd number:eur") == set()
    assert shelf.ask("mill number:eur") == {"mill"}
    assert shelf.ask("actor:mill") == shelf.ask("quote:mill") == set()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            [("mill", "40"), ("mill", "300"), ("ferry", "300"), ("ferry", "2 to 4"), ("port", "12"), ("port", "closed")]
        ),
        st.sampled_from(["reject", "set-value", "kind", "add"]),
        st.sampled_from(["40 EUR", "7 %", "-3 to 300", "1e", "5 USD"]),
        st.sampled_from(["count", "age", "money"]),
    ),
    max_size=4,
)
ASKED = {
    "number=40": lambda one: one.value <= 40 <= _high(one),
    "number>100": lambda one: _high(one) > 100,
    "number<=2": lambda one: one.value <= 2,
    "number:usd": lambda one: one.unit == "USD",
    "number:count": lambda one: one.kind == "count",
    "number:money number<10": lambda one: one.kind == "money" and one.value < 10,
    "number:people": lambda one: "people" in (one.unit, one.of),
}
_number = count()


def _high(one: Number) -> float:
    return one.value if one.high is None else one.high


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@settings(max_examples=40, deadline=None)
@given(moves=MOVES)
def test_what_the_pane_shows_is_found(
    homes: Path, library: tuple[Library, dict[str, Article]], moves: list[tuple[tuple[str, str], str, str, str]]
) -> None:
    home = Home(homes / str(next(_number)))
    home.make()
    with closing(NotesIndex(home)) as index:
        shelf = Shelf(home, *library, index)
        for (where, words), kind, value, other in moves:
            figure = {"reject": "", "kind": other}.get(kind, value if value != "1e" else "1 thousand people")
            shelf.correct(where, kind, words, figure)  # type: ignore[arg-type]
        for typed, fits in ASKED.items():
            truth = {name for name in TEXTS if any(map(fits, shelf.shown(name).numbers))}
            assert shelf.ask(typed) == truth, typed


def test_a_unit_with_a_bound_is_said_of_one_figure(shelf: Shelf) -> None:
    assert shelf.ask("number:usd>3") == {"mill", "ferry"}
    assert shelf.ask("number:usd>100") == shelf.ask("number:people<5") == set()
    assert shelf.ask("number:usd>2<5") == {"ferry"}
    assert shelf.ask("number:usd>3 number:sacks") == {"mill"}
    assert shelf.ask("-number:usd>10") == {"ferry", "port"}


@pytest.mark.parametrize(
    ("typed", "position", "advice"),
    [
        ("number:usdd", 7, "number:usd?"),
        ("mill number:percnt>5", 12, "number:percent?"),
        ("number:sakcs", 7, "number:sacks?"),
        ('-number:"zzz"', 9, "units are usd"),
        ("number:300 or number:usd", 7, "number=300"),
    ],
)
def test_a_unit_that_nothing_is_in_is_refused(shelf: Shelf, typed: str, position: int, advice: str) -> None:
    with pytest.raises(QueryError) as caught:
        Search(shelf.library.file, shelf.index).check(parse(typed), typed)
    assert caught.value.position == position and advice in str(caught.value)


def test_a_unit_that_is_known_or_may_come_is_not_refused(shelf: Shelf) -> None:
    search = Search(shelf.library.file, shelf.index)
    for typed in (
        "number:eur",
        "number:sack*",
        "number:people",
        "number:ratio",
        "number:kilometres>3",
        "number:%",
        "x",
    ):
        search.check(parse(typed), typed)
    shelf.correct("mill", "set-value", "40", "4 million zorkmids")
    search.check(parse("number:zorkmids"), "number:zorkmids")
    late = shelf.library.put(make_article("The quay had 40 visitors.", source="/late"))
    search.check(parse("number:visitors"), "number:visitors")
    shelf.library.remove(late.id)


def test_articles_that_are_not_analysed_are_counted_where_that_matters(shelf: Shelf) -> None:
    search = Search(shelf.library.file, shelf.index)
    late = shelf.library.put(make_article("The quay had 40 visitors.", source="/late"))
    for typed, lacking in (("number>1", 1), ("quay or -said:lind", 1), ("quay", 0), ("tag:x is:unread", 0)):
        assert search.unanalysed(parse(typed)) == lacking, typed
    Marks(shelf.library.file).throw_away(late.id)
    assert search.unanalysed(parse("number>1")) == 0
    Marks(shelf.library.file).bring_back(late.id)
    assert search.unanalysed(parse("number>1")) == 1
    with Library(shelf.library.path) as another:
        another.keep_analysis(late.text_hash, "s", analysed(late.text))
    assert search.unanalysed(parse("number>1")) == 0
    shelf.library.remove(late.id)
