"""The first page is what the article widget will draw, and can do nothing to a terminal but show."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article, make_article
from store.home import Config, Home
from tui import first_page

pytestmark = pytest.mark.usefixtures("without_worker")

SEQUENCE = re.compile(r"\x1b\[[0-9;]*[mH]")
TEXT = "A dam holds\n\n" + "\n\n".join(
    f"Engineer {number} looked at the wall again. It stood, said the “keeper” of gate {number}, and nobody left."
    for number in range(40)
)


@pytest.fixture(autouse=True)
def _many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")


def shown(page: str) -> list[str]:
    """The rows of a page without its looks."""
    return [SEQUENCE.sub("", row) for row in re.split(r"\x1b\[\d+;1H", page)[1:]]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (150, 45), (45, 16), (40, 10), (60, 20)])
@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
async def test_it_shows_what_the_reader_shows(home: Home, tmp_path: Path, opened, size, part) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    async with opened(home, path, size=size) as (pilot, screen):
        article = screen.reading.article
        position = round(part * (len(article.text) - 1))
        screen.reader.show(article, position)
        await pilot.pause()
        page = first_page.draw(article, position, Config(), size)
        assert page is not None
        region = screen.reader.region
        rows = [row[region.x : region.right] for row in shown(page)[region.y : region.bottom]]
        assert rows == [screen.reader.render_line(y).text for y in range(region.height)]
        head = screen.query_one("#head").region
        assert shown(page)[head.y][head.x : head.right].strip() == article.title


@pytest.mark.parametrize("theme", ["dark", "ansi"])
async def test_headings_are_as_bold_as_the_reader_shows_them(home: Home, tmp_path: Path, opened, theme: str) -> None:
    path = tmp_path / "paper.md"
    path.write_text("# On dams\n\n## What holds\n\nWalls hold. They do.\n\n## What does not\n\nMud does not.\n")
    config = Config(theme=theme)
    async with opened(home, path, size=(80, 24), config=config) as (_, screen):
        article = screen.reading.article
        screen.reader.show(article, article.text.index("They"))
        page = first_page.draw(article, screen.reader.position, config, (80, 24))
        assert page is not None
        rows = re.split(r"\x1b\[\d+;1H", page)[1:]
        for y in range(screen.reader.region.height):
            segments = [segment for segment in screen.reader.render_line(y) if segment.text.strip(" ▎▌")]
            drawn = "".join(segment.text for segment in segments if segment.style and segment.style.bold)
            assert bold(rows[screen.reader.region.y + y]).strip(" ▎▌") == drawn.strip()
        assert "What holds" in bold(page) and "Mud" not in bold(page)


def bold(page: str) -> str:
    """What of a page is bold."""
    pieces = re.split(r"\x1b\[([0-9;]*)m", re.sub(r"\x1b\[\d+;1H", "", page))
    shown, is_bold = "", False
    for looks, words in zip(["0", *pieces[1::2]], pieces[::2], strict=True):
        is_bold = looks == "1" or (is_bold and not looks.startswith("0"))
        shown += words if is_bold else ""
    return shown


def test_each_row_is_as_wide_as_the_screen() -> None:
    page = first_page.draw(make_article(TEXT), 0, Config(), (120, 40))
    assert page is not None
    assert [len(row) for row in shown(page)] == [120] * 40


@pytest.mark.parametrize("size", [(39, 40), (120, 9), (0, 0)])
def test_a_small_window_gets_none(size: tuple[int, int]) -> None:
    assert first_page.draw(make_article(TEXT), 0, Config(), size) is None


def test_a_theme_that_is_not_ours_and_too_few_colours_get_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_page.looks("nord") is None
    monkeypatch.setenv("COLORTERM", "")
    assert first_page.looks("dark") is None


@pytest.mark.parametrize(("theme", "no_colour"), [("ansi", False), ("dark", True), ("ansi", True)])
def test_no_colour_is_sent_where_none_is_wanted(theme: str, no_colour: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    page = first_page.draw(make_article(TEXT), 0, Config(theme=theme), (80, 24))
    assert page is not None
    assert set(re.findall(r"\x1b\[([0-9;]*)m", page)) <= {"0", "1"}


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(
        st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9b\t\n \u202e\u200d界")), min_size=1, max_size=400
    ),
    title=st.text(min_size=1, max_size=40),
    position=st.integers(0, 400),
)
def test_nothing_in_a_text_acts(text: str, title: str, position: int) -> None:
    page = first_page.draw(Article(id="x", title=title, text=text), position, Config(), (80, 24))
    assert page is not None
    bare = SEQUENCE.sub("", page)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", bare)
