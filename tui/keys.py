"""Turns the actions of `tui.actions`, under a keymap, into the toolkit's bindings. The only place that binds keys.

Several actions may share a key in one widget (`j` while reading and while selecting): the toolkit tries the bindings of
a key in order and takes the first one whose `check_action` is true.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingsMap, BindingType

from tui.actions import Action, Keymap, Where, actions_in
from tui.keymaps import keymap

if TYPE_CHECKING:
    from textual.dom import DOMNode


def bindings(*places: Where, keys: Keymap | None = None) -> list[BindingType]:
    """The bindings of all actions of `places`, in the order of the table, under `keys` (the standard ones by default).

    Each binding has the action's id, so that `App.set_keymap` works as well; an action without keys has none.
    """
    keys = keys or keymap()
    return [_binding(item, keys[item.id]) for item in actions_in(*places) if keys[item.id]]


def _binding(item: Action, keys: tuple[str, ...]) -> Binding:
    return Binding(",".join(_name(key) for key in keys), item.id, item.label, show=item.footer, id=item.id)


def _name(key: str) -> str:
    """`key` as the toolkit's bindings take it: a comma parts keys there and must be spelt."""
    return "comma" if key == "," else key


def install(node: "DOMNode", *places: Where, keys: Keymap) -> None:
    """Bind the actions of `places` to `keys` on `node`, in place of what it had for them.

    This is done once. `App.set_keymap` maps every binding of every ancestor anew at each key: measured at 12 ms a key.
    """
    ours = {item.id for item in actions_in(*places)}
    merged = BindingsMap(bindings(*places, keys=keys))
    for key, bound in node._bindings.key_to_bindings.items():
        others = [binding for binding in bound if binding.id not in ours]
        if others:
            merged.key_to_bindings.setdefault(key, []).extend(others)
    node._bindings = merged


def prefixes(keys: Keymap, actions: Mapping[str, str]) -> dict[str, str]:
    """The action id by the key that begins its sequence, for the ids in `actions`."""
    return {key: id_ for id_ in actions for key in keys[id_]}
