"""The groups of a shelf: counts that agree with the queries that find them, and trees no deeper than they help."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import make_article
from store.groups import Group, feed_tree, folder_tree, groups, walk
from store.home import Home
from store.library import Library
from store.marks import Marks
from store.notes_index import NotesIndex
from store.query_parser import parse
from store.search import Search
from store.subscriptions import Followed, Subscriptions


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    with Library(home.library) as made:
        yield made


def add(library: Library, *sources: str) -> list[str]:
    """An article from each source; their ids."""
    return [one.article.id for one in library.add(make_article(f"Of {one}.", source=one) for one in sources)]


def seen(found: list[Group]) -> list[str]:
    """Every group, two blanks for each step in, with its articles."""
    return [f"{'  ' * depth}{one.name} {one.articles}" for depth, one in walk(found, lambda _: True)]


def counted(home: Home, library: Library, found: list[Group]) -> bool:
    """Whether every group has as many articles as its query finds."""
    search = Search(library.file, NotesIndex(home))
    every = [one for _, one in walk(found, lambda _: True) if one.query]
    return all(
        search.count(parse(one.query)) == one.articles and search.count(parse(f"{one.query} is:unread")) == one.unread
        for one in every
    )


def test_what_all_comes_from_one_place_falls_into_no_groups(library: Library) -> None:
    assert groups(library.file) == []
    add(library, "/inbox/a.txt", "/inbox/b.txt", "/inbox/C# for all.txt")
    assert groups(library.file) == []
    add(library, "https://example.org/a")
    assert seen(groups(library.file)) == ["Folders 3", "  inbox 3"]


def test_folders_stand_in_each_other_where_that_helps(home: Home, library: Library) -> None:
    ids = add(
        library, "/home/ann/press/2024/a.txt", "/home/ann/press/2024/b.txt", "/home/ann/press/2025/08/a.txt",
        "/home/ann/press/2025/09/a.txt", "/home/ann/mail/in.mbox#1", "/home/ann/mail/in.mbox#2", "/srv/2024/x.txt",
        "/home/ann/press/Sea # 1.txt", "/home/ann/press/“Odd”/x.txt", "-", "https://example.org/home/ann/",
    )  # fmt: skip
    marks = Marks(library.file)
    marks.set({ids[0]: True, ids[2]: True}, "read")
    marks.set({ids[1]: True}, "archived")
    marks.throw_away(ids[3])
    found = groups(library.file)
    assert seen(found) == [
        "Folders 7", "  home/ann 6", "    mail/in.mbox 2", "    press 4", "      2024 1", "      2025/08 1",
        "  srv/2024 1",
    ]  # fmt: skip
    assert counted(home, library, found)
    marks.bring_back(ids[3])
    assert seen(groups(library.file))[5:8] == ["      2025 2", "        08 1", "        09 1"]
    count = Search(library.file, NotesIndex(home)).count
    assert [count(parse(f"folder:{one}")) for one in ("press", "2024", "PRESS/2025/", "/srv", "/home/ann/pre")] == [
        7 - 1, 3, 2, 1, 0,
    ]  # fmt: skip


def test_feeds_stand_in_their_folders_and_have_what_they_brought(home: Home, library: Library) -> None:
    add(library, "https://a.example/1", "https://a.example/2", "https://b.example/1", "https://c.example/1")
    subscriptions = Subscriptions(library.file)
    subscriptions.follow(
        [
            Followed("http://a.example/feed", "Ports", folder=("News", "Sea")),
            Followed("https://b.example/feed", "Ports of call", folder=("News",)),
            Followed("https://c.example/feed", "News"),
        ]
    )
    subscriptions.brought("http://a.example/feed", {"1": "https://a.example/1", "x:2": "http://a.example/2"})
    subscriptions.brought("https://b.example/feed", {"1": "https://b.example/1", "2": "https://a.example/2"})
    subscriptions.brought("https://c.example/feed#all", {"1": "https://c.example/1", "9": "https://nowhere.example/"})
    found = groups(library.file)
    assert seen(found) == ["Feeds 5", "  News 4", "    Sea 2", "      Ports 2", "    Ports of call 2", "  News 1"]
    news = found[0].children[0]
    assert news.children[0].query == 'feed:"News/Sea" -is:archived'
    assert found[0].children[1].query == 'feed:"https://c.example/feed" -is:archived'
    assert counted(home, library, [*news.children, found[0].children[1]])
    count = Search(library.file, NotesIndex(home)).count
    assert [count(parse(f"feed:{one}")) for one in ("ports", "call", "NEWS", "c.example", "none")] == [2, 2, 4, 1, 0]
    subscriptions.unfollow("https://b.example/feed")
    assert count(parse("feed:call")) == 0


NAMES = st.sampled_from(["a", "b", "c", "news", "“", "!", "\ud800"])
PATHS = st.lists(NAMES, max_size=5).map(lambda parts: "".join(f"/{part}" for part in parts))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.tuples(PATHS, st.sampled_from("/#")).map("".join), st.tuples(st.integers(1, 4), st.just(1))))
def test_a_tree_has_every_article_once_and_no_needless_step(places: dict[str, tuple[int, int]]) -> None:
    found = folder_tree(places)
    every = [one for _, one in walk(found, lambda _: True)]
    assert len({one.query for one in every}) == len(every) and all(parse(one.query) for one in every)
    for siblings in (found, *(list(one.children) for one in every)):
        assert len({one.name for one in siblings}) == len(siblings)
    for one in every:
        own = one.articles - sum(child.articles for child in one.children)
        assert own >= 0 and (own or len(one.children) != 1)
    assert sum(one.articles for one in found) <= sum(articles for articles, _ in places.values())


def test_a_feed_without_a_title_is_called_by_its_address() -> None:
    (lone,) = feed_tree([Followed("https://a.example/feed")], {})
    assert (lone.name, lone.query, lone.articles) == (
        "https://a.example/feed", 'feed:"https://a.example/feed" -is:archived', 0,
    )  # fmt: skip
