"""Several processes on one notebook, and one that is killed: nothing that was acknowledged is ever lost."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from store.article import Article, make_article
from store.home import Home
from store.notebook import Notebook
from store.notefile import notes_path

TEXT = "The lighthouse keeper wrote down every ship. He never missed one.\n" * 20


def article() -> Article:
    """The article that all processes write notes on."""
    return make_article(TEXT, title="Ships", source="/ships.txt")


def write(home: Home, count: int) -> None:
    """What the other process does: write notes, each acknowledged by a line with its id once it is saved; without end
    when `count` is 0."""
    number = 0
    while count == 0 or number < count:
        span = (number % 60, number % 60 + 5) if number % 2 else None
        sys.stdout.write(Notebook(home, article()).add_note(f"note {number}", span=span).id + "\n")
        sys.stdout.flush()
        number += 1
    sys.stdin.read()


def start(home: Home, count: int, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    """Start it; with a pipe as `stdin` it stays when it has written, until that is closed."""
    command = [sys.executable, __file__, str(home.root), str(count)]
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, text=True)


def test_a_kill_loses_nothing_that_was_acknowledged(home: Home) -> None:
    acknowledged: set[str] = set()
    for saves in (1, 7):
        with start(home, 0) as process:
            assert process.stdout is not None
            acknowledged |= {process.stdout.readline().strip() for _ in range(saves)}
            process.send_signal(signal.SIGKILL)
            # A line that the kill cut short was told to nobody.
            acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
        json.loads(notes_path(home, article().id).read_bytes())
        notebook = Notebook(home, article())
        assert notebook.problem == ""
        assert acknowledged <= {note.id for note in notebook.notes}


def test_two_processes_never_write_over_each_other(home: Home) -> None:
    with start(home, 25) as first, start(home, 25) as second:
        assert first.stdout is not None
        assert second.stdout is not None
        acknowledged = first.stdout.read().split() + second.stdout.read().split()
    assert len(set(acknowledged)) == 50
    notebook = Notebook(home, article())
    assert {note.id for note in notebook.notes} == set(acknowledged)
    assert len(notebook.highlights) == 24


def test_what_an_open_process_did_is_not_taken_back_and_a_killed_ones_is(home: Home) -> None:
    with start(home, 1, subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        notebook = Notebook(home, article())
        assert notebook.undo() is None and notebook.others
        process.send_signal(signal.SIGKILL)
    assert notebook.undo() == "note added"


if __name__ == "__main__":
    write(Home(Path(sys.argv[1])), int(sys.argv[2]))
