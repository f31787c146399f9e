"""The settings as far as they can be followed: a mistake in them is told, and keeps nobody from anything else."""

import difflib
from collections.abc import Iterable
from dataclasses import replace

from store.errors import ConfigError
from store.home import Config, Home, read_config_leniently
from tui.commands.streams import say


def read(home: Home) -> tuple[Config, list[ConfigError]]:
    """The settings without what is wrong in them, and every mistake, also in presets and names of actions."""
    from tui.actions import ACTIONS
    from tui.keymaps import PRESETS

    config, mistakes = read_config_leniently(home)
    actions = [action.id for action in ACTIONS]
    if config.preset not in PRESETS:
        mistakes.append(_unknown(home, "preset", config.preset, PRESETS))
        config = replace(config, preset="standard")
    for name in sorted(config.keys.keys() - set(actions)):
        mistakes.append(_unknown(home, "action", name, actions))
    return replace(config, keys={name: keys for name, keys in config.keys.items() if name in actions}), mistakes


def told(home: Home) -> Config:
    """The settings for a command, which goes on without those that are wrong: each mistake is said."""
    config, mistakes = read_config_leniently(home)
    for mistake in mistakes:
        say(mistake)
    return config


def _unknown(home: Home, what: str, name: str, known: Iterable[str]) -> ConfigError:
    near = difflib.get_close_matches(name, list(known), 1)
    listed = f"the presets are {', '.join(known)}" if what == "preset" else "`briefbook config` lists them"
    return ConfigError(f"there is no {what} {name!r}", home.config, f"did you mean {near[0]!r}?" if near else listed)
