"""Places told without opening the library are those that the library has."""

from pathlib import Path

import pytest

from store.article import Article, make_article
from store.home import Home
from store.library import Library
from store.places import place

TEXT = "The ferry to Lund was late.\n\nNobody on the quay knew why, and the sea was calm."


def kept(home: Home, article: Article, position: int) -> None:
    with Library(home.library) as library:
        library.keep_position(library.put(article).id, position, 0.5)


@pytest.mark.parametrize(
    "source", ["/a/ferry.txt", "/a/f\udcffrry.txt", "https://example.org/ferry?utm_source=letter", "-"]
)
def test_the_place_is_the_one_that_was_kept(home: Home, source: str) -> None:
    article = make_article(TEXT, source=source)
    kept(home, article, 31)
    assert place(home.library, article) == 31


def test_a_source_with_a_new_text_and_a_text_from_a_new_source_are_known(home: Home) -> None:
    kept(home, make_article(TEXT, source="/a/ferry.txt"), 12)
    assert place(home.library, make_article(f"{TEXT} Late again.", source="/a/ferry.txt")) == 12
    assert place(home.library, make_article(TEXT, source="/b/copy.txt")) == 12


def test_what_is_not_known_begins_at_the_start(home: Home) -> None:
    article = make_article(TEXT, source="/a/ferry.txt")
    assert place(home.library, article) == 0
    assert not home.library.exists()
    kept(home, make_article("Another story.", source="/a/other.txt"), 3)
    assert place(home.library, article) == 0


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100])
def test_a_file_that_is_no_library_says_nothing_and_stays(home: Home, content: bytes) -> None:
    home.library.write_bytes(content)
    assert place(home.library, make_article(TEXT)) == 0
    assert home.library.read_bytes() == content
    assert list(Path(home.root).glob("library*")) == [home.library]
