"""What the figures of a sentence count when several stand against each other, and numbers that name a thing."""

from typing import TYPE_CHECKING

import pytest

from store.article import make_article
from store.extract.numbers.pane import numbers
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

COUNTED = {
    "a clause without its verb": (
        "Wheat prices rose 3% and barley 5%.",
        ["up 3 percent: Wheat prices", "= 5 percent: barley"],
    ),
    "set apart by the same preposition": (
        "The firm takes 40% from the mines and 20% from the paper mills.",
        ["= 40 percent: mines, firm", "= 20 percent: paper mills, firm"],
    ),
    "a complement before what sets apart": (
        "They sold 40 megawatts and want imports of 100 megawatts from neighbours.",
        ["= 40 megawatt: -", "= 100 megawatt: imports"],
    ),
    "a noun left out": (
        "The port handled 200 lorries by ferry and 90 by rail.",
        ["= 200 lorries: lorries, port", "= 90 lorries: lorries, rail, port"],
    ),
    "ranging from": (
        "The court set a total of $30 million in fines, ranging from $500 to $2 million, which the union will pay.",
        ["= 3e+07 USD: fines, court", "= 500..2e+06 USD: fines, court"],
    ),
    "added to a level": (
        "The gauge closed at 88, 5 per cent above its long-term norm.",
        ["= 88 -: gauge", "= 5 percent: long-term norm, gauge"],
    ),
    "a unit, its conversion, and the noun": (
        "They walked a 3-mile (5 km) trail along the lake.",
        ["= 3 mile: trail", "= 5 kilometre: trail"],
    ),
    "people named by their age": (
        "A 30-year-old would pay 2%, a 50-year-old would pay 3%.",
        ["= 30 year: -", "= 2 percent: 30-year-old", "= 50 year: -", "= 3 percent: 50-year-old"],
    ),
    "a verb that looks like a plural": ("The 71-year-old worries that the dam will break.", ["= 71 year: -"]),
    "a plural that looks like a verb": ("With six more climbs they were done.", ["= 6 climbs: climbs"]),
    "a plural that looks like a verb, without more": ("With eight more starts she won.", ["= 8 starts: starts"]),
    "numbered things in the plural": ("Acme sold 1,250 Orbit 7s.", ["= 1250 Orbit 7s: Orbit 7s, Acme"]),
    "hours of a sort": ("Every pilot needs 120 flying hours.", ["= 120 hour: pilot"]),
    "an average age": (
        "The average age of nurses in the district is 52.",
        ["= 52 year: average age of nurses in the district"],
    ),
    "an age to come": ("She will be 41 by the summer.", ["= 41 year: -"]),
    "the subject of a reported clause": ("The plan says that 40,000 will be built.", ["= 40000 -: -"]),
    "of them": (
        "The law made 47 utilities. In the end 31 of them failed.",
        ["= 47 utilities: utilities, law", "= 31 utilities: utilities"],
    ),
    "of whom": (
        "Some 90 pupils, of whom 12 were ill, stayed.",
        ["~ 90 pupils: pupils", "= 12 pupils: pupils"],
    ),
    "people in a state": ("A ferry with 180 aboard sank.", ["= 180 aboard: aboard, ferry"]),
    "people who were harmed": ("The blast injured at least 14.", [">= 14 people: people, blast"]),
    "a clause that costs": (
        "Keeping the library open would cost £140,000 a year.",
        ["= 140000 GBP per year: Keeping the library open"],
    ),
    "paid for": ("The council charges £40 for garden bins.", ["= 40 GBP: garden bins, council"]),
    "who has them": (
        "The cup went to Ann Lee, the captain with 24 goals.",
        ["= 24 goals: goals, Ann Lee"],
    ),
    "a subject beside its verb": (
        "Gold was little changed at $2,361 an ounce and copper dipped 0.3%.",
        ["= 2361 USD per ounce: Gold", "down 0.3 percent: copper"],
    ),
    "a loss before tax": ("It made a loss before tax of £4.4m.", ["= 4.4e+06 GBP: loss before tax"]),
    "labels in a line": (
        "Adjusted profit £38m, margin 9.2%",
        ["= 3.8e+07 GBP: Adjusted profit", "= 9.2 percent: margin, Adjusted profit"],
    ),
    "two subjects": (
        "About 900 houses were destroyed and 12,000 households were without power.",
        ["~ 900 houses: houses", "= 12000 households: households"],
    ),
    "a height with its word": ("The 24-metre-high mast fell.", ["= 24 metre: mast"]),
    "after a dateline": (
        "OSLO, 24 October – Acme on Thursday posted a 12% drop in profit.",
        ["= 12 percent: drop in profit"],
    ),
    "an up after a name": (
        "Shares in dairies rose, with Blue Milk up 4 per cent.",
        ["up 4 percent: Blue Milk, Shares in dairies"],
    ),
}


def told(nlp: "Language", text: str) -> list[str]:
    """The rows of `text` as relation, value, unit and what is counted."""
    rows = numbers(parse(nlp, text), make_article(text))
    highs = ["" if row.high is None else f"..{row.high:g}" for row in rows]
    return [
        f"{row.relation} {row.value:g}{high} {row.unit or '-'}: {row.of or '-'}"
        for row, high in zip(rows, highs, strict=True)
    ]


@pytest.mark.parametrize("name", COUNTED)
def test_tells_what_each_counts(nlp: "Language", name: str) -> None:
    text, expected = COUNTED[name]
    assert told(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They live in the 10115 postcode.",
        "The tram 14 was late.",
        "He edits the Comet 3 newsletter.",
    ],
)
def test_a_number_that_names_a_thing_is_no_figure(nlp: "Language", text: str) -> None:
    assert told(nlp, text) == []


def test_an_index_named_with_a_number_keeps_its_change(nlp: "Language") -> None:
    assert told(nlp, "In Asia: Lumo 50 -1.2% Kiro +0.4%.") == ["down -1.2 percent: Lumo 50", "up 0.4 percent: Kiro"]
