"""One file in, one article out: the formats, told by name or by look, and what is refused."""

import io
from pathlib import Path

import pytest

from store.errors import IntakeError
from store.intake import find, read, read_stdin, sniff


def write(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_a_text_keeps_its_characters(tmp_path: Path) -> None:
    path = write(tmp_path / "note.txt", "\ufeffTide  table\r\n\r\nHigh water “soon”.\u00a0\t\r")
    article = read(path)
    assert article.text == "Tide  table\n\nHigh water “soon”.\u00a0\t\n"
    assert article.source == path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>Hello", "html"),
        ("  <html><body>Hello", "html"),
        ("<!-- saved from a page --><html><p>x", "html"),
        ("---\ntitle: Tides\n---\nText", "markdown"),
        ("# Tides\n\nText", "markdown"),
        ("Text with a [link](https://example.org/tides) in it", "markdown"),
        ("Port | Ships\n--- | ---\nVarna | 12", "markdown"),
        ("Water stood 3 < 4 metres high, <b>he</b> wrote.", "text"),
        ("---\nThe sea is calm.\n---\n", "text"),
    ],
)
def test_a_format_is_told_by_its_look(text: str, kind: str) -> None:
    assert sniff(text) == kind


def test_standard_input_is_looked_into() -> None:
    article = read_stdin(io.BytesIO(b"<html><title>Tides</title><p>High water at <b>noon</b>.</p></html>"))
    assert (article.title, article.text, article.source) == ("Tides", "High water at noon.", "-")


def test_a_missing_file_is_one_error_and_the_rest_is_found(tmp_path: Path) -> None:
    there = write(tmp_path / "there.txt", "Here.")
    found, errors = find([str(tmp_path / "gone.txt"), there])
    assert found == [there]
    assert len(errors) == 1 and "gone.txt: there is no such file" in str(errors[0])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"empty\.txt: it is empty"):
        read(write(tmp_path / "empty.txt", ""))
