"""Where rows begin, measured or not."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from tui.panes.heights import BLOCK, Alike, Heights

heights = st.lists(st.integers(1, 6), min_size=1, max_size=5 * BLOCK)


@given(heights, st.lists(st.integers(0, 1000), max_size=10))
def test_what_is_asked_for_is_exact_and_the_rest_adds_up(rows, asked):
    made = Heights(len(rows), rows.__getitem__)
    for line in asked:
        index = made.row_at(line)
        made.look_around(index)
        index = made.row_at(line)
        if index < len(rows):
            assert made.top(index) <= line < made.top(index) + rows[index]
            assert made.top(index + 1) == made.top(index) + rows[index]
        else:
            assert line >= made.total
    for index in range(len(rows)):
        made.look_around(index)
    tops = [0, *accumulate(rows)]
    assert [made.top(index) for index in range(len(rows) + 1)] == tops and made.total == tops[-1]
    assert [made.row_at(line) for line in range(tops[-1])] == [i for i, lines in enumerate(rows) for _ in range(lines)]


def test_a_jump_measures_nothing_on_the_way():
    asked = []

    def measure(index):
        asked.append(index)
        return 2

    made = Heights(10_000, measure)
    assert (made.total, made.row_at(3)) == (20_000, 1)
    assert made.top(9_000) == 18_000 and made.row_at(18_001) == 9_000
    made.look_around(9_000)
    assert len(asked) == len(set(asked)) == 4 * BLOCK


def test_without_rows_there_is_nothing():
    made = Heights(0, lambda _: 1)
    made.look_around(0)
    assert (made.total, made.top(0), made.row_at(0)) == (0, 0, 0)


def test_rows_that_are_alike_are_never_measured():
    made = Alike(7, 3)
    made.look_around(3)
    assert (made.total, made.top(2), made.row_at(8)) == (21, 6, 2)
