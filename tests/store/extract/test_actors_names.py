"""Forms of names and the tables, without a model."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract.actors import lexicon
from store.extract.actors.names import canonical, fold, initials, is_acronym, is_short_person, is_turned, key, pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Bank of Lorn", "Bank of Lorn's"),
        ("U.N.", "UN"),
        ("Béla Kovács", "Bela Kovacs"),
        ("People's Party", "People’s  Party"),
        ("Marks & Sons", "Marks and Sons"),
        ("U.S. Senate", "United States Senate"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert canonical(key(one)) == canonical(key(other))


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Keller", "Maria Keller", True),
        ("M. Keller", "Maria Keller", True),
        ("Maria Keller", "Maria Anna Keller", True),
        ("Keller", "Martin Keller Jr.", True),
        ("Maria", "Maria Keller", False),
        ("Maria Keller", "Thomas Keller", False),
        ("Anna Maria Keller", "Maria Anna Keller", False),
    ],
)
def test_short_forms_of_a_person(short: str, full: str, same: bool) -> None:
    assert is_short_person(key(short), key(full)) is same


def test_a_name_turned_round_is_the_same() -> None:
    assert is_turned(key("Orbán Viktor"), key("Viktor Orban"))
    assert not is_turned(key("Viktor Orban"), key("Viktor Orban"))


@given(st.text(max_size=60))
def test_no_text_breaks_the_keys(text: str) -> None:
    words = key(text)
    assert all(words)
    assert all(fold(word) == word or not word.isascii() for word in words)
    if words:
        canonical(words)
        initials(words)
        assert all(len(piece) < len(words) for piece in pieces(words))
    is_acronym(text)


def test_the_tables_do_not_contradict_themselves() -> None:
    places, heads = lexicon.places(), lexicon.heads()
    assert not places.adjectives.keys() & places.names.keys() - {"New Zealand"}
    assert set(places.names.values()) >= set(places.adjectives.values())
    assert not heads.organization & heads.other
    assert not heads.place & (heads.other | heads.organization)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("U.S.", "United States"),
        ("US", "United States"),
        ("Britain", "United Kingdom"),
        ("Burma", "Myanmar"),
        ("DPRK", "North Korea"),
    ],
)
def test_spellings_of_countries(word: str, name: str) -> None:
    assert lexicon.places().names[word] == name


def test_every_country_has_words_that_are_written_as_words() -> None:
    table = lexicon.places()
    assert len(table.states) > 195
    assert all(re.fullmatch(r"[^\W\d_].*", word) for word in (*table.names, *table.adjectives, *table.peoples))
