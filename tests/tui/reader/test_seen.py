"""What of a text was on the screen: as a set of its characters, in fewer words."""

from hypothesis import given
from hypothesis import strategies as st

from tui.reader.seen import Seen

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=12)


@given(SPANS, st.sampled_from([0.0, 0.25, 1.0]))
def test_it_is_what_a_set_of_characters_would_be(spans, before):
    seen, naive = Seen(60, before), set(range(round(60 * before)))
    for start, end in spans:
        seen.add(start, end)
        naive |= set(range(start, end))
        assert seen.share == len(naive) / 60
        assert len(seen._spans) <= len(naive) + len(spans) + 1


def test_an_empty_text_was_never_seen():
    assert Seen(0, 1.0).share == 0.0
