"""An open article: what is told of it."""

import pytest

from store.article import make_article
from store.home import Home
from store.notebook import Notebook
from tui.reading import Reading


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("/home/mara/inbox/tides.txt", "tides.txt"),
        ("https://example.org/inbox/tides", "https://example.org/inbox/tides"),
    ],
)
def test_a_citation_names_a_url_whole_and_a_file_by_its_name(home: Home, source: str, told: str) -> None:
    article = make_article(
        "Water.",
        title="Tides",
        source=source,
        publisher="The Shore",
        published="2024-03-01T10:00:00Z",
        byline="M. Lind",
    )
    cited = Reading(article, Notebook(home, article)).citation()
    assert cited == f"M. Lind, “Tides”, The Shore, 2024-03-01, {told}"


def test_a_citation_leaves_out_what_is_not_known(home: Home) -> None:
    article = make_article("Water.", title="Tides")
    assert Reading(article, Notebook(home, article)).citation() == "“Tides”"
