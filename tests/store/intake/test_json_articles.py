"""Articles in JSON as services and tools write it, one or many, and what is no article."""

import io
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article
from store.errors import IntakeError
from store.intake import begin_stdin, json_articles, read, read_all

Write = Callable[[str, str | bytes], str]


def all_of(path: str) -> list[Article]:
    return [one for one in read_all(path) if isinstance(one, Article)]


def test_an_object_is_an_article_and_its_text_keeps_its_characters(write: Write) -> None:
    item = {"title": "Tides", "author": ["Ana Ruiz", {"name": "Tom Lee"}], "date": "4 March 2025", "lang": "en-GB"}
    item |= {"text": "High  water\r\nat <noon>.", "url": "https://news.example/tides", "source": {"name": "Quay News"}}
    article = read(write("a.json", json.dumps(item)))
    assert (article.text, article.title, article.byline) == ("High  water\nat <noon>.", "Tides", "Ana Ruiz, Tom Lee")
    assert (article.published, article.publisher, article.language) == ("2025-03-04", "Quay News", "en-GB")
    assert article.source == "https://news.example/tides"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"content": "<p>High <b>water</b>.</p><p>Noon.</p>"}, "High water.\n\nNoon."),
        ({"paragraphs": ["High water.", "Noon."]}, "High water.\n\nNoon."),
        ({"text": "", "description": "In short."}, "In short."),
        ({"text": "Noon.", "summary": "In short."}, "Noon."),
    ],
)
def test_the_fullest_text_is_taken(write: Write, item: Any, text: str) -> None:
    assert read(write("a.json", json.dumps(item))).text == text


@pytest.mark.parametrize(
    ("value", "published"),
    [(1741082400, "2025-03-04T10:00:00+00:00"), (1741082400000, "2025-03-04T10:00:00+00:00"), (True, ""), (1e300, "")],
)
def test_a_date_may_be_a_number(write: Write, value: Any, published: str) -> None:
    assert read(write("a.json", json.dumps({"text": "Noon.", "published_at": value}))).published == published


@pytest.mark.parametrize(
    "frame", ["[{}]", '{{"articles": [{}]}}', '{{"response": {{"docs": [{}]}}}}', '{{"items": [{}], "version": 1}}']
)
def test_a_list_holds_several_and_each_is_found_again(write: Write, frame: str) -> None:
    path = write(
        "a.json",
        frame.format(
            '{"id": "x1", "text": "One."}, "Two.", 3, {"text": " "}, {"url": "https://a.example/4", "text": "Four."}'
        ),
    )
    found = all_of(path)
    assert [one.text for one in found] == ["One.", "Two.", "Four."]
    assert [one.source for one in found] == [f"{path}#x1", f"{path}#2", "https://a.example/4"]
    assert read(f"{path}#2").text == "Two."


def test_lines_are_read_one_by_one_and_a_broken_one_is_an_error_in_its_place(write: Write) -> None:
    path = write("a.jsonl", '{"text": "One."}\n\n{"text": \n{"title": "No text"}\n{"text": "Four."}\n')
    first, second, third, fourth = read_all(path)
    assert isinstance(first, Article) and isinstance(fourth, Article)
    assert (first.text, fourth.text, fourth.source) == ("One.", "Four.", f"{path}#5")
    assert f"{path}, line 3: it is no JSON" in str(second)
    assert f"{path}, line 4: there is no article in it" in str(third)
    assert read(path) == first


def test_what_extract_prints_can_be_read(write: Write) -> None:
    line = json.dumps(
        {"id": "abc", "title": "Tides", "source": "/tmp/a.txt", "text": "Noon.", "language": "en", "actors": []}
    )
    path = write("a.jsonl", line + "\n")
    assert (read(path).title, read(path).publisher, read(path).source) == ("Tides", "", f"{path}#abc")


def test_json_is_known_by_its_look(write: Write) -> None:
    assert begin_stdin(io.BytesIO(b' {"title": "Tides",\n"text": "Noon."}')).article.title == "Tides"
    assert begin_stdin(io.BytesIO(b'{"text": "One."}\n{"text": "Two."}\n')).article.text == "One."
    assert begin_stdin(io.BytesIO(b"[sic] is what he wrote.")).article.text == "[sic] is what he wrote."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "it is no JSON (line 1"),
        ("[" * 100_000, "nested too deep"),
        ('{"a": ' + "9" * 10_000 + "}", "a number too long"),
        ("[" + "[]," * json_articles.MOST_VALUES + "[]]", "it holds more than 2,000,000 objects and lists"),
        ("{}", "there is no article in it"),
        ("[1, null, []]", "there is no article in it"),
        ('{"text": {"text": "a"}}', "there is no article in it"),
    ],
)
def test_what_holds_no_article_is_told(write: Write, content: str, why: str) -> None:
    start = time.monotonic()
    with pytest.raises(IntakeError) as caught:
        read(write("a.json", content))
    assert why in str(caught.value)
    assert time.monotonic() - start < 5


KEYS = st.sampled_from(["text", "title", "author", "date", "url", "id", "items", "content"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150)
@given(VALUES)
def test_no_value_makes_it_fail_otherwise(value: Any) -> None:
    data = json.dumps(value).encode("utf-8")
    try:
        for told in json_articles.readings(io.BytesIO(data), "json", "a value"):
            assert isinstance(told, IntakeError) or told.text
    except IntakeError:
        pass


def test_a_list_of_words_is_no_list_of_texts(write: Write) -> None:
    path = write("words.json", json.dumps([*"abcdefghijklmnopqrstuvwxyz", "Two words."]))
    with pytest.raises(IntakeError, match="this is a list of words, not of texts"):
        read(path)
    texts = [f"Ship {number} waits." for number in range(30)]
    assert [one.text for one in all_of(write("texts.json", json.dumps([*texts, "Calm."])))] == [*texts, "Calm."]
