"""Small inputs that once cost much or came out as a traceback."""

import pytest

from store import intake
from store.article import make_article
from store.errors import IntakeError
from store.everywhere import everywhere
from store.intake import fetch, front_matter
from store.intake.formats import sniff
from store.intake.head import _LINE
from store.notebook import Notebook

ARTICLE = make_article("Ann Lee met Tom Park in Sarn. They talked.")


def test_a_long_run_of_blanks_is_read_at_once(tmp_path):
    path = tmp_path / "blanks.txt"
    path.write_text(" " * 300_000 + "word\n", encoding="utf-8")
    assert intake.read(str(path)).text.strip() == "word"
    assert sniff(" " * 200_000) == "text"
    assert [match[0] for match in _LINE.finditer("  a\n\n b \n")] == ["  a", " b "]


def test_a_number_without_end_in_front_matter_is_no_traceback(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("+++\na = 0x" + "f" * 5000 + "\n+++\nSome text here.\n", encoding="utf-8")
    assert "Some text here." in intake.read(str(path)).text
    assert front_matter.__doc__


def test_an_address_that_cannot_be_written_is_refused():
    with pytest.raises(IntakeError):
        fetch.checked("http://example.org/\udcff")


def test_what_holds_everywhere_is_not_lost_to_a_window_that_looked_earlier(home):
    first, second = Notebook(home, ARTICLE), Notebook(home, ARTICLE)
    first.add_correction("rename", "actors", (0, 7), value="Anne Lee", name="Ann Lee", scope="everywhere")
    second.refresh()
    assert second.corrections
    first.add_correction("rename", "actors", (12, 20), value="Thomas Park", name="Tom Park", scope="everywhere")
    second.add_highlight((0, 7))
    assert {one.value for _, one in everywhere(home)} == {"Anne Lee", "Thomas Park"}
