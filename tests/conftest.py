"""What every test shares: a home folder of its own, and the real language model, loaded once a process."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.extract import language
from store.home import Config, Home, find_home

if TYPE_CHECKING:
    from spacy.language import Language

# Tests start briefbook some hundred times; where Python is told to keep no compiled code, half of that is compiling.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled"))

REAL_HOME = find_home()
"""The home of whoever runs the tests: only its `models/` is looked at, and nothing is written there."""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: the tests of the app wait a third of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home folder, in force for this test and the processes that it starts; the models are linked in."""
    root = tmp_path / "home"
    monkeypatch.setenv("BRIEFBOOK_HOME", str(root))
    for name in ("NO_COLOR", "COLORTERM", "TMUX", "EDITOR", "VISUAL", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    made = Home(root)
    root.mkdir()
    if REAL_HOME.models.is_dir():
        made.models.symlink_to(REAL_HOME.models)
    made.make()
    return made


@pytest.fixture(scope="session")
def nlp() -> Iterator["Language"]:
    """The real pipeline. Missing: the test fails and says which command brings it."""
    model = language.find(REAL_HOME, Config())
    if model is None:
        pytest.fail("the language model is missing; run `briefbook model install` first")
    yield language.load(model)
