"""The examples in the documentation of the rules hold, those of every module."""

import doctest
import importlib
import pkgutil

import pytest

import store.extract

MODULES = [found.name for found in pkgutil.walk_packages(store.extract.__path__, "store.extract.")]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("sentences")])
def test_the_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
