"""Highlights, notes and corrections of one article: what each change does, and that two windows keep both."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.annotation import Highlight, new_id
from store.article import Article, make_article
from store.errors import NotebookError
from store.home import Home
from store.notebook import Notebook, Placed
from store.notefile import notes_path, read_kept

TEXT = (
    "The ferry to Tolby was cancelled again. Waiting cost Ms Lund two hours.\n"
    "She wrote to the company. The company wrote back: it regrets the delay.\n"
)


@pytest.fixture
def article() -> Article:
    return make_article(TEXT, title="No ferry", source="/news/ferry.txt", publisher="The Tolby Post")


@pytest.fixture
def notebook(home: Home, article: Article) -> Notebook:
    return Notebook(home, article)


def at(words: str) -> tuple[int, int]:
    """Where the words stand."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def refuse(notebook: Notebook) -> Path:
    """Let every save fail until what is returned is removed."""
    obstacle = notebook.path.with_name(f".{notebook.path.name}.new")
    obstacle.mkdir()
    return obstacle


def test_a_highlight_says_what_it_marks(notebook: Notebook, article: Article) -> None:
    made = notebook.add_highlight(at("Ms Lund"), 3, ["#people", "people", " late  hours "])
    assert made.selector.exact == "Ms Lund"
    assert made.selector.version == article.text_hash
    assert (made.colour, made.tags) == (3, ("people", "late hours"))
    assert notebook.highlights == (made,)
    assert notebook.placed() == (Placed(made, at("Ms Lund"), "exact"),)


def test_highlights_come_in_the_order_of_the_text(notebook: Notebook) -> None:
    late, early = notebook.add_highlight(at("delay")), notebook.add_highlight(at("ferry"))
    assert notebook.highlights == (early, late)


@pytest.mark.parametrize("span", [(-1, 3), (5, 5), (9, 4), (0, 10_000), (9, 10)])
def test_where_nothing_is_nothing_is_highlighted(notebook: Notebook, span: tuple[int, int]) -> None:
    with pytest.raises(NotebookError, match="no text"):
        notebook.add_highlight(span)
    assert not notebook.path.exists()
    assert not notebook.unsaved


def test_what_cannot_be_is_refused_in_a_sentence(notebook: Notebook) -> None:
    with pytest.raises(NotebookError, match="colours are 1 to 5"):
        notebook.add_highlight(at("ferry"), 6)
    with pytest.raises(NotebookError, match="no such highlight"):
        notebook.add_note("x", "unknown")
    with pytest.raises(NotebookError, match="needs some words"):
        notebook.add_note(" \n")
    with pytest.raises(NotebookError, match="no such note"):
        notebook.delete_note("unknown")
    assert not notebook.unsaved


def test_its_ends_move_and_its_notes_stay(notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"), 2, ["sea"])
    note = notebook.add_note("again!", made.id)
    changed = notebook.change_highlight(made.id, span=at("The ferry to Tolby"))
    assert changed.selector.exact == "The ferry to Tolby"
    assert (changed.id, changed.colour, changed.tags, changed.created) == (made.id, 2, ("sea",), made.created)
    assert notebook.notes_on(made.id) == (note,)


def test_deleting_a_highlight_takes_its_notes_and_one_undo_brings_all_back(notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"))
    notes = notebook.add_note("one", made.id), notebook.add_note("two", made.id)
    other = notebook.add_note("on the article")
    notebook.delete_highlight(made.id)
    assert notebook.notes == (other,)
    assert notebook.undo() == "highlight deleted"
    assert set(notebook.notes) == {*notes, other}
    assert notebook.highlights == (made,)


def test_a_note_with_its_highlight_is_one_step(notebook: Notebook) -> None:
    note = notebook.add_note("why?", span=at("regrets"), colour=4)
    assert [highlight.id for highlight in notebook.highlights] == [note.highlight]
    assert notebook.undo() == "note added"
    assert notebook.highlights == ()
    assert notebook.undo() is None


def test_undo_and_redo_survive_a_restart(home: Home, article: Article, notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"))
    notebook.change_highlight(made.id, colour=5)
    assert Notebook(home, article).undo() == "colour changed"
    assert Notebook(home, article).highlights == (made,)
    assert Notebook(home, article).redo() == "colour changed"
    assert Notebook(home, article).redo() is None
    assert Notebook(home, article).highlights[0].colour == 5


def test_undo_says_what_it_takes_back(notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"))
    notebook.change_highlight(made.id, tags=["sea"])
    notebook.change_highlight(made.id, colour=3, tags=[])
    note = notebook.add_note("one", made.id)
    notebook.change_note(note.id, "two")
    notebook.change_note(note.id, tags=["sea"])
    notebook.add_correction("rename", "actors", at("Ms Lund"), value="Ada Lund", name="Lund")
    notebook.add_correction("reject", "numbers", at("two"))
    notebook.add_correction("set-speaker", "quotes", at("it regrets the delay"), value="the company")
    said = [notebook.undo() for _ in range(8)]
    assert said == [
        "speaker set",
        "number rejected",
        "actor renamed",
        "tags changed",
        "note changed",
        "note added",
        "highlight changed",
        "tags changed",
    ]


def test_each_window_takes_its_own_changes_back(home: Home, article: Article, notebook: Notebook) -> None:
    other = Notebook(home, article)
    mine, theirs = notebook.add_highlight(at("ferry")), other.add_highlight(at("delay"))
    assert notebook.undo() == "highlight added"
    assert notebook.highlights == (theirs,)
    assert notebook.undo() is None and notebook.others
    assert other.redo() is None
    assert notebook.redo() == "highlight added"
    assert set(notebook.highlights) == {mine, theirs}
    assert other.undo() == "highlight added" and other.undo() is None


def test_a_new_change_leaves_another_window_what_it_can_do_again(
    home: Home, article: Article, notebook: Notebook
) -> None:
    other = Notebook(home, article)
    notebook.add_note("mine")
    notebook.undo()
    other.add_note("theirs")
    assert notebook.redo() == "note added"
    assert {note.text for note in notebook.notes} == {"mine", "theirs"}


def test_undo_never_takes_what_another_window_did_since(home: Home, article: Article, notebook: Notebook) -> None:
    other = Notebook(home, article)
    made = notebook.add_highlight(at("ferry"))
    other.refresh()
    note = other.add_note("on it", made.id)
    with pytest.raises(NotebookError, match="another window has changed the same since"):
        notebook.undo()
    notebook.refresh()
    assert not notebook.unsaved
    assert (notebook.highlights, notebook.notes) == ((made,), (note,))
    other.undo()
    notebook.change_highlight(made.id, colour=3)
    other.refresh()
    other.change_highlight(made.id, tags=["sea"])
    with pytest.raises(NotebookError, match="another window"):
        notebook.undo()
    assert (notebook.highlights[0].colour, notebook.highlights[0].tags) == (3, ("sea",))


def test_what_a_closed_window_did_can_be_taken_back(home: Home, article: Article, notebook: Notebook) -> None:
    Notebook(home, article).add_note("theirs")
    assert notebook.undo() == "note added"
    assert not notebook.others


def test_a_step_that_names_a_strange_window_is_anyones(home: Home, article: Article, notebook: Notebook) -> None:
    notebook.add_note("one")
    for strange in ("", "../../x", "a\0b", new_id() + ":1"):
        text = notebook.path.read_text(encoding="utf-8")
        maker = next(iter(json.loads(text)["history"].values()))["window"]
        notebook.path.write_text(text.replace(json.dumps(maker), json.dumps(strange)), encoding="utf-8")
        assert notebook.undo() == "note added" and notebook.redo() == "note added"


def test_the_history_is_bounded(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.undo.MOST_STEPS", 4)
    monkeypatch.setattr("store.undo.MOST_CHARACTERS", 2_000)
    made = notebook.add_highlight(at("ferry"))
    for number in range(6):
        notebook.change_highlight(made.id, tags=[str(number)])
    assert len(json.loads(notebook.path.read_bytes())["history"]) <= 4
    notebook.add_note("x" * 3_000, made.id)
    notebook.delete_highlight(made.id)
    assert len(json.loads(notebook.path.read_bytes())["history"]) == 1
    assert notebook.undo() == "highlight deleted"
    assert len(notebook.notes) == 1


def test_a_change_that_changes_nothing_is_no_step(notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"), 2)
    assert notebook.change_highlight(made.id, colour=2) == made
    assert notebook.undo() == "highlight added"


def test_a_step_is_one_write_and_one_undo(notebook: Notebook) -> None:
    with notebook.step("two highlights imported"):
        notebook.add_highlight(at("ferry"))
        assert not notebook.path.exists()
        notebook.add_highlight(at("delay"))
        assert len(notebook.highlights) == 2
    assert len(notebook.highlights) == 2
    assert notebook.undo() == "two highlights imported"
    assert notebook.highlights == ()


def test_a_step_that_fails_leaves_nothing(notebook: Notebook) -> None:
    kept = notebook.add_note("kept")
    with pytest.raises(ZeroDivisionError), notebook.step("broken"):
        notebook.add_highlight(at("ferry"))
        raise ZeroDivisionError
    assert notebook.highlights == ()
    assert notebook.notes == (kept,)
    assert notebook.undo() == "note added"


def test_two_windows_see_each_others_changes_and_keep_both(home: Home, article: Article, notebook: Notebook) -> None:
    other = Notebook(home, article)
    made = notebook.add_highlight(at("ferry"))
    assert other.refresh()
    assert not other.refresh()
    notebook.change_highlight(made.id, colour=5)
    other.change_highlight(made.id, tags=["sea"])
    assert not other.refresh()
    (now,) = other.highlights
    assert (now.colour, now.tags) == (5, ("sea",))


def test_two_windows_that_rewrite_one_note_lose_neither_text(home: Home, article: Article, notebook: Notebook) -> None:
    note = notebook.add_note("first words")
    other = Notebook(home, article)
    notebook.change_note(note.id, "mine")
    other.change_note(note.id, "theirs")
    assert {note.text for note in other.notes} == {"mine", "theirs"}
    assert other.undo() == "note changed"
    assert [note.text for note in other.notes] == ["mine"]


def test_what_another_window_deleted_comes_back_with_what_is_written_on_it(
    home: Home, article: Article, notebook: Notebook
) -> None:
    made = notebook.add_highlight(at("ferry"))
    other = Notebook(home, article)
    other.delete_highlight(made.id)
    note = notebook.add_note("still here", made.id)
    assert notebook.highlights == (made,)
    other.refresh()
    assert other.notes_on(made.id) == (note,)


def test_unsaved_changes_are_seen_retried_and_written_elsewhere(notebook: Notebook, tmp_path: Path) -> None:
    kept = notebook.add_note("saved")
    obstacle = refuse(notebook)
    with pytest.raises(NotebookError, match="cannot be saved"):
        notebook.add_note("unsaved")
    with pytest.raises(NotebookError):
        notebook.retry()
    assert notebook.unsaved
    assert [note.text for note in notebook.notes] == ["saved", "unsaved"]
    assert read_kept(notebook.path).notes == (kept,)
    notebook.save_elsewhere(tmp_path / "elsewhere.json")
    assert [note.text for note in read_kept(tmp_path / "elsewhere.json").notes] == ["saved", "unsaved"]
    with pytest.raises(NotebookError, match="another name"):
        notebook.save_elsewhere(tmp_path / "elsewhere.json")
    obstacle.rmdir()
    notebook.retry()
    assert not notebook.unsaved
    assert [note.text for note in read_kept(notebook.path).notes] == ["saved", "unsaved"]


@pytest.fixture
def slow_disk(notebook: Notebook) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Has every save of `notebook` wait, once its change is made; events: one does wait, it may go on."""
    storage, waits, go_on = notebook._recorder.storage, threading.Event(), threading.Event()
    save = storage._save

    def held(always: bool) -> None:
        waits.set()
        assert go_on.wait(30)
        save(always)

    storage._save = held  # type: ignore[method-assign]
    yield waits, go_on
    go_on.set()


def test_reading_never_waits_for_a_save(notebook: Notebook, slow_disk: tuple[threading.Event, threading.Event]) -> None:
    waits, go_on = slow_disk
    with ThreadPoolExecutor(2) as threads:
        saving = threads.submit(notebook.add_note, "why?", span=at("ferry"))
        assert waits.wait(30)

        def read() -> tuple[object, ...]:
            return notebook.placed(), notebook.notes, notebook.corrections, notebook.others, notebook.unsaved

        assert threads.submit(read).result(10) == ((), (), (), False, False)
        assert not saving.done()
        go_on.set()
        assert saving.result(30) in notebook.notes and len(notebook.placed()) == 1


def test_what_a_step_has_done_so_far_is_seen_by_its_own_thread_alone(notebook: Notebook) -> None:
    with ThreadPoolExecutor(1) as threads, notebook.step("both"):
        notebook.add_note("first")
        assert len(notebook.notes) == 1 and threads.submit(lambda: notebook.notes).result(10) == ()
        notebook.add_note("second")
    assert len(notebook.notes) == 2


def test_a_step_that_fails_says_why_and_leaves_nothing_whatever_became_of_the_file(notebook: Notebook) -> None:
    kept = notebook.add_note("kept")
    obstacle = refuse(notebook)
    with pytest.raises(NotebookError):
        notebook.add_note("pending")
    obstacle.rmdir()
    whole = notebook.path.read_bytes()
    notebook.path.write_bytes(whole.replace(b'"format": 1', b'"format": 9'))
    with pytest.raises(ZeroDivisionError), notebook.step("both"):
        notebook.change_note(kept.id, "other")
        raise ZeroDivisionError
    assert [note.text for note in notebook.notes] == ["kept", "pending"]
    with pytest.raises(NotebookError, match="newer"):
        notebook.add_note("more")
    assert [note.text for note in notebook.notes] == ["kept", "pending", "more"]
    notebook.path.write_bytes(whole)
    notebook.retry()
    assert [note.text for note in read_kept(notebook.path).notes] == ["kept", "pending", "more"]


def test_what_was_read_stays_as_it_was(notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"), 1)
    before = notebook._recorder.state
    notebook.change_highlight(made.id, colour=4)
    notebook.add_note("later")
    assert before.tables["highlights"][made.id]["colour"] == 1 and not before.tables.get("notes")


def test_changes_are_counted_whether_saved_or_not_and_looking_again_is_none(notebook: Notebook) -> None:
    notebook.add_note("saved")
    obstacle = refuse(notebook)
    with pytest.raises(NotebookError):
        notebook.add_note("unsaved")
    assert notebook.changes == 2
    with pytest.raises(NotebookError):
        notebook.retry()
    notebook.refresh()
    assert notebook.changes == 2
    obstacle.rmdir()
    notebook.undo()
    assert notebook.changes == 3


def test_unsaved_changes_join_what_another_window_wrote(home: Home, article: Article, notebook: Notebook) -> None:
    obstacle = refuse(notebook)
    with pytest.raises(NotebookError):
        notebook.add_note("mine")
    obstacle.rmdir()
    Notebook(home, article).add_note("theirs")
    assert notebook.refresh()
    assert {note.text for note in notebook.notes} == {"mine", "theirs"}
    assert notebook.unsaved
    notebook.add_note("later")
    assert not notebook.unsaved
    assert {note.text for note in read_kept(notebook.path).notes} == {"mine", "theirs", "later"}


def test_a_new_text_places_what_was_marked_in_the_old_one(home: Home, article: Article, notebook: Notebook) -> None:
    ferry, gone = notebook.add_highlight(at("ferry to Tolby")), notebook.add_highlight(at("it regrets the delay"))
    new_text = "Update.\n" + TEXT.replace("The company wrote back: it regrets the delay.", "")
    updated = Notebook(home, make_article(new_text, title="No ferry", id=article.id))
    assert [(one.highlight, one.grade) for one in updated.placed()] == [(ferry, "moved"), (gone, "orphan")]
    by_hand = updated.change_highlight(gone.id, span=(0, 6))
    assert by_hand.selector.exact == "Update"
    assert updated.undo() == "placed"
    assert [one.grade for one in Notebook(home, article).placed()] == ["exact", "exact"]


def test_a_passage_whose_words_changed_says_how_it_reads_now(home: Home, article: Article, notebook: Notebook) -> None:
    made = notebook.add_highlight(at("Waiting cost Ms Lund two hours"), 4, ["cost"])
    note = notebook.add_note("why?", made.id)
    new_text = TEXT.replace("two hours", "three whole hours")
    updated = Notebook(home, make_article(new_text, title="No ferry", id=article.id))
    (placed,) = updated.placed()
    assert (placed.grade, placed.reads) == ("changed", "Waiting cost Ms Lund three whole hours")
    assert placed.span is not None
    by_hand = updated.change_highlight(made.id, span=placed.span)
    assert updated.placed() == (Placed(by_hand, placed.span, "exact"),)
    assert (by_hand.colour, by_hand.tags, updated.notes_on(made.id)) == (4, ("cost",), (note,))
    assert updated.undo() == "placed"
    assert updated.placed() == (placed,)
    assert updated.highlights[0].selector == made.selector


def test_a_notes_file_stands_alone(home: Home, article: Article, notebook: Notebook) -> None:
    made = notebook.add_highlight(at("Ms Lund"))
    kept = read_kept(notes_path(home, article.id))
    assert (kept.article.title, kept.article.source, kept.article.publisher) == (
        "No ferry",
        "/news/ferry.txt",
        "The Tolby Post",
    )
    assert kept.highlights == (made,)


def test_a_new_title_is_kept_with_the_next_change(home: Home, article: Article, notebook: Notebook) -> None:
    notebook.add_note("one")
    renamed = Notebook(home, make_article(TEXT, title="Ferry cancelled", id=article.id))
    renamed.add_note("two")
    assert read_kept(notebook.path).article.title == "Ferry cancelled"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"colour": 2', '"colour": "x"'),
        ('"colour": 2', '"colour": 7'),
        ('"start": 4', '"start": 40'),
        ('"exact": "ferry"', '"exact": 5'),
        ('"tags": []', '"tags": [1]'),
        ('"text": "hm"', '"txt": "hm"'),
        ('"title": "No ferry"', '"title": null'),
        ('"kind": "rename"', '"kind": "sing"'),
        ('"pane": "actors"', '"pane": "window"'),
        ('"id": "', '"id": "x'),
        ('"history": {', '"history": 3, "other": {'),
    ],
)
def test_an_edit_that_spoils_the_file_is_told_once_and_loses_nothing(
    home: Home, article: Article, notebook: Notebook, right: str, wrong: str
) -> None:
    note = notebook.add_note("hm", span=at("ferry"), colour=2)
    notebook.add_correction("rename", "actors", at("Ms Lund"), value="Ms Lind")
    text = notebook.path.read_text()
    assert right in text
    notebook.path.write_text(text.replace(right, wrong))
    reopened = Notebook(home, article)
    assert "last good copy" in reopened.problem
    assert reopened.notes == (note,)
    assert len(reopened.highlights) == len(reopened.corrections) == 1
    assert Notebook(home, article).problem == ""


def test_a_plain_tinydb_file_of_notes_is_taken_in(home: Home, article: Article, notebook: Notebook) -> None:
    made = notebook.add_highlight(at("ferry"))
    content = json.loads(notebook.path.read_bytes())
    plain = {"_default": {}, "highlights": {"1": content["highlights"][made.id]}, "notes": {}}
    notebook.path.write_text(json.dumps(plain))
    reopened = Notebook(home, article)
    assert reopened.highlights == (made,)
    reopened.delete_highlight(made.id)
    (backup,) = notebook.path.parent.glob("*.format-0-*")
    assert json.loads(backup.read_bytes()) == plain


def test_an_id_that_is_no_file_name_is_refused(home: Home) -> None:
    with pytest.raises(NotebookError, match="letters, digits"):
        Notebook(home, make_article("x", id="../x"))


def test_hostile_text_is_kept_as_it_is(home: Home) -> None:
    text = "Before \x1b]0;gone\x07 \u202e \x9b2J [/b] \ud800 after"
    article = make_article(text, title="[red]no[/]\x1b")
    notebook = Notebook(home, article)
    made: Highlight = notebook.add_highlight((0, len(text)))
    notebook.add_note(text, made.id)
    reopened = Notebook(home, article)
    assert reopened.highlights[0].selector.exact == reopened.notes[0].text == text
