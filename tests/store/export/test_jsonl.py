"""JSON Lines: everything is in it, on one line, and nothing in it acts on a terminal."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from store.analysis import Analysis
from store.annotation import Note
from store.article import make_article
from store.export import Export, jsonl
from store.home import Home
from store.notebook import Notebook


def test_everything_is_in_one_line(home: Home) -> None:
    home.make()
    article = make_article(
        "The port opens.\nShips wait.", source="/desk/port.txt", byline="A. Writer", furniture=[(16, 27)]
    )
    notebook = Notebook(home, article)
    marked = notebook.add_highlight((4, 8), 2, ["x"])
    notebook.add_note("A note.", marked.id)
    text = jsonl.render(Export(article, notebook.placed(), notebook.notes, Analysis(), tags=("ports",)))
    data = json.loads(text)
    assert text.count("\n") == 1 and text.endswith("\n")
    assert data["id"] == article.id and data["byline"] == "A. Writer" and data["furniture"] == [[16, 27]]
    assert data["highlights"][0]["span"] == [4, 8] and data["highlights"][0]["selector"]["exact"] == "port"
    assert data["notes"][0]["text"] == "A note." and data["quotes"] == [] and data["tags"] == ["ports"]
    assert "quotes" not in json.loads(jsonl.render(Export(article)))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters()))
def test_any_text_reads_back_and_acts_on_no_terminal(text: str) -> None:
    line = jsonl.line({"text": text})
    assert json.loads(line) == {"text": text}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", line) and line.encode()
    assert line.count("\n") == 1


def test_a_note_is_plain_data() -> None:
    data = json.loads(jsonl.render(Export(make_article("x"), (), (Note("n", "t", None, ("a",)),))))
    assert data["notes"] == [{"id": "n", "text": "t", "highlight": None, "tags": ["a"], "created": "", "modified": ""}]
