"""The head of a plain text: what it tells, and that a report without one is left alone."""

import pytest

from store.intake import head, text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            "Tides rise faster\nBy Ana Ruiz and Tom Lee, Staff Writers\n4 March 2025\n\nThe water came at noon.\n",
            ("Tides rise faster", "Ana Ruiz and Tom Lee", "2025-03-04", ""),
        ),
        (
            "Tides rise faster\n\nTowns ask for help\n\nBy ANA RUIZ | The Shore | March 4, 2025\n\nWater.\n",
            ("Tides rise faster", "ANA RUIZ", "2025-03-04", "The Shore"),
        ),
        (
            "A headline that is so long that the desk which sent it\nhas wrapped it at some column\n\nWater came.\n",
            (
                "A headline that is so long that the desk which sent it has wrapped it at some column",
                "",
                "",
                "",
            ),
        ),
        (
            "ELMORA COAST GUARD\nPRESS RELEASE No. 12\nPort Elm, 4 March 2025\n\nGUARD SAVES NINE\n\nNine live.\n",
            ("GUARD SAVES NINE", "", "2025-03-04", "ELMORA COAST GUARD"),
        ),
        (
            "Title: Tides rise\nAuthor: Ana Ruiz\nDate: 2025-03-04T09:30Z\nSource: The Shore\n\nWater came.\n",
            ("Tides rise", "Ana Ruiz", "2025-03-04T09:30:00+00:00", "The Shore"),
        ),
        (
            "LIMA, March 4, 2025 (Shore Wire) - Water came at noon, the mayor said. It stayed.\n\nMore water came.\n",
            ("Water came at noon, the mayor said. It stayed.", "", "2025-03-04", "Shore Wire"),
        ),
        (
            "Tides rise faster\n"
            + "The water came at noon and stayed until the evening of the same day. " * 4
            + "\nMore.\n",
            ("Tides rise faster", "", "", ""),
        ),
        ("The water came at noon.\nIt stayed.\n", ("The water came at noon.", "", "", "")),
        ("One line, no more", ("One line, no more", "", "", "")),
    ],
)
def test_a_head_is_told(source: str, told: tuple[str, str, str, str]) -> None:
    read = text.read(source)
    assert (read.title, read.byline, read.published, read.publisher) == told
    assert read.text == source


def test_a_date_or_a_byline_within_the_report_is_not_its_head() -> None:
    paragraphs = [f"Paragraph {number} is about water and is as long as a paragraph is." for number in range(9)]
    body = "\n\n".join([*paragraphs[:5], "By Ana Ruiz", "4 March 2025", *paragraphs[5:]])
    assert (text.read(body).byline, text.read(body).published, text.read(body).furniture) == ("", "", ())


def test_head_lines_are_furniture_and_the_title_is_not() -> None:
    source = "Tides rise\nBy Ana Ruiz\nUpdated: 4 March 2025\n\nWater came.\n"
    dimmed = [source[start:end] for start, end in text.read(source).furniture]
    assert dimmed == ["By Ana Ruiz", "Updated: 4 March 2025"]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("by ANA RUIZ", "ANA RUIZ"),
        ("Written by Ana Ruiz in Lima", "Ana Ruiz"),
        ("By Ana Ruiz, Tom Lee and Jo van der Berg", "Ana Ruiz, Tom Lee and Jo van der Berg"),
        ("By Ana Ruiz, Chief Water Correspondent", "Ana Ruiz"),
        ("By the Joint Water Desk", "Joint Water Desk"),
        ("By noon the water had come.", ""),
        ("By Monday, the dam had burst.", ""),
        ("By and large", ""),
        ("Bygone days", ""),
    ],
)
def test_bylines_are_told_from_sentences(line: str, who: str) -> None:
    assert head.byline(line) == who


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("LIMA (Shore Wire) — Water came.", "Water came."),
        ("Port Elm (SW): Water came.", "Water came."),
        ("LIMA — Water came.", "Water came."),
        ("LIMA, March 4 - Water came.", "Water came."),
        ("The mayor – a tall man – said so.", "The mayor – a tall man – said so."),
        ("Water (and mud) came.", "Water (and mud) came."),
    ],
)
def test_datelines_are_told_from_sentences(line: str, rest: str) -> None:
    assert head.without_dateline(line) == rest
