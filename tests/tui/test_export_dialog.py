"""The dialog of `E`: what is asked, what is remembered, and that a mistake loses nothing of what was typed."""

import threading

import pytest

from store.export import FORMATS, template
from store.export.delivery import Target
from tui.screens.ask import AskScreen
from tui.screens.export_choice import Choice, ExportScreen
from tui.screens.pick import PickScreen


@pytest.fixture
def exporting(until):
    """`await exporting(pilot, digit)`: the dialog of the format of that row."""

    async def begin(pilot, digit):
        await pilot.press("E", digit)
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen), "the dialog")
        return pilot.app.screen

    return begin


async def test_text_tables_and_marks_are_chosen_and_the_choice_is_kept(
    home, analysed, tmp_path, opened, until, at, exporting
):
    vault = tmp_path / "new" / "vault.d"
    async with opened(home, analysed / "1-harbour.txt", size=(80, 24)) as (pilot, screen):
        for words, keys in (("About 2,400", ("H",)), ("Dock workers", ("H", "c", "2"))):
            at(screen, words)
            await pilot.press(*keys)
            await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        await until(pilot, lambda: {one.colour for one in screen.reading.notebook.highlights} == {1, 2}, "the colours")
        dialog = await exporting(pilot, "1")
        assert (dialog.query_one("#whole").on, dialog.query_one("#tables").on) == (False, True)
        dialog.query_one("#answer").value = f"{vault}/"
        await pilot.press("down", *"colour:red", "down", "space", "down", "space", "enter")
        await until(pilot, lambda: "Exported" in screen.status.message, "the export")
        (file,) = vault.iterdir()
        text = file.read_text(encoding="utf-8")
        assert "> SARN — Dock workers" in text and "> About 2,400" not in text
        assert "## Text\n" in text and "## Actors" not in text and "==SARN — Dock workers" in text
    async with opened(home, analysed / "2-river.txt", size=(80, 24)) as (pilot, screen):
        await pilot.press("E")
        await until(pilot, lambda: pilot.app.screen.query("#rows"), "the question of the format")
        assert pilot.app.screen.query_one("#rows").highlighted == 0
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen), "the dialog")
        dialog = pilot.app.screen
        assert (dialog.query_one("#whole").on, dialog.query_one("#tables").on) == (True, False)
        assert dialog.query_one("#only").value == ""
        assert dialog.query_one("#answer").value == f"{vault}/"
        await pilot.press("enter")
        await until(pilot, lambda: "Exported" in screen.status.message, "the export")
        assert (vault / "River levels fall after a dry spring.md").is_file()
        dialog = await exporting(pilot, "3")
        dialog.query_one("#answer").value = str(vault / "river.org")
        await pilot.press("enter")
        await until(pilot, lambda: "river.org" in screen.status.message, "the export")
        dialog = await exporting(pilot, "3")
        assert dialog.query_one("#answer").value == str(vault / "River levels fall after a dry spring.org")
        await pilot.press("escape")


async def test_a_mistake_is_told_in_the_dialog_and_what_was_typed_stays(
    home, analysed, tmp_path, opened, until, exporting
):
    target = tmp_path / "none" / "a.html"
    target.parent.touch()
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        dialog = await exporting(pilot, "2")
        dialog.query_one("#answer").value = str(target)
        await pilot.press("down", *"colour:pink", "enter")
        for says, keys in (
            ("does not take this", ("backspace",) * 4 + ("r", "e", "d", "enter")),
            ("no highlight or note of this article fits", ("backspace",) * 10 + ("enter",)),
            ("the folder of this file is not there", ("escape",)),
        ):
            await until(pilot, lambda said=says: said in _problem(pilot.app.screen), says)
            assert pilot.app.screen.query_one("#answer").value == str(target)
            assert pilot.app.screen.focused.id == "only"
            await pilot.press(*keys)
        await until(pilot, lambda: pilot.app.screen is screen, "the reader")
        assert target.parent.read_bytes() == b""


async def test_what_is_not_saved_yet_is_exported_but_answers_no_query(
    home, analysed, tmp_path, opened, until, at, exporting
):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        at(screen, "About 2,400")
        home.notes.rmdir()
        home.notes.write_text("in the way", encoding="utf-8")
        await pilot.press("H")
        await until(pilot, lambda: "Not saved yet" in screen.status.message, "the warning")
        dialog = await exporting(pilot, "1")
        dialog.query_one("#answer").value = str(tmp_path / "a.md")
        await pilot.press("down", *"people", "enter")
        await until(pilot, lambda: "not saved yet" in _problem(pilot.app.screen), "the sentence")
        await pilot.press(*["backspace"] * 6, "enter")
        await until(pilot, lambda: "Exported" in screen.status.message, "the export")
        assert "> About 2,400" in (tmp_path / "a.md").read_text(encoding="utf-8")
        home.notes.unlink()
        home.notes.mkdir()
        screen.retry(screen.reading)
        await until(pilot, lambda: "Saved now" in screen.status.message, "the second try")


async def test_what_is_remembered_may_be_anything(home, analysed, opened, until, exporting):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        for kept in (
            7,
            {"last": ["html"], "html": []},
            {"html": {"folder": 1, "whole": "x"}},
            {"html": {"folder": "/none"}},
        ):
            screen.kept_state["export"] = kept
            dialog = await exporting(pilot, "2")
            assert dialog.query_one("#answer").value.endswith("Dockers in Sarn vote to strike.html")
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen, "the reader")


async def test_what_is_not_there_yet_cannot_be_had(home, analysed, opened, until, exporting):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        screen.reading.raw = None
        dialog = await exporting(pilot, "2")
        assert not dialog.query_one("#tables").on and "not there yet" in str(dialog.query_one("#tables").render())
        await pilot.press("down", "down", "down", "space", "enter")
        await until(pilot, lambda: "not there yet" in _problem(pilot.app.screen), "the sentence")
        await pilot.press("escape")


def test_a_format_is_asked_only_what_it_leaves_open():
    asked = {name: _parts(known) for name, known in FORMATS.items()}
    assert asked["markdown"] == asked["html"] == asked["org"] == asked["template"] == {"only", "whole", "tables"}
    assert asked["jsonld"] == asked["hypothesis"] == asked["readwise"] == {"only"}
    assert asked["csv"] == asked["jsonl"] == {"only", "tables"}
    assert asked["csl"] == asked["bibtex"] == set()
    assert Target("template", template.Template("memo", ".txt", "")).name == "template memo"


def _problem(screen) -> str:
    found = screen.query(".problem")
    return str(found.first().render()) if found else ""


def _parts(known) -> set[str]:
    screen = ExportScreen("x", known, Choice("x"))
    return screen.asked


async def test_what_somebody_changed_in_an_export_is_asked_for_also_in_a_folder(
    home, analysed, tmp_path, opened, until, exporting
):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):

        async def export() -> None:
            screen.status.say("")
            (await exporting(pilot, "3")).query_one("#answer").value = f"{tmp_path}/out/"
            await pilot.press("enter")

        for _ in range(2):
            await export()
            await until(pilot, lambda: "Exported" in screen.status.message, "the export, as we wrote it before")
        (file,) = (tmp_path / "out").iterdir()
        file.write_text("mine", encoding="utf-8")
        await export()
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        await pilot.press("escape")
        await until(pilot, lambda: "left as it is" in screen.status.message, "that it is left")
        assert file.read_text(encoding="utf-8") == "mine"
        await export()
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        await pilot.press("1")
        await until(pilot, lambda: "Exported" in screen.status.message, "the export")
        assert file.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(("where", "said"), [("", "Exported to"), ("none", "the folder of this file is not there")])
async def test_the_next_dialog_does_not_end_the_writing(
    where, said, home, analysed, tmp_path, opened, until, exporting
):
    gate = threading.Event()
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        dialog = await exporting(pilot, "3")
        dialog.query_one("#answer").value = str(tmp_path / where / "a.org")
        screen.run_worker(screen.desk.call(gate.wait))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen, "the article")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskScreen), "the next dialog")
        gate.set()
        await until(pilot, lambda: said in screen.status.message, "what became of the export")
        assert (tmp_path / "a.org").exists() is (where == "")
        await pilot.press("escape")
