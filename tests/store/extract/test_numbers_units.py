"""The tables of units and currencies: every line is found in a text, and nothing else is."""

import tomllib
from importlib import resources

import pytest

from store.extract.numbers.units import units


def table(name: str) -> dict:
    return tomllib.loads((resources.files("store.extract.numbers") / name).read_text(encoding="utf-8"))


CURRENCIES = table("currencies.toml")
CODES = [code for part in ("major", "other") for code in CURRENCIES[part]]
MEASURES = table("units.toml")
NAMES = [name for kind in ("percent", "duration", "ratio") for name in MEASURES[kind]]
NAMES += [name for rows in MEASURES["measure"].values() for name in rows if name != "si"]
NAMES += [name for rows in MEASURES["measure"].values() for name in rows.get("si", {})]


@pytest.mark.parametrize("name", NAMES)
def test_every_unit_is_found_by_its_name(name: str) -> None:
    found = units().after(f"5 {name} ", 1)
    assert found is not None and found.unit.name == name


@pytest.mark.parametrize("code", CODES)
def test_every_currency_is_found_on_both_sides(code: str) -> None:
    before, after = units().before(f"{code} 5", len(code) + 1), units().after(f"5 {code}.", 1)
    assert before is not None and after is not None and before.unit == after.unit
    assert before.unit.kind == "money"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("5 kWh", "kilowatt-hour"),
        ("5 kilowatt-hours", "kilowatt-hour"),
        ("5 sq. ft.", "square foot"),
        ("5 cubic centimeters", "cubic centimetre"),
        ("5 km²", "square kilometre"),
        ("5 mW", "milliwatt"),
        ("5 MW", "megawatt"),
        ("5 Ghz", "gigahertz"),
        ("5 per cent points", "percentage point"),
        ("5 degrees centigrade", "degree Celsius"),
        ("5 m.p.h.", "mile per hour"),
        ("5 Danish kroner", "Danish krone"),
        ("5 bucks", "USD"),
    ],
)
def test_the_longest_spelling_counts(written: str, name: str) -> None:
    found = units().after(written, 1)
    assert found is not None and (found.unit.name, found.end) == (name, len(written))


@pytest.mark.parametrize("text", ["5 metrics", "5 kmart", "5 won't", "5 inert", "5 dollarless", "5\n\nkm2x"])
def test_part_of_a_word_is_no_unit(text: str) -> None:
    found = units().after(text, 1)
    assert found is None or text[found.end : found.end + 1] == "'"


@pytest.mark.parametrize("text", ["BMW5", "xR5", "P5", "in 5"])
def test_letters_before_are_no_currency(text: str) -> None:
    assert units().before(text, len(text) - 1) is None
