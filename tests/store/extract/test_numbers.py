"""The numbers pane on sentences of our own: value, range, relation, unit and what is counted."""

from typing import TYPE_CHECKING

import pytest

from store.analysis import Number
from store.article import make_article
from store.extract.numbers import numbers
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def rows(nlp: "Language"):
    def read(text: str) -> list[Number]:
        return list(numbers(parse(nlp, text), make_article(text)))

    return read


def test_a_change_and_its_level_are_two_rows(rows) -> None:
    change, level = rows("Sales rose 7% to $4.1 million.")
    assert (change.text, change.value, change.relation, change.unit) == ("7%", 7, "up", "percent")
    assert (level.text, level.value, level.relation, level.unit) == ("$4.1 million", 4.1e6, "=", "USD")
