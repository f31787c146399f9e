"""Output that others rely on, byte for byte: help, the JSON contract, the Markdown export, completion scripts.

The expected files lie beside this one; `UPDATE_GOLDEN=1 pytest tests/golden` writes them anew, for the diff to be read.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from store.analysis import Actor, Analysis, Number, Quote, extract_json
from store.annotation import Highlight, Note, Selector
from store.article import Article, make_article
from store.export import Export, jsonl, markdown
from store.notebook import Placed
from tui import cli

HERE = Path(__file__).parent

TEXT = """\
Harbour plan approved 🎈

The council of Lindhaven backed the plan on Monday. About 40 ships wait; it costs $1.2 million to $1.5 million.
Mayor Mara Lind said: “We start in May. [Nobody] pays *twice*.”
Read more: #harbour
"""


def article() -> Article:
    start = TEXT.index("Read more")
    return make_article(
        TEXT, title='Harbour plan: "approved" 🎈', source="https://example.org/harbour?a=1&b=2", byline="A. Writer",
        publisher="The Desk", published="2025-04-01", furniture=[(start, start + len("Read more: #harbour"))],
    )  # fmt: skip


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def analysis() -> Analysis:
    said = "We start in May. [Nobody] pays *twice*."
    figure, many = span("$1.2 million to $1.5 million"), span("About 40 ships")
    return Analysis(
        (
            Actor("a1", "Mara Lind", "person", "Mayor", ("Lind",), (span("Mara Lind"),), (), 0.97),
            Actor("a2", "Lindhaven", "place", None, (), (span("Lindhaven"),), (span("The council"),), 0.8),
        ),
        (
            Number(*many, "About 40 ships", "count", 40, None, "~", None, "ships", 0.9),
            Number(*figure, "$1.2 million to $1.5 million", "money", 1_200_000, 1_500_000.0, "=", "USD", None, 0.95),
        ),
        (Quote((span(said),), said, "direct", span("Mara Lind"), span("said"), "a1", 0.99),),
    )


def placed() -> list[Placed]:
    def highlight(number: int, words: str, colour: int, *tags: str) -> Highlight:
        selector = Selector(words, "", "", 0, len(words), "0" * 64)
        id_ = f"00000000-0000-7000-8000-{number:012x}"
        return Highlight(id_, selector, colour, tags, "2025-04-02T08:00:00.000Z", "2025-04-02T08:00:00.000Z")

    quote = "“We start in May. [Nobody] pays *twice*.”\nRead more: #harbour"
    return [
        Placed(highlight(1, quote, 2, "harbour", "who pays"), span(quote), "exact"),
        Placed(highlight(2, "The council of Lindhaven", 1), span("The council of Lindhaven"), "moved"),
        Placed(highlight(3, "It costs $1 million & more.", 5), None, "orphan"),
    ]


def notes() -> list[Note]:
    moment = "2025-04-02T08:00:00.000Z"
    on = placed()[0].highlight.id
    return [
        Note("00000000-0000-7000-9000-000000000011", "Who *is* nobody?\n\n- ask", on, ("todo",), moment, moment),
        Note("00000000-0000-7000-9000-000000000012", "On the whole: thin.", None, (), moment, moment),
    ]


def outputs() -> dict[str, str]:
    marks = Export(article(), tuple(placed()), tuple(notes()), tags=("who pays", "Ports"))
    everything = replace(marks, analysis=analysis())
    found = {
        "extract.jsonl": jsonl.line(extract_json(article(), analysis())),
        "export.md": markdown.render(everything),
        "export-notes.md": markdown.render(marks),
        "export.jsonl": jsonl.render(everything),
        "help.txt": cli.help_text(),
    }
    return found | {f"help-{name}.txt": cli.parser(name, cli.command(name)).format_help() for name in cli.COMMANDS}


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_is_as_recorded(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["completion", name]) == 0
    _compare(f"completion.{name}", capsys.readouterr().out)


@pytest.mark.parametrize("name", ["extract.jsonl", "export.md", "export-notes.md", "export.jsonl", "help.txt",
                                  *(f"help-{name}.txt" for name in cli.COMMANDS)])  # fmt: skip
def test_output_is_as_recorded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    _compare(name, outputs()[name])


def test_the_contract_has_these_keys_and_no_others() -> None:
    line = json.loads((HERE / "extract.jsonl").read_text(encoding="utf-8"))
    assert list(line) == ["id", "title", "source", "text", "language", "actors", "numbers", "quotes"]
    assert set(line["actors"][0]) == {"id", "name", "kind", "role", "aliases", "mentions", "references", "confidence"}
    assert set(line["numbers"][0]) == {
        "start", "end", "text", "kind", "value", "high", "relation", "unit", "of", "confidence"
    }  # fmt: skip
    assert set(line["quotes"][0]) == {"spans", "text", "kind", "speaker", "cue", "actor", "confidence"}


def _compare(name: str, output: str) -> None:
    path = HERE / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(output, encoding="utf-8", newline="")
    assert output == path.read_text(encoding="utf-8")
