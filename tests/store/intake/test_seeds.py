"""The sample briefings: each is read with the title, byline, date and publisher that it shows."""

from pathlib import Path

import pytest

from store.article import Article
from store.intake import find, read

SEEDS = Path(__file__).parents[3] / "seeds"
TOLD = {
    "earnings-note-northgate-foods.html": (
        "Northgate Foods Q2: margins back, volumes not yet",
        "Priya Raman, Daniel Okafor",
        "2025-08-07T07:45:00+01:00",
        "Calder & Rowe Research",
    ),
    "grain-harvest-in-figures.md": (
        "Harvest in figures: a bigger crop, a smaller cheque",
        "Milan Hartl",
        "2024-09-09",
        "Plains Observer",
    ),
    "ministry-statement-dam-inspection.txt": (
        "MINISTER ORDERS INSPECTION OF ELEVEN DAMS AFTER CRACK AT MWENZE",
        "",
        "2025-04-03",
        "MINISTRY OF RIVERS AND RESERVOIRS",
    ),
    "press-conference-airport-inquiry.html": (
        "“Nobody pressed the button”: inquiry chair on the Shannonside blackout",
        "Sinéad Mulcahy",
        "2025-05-22",
        "West Quay Courier",
    ),
    "profile-tide-clerk.html": (
        "The woman who reads the sea",
        "Oliver Sandford",
        "2024-11-30T06:00:00+00:00",
        "The Long Margin",
    ),
    "situation-report-cyclone-relief.md": (
        "Cyclone Idrisa: situation report 5",
        "Joint Relief Cell",
        "2025-01-21T18:00:00+00:00",
        "Coastal Aid Network (CAN)",
    ),
    "think-tank-brief-gallium.md": (
        "Small metal, long queue: Europe's gallium problem in five figures",
        "Inès Caron",
        "2025-02-18",
        "Halden Institute for Economic Security",
    ),
    "troop-costs-tariff-talks.html": (
        "Washington ties the bill for its troops in Asia to tariffs",
        "Hannah Lindqvist",
        "2025-04-18",
        "Pacific Ledger",
    ),
    "wire-harbour-strike-corrected.txt": (
        "Harbour strike enters second week as pay talks stall",
        "Anca Petrescu and Lars Wendt",
        "2025-03-12",
        "Meridian Wire",
    ),
    "wire-harbour-strike.txt": (
        "Harbour strike enters second week as pay talks stall",
        "Anca Petrescu and Lars Wendt",
        "2025-03-11",
        "Meridian Wire",
    ),
}
ENDS = {
    "earnings-note-northgate-foods.html": ("Northgate Foods plc reported", "Frozen vegetables after the heatwave"),
    "press-conference-airport-inquiry.html": ("The blackout that closed", "the night hour by hour"),
    "profile-tide-clerk.html": ("For 34 years Maren Tveit", "a contributing editor at The Long Margin."),
    "troop-costs-tariff-talks.html": ("Two of America's closest allies", "share the cost of American bases"),
}
"""How the report in each page begins and ends: nothing of what stands around it in the page is in the text."""


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found, errors = find([str(SEEDS)])
    assert errors == []
    return {Path(source).name: read(source) for source in found}


def test_every_seed_tells_who_published_what_and_when(articles: dict[str, Article]) -> None:
    told = {name: (one.title, one.byline, one.published, one.publisher) for name, one in articles.items()}
    assert told == TOLD


@pytest.mark.parametrize("name", sorted(TOLD))
def test_every_seed_is_clean_text_of_the_right_length(articles: dict[str, Article], name: str) -> None:
    article = articles[name]
    assert 300 <= article.words <= 1500
    assert article.paragraphs and all(span in article.paragraphs for span in article.furniture)
    assert not any(
        sign in article.text for sign in ("</", "**", "](", "&amp;", "window.stats", "Most read", "Newsletter")
    )


@pytest.mark.parametrize("name", sorted(ENDS))
def test_a_page_gives_its_report_and_no_more(articles: dict[str, Article], name: str) -> None:
    start, end = ENDS[name]
    assert articles[name].text.startswith(start) and articles[name].text.endswith(end)


def test_a_plain_text_is_given_as_it_stands(articles: dict[str, Article]) -> None:
    for name in (name for name in TOLD if name.endswith(".txt")):
        assert articles[name].text == (SEEDS / name).read_text(encoding="utf-8")
