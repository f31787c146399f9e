"""The library: what is one article, what is kept, and what happens to a file that is damaged, newer or not writable."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import threading

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from store import rebuild
from store.analysis import Actor, Analysis, Number, Quote
from store.article import Article, make_article
from store.database import inspect
from store.errors import LibraryError
from store.groups import groups
from store.home import Home
from store.library import Library
from store.notes_index import NotesIndex
from store.query_parser import parse
from store.schema import MIGRATIONS, PAGE_SIZE, packed
from store.search import Search
from store.stub import NOTICE

ANALYSIS = Analysis(
    actors=(Actor("a1", "Mara Lind", "person", "Minister of Ports", ("Lind",), ((0, 9), (20, 24)), ((30, 33),), 0.9),),
    numbers=(Number(40, 47, "40 ships", "count", 40, None, "~", None, "ships", 0.8),),
    quotes=(Quote(((50, 60), (70, 80)), "We wait. And wait.", "direct", (61, 65), (66, 70), "a1", 0.7),),
)


def article(text: str = "The port opens.\nShips wait.", source: str = "/desk/port.txt", **known: str) -> Article:
    return make_article(text, source=source, **known)


@pytest.fixture
def library(home: Home) -> Library:
    return Library(home.library)


def test_an_article_comes_back_as_it_was_put(library: Library) -> None:
    put = make_article(
        "Line one\nRead more: elsewhere", title="Tïtle: “x”", source="https://example.org/a", byline="A. Writer",
        publisher="The Desk", published="2025-04-01", language="en-GB", furniture=[(9, 29)],
    )  # fmt: skip
    assert library.put(put) == put == library.get(put.id)
    assert library.get("000000000000") is None


def test_what_is_marked_and_comes_from_nowhere_is_one_article(library: Library) -> None:
    text = f"{NOTICE}\nThe port opens."
    first = library.put(article(text, "-"))
    assert library.put(article(text, "-")).id == library.put(article(text, "")).id == first.id
    assert library.put(article(f"{NOTICE}\nShips wait.", "-")).id != first.id


def test_the_same_may_be_marked_in_any_number_of_articles(library: Library) -> None:
    ids = {library.put(article(f"{NOTICE}\nThe port opens.", f"/desk/{n}")).id for n in range(20)}
    assert len(ids) == 20 and all(re.fullmatch("[0-9a-f]{12,64}", id_) for id_ in ids)


def test_a_new_text_from_a_known_source_is_a_version_of_the_same_article(library: Library) -> None:
    first = library.put(article("The port opens on Monday."))
    second = library.put(article("The port opens on Tuesday."))
    assert second.id == first.id and second.text != first.text
    assert [version.hash for version in library.versions(first.id)] == [first.text_hash, second.text_hash]
    assert library.get(first.id) == second
    assert library.get(first.id, first.text_hash).text == first.text  # type: ignore[union-attr]
    assert len(library.entries()) == 1


def test_the_same_text_from_another_source_is_the_same_article(library: Library) -> None:
    first = library.put(article(source="/desk/port.txt"))
    library.put(article("The port opened.", source="/desk/port.txt"))
    again = library.put(article("The port opened.", source="https://example.org/port"))
    assert again.id == first.id
    later = library.put(article("The port is full.", source="https://example.org/port"))
    assert later.id == first.id


def test_standard_input_says_nothing_about_which_article_it_is(library: Library) -> None:
    assert library.put(article("One text.", source="-")).id != library.put(article("Another one.", source="-")).id


def test_standard_input_does_not_take_an_article_from_its_file(library: Library) -> None:
    kept = library.put(article())
    assert library.put(article(source="-")).id == kept.id
    assert library.entries()[0].source == "/desk/port.txt"


def test_identify_finds_by_source_and_text_and_writes_nothing(library: Library) -> None:
    assert library.identify(article()) is None
    kept = library.put(article())
    assert library.identify(article("Wholly new words.")) == kept.id
    assert library.identify(article(source="/elsewhere.txt")) == kept.id
    assert len(library.versions(kept.id)) == 1


def test_an_id_that_is_taken_by_another_text_is_made_longer(library: Library) -> None:
    first = library.put(article("First text.", source="/a"))
    other = make_article("Second text.", source="/b", id=first.id)
    put = library.put(other)
    assert put.id != first.id and library.get(first.id) == first


def test_the_shelf_is_ordered_by_when_an_article_was_last_read(library: Library) -> None:
    ids = [library.put(article(f"Text number {number}.", source=f"/{number}")).id for number in range(3)]
    library.keep_position(ids[0], 3, 0.25)
    shelf = library.entries()
    assert [entry.id for entry in shelf] == [ids[0], ids[2], ids[1]]
    assert (shelf[0].position, shelf[0].progress, shelf[0].read, shelf[0].words) == (3, 0.25, False, 3)


def test_an_article_read_to_its_end_stays_read(library: Library) -> None:
    kept = library.put(article())
    assert library.position(kept.id) == 0
    library.keep_position(kept.id, 20, 1.7)
    library.keep_position(kept.id, 4, 0.1)
    assert library.position(kept.id) == 4
    assert (library.entries()[0].read, library.entries()[0].progress) == (True, 0.1)
    library.put(article())
    assert library.position(kept.id) == 4


def test_an_analysis_is_found_under_its_stamp_and_the_last_one_under_any(library: Library) -> None:
    assert library.analysis("h", "rules-1/model") is None and library.latest_analysis("h") is None
    library.keep_analysis("h", "rules-1/model", ANALYSIS)
    assert library.analysis("h", "rules-1/model") == ANALYSIS
    assert library.analysis("h", "rules-2/model") is None and library.latest_analysis("h") == ANALYSIS
    library.keep_analysis("h", "rules-2/model", Analysis())
    assert library.analysis("h", "rules-1/model") is None and library.latest_analysis("h") == Analysis()


def test_a_cached_analysis_that_cannot_be_read_is_none(library: Library, home: Home) -> None:
    library.keep_analysis("h", "s", ANALYSIS)
    with sqlite3.connect(home.library) as connection:
        connection.execute("UPDATE analyses SET data = ?", (packed('{"actors": 3}'),))
    assert library.analysis("h", "s") is None
    library.keep_analysis("h", "s", ANALYSIS)
    assert library.analysis("h", "s") == ANALYSIS


def test_remove_forgets_article_versions_and_sources(library: Library) -> None:
    kept = library.put(article())
    library.remove(kept.id)
    assert library.get(kept.id) is None and library.entries() == [] and library.versions(kept.id) == []
    assert library.identify(kept) is None


def test_a_file_name_with_undecodable_bytes_is_kept(library: Library) -> None:
    source = os.fsdecode(b"/desk/\xff\xfe.txt")
    kept = library.put(article(source=source))
    assert library.get(kept.id).source == source and library.identify(article("New.", source=source)) == kept.id  # type: ignore[union-attr]


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.characters(), min_size=1).filter(lambda text: text.strip("\ufeff \t\r\n\x0b\x0c") != ""))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        put = make_article(text, source=text)
    except Exception:
        return
    with Library(tmp_path_factory.mktemp("library") / "library.db") as library:
        assert library.get(library.put(put).id) == put


def test_another_process_sees_what_was_put(library: Library, home: Home) -> None:
    kept = library.put(article())
    code = "import sys; from pathlib import Path; from store.library import Library\n"
    code += "print(Library(Path(sys.argv[1])).get(sys.argv[2]).title)"
    done = subprocess.run(
        [sys.executable, "-c", code, home.library, kept.id], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == kept.title


def test_threads_and_connections_may_write_at_once(home: Home) -> None:
    libraries = [Library(home.library) for _ in range(2)]

    def write(number: int) -> None:
        for count in range(10):
            libraries[number % 2].put(article(f"Text {number} {count}.", source=f"/{number}/{count}"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(libraries[0].entries()) == len(libraries[1].entries()) == 40


def test_the_file_is_private(library: Library, home: Home) -> None:
    library.put(article())
    assert {path.stat().st_mode & 0o777 for path in home.root.glob("library.db*")} == {0o600}


@pytest.mark.parametrize(("damage", "least"), [("garbage", 1), ("truncated", 10), ("holes", 30), ("headless", 41)])
def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_saved(home: Home, damage: str, least: int) -> None:
    with Library(home.library) as library:
        for number in range(40):
            noise = " ".join(hashlib.sha256(f"{number} {at}".encode()).hexdigest() for at in range(100))
            library.put(article(f"Text {number}. {noise}", source=f"/{number}"))
    whole = home.library.read_bytes()
    spoilt = {
        "garbage": b"not a database " * 300,
        "truncated": whole[: len(whole) // 2],
        "holes": whole[: PAGE_SIZE * 14] + b"\xaa" * PAGE_SIZE * 2 + whole[PAGE_SIZE * 16 :],
        "headless": bytes(PAGE_SIZE) + whole[PAGE_SIZE:],
    }
    home.library.write_bytes(spoilt[damage])
    with Library(home.library) as library:
        library.entries()
        library.put(article("A new text."))
        saved = [entry.id for entry in library.entries()]
        assert all(library.get(id_) for id_ in saved)
        aside = list(home.root.glob("library-damaged-*.db"))
        assert [path.read_bytes() for path in aside] == [spoilt[damage]]
        assert "damaged" in library.problem and aside[0].name in library.problem and "\n" not in library.problem
        assert len(saved) >= least and library.entries()[0].title == "A new text."
    with Library(home.library) as library:
        assert library.problem == "" and [entry.id for entry in library.entries()] == saved


@pytest.mark.parametrize("locks", ["held by another process", "not to be had"])
def test_a_damaged_file_that_cannot_be_locked_is_left_as_it_is(
    home: Home, monkeypatch: pytest.MonkeyPatch, locks: str
) -> None:
    def refuse(_: FileLock) -> None:
        raise NotImplementedError

    with Library(home.library) as library:
        library.put(article())
    home.library.write_bytes(b"not a database " * 300)
    monkeypatch.setattr("store.database.PATIENCE", 0.01)
    other = FileLock(home.library.with_name("library.db.lock"))
    if locks == "not to be had":
        monkeypatch.setattr(FileLock, "_acquire", refuse)
    else:
        other.acquire()
    with Library(home.library) as library:
        library.put(article("A new text."))
        assert "it is damaged, and" in library.problem and "after this session" in library.problem
    other.release()
    assert home.library.read_bytes() == b"not a database " * 300


def test_a_newer_file_is_refused_untouched(home: Home) -> None:
    with sqlite3.connect(home.library) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.execute("CREATE TABLE future (x)")
    before = home.library.read_bytes()
    with pytest.raises(LibraryError, match="newer briefbook"):
        Library(home.library)
    assert home.library.read_bytes() == before


def test_a_file_that_cannot_be_written_is_read_into_memory(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(home.library) as library:
        kept = library.put(article())
    (home.root / "blocked").mkdir()
    blocked = home.root / "blocked" / "library.db"
    blocked.write_bytes(home.library.read_bytes())

    def refuse(path: object, *_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("store.database.os.open", refuse)  # root may write anywhere, so permissions do not show this
    with Library(blocked) as library:
        assert "cannot be written" in library.problem
        assert library.get(kept.id) == kept
        library.keep_position(kept.id, 5, 0.5)
        assert library.position(kept.id) == 5
    with Library(home.root / "no-such-folder" / "library.db") as library:
        assert library.problem and library.entries() == []


def test_inspect_says_what_is_wrong_and_changes_nothing(library: Library, home: Home) -> None:
    library.put(article())
    assert inspect(home.library) == ("", 1)
    library.close()
    home.library.write_bytes(b"garbage " * 100)
    assert inspect(home.library) == ("file is not a database", 0)
    assert home.library.read_bytes() == b"garbage " * 100


def test_a_spoilt_analysis_finds_nothing_and_no_other_takes_its_number(library: Library, home: Home) -> None:
    kept, other = (
        library.put(article("It is late, speakers said.")),
        library.put(make_article("It is early.", source="/b")),
    )
    quotes = (Quote(((0, 10),), "It is late", "direct", speaker=(12, 20)),)
    search = Search(library.file, NotesIndex(home))
    for spoil in (False, True):
        library.keep_analysis(kept.text_hash, "s", Analysis(quotes=quotes))
        assert search.ids(parse("quote:late said:speakers")) == [kept.id]
        if spoil:
            library.file.write(lambda connection: connection.execute("UPDATE analyses SET data = x'00'"))
            assert library.latest_analysis(kept.text_hash) is None
        library.keep_analysis(kept.text_hash, "s", Analysis())
        library.keep_analysis(other.text_hash, "s", Analysis())
        assert search.ids(parse("quote:late")) == []
        assert library.analysis(kept.text_hash, "s") == library.analysis(other.text_hash, "s") == Analysis()
    library.file.write(rebuild.index_all)
    assert search.ids(parse("quote:late")) == []


def test_an_analysis_is_read_whether_it_was_kept_before_its_text_or_after(library: Library) -> None:
    kept = article("Mara Lind said: We wait. And wait. About 40 ships wait, too.")
    library.keep_analysis(kept.text_hash, "s", ANALYSIS)
    put = library.put(kept)
    assert library.analysis(kept.text_hash, "s") == ANALYSIS
    library.keep_analysis(kept.text_hash, "s", ANALYSIS)
    assert library.analysis(kept.text_hash, "s") == ANALYSIS
    other = library.put(make_article("Another text.", source="/other"))
    library.put(make_article(kept.text, source="/other"))
    library.remove(put.id)
    assert library.analysis(kept.text_hash, "s") == ANALYSIS
    library.remove(other.id)
    assert library.analysis(kept.text_hash, "s") is None
    assert library.file.read(lambda connection: connection.execute("SELECT count(*) FROM figures").fetchone()[0]) == 0


def test_what_takes_long_is_read_beside_the_others(home: Home) -> None:
    with Library(home.library) as library:
        library.put(make_article("One.", source="/1"))

        def work(connection: sqlite3.Connection) -> tuple[int, bool]:
            other = threading.Thread(target=library.put, args=[make_article("Two.", source="/2")])
            other.start()
            other.join(20)
            return connection.execute("SELECT count(*) FROM articles").fetchone()[0], other.is_alive()

        assert library.file.read_beside(work) == (2, False)
        with pytest.raises(LibraryError, match="no such table"):
            library.file.read_beside(lambda connection: connection.execute("SELECT 1 FROM nowhere"))


def test_a_library_in_memory_is_read_in_turn(home: Home) -> None:
    home.library.mkdir()
    with Library(home.library) as library:
        assert library.problem
        library.put(make_article("One.", source="/1"))
        assert groups(library.file) == []
        library.put(make_article("Two.", source="https://example.org/2"))
        count = "SELECT count(*) FROM articles"
        assert library.file.read_beside(lambda connection: connection.execute(count).fetchone()[0]) == 2
