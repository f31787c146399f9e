"""What was being written when the program went away becomes a note."""

import subprocess
import sys

import pytest

from store import drafts
from store.article import make_article
from store.drafts import Draft
from store.errors import NotebookError
from store.notebook import Notebook

ARTICLE = make_article("Ann Lee met Tom Park in Sarn. They talked.")
SPAN = (0, 7)


def left_behind(home, draft):
    """The draft as a process that has gone left it."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    drafts.keep(home, draft)
    (mine,) = home.root.glob("draft-*.json")
    mine.rename(home.root / f"draft-{gone.pid}.json")


def test_a_draft_of_a_process_that_has_gone_becomes_a_note_on_its_passage(home):
    left_behind(home, Draft(ARTICLE.id, "half a thou", SPAN, exact="Ann Lee"))
    notebook = Notebook(home, ARTICLE)
    assert drafts.recover(home, notebook) == 1
    (note,), (placed,) = notebook.notes, notebook.placed()
    assert (note.text, note.highlight, placed.span) == ("half a thou", placed.highlight.id, SPAN)
    assert not list(home.root.glob("draft-*")) and drafts.recover(home, notebook) == 0


def test_a_draft_follows_its_passage_or_goes_to_the_article(home):
    for text, span in (("Later Ann Lee met Tom Park.", (6, 13)), ("Nobody met anybody.", None)):
        newer = make_article(text, id=ARTICLE.id)
        left_behind(home, Draft(ARTICLE.id, text, SPAN, exact="Ann Lee"))
        notebook = Notebook(home, newer)
        assert drafts.recover(home, notebook) == 1
        note = next(note for note in notebook.notes if note.text == text)
        spans = {placed.highlight.id: placed.span for placed in notebook.placed()}
        assert (spans.get(note.highlight) if note.highlight else None) == span


def test_a_draft_of_a_change_changes_the_note(home):
    notebook = Notebook(home, ARTICLE)
    old = notebook.add_note("old")
    left_behind(home, Draft(ARTICLE.id, "new", None, old.id))
    drafts.recover(home, notebook)
    assert [note.text for note in notebook.notes] == ["new"]


def test_a_draft_on_a_highlight_whose_passage_is_gone_goes_to_it(home):
    made = Notebook(home, ARTICLE).add_highlight(SPAN)
    newer = Notebook(home, make_article("Nobody met anybody.", id=ARTICLE.id))
    for highlight, on in ((made.id, made.id), ("deleted meanwhile", None)):
        left_behind(home, Draft(ARTICLE.id, highlight, None, highlight=highlight))
        assert drafts.recover(home, newer) == 1
        assert [note.highlight for note in newer.notes if note.text == highlight] == [on]


def test_one_that_is_still_being_written_and_one_of_another_article_stay(home):
    drafts.keep(home, Draft(ARTICLE.id, "mine", SPAN))
    left = Draft("another", "theirs")
    other = home.root / "draft-1.json"
    other.write_text('{"article": "another", "note": "", "span": null, "text": "theirs"}', encoding="utf-8")
    assert left.article == "another"
    notebook = Notebook(home, ARTICLE)
    assert drafts.recover(home, notebook) == 0 and notebook.notes == ()
    drafts.drop(home)
    assert list(home.root.glob("draft-*")) == [other]


def test_several_drafts_are_kept_and_dropped_each_by_itself(home):
    for id_, text in (("a", "one"), ("b", "two"), ("b", "two more")):
        drafts.keep(home, Draft(ARTICLE.id, text, id=id_))
    drafts.drop(home, "a")
    (left,) = home.root.glob("draft-*")
    assert '"two more"' in left.read_text(encoding="utf-8")
    assert drafts.recover(home, Notebook(home, ARTICLE)) == 0


def test_two_windows_recover_a_draft_once(home, monkeypatch):
    left_behind(home, Draft(ARTICLE.id, "half a thou", SPAN, exact="Ann Lee"))
    first, second = Notebook(home, ARTICLE), Notebook(home, ARTICLE)
    save = Notebook.add_note

    def meanwhile(notebook, *arguments, **named):
        """The other window opens the article just when this one saves the note."""
        monkeypatch.setattr(Notebook, "add_note", save)
        assert drafts.recover(home, second) == 0
        return save(notebook, *arguments, **named)

    monkeypatch.setattr(Notebook, "add_note", meanwhile)
    assert drafts.recover(home, first) == 1
    assert [note.text for note in Notebook(home, ARTICLE).notes] == ["half a thou"]


def test_a_note_that_cannot_be_saved_keeps_its_draft_and_is_there_once_when_both_were_kept(home):
    left_behind(home, Draft(ARTICLE.id, "half a thou", SPAN, exact="Ann Lee"))
    notebook = Notebook(home, ARTICLE)
    home.notes.rmdir()
    home.notes.write_text("in the way", encoding="utf-8")
    with pytest.raises(NotebookError, match="cannot be saved"):
        drafts.recover(home, notebook)
    home.notes.unlink()
    home.notes.mkdir()
    notebook.retry()
    assert drafts.recover(home, Notebook(home, ARTICLE)) == 1
    assert [note.text for note in Notebook(home, ARTICLE).notes] == ["half a thou"]
    assert not list(home.root.glob("draft-*"))


def test_a_broken_draft_stops_nothing(home):
    (home.root / "draft-999999.json").write_bytes(b"{")
    assert drafts.recover(home, Notebook(home, ARTICLE)) == 0
