"""An analysis in columns: any comes back equal, rows are made when looked at, what is spoilt is refused."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import columns
from store.analysis import ACTOR_KINDS, NUMBER_KINDS, QUOTE_KINDS, RELATIONS, Actor, Analysis, Number, Quote, to_json
from store.columns import MANY, Rows, Spans

TEXT = "Ada Blum said that 40 ships wait. “We start in May,” she said, “or never.” Bö \u2028 \ud800."

words = st.text(max_size=8) | st.just("speakers") | st.just('["speakers"')
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda ends: (min(ends), max(ends)))
several = st.lists(spans, max_size=4).map(tuple)
sure = st.floats(0, 1)
actors = st.builds(
    Actor, words, words, st.sampled_from(ACTOR_KINDS), st.none() | words, st.lists(words, max_size=3).map(tuple),
    several, several, sure,
)  # fmt: skip
numbers = st.builds(
    lambda span, own, *rest: Number(*span, TEXT[slice(*span)] if own is None else own, *rest),
    spans, st.none() | words, st.sampled_from(NUMBER_KINDS), st.integers() | st.floats(allow_nan=False),
    st.none() | st.integers() | st.floats(allow_nan=False), st.sampled_from(RELATIONS), st.none() | words,
    st.none() | words, sure,
)  # fmt: skip
quotes = st.builds(
    lambda pieces, own, *rest: Quote(
        pieces, " ".join(TEXT[start:end] for start, end in pieces) if own is None else own, *rest
    ),
    st.lists(spans, min_size=1, max_size=3).map(tuple), st.none() | words, st.sampled_from(QUOTE_KINDS),
    st.none() | spans, st.none() | spans, st.none() | words, sure,
)  # fmt: skip
analyses = st.builds(Analysis, *(st.lists(rows, max_size=4).map(tuple) for rows in (actors, numbers, quotes)))


@settings(max_examples=200)
@given(analyses)
def test_what_is_written_is_read_again(analysis: Analysis) -> None:
    lines = columns.write(analysis, TEXT)
    assert columns.read(lines, TEXT) == analysis
    assert columns.read(f'{lines}\n["speakers","",["Ada Blum"]]', TEXT) == analysis  # a line of earlier libraries
    assert to_json(columns.read(lines, TEXT)) == to_json(analysis)


@given(st.lists(spans))
def test_spans_are_a_tuple_in_all_but_size(given_spans: list[tuple[int, int]]) -> None:
    made, plain = Spans.of(given_spans), tuple(given_spans)
    assert made == plain and plain == made and hash(made) == hash(plain) and repr(made) == repr(plain)
    assert len(made) == len(plain) and tuple(made) == plain
    assert made[1:] == plain[1:] and made[::-1] == plain[::-1]
    assert [made[place] for place in range(len(plain))] == [*plain]
    assert made[-1:] == plain[-1:] and (not plain or made[-1] == plain[-1])
    with pytest.raises(IndexError):
        made[len(plain)]


def test_of_many_rows_none_is_made_before_it_is_looked_at() -> None:
    quote = Quote(((4, 8),), TEXT[4:8], "direct", speaker=(0, 3))
    analysis = Analysis(quotes=tuple(replace(quote, actor=f"a{index}") for index in range(MANY)))
    lines = columns.write(analysis, TEXT)
    assert TEXT[4:8] not in lines
    read = columns.read(lines, TEXT)
    assert isinstance(read.quotes, Rows) and read == analysis
    assert read.quotes[-1].actor == f"a{MANY - 1}" and read.quotes[5:7] == analysis.quotes[5:7]
    assert hash(read) == hash(analysis) and repr(read.quotes) == repr(analysis.quotes)
    assert [*read.quotes] == [*analysis.quotes] and read.quotes != analysis.quotes[1:]


@pytest.mark.parametrize("spoil", ["shorter", "odd", "unknown", "gone"])
def test_what_is_spoilt_is_refused(spoil: str) -> None:
    analysis = Analysis(quotes=(Quote(((0, 3),), "x", "mixed"),))
    lines = [json.loads(line) for line in columns.write(analysis, "").split("\n")]
    at = next(place for place, line in enumerate(lines) if line[:2] == ["quotes", "spans"])
    if spoil == "shorter":
        lines[at][2] = [[], []]
    elif spoil == "odd":
        lines[at][2][1].pop()
    elif spoil == "unknown":
        lines[at][0] = "letters"
    else:
        del lines[at]
    with pytest.raises((KeyError, TypeError, ValueError)):
        columns.read("\n".join(json.dumps(line) for line in lines), "")
