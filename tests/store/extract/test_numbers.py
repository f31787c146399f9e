"""The numbers pane on sentences of our own: value, range, relation, unit and what is counted."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import NUMBER_KINDS, RELATIONS, Number
from store.article import make_article
from store.extract.numbers.pane import numbers
from store.extract.parse import parse

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[[str], list[Number]]


@pytest.fixture(scope="module")
def read(nlp: "Language") -> Read:
    """From a text to its figures."""
    return lambda text: list(numbers(parse(nlp, text), make_article(text)))


def brief(row: Number) -> str:
    """A row as relation, value or range, and unit: "> 3..4 km"."""
    value = f"{row.value:g}" if row.high is None else f"{row.value:g}..{row.high:g}"
    return f"{row.relation} {value} {row.unit or '-'}"


ROWS = {
    "two changes in one sentence": (
        "Wheat rose 3% to $5.20 while barley fell 1.5% to $4.10.",
        ["up 3 percent", "= 5.2 USD", "down 1.5 percent", "= 4.1 USD"],
    ),
    "from … to … over the years": ("The count climbed from 18 in 2005 to 26 in 2015.", ["= 18..26 -"]),
    "to … from …": ("Membership slipped to 1,200 from 1,450.", ["= 1200..1450 -"]),
    "between, scales of their own": (
        "Flats there cost between $800,000 and $1.3 million.",
        ["= 800000..1.3e+06 USD"],
    ),
    "a scale for both": ("The dam will cost $5 to $8 billion.", ["= 5e+09..8e+09 USD"]),
    "shared compound": (
        "The maker sells four-, five- and six-seat cabins.",
        ["= 4 seat cabins", "= 5 seat cabins", "= 6 seat cabins"],
    ),
    "shared unit": ("It comes with a 9- or 11-inch display.", ["= 9 inch", "= 11 inch"]),
    "conversions": (
        "The motor gives 150 kW (204 PS / 201 hp).",
        ["= 150 kilowatt", "= 204 horsepower", "= 201 horsepower"],
    ),
    "converted money": ("The permit costs HK$310,000 ($39,700).", ["= 310000 HKD", "= 39700 USD"]),
    "glued units": (
        "The link runs at 25Mbps and costs AUD1.5m.",
        ["= 25 megabit per second", "= 1.5e+06 AUD"],
    ),
    "spelled out": (
        "The hall holds twenty-three thousand four hundred twelve people.",
        ["= 23412 people"],
    ),
    "a million dollar boat": ("He bought a million dollar boat.", ["= 1e+06 USD"]),
    "fractions": (
        "Nearly two-thirds of the 3.1M tickets were sold early.",
        ["~ 0.666667 tickets", "= 3.1e+06 tickets"],
    ),
    "a fraction sign": ("Add 2½ cups of flour.", ["= 2.5 cup"]),
    "vague plurals": (
        "Tens of thousands of fans and dozens of officers came.",
        ["= 10000..100000 fans", "= 12..120 officers"],
    ),
    "a couple dozen": ("A couple dozen students stayed.", ["= 24 students"]),
    "bounds after": ("Donors who gave $200 or less had to be 35 or older.", ["<= 200 USD", ">= 35 -"]),
    "under the age of": ("Children under the age of 5 travel free.", ["< 5 year"]),
    "age in apposition": ("Anna Lee, 43, runs the shop.", ["= 43 year"]),
    "age bracket": ("Women aged 25 to 54 found work.", ["= 25..54 year"]),
    "points and half a point": (
        "Unemployment rose by 0.1 percentage points to 4.2 percent.",
        ["up 0.1 percentage point", "= 4.2 percent"],
    ),
    "respectively": (
        "The firms earned 2.2bn shekels ($590m) and 71 million shekels, respectively.",
        ["= 2.2e+09 Israeli shekel", "= 5.9e+08 USD", "= 7.1e+07 Israeli shekel"],
    ),
    "against": ("The engine has 204 hp against 212 hp before.", ["= 204 horsepower", "= 212 horsepower"]),
    "rates": ("They rent for $80 per sq m and $900 a month.", ["= 80 USD per square metre", "= 900 USD per month"]),
    "a counted rate": ("The lab runs 3,000 tests per day.", ["= 3000 tests per day"]),
    "one in five": ("About one in five adults smokes.", ["~ 0.2 adults"]),
    "times": ("Exports are 6.5 times imports.", ["= 6.5 times"]),
    "fold": ("Revenue grew sixfold.", ["up 6 fold"]),
    "signs": ("Dow +0.2%, FTSE -0.6%.", ["up 0.2 percent", "down -0.6 percent"]),
    "below zero": ("The lake was at -5 °C.", ["= -5 degree Celsius"]),
    "durations": ("After a five-year, 300-mile walk he slept for 24 hours.", ["= 5 year", "= 300 mile", "= 24 hour"]),
    "more years": ("The lease runs for three more years.", ["= 3 year"]),
    "millions of dollars": ("It cost tens of millions of dollars.", ["= 1e+07..1e+08 USD"]),
    "at least": ("At least 74 miners were trapped.", [">= 74 miners"]),
    "up to": ("Fines reach up to €20,000.", ["<= 20000 EUR"]),
    "sub-": ("Demand for sub-300 sq m offices grew.", ["< 300 square metre"]),
    "score": ("The team won 3-1 at home.", ["= 3 -"]),
    "one of": ("One of the bridges fell.", ["= 1 bridges"]),
    "many kinds of digits": (
        "They counted 1'250'000 birds, 12,34,567 bats and 1.250.000 bees.",
        ["= 1.25e+06 birds", "= 1.23457e+06 bats", "= 1.25e+06 bees"],
    ),
    "half a unit": ("The pond rose by half a metre.", ["up 0.5 metre"]),
    "plus": ("She has 15-plus years at sea.", [">= 15 year"]),
    "a loose share": ("Ticket sales fell by nearly a fifth.", ["~ 0.2 -"]),
    "one in, with a noun": ("They found that one lamp in six was broken.", ["= 0.166667 -"]),
    "ages said": (
        "Ada Brú, 58, met a cook who is 29 and rich. By 24 she had left.",
        ["= 58 year", "= 29 year", "= 24 year"],
    ),
    "a month before a figure": (
        "It was full in August, 9 percentage points more than usual.",
        ["= 9 percentage point"],
    ),
    "no bound after a verb": ("The fee goes up to 4.6p from 4.2p.", ["= 4.2..4.6 penny"]),
    "a range of decimals": ("The plan costs SEK 2.5-2.7 billion.", ["= 2.5e+09..2.7e+09 Swedish krona"]),
    "crowns": ("It earned 1.4 billion crowns.", ["= 1.4e+09 crown"]),
    "the year before in brackets": ("Earnings were €3.15 (3.72).", ["= 3.15 EUR", "= 3.72 EUR"]),
    "a currency left out": (
        "They expect 5 billion euros on sales of 14 billion.",
        ["= 5e+09 EUR", "= 1.4e+10 EUR"],
    ),
    "a change and its level in one unit": ("Crude gained $1.45 to $77.12.", ["up 1.45 USD", "= 77.12 USD"]),
    "a mixed fraction": ("Wheat lost 6-1/2 cents to $5.72-3/4.", ["down 6.5 cent", "= 5.72 USD"]),
    "lower": ("The index closed 5.1% lower.", ["down 5.1 percent"]),
    "higher than a year ago": ("Costs are 3% higher than a year ago.", ["up 3 percent"]),
    "higher than another thing": ("Costs are 3% higher than those of rivals.", ["= 3 percent"]),
    "a rate that is raised": ("They raised tariffs by 5% a year.", ["up 5 percent per year"]),
    "magnitudes": (
        "A magnitude 6.4 quake came before a 7.1-magnitude one.",
        ["= 6.4 magnitude", "= 7.1 magnitude"],
    ),
    "nearer": ("The loss is nearer $5bn.", ["~ 5e+09 USD"]),
    "sets": ("She beat Mara Petrov 6-4 3-6 7-5 in May.", ["= 6 -", "= 3 -", "= 7 -"]),
    "hostile sizes": ("x" * 400 + " owed $3 million.", ["= 3e+06 USD"]),
}


@pytest.mark.parametrize("name", ROWS)
def test_reads(read: Read, name: str) -> None:
    text, expected = ROWS[name]
    assert [brief(row) for row in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The summit opened on July 4, 2016, and closed on 11 July.",
        "In 2014-15 the G20 met in the autumn of 2014.",
        "It left at 2:30 p.m. and was back by 17:45.",
        "Call (212) 555-0100 or see https://example.org/2019/page-12.",
        "No one knows which one he meant; one never does.",
        "It offers one-stop shopping and a two-way street.",
        "The First Deputy spoke in the second half.",
        "COVID-19 grounded the 737-800 and the A380.",
        "See page 12 and chapter 4 of Section 230.",
        "1. Read the text\n2. Close the book",
        "1.1 The rule\n\nIt is old.\n\n2.10 Other rules\n\nThey are new.",
        "Policy paper 14/2025 recalls resolutions 46/182 and 75/27.",
        "He was born in the 1990s, in AD 1995.",
        "The strike entered an eighth day after a third time had been tried.",
    ],
)
def test_lists_nothing(read: Read, text: str) -> None:
    assert [row.text for row in read(text)] == []


def test_names_beside_figures(read: Read) -> None:
    rows = read("The S&P 500 rose 12 points after Boeing sold 30 jets.")
    assert [brief(row) for row in rows] == ["up 12 point", "= 30 jets"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The bridge is 90 metres long.", "bridge"),
        ("Exports of rice to China fell 4%.", "Exports of rice to China"),
        ("About 70 kg of gold were found.", "gold"),
        ("The agency imposed a fine of $3 billion.", "fine, agency"),
        ("Acme cut 300 well-paid jobs.", "well-paid jobs, Acme"),
        ("The council voted for a 25% duty on steel.", "duty on steel, council"),
        ("Engineers found a crack 4 metres long in the wall.", "crack, Engineers"),
        ("They found that one lamp in six was broken.", "lamp"),
    ],
)
def test_says_what_is_counted(read: Read, text: str, what: str) -> None:
    assert [row.of for row in read(text)] == [what]


def test_a_bare_year_is_none_where_thousands_have_commas(read: Read) -> None:
    rows = read("They trade at nine times our 2026 earnings. The club has 1,150 members.")
    assert [brief(row) for row in rows] == ["= 9 times", "= 1150 members"]


TABLE = """\
Stocks of oats | 2023 (t) | 2024, kg | Change | Days | Price, €/t
Lorn           |     41.5 |       17 |   -12% |   23 |        171
Visp           |    1,200 |        3 |   +3.5 |    - |        182
"""


def test_a_cell_measures_what_its_row_and_column_say(read: Read) -> None:
    rows = read(f"The store is half full.\n\n{TABLE}\nNobody counted 12 | 3.")
    told = [(brief(row), row.of) for row in rows]
    assert told[:5] == [
        ("= 41.5 tonne", "Lorn, 2023"),
        ("= 17 kilogram", "Lorn, 2024"),
        ("down -12 percent", "Lorn, Change"),
        ("= 23 day", "Lorn"),
        ("= 171 EUR per tonne", "Lorn, Price"),
    ]
    assert [row.text for row in rows[-2:]] == ["12", "3"]


def test_a_table_without_a_head_keeps_its_figures(read: Read) -> None:
    assert [brief(row) for row in read("Oslo | 12 | 3.5 kg\nVisp | 7 | 4 kg")] == [
        "= 12 -",
        "= 3.5 kilogram",
        "= 7 -",
        "= 4 kilogram",
    ]


def test_the_corner_of_a_table_says_what_all_its_money_is_in(read: Read) -> None:
    rows = read("£ million | 2023 | Members\nRent | 1,420 | 12\nOther | 31 | 9")
    assert [(brief(row), row.of) for row in rows][:2] == [
        ("= 1.42e+09 GBP", "Rent, 2023"),
        ("= 12 -", "Rent, Members"),
    ]


def test_a_conversion_counts_the_same(read: Read) -> None:
    first, second = read("The deal is worth 2 billion euros ($2.2 billion).")
    assert first.of == second.of == "deal"


def test_a_link_line_is_less_sure(nlp: "Language") -> None:
    text = "Read More: City faces 40% fees"
    plain, link = (
        numbers(parse(nlp, text), make_article(text, furniture=spans))[0] for spans in ([], [(0, len(text))])
    )
    assert (plain.value, link.value) == (40, 40)
    assert link.confidence < plain.confidence


PIECES = st.sampled_from(
    [
        "one",
        "two",
        "half",
        "a",
        "dozen",
        "thousand",
        "million",
        "hundreds",
        "of",
        "tens",
        "and",
        "point",
        "to",
        "from",
        "between",
        "-",
        "–",
        ",",
        ".",
        "(",
        ")",
        "$",
        "€",
        "%",
        "km",
        "year-old",
        "rose",
        "up",
        "about",
        "5",
        "3.4",
        "1,200",
        "2019",
        "1/2",
        "½",
        "'",
        '"',
        "\n",
        "\u202f",
        "people",
        "x",
        "per",
        "/",
        ":",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.lists(PIECES, min_size=1, max_size=25).map(" ".join), st.text(min_size=1, max_size=60)))
def test_holds_in_any_text(nlp: "Language", text: str) -> None:
    if not text.strip():
        return
    article = make_article(text)
    rows = numbers(parse(nlp, article.text), article)
    assert list(rows) == sorted(rows, key=lambda row: row.start)
    for row in rows:
        assert row.text == article.text[row.start : row.end] != ""
        assert math.isfinite(row.value)
        assert row.high is None or (math.isfinite(row.high) and row.high > row.value)
        assert row.kind in NUMBER_KINDS and row.relation in RELATIONS
        assert 0 <= row.confidence <= 1


@pytest.mark.parametrize("piece", ["million ", "9", "hundreds of ", "$5 to ", "(3 km ", "3 of ", "5' "])
def test_holds_in_monotonous_text(nlp: "Language", piece: str) -> None:
    """Every figure of these leads to the next one; the chain must neither break nor be walked anew for each."""
    article = make_article("x " + piece * 600)
    rows = numbers(parse(nlp, article.text), article)
    assert all(math.isfinite(row.value) for row in rows)


def test_a_far_unit_is_found_by_its_change(read: Read) -> None:
    (row,) = read("Acme would increase its contribution towards keeping the fleet to $1.4 billion.")
    assert (row.value, row.unit, row.of) == (1.4e9, "USD", "contribution, Acme")
