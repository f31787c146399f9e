"""The file of cue words is what its head says it is, and one line in it is enough to teach a word."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from store.extract.quotes import cues

HEAD = "quote clause fronted as infinitive gerund wish urge object predicate relative passive"
FRAMES = {*HEAD.split(), "passive infinitive", "passive predicate", "in words"}
GOVERNING = "about of for to on upon against with at over in into toward towards behind regarding concerning as"
PREPOSITIONS = set(GOVERNING.split())


@pytest.fixture(name="data", scope="module")
def data_() -> dict[str, Any]:
    return tomllib.loads(files("store.extract.quotes").joinpath(cues.FILE).read_text(encoding="utf-8"))


def test_every_frame_is_one_that_the_head_describes(data: dict[str, Any]) -> None:
    for table in cues.CLASSES.values():
        for word, row in data[table].items():
            unknown = {
                frame for frame in row if frame not in FRAMES and frame.removeprefix("object ") not in PREPOSITIONS
            }
            assert not unknown, (word, unknown)


def test_every_share_is_a_percentage(data: dict[str, Any]) -> None:
    rows = [row for table in cues.CLASSES.values() for row in data[table].values()]
    assert all(0 < share <= 99 for row in [*rows, data["share"]] for share in row.values())
    assert all(odds > 0 for odds in data["odds"].values())


def test_words_are_lemmas_in_alphabetical_order(data: dict[str, Any]) -> None:
    for table in cues.CLASSES.values():
        assert list(data[table]) == sorted(data[table])
        assert all(word == word.lower() for word in data[table])


def test_a_particle_makes_another_word() -> None:
    known = cues.read({"verb": {"point": {"to": 50}, "point out": {"clause": 90}}})
    assert known.of("VBD", "point", "out") == {"clause": 0.9}
    assert known.of("VBD", "point") == {"to": 0.5}
    assert known.of("VBD", "point", "up") == {}
    assert known.of("NN", "point") == {}


def test_a_particle_that_is_not_listed_leaves_the_frames_of_speech() -> None:
    known = cues.read({"verb": {"call": {"clause": 90, "quote": 70, "object": 60}}})
    assert known.of("VBD", "call", "out") == {"clause": 0.9, "quote": 0.7}


def test_circumstances_multiply_the_odds() -> None:
    known = cues.read({"odds": {"modal": 0.5}})
    assert known.chance(0.5, ["modal", "unheard of"]) == pytest.approx(1 / 3)
