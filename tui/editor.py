"""A text in the reader's own editor: which command, in what file, and whom Ctrl-C is for meanwhile.

Knows no app: who calls gives the terminal away while the editor runs.
"""

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from store.errors import BriefbookError


class EditorError(BriefbookError):
    """The editor could not be run, or failed; what was to be changed is as it was."""


def edited(text: str, away: Callable[[], AbstractContextManager[None]]) -> str:
    """`text` as the reader leaves it in `$VISUAL`, `$EDITOR` or vi. Blocks until the editor ends.

    Args:
        away: the terminal is the editor's within it.

    Raises:
        EditorError: there is no such command, it failed, or its file cannot be written or read.
    """
    command = _command()
    try:
        with tempfile.TemporaryDirectory(prefix="briefbook-") as folder:
            path = Path(folder) / "note.md"
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            with away(), _deaf():
                problem = _problem(command, path)
            if problem:
                raise EditorError(problem, command[0], "the note is as it was")
            return _decoded(path.read_bytes())
    except OSError as error:
        raise EditorError(f"the note could not be given to the editor ({error.strerror})") from error


def _command() -> list[str]:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise EditorError("this is no command", named, "set VISUAL or EDITOR to one")
    return command


def _problem(command: list[str], path: Path) -> str:
    """What went wrong, or nothing. An exception would keep the terminal from coming back."""
    try:
        status = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        return f"the editor cannot be run ({error.strerror})"
    return f"the editor failed with status {status}" if status else ""


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C goes to every program in front of the terminal: here it is the editor's.

    A function that does nothing, as the editor would inherit that a signal is ignored.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
