"""`briefbook config`: where the settings are, and what is in force, as a `config.toml` that could be kept."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from store.errors import BriefbookError
from store.home import Config, Home, find_home
from tui.actions import Keymap, action
from tui.commands import settings
from tui.commands.streams import put, put_json, say
from tui.keymaps import PRESETS, clashes, keymap


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook config [show | path] [--json]"
    parser.description = f"""\
  show   the settings and keys that are in force, as TOML (default)
  path   where config.toml is, or would be

What is left out of config.toml keeps its default. Presets of keys: {", ".join(PRESETS)}."""
    parser.epilog = """\
examples:
  briefbook config path
  briefbook config show | grep highlight

config.toml:
  preset = "vim"
  theme = "light"
  keys = { highlight = "H,f7", note = "a" }"""
    parser.add_argument(
        "action", nargs="?", choices=["show", "path"], default="show", metavar="ACTION", help="show or path"
    )
    parser.add_argument("--json", action="store_true", help="show: print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print it; 1 when something in it is wrong, or keys clash."""
    home = find_home()
    if arguments.action == "path":
        put(str(home.config))
        return 0
    config, mistakes = settings.read(home)
    keys = keymap(config.preset, config.keys)
    if arguments.json:
        put_json(asdict(config) | {"keys": keys})
    else:
        _show(home, config, keys)
    found: list[BriefbookError | str] = [*mistakes]
    found += [f"{clash}; give one of them another key in {home.config}" for clash in clashes(keys)]
    for mistake in found:
        say(mistake)
    return 1 if found else 0


def _show(home: Home, config: Config, keys: Keymap) -> None:
    put(f"# {home.config}{'' if home.config.exists() else ' is not there: these are the defaults'}")
    for name, value in asdict(config).items():
        if name != "keys":
            put(f"{name} = {_toml(value)}")
    put("")
    put("[keys]")
    for id_, names in keys.items():
        put(f"{id_} = {_toml(','.join(names))}  # {action(id_).help}")


def _toml(value: Any) -> str:
    """A TOML value; its basic strings are those of JSON."""
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
            if value
            else "{}"
        )
    return json.dumps(value, ensure_ascii=False)
