"""Corrections in analyses that are made outside the app."""

import pytest

from store.analysis import Actor, Analysis
from store.article import make_article
from store.library import Library
from store.notebook import Notebook
from store.putting_right import PuttingRight

FIRST = make_article("Ann Lee met Tom Park in Sarn.", source="/a.txt")
OTHER = make_article("Later that week Ann Lee went home.", source="/b.txt")


def analysis(article):
    start = article.text.index("Ann Lee")
    return Analysis((Actor("a1", "Ann Lee", "person", None, (), ((start, start + 7),)),))


@pytest.mark.parametrize(("scope", "names"), [("here", ["Anne Lee", "Ann Lee"]), ("everywhere", ["Anne Lee"] * 2)])
def test_what_was_put_right_is_right_here_or_everywhere(home, scope, names):
    Notebook(home, FIRST).add_correction("rename", "actors", (0, 7), value="Anne Lee", name="Ann Lee", scope=scope)
    put_right = PuttingRight(home)
    assert [put_right.analysis(analysis(one), one).actors[0].name for one in (FIRST, OTHER)] == names


def test_a_newer_text_of_the_same_source_keeps_its_corrections(home):
    with Library(home.library) as library:
        library.put(FIRST)
    Notebook(home, FIRST).add_correction("rename", "actors", (0, 7), value="Anne Lee", name="Ann Lee")
    newer = make_article("On Monday Ann Lee met Tom Park in Sarn.", source="/a.txt")
    assert PuttingRight(home).analysis(analysis(newer), newer).actors[0].name == "Anne Lee"


def test_it_lets_go_of_the_library(home):
    with Library(home.library) as library:
        library.put(FIRST)
    Notebook(home, FIRST).add_correction("reject", "actors", (0, 7), name="Ann Lee")
    with PuttingRight(home) as put_right:
        assert put_right.analysis(analysis(FIRST), FIRST).actors == ()
        assert home.library.with_name("library.db-wal").exists()
    assert not home.library.with_name("library.db-wal").exists()


def test_where_nothing_was_put_right_nothing_changes_and_nothing_is_made(home):
    made = analysis(FIRST)
    assert PuttingRight(home).analysis(made, FIRST) is made
    assert not home.library.exists()
