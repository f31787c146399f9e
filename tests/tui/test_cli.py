"""The command line: exit statuses, one line a failure, data and messages apart, and good manners in pipes."""

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from store.annotation import Highlight
from store.article import make_article
from store.errors import BriefbookError
from store.extract import language
from store.home import Config, Home
from store.library import Library
from store.notebook import Notebook
from tui import cli
from tui.commands import extract, read

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = "Harbour plan approved\nMayor Mara Lind said that about 40 ships wait.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def warm(nlp: "Language", monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pipeline, without loading it once more for each test."""
    monkeypatch.setattr(language, "load", lambda model: nlp)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def annotated(home: Home, source: Path) -> Highlight:
    with Library(home.library) as library:
        article = library.put(make_article(source.read_text(encoding="utf-8"), source=str(source)))
    notebook = Notebook(home, article)
    marked = notebook.add_highlight((0, 12), 3, ["plan"])
    notebook.add_note("A note.", marked.id)
    return marked


def test_help_and_version(run: Run) -> None:
    status, out, err = run("--help")
    assert (status, err) == (0, "") and all(f"\n  {name} " in out for name in cli.COMMANDS)
    assert run("--version")[:2] == (0, "briefbook 0.1.0\n")
    assert max(map(len, out.splitlines())) <= 120


def test_wrong_options_are_one_line_and_status_2(run: Run) -> None:
    for words in (
        ["--bogus"],
        ["extract"],
        ["extract", "--workers", "0", "x"],
        ["export", "--to", "pdf"],
        ["model", "x"],
    ):
        status, out, err = run(*words)
        assert (status, out) == (2, "") and err.startswith("briefbook: ") and err.count("\n") == 1, words
        assert "--help`" in err


def test_without_a_terminal_the_app_does_not_open(run: Run, report: Path) -> None:
    for words in ([report], []):
        status, out, err = run(*words)
        assert (status, out) == (2, "") and "the reader needs a terminal" in err


def test_what_cannot_be_read_is_named_and_a_command_guessed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, out, err = run(tmp_path / "none.txt", tmp_path / "empty")
    assert (status, out, err.count("\n")) == (1, "", 2) and "none.txt: there is no such file" in err
    assert "did you mean the command `briefbook extract`?" in run("extrct")[2]


def test_a_file_that_is_called_like_a_command_can_be_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").write_text("A text.")
    assert "needs a terminal" in run("./list")[2]
    assert run("list") == (0, "", "")


def test_extract_prints_the_contract_in_order_and_goes_on_after_a_failure(
    warm: None, run: Run, report: Path, tmp_path: Path
) -> None:
    binary, second = tmp_path / "b.txt", tmp_path / "c.md"
    binary.write_bytes(bytes(range(256)) * 8)
    second.write_text("# Quiet day\n\nNothing happened.\n")
    status, out, err = run("extract", report, binary, tmp_path / "missing.txt", second)
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 1 and err.count("\n") == 2 and "b.txt" in err and "missing.txt" in err
    assert [line["source"] for line in lines] == [str(report), str(second)]
    assert list(lines[0]) == ["id", "title", "source", "text", "language", "actors", "numbers", "quotes"]
    assert lines[0]["text"] == TEXT and lines[0]["numbers"][0]["value"] == 40
    assert lines[0]["actors"][0]["name"] == "Mara Lind" and lines[0]["quotes"][0]["actor"] == "a1"


def test_extract_reads_standard_input(warm: None, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    status, out, _ = run("extract", "-")
    assert status == 0 and json.loads(out)["source"] == "-"


def test_extract_in_another_language_says_what_it_does_not_find(
    warm: None, run: Run, tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html lang='xx'><body><article><p>Mara Lind sagt es in Lindhaven.</p></article></body></html>")
    status, out, err = run("extract", page)
    assert (status, out) == (1, "") and "there is no language model for 'xx'" in err
    home.config.write_text(f'models = {{ xx = "{next(iter(home.models.glob("*/meta.json"))).parent}" }}\n')
    status, out, err = run("extract", page)
    line = json.loads(out)
    assert status == 0 and line["numbers"] == line["quotes"] == [] and line["actors"]
    assert "in English texts only" in err


def test_another_process_gives_the_same_lines_in_order(
    warm: None, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "BATCH", 2)
    sources = [str(tmp_path / f"{number}.txt") for number in range(5)]
    for number, source in enumerate(sources):
        Path(source).write_text(f"Mayor Lind said on day {number} that {number + 20} ships wait.")
    sources.insert(3, str(tmp_path / "missing.txt"))
    alone = [str(outcome) for outcome in extract.Extractor(home, Config()).lines(sources)]
    assert [str(outcome) for outcome in extract.in_processes(extract.Extractor(home, Config()), sources, 1)] == alone
    assert len(alone) == 6 and "no such file" in alone[3]


def test_a_hostile_name_does_not_act(warm: None, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb.txt"
    path.write_text("x \x9b31m\u202e y")
    status, out, err = run("extract", path, tmp_path / "c\x1b[0m.txt")
    assert status == 1 and json.loads(out)["source"] == str(path)
    assert not any(char in out + err for char in "\x1b\x9b\u202e") and (out + err).count("\n") == 2


def test_list_shows_the_shelf(run: Run, home: Home, report: Path) -> None:
    assert run("list") == (0, "", "")
    annotated(home, report)
    with Library(home.library) as library:
        second = library.put(make_article("x", title="[b]bold\x1b[31m[/b]", source="/b"))
    status, out, _ = run("list")
    rows = out.splitlines()
    assert status == 0 and rows[0].startswith(second.id) and "[b]bold␛[31m[/b]" in rows[0]
    row = json.loads(run("list", "--json")[1].splitlines()[1])
    assert row["source"] == str(report) and row["read"] is False


def test_export_to_standard_output_and_folder(run: Run, home: Home, report: Path, tmp_path: Path) -> None:
    assert run("export") == (0, "", "briefbook: no article has highlights or notes yet\n")
    annotated(home, report)
    status, out, _ = run("export")
    assert status == 0 and "> Harbour plan\n" in out and "green · #plan" in out
    assert run("export", "harbour")[1] == run("export", report)[1] == out
    vault = tmp_path / "vault"
    status, out, _ = run("export", "-o", f"{vault}/")
    assert (status, out) == (0, f"{vault}/Harbour plan approved.md\n")
    assert run("export", report, "-o", vault)[0] == 0 and len(list(vault.iterdir())) == 1
    assert run("export", "nothing like it")[0] == 1


def test_export_says_what_it_marked_and_what_it_left(run: Run, home: Home, report: Path, tmp_path: Path) -> None:
    marked, file = annotated(home, report), tmp_path / "x.md"
    run("export", report, "-o", file)
    Notebook(home, make_article(TEXT)).delete_highlight(marked.id)
    assert "1 deleted in briefbook, marked in the file" in run("export", report, "-o", file)[2]
    file.write_text(file.read_text(encoding="utf-8").replace("Harbour plan\n", "Harbour PLAN\n"), encoding="utf-8")
    Notebook(home, make_article(TEXT)).undo()
    assert "edited by you in the file" in run("export", report, "-o", file)[2]


def test_export_refuses_what_it_cannot_do(run: Run, home: Home, report: Path, tmp_path: Path) -> None:
    annotated(home, report)
    with Library(home.library) as library:
        other = library.put(make_article("Another text.", source="/other"))
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n")
    status, _, err = run("export", report, "-o", file)
    assert status == 1 and "not an export of this article" in err and file.read_text() == "# Mine\n"
    assert run("export", report, other.id, "-o", tmp_path / "one.md")[0] == 2
    assert run("export", "--to", "jsonl", "--no-whole")[0] == 2


def test_export_says_when_notes_have_lost_their_article(run: Run, home: Home, report: Path) -> None:
    annotated(home, report)
    home.library.unlink()
    status, out, err = run("export")
    assert (status, out) == (0, "") and "1 of the notes files belong to articles that are not on the shelf" in err
    assert "A note." in run("export", report)[1]


def test_export_with_tables_analyses_once(warm: None, run: Run, home: Home, report: Path, tmp_path: Path) -> None:
    annotated(home, report)
    status, out, _ = run("export", "--tables", "--to", "jsonl")
    data = json.loads(out)
    assert status == 0 and data["actors"][0]["name"] == "Mara Lind" and data["notes"][0]["text"] == "A note."
    with Library(home.library) as library:
        assert library.latest_analysis(make_article(TEXT).text_hash) is not None
    target = tmp_path / "all.jsonl"
    assert run("export", "--to", "jsonl", "-o", target)[0] == 0
    assert "actors" not in json.loads(target.read_text(encoding="utf-8"))


def test_notes_are_acknowledged_by_their_ids(
    run: Run, home: Home, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _ = run("note", "add", report, "Ask", "again.")
    monkeypatch.setattr("sys.stdin", io.StringIO("one\n\n  two  \n"))
    _, more, _ = run("note", "add", "harbour", "-")
    notes = Notebook(home, make_article(TEXT)).notes
    assert status == 0 and (out + more).split() == [note.id for note in notes]
    assert [note.text for note in notes] == ["Ask again.", "one", "two"]
    assert run("note", "add", "no such", "x")[0] == 1


@pytest.mark.parametrize("words", [[], ["add"], ["add", "x.txt"], ["add", "x.txt", ""], ["add", "x.txt", " ", "\n"]])
def test_a_note_without_words_is_a_mistake(run: Run, home: Home, words: list[str]) -> None:
    status, out, err = run("note", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "needs" in err and "briefbook note add ARTICLE TEXT" in err
    assert not home.library.exists()


def test_nothing_to_note_on_standard_input_is_said(run: Run, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n  \n"))
    assert run("note", "add", report, "-") == (1, "", "briefbook: there was nothing to note on standard input\n")


def test_targets_that_mean_several_are_refused(run: Run, home: Home) -> None:
    with Library(home.library) as library:
        for number in (1, 2):
            library.put(make_article(f"Port news {number}", source=f"/{number}"))
    status, _, err = run("export", "port")
    assert status == 1 and "this means 2 articles" in err


def test_config_shows_what_is_in_force_as_toml(run: Run, home: Home) -> None:
    import tomllib

    home.config.write_text('preset = "vim"\nkeys = { highlight = "H,f9" }\n')
    status, out, _ = run("config")
    shown = tomllib.loads(out)
    assert status == 0 and shown["preset"] == "vim" and shown["keys"]["highlight"] == "H,f9"
    assert json.loads(run("config", "--json")[1])["keys"]["highlight"] == ["H", "f9"]
    assert run("config", "path")[1] == f"{home.config}\n"
    home.config.write_text('keys = { highlight = "j" }\n')
    status, _, err = run("config")
    assert status == 1 and "j means line_down and highlight" in err
    for text in ('keys = { nothing = "x" }', 'preset = "emacs"', "width = true", "= broken"):
        home.config.write_text(text)
        status, _, err = run("config")
        assert status == 1 and err.count("\n") == 1


WRONG = (
    'widht = 3\nwidth = 60\npreset = "emcs"\ntheme = "drak"\nkeys = { highlight = "f9", highlihgt = "x", note = 3 }\n'
)


def test_one_wrong_setting_leaves_the_others_in_force(run: Run, home: Home) -> None:
    home.config.write_text(WRONG)
    failures: list[BriefbookError] = []
    config = read.settings(home, failures)
    assert (config.width, config.preset, config.keys) == (60, "standard", {"highlight": "f9"})
    said = "\n".join(map(str, failures))
    for words in ("no setting 'widht'; did you mean 'width'?", "no preset 'emcs'", "'highlihgt'; did you", "keys.note"):
        assert words in said
    status, out, err = run("config", "--json")
    assert status == 1 and json.loads(out)["width"] == 60 and err.count("\n") == len(failures) == 4


def test_doctor_tells_all_that_is_wrong_in_the_settings(run: Run, home: Home) -> None:
    home.config.write_text(WRONG)
    status, out, _ = run("doctor", "--json")
    says = "\n".join(finding["says"] for finding in findings(out)["config"])
    assert status == 1 and all(word in says for word in ("'widht'", "'emcs'", "'drak'", "'highlihgt'", "keys.note"))


def test_a_command_goes_on_past_a_wrong_setting(warm: None, run: Run, home: Home, report: Path) -> None:
    home.config.write_text("widht = 3\n")
    status, out, err = run("extract", str(report))
    assert status == 0 and json.loads(out)["actors"]
    assert err.count("\n") == 1 and "'widht'" in err


def findings(out: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in out.splitlines():
        finding = json.loads(line)
        found.setdefault(finding["about"], []).append(finding)
    return found


def test_doctor_finds_what_is_wrong_and_changes_nothing(run: Run, home: Home, report: Path) -> None:
    annotated(home, report)
    status, out, _ = run("doctor", "--json")
    good = findings(out)
    assert status == 0 and {finding["state"] for rows in good.values() for finding in rows} <= {"ok", "advice"}
    assert "1 articles" in good["library"][0]["says"] and "1 files" in good["notes"][0]["says"]
    home.library.write_bytes(b"garbage" * 1000)
    home.config.write_text("colour = 1\n")
    (home.notes / "0123456789ab.json").write_text("{")
    home.notes.chmod(0o755)
    status, out, _ = run("doctor", "--json")
    bad = findings(out)
    assert status == 1
    assert [bad[about][0]["state"] for about in ("library", "config", "notes")] == ["wrong"] * 3
    assert any("others on this machine" in finding["says"] for finding in bad["home"])
    assert all(finding["mend"] for rows in bad.values() for finding in rows if finding["state"] != "ok")
    assert home.library.read_bytes() == b"garbage" * 1000 and (home.notes / "0123456789ab.json").read_text() == "{"
    text = run("doctor")[1]
    assert "BAD   library" in text and "->" in text


def test_model_lists_checks_and_says_what_is_missing(warm: None, run: Run, home: Home) -> None:
    status, out, _ = run("model")
    assert status == 0 and "en_core_web_md  3.8.0" in out
    assert json.loads(run("model", "list", "--json")[1].splitlines()[0])["name"] == "en_core_web_md"
    assert "works" in run("model", "check")[1]
    assert "works" in run("model", "install")[1]
    home.config.write_text('model = "no_such_model"\n')
    status, _, err = run("model", "check")
    assert status == 1 and "no_such_model: there is no such language model" in err


def test_a_reader_that_has_seen_enough_is_no_failure(home: Home) -> None:
    with Library(home.library) as library:
        for number in range(900):
            library.put(make_article(f"Text {number}", title="A long title " * 8, source=f"/{number}"))
    process = subprocess.Popen([sys.executable, "-m", "tui", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(10) == 141
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_cannot_be_written_is_one_line(home: Home) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "tui", "--help"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "no space left on device" in done.stderr


def test_a_closed_output_is_no_traceback(home: Home) -> None:
    done = subprocess.run(["sh", "-c", f"exec '{sys.executable}' -m tui list >&-"], capture_output=True)
    assert done.stderr == b""


def test_a_home_that_cannot_be_made_leaves_what_can_be_done(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFBOOK_HOME", str(report / "home"))
    status, out, err = run("list")
    assert (status, out, err.count("\n")) == (0, "", 1) and "cannot be written (not a directory)" in err
    assert run("doctor")[0] == 1


def test_ctrl_c_ends_without_a_traceback(home: Home, report: Path) -> None:
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "note", "add", str(report), "-"], stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdin and process.stdout
    process.stdin.write(b"first\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (130, b"")


def test_completion_completes_in_a_real_shell(run: Run) -> None:
    script = run("completion", "bash")[1]
    script += "COMP_WORDS=(briefbook export --tab); COMP_CWORD=2; _briefbook; echo ${COMPREPLY[@]}\n"
    script += "COMP_WORDS=(briefbook do); COMP_CWORD=1; _briefbook; echo ${COMPREPLY[@]}\n"
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "--tables\ndoctor\n"


def test_the_quotes_of_fish_are_paired(run: Run) -> None:
    words = r"'(?:[^'\\]|\\.)*'"
    for line in run("completion", "fish")[1].splitlines():
        assert "'" not in re.sub(words, "", line)
