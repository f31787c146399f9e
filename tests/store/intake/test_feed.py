"""Feeds of three formats to entries and articles, asked for again only when they changed; subscriptions in and out."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article
from store.errors import IntakeError
from store.gathering import fetch_feed, gather
from store.home import Home
from store.intake import feed, opml, read, read_all
from store.intake.feed import Entry, Validators
from store.intake.opml import Subscription
from store.library import Library
from store.shelving import Shelved
from store.subscriptions import Followed

Write = Callable[[str, str | bytes], str]
Site = Any
"""See conftest."""

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour &amp; Co</title><link>https://harbour.example/</link>
<language>en-gb</language>
<item><title>Ships &lt;b&gt;wait&lt;/b&gt;</title><link>/1</link><guid isPermaLink="false">a1</guid>
<dc:creator>Ana Ruiz</dc:creator><pubDate>Tue, 04 Mar 2025 10:00:00 +0100</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>Ships <script>alert(1)</script>wait.</p><p>Cranes too.</p>]]></content:encoded></item>
<item><title>Tides</title><link>javascript:alert(1)</link><description>High water.</description></item>
<item><title>Again</title><guid isPermaLink="false">a1</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>urn:1</id><title>Rain</title>
<link href="https://quay.example/rain"/><updated>2025-03-04T09:00:00Z</updated><author><name>Tom Lee</name></author>
<summary>It rained.</summary></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Dock", "language": "en", "items": [
{"id": "7", "url": "/7", "title": "Fog", "content_text": "Fog <came>.\\nIt went.", "authors": [{"name": "Li Wei"}],
"date_published": "2025-03-04T09:00:00+08:00"}, {"id": 8, "summary": "Short"}, 9]}"""


def test_an_rss_feed_has_entries() -> None:
    found = feed.parse(RSS.encode(), "a feed", "https://harbour.example/feed")
    assert (found.title, found.site, found.language) == ("Harbour & Co", "https://harbour.example/", "en-gb")
    first, second = found.entries
    assert (first.id, first.link, first.title, first.byline) == (
        "a1",
        "https://harbour.example/1",
        "Ships wait",
        "Ana Ruiz",
    )
    assert (first.published, first.full) == ("2025-03-04T10:00:00+01:00", True)
    assert (second.link, second.html, second.full) == ("", "High water.", False)
    assert feed.article(first, found).text == "Ships wait.\n\nCranes too."


def test_an_atom_and_a_json_feed_have_entries() -> None:
    found = feed.parse(ATOM.encode(), "a feed", "https://quay.example/feed")
    rain = Entry("urn:1", "https://quay.example/rain", "Rain", "Tom Lee", "2025-03-04T09:00:00+00:00", "It rained.")
    assert found.entries == (rain,)
    fog, short = feed.parse(JSON.encode(), "a feed", "https://dock.example/feed").entries
    assert (fog.link, fog.byline, fog.published) == ("https://dock.example/7", "Li Wei", "2025-03-04T09:00:00+08:00")
    assert (fog.html, fog.full, short.html, short.full) == (
        "<p>Fog &lt;came&gt;.</p><p>It went.</p>",
        True,
        "Short",
        False,
    )


def test_a_feed_is_asked_for_again_only_when_it_changed(site: Site) -> None:
    url = site.put("/feed", RSS, "text/html", ETag='"1"', Last_Modified="Mon, 03 Mar 2025 10:00:00 GMT")
    first = feed.get(url)
    assert (len(first.entries), first.inside) == (2, True)
    site.pages["/feed"].status = 304
    again = feed.get(url, validators=first.validators)
    assert (again.unchanged, again.entries, again.validators) == (True, (), first.validators)
    assert first.validators == Validators('"1"', "Mon, 03 Mar 2025 10:00:00 GMT")
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


def test_a_page_that_names_its_feed_says_where_it_is(site: Site) -> None:
    url = site.put("/", '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><p>Welcome.</p>')
    with pytest.raises(IntakeError) as caught:
        feed.get(url)
    assert str(caught.value) == f"{url}: this is no feed; the page names {site.url}/feed.xml"
    with pytest.raises(IntakeError, match="this is no feed; look on the site"):
        feed.get(site.put("/", "<p>Welcome.</p>"))


def test_a_feed_holds_several_articles_from_a_file_and_from_an_address(site: Site, write: Write) -> None:
    path = write("a.rss", RSS)
    ships, tides = read_all(path)
    assert isinstance(ships, Article) and isinstance(tides, Article)
    assert (ships.title, ships.publisher, ships.source) == ("Ships wait", "Harbour & Co", "https://harbour.example/1")
    assert tides.text == "High water." and tides.source.startswith(f"{path}#")
    assert read(tides.source) == tides
    assert read(write("a.xml", RSS)) == ships
    url = site.put("/feed", ATOM, "application/atom+xml")
    assert [one.title for one in read_all(url) if isinstance(one, Article)] == ["Rain"]
    assert len(site.asked) == 1


def test_an_entry_whose_text_is_missing_is_only_its_title() -> None:
    text = ATOM.replace("<summary>It rained.</summary>", '<content type="xhtml"/><author/>')
    (entry,) = feed.parse(text.encode(), "a feed").entries
    assert (entry.title, entry.html, entry.full) == ("Rain", "", False)
    assert feed.article(entry, feed.Feed("https://quay.example/feed")).text == "Rain"


@pytest.mark.parametrize("data", [b"", b"Water.", b"<html><p>Water</p></html>", b'{"a": 1}', b"{", b"\0\1\2"])
def test_what_is_no_feed_is_told(data: bytes) -> None:
    with pytest.raises(IntakeError):
        feed.parse(data, "a feed")


def test_a_feed_that_is_a_trap_is_refused_or_read_in_bounded_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    laugh = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha" * 9}">' for at in range(12))
    bomb = RSS.replace("<rss", f"<!DOCTYPE r [{laugh}]><rss", 1).replace("Tides", "&a11;")
    start = time.monotonic()
    assert sum(len(entry.title) for entry in feed.parse(bomb.encode(), "a feed").entries) < 100_000
    outside = RSS.replace("<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1).replace(
        "Tides", "&x;"
    )
    assert all("root" not in entry.title for entry in feed.parse(outside.encode(), "a feed").entries)
    for text, why in ((RSS[:200] + "<a>" * 100_000, "nested too deep"), (RSS + " " * feed.LIMIT, "more than 5 MB")):
        with pytest.raises(IntakeError, match=why):
            feed.parse(text.encode(), "a feed")
    assert time.monotonic() - start < 10


def test_a_feed_without_end_is_given_up_at_the_limit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(request: Any) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + RSS.encode())
        while True:
            request.wfile.write(b"<item/>" * 10_000)

    with pytest.raises(IntakeError, match=r"/feed: it has more than 5 MB"):
        feed.get(site.do("/feed", endless))


@settings(max_examples=60)
@given(st.text(max_size=80), st.sampled_from(["<rss>{}</rss>", ATOM.replace("Rain", "{}"), '{{"items": [{}]}}']))
def test_no_text_makes_a_feed_fail_otherwise(text: str, frame: str) -> None:
    try:
        found = feed.parse(frame.format(text).encode("utf-8", "replace"), "a feed", "https://a.example/")
    except IntakeError:
        return
    assert all(entry.id and "\n" not in entry.title for entry in found.entries)


def test_subscriptions_are_read_with_their_folders() -> None:
    text = """<opml version="1.0"><body><outline text="World"><outline title="Asia"><outline text="Quay &amp; Co"
    type="rss" xmlUrl="https://quay.example/feed" htmlUrl="https://quay.example/"/></outline></outline>
    <outline text="Dock" xmlUrl="https://dock.example/feed"/><outline xmlUrl="https://dock.example/feed"/>
    <outline xmlUrl="file:///etc/passwd"/></body></opml>"""
    assert opml.read(text.encode(), "feeds.opml") == [
        Subscription("https://quay.example/feed", "Quay & Co", "https://quay.example/", ("World", "Asia")),
        Subscription("https://dock.example/feed", "Dock"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<opml><body/></opml>", "there is no feed in it"),
        ("<html/>", "it is no OPML file"),
        ("Water.", "the XML in it is broken in line 1"),
        ('<!DOCTYPE o [<!ENTITY a "b">]><opml/>', "declares entities"),
        ("<opml>" + "<outline>" * 2_000, "nested more than 1,000 deep"),
    ],
)
def test_what_is_no_opml_is_told(text: str, why: str) -> None:
    with pytest.raises(IntakeError, match=why):
        opml.read(text.encode(), "feeds.opml")


WORDS = st.text(max_size=12)
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        st.uuids().map(lambda one: f"https://a.example/{one}?a=1&b=<2>"),
        WORDS,
        st.just("") | st.just("https://a.example/?\"'"),
        st.lists(WORDS, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(max_examples=30)
@given(SUBSCRIPTIONS)
def test_what_is_written_is_read_again(some: list[Subscription]) -> None:
    found = {one.url: one for one in opml.read(opml.write(some).encode(), "written")}
    for one in some:
        again = found[one.url]
        assert (again.site, again.title) == (one.site, opml.clean(one.title) or one.url)
        assert again.folder == tuple(filter(None, map(opml.clean, one.folder)))


PLAIN = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quays</title>{items}</channel></rss>"""
ITEMS = (
    '<item><title>One</title><guid isPermaLink="false">alpha</guid><description>First words.</description></item>',
    '<item><title>Two</title><guid isPermaLink="false">item.2</guid><description>Second words.</description></item>',
    "<item><title>Three</title><guid>beta</guid><description>Third words.</description></item>",
    "<item><title>Four</title><description>Fourth words.</description></item>",
    "<item><title>Five</title><link>/log#v1</link><description>Fifth words.</description></item>",
    "<item><title>Six</title><link>/log#v2</link><description>Sixth words.</description></item>",
    "<item><title>Seven</title><link>/seven</link><guid>7</guid><description>Seventh words.</description></item>",
)


def test_entries_with_plain_names_or_without_any_are_an_article_each(site: Site, home: Home) -> None:
    url = site.put("/feed", PLAIN.format(items="".join(ITEMS[1:])), "application/rss+xml")
    with Library(home.library) as library:
        assert [one.is_new for one in gather(library, [url]) if isinstance(one, Shelved)] == [True] * 6
        site.put("/feed", PLAIN.format(items="".join(ITEMS)), "application/rss+xml")
        added = [one for one in gather(library, [url]) if isinstance(one, Shelved)]
        assert [one.is_new for one in added] == [True] + [False] * 6 and not any(one.is_changed for one in added)
        assert [one.article.title for one in added] == ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
        assert fetch_feed(library, Followed(url), pages=False).new == ()
        assert added[-1].article.source == f"{site.url}/seven"
        assert read(added[1].article.source).text == "Second words."


def test_entries_of_a_json_feed_without_names_are_told_apart_by_what_they_say() -> None:
    items = ('{"content_text": "First."}', '{"content_text": "Second."}')
    text = '{{"version": "https://jsonfeed.org/version/1.1", "title": "Dock", "items": [{}]}}'
    both = feed.parse(text.format(", ".join(items)).encode(), "a feed", "https://dock.example/feed").entries
    later = feed.parse(text.format(items[1]).encode(), "a feed", "https://dock.example/feed").entries
    assert len({entry.id for entry in both}) == 2 and both[1] == later[0]


def test_what_only_the_feed_says_of_a_page_is_kept_with_it(site: Site, home: Home) -> None:
    words = "The dredgers came back at dawn and the harbour master counted them twice before noon. " * 4
    site.put("/plain", f"<html><body><article><h1>Dredgers</h1><p>{words}</p></article></body></html>")
    item = (
        f"<item><title>Dredgers</title><link>{site.url}/plain</link><description>In short.</description>"
        "<pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate></item>"
    )
    url = site.put("/feed", PLAIN.format(items=item), "application/rss+xml")
    with Library(home.library) as library:
        (one,) = fetch_feed(library, Followed(url)).new
    assert "counted them twice" in one.article.text and one.article.published.startswith("2025-03-03")
