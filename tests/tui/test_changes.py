"""What a newer text changed: entry by entry, and as it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.containers import VerticalScroll

from store import intake, worker
from store.extract.analyse import analyses
from store.home import Config
from store.library import Library
from tui import changes as module
from tui.changes import Change, changed
from tui.screens.changed import ChangedScreen


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("abc", "abc", []),
        ("abc", "axc", ["b>x"]),
        ("ac", "abc", [">b"]),
        ("abc", "ac", ["b>"]),
        ("", "ab", [">a", ">b"]),
        ("abcd", "xbcy", ["a>x", "d>y"]),
        ("aa", "a", ["a>"]),
    ],
)
def test_what_stands_in_the_place_of_something_else_is_told_with_it(old, new, found):
    assert [f"{one.old}>{one.new}" for one in changed(list(old), list(new))] == found


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12), st.booleans())
def test_the_changes_make_the_new_list_of_the_old_one(old, new, as_bags):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", 0 if as_bags else 100)
        found = changed(old, new)
    gone, come = ([words for one in found if (words := one[side])] for side in (0, 1))
    assert sorted([*new, *gone]) == sorted([*old, *come])
    assert Change("", "") not in found


async def test_a_newer_text_is_told_of_and_its_changes_are_shown(home, nlp, analysed, opened, until):
    report, quiet = analysed / "1-harbour.txt", Config(analyse_ahead=False)
    async with opened(home, report, config=quiet) as (pilot, screen):
        await pilot.press("D")
        await until(pilot, lambda: "no other version" in screen.status.message, "that there is none")
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("2,400", "2,900").replace("a fair offer", "a good offer"), encoding="utf-8")
    with Library(home.library) as library:
        article = intake.read(str(report))
        (analysis,) = analyses(nlp, [article])
        library.keep_analysis(article.text_hash, worker.stamp(home, quiet), analysis)
    async with opened(home, report, size=(80, 24), config=quiet) as (pilot, screen):
        screen.look_at_file()
        said = "The text is another one than was read last; D shows what changed"
        await until(pilot, lambda: screen.status.message == said, said)
        await until(pilot, lambda: screen.reading.analysis, "the analysis")
        await pilot.press("D")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChangedScreen), "the changes")
        await pilot.pause()
        lines = [line.strip() for line in str(pilot.app.screen.query_one("#shown-text").content).splitlines()]
        assert lines[:3] == ["Figures", "− 2,400 people", "+ 2,900 people"]
        assert (
            "+ Ilse Brandt: “We have waited three years for a good offer,” … “We will not wait for a fourth.”" in lines
        )
        assert any(line.startswith("− About 2,400 people work") for line in lines)
        text, hint = pilot.app.screen.query_one(VerticalScroll), pilot.app.screen.query_one(".dialog-hint")
        assert text.region.bottom <= hint.region.y and hint.region.bottom < 24
