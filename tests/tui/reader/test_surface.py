"""The article widget: what it draws, where its motions end, what it selects, what it asks for."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from store.article import make_article
from tui.page import Place
from tui.reader.layers import LayerSpan
from tui.reader.surface import Reader

TEXT = """\
A heading for the day

Mina Holt met the board on Monday. She asked for 3.5 million crowns. “We will not wait,” she said. Nothing more \
was said about it, and the board went home early that night because of the storm.

The second paragraph is short. It ends here.

https://example.org/one is a link, and so is (www.example.org/two).
"""
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("ab. \n\t世。👩\u200d\ufe0fe\u0301\u200bא\u202e\x1b[m“”")), st.characters()
    ),
    min_size=1,
    max_size=200,
).filter(lambda text: bool(text.removeprefix("\ufeff").strip()))


def strips(reader: Reader) -> list[Strip]:
    return reader.render_lines(reader.region.reset_offset)


def screen(reader: Reader) -> list[str]:
    return [strip.text.rstrip() for strip in strips(reader)]


def at(reader: Reader, words: str) -> int:
    start = reader.article.text.index(words)
    reader._place_caret(start)
    reader._reveal((start, start))
    return start


def marked(reader: Reader, attribute: str) -> str:
    """The text that is drawn with an attribute, or on a background other than the pane's."""
    base = reader._ready_canvas().palette.base.bgcolor
    segments = [segment for strip in strips(reader) for segment in strip]
    if attribute == "background":
        return "".join(text for text, style, _ in segments if style.bgcolor != base)
    return "".join(text for text, style, _ in segments if getattr(style, attribute))


# --- drawing ---------------------------------------------------------------------------------------------------


async def test_no_strip_is_wider_than_the_pane_or_holds_a_control_character(alone):
    async with alone(TEXT, size=(34, 12)) as (_, reader):

        @QUICK
        @given(HARD, st.integers(0, 200), st.booleans())
        def check(text, offset, selecting):
            reader.show(make_article(text), offset)
            reader.set_layer("actors", [LayerSpan((0, len(text)), "a", "person")])
            if selecting:
                reader.action_select()
                reader.action_caret_sentence()
            for strip in strips(reader):
                assert strip.cell_length == 34 == cell_len(strip.text)
                assert not any(unicodedata.category(character) == "Cc" for character in strip.text)

        check()


@pytest.mark.parametrize("width", [12, 34, 60, 80, 120, 200])
async def test_the_text_is_readable_at_every_width(alone, width):
    async with alone(TEXT, size=(width, 20)) as (_, reader):
        words = " ".join(" ".join(line.strip(" ▌▎") for line in screen(reader)).split())
        assert "".join(words.split()) == "".join(TEXT.split())[: len("".join(words.split()))]
        assert max(map(len, screen(reader))) <= width
        if width >= 80:
            left = min(len(line) - len(line.lstrip()) for line in screen(reader) if line.strip(" ▌▎"))
            assert abs((width - 72) // 2 - left) < 6


async def test_the_sentence_cursor_is_seen_in_the_margin_and_in_the_text(alone):
    async with alone(TEXT, position=TEXT.index("She asked")) as (_, reader):
        assert TEXT[slice(*reader.sentence)] == "She asked for 3.5 million crowns."
        assert marked(reader, "background").startswith("She asked for")
        assert sum("▌" in line for line in screen(reader)) == 1


async def test_the_rule_of_precedence_in_colour_and_the_sum_of_attributes(alone):
    async with alone(TEXT) as (_, reader):
        start = TEXT.index("Mina Holt")
        span = (start, start + 9)
        reader.set_layer("quotes", [LayerSpan((start - 3, start + 30), "q", "indirect")])
        reader.set_layer("actors", [LayerSpan(span, "p1", "person")])
        palette = reader._ready_canvas().palette
        both = palette.style(("quotes-indirect", "actors-person"))
        assert both.italic and both.underline
        assert both.color == palette.style(("actors-person",)).color != palette.style(("quotes-indirect",)).color
        assert marked(reader, "underline") == "Mina Holt"
        reader.set_layer("highlights", [LayerSpan(span, "h", "colour-3")])
        assert "Mina Holt" in marked(reader, "background")
        reader._select(start, start + 3)
        assert palette.style(("highlights-colour-3", "selection")).bgcolor == palette.style(("selection",)).bgcolor
        reader.leave_selection()
        assert reader.toggle_layer("actors") is False and marked(reader, "underline") == ""
        assert reader.toggle_layer("actors") is True and marked(reader, "underline") == "Mina Holt"


@pytest.mark.parametrize("theme", ["dark", "light", "ansi"])
async def test_no_meaning_is_by_colour_alone(alone, theme):
    async with alone(TEXT, theme=theme) as (_, reader):
        style = reader._ready_canvas().palette.style
        assert style(("actors-group",)).underline and style(("numbers-money",)).bold
        assert style(("quotes-indirect",)).italic and style(("furniture",)).dim
        assert style(("match",)).bold and style(("emphasis",)).bold
        for name in ("selection", "highlights-colour-2", "caret"):
            assert style((name,)).reverse or style((name,)).bgcolor != style(()).bgcolor


async def test_marks_stand_in_the_margin_one_cell_wide(alone):
    async with alone(TEXT) as (_, reader):
        reader.set_marks({TEXT.index("Mina"): "»", TEXT.index("The second"): "世界"})
        lines = screen(reader)
        assert [line.split()[0] for line in lines if "Mina" in line] == ["»"]
        assert all(cell_len(strip.text) == 100 for strip in strips(reader))


async def test_a_new_theme_a_new_size_and_a_new_measure_are_drawn(alone):
    async with alone(TEXT * 30, position=2_000) as (pilot, reader):
        before, row = reader._ready_canvas().palette.base, reader._caret_row()
        reader.app.theme = "briefbook-light"
        await pilot.pause()
        assert reader._ready_canvas().palette.base != before
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        assert reader._page.width == 55 and reader._caret_row() == row and reader.caret == 2_000
        reader.action_narrower()
        assert reader._page.width == 51 == reader.measure
        reader.measure = 500
        assert reader.measure == 160 and reader._page.width == 55


async def test_the_last_row_is_progress_one(alone):
    async with alone(TEXT * 30) as (_, reader):
        assert 0 < reader.progress < 0.3
        reader.action_bottom()
        assert reader.progress == 1.0


# --- motions ---------------------------------------------------------------------------------------------------

READING = (
    "line_down", "line_up", "next_sentence", "previous_sentence", "next_paragraph", "previous_paragraph",
    "half_page_down", "half_page_up", "page_down", "page_up", "top", "bottom", "next_match", "previous_match",
    "jump_back", "wider", "narrower",
)  # fmt: skip
SELECTING = tuple(name for name in dir(Reader) if name.startswith(("action_caret_", "action_take_", "action_other")))


async def test_after_any_motions_the_caret_is_in_sight_on_a_character_of_its_sentence(alone):
    async with alone(TEXT, size=(40, 9)) as (_, reader):

        @QUICK
        @given(HARD, st.lists(st.sampled_from(READING), max_size=25))
        def check(text, names):
            reader.show(make_article(text * 3))
            reader.search("a")
            for name in names:
                getattr(reader, f"action_{name}")()
                assert reader._page.cluster(reader.caret)[0] == reader.caret
                assert reader._view.row_of(reader._page.place(reader.caret)) is not None
                start, end = reader.sentence
                assert start <= reader.caret or not reader.article.text[reader.caret : start].strip()
                assert start < end

        check()


async def test_a_selection_is_whole_characters_and_just_what_is_drawn_as_selected(alone):
    async with alone(TEXT, size=(40, 40)) as (_, reader):

        @QUICK
        @given(HARD, st.integers(0, 200), st.lists(st.sampled_from(SELECTING), max_size=12))
        def check(text, offset, names):
            reader.show(make_article(text), offset)
            reader.action_select()
            for name in names:
                getattr(reader, name)()
                start, end = reader.selection
                page, whole = reader._page, reader.article.text
                assert page.cluster(start)[0] == start and page.cluster(end - 1)[1] == end
                assert start <= reader.caret < end
                looks = [(look.selection, row) for look, (_, row) in zip(reader._drawn, reader._rows, strict=True)]
                drawn = "".join(whole[slice(*part)] for part, _ in looks if part)
                assert drawn in whole[start:end]
                if len(reader._rows) < 40:
                    assert drawn == whole[start:end]

        check()


async def test_rows_skip_blank_ones_and_keep_their_cell(alone):
    async with alone(TEXT) as (_, reader):
        at(reader, "day")
        reader.action_line_down()
        first = reader.caret
        assert reader._page.cell(first)[1] == len("A heading for the ")
        reader.action_line_down()
        reader.action_line_down()
        reader.action_line_down()
        assert TEXT[slice(*reader.sentence)].startswith("The second")
        for _ in range(3):
            reader.action_line_up()
        assert reader.caret == first
        reader.action_line_up()
        reader.action_line_up()
        assert reader._page.place(reader.caret) == Place(0, 0)


async def test_each_line_down_changes_the_screen_until_the_end(alone):
    async with alone(TEXT * 20, size=(60, 15)) as (_, reader):
        for _ in range(60):
            before = strips(reader)
            reader.action_line_down()
            assert [strip.text for strip in strips(reader)] != [strip.text for strip in before]


async def test_pages_keep_two_rows_and_lead_back(alone):
    async with alone(TEXT * 20, size=(60, 15)) as (_, reader):
        first, bottom = reader.caret, screen(reader)[-2:]
        reader.action_page_down()
        assert [line.strip(" ▌▎") for line in screen(reader)[:2]] == [line.strip(" ▌▎") for line in bottom]
        reader.action_half_page_down()
        reader.action_half_page_up()
        reader.action_page_up()
        assert reader.caret == first and reader._view.top == Place(0, 0)


async def test_sentences_and_paragraphs(alone):
    async with alone(TEXT) as (_, reader):
        reader.action_next_sentence()
        reader.action_next_sentence()
        assert TEXT[slice(*reader.sentence)].startswith("She asked")
        reader.action_previous_sentence()
        assert TEXT[slice(*reader.sentence)].startswith("Mina")
        reader.action_next_paragraph()
        assert TEXT[reader.caret :].startswith("The second")
        reader.action_previous_paragraph()
        assert TEXT[reader.caret :].startswith("Mina")
        reader.action_bottom()
        last = reader.caret
        reader.action_next_sentence()
        reader.action_next_paragraph()
        assert reader.caret == last
        reader.action_top()
        assert reader.caret == 0


async def test_going_to_a_span_shows_it_with_context_and_leads_back(alone):
    text = TEXT * 60
    async with alone(text, size=(80, 20)) as (_, reader):
        target = text.index("The second", 12_000)
        reader.go_to((target, target + 10))
        assert reader.emphasis == (target, target + 10) and reader.caret == target
        row = reader._view.row_of(reader._page.place(target))
        assert row is not None and 3 <= row <= 16
        assert "The second" in marked(reader, "bold")
        reader.action_line_down()
        assert reader.emphasis is None
        reader.action_jump_back()
        assert reader.caret == 0
        reader.action_jump_back()
        assert reader.caret == 0


# --- selecting -------------------------------------------------------------------------------------------------


def selected(reader: Reader) -> str:
    return reader.article.text[slice(*reader.selection)]


async def test_selecting_by_characters_words_sentences_and_growing(alone):
    async with alone(TEXT) as (_, reader):
        at(reader, "asked")
        reader.action_select()
        assert selected(reader) == "a"
        reader.action_caret_right()
        assert selected(reader) == "as"
        reader.action_caret_word_end()
        assert selected(reader) == "asked"
        reader.action_caret_word()
        assert selected(reader) == "asked f"
        reader.action_other_end()
        reader.action_caret_word_back()
        assert selected(reader) == "She asked f"
        reader.action_take_sentence()
        assert selected(reader) == "She asked for 3.5 million crowns."
        reader.action_take_sentence()
        assert selected(reader).endswith("“We will not wait,” she said.")
        reader.action_take_paragraph()
        assert selected(reader).startswith("Mina Holt") and selected(reader).endswith("the storm.")
        reader.action_take_paragraph()
        assert selected(reader).endswith("It ends here.")
        reader.action_caret_top()
        assert selected(reader).startswith("A heading")
        reader.action_caret_bottom()
        reader.action_leave_selection()
        assert reader.selection is None
        reader.action_select_lines()
        assert selected(reader) == TEXT[slice(*reader.sentence)]


async def test_selecting_with_shift_and_arrows(alone):
    async with alone(TEXT) as (_, reader):
        start = at(reader, "Mina")
        reader.action_select_right()
        assert selected(reader) == "M"
        reader.leave_selection()
        at(reader, "Holt")
        reader.action_select_left()
        assert selected(reader) == " "
        reader.leave_selection()
        at(reader, "Mina")
        reader.action_select_down()
        assert selected(reader).startswith("Mina Holt") and selected(reader).count("\n") == 0
        reader.action_caret_line_end()
        reader.action_caret_line_start()
        assert reader.selection[0] == start


async def test_going_somewhere_else_ends_a_selection_and_says_so(alone):
    async with alone(TEXT) as (pilot, reader):
        for leave in (lambda: reader.go_to((3, 9)), lambda: reader.show(reader.article)):
            reader.action_select()
            await pilot.pause()
            leave()
            await pilot.pause()
            changes = [told.selection for told in reader.app.told if isinstance(told, Reader.SelectionChanged)]
            assert reader.selection is None and changes[-1] is None


async def test_search_extends_a_selection(alone):
    async with alone(TEXT) as (_, reader):
        reader.search("she s")
        at(reader, "Mina")
        reader.action_select()
        reader.action_caret_match()
        assert selected(reader).endswith("“We will not wait,” s")


# --- searching -------------------------------------------------------------------------------------------------


async def test_searching_as_one_types_goes_to_the_first_match_and_comes_back(alone):
    async with alone(TEXT, position=TEXT.index("She asked")) as (_, reader):
        began = reader.caret
        assert reader.search("the b") == 2
        assert TEXT[reader.caret :].startswith("the board went") and reader.match_index == 1
        assert reader.search_words == "2 of 2 matches for “the b”"
        assert marked(reader, "background").count("the b") == 2
        assert reader.search("the bx") == 0 and reader.caret == began
        assert reader.search_words == "No match for “the bx”"
        reader.search("board")
        reader.action_next_match()
        assert TEXT[reader.caret :].startswith("board on") and reader.match_index == 0
        reader.action_previous_match()
        assert TEXT[reader.caret :].startswith("board went")
        reader.clear_search()
        assert reader.search_words == "" and not len(reader.matches)
        reader.search("heading")
        reader.cancel_search()
        assert TEXT[reader.caret :].startswith("board went")
        reader.search("second")
        reader.accept_search()
        reader.search("heading")
        reader.cancel_search()
        assert TEXT[reader.caret :].startswith("second")
        reader.action_jump_back()
        assert TEXT[reader.caret :].startswith("board went")


async def test_expressions_are_found_beside_the_app(alone):
    async with alone(TEXT) as (pilot, reader):
        reader.search(r"b\w+d", regex=True)
        await reader.workers.wait_for_complete()
        await pilot.pause()
        assert len(reader.matches) == 2 and TEXT[reader.caret :].startswith("board on")
        reader.action_next_match()
        assert TEXT[reader.caret :].startswith("board went")
        reader.search("(", regex=True)
        assert "no regular expression" in reader.search_words


async def test_the_count_of_many_matches_grows_while_keys_are_served(alone):
    async with alone("a word and a word. " * 30_000) as (pilot, reader):
        known = reader.search("a")
        assert 0 < known < 90_000 and "+" in reader.search_words
        while not reader.matches.complete:
            await pilot.pause(0.01)
        assert len(reader.matches) == 90_000


# --- marks, links, keys, mouse ---------------------------------------------------------------------------------


async def test_marks_and_link_hints_by_their_keys(alone):
    async with alone(TEXT) as (pilot, reader):
        await pilot.press("j", "m", "a", "G", "apostrophe", "a")
        assert TEXT[slice(*reader.sentence)].startswith("Mina")
        await pilot.press("apostrophe", "apostrophe")
        assert TEXT[reader.caret :].startswith("https")
        await pilot.press("f")
        assert any("attps://" in line for line in screen(reader))
        await pilot.press("s")
        request = reader.app.told[-1]
        assert (request.action_id, request.argument) == ("links", "https://www.example.org/two")
        assert TEXT[slice(*request.span)] == "www.example.org/two"
        assert not any("attps://" in line for line in screen(reader))


async def test_each_article_keeps_its_letters(alone):
    async with alone(TEXT) as (_, reader):
        first = reader.article
        at(reader, "Nothing more")
        reader.set_mark("a")
        reader.show(make_article("Another article. It is short."))
        assert not reader.go_mark("a")
        reader.show(first)
        assert reader.go_mark("a") and TEXT[reader.caret :].startswith("Nothing more")


async def test_the_smallest_panes_are_survived(alone):
    async with alone(TEXT, size=(40, 10)) as (pilot, reader):
        for width, height in ((1, 1), (3, 2), (5, 1), (40, 1), (2, 30)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            for name in (
                "line_down",
                "page_down",
                "next_sentence",
                "select",
                "take_sentence",
                "leave_selection",
                "top",
            ):
                getattr(reader, f"action_{name}")()
            reader.go_to((100, 130))
            assert all(strip.cell_length == width for strip in strips(reader))


async def test_the_same_key_reads_and_selects(alone):
    async with alone(TEXT, position=TEXT.index("Mina")) as (pilot, reader):
        await pilot.press("v", "l", "l", "b", "1")
        assert reader.app.told[-1].action_id == "colour_1"
        assert [
            binding.id
            for _, binding, enabled, _ in reader.screen.active_bindings.values()
            if binding.id == "caret_down"
        ]
        await pilot.press("q")
        assert reader.selection is None
        await pilot.press("c", "4")
        request = reader.app.told[-1]
        assert (request.action_id, request.argument) == ("colour", "4")
        await pilot.press("enter")
        assert isinstance(reader.app.told[-1], Reader.Act)


async def test_counts_in_the_vim_preset_and_digits_for_colours_in_a_selection(alone):
    async with alone(TEXT, preset="vim") as (pilot, reader):
        await pilot.press("2", "right_parenthesis")
        assert TEXT[reader.caret :].startswith("She asked")
        await pilot.press("3", "G")
        assert TEXT[reader.caret :].startswith("The second")
        await pilot.press("v", "2")
        assert reader.app.told[-1].action_id == "colour_2"
        await pilot.press("6", "l")
        assert selected(reader) == "The sec"


async def test_the_mouse_puts_the_cursor_selects_and_scrolls(alone):
    async with alone(TEXT * 9) as (pilot, reader):
        y = next(y for y, line in enumerate(screen(reader)) if "Mina" in line)
        x = screen(reader)[y].index("Mina")
        await pilot.click(reader, offset=(x, y))
        assert TEXT[reader.caret :].startswith("Mina") and reader.app.told[-1].chain == 1
        await pilot.click(reader, offset=(x + 1, y), times=2)
        assert selected(reader) == "Mina"
        await pilot.click(reader, offset=(x + 1, y), times=3)
        assert selected(reader) == "Mina Holt met the board on Monday."
        await pilot.mouse_down(reader, offset=(x, y))
        await pilot.hover(reader, offset=(x + 8, y))
        await pilot.mouse_up(reader, offset=(x + 8, y))
        assert selected(reader) == "Mina Holt"
        reader.leave_selection()
        reader.on_mouse_scroll_down(events.MouseScrollDown(reader, 1, 1, 0, 1, 0, False, False, False))
        assert reader._view.top > Place(0, 0)


async def test_requests_name_the_sentence_or_the_selection(alone):
    async with alone(TEXT, position=TEXT.index("Mina")) as (pilot, reader):
        reader.action_highlight()
        reader.action_select()
        reader.action_copy_selection_cited()
        await pilot.pause()
        first, second = [message for message in reader.app.told if isinstance(message, Reader.Request)]
        assert first.action_id == "highlight" and TEXT[slice(*first.span)] == "Mina Holt met the board on Monday."
        assert second.action_id == "copy_selection_cited" and TEXT[slice(*second.span)] == "M"
