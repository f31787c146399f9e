"""Pages from a real server: what of them is the report, what they tell of themselves, and which address they keep."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from store.errors import IntakeError
from store.intake import page, read, read_all, web

Write = Callable[[str, str | bytes], str]
Site = Any
"""See conftest."""

PARAGRAPHS = (
    "The harbour of Sarn was closed on Monday after the water rose higher than anybody had seen in forty years.",
    "Ships were told to wait outside until the pilots come back from the other side of the bay, the master said.",
    "Nobody was hurt, and the cranes stand where they stood, although two of them will have to be looked at.",
)


def report(head: str = "", below: str = "") -> str:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Water at the gates | Harbour News</title>{head}</head><body>"
        "<nav><a href=/a>Home</a> <a href=/b>World</a></nav><article><h1>Water at the gates</h1>"
        f'<p class="byline">By Ana Ruiz</p>{body}<h2>What next</h2>'
        "<ul><li>Wait for Friday and see</li><li>Or leave</li></ul>"
        f"<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Varna</td><td>12</td></tr></table>{below}</article>"
        "<footer><p>Copyright Harbour News. All rights reserved. <a href=/c>Contact</a></p></footer></body></html>"
    )


def test_a_page_gives_its_report_and_what_it_tells_of_itself(site: Site) -> None:
    head = '<meta property="og:site_name" content="Harbour News"><meta name="date" content="2025-03-04">'
    article = read(site.put("/news/water?id=7", report(head)) + "#top")
    assert article.text == "\n\n".join(
        [*PARAGRAPHS, "What next", "• Wait for Friday and see\n• Or leave", "Port  | Ships\nVarna |    12"]
    )
    assert (article.title, article.byline) == ("Water at the gates", "Ana Ruiz")
    assert (article.publisher, article.published, article.language) == ("Harbour News", "2025-03-04", "en")
    assert article.source == f"{site.url}/news/water?id=7"


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("/news/water", "{}/news/water"),
        ("{}/news/water#a", "{}/news/water#a"),
        ("https://elsewhere.example/water", "{}/found"),
        ("/", "{}/found"),
        ("file:///etc/passwd", "{}/found"),
        ("http://[", "{}/found"),
    ],
)
def test_a_page_keeps_the_address_it_names_if_that_is_its_own(site: Site, stated: str, kept: str) -> None:
    url = site.put("/found", report(f'<link rel="canonical" href="{stated.format(site.url)}">'))
    assert read(url).source == kept.format(site.url).partition("#")[0]


def test_one_site_in_several_dresses_is_one_site() -> None:
    tree = page.parse('<link rel=canonical href="https://www.news.example/a">')
    assert web.address(tree, "https://amp.news.example/a?x") == "https://www.news.example/a"
    assert web.address(tree, "https://news.example.org/a") == "https://news.example.org/a"


def test_a_short_page_that_holds_no_report_is_read_as_it_is(site: Site) -> None:
    assert read(site.put("/", "<p>High water at noon.</p>")).text == "High water at noon."


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain", "High <water>\nat noon.", "High <water>\nat noon."),
        ("text/html", "# High water\n\nIt came *at noon*.", "It came at noon."),
        ("application/octet-stream", "High water.", "High water."),
        ("", "High water.", "High water."),
        ("image/png", "High water.", "High water."),
        ("text/html; charset=no-such-thing", "Hïgh water.", "Hïgh water."),
        ("text/html; charset=utf-16", "<p>Hïgh water.</p>", "Hïgh water."),
        ("application/json", '{"title": "Tides", "text": "High water."}', "High water."),
        ("text/plain; charset=windows-1252", "Hïgh “water”.".encode("cp1252"), "Hïgh “water”."),
        ("text/html", b"<p>High\0 water.</p>" + b" " * 2000, "High water."),
    ],
)
def test_what_a_server_calls_it_is_only_a_hint(site: Site, kind: str, body: str | bytes, text: str) -> None:
    assert read(site.put("/page", body, kind)).text == text


def test_the_name_at_the_end_of_an_address_counts_where_the_server_says_nothing(site: Site) -> None:
    assert read(site.put("/a.md", "High *water*.", "application/octet-stream")).text == "High water."
    assert read(site.put("/a.txt", "High *water*.", "text/plain")).text == "High *water*."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "it is empty; open it in a browser"),
        ("<script>let a</script>", "there is no text in it; save the page again"),
        (b"\x89PNG\r\n", "this is an image"),
        (bytes(5000), "this is a binary file"),
    ],
)
def test_a_page_without_text_is_told_with_its_address(site: Site, body: str | bytes, why: str) -> None:
    url = site.put("/page", body)
    (outcome,) = read_all(url)
    assert isinstance(outcome, IntakeError)
    assert str(outcome).startswith(f"{url}: {why}")


def test_a_page_nested_without_end_is_read_in_bounded_time(site: Site) -> None:
    start = time.monotonic()
    for tag in ("div", "b", "table", "blockquote"):
        assert "of Sarn" in read(site.put("/", f"<{tag}>" * 100_000 + report())).text
    assert time.monotonic() - start < 10


def test_a_page_too_long_for_trafilatura_is_read_all_the_same(site: Site) -> None:
    text = "".join(f"<p>{number}. {PARAGRAPHS[0]}</p>" for number in range(18_000))
    assert len(text) > web.LONGEST
    assert read(site.put("/", f"<article>{text}</article>")).text.count("Sarn") == 18_000


def test_a_file_is_never_fetched_and_the_network_not_asked(site: Site, write: Write) -> None:
    read(write("a.html", report(f'<link rel=canonical href="{site.url}/a"><img src="{site.url}/b">')))
    read(write("a.md", f"[High]({site.url}/c) ![water]({site.url}/d)"))
    assert site.asked == []
