"""The notes looked over and put right."""

from pathlib import Path

import pytest

from store.article import make_article
from store.home import Home
from store.notebook import Notebook
from store.notecheck import Finding, check, mend

ARTICLE = make_article("The tide came early. Nobody was ready for it.", title="Tide")


@pytest.fixture
def notebook(home: Home) -> Notebook:
    notebook = Notebook(home, ARTICLE)
    notebook.add_note("hm", span=(4, 8))
    return notebook


def bad(findings: list[Finding]) -> list[str]:
    """What is not in order, as `file: message`."""
    return [f"{finding.subject}: {finding.message}" for finding in findings if finding.bad]


def test_sound_notes_are_in_order(home: Home, notebook: Notebook) -> None:
    assert [str(finding) for finding in check(home)] == ["notes: 1 of 1 files are in order"]
    assert bad(mend(home)) == []


def test_no_notes_at_all(tmp_path: Path) -> None:
    home = Home(tmp_path / "nowhere")
    assert bad(check(home)) == []
    assert not home.root.exists()


def test_checking_writes_nothing(home: Home, notebook: Notebook) -> None:
    notebook.path.write_bytes(b"spoilt")
    before = {path: path.read_bytes() for path in home.notes.iterdir()}
    assert len(bad(check(home))) == 1
    assert {path: path.read_bytes() for path in home.notes.iterdir()} == before


def test_a_damaged_file_is_mended_and_what_was_set_aside_is_told(home: Home, notebook: Notebook) -> None:
    notebook.path.write_bytes(b"spoilt")
    findings = mend(home)
    assert bad(findings) == []
    assert any("last good copy is used" in finding.message for finding in findings)
    assert any("damaged" in finding.subject for finding in findings)
    assert len(Notebook(home, ARTICLE).notes) == 1


def test_a_missing_copy_is_made(home: Home, notebook: Notebook) -> None:
    copy = notebook.path.with_name(f".{notebook.path.name}.copy")
    copy.unlink()
    assert "last good copy" in bad(check(home))[0]
    assert bad(mend(home)) == []
    assert copy.read_bytes() == notebook.path.read_bytes()


def test_leftovers_go_and_access_is_narrowed(home: Home, notebook: Notebook) -> None:
    leftover = home.notes / ".0123456789ab.json.new"
    leftover.write_bytes(b"half")
    notebook.path.chmod(0o644)
    assert len(bad(check(home))) == 2
    assert bad(mend(home)) == []
    assert not leftover.exists()
    assert notebook.path.stat().st_mode & 0o777 == 0o600


def test_a_newer_file_is_named_and_left_alone(home: Home, notebook: Notebook) -> None:
    newer = home.notes / "0123456789ab.json"
    newer.write_bytes(b'{"format": 99}')
    findings = mend(home)
    assert any("newer briefbook" in line for line in bad(findings))
    assert newer.read_bytes() == b'{"format": 99}'
    assert len(Notebook(home, ARTICLE).notes) == 1


def test_a_synchronisers_conflict_is_joined(home: Home, notebook: Notebook, tmp_path: Path) -> None:
    elsewhere = Home(tmp_path / "elsewhere")
    elsewhere.notes.mkdir(parents=True)
    (elsewhere.notes / notebook.path.name).write_bytes(notebook.path.read_bytes())
    other = Notebook(elsewhere, ARTICLE)
    other.add_note("from the other machine")
    other.change_note(notebook.notes[0].id, "hm, later")
    notebook.add_note("from this one")
    conflict = home.notes / f"{ARTICLE.id}.sync-conflict-20260101-120000-ABCDEFG.json"
    conflict.write_bytes(other.path.read_bytes())
    assert "two machines" in bad(check(home))[0]
    assert bad(mend(home)) == []
    notebook.refresh()
    assert {note.text for note in notebook.notes} == {"hm, later", "from this one", "from the other machine"}
    assert notebook.undo() == "notes of another machine joined"


def test_what_cannot_be_mended_says_why(home: Home, notebook: Notebook) -> None:
    notebook.path.with_name(f".{notebook.path.name}.copy").unlink()
    notebook.path.with_name(f".{notebook.path.name}.new").mkdir()
    findings = mend(home)
    assert any("could not be put right" in line for line in bad(findings))
