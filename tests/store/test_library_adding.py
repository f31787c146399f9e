"""Adding many at once: what is one article, what a kill leaves, what a migration and a damaged index keep."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from store import database, salvage
from store.analysis import Actor, Analysis
from store.article import make_article
from store.canonical import canonical
from store.errors import LibraryError
from store.home import Home
from store.library import Library
from store.marks import Marks
from store.notes_index import NotesIndex
from store.query_parser import parse
from store.schema import MIGRATIONS
from store.search import Search


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ("https://example.org/a?utm_source=x&fbclid=1#top", "https://example.org/a"),
        ("HTTP://Example.ORG:80/a", "https://example.org/a"),
        ("https://example.org:443/", "https://example.org"),
        ("https://example.org/?id=7&gclid=z&b=2", "https://example.org?id=7&b=2"),
        ("https://user@example.org:8443/A", "https://example.org:8443/A"),
        ("https://[::1]:443/x", "https://[::1]/x"),
        ("https://example.org/a?id=7&sid=3", "https://example.org/a?id=7&sid=3"),
        ("https://[bad", "https://[bad"),
        ("http://example.org:none/a", "http://example.org:none/a"),
        ("https://example.org/a#:~:text=the%20dykes", "https://example.org/a"),
        ("https://example.org/a#!/story", "https://example.org/a#!/story"),
        ("https://example.org/all.jsonl#7", "https://example.org/all.jsonl#7"),
        ("/desk/a.txt#1", "/desk/a.txt#1"),
    ],
)
def test_one_page_has_one_name(given: str, same: str) -> None:
    assert canonical(given) == same
    assert canonical(canonical(given)) == canonical(given)


def test_adding_says_what_was_new_and_what_changed(home: Home) -> None:
    with Library(home.library) as library:
        first = make_article("One text.", source="https://example.org/1?utm_medium=mail")
        made = library.add([first, make_article("Another.", source="/2"), first])
        assert [(one.is_new, one.is_changed) for one in made] == [(True, False), (True, False), (False, False)]
        again = library.add([make_article("One text, changed.", source="http://example.org/1#x")])
        assert [(one.is_new, one.is_changed, one.article.id) for one in again] == [(False, True, first.id)]
        assert [entry.opened for entry in library.entries()] == ["", ""]
        assert library.add([make_article("One text, changed.", source="/elsewhere")])[0].article.id == first.id
        assert library.entries_of([first.id, "none"])[0].source == "http://example.org/1#x"
        assert library.unanalysed("s", 5) == [made[1].article.id, first.id]


def test_what_cannot_be_added_as_a_whole_is_not_added_in_part(home: Home) -> None:
    def articles():  # type: ignore[no-untyped-def]
        yield make_article("One text.")
        raise KeyboardInterrupt

    with Library(home.library) as library:
        with pytest.raises(KeyboardInterrupt):
            library.add(articles())
        assert library.entries() == []


ADD = """
import sys
from pathlib import Path
from store.article import make_article
from store.library import Library
with Library(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    for batch in range(10_000):
        library.add(make_article(f"Text {sys.argv[2]} {batch} {n}. " + "Dykes hold. " * 60) for n in range(20))
"""


def kill_while_adding(home: Home, times: int) -> None:
    """Kill a process that adds, `times` times, and look each time at what it left."""
    chance = random.Random(times)
    for number in range(times):
        process = subprocess.Popen([sys.executable, "-c", ADD, home.library, str(number)], stdout=subprocess.PIPE)
        assert process.stdout and process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Library(home.library) as library:
            look_for_halves(library)


def look_for_halves(library: Library) -> None:
    """Every article has its text, and the index has every article."""
    assert library.problem == ""
    search = Search(library.file, NotesIndex(Home(library.path.parent)))
    entries = library.entries()
    assert len(entries) % 20 == 0
    assert search.count(parse("dykes")) == len(entries)
    assert all(library.get(entry.id) for entry in entries[:40])
    library.file.read(lambda connection: connection.execute("INSERT INTO search (search) VALUES ('integrity-check')"))


def test_a_kill_leaves_no_article_half_there(home: Home) -> None:
    kill_while_adding(home, 3)


def test_an_older_library_is_migrated_and_a_copy_kept(home: Home) -> None:
    home.library.touch(0o600)
    connection = sqlite3.connect(home.library)
    for step in MIGRATIONS[0]:
        assert isinstance(step, str)
        connection.execute(step)
    rows = [
        (f"{n:012x}", f"Text number {n} speaks of dykes.", f"https://example.org/{n}?utm_source=x") for n in range(5)
    ]
    for id_, text, source in rows:
        made = make_article(text)
        values = (
            id_,
            made.text_hash,
            made.title,
            source,
            "",
            "",
            "2025-04-01",
            "en",
            6,
            "2025-04-02T00",
            "2025-04-02T00",
            1,
        )
        connection.execute(f"INSERT INTO articles VALUES ({', '.join('?' * 12)}, 3, 0.5, 0)", values)
        connection.execute("INSERT INTO versions VALUES (?, ?, '2025', 6, '[]', ?)", (id_, made.text_hash, text))
        connection.execute("INSERT INTO sources VALUES (?, ?)", (source, id_))
    connection.execute("INSERT INTO analyses VALUES (?, 's', ?)", (made.text_hash, OLD_ANALYSIS))
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with Library(home.library) as library:
        assert library.problem == ""
        search = Search(library.file, NotesIndex(home))
        assert search.count(parse("dykes")) == 5 and search.count(parse("actor:lind")) == 1
        assert library.get(rows[2][0]).text == rows[2][1] and library.position(rows[2][0]) == 3  # type: ignore[union-attr]
        assert library.identify(make_article("New.", source="http://example.org/2")) == rows[2][0]
        assert library.analysis(made.text_hash, "s") == Analysis(
            (Actor("a1", "Mara Lind", "person", None, (), ((0, 4),)),)
        )
    backup = sqlite3.connect(home.root / f"library-before-{len(MIGRATIONS)}.db")
    assert backup.execute("SELECT count(*) FROM articles").fetchone() == (5,)
    backup.close()
    assert {path.stat().st_mode & 0o777 for path in home.root.glob("library*")} == {0o600}


def test_an_older_index_of_what_was_extracted_is_made_anew(home: Home) -> None:
    with Library(home.library) as library:
        article = library.put(make_article("Mara Lind waits.", source="/1"))
        library.keep_analysis(
            article.text_hash, "s", Analysis((Actor("a1", "Mara Lind", "person", None, (), ((0, 9),)),))
        )
        library.file.write(age_to_second)
    with Library(home.library) as library:
        assert Search(library.file, NotesIndex(home)).count(parse("actor:lind")) == 1
        library.keep_analysis(article.text_hash, "s", Analysis())
        assert Search(library.file, NotesIndex(home)).count(parse("actor:lind")) == 0
    assert (home.root / f"library-before-{len(MIGRATIONS)}.db").exists()


def age_to_second(connection: sqlite3.Connection) -> None:
    """Make the library one of the second form."""
    connection.execute("DROP TABLE facts")
    connection.execute("CREATE VIRTUAL TABLE facts USING fts5(quote, speaker, actor, figure, content='')")
    connection.execute("PRAGMA user_version = 2")


def test_one_process_alone_backs_up_an_older_library(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(home.library) as library:
        library.file.write(age_to_second)
    backup = home.root / f"library-before-{len(MIGRATIONS)}.db"
    monkeypatch.setattr(database, "PATIENCE", 0)
    with FileLock(f"{home.library}.lock"), Library(home.library) as library:
        assert "another process keeps it locked" in library.problem
    assert not backup.exists()
    acquire = FileLock.acquire

    def overtaken(lock: FileLock) -> object:
        with closing(database.connect(str(home.library))) as other:
            database.migrate(other)
        return acquire(lock)

    monkeypatch.setattr(FileLock, "acquire", overtaken)
    with Library(home.library) as library:
        assert library.problem == ""
    assert not backup.exists()


def test_a_damaged_text_keeps_an_older_library_from_nothing(home: Home) -> None:
    with Library(home.library) as library:
        for text in ("Mara Lind waits.", "Mara Lind goes."):
            article = library.put(make_article(text, source=f"/{text}"))
            analysis = Analysis((Actor("a1", "Mara Lind", "person", None, (), ((0, 9),)),))
            library.keep_analysis(article.text_hash, "s", analysis)
        spoil = "UPDATE versions SET text = substr(text, 1, 9) WHERE hash = ?"
        library.file.write(lambda connection: connection.execute(spoil, (article.text_hash,)))
        library.file.write(age_to_second)
    with Library(home.library) as library:
        assert library.problem == ""
        assert Search(library.file, NotesIndex(home)).count(parse("actor:lind")) == 1


def test_what_cannot_be_read_when_the_library_is_opened_is_told_in_one_sentence(home: Home, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    with Library(home.library) as library:
        library.file.write(age_to_second)

    def fail(connection: sqlite3.Connection) -> None:
        zlib.decompress(b"spoilt")

    monkeypatch.setattr("store.facts.index_all", fail)
    with pytest.raises(LibraryError, match="a text in the library is damaged"):
        Library(home.library)


OLD_ANALYSIS = (
    '{"actors":[{"id":"a1","name":"Mara Lind","kind":"person","role":null,"aliases":[],"mentions":[[0,4]],'
    '"references":[],"confidence":1.0}],"numbers":[],"quotes":[]}'
)


def test_what_is_in_the_log_alone_is_saved(home: Home, tmp_path: Path) -> None:
    with Library(home.library) as library:
        library.add(make_article(f"Text {n}: the dykes hold.", source=f"/{n}") for n in range(5))
        copied = tmp_path / "library.db"
        copied.write_bytes(b"no database at all" * 1000)
        copied.with_name("library.db-wal").write_bytes(home.library.with_name("library.db-wal").read_bytes())
    with Library(copied) as library:
        assert len(library.entries()) == 5


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_no_damage_breaks_the_salvage(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("salvage")
    with Library(folder / "library.db") as library:
        library.add(make_article(f"Text {n}. " + "The dykes hold. " * 2_000) for n in range(2))
        pages = bytearray((folder / "library.db-wal").read_bytes())
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(pages) - 1), st.integers(0, 255)), max_size=60)):
        pages[at] = byte
    for name in ("library.db", "library.db-wal"):
        (folder / "damaged.db").with_name(name.replace("library", "damaged")).write_bytes(pages)
    for _, values in salvage.rows(folder / "damaged.db"):
        assert isinstance(values, tuple)


def test_a_damaged_index_is_made_anew(home: Home) -> None:
    with Library(home.library) as library:
        library.add(make_article(f"Text {n}: the dykes hold.") for n in range(30))
        library.file.write(lambda connection: connection.execute("DELETE FROM search_data WHERE id > 10"))
    with Library(home.library) as library:
        search = Search(library.file, NotesIndex(home))
        assert search.count(parse("dykes")) == 30 and library.problem == ""


def test_tags_and_saved_searches(home: Home, tmp_path: Path) -> None:
    with Library(home.library) as library:
        marks = Marks(library.file)
        kept = library.put(make_article("One text."))
        marks.tag([kept.id, "none"], ["#Port", "port", " to  do "], [])
        marks.tag([kept.id], ["x"], ["TO DO"])
        assert library.entries()[0].tags == ("port", "x") and marks.tags() == {"port": 1, "x": 1}
        marks.save_search(" My  ports ", "tag:port")
        marks.save_search("My ports", "tag:port is:unread")
        assert [(one.name, one.query) for one in marks.searches()] == [("My ports", "tag:port is:unread")]
        marks.forget_search("My ports")
        assert marks.searches() == []
        library.remove(kept.id)
        assert marks.tags() == {}
