"""The reader's own editor: its command, its file, and what is said when it fails."""

import contextlib
import signal
import stat
from pathlib import Path

import pytest

from tui.editor import EditorError, edited


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes the editor that is named by `EDITOR`: a shell script."""

    def make(script: str, *options: str) -> None:
        path = tmp_path / "my editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(stat.S_IRWXU)
        monkeypatch.setenv("EDITOR", " ".join([f"'{path}'", *options]))

    return make


def test_what_the_editor_leaves_is_given(editor) -> None:
    editor('echo "$1" >> "$2"', "--wait")
    assert edited("Read twice.\n", contextlib.nullcontext) == "Read twice.\n--wait\n"


def test_every_text_comes_back_as_it_was(editor) -> None:
    editor("exit 0")
    text = "Half \ud83d of an emoji, é, \r\n\x00"
    assert edited(text, contextlib.nullcontext) == text


def test_a_file_that_is_no_text_any_more_is_read_as_far_as_it_goes(editor) -> None:
    editor("printf '\\377ok' > \"$1\"")
    assert edited("", contextlib.nullcontext) == "\ufffdok"


@pytest.mark.parametrize(
    ("script", "said"), [("exit 3", "the editor failed with status 3"), ("rm $1", "could not be given to the editor")]
)
def test_an_editor_that_fails_is_said(editor, script: str, said: str) -> None:
    editor(script)
    with pytest.raises(EditorError, match=said):
        edited("A note.", contextlib.nullcontext)


@pytest.mark.parametrize(("command", "said"), [("/nowhere/editor", "cannot be run"), ("'", "is no command")])
def test_a_command_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, command: str, said: str) -> None:
    monkeypatch.setenv("VISUAL", command)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(EditorError, match=said):
        edited("A note.", contextlib.nullcontext)
    assert signal.getsignal(signal.SIGINT) is before
