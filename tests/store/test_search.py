"""Searching the library: answers equal those of a naive filter, and nothing that is typed breaks it."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import Actor, Analysis, Number, Quote
from store.article import Article, make_article
from store.contexts import context, folded, wanted
from store.home import Home
from store.library import Library
from store.marks import Marks
from store.notebook import Notebook
from store.notes_index import NotesIndex
from store.query import And, Figure, Not, Or, Query, QueryError, Term
from store.query_parser import parse
from store.query_sql import first_day
from store.search import Search

TEXTS = [
    "Dockers strike in Sarn. A fair offer was refused.",
    "The river falls. No strike, said the mayor; a fair price is an offer too.",
    "Ports: Málaga's striking dockers walk out. Strikers wait.",
    "Quiet day in Sarn. River traffic is fair.",
    "Budget of the mayor. An offer of 5 ships.",
    "Dockers and mayors meet over the river budget.",
]
PUBLISHERS = ["The Sarn Post", "Harbour News", ""]
TAGS = [("harbour",), ("harbour", "To Do"), (), ("todo",), (), ("Hafen",)]
QUOTES = [
    (("Ilse Brandt", "Brandt"), "We will strike"),
    (("Petra Lang",), "A fair price"),
    (("Ilse Brandt",), "The budget waits"),
]
NUMBERS = [(5e9, None, "USD", "money"), (2.0, 4.0, "percent", "percent"), (40.0, None, None, "count")]


def analysis(number: int) -> Analysis:
    """Two quotes and two figures, in another mixture for each article."""
    quotes, actors = [], []
    for place, which in enumerate((number % 3, (number + number // 3) % 3)):
        names, words = QUOTES[which]
        actors.append(Actor(f"a{place}", names[0], "person", None, names[1:], ((0, 3),)))
        quotes.append(Quote(((0, 3),), words, "direct", (0, 3), None, f"a{place}"))
    figures = [
        Number(0, 3, "x", kind, value, high, "=", unit, "ships" if unit is None else None)  # type: ignore[arg-type]
        for value, high, unit, kind in (NUMBERS[number % 3], NUMBERS[(number + 1) % 3])
    ]
    return Analysis(tuple(actors), tuple(figures), tuple(quotes))


class Corpus:
    """A small library, and what a filter has to know of it."""

    def __init__(self, home: Home) -> None:
        self.library = Library(home.library)
        self.marks = Marks(self.library.file)
        self.search = Search(self.library.file, NotesIndex(home))
        self.articles: list[Article] = []
        for number, text in enumerate(TEXTS):
            self._add(home, number, text)
        self.entries = {entry.id: entry for entry in self.library.entries()}

    def _add(self, home: Home, number: int, text: str) -> None:
        article = self.library.put(
            make_article(
                f"{text}\nEnd.", source=f"https://example.org/{number}", byline="A. Fair" if number == 3 else "",
                published=f"2025-0{number + 1}-01", publisher=PUBLISHERS[number % 3],
            )
        )  # fmt: skip
        self.articles.append(article)
        self.library.keep_analysis(article.text_hash, "stamp", analysis(number))
        self.marks.tag([article.id], TAGS[number])
        self.marks.set({article.id: number % 2 == 0}, "read")
        self.marks.set({article.id: number % 3 == 0}, "starred")
        self.marks.set({article.id: number == 4}, "archived")
        notebook = Notebook(home, article)
        if number in (1, 2):
            mark = notebook.add_highlight((0, 5), colour=number + 1, tags=["todo"])
            if number == 1:
                notebook.add_note("Ask.", highlight=mark.id)

    def naive(self, query: Query) -> set[str]:
        return {article.id for number, article in enumerate(self.articles) if self._holds(query, number, article)}

    def _holds(self, query: Query, number: int, article: Article) -> bool:
        match query:
            case And(queries):
                return self._all(queries, number, article)
            case Or(queries):
                return any(self._holds(one, number, article) for one in queries)
            case Not(one):
                return not self._holds(one, number, article)
            case Figure() | Term(field="number"):
                return any(_fits(query, figure) for figure in analysis(number).numbers)
            case Term(field="said" | "quote"):
                return any(_spoken(query, analysis(number), quote) for quote in analysis(number).quotes)
        return self._term(query, number, article)

    def _all(self, queries: tuple[Query, ...], number: int, article: Article) -> bool:
        quoted = [one for one in queries if isinstance(one, Term) and one.field in ("said", "quote")]
        figured = [one for one in queries if isinstance(one, Figure) or getattr(one, "field", "") == "number"]
        groups = [quoted] if sum(one.field == "said" for one in quoted) == 1 else []
        groups += [figured] if sum(isinstance(one, Term) for one in figured) <= 1 and figured else []
        found = analysis(number)
        for group in groups:
            rows = found.quotes if group is quoted else found.numbers
            if not any(all(_row_fits(one, found, row) for one in group) for row in rows):
                return False
        rest = [one for one in queries if not any(one is other for group in groups for other in group)]
        return all(self._holds(one, number, article) for one in rest)

    def _term(self, term: Term, number: int, article: Article) -> bool:
        entry = self.entries[article.id]
        value = term.value
        match term.field:
            case "":
                return any(_says(term, column) for column in (article.title, article.byline, article.text))
            case "title":
                return _says(term, article.title)
            case "source":
                return any(value.lower() in place.lower() for place in (article.publisher, article.source))
            case "actor":
                return any(_says(term, name) for actor in analysis(number).actors for name in _names(actor))
            case "is":
                return {"unread": number % 2 == 1, "read": number % 2 == 0, "starred": number % 3 == 0}.get(
                    value, entry.archived
                )
            case "has":
                return number == 1 or (number == 2 and value == "highlight")
            case "color":
                return (number, value) in ((1, "2"), (2, "3"))
            case "tag":
                tags = [tag.casefold() for tag in (*TAGS[number], *(["todo"] if number in (1, 2) else []))]
                wanted = value.casefold()
                return any(tag.startswith(wanted) if term.prefix else tag == wanted for tag in tags)
        day = first_day(value, date(2026, 1, 1)).isoformat()
        return article.published < day if term.field == "before" else article.published >= day


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _row_fits(query: Query, found: Analysis, row: Quote | Number) -> bool:
    return _fits(query, row) if isinstance(row, Number) else _spoken(query, found, row)  # type: ignore[arg-type]


def _spoken(term: Term, found: Analysis, quote: Quote) -> bool:
    if term.field == "quote":
        return _says(term, quote.text)
    return any(_says(term, name) for actor in found.actors if actor.id == quote.actor for name in _names(actor))


def _fits(query: Query, figure: Number) -> bool:
    if isinstance(query, Term):
        return _says(query, " ".join(filter(None, (figure.unit, figure.kind, figure.of))))
    assert isinstance(query, Figure)
    low, high = figure.value, figure.value if figure.high is None else figure.high
    return {
        "<": low < query.value, "<=": low <= query.value, ">": high > query.value, ">=": high >= query.value,
        "=": low <= query.value <= high,
    }[query.comparison]  # fmt: skip


def _says(term: Term, text: str) -> bool:
    words, sought = _tokens(text), _tokens(term.value)
    ends = range(len(words) - len(sought) + 1)
    return any(
        words[at : at + len(sought)] == sought
        or (
            term.prefix
            and words[at : at + len(sought) - 1] == sought[:-1]
            and words[at + len(sought) - 1].startswith(sought[-1])
        )
        for at in ends
    )


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    home = Home(tmp_path_factory.mktemp("home"))
    home.make()
    made = Corpus(home)
    yield made
    made.library.close()


WORDS = st.sampled_from(["strike", "dockers", "river", "malaga", "fair offer", "fair", "mayor", "end", "none", "sarn"])
TERMS = st.one_of(
    *(
        st.builds(Term, st.just(field), values, st.just(True), st.booleans())
        for field, values in {
            "": WORDS, "title": WORDS, "actor": st.sampled_from(["brandt", "ilse brandt", "lang", "brandt ilse"]),
            "said": st.sampled_from(["brandt", "lang", "petra"]),
            "quote": st.sampled_from(["strike", "fair price", "the"]),
            "number": st.sampled_from(["usd", "percent", "ships", "money"]),
            "tag": st.sampled_from(["harbour", "to", "todo"]),
        }.items()
    ),
    st.builds(Term, st.just("source"), st.sampled_from(["sarn", "harbour news", "example.org/1", "x"])),
    st.builds(Term, st.just("is"), st.sampled_from(["unread", "read", "starred", "archived"])),
    st.builds(Term, st.just("has"), st.sampled_from(["note", "highlight"])),
    st.builds(Term, st.just("color"), st.sampled_from(["1", "2", "3"])),
    st.builds(Term, st.sampled_from(["before", "after"]), st.sampled_from(["2025-03", "2025", "2025-04-01", "2026"])),
    st.builds(Figure, st.sampled_from(["<", ">", "<=", ">=", "="]), st.sampled_from([3.0, 5e9, 40.0, 1.0])),
)  # fmt: skip
TREES = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=7,
)


@pytest.mark.parametrize("typed", ["mayor", "river or strike", "fair -strike"])
def test_ids_of_answers_with_words_in_them_come_best_first(corpus: Corpus, typed: str) -> None:
    query = parse(typed)
    assert corpus.search.ids(query) == [hit.entry.id for hit in corpus.search.find(query)] != []


@settings(max_examples=150, deadline=None)
@given(query=TREES)
def test_answers_are_those_of_a_naive_filter(corpus: Corpus, query: Query) -> None:
    expected = corpus.naive(query)
    assert {hit.entry.id for hit in corpus.search.find(query)} == expected
    assert set(corpus.search.ids(query)) == expected
    assert corpus.search.count(query) == len(expected)
    assert [entry.id for entry in corpus.search.entries(query, "date")] == corpus.search.ids(query, "date")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=30))
def test_no_text_breaks_it(corpus: Corpus, text: str) -> None:
    for typed in (text, f"title:{text}", f'tag:"{text}"', f"number:{text}*", f"source:{text}"):
        try:
            corpus.search.find(parse(typed), limit=3)
        except QueryError:
            continue


@pytest.mark.parametrize(
    "typed",
    ["a " * 1000, "-a " * 660, "is:read " * 240, "a or " * 390 + "a", "(" * 19 + "a b" + ")" * 19, "-a or " * 330 + "b",
     "-(" * 9 + "a b or c" + ")" * 9, "said:a " * 280, "number>1 " * 220,
     "before:0000 after:9999y before:1m after:9999d"],
)  # fmt: skip
def test_long_and_deep_queries_are_answered(corpus: Corpus, typed: str) -> None:
    corpus.search.find(parse(typed))


def test_who_and_what_beside_each_other_are_one_quote(corpus: Corpus) -> None:
    found = {(who, what): corpus.search.count(parse(f"said:{who} quote:{what}")) for who, what in
             product(("brandt", "lang"), ("strike", "price"))}  # fmt: skip
    assert found["lang", "strike"] == found["brandt", "price"] == 0
    assert found["brandt", "strike"] and found["lang", "price"]
    assert corpus.search.count(parse("number:usd number<100")) == 0
    assert corpus.search.count(parse("(number:usd or number:eur) number<100")) > 0


def test_a_title_outranks_a_text_and_words_stand_in_context(home: Home) -> None:
    library = Library(home.library)
    filler = "Nothing of note happened in the village that week, and nobody came. " * 20
    library.add([
        make_article(f"A harvest\n{filler}The dykes held. Later the dykes broke near Orn. {filler}", source="/1"),
        make_article(f"Dykes of Orn\n{filler}", source="/2"),
    ])  # fmt: skip
    search = Search(library.file, NotesIndex(home))
    first, second = search.find(parse("dykes orn"))
    assert (first.entry.title, second.entry.title) == ("Dykes of Orn", "A harvest")
    found = second.context
    assert [found.excerpt[slice(*mark)] for mark in found.marks] == ["dykes", "dykes", "Orn"]
    assert found.excerpt.startswith("… ") and found.excerpt.endswith(" …")
    article = library.get(second.entry.id)
    assert article and article.text[found.start :].startswith("dykes broke")


def test_a_context_is_found_through_case_accents_and_line_ends() -> None:
    text = "Zuerst: MÁLAGA\nhafen."
    found = context(text, wanted(parse('"malaga hafen" -x')))
    assert [found.excerpt[slice(*mark)] for mark in found.marks] == ["MÁLAGA hafen"]
    assert context(text, wanted(parse("is:read"))).marks == () and wanted(parse("-a is:read")) is None


def test_what_was_thrown_away_answers_nothing_until_it_is_brought_back(home: Home) -> None:
    library = Library(home.library)
    kept = library.put(make_article("The dykes hold.", source="/1"))
    marks, search = Marks(library.file), Search(library.file, NotesIndex(home))
    marks.throw_away(kept.id)
    assert (search.count(parse("dykes")), library.entries(), marks.counts().shelf) == (0, [], 0)
    marks.empty_bin()
    marks.bring_back(kept.id)
    assert [hit.entry.id for hit in search.find(parse("dykes"))] == [kept.id]
    marks.throw_away(kept.id)
    marks.empty_bin(kept.id)
    marks.bring_back(kept.id)
    assert library.get(kept.id) is None and search.count(parse("dykes")) == 0


def test_a_new_text_is_found_and_the_old_one_no_more(home: Home) -> None:
    library = Library(home.library)
    search = Search(library.file, NotesIndex(home))
    kept = library.put(make_article("The dykes hold.", source="/1"))
    library.keep_analysis(kept.text_hash, "s", analysis(0))
    assert search.count(parse("actor:brandt")) == 1
    library.put(make_article("The dams hold.", source="/1"))
    assert (search.count(parse("dykes")), search.count(parse("dams")), search.count(parse("actor:brandt"))) == (0, 1, 0)
    library.remove(kept.id)
    assert search.count(parse("dams")) == 0
    library.put(kept)
    assert search.count(parse("actor:brandt")) == 0 and library.latest_analysis(kept.text_hash) is None


def test_a_context_prefers_the_words_beneath_the_title() -> None:
    text = "Dykes of Orn\n" + "Filler words. " * 30 + "The dykes held."
    assert context(text, wanted(parse("dykes")), "Dykes of Orn").start > 100
    assert context(text, wanted(parse("orn")), "Dykes of Orn").start == 9
