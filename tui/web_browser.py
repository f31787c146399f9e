"""The desktop's web browser. Never one that draws in the terminal: that one is taken."""

import contextlib
import os
import subprocess
import sys

_PATIENCE = 2.0
"""Seconds in which a browser says that it has failed; one that runs on is fine."""


def is_there() -> bool:
    """Whether there is a desktop, or `$BROWSER` names something."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")))


def show(address: str) -> None:
    """Have the browser show `address`. Blocks for a moment: the standard library waits for some browsers to end."""
    process = subprocess.Popen(
        # Nothing in the folder that briefbook was started in may pass for a module of ours.
        [sys.executable, "-P", "-m", "webbrowser", "-t", address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
