"""The grammar of numerals: how numbers are written, and which ones."""

import pytest

from store.extract.numbers.numerals import scan


def read(text: str) -> list[tuple[str, float | int, float | int | None]]:
    return [(text[numeral.start : numeral.end], numeral.low, numeral.high) for numeral in scan(text)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234,567.8", 1234567.8),
        ("12,34,567", 1234567),
        ("1'234'567", 1234567),
        ("1 234 567", 1234567),
        ("1\u202f234", 1234),
        ("1.234.567,5", 1234567.5),
        ("3,5", 3.5),
        (".407", 0.407),
        ("2½", 2.5),
        ("3 1/4", 3.25),
        ("1⁄8", 0.125),
        ("forty-seven", 47),
        ("nine hundred and twelve", 912),
        ("thirty-one thousand two hundred six", 31206),
        ("two million six hundred thousand and three", 2600003),
        ("3 hundred million", 300000000),
        ("a million", 1000000),
        ("half a million", 500000),
        ("one and a half billion", 1500000000),
        ("five point two", 5.2),
        ("a couple dozen", 24),
        ("half-dozen", 6),
        ("three-quarters", 0.75),
        ("a third", 1 / 3),
        ("7 lakh crore", 7000000000000),
    ],
)
def test_reads_one_number(written: str, value: float) -> None:
    assert read(written) == [(written, pytest.approx(value), None)]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("dozens", 12, 120),
        ("tens of thousands", 10_000, 100_000),
        ("hundreds of millions", 10**8, 10**9),
        ("several hundred", 100, 1000),
        ("a few thousand", 1000, 10_000),
    ],
)
def test_vague_plurals_are_ranges(written: str, low: int, high: int) -> None:
    assert read(written) == [(written, low, high)]


@pytest.mark.parametrize("text", ["2.4.1", "10.0.0.1", "9" * 40, "no number", "often", "stone", "1/0"])
def test_reads_no_number(text: str) -> None:
    assert read(text) == []
