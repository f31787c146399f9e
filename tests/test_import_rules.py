"""What each entry point may load: asked of a fresh interpreter, because in this one everything is loaded already."""

import json
import subprocess
import sys

import pytest

TYPES = ("article", "analysis", "annotation", "errors", "spans", "home")
HEAVY = (
    *("spacy", "thinc", "textual", "rich", "selectolax", "markdown_it", "tinydb", "platformdirs"),
    *("trafilatura", "lxml", "feedparser", "pypdfium2", "jinja2"),
)
TUI = ("textual", "rich")


def loaded(code: str) -> set[str]:
    """The top-level modules and all of ours that are loaded after `code` ran, by their full names."""
    tail = "\nimport json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def command(*words: str) -> str:
    return f"from tui.cli import main\ntry: main({list(words)!r})\nexcept SystemExit: pass"


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        (command("--help"), (*HEAVY, "sqlite3", "asyncio")),
        (command("--version"), (*HEAVY, "sqlite3", "asyncio")),
        (command("extract", "--help"), (*TUI, "spacy", "thinc", "tinydb")),
        (command("export", "--help"), (*TUI, "spacy", "thinc")),
        (command("serve", "--help"), (*HEAVY, "textual_serve", "aiohttp", "asyncio")),
        (command("list"), (*TUI, "spacy", "thinc", "tinydb")),
        (command("config"), (*TUI, "spacy", "thinc", "tinydb")),
        (command("doctor"), (*TUI, "spacy", "thinc")),
        (command("model"), (*TUI, "spacy", "thinc", "tinydb")),
        *((f"import store.{name}", (*HEAVY, "tui", "sqlite3")) for name in TYPES),
        ("import store.intake", HEAVY),
        ("import store.library, store.anchoring", (*TUI, "spacy", "tinydb")),
        ("import store.worker", (*HEAVY, "sqlite3")),
        ("import store.export.markdown, store.export.jsonl", (*HEAVY, "store.extract", "store.intake")),
        (
            "import store.export.delivery, store.export.html, store.export.template",
            (*HEAVY, "jinja2", "store.extract", "store.intake", "store.library"),
        ),
        ("import store.imports.reading", (*HEAVY, "store.library", "store.notebook")),
        (command("import", "--help"), (*TUI, "spacy", "thinc", "jinja2")),
        ("import tui.actions, tui.page", (*TUI, "spacy")),
        ("import tui.commands.read, tui.opening", (*TUI, "spacy", "tinydb", "asyncio", "store.library")),
    ],
)
def test_nothing_heavy_is_loaded(code: str, forbidden: tuple[str, ...]) -> None:
    assert loaded(code).isdisjoint(forbidden)


def test_extracting_loads_no_terminal_library(tmp_path: object) -> None:
    path = f"{tmp_path}/a.txt"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("Mara Lind said that 40 ships wait.")
    modules = loaded(command("extract", path))
    assert "spacy" in modules and modules.isdisjoint(("textual",))


def test_the_app_loads_no_spacy() -> None:
    modules = loaded("import tui.app")
    assert "textual" in modules and modules.isdisjoint(("spacy", "thinc"))


def test_dialogs_wait_until_they_are_opened() -> None:
    modules = loaded("import tui.app")
    dialogs = ("ask", "note", "menu", "pick", "corrections", "text", "help")
    assert modules.isdisjoint((*(f"tui.screens.{name}" for name in dialogs), "textual.widgets._text_area"))
