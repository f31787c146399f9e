"""Where rows begin, measured or not."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from tui.panes.heights import Heights

heights = st.lists(st.integers(1, 6), min_size=1, max_size=60)


@given(heights, st.lists(st.integers(0, 400), max_size=10))
def test_any_order_of_asking_gives_the_same(rows, lines):
    tops = [0, *accumulate(rows)]
    made = Heights(len(rows), rows.__getitem__)
    for line in lines:
        index = made.row_at(line)
        assert index == max(i for i, top in enumerate(tops) if top <= line)
        assert made.top(min(index, len(rows))) == tops[min(index, len(rows))]
    made.more(len(rows))
    assert made.complete and made.total == tops[-1]


def test_only_what_is_asked_for_is_measured():
    asked = []

    def measure(index):
        asked.append(index)
        return 2

    made = Heights(10_000, measure)
    made.more(5)
    assert (made.total, made.complete, made.row_at(3)) == (20_000, False, 1)
    assert made.row_at(21) == 10 and asked == list(range(11))


def test_rows_that_are_alike_are_never_measured():
    made = Heights(7, lambda _: 1 / 0, alike=3)
    assert (made.total, made.top(2), made.row_at(8), made.complete) == (21, 6, 2, True)
