"""The desktop's browser: whether there is one, and that it gets the address and not the terminal."""

from pathlib import Path

import pytest

from tui import web_browser


def test_the_browser_that_is_named_gets_the_address_and_not_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\n{{ echo "$1"; cat; readlink /proc/$$/fd/1; }} > "{tmp_path}/shown"\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    assert web_browser.is_there()
    web_browser.show("https://briefing.example/?a=1&b=2")
    assert (tmp_path / "shown").read_text().startswith("https://briefing.example/?a=1&b=2\n")


@pytest.mark.parametrize(("variable", "is_there"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("TERM", False)])
def test_a_terminal_alone_has_none(monkeypatch: pytest.MonkeyPatch, variable: str, is_there: bool) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    assert web_browser.is_there() is is_there
