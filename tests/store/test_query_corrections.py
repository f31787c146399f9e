"""`actor:` and `said:` find what the reader put right: what is found is what the panes show."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import query_corrections, query_facts
from store.analysis import Actor, Analysis, Quote
from store.annotation import CorrectionKind, Scope
from store.article import Article, make_article
from store.contexts import folded, wanted
from store.corrections import corrected
from store.database import connect
from store.everywhere import corrections_for, delete_everywhere
from store.facts import speakers
from store.home import Home
from store.library import Library
from store.notebook import Notebook
from store.notefile import notes_path
from store.notes_actors import ActorNotes
from store.notes_index import NotesIndex, index_path
from store.query import Term
from store.query_parser import parse
from store.search import Search

MILL = "A. Lee opened the mill. Ida Holm said the wheel turns. A. Lee said it was dear."
FERRY = "A. Lee took the ferry. Jon Holm said the sea was calm. The Tolby Works paid."
PORT = "Ida Holm came to the port. A. Lee said the quay holds. The Tolby Works built it."
TEXTS = {"mill": MILL, "ferry": FERRY, "port": PORT}
NAMES = ("A. Lee", "Ida Holm", "Jon Holm")


def analysed(text: str) -> Analysis:
    """Each of `NAMES` an actor wherever it stands, and what follows "said" a quote of the one before it."""
    there = [name for name in NAMES if name in text]
    actors = tuple(
        Actor(f"a{place}", name, "person", None, (name.split()[-1],), tuple(_places(text, name)))
        for place, name in enumerate(there)
    )
    quotes = tuple(
        Quote((said,), text[slice(*said)], "indirect", (start, end), (end + 1, end + 5), actor.id)
        for actor in actors
        for start, end in actor.mentions
        if text.startswith(" said ", end)
        for said in [(end + 6, text.index(".", end))]
    )
    return Analysis(actors, (), quotes)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


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

    def notebook(self, name: str) -> Notebook:
        return Notebook(self.home, self.articles[name])

    def shown(self, name: str) -> Analysis:
        article = self.articles[name]
        return corrected(analysed(article.text), corrections_for(self.home, article.id), article)

    def actor(self, where: str, kind: CorrectionKind, name: str, value: str = "", scope: Scope = "here") -> Notebook:
        """Put right the actor that is shown under `name`, at the first mention or, when there is none, a quote."""
        notebook, shown = self.notebook(where), self.shown(where)
        actor = next(actor for actor in shown.actors if actor.name == name)
        said = [span for quote in shown.quotes if quote.actor == actor.id for span in quote.spans]
        span = [*actor.mentions, *said, (0, 1)][0]
        notebook.add_correction(kind, "actors", span, value=value, name=name, scope=scope)
        return notebook

    def speaker(self, where: str, words: str, value: str, scope: Scope = "here") -> Notebook:
        """Give the quote with `words` another speaker."""
        shown, notebook = self.shown(where), self.notebook(where)
        quote = next(quote for quote in shown.quotes if words in quote.text)
        name = shown.speaker_name(quote, self.articles[where].text)
        notebook.add_correction("set-speaker", "quotes", quote.spans[0], value=value, name=name, scope=scope)
        return notebook


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


def test_a_new_name_is_found_in_its_article_and_the_old_one_still(shelf: Shelf) -> None:
    shelf.actor("mill", "rename", "A. Lee", "Anna Lee")
    assert shelf.ask('actor:"anna lee"') == shelf.ask("actor:ann*") == shelf.ask('said:"Anna Lee"') == {"mill"}
    assert shelf.ask('actor:"A. Lee"') == {"mill", "ferry", "port"}
    assert shelf.ask('-actor:"anna lee"') == {"ferry", "port"}
    assert shelf.ask('actor:"anna lee" or actor:"jon holm"') == {"mill", "ferry"}
    assert shelf.ask('said:"anna lee" quote:dear') == {"mill"}
    assert shelf.ask('said:"anna lee" quote:wheel') == set()


def test_a_name_that_holds_everywhere_is_found_everywhere(shelf: Shelf) -> None:
    shelf.actor("mill", "rename", "A. Lee", "Anna Lee", "everywhere")
    assert shelf.ask('actor:"anna lee"') == {"mill", "ferry", "port"}
    assert shelf.ask('said:"anna lee"') == {"mill", "port"}
    assert shelf.ask('said:"anna lee" quote:quay') == {"port"}
    assert shelf.ask('said:"anna lee" quote:calm') == set()
    assert shelf.ask('-said:"anna lee"') == {"ferry"}


@pytest.mark.parametrize("kind", ["rename", "merge"])
def test_names_that_were_put_right_twice(shelf: Shelf, kind: CorrectionKind) -> None:
    shelf.actor("mill", kind, "A. Lee", "Anna Lee", "everywhere")
    shelf.actor("port", kind, "Anna Lee", "Anna Lee-Voss", "everywhere")
    assert shelf.ask("actor:voss") == {"mill", "ferry", "port"}
    assert shelf.ask('said:"anna lee voss"') == {"mill", "port"}


def test_merged_actors_speak_with_one_name(shelf: Shelf) -> None:
    shelf.actor("mill", "merge", "A. Lee", "Ida Holm")
    assert shelf.ask('said:"ida holm" quote:dear') == {"mill"}
    assert shelf.ask('actor:"ida holm"') == {"mill", "port"}


@pytest.mark.parametrize(("scope", "found"), [("here", {"ferry"}), ("everywhere", {"ferry", "port"})])
def test_an_actor_that_was_added(shelf: Shelf, scope: Scope, found: set[str]) -> None:
    start = FERRY.index("Tolby Works")
    notebook = shelf.notebook("ferry")
    notebook.add_correction("add", "actors", (start, start + 11), value="organization", scope=scope)
    assert shelf.ask("actor:tolby") == shelf.ask('actor:"tolby works"') == found
    assert shelf.ask("said:tolby") == set()
    shelf.actor("ferry", "rename", "Tolby Works", "Ryd Yard", scope)
    assert shelf.ask("actor:ryd") == found


def test_a_common_word_that_was_added_everywhere_is_no_actor_in_small_letters(shelf: Shelf) -> None:
    start = FERRY.index("The Tolby")
    shelf.notebook("ferry").add_correction("add", "actors", (start, start + 3), value="group", scope="everywhere")
    assert shelf.ask("actor:the") == {"ferry", "port"}


def test_a_speaker_that_was_set(shelf: Shelf) -> None:
    shelf.speaker("mill", "dear", "Ida Holm")
    assert shelf.ask('said:"ida holm" quote:dear') == {"mill"}
    assert shelf.ask("said:lee") == {"port"}
    shelf.speaker("port", "quay", "Kaya Moor")
    assert shelf.ask("said:moor") == shelf.ask("actor:moor") == {"port"}
    assert shelf.ask("said:lee") == set()


def test_a_speaker_that_was_set_everywhere(shelf: Shelf) -> None:
    shelf.speaker("mill", "dear", "Kaya Moor", "everywhere")
    assert shelf.ask("said:moor quote:quay") == {"port"}
    assert shelf.ask("said:moor") == shelf.ask("actor:moor") == {"mill", "port"}
    shelf.actor("mill", "rename", "Kaya Moor", "Kaya Orn", "everywhere")
    assert shelf.ask("said:orn") == shelf.ask("actor:orn") == {"mill", "port"}


def test_an_actor_that_was_rejected_is_not_found(shelf: Shelf) -> None:
    shelf.actor("mill", "reject", "Ida Holm")
    assert shelf.ask("actor:holm") == {"ferry", "port"}
    shelf.actor("ferry", "reject", "A. Lee")
    assert shelf.ask("actor:holm") == {"ferry", "port"}


def test_quotes_that_were_added_and_rejected(shelf: Shelf) -> None:
    start = FERRY.index("took the ferry")
    notebook = shelf.notebook("ferry")
    notebook.add_correction("add", "quotes", (start, start + 14), value="A. Lee")
    assert shelf.ask("quote:took") == shelf.ask("said:lee quote:took") == {"ferry"}
    start = MILL.index("it was dear")
    shelf.notebook("mill").add_correction("reject", "quotes", (start, start + 11), name="A. Lee")
    assert shelf.ask("quote:dear") == set()


def test_what_is_undone_or_deleted_counts_no_more(shelf: Shelf) -> None:
    notebook = shelf.actor("mill", "rename", "A. Lee", "Anna Lee", "everywhere")
    assert shelf.ask("actor:anna")
    notebook.undo()
    assert shelf.ask("actor:anna") == set()
    notebook.redo()
    assert shelf.ask("actor:anna") == {"mill", "ferry", "port"}
    delete_everywhere(shelf.home, notebook.corrections[0].id)
    assert shelf.ask("actor:anna") == set()
    shelf.actor("port", "rename", "A. Lee", "Anna Lee")
    notes_path(shelf.home, shelf.articles["port"].id).unlink()
    for copy in shelf.home.notes.glob(".*.copy"):
        copy.unlink()
    assert shelf.ask("actor:anna") == set()


def test_what_another_window_has_taken_in_is_known_here(shelf: Shelf) -> None:
    search = Search(shelf.library.file, shelf.index)
    shelf.actor("mill", "rename", "A. Lee", "Anna Lee")
    assert search.count(parse('said:"anna lee"')) == 1
    shelf.speaker("mill", "dear", "Ida Holm")
    with closing(NotesIndex(shelf.home)) as other:
        assert other.refresh() == 1
    assert (shelf.index.refresh(), search.count(parse('said:"anna lee"'))) == (0, 0)


def test_what_is_known_of_an_article_follows_its_analysis(home: Home) -> None:
    with Library(home.library) as library, closing(NotesIndex(home)) as index:
        article = library.put(make_article(MILL, source="/mill"))
        library.keep_analysis(article.text_hash, "s", analysed(MILL))
        start = MILL.index("Ida Holm")
        Notebook(home, article).add_correction(
            "rename", "actors", (start, start + 8), value="Ida Maria Holm", name="Ida Holm"
        )
        search = Search(library.file, index)
        assert search.count(parse("actor:maria")) == 1
        newer = library.put(make_article(f"It rained. {MILL}", source="/mill"))
        assert (newer.id, search.count(parse("actor:maria"))) == (article.id, 0)
        library.keep_analysis(newer.text_hash, "s", analysed(newer.text))
        assert search.count(parse("actor:maria")) == 1
        library.keep_analysis(newer.text_hash, "t", Analysis())
        assert search.count(parse("actor:maria")) == 0


def test_an_index_of_an_older_layout_is_made_anew(shelf: Shelf) -> None:
    shelf.actor("mill", "rename", "A. Lee", "Anna Lee")
    shelf.index.refresh()
    with closing(connect(str(index_path(shelf.home)))) as connection:
        connection.executescript("PRAGMA user_version = 2; DROP TABLE corrections")
    with closing(NotesIndex(shelf.home)) as again:
        assert again.refresh() == 1
        assert [one.value for one in again.corrections.of(shelf.articles["mill"].id)] == ["Anna Lee"]


def test_highlights_tell_of_an_actor_by_the_right_name(shelf: Shelf) -> None:
    for name in TEXTS:
        text = TEXTS[name]
        start = text.index("A. Lee")
        shelf.notebook(name).add_highlight((start, start + 10))
    by_actor = ActorNotes(shelf.library, Search(shelf.library.file, shelf.index), shelf.index)

    def ask(typed: str) -> set[str]:
        shelf.index.refresh()
        return {one.quote for one in shelf.index.ask(parse(typed), typed, by_actor=by_actor.ids)}

    assert ask('actor:"anna lee"') == set()
    renamed = shelf.actor("mill", "rename", "A. Lee", "Anna Lee")
    assert ask('actor:"anna lee"') == {MILL[:10]}
    shelf.actor("ferry", "rename", "A. Lee", "Anna Lee", "everywhere")
    assert ask('actor:"anna lee"') == {MILL[:10], FERRY[:10], "A. Lee said"[:10]}
    shelf.actor("mill", "reject", "Anna Lee")
    assert ask("actor:lee") == {FERRY[:10], "A. Lee said"[:10]}
    renamed.undo()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(sorted(TEXTS)),
        st.sampled_from(["rename", "merge", "reject", "speaker"]),
        st.integers(0, 3),
        st.sampled_from([*NAMES, "Zoe Quill", "Mo Ada"]),
        st.sampled_from(["here", "here", "everywhere"]),
    ),
    max_size=4,
)
ASKED = [f'{field}:"{name}"' for field in ("actor", "said") for name in (*NAMES, "Zoe Quill", "Mo Ada")]
_number = count()


def _make(shelf: Shelf, move: tuple[str, str, int, str, Scope]) -> None:
    where, kind, which, value, scope = move
    shown = shelf.shown(where)
    if kind == "speaker" and shown.quotes:
        shelf.speaker(where, shown.quotes[which % len(shown.quotes)].text, value, scope)
    elif kind in ("rename", "merge") and shown.actors:
        shelf.actor(where, kind, shown.actors[which % len(shown.actors)].name, value, scope)  # type: ignore[arg-type]
    elif shown.actors:
        shelf.actor(where, "reject", shown.actors[which % len(shown.actors)].name, scope=scope)


def _truth(shelf: Shelf, typed: str) -> set[str]:
    query = parse(typed)
    pattern = wanted(query)
    assert pattern and isinstance(query, Term)
    names = {
        name: [one for actor in shelf.shown(name).actors for one in (actor.name, *actor.aliases)]
        if query.field == "actor"
        else [one for who in speakers(shelf.shown(name), article.text) for one in who]
        for name, article in shelf.articles.items()
    }
    return {name for name, found in names.items() if any(pattern.search(folded(one)) for one in found)}


@pytest.fixture(scope="module")
def asking(
    tmp_path_factory: pytest.TempPathFactory, library: tuple[Library, dict[str, Article]]
) -> Callable[[list[tuple[str, str, int, str, Scope]]], Shelf]:
    root: Path = tmp_path_factory.mktemp("homes")

    def made(moves: list[tuple[str, str, int, str, Scope]]) -> Shelf:
        home = Home(root / str(next(_number)))
        home.make()
        shelf = Shelf(home, *library, NotesIndex(home))
        for move in moves:
            _make(shelf, move)
        return shelf

    return made


@settings(max_examples=60, deadline=None)
@given(moves=MOVES)
def test_what_the_panes_show_is_found(
    asking: Callable[[list[tuple[str, str, int, str, Scope]]], Shelf], moves: list[tuple[str, str, int, str, Scope]]
) -> None:
    shelf = asking(moves)
    with closing(shelf.index):
        for typed in ASKED:
            assert shelf.ask(typed) == _truth(shelf, typed), typed


@settings(max_examples=30, deadline=None)
@given(move=MOVES.filter(lambda moves: len(moves) == 1 and moves[0][1] != "merge"))
def test_names_alone_tell_what_one_correction_does_in_articles_by_the_thousand(
    asking: Callable[[list[tuple[str, str, int, str, Scope]]], Shelf], move: list[tuple[str, str, int, str, Scope]]
) -> None:
    shelf = asking([(*move[0][:4], "everywhere")])
    with closing(shelf.index), pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_corrections, "MOST_DOUBTFUL", 0)
        for typed in ASKED:
            assert shelf.ask(typed) == _truth(shelf, typed), typed


def test_who_is_rejected_or_renamed_everywhere_is_no_one_with_a_longer_name(home: Home) -> None:
    texts = {"short": "Ida Holm slept.", "long": "Ida Holm Voss slept."}
    with Library(home.library) as library, closing(NotesIndex(home)) as index:
        articles = {name: library.put(make_article(text, source=f"/{name}")) for name, text in texts.items()}
        for name, article in articles.items():
            actor = Actor("a1", texts[name].removesuffix(" slept."), "person", None, ("Ida",), ((0, 3),))
            library.keep_analysis(article.text_hash, "s", Analysis((actor,)))
        other = library.put(make_article("Somewhere else.", source="/other"))
        library.keep_analysis(other.text_hash, "s", Analysis())
        shelf, notebook = Shelf(home, library, articles, index), Notebook(home, other)
        notebook.add_correction("rename", "actors", (0, 4), value="Zoe Quill", name="Ida Holm", scope="everywhere")
        assert shelf.ask("actor:quill") == {"short"}
        notebook.undo()
        notebook.add_correction("reject", "actors", (0, 4), name="Ida Holm", scope="everywhere")
        assert shelf.ask("actor:holm") == shelf.ask("actor:ida") == {"long"}
        assert shelf.ask("-actor:holm") == {"short"}
