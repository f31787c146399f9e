"""Marks: found by place, one rule of precedence."""

from hypothesis import given
from hypothesis import strategies as st

from tui.reader.layers import LAYERS, PRECEDENCE, Layer, LayerSpan, runs

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: tuple(sorted(pair))), max_size=30)


@given(SPANS, st.integers(0, 60), st.integers(1, 60))
def test_the_marks_of_a_window_are_those_that_overlap_it_in_order(spans, start, length):
    layer = Layer("actors", [LayerSpan(span) for span in spans])
    wanted = [s for s in spans if s[0] < s[1] and s[0] < start + length and s[1] > start]
    wanted.sort(key=lambda span: (span[0], -span[1]))
    assert [item.span for item in layer.overlapping(start, start + length)] == wanted
    assert len(layer) == sum(1 for a, b in spans if a < b)


@given(SPANS, st.integers(0, 60))
def test_the_next_and_the_last_mark_are_found_by_their_start(spans, offset):
    layer = Layer("quotes", [LayerSpan((a, b + 3_000 * (b % 2))) for a, b in spans])
    starts = sorted(a for a, b in spans if a < b or b % 2)
    following, preceding = layer.following(offset), layer.preceding(offset)
    assert (following and following[0]) == next((start for start in starts if start >= offset), None)
    assert (preceding and preceding[0]) == next((start for start in reversed(starts) if start < offset), None)


def test_the_keys_of_a_window_come_once_and_the_nearest_to_its_start_first():
    marks = [((0, 5), "a"), ((8, 9), "b"), ((11, 14), "c"), ((12, 13), "b"), ((20, 21), "d")]
    layer = Layer("actors", [LayerSpan(span, key) for span, key in marks])
    assert layer.keys_within((4, 20)) == ["a", "b", "c"]
    assert layer.keys_within((10, 20)) == ["c", "b"]


def test_very_long_marks_are_found_too_and_lie_below_shorter_ones():
    layer = Layer(
        "highlights", [LayerSpan((10, 20), "b"), LayerSpan((0, 90_000), "a"), LayerSpan((80_000, 80_005), "c")]
    )
    assert [item.key for item in layer.overlapping(15, 16)] == ["a", "b"]
    assert [item.key for item in layer.overlapping(80_001, 80_002)] == ["a", "c"]


def test_a_mark_is_named_after_its_layer_and_style():
    layer = Layer("actors")
    assert layer.mark(LayerSpan((0, 1), style="person")) == "actors-person"
    assert layer.mark(LayerSpan((0, 1))) == "actors"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from("abc")), max_size=12))
def test_runs_cover_the_window_and_carry_just_the_marks_that_cover_them(marks):
    given_marks = [((a, b), name) for a, b, name in marks]
    found = runs(given_marks, 5, 15)
    assert [run.start for run in found] == [5, *(run.end for run in found[:-1])] and found[-1].end == 15
    for run in found:
        for offset in range(run.start, run.end):
            assert run.marks == tuple(name for (a, b), name in given_marks if a <= offset < b)


def test_the_order_of_precedence():
    assert PRECEDENCE == (
        "heading", "sentence", "furniture", "quotes", "numbers", "actors", "highlights", "search", "match", "emphasis",
        "selection", "caret", "hint",
    )  # fmt: skip
    assert set(LAYERS) < set(PRECEDENCE)


async def colours_of(alone, text, *marks):
    """The colour that each character of `text` shows, 0 for none, when highlights are drawn in the order of `marks`."""
    async with alone(text) as (pilot, reader):
        reader.set_layer("highlights", [LayerSpan(span, str(span), f"colour-{colour}") for span, colour in marks])
        await pilot.pause()
        looks = {reader._ready_canvas().palette.style((f"highlights-colour-{n}",)).bgcolor: n for n in range(1, 6)}
        row = next(y for y, (_, row) in enumerate(reader._rows) if row.end > row.start)
        cells = [looks.get(segment.style.bgcolor, 0) for segment in reader.render_line(row) for _ in segment.text]
        left = reader._ready_canvas().left
        return cells[left : left + len(text)]


async def test_two_highlights_that_overlap_are_both_seen_where_they_do_not(alone):
    text = "Nobody had asked them to come back again"
    for marks in ([((0, 20), 1), ((10, 30), 2)], [((10, 30), 2), ((0, 20), 1)]):
        shown = await colours_of(alone, text, *marks)
        assert set(shown[:10]) == {1} and set(shown[20:30]) == {2} and set(shown[10:20]) == {2}
        assert set(shown[30:]) == {0}


async def test_of_two_highlights_the_one_within_lies_on_top_however_old_it_is(alone):
    text = "Nobody had asked them to come back again"
    for inner in ((0, 12), (7, 17), (20, 39)):
        for marks in ([((0, 39), 1), (inner, 2)], [(inner, 2), ((0, 39), 1)]):
            shown = await colours_of(alone, text, *marks)
            first, last = inner
            assert set(shown[first:last]) == {2}
            assert {*shown[:first], *shown[last:39]} == {1}
