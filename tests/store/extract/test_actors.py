"""The actors pane on sentences of our own, with the real model."""

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import Actor
from store.article import make_article
from store.extract.actors import actors
from store.extract.parse import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

REPORT = (
    "GENEVA (Reuters) - The finance minister of Norway, Ingrid Halvorsen, met Peter Lund, a lawyer from Oslo, on Monday. "
    "She told him that the country would pay. Norway and the United States had agreed in May, Halvorsen said.\n"
    "The U.S. delegation left Geneva before the Norwegian minister spoke."
)


@pytest.fixture(scope="module")
def read(nlp: "Language") -> "Callable[[str], tuple[Actor, ...]]":
    return lambda text: actors(parse(nlp, text), make_article(text))


def by_name(found: tuple[Actor, ...]) -> dict[str, Actor]:
    return {actor.name: actor for actor in found}


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_report_gives_its_actors_once_with_kind_and_role(read: "Callable[[str], tuple[Actor, ...]]") -> None:
    rows = by_name(read(REPORT))
    assert rows["Ingrid Halvorsen"].kind == "person"
    assert rows["Ingrid Halvorsen"].role == "finance minister of Norway"
    assert words(REPORT, rows["Ingrid Halvorsen"].mentions) == ["Ingrid Halvorsen", "Halvorsen"]
    assert rows["Peter Lund"].role == "lawyer from Oslo"
    assert rows["United States"].kind == "place"
    assert words(REPORT, rows["United States"].mentions) == ["United States", "U.S."]


def test_pronouns_go_to_the_person_of_their_gender(read: "Callable[[str], tuple[Actor, ...]]") -> None:
    rows = by_name(read(REPORT))
    assert "She" in words(REPORT, rows["Ingrid Halvorsen"].references)
    assert "him" in words(REPORT, rows["Peter Lund"].references)


def test_nationality_adjectives_join_and_make_no_row(read: "Callable[[str], tuple[Actor, ...]]") -> None:
    rows = by_name(read(REPORT))
    assert "Norwegian" in words(REPORT, rows["Norway"].mentions)
    assert not read("A Peruvian singer met a Bolivian painter.")


PIECES = ["Ada Blum", " said", " she", " (", ")", "\n", "“", "”", " U.S.", " Mr.", " President", "\x00", "é", " 5", " of", " the", ",", "-", "'s"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join).filter(str.strip))
def test_no_text_makes_it_fail(nlp: "Language", text: str) -> None:
    article = make_article(text)
    found = actors(parse(nlp, article.text), article)
    mentions = sorted(span for actor in found for span in actor.mentions)
    assert all(0 <= start < end <= len(article.text) for start, end in mentions)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(mentions))
    assert all(actor.mentions == tuple(sorted(actor.mentions)) for actor in found)
    assert [actor.id for actor in found] == [f"a{number}" for number in range(1, len(found) + 1)]
