"""The examples in the documentation hold: those of the extraction rules, and of everything else that has some."""

import doctest
import importlib
from pathlib import Path

import pytest

import store

ROOT = Path(store.__file__).parent
MODULES = sorted(
    ".".join(("store", *path.relative_to(ROOT).with_suffix("").parts))
    for path in ROOT.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name: str) -> None:
    tested = doctest.testmod(importlib.import_module(name))
    assert tested.attempted and not tested.failed
