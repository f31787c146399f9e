"""Markdown to text, with and without front matter."""

import pytest
from markdown_it.parser_inline import ParserInline

from store.intake import front_matter, markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Water came\nat *noon* and\n**stayed**.\n\nMore.", "Water came at noon and stayed.\n\nMore."),
        ("One  \ntwo\\\nthree", "One\ntwo\nthree"),
        ("A [link](https://example.org 'title'), <https://example.org/b> and ![a picture](x.png)here.",
         "A link, https://example.org/b and here."),
        ("- one\n- two\n  - inner\n\n    more\n\nafter", "• one\n• two\n  • inner\n    more\n\nafter"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("| Port | Ships |\n|:-----|------:|\n| **Varna** | 12 |\n| Oslo |", "Port  | Ships\nVarna |    12\nOslo  |"),
        ("> “Water,”\n> she said.\n>\n> “Much of it.”", "“Water,” she said.\n\n“Much of it.”"),
        ("```\nx = 1\n  y = 2\n```\n\n    z = 3", "x = 1\n  y = 2\n\nz = 3"),
        ("One\n\n---\n\nTwo &amp; three &lt;b&gt; \\*four\\*", "One\n\nTwo & three <b> *four*"),
        ("<div><script>steal()</script><p>Water</p></div>\n\nMore <b>of</b> it", "Water\n\nMore of it"),
        ("5 < 6 ~~not~~ a_b_c `code *x*`", "5 < 6 not a_b_c code *x*"),
    ],
)  # fmt: skip
def test_markup_becomes_readable_text(source: str, text: str) -> None:
    assert markdown.read(source).text == text


def test_the_first_heading_is_the_title_and_not_repeated() -> None:
    read = markdown.read("# Tides *rise*\n\n*By Ana Ruiz* | The Shore\n\nWater.\n\n## More\n\nWater.")
    assert (read.title, read.byline, read.publisher) == ("Tides rise", "Ana Ruiz", "The Shore")
    assert read.text == "By Ana Ruiz | The Shore\n\nWater.\n\nMore\n\nWater."
    assert read.furniture == ((0, 23),)


def test_front_matter_goes_before_the_text() -> None:
    read = markdown.read(
        "---\ntitle: 'Tides: a brief'\nauthors:\n  - Ana Ruiz\n  - Tom Lee\ndate: 2025-03-04\n"
        "publisher: The Shore # ours\nlang: de\n---\n# Something else\n\nWater.\n"
    )
    assert (read.title, read.byline, read.published) == ("Tides: a brief", "Ana Ruiz, Tom Lee", "2025-03-04")
    assert (read.publisher, read.language, read.text) == ("The Shore", "de", "Something else\n\nWater.")


def test_a_file_with_nothing_but_a_title_is_that_title() -> None:
    assert (markdown.read("# Tides\n").text, markdown.read("# Tides\n").title) == ("Tides", "Tides")


@pytest.mark.parametrize(
    ("inside", "values"),
    [
        ('title: "A \\"b\\" c"\n', {"title": 'A "b" c'}),
        ("title: 'It''s'\n", {"title": "It's"}),
        ("authors: [Ana Ruiz, 'Tom Lee']\n", {"authors": "Ana Ruiz, Tom Lee"}),
        ("summary: >\n  two\n  lines\n", {"summary": "two lines"}),
        ("title: goes on\n  in the next line\n", {"title": "goes on in the next line"}),
        ("author:\n  name: Ana Ruiz\n  mail: a@example.org\n", {"author": "Ana Ruiz"}),
        ("# a comment\n\nDate: 2025-03-04\nnothing: ~\n", {"date": "2025-03-04"}),
        ("title: Tides\n!!! not yaml\n- loose\n", {"title": "Tides - loose"}),
    ],
)
def test_the_common_part_of_yaml_is_read(inside: str, values: dict[str, str]) -> None:
    assert front_matter.split(f"---\n{inside}---\nText") == (values, "Text")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\nText",
        "---\nThe sea is calm tonight.\n---\nText",
        "---\n---\nText",
        "+++\ntitle = broken\n+++\nText",
        "Text\n---\ntitle: late\n---\n",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert front_matter.split(text) == ({}, text)


def test_toml_front_matter_is_read() -> None:
    text = '+++\ntitle = "Tides"\nauthors = ["Ana Ruiz", "Tom Lee"]\ndate = 2025-03-04\n+++\nText'
    assert front_matter.split(text)[0] == {"title": "Tides", "authors": "Ana Ruiz, Tom Lee", "date": "2025-03-04"}


@pytest.mark.parametrize("text", [">" * 20_000 + "x", "[" * 5_000, "*a **b " * 3_000, "- " * 2_000 + "x", "`" * 9_999])
def test_hostile_markdown_takes_little_time(text: str) -> None:
    markdown.read("# Tides\n\nWater.\n\n" + text)


@pytest.mark.parametrize("text", ["[" * 3_000, "![" * 2_000, "[[]" * 1_000, "[x" * 1_500 + "]"])
def test_brackets_that_are_never_closed_are_looked_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    skipped = []
    skip = ParserInline.skipToken
    monkeypatch.setattr(ParserInline, "skipToken", lambda inline, state: skipped.append(0) or skip(inline, state))
    assert markdown.read(text).text == text
    assert len(skipped) <= len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [ this [port](https://a.example) now.", "See [ this port now."),
        ("See [a [b] c](https://a.example) ] d [", "See a [b] c ] d ["),
        ("See [a `]` b](https://a.example) and [c `[` d](https://b.example).", "See a ] b and c [ d."),
        ("See [a \\[ b](https://a.example) and ![no [words]](x.png)", "See a [ b and"),
    ],
)
def test_links_beside_other_brackets_are_links(text: str, words: str) -> None:
    assert markdown.read(text).text == words
