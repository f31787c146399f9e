"""Bindings: every action has them, in every preset, and none of the toolkit's is lost."""

import pytest
from textual.binding import Binding
from textual.widget import Widget

from tui.actions import actions_in
from tui.keymaps import PRESETS, clashes, keymap
from tui.keys import bindings, install, prefixes
from tui.reader.surface import Reader


def by_id(found) -> dict[str, Binding]:
    return {binding.id: binding for binding in found}


@pytest.mark.parametrize("preset", PRESETS)
def test_each_action_with_keys_has_one_binding_of_its_name(preset):
    keys = keymap(preset)
    found = by_id(bindings("reading", keys=keys))
    assert set(found) == {item.id for item in actions_in("reading") if keys[item.id]}
    assert all(binding.action == id_ for id_, binding in found.items())


def test_commas_are_spelt_and_footers_show_what_the_table_says():
    found = by_id(bindings("reading", keys=keymap(overrides={"highlight": "H"}) | {"note": (",", "a")}))
    assert found["note"].key == "comma,a"
    assert found["highlight"].show and not found["line_down"].show


def test_install_replaces_ours_and_leaves_what_others_bound():
    class Pane(Widget):
        BINDINGS = [Binding("ctrl+y", "theirs", "Theirs"), *bindings("reading")]  # noqa: RUF012

    pane = Pane()
    install(pane, "reading", keys=keymap("arrows"))
    bound = pane._bindings.key_to_bindings
    assert "j" not in bound and [binding.id for binding in bound["down"]] == ["line_down"]
    assert [binding.action for binding in bound["ctrl+y"]] == ["theirs"]


def test_the_reader_has_a_method_for_every_action_of_its_places():
    ids = [item.id for item in actions_in("reading", "selecting")]
    assert [id_ for id_ in ids if hasattr(Reader, f"action_{id_}")] == ids


def test_the_keys_of_sequences_come_from_the_keymap():
    assert prefixes(keymap("less"), {"colour": "12345"}) == {"C": "colour"}


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_clashes_with_itself(preset):
    assert clashes(keymap(preset)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"merge": "S"}, "S means merge and split in the list of actors"),
        ({"star_book": "A"}, "A means star_book and archive_book on the shelf"),
        ({"note": "/"}, "/ means search and note while reading"),
        ({"sort": "ctrl+p"}, "ctrl+p means palette and sort in lists"),
        ({"caret_left": "j"}, "j means caret_left and caret_down while selecting"),
    ],
)
def test_a_key_that_means_two_things_in_one_place_is_told_once(changed, said):
    assert [told for told in clashes(keymap("standard", changed)) if told == said or "lists" in said] == [said]
