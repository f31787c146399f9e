"""Export, import and open from the command line: choices, targets, streams, and one sentence for what is wrong."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.article import make_article
from store.export import FORMATS, template
from store.home import Home
from store.library import Library
from store.notebook import Notebook

TEXT = "Harbour plan approved\nMayor Mara Lind said that about 40 ships wait.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def notebook(home: Home) -> Notebook:
    """An article of the library with three highlights and two notes."""
    article = make_article(TEXT, title="Harbour plan", source="https://news.example/harbour")
    with Library(home.library) as library:
        made = Notebook(home, library.put(article))
    with made.step("all"):
        first = made.add_highlight((0, 7), 1, ["ports"])
        made.add_note("Ask.", first.id)
        made.add_highlight((22, 37), 2)
        made.add_highlight((54, 62), 2, ["figures"])
        made.add_note("On the whole: thin.", None)
    return made


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "template"])
def test_every_format_goes_to_standard_output_and_files(
    name: str, run: Run, notebook: Notebook, tmp_path: Path
) -> None:
    status, out, _ = run("export", "--to", name, "harbour")
    assert status == 0 and out
    for target in (tmp_path / f"one{FORMATS[name].suffix}", tmp_path / "folder"):
        status, printed, _ = run("export", "--to", name, "-o", f"{target}{'' if target.suffix else '/'}")
        written = Path(printed.strip())
        assert status == 0 and written.is_file() and written.is_relative_to(target)
        if name != "hypothesis":  # has the moment in it
            assert written.read_text(encoding="utf-8") == out
        run("export", "--to", name, "-o", f"{target}{'' if target.suffix else '/'}")
    assert len(list((tmp_path / "folder").iterdir())) == 1


def test_highlights_are_chosen(run: Run, notebook: Notebook) -> None:
    def quotes(*words: str) -> list[str]:
        status, out, _ = run("export", "--to", "jsonl", *words)
        assert status == 0
        return [one["selector"]["exact"] for line in out.splitlines() for one in json.loads(line)["highlights"]]

    assert quotes() == ["Harbour", "Mayor Mara Lind", "40 ships"]
    assert quotes("--colour", "red") == quotes("--colour", "2") == ["Mayor Mara Lind", "40 ships"]
    assert quotes("--tag", "ports", "--tag", "figures") == ["Harbour", "40 ships"]
    assert quotes("--has-note") == ["Harbour"]
    assert quotes("has:note color:red") == ["Harbour", "Mayor Mara Lind", "40 ships"]
    assert quotes("--only", "ships or tag:ports") == ["Harbour", "40 ships"]
    assert quotes("--only=-has:note", "--colour", "red") == ["Mayor Mara Lind", "40 ships"]
    assert quotes("--only", "before:2020", "harbour") == []
    notebook.add_correction("rename", "actors", (28, 37), value="M. Lind", name="Mara Lind")
    assert "nothing fits" in run("export", "--colour", "green")[2]
    assert "no article answers" in run("export", "tag:nothing")[2]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--to", "readwise", "--tables"], "holds no tables"),
        (["--to", "csv", "--whole"], "holds no whole text"),
        (["--to", "jsonl", "--no-whole"], "always holds"),
        (["--to", "csl", "--colour", "red"], "no highlights to choose"),
        (["--to", "template"], "needs --template"),
        (["--to", "html", "--template", "memo"], "does not go with"),
        (["--to-clipboard", "-o", "x.md"], "does not go with"),
        (["--colour", "pink"], "invalid choice"),
        (["is:nothing"], "^"),
        (["--only", "colour:pink"], "^"),
        (["--only", "said:lind"], "^"),
    ],
)
def test_what_does_not_go_together_is_refused(run: Run, notebook: Notebook, words: list[str], says: str) -> None:
    status, out, err = run("export", *words)
    assert status == 2 and not out and says in err and "Traceback" not in err


def test_a_text_that_was_changed_and_changed_back_is_that_of_its_file(run: Run, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(TEXT, encoding="utf-8")

    def state(*words: str | Path) -> str:
        return str(json.loads(run("export", "--to", "jsonl", *words)[1])["highlights"][0]["grade"])

    run("add", file)
    with Library(home.library) as library:
        article = library.get(library.entries()[0].id)
    assert article is not None
    Notebook(home, article).add_highlight((22, 68))
    file.write_text("Wholly other words.\n", encoding="utf-8")
    assert state() == "exact" and state(file) == "orphan"  # a text that nobody has opened yet is named or left alone
    run("add", file)
    assert state() == state(file) == state(article.id) == "orphan"
    file.write_text(TEXT, encoding="utf-8")
    assert state() == state(file) == state(article.id) == "exact"
    file.unlink()
    assert state() == "orphan"


def test_what_a_format_leaves_out_is_said(run: Run, notebook: Notebook) -> None:
    assert "no place for notes on an article as a whole: 1 left out" in run("export", "--to", "readwise")[2]


def test_templates_shipped_own_and_wrong(run: Run, notebook: Notebook, home: Home) -> None:
    assert "Ask." in run("export", "--template", "memo", "harbour")[1]
    (home.root / "templates").mkdir()
    (home.root / "templates" / "mine.txt.j2").write_text("{% for one in highlights %}{{ one.open }}\n{% endfor %}")
    status, out, _ = run("export", "--template", "mine")
    assert status == 0 and len(out.splitlines()) == 3 and out.startswith(f"briefbook open {notebook.article.id}#")
    (home.root / "templates" / "bad.txt.j2").write_text("{{ nothing }}")
    status, out, err = run("export", "--template", "bad")
    assert status == 1 and "'nothing' is undefined" in err and err.count("\n") == 1
    assert run("export", "--template", "none")[0] == 1 and set(template.shipped()) == {"memo", "outline", "vault"}


def test_copying_without_a_clipboard_is_one_sentence(
    run: Run, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("tui.commands.copying._by_terminal", lambda text: False)
    status, out, err = run("export", "--to-clipboard", "harbour")
    assert status == 1 and not out and "no clipboard in reach" in err


def test_the_clipboard_takes_it(run: Run, notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("tui.commands.copying._by_terminal", lambda text: bool(taken.append(text) or True))
    status, out, err = run("export", "--to-clipboard", "harbour")
    assert status == 0 and not out and "> Harbour" in taken[0] and "copied" in err and "terminal" in err


def test_a_pipe_from_one_home_into_another(
    run: Run, notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("tag", "harbour", "+ports")
    out = run("export", "--to", "jsonl")[1]
    assert json.loads(out)["tags"] == ["ports"]
    monkeypatch.setenv("BRIEFBOOK_HOME", str(tmp_path / "other"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(out.encode())))
    status, said, err = run("import", "-")
    assert status == 0 and said == "Harbour plan: 3 highlights, 2 notes added\n"
    assert err == "briefbook: 3 highlights and 2 notes on 1 article came in\n"
    again = run("export", "--to", "jsonl")[1]
    assert json.loads(again) == json.loads(out)


def test_import_reports_and_rehearses(run: Run, notebook: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "readwise.csv"
    file.write_text("Highlight,Title,URL,Note\n40 ships,x,https://news.example/harbour,Really?\nNew words,Other,,\n")
    before = notebook.path.read_bytes()
    status, out, err = run("import", "--dry-run", "--json", file)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and "nothing was written" in err and notebook.path.read_bytes() == before
    assert [(row["title"], row["highlights"], row["notes"], row["is_new"]) for row in rows] == [
        ("Harbour plan", 0, 1, False), ("Other", 1, 0, True)
    ]  # fmt: skip
    status, out, _ = run("import", file)
    assert status == 0 and "Other: 1 highlight, 0 notes added, its text is not here, only these passages\n" in out
    assert "2 notes" not in run("import", file)[1]


def test_what_cannot_come_in_is_one_line_and_the_rest_does(run: Run, notebook: Notebook, tmp_path: Path) -> None:
    bad, deep, good = tmp_path / "bad\x1b[31m.json", tmp_path / "deep.json", tmp_path / "good.csv"
    bad.write_bytes(b"\x00\x01")
    deep.write_text("[" * 1_000_000)
    good.write_text("Highlight,Title\nShips,Harbour plan\n")
    before = sorted(notebook.path.parent.iterdir())
    status, out, err = run("import", bad, deep, tmp_path / "none.json", tmp_path, good)
    assert status == 1 and "Harbour plan: 1 highlight" in out
    assert len(err.splitlines()) == 5 and "\x1b" not in err and "Traceback" not in err
    assert "too deep" in err and "no such file" in err
    assert sorted(notebook.path.parent.iterdir()) == before


def test_a_file_that_is_far_too_large_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.write(b'{"annotations": [')
        file.truncate(100 << 20)
    status, _, err = run("import", huge)
    assert status == 1 and ("larger than 64 MB" in err) and err.count("\n") == 1


# --- open ----------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the app was opened with; the terminal is said to be one."""
    calls: list[dict[str, Any]] = []

    def take(sources: list[str], failures: list[Exception], *_: object, **more: Any) -> int:
        calls.append({"sources": sources, "failures": [str(one) for one in failures], **more})
        return 0

    monkeypatch.setattr("tui.app.run", take)
    monkeypatch.setattr("tui.commands.open._has_terminal", lambda: True)
    return calls


def test_open_goes_to_the_highlight(run: Run, notebook: Notebook, opened: list[dict[str, Any]]) -> None:
    article, last = notebook.article.id, notebook.highlights[2]
    for name in (last.id, last.id[-12:], last.id[-6:].upper()):
        assert run("open", f"{article}#{name}")[0] == 0
    assert run("open", "harbour")[0] == 0
    assert [call["position"] for call in opened] == [54, 54, 54, None]
    assert {call["sources"][0] for call in opened} == {f"id:{article}"}


def test_open_says_what_is_not_there(run: Run, notebook: Notebook, opened: list[dict[str, Any]], home: Home) -> None:
    article, last = notebook.article.id, notebook.highlights[2]
    for words in (f"{article}#zzzz", f"{article}#{last.id[-2:]}", "nothing#1234", "nothing"):
        status, _, err = run("open", words)
        assert status == 1 and err.count("\n") == 1
    with Library(home.library) as library:
        library.put(make_article("All is new here.", source="https://news.example/harbour"))
    assert run("open", f"{article}#{last.id}")[0] == 0
    assert opened[-1]["position"] is None and "no longer in the text" in opened[-1]["failures"][0]


def test_open_needs_a_terminal(run: Run, notebook: Notebook) -> None:
    assert run("open", notebook.article.id)[0] == 2


def test_a_text_takes_over_what_was_imported_before_it(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "readwise.csv"
    rows.write_text("Highlight,Title,Note\nabout 40 ships wait,Harbour plan approved,Ask.\n", encoding="utf-8")
    assert run("import", rows)[0] == 0
    file = tmp_path / "harbour.txt"
    file.write_text(TEXT, encoding="utf-8")
    status, out, err = run("add", file)
    assert status == 0 and len(run("list")[1].splitlines()) == 1
    assert "Harbour plan approved: its text is here now, and what was imported before it is marked in it" in err
    status, out, _ = run("export", "--to", "jsonl")
    (article,) = map(json.loads, out.splitlines())
    assert article["text"] == TEXT and [note["text"] for note in article["notes"]] == ["Ask."]
    assert [one["selector"]["exact"] for one in article["highlights"]] == ["about 40 ships wait"]


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("template", "markdown")])
def test_only_what_briefbook_wrote_is_written_over(name: str, run: Run, notebook: Notebook, tmp_path: Path) -> None:
    file = tmp_path / f"precious{FORMATS[name].suffix}"
    words = ("export", "--to", name, "-o", file, "harbour")
    file.write_text("Mine.", encoding="utf-8")
    status, out, err = run(*words)
    assert (status, out, file.read_text(encoding="utf-8")) == (1, "", "Mine.")
    assert "briefbook did not write it" in err and "--force" in err
    assert run(*words, "--force")[0] == 0 and "Mine." not in file.read_text(encoding="utf-8")
    notebook.add_note("Ask again.")
    assert run(*words)[0] == 0
    file.write_text(file.read_text(encoding="utf-8") + "Added by hand.", encoding="utf-8")
    status, _, err = run(*words)
    assert status == 1 and file.read_text(encoding="utf-8").endswith("Added by hand.")
    file.write_text("", encoding="utf-8")
    assert run(*words)[0] == 0


def test_a_file_in_a_folder_is_not_written_over_either(run: Run, notebook: Notebook, tmp_path: Path) -> None:
    words = ("export", "--to", "html", "-o", f"{tmp_path}/week/", "harbour")
    status, out, _ = run(*words)
    written = Path(out.strip())
    assert status == 0 and run(*words)[0] == 0
    written.write_text("Mine.", encoding="utf-8")
    assert run(*words)[:2] == (1, "") and written.read_text(encoding="utf-8") == "Mine."
    assert run(*words, "--force")[0] == 0 and written.read_text(encoding="utf-8") != "Mine."


def test_a_folder_of_a_file_is_not_made_unasked(run: Run, notebook: Notebook, tmp_path: Path) -> None:
    for name in ("html", "markdown"):
        file = tmp_path / "typo" / f"harbour{FORMATS[name].suffix}"
        status, out, err = run("export", "--to", name, "-o", file, "harbour")
        assert (status, out) == (1, "") and "folder of this file is not there" in err and not file.parent.exists()


def test_what_is_no_file_stays(run: Run, notebook: Notebook, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    status, _, err = run("export", "--to", "html", "--force", "-o", pipe, "harbour")
    assert status == 1 and "this is no file" in err and pipe.is_fifo()


@pytest.mark.parametrize("words", [("--to", "html"), ("-o", "a.md")])
def test_force_goes_with_files_that_are_written_anew(run: Run, notebook: Notebook, words: tuple[str, ...]) -> None:
    status, _, err = run("export", "--force", *words, "harbour")
    assert status == 2 and "--force" in err
