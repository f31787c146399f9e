"""Firms, ranks and speakers in business, court and sports reports: who is one row, and what is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from store.analysis import Actor
from store.article import make_article
from store.extract.actors.pane import actors
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[[str], dict[str, Actor]]


@pytest.fixture(name="read")
def read_(nlp: "Language") -> Read:
    """Name to actor, in the order of the pane."""
    return lambda text: {actor.name: actor for actor in actors(parse(nlp, text), make_article(text))}


def referred(text: str, actor: Actor) -> list[str]:
    return [text[start:end] for start, end in actor.references]


def test_a_firm_is_one_row_with_and_without_its_legal_form(read: Read) -> None:
    text = (
        "Norrland Paper reports a loss\n\nNorrland Paper AB, a maker of board, on Thursday posted a loss.\n\n"
        "Norrland said it would cut jobs. Shares in Norrland fell."
    )
    assert set(read(text)["Norrland Paper AB"].aliases) == {"Norrland Paper", "Norrland"}


def test_the_company_is_the_firm_that_the_text_is_about(read: Read) -> None:
    text = (
        "Brightwell Robotics today announced a round led by Alder Ventures. Brightwell makes picking arms.\n\n"
        "Brightwell was founded in May. Few firms are as quick as Brightwell, said Tom Castellano, a partner at "
        "Alder Ventures.\n\nThe company plans to grow."
    )
    rows = read(text)
    assert referred(text, rows["Brightwell Robotics"]) == ["The company"]
    assert "The company" not in referred(text, rows["Alder Ventures"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Net sales rose to SEK 14.8 billion, and SEK 2 billion was paid.", []),
        ("The shares fell by 0920 GMT.", []),
        ("Commerce Secretary Laura Hendricks spoke.", ["Laura Hendricks"]),
        ("It rained.\n\nDeveloper Greenfield Logistics wants to build.", ["Greenfield Logistics"]),
        ("It rained.\n\nUnseeded Ann Lindqvist knocked out the champion.", ["Ann Lindqvist"]),
        ("They demanded the resignation of Transport Minister Petros Galanis.", ["Petros Galanis"]),
        ("Brent crude futures rose to $81 a barrel, traders said.", []),
        ("The World Food Programme says that 7 million people need help.", ["World Food Programme"]),
    ],
)
def test_what_is_an_actor(read: Read, text: str, names: list[str]) -> None:
    assert list(read(text)) == names


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("All were saved, spokeswoman Lt. Maria Petrides told reporters.", "Maria Petrides", "spokeswoman"),
        ("It works, said Priya Raman, co-founder and CEO of Acme.", "Priya Raman", "co-founder and CEO of Acme"),
        ("The penalty was soft, said goalkeeper Ian Marsh.", "Ian Marsh", "goalkeeper"),
        ("It was late, Cllr Dave Rennie said.", "Dave Rennie", "Cllr"),
    ],
)
def test_a_role_is_what_somebody_is(read: Read, text: str, name: str, role: str) -> None:
    assert read(text)[name].role == role


def test_a_name_cut_to_its_last_word_is_a_persons(read: Read) -> None:
    text = (
        "Chidi Okafor's late header sent the team into the final.\n\nOkafor, a signing from Lorn, has scored again. "
        "Fans sang for Okafor."
    )
    assert read(text)["Chidi Okafor"].kind == "person"
