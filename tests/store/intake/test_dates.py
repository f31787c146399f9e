"""Dates as they are written, to ISO 8601."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.intake import dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T09:30:15Z", "2025-03-04T09:30:15+00:00"),
        ("2025-03-04T09:30:15.123+02:00", "2025-03-04T09:30:15+02:00"),
        ("2025-03-04 09:30", "2025-03-04T09:30:00"),
        ("Tue, 04 Mar 2025 09:30:00 GMT", "2025-03-04T09:30:00+00:00"),
        ("4 March 2025", "2025-03-04"),
        ("4th of March, 2025", "2025-03-04"),
        ("March 4, 2025 at 3:05 pm", "2025-03-04T15:05:00"),
        ("Sept. 1, 2024", "2024-09-01"),
        ("12.05 a.m.", ""),
        ("4 March 2025, 12.05am", "2025-03-04T00:05:00"),
        ("4.3.2025", "2025-03-04"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", ""),
        ("03/04/2025", ""),
        ("30 February 2025", ""),
        ("4 March 2025, 25:61", ""),
        ("version 1.2.2025.4", ""),
        ("in March 2025", ""),
        ("", ""),
    ],
)
def test_a_date_is_read(written: str, iso: str) -> None:
    assert dates.iso(written) == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("4 March 2025", "2025-03-04"),
        ("Published on Tuesday, 4 March 2025", "2025-03-04"),
        ("Updated: March 4, 2025 14:30 GMT", "2025-03-04T14:30:00+00:00"),
        ("4 March 2025 · 8 min read", "2025-03-04"),
        ("On 4 March 2025 the water came", ""),
        ("The water came on 4 March 2025", ""),
    ],
)
def test_a_line_that_is_only_a_date_is_told(line: str, iso: str) -> None:
    assert dates.line(line) == iso


@given(st.datetimes(min_value=datetime.datetime(1000, 1, 1)))
def test_iso_dates_come_back(when: datetime.datetime) -> None:
    assert dates.iso(when.isoformat(timespec="seconds")) == when.isoformat(timespec="seconds")


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    dates.line(text)
    dates.iso(text)
