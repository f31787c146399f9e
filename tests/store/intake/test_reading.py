"""One source in, one article out: formats told by name or by look, standard input, and what is loaded for it."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from store.errors import IntakeError
from store.intake import begin_stdin, read, read_all, sniff

Write = Callable[[str, str | bytes], str]


def test_a_text_keeps_its_characters(write: Write) -> None:
    path = write("note.txt", "\ufeffTide  table\r\n\r\nHigh water “soon”.\u00a0\t\r")
    article = read(path)
    assert article.text == "Tide  table\n\nHigh water “soon”.\u00a0\t\n"
    assert article.source == path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>Hello", "html"),
        ("  <html><body>Hello", "html"),
        ("\ufeff<?xml version='1.0'?>\n<html><body>Hello", "html"),
        ("<!-- saved from a page --><html><p>x", "html"),
        ("<br />\n<b>Warning</b>: no database<!DOCTYPE html>", "html"),
        ("<p>One.</p><p>Two.</p>", "html"),
        ("---\ntitle: Tides\n---\nText", "markdown"),
        ("# Tides\n\nText", "markdown"),
        ("<div align=center>A picture</div>\n\n## Tides\n\nText", "markdown"),
        ("Text with a [link](https://example.org/tides) in it", "markdown"),
        ("Port | Ships\n--- | ---\nVarna | 12", "markdown"),
        ("Water stood 3 < 4 metres high, <b>he</b> wrote.", "text"),
        ("---\nThe sea is calm.\n---\n", "text"),
        ("#1 in the charts", "text"),
        ("<3 from the islands", "text"),
        ("\n" * 20_000, "text"),
    ],
)
def test_a_format_is_told_by_its_look(text: str, kind: str) -> None:
    assert sniff(text) == kind


def test_the_extension_decides_whatever_the_text_looks_like(write: Write) -> None:
    assert read(write("a.txt", "# Tides\n\n<b>Water</b>")).text == "# Tides\n\n<b>Water</b>"
    assert read(write("a.MD", "# Tides\n\nWater")).text == "Water"


def test_a_file_without_a_known_extension_is_looked_into(write: Write) -> None:
    assert read(write("cable", "# Tides\n\nHigh *water*")).text == "High water"
    assert read(write("cable.log", "High *water*")).text == "High *water*"


def test_standard_input_is_looked_into() -> None:
    article = begin_stdin(io.BytesIO(b"<html><title>Tides</title><p>High water at <b>noon</b>.</p></html>")).article
    assert (article.title, article.text, article.source) == ("Tides", "High water at noon.", "-")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"High water at noon.")))
    assert read("-").text == "High water at noon."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("e.txt", "", "it is empty; give a file that has some text"),
        ("b.txt", " \n\t\n", "there is no text in it; give a file that has some"),
        ("b.md", "---\nlang: en\n---\n", "there is no text in it; give a file that has some"),
        ("b.html", "<html><script>let text = 'Water';</script>", "there is no text in it; save the page again"),
    ],
)
def test_a_source_without_text_is_refused(write: Write, name: str, content: str, sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read(write(name, content))
    assert f"{name}: {sentence}" in str(caught.value)


def test_link_lines_and_bylines_are_furniture(write: Write) -> None:
    article = read(write("a.txt", "Tides rise\nBy Ana Ruiz\n\nThe water came.\n\nRead more: Why the water came\n"))
    dimmed = [article.text[start:end] for start, end in article.furniture]
    assert dimmed == ["By Ana Ruiz", "Read more: Why the water came"]


def test_reading_a_text_loads_no_parser(write: Write) -> None:
    script = (
        "import sys; from store.intake import find, read; read(sys.argv[1]);"
        "heavy = {'selectolax', 'markdown_it', 'charset_normalizer', 'spacy', 'textual', 'rich', 'tinydb', 'zipfile',"
        "'trafilatura', 'lxml', 'feedparser', 'pypdfium2', 'email', 'http', 'urllib.request', 'pyexpat'};"
        "print(*(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, write("a.txt", "Water – “everywhere”.")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.stdout.strip(), run.stderr) == ("", "")


def test_what_no_reader_foresaw_ends_the_reading_of_that_source_alone(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprise(*_: object) -> None:
        raise ZeroDivisionError("by\x1b[2J nothing")

    monkeypatch.setattr("store.intake.markdown.read", surprise)
    [failure] = read_all(write("bad.md", "# Tides"))
    assert isinstance(failure, IntakeError)
    assert "it cannot be read (ZeroDivisionError: by" in str(failure) and "\x1b" not in str(failure)
    with pytest.raises(IntakeError, match="ZeroDivisionError"):
        begin_stdin(io.BytesIO(b"# Tides\n\nHigh *water*"))
    assert read(write("good.txt", "High water.")).text == "High water."
