"""Where places of an old text are in a newer one; which file an article is read from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import make_article
from tui.renewal import open_file, same_places, source_of

SENTENCES = [
    "The ferry left Orn at noon.",
    "It carried forty cars and a circus.",
    "Nobody had told the harbour master.",
    "He counted the elephants twice that day.",
    "Three of them were on no list at all.",
]
TEXT = " ".join(SENTENCES)


def moved(new: str, words: str) -> str:
    """What the place of `words` in the text is in `new`, shown by what follows there."""
    offset = TEXT.index(words)
    return new[same_places(TEXT, new, [offset])[offset] :]


@given(
    st.sampled_from([place for place, letter in enumerate(TEXT) if letter != " "]),
    st.text(alphabet="xyz \n", max_size=30),
)
def test_a_text_that_only_grew_keeps_every_place(offset, more):
    assert same_places(TEXT, TEXT, [offset]) == {offset: offset}
    before = more + "\n\n"
    there = same_places(TEXT, before + TEXT, [offset])[offset]
    assert (before + TEXT)[there:] == TEXT[offset:]


def test_a_place_goes_with_its_sentence_and_without_it_to_the_next_one():
    assert moved(" ".join(reversed(SENTENCES)), "forty").startswith("forty cars")
    assert moved(TEXT.replace("forty cars", "fifty cars"), "forty").startswith("It carried fifty")
    assert moved(TEXT.replace(SENTENCES[1] + " ", ""), "forty").startswith("Nobody had")
    assert moved(" ".join(SENTENCES[:2]), "elephants").startswith("It carried")
    assert same_places(TEXT, "x", [len(TEXT)]) == {len(TEXT): 0}
    assert same_places(" ", "", [0]) == {0: 0}


@pytest.mark.parametrize(
    ("key", "source", "expected"),
    [("id:1", "/a.txt", "/a.txt"), ("/a.json", "https://a.org/1", "/a.json"), ("-", "-", ""), ("", "", "")],
)
def test_an_article_is_read_again_from_what_was_named(key, source, expected):
    assert source_of(key, make_article("x", source=source)) == expected


def test_only_a_file_of_one_article_is_looked_at(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    whole, part = make_article("x", source=str(path)), make_article("x", source=f"{path}#1")
    assert open_file("id:1", whole, "") and open_file(str(path), whole, "")
    assert open_file("id:1", part, "") is None and open_file(str(path), part, "") is None
    assert open_file("id:1", make_article("x", source="https://a.org/1"), "") is None
    assert open_file(str(tmp_path), whole, "") is None
