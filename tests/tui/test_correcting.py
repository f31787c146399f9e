"""Putting rows right in the real app: with a few keys, kept, taken back, and right in the next article too."""

from store.annotation import Correction, Selector
from store.notebook import Notebook
from tui.screens.corrections import CorrectionsScreen, chains
from tui.screens.pick import PickScreen


def actor(screen, name):
    """The actor of that name, or None."""
    return next((actor for actor in screen.reading.analysis.actors if actor.name == name), None)


def quote_row(screen, words):
    """The key of the quote that holds `words`."""
    return next(f"q{i}" for i, quote in enumerate(screen.reading.analysis.quotes) if words in quote.text)


async def pick(pilot, until, *keys):
    """Wait for the list of choices and press `keys` in it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the choice")
    await pilot.press(*keys)


async def test_a_wrong_speaker_is_put_right_with_two_keys_and_stays_right(home, analysed, opened, until):
    source = analysed / "1-harbour.txt"
    async with opened(home, source) as (pilot, screen):
        await pilot.press("4")
        screen.pane("quotes").select(quote_row(screen, "three years"))
        await pilot.press("C")
        await pick(pilot, until, "1")
        await until(pilot, lambda: "saved" in screen.status.message, "the word saved")
        said = screen.status.message
        names = [
            screen.reading.analysis.speaker_name(q, screen.reading.article.text) for q in screen.reading.analysis.quotes
        ]
        assert any(f"Said by {name}" in said for name in names)
        changed = screen.reading.analysis
    async with opened(home, source) as (_, screen):
        assert screen.reading.analysis == changed


async def test_an_actor_is_renamed_merged_rejected_and_all_is_taken_back(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        before = screen.reading.analysis
        pane = screen.pane("actors")
        await pilot.press("2")
        pane.select(actor(screen, "Tomas Reyes").id)
        await pilot.press("R")
        await pick(pilot, until, "end", *" Soto", "tab", "enter")
        await until(pilot, lambda: actor(screen, "Tomas Reyes Soto"), "the new name")
        pane.select(actor(screen, "Tomas Reyes Soto").id)
        await pilot.press("M")
        await pick(pilot, until, *"Ilse", "enter")
        await until(pilot, lambda: not actor(screen, "Tomas Reyes Soto"), "the merger")
        pane.select(actor(screen, "Ilse Brandt").id)
        await pilot.press("x")
        await until(pilot, lambda: not actor(screen, "Ilse Brandt"), "the rejection")
        for _ in range(3):
            await pilot.press("u")
        await until(pilot, lambda: screen.reading.analysis == before, "the analysis as it was")


async def test_what_holds_everywhere_is_right_in_the_next_article(home, analysed, opened, until):
    (analysed / "3-again.txt").write_text(
        "Port talks\n\nIlse Brandt met Tomas Reyes in Sarn on Friday.\n", encoding="utf-8"
    )
    async with opened(home, analysed / "1-harbour.txt", analysed / "3-again.txt") as (pilot, screen):
        await pilot.press("2")
        screen.pane("actors").select(actor(screen, "Tomas Reyes").id)
        await pilot.press("R")
        await pick(pilot, until, "end", *" Soto", "tab", "enter")
        await until(pilot, lambda: "is now" in screen.status.message, "what was done")
        said = "Tomas Reyes is now Tomas Reyes Soto, everywhere, and saved; u takes it back"
        assert screen.status.message == said
        await pilot.press("1", "J")
        await until(pilot, lambda: screen.reading.article.title == "Port talks", "the other article")
        await until(pilot, lambda: screen.reading.analysis, "its analysis")
        assert actor(screen, "Tomas Reyes Soto")


async def test_a_figure_is_put_right_and_one_is_added(home, analysed, opened, until, at):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("3")
        index = next(i for i, number in enumerate(screen.reading.analysis.numbers) if number.value == 2400)
        screen.pane("numbers").select(f"n{index}")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        pilot.app.screen.query_one("#answer").value = "about 2,600"
        await pilot.press("enter")
        await until(pilot, lambda: any(n.value == 2600 for n in screen.reading.analysis.numbers), "the figure")
        count = len(screen.reading.analysis.numbers)
        await pilot.press("1")
        at(screen, "three years")
        screen.reader.select_span(_span(screen, "three"))
        await pilot.press("#")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen), "the question")
        pilot.app.screen.query_one("#answer").value = "3 years"
        await pilot.press("enter")
        await until(pilot, lambda: "saved" in screen.status.message and "added" in screen.status.message, "the figure")
        assert len(screen.reading.analysis.numbers) >= count


def _span(screen, words):
    start = screen.reading.article.text.index(words)
    return start, start + len(words)


async def test_the_list_of_corrections_lets_one_go(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("2")
        screen.pane("actors").select(actor(screen, "Tomas Reyes").id)
        await pilot.press("x")
        await until(pilot, lambda: not actor(screen, "Tomas Reyes"), "the rejection")
        await pilot.press("7")
        await until(pilot, lambda: isinstance(pilot.app.screen, CorrectionsScreen), "the list")
        await pilot.press("x")
        await until(pilot, lambda: actor(screen, "Tomas Reyes"), "the actor again")
        assert Notebook(home, screen.reading.article).corrections == ()


async def test_an_actor_that_was_renamed_twice_is_one_row_of_the_corrections(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        await pilot.press("2")
        for name, more in (("Tomas Reyes", " Soto"), ("Tomas Reyes Soto", " Junior")):
            screen.pane("actors").select(actor(screen, name).id)
            await pilot.press("R")
            await pick(pilot, until, "end", *more, "enter")
            await until(pilot, lambda new=name + more: actor(screen, new), "the new name")
        await pilot.press("7")
        await until(pilot, lambda: isinstance(pilot.app.screen, CorrectionsScreen), "the list")
        rows = [str(option.prompt) for option in pilot.app.screen.query_one("OptionList").options]
        assert rows == ["Tomas Reyes renamed Tomas Reyes Soto Junior"]
        await pilot.press("x")
        await until(pilot, lambda: actor(screen, "Tomas Reyes"), "the machine's word")
        assert Notebook(home, screen.reading.article).corrections == ()
        await pilot.press("u")
        await until(pilot, lambda: actor(screen, "Tomas Reyes Soto Junior"), "the reader's word")


def test_only_what_is_done_to_the_same_again_goes_on():
    passage, other = Selector("Reyes", "", "", 5, 10), Selector("Brandt", "", "", 20, 26)
    made = [
        Correction("1", "rename", "actors", passage, "Soto", "Reyes"),
        Correction("2", "rename", "actors", other, "Soto", "Brandt"),
        Correction("3", "rename", "actors", passage, "Vega", "Soto"),
        Correction("4", "rename", "actors", passage, "Luna", "Vega", "everywhere"),
        Correction("5", "kind", "actors", passage, "place", "Vega"),
        Correction("6", "kind", "actors", passage, "group", "Vega"),
        Correction("7", "set-value", "numbers", other, "3"),
        Correction("8", "set-value", "numbers", other, "4"),
        Correction("9", "reject", "numbers", other),
    ]
    assert ["".join(one.id for one in chain) for chain in chains(made)] == ["13", "2", "4", "56", "78", "9"]


async def test_keys_that_come_before_the_panes_are_drawn_anew_mean_the_rows_that_are_seen(
    home, analysed, opened, until
):
    async with opened(home, analysed / "1-harbour.txt") as (pilot, screen):
        pane, notebook = screen.pane("numbers"), screen.reading.notebook
        rows = {key: next(row for row in pane.rows if row.key == key) for key in ("n0", "n1")}
        last = max(pane.rows, key=lambda row: int(row.key[1:]))
        numbers = screen.reading.analysis.numbers
        for row in (rows["n0"], rows["n0"], rows["n1"], last, last):
            screen.do_with_row("numbers", row, "reject_number")
        await until(pilot, lambda: "already" in screen.status.message, "the last word")
        taken_out = [(one.selector.start, one.selector.end) for one in notebook.corrections]
        assert taken_out == [numbers[0].span, numbers[1].span, numbers[-1].span]
