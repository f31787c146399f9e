"""Copying to the clipboard by every road that there is, and saying which was taken.

OSC 52 goes through the terminal and works over SSH; tmux drops it by default, so its own buffer is loaded too; a
desktop's clipboard tool is the surest where there is one. No Textual in here.
"""

import os
import shutil
import subprocess
from collections.abc import Callable

TOOLS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("", ("clip.exe",)),
)
"""What must be in the environment for a tool to work, and its command; text goes in by standard input."""
_PATIENCE = 2.0


def tools() -> list[tuple[str, ...]]:
    """The commands that can take text here, best first: the desktop's tool, then tmux."""
    found = [command for needs, command in TOOLS if (not needs or os.environ.get(needs)) and shutil.which(command[0])]
    if os.environ.get("TMUX") and shutil.which("tmux"):
        found.append(("tmux", "load-buffer", "-w", "-"))
    return found


def copy(text: str, terminal: Callable[[str], None]) -> str:
    """Copy `text`; returns by which roads, for the status line ("terminal, tmux").

    Args:
        terminal: sends the OSC 52 sequence; given by the app.

    Blocks for at most two seconds a tool; call it off the event loop.
    """
    terminal(text)
    roads = ["terminal"]
    for command in tools():
        try:
            subprocess.run(
                command, input=text.encode("utf-8", "replace"), timeout=_PATIENCE, check=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            continue
        roads.append(command[0])
        break
    return ", ".join(roads)
