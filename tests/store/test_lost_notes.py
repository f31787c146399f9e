"""An article that comes in again finds its notes, whatever became of its text meanwhile."""

from collections.abc import Iterator

import pytest

from store.article import Article, make_article
from store.home import Home
from store.library import Library
from store.lost_notes import LostNotes
from store.marks import Marks
from store.notebook import Notebook
from store.notecheck import lost
from store.notefile import notes_path

PAGE = "https://example.org/ferry"
OLD = "The ferry to Tolby was cancelled on Monday.\nMs Lund waited for two hours.\n"
NEW = OLD.replace("Monday", "Tuesday")
LATER = OLD.replace("two hours", "three hours")


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    home.make()
    with Library(home.library, LostNotes(home)) as made:
        yield made


def ferry(text: str = OLD, source: str = PAGE, title: str = "No ferry") -> Article:
    return make_article(text, title=title, source=source)


def annotated(home: Home, library: Library, article: Article) -> Article:
    kept = library.put(article)
    Notebook(home, kept).add_note("why?", span=(4, 9))
    return kept


def notes(home: Home, article: Article) -> list[str]:
    return [note.text for note in Notebook(home, article).notes]


def test_a_changed_text_of_the_same_source_comes_to_its_notes(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    library.remove(old.id)
    assert library.identify(ferry(NEW)) is None and library.id_of(ferry(NEW)) == old.id
    new = library.put(ferry(NEW, f"{PAGE}?utm_source=letter#top"))
    assert (new.id, new.text) == (old.id, NEW) and notes(home, new) == ["why?"]
    (placed,) = Notebook(home, new).placed()
    assert placed.span == (4, 9)


def test_a_text_that_was_worked_on_comes_to_its_notes_from_anywhere(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry(source="-"))
    library.remove(old.id)
    assert library.put(ferry(source="/copy.txt")).id == old.id
    library.put(ferry(NEW, source="/copy.txt"))
    Notebook(home, ferry(NEW, source="/copy.txt")).add_note("hm", span=(4, 9))
    second = library.put(ferry(LATER, source="/copy.txt"))
    Notebook(home, second).add_note("oh", span=(10, 12))
    library.remove(old.id)
    assert library.put(ferry(LATER, source="/elsewhere.txt")).id == old.id


@pytest.mark.parametrize("source", ["", "-"])
def test_a_source_that_says_nothing_finds_nothing(home: Home, library: Library, source: str) -> None:
    old = annotated(home, library, ferry(source=source))
    library.remove(old.id)
    new = library.put(ferry(NEW, source=source))
    assert new.id == ferry(NEW).id != old.id and notes(home, new) == []


def test_each_article_of_a_feed_comes_to_its_own_notes(home: Home, library: Library) -> None:
    both = [annotated(home, library, ferry(f"{OLD}{one}", f"{PAGE}#:{one}")) for one in ("a", "b")]
    library.remove(*(one.id for one in both))
    added = library.add([ferry(f"{NEW}{one}", f"{PAGE}#:{one}") for one in ("b", "c", "a")])
    assert [one.article.id for one in added] == [both[1].id, ferry(f"{NEW}c").id, both[0].id]
    assert all(one.is_new and not one.is_changed for one in added)


def test_notes_of_an_article_in_the_library_are_left_to_it(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry(source="/a.txt"))
    library.put(ferry(NEW, source="/a.txt"))
    other = library.put(ferry(LATER, source="/b.txt"))
    assert other.id != old.id and notes(home, other) == []


def test_notes_are_taken_once(home: Home, library: Library) -> None:
    """Two articles of one transaction could claim them: one by the source, one by the text."""
    old = annotated(home, library, ferry(source="/a.txt"))
    library.remove(old.id)
    first, second = library.add([ferry(NEW, source="/a.txt"), ferry(OLD, source="/b.txt")])
    assert first.article.id == old.id != second.article.id
    assert library.get(second.article.id) == second.article


def test_of_several_notes_of_one_source_those_of_this_very_text_are_taken(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    library.remove(old.id)
    with Library(home.library) as without:  # as it was left when nothing was found again
        second = annotated(home, without, ferry(NEW))
    library.remove(second.id)
    assert library.id_of(ferry(OLD)) == old.id and library.id_of(ferry(NEW)) == second.id
    assert library.id_of(ferry(LATER)) == second.id


def test_the_notes_outlive_the_library(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    library.close()
    home.library.unlink()
    with Library(home.library, LostNotes(home)) as fresh:
        assert fresh.put(ferry(NEW)).id == old.id


def test_what_was_thrown_away_comes_back_as_it_was(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    marks = Marks(library.file)
    marks.throw_away(old.id)
    assert library.put(ferry(NEW)).id == old.id
    marks.throw_away(old.id)
    marks.empty_bin(old.id)
    assert library.put(ferry(LATER)).id == old.id


def test_a_file_that_cannot_be_read_keeps_no_article_out(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    library.remove(old.id)
    for path in (notes_path(home, old.id), notes_path(home, old.id).with_name(f".{old.id}.json.copy")):
        path.write_bytes(b"{")
    assert library.put(ferry(NEW)).id == ferry(NEW).id


def test_the_last_good_copy_is_as_good(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    library.remove(old.id)
    notes_path(home, old.id).unlink()
    assert library.put(ferry(NEW)).id == old.id


def test_a_file_is_read_once_and_again_when_it_changed(
    home: Home, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import lost_notes

    old = annotated(home, library, ferry())
    library.remove(old.id)
    seen: list[object] = []
    real = lost_notes.read_kept
    monkeypatch.setattr(lost_notes, "read_kept", lambda path: (seen.append(path), real(path))[1])
    library.add([ferry(f"Text {number}.", f"/{number}") for number in range(5)])
    assert library.id_of(ferry(NEW)) == old.id and len(seen) == 1
    Notebook(home, ferry(LATER, source="/new.txt")).add_note("another file", span=(4, 9))
    assert library.id_of(ferry(LATER, source="")) == ferry(LATER).id and len(seen) == 2


def test_what_is_lost_is_told_with_its_way_back(home: Home, library: Library) -> None:
    old = annotated(home, library, ferry())
    pasted = annotated(home, library, ferry(LATER, source="-", title="Read \x1b[31maloud"))
    empty = library.put(ferry("Nothing is on this.", source="/n"))
    Notebook(home, empty).add_note("gone")
    Notebook(home, empty).delete_note(Notebook(home, empty).notes[0].id)
    assert lost(home) == []
    library.remove(old.id, pasted.id, empty.id)
    last, first = lost(home)
    assert first.message.endswith(f": No ferry from {PAGE}") and f"`briefbook add {PAGE}`" in first.advice
    assert "\x1b" not in str(last) and "add its text again" in last.advice
    assert not (first.bad or last.bad)


def test_many_that_are_lost_are_counted(home: Home) -> None:
    home.make()
    for number in range(23):
        Notebook(home, ferry(f"Text {number}.", f"/{number}")).add_note("x")
    found = lost(home)
    assert len(found) == 21 and found[-1].message.startswith("3 more files")
    home.library.write_bytes(b"garbage" * 1000)
    assert lost(home) == []
