"""What the reader put right, applied to an analysis."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.analysis import ACTOR_KINDS, Actor, Analysis, Number, Quote, from_json, to_json
from store.anchoring import describe
from store.annotation import Correction, CorrectionKind, Pane, Scope
from store.article import Article, make_article
from store.corrections import check, corrected
from store.corrections.figure import read_figure, write_figure
from store.errors import NotebookError
from store.home import Home
from store.notebook import Notebook

TEXT = (
    "Mayor Ida Holm opened the bridge. Holm praised the Tolby Works. "
    "“It will stand,” said Holm. Jon Holm, her brother, paid 12 crowns at noon.\n"
    "The Works said it cost 3 million. He agreed that it was dear.\n"
)


def spot(words: str, nth: int = 0) -> tuple[int, int]:
    """Where the words stand for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


ARTICLE = make_article(TEXT, title="Bridge")
HOLM = (spot("Ida Holm"), spot("Holm", 1), spot("Holm", 2), spot("Holm", 3))
ANALYSIS = Analysis(
    actors=(
        Actor("a1", "Ida Holm", "person", "Mayor", ("Holm",), HOLM),
        Actor("a2", "Tolby Works", "organization", None, (), (spot("Tolby Works"),)),
        Actor("a3", "Works", "organization", None, (), (spot("Works", 1),), confidence=0.4),
    ),
    numbers=(
        Number(*spot("12 crowns"), "12 crowns", "count", 12),
        Number(*spot("3 million"), "3 million", "count", 3_000_000),
    ),
    quotes=(
        Quote((spot("It will stand,"),), "It will stand,", "direct", spot("Holm", 2), spot("said"), "a1"),
        Quote((spot("it cost 3 million"),), "it cost 3 million", "indirect", spot("The Works"), spot("said", 1), "a3"),
        Quote((spot("it was dear"),), "it was dear", "indirect", spot("He"), spot("agreed that"), None),
    ),
)  # fmt: skip


@pytest.fixture
def notebook(home: Home) -> Notebook:
    return Notebook(home, ARTICLE)


def put_right(
    notebook: Notebook,
    kind: CorrectionKind,
    pane: Pane,
    span: tuple[int, int],
    value: str = "",
    name: str = "",
    scope: Scope = "here",
) -> Analysis:
    """The analysis after that correction and those before."""
    notebook.add_correction(kind, pane, span, value=value, name=name, scope=scope)
    return corrected(ANALYSIS, notebook.corrections, ARTICLE)


def names(analysis: Analysis) -> list[str]:
    return [actor.name for actor in analysis.actors]


def test_rename_keeps_the_old_name_as_another(notebook: Notebook) -> None:
    after = put_right(notebook, "rename", "actors", spot("Holm", 1), "Ida Marie Holm", "Ida Holm")
    assert after.actors[0].name == "Ida Marie Holm"
    assert after.actors[0].aliases == ("Ida Holm", "Holm")
    assert after.actors[0].confidence == 1.0


def test_merge_joins_mentions_and_quotes(notebook: Notebook) -> None:
    after = put_right(notebook, "merge", "actors", spot("Works", 1), "Tolby Works", "Works")
    assert names(after) == ["Ida Holm", "Tolby Works"]
    assert after.actors[1].mentions == (spot("Tolby Works"), spot("Works", 1))
    assert after.actors[1].aliases == ("Works",)
    assert after.quotes[1].actor == "a2"


def test_merge_into_a_name_that_is_none_renames(notebook: Notebook) -> None:
    after = put_right(notebook, "merge", "actors", spot("Works", 1), "Tolby Bridge Works", "Works")
    assert names(after) == ["Ida Holm", "Tolby Works", "Tolby Bridge Works"]


def test_split_lets_the_mentions_of_a_name_leave(notebook: Notebook) -> None:
    after = put_right(notebook, "split", "actors", spot("Holm", 1), "Holm", "Ida Holm")
    assert after.actors[0].mentions == (spot("Ida Holm"),)
    assert (after.actors[-1].name, len(after.actors[-1].mentions)) == ("Holm", 3)
    assert after.quotes[0].actor == after.actors[-1].id == "a4"


def test_split_by_another_name_takes_the_one_mention(notebook: Notebook) -> None:
    after = put_right(notebook, "split", "actors", spot("Jon Holm"), "Jon Holm", "Ida Holm")
    assert (after.actors[-1].name, after.actors[-1].mentions) == ("Jon Holm", (spot("Holm", 3),))
    assert after.quotes[0].actor == "a1"


def test_reject_leaves_its_quotes_without_actor(notebook: Notebook) -> None:
    after = put_right(notebook, "reject", "actors", spot("Ida Holm"), name="Ida Holm")
    assert names(after) == ["Tolby Works", "Works"]
    assert after.quotes[0].actor is None
    assert after.speaker_name(after.quotes[0], TEXT) == "Holm"


def test_another_kind(notebook: Notebook) -> None:
    assert put_right(notebook, "kind", "actors", spot("Works", 1), "place", "Works").actors[2].kind == "place"
    assert put_right(notebook, "kind", "numbers", spot("12 crowns"), "money").numbers[0].kind == "money"
    assert put_right(notebook, "kind", "quotes", spot("it was dear"), "mixed").quotes[2].kind == "mixed"


def test_a_selection_becomes_an_actor_wherever_it_stands(notebook: Notebook) -> None:
    after = put_right(notebook, "add", "actors", spot("bridge"), "place")
    assert (after.actors[-1].name, after.actors[-1].kind, after.actors[-1].mentions) == (
        "bridge",
        "place",
        (spot("bridge"),),
    )


def test_a_selection_takes_its_words_from_another_actor(notebook: Notebook) -> None:
    after = put_right(notebook, "add", "actors", spot("The Works"), "organization")
    assert names(after) == ["Ida Holm", "Tolby Works", "The Works"]
    assert after.quotes[1].actor is None


def test_figures(notebook: Notebook) -> None:
    after = put_right(notebook, "set-value", "numbers", spot("12 crowns"), "~ 12 to 15 DKK")
    number = after.numbers[0]
    assert (number.value, number.high, number.relation, number.unit, number.kind) == (12, 15, "~", "DKK", "money")
    after = put_right(notebook, "reject", "numbers", spot("3 million"))
    assert len(after.numbers) == 1
    after = put_right(notebook, "add", "numbers", spot("noon"), "12 hour")
    assert [(number.text, number.value) for number in after.numbers] == [("12 crowns", 12), ("noon", 12)]


def test_speakers(notebook: Notebook) -> None:
    after = put_right(notebook, "set-speaker", "quotes", spot("it was dear"), "Jon Holm")
    assert after.speaker_name(after.quotes[2], TEXT) == "Jon Holm"
    assert after.actors[-1].mentions == (spot("Jon Holm"),)
    assert after.quotes[2].speaker is None
    after = put_right(notebook, "set-speaker", "quotes", spot("It will stand"), "")
    assert after.speaker_name(after.quotes[0], TEXT) == ""
    after = put_right(notebook, "reject", "quotes", spot("it cost 3 million"))
    assert len(after.quotes) == 2


def test_a_selection_becomes_a_quote(notebook: Notebook) -> None:
    after = put_right(notebook, "add", "quotes", spot("praised the Tolby Works"), "Ida Holm")
    quote = after.quotes[0]
    assert (quote.text, quote.kind, quote.actor) == ("praised the Tolby Works", "indirect", "a1")
    after = put_right(notebook, "add", "quotes", spot("“It will stand,”"), "Ida Holm")
    assert [(quote.text, quote.kind) for quote in after.quotes[:2]][1] == ("It will stand,", "direct")
    assert len(after.quotes) == 4


def test_the_last_word_stands_and_undo_gives_the_machine_its_word_back(notebook: Notebook) -> None:
    put_right(notebook, "rename", "actors", spot("Ida Holm"), "A", "Ida Holm")
    assert names(put_right(notebook, "rename", "actors", spot("Ida Holm"), "B", "A"))[0] == "B"
    notebook.undo()
    notebook.undo()
    assert corrected(ANALYSIS, notebook.corrections, ARTICLE) == ANALYSIS


def test_it_stays_right_when_the_article_changes(notebook: Notebook) -> None:
    notebook.add_correction("rename", "actors", spot("Tolby Works"), value="Tolby Works Ltd", name="Tolby Works")
    notebook.add_correction("reject", "numbers", spot("12 crowns"))
    lead = "Corrected version.\n"
    moved = make_article(lead + TEXT, title="Bridge", id=ARTICLE.id)
    shifted = shift(ANALYSIS, len(lead))
    after = corrected(shifted, notebook.corrections, moved)
    assert names(after) == ["Ida Holm", "Tolby Works Ltd", "Works"]
    assert len(after.numbers) == 1


def shift(analysis: Analysis, by: int) -> Analysis:
    """The same analysis of a text that has `by` more characters in front."""
    actors = tuple(
        replace(actor, mentions=tuple((start + by, end + by) for start, end in actor.mentions))
        for actor in analysis.actors
    )
    numbers = tuple(replace(number, start=number.start + by, end=number.end + by) for number in analysis.numbers)
    return Analysis(actors, numbers)


def test_everywhere_goes_by_names_in_other_articles(notebook: Notebook) -> None:
    notebook.add_correction(
        "rename", "actors", spot("Holm", 1), value="Ida Marie Holm", name="Ida Holm", scope="everywhere"
    )
    notebook.add_correction("add", "actors", spot("bridge"), value="place", scope="everywhere")
    notebook.add_correction(
        "set-speaker", "quotes", spot("It will"), value="Jon Holm", name="Ida Holm", scope="everywhere"
    )
    notebook.add_correction("reject", "actors", spot("Works", 1), name="Works")
    text = "Works were at the bridge. IDA HOLM said no. Works."
    other = make_article(text, title="Other")
    start = text.index("IDA HOLM")
    analysis = Analysis(
        (
            Actor("a1", "IDA HOLM", "person", None, (), ((start, start + 8),)),
            Actor("a2", "Works", "group", None, (), ((0, 5),)),
        ),
        (),
        (Quote(((text.index("no"), text.index("no") + 2),), "no", "indirect", (start, start + 8), None, "a1"),),
    )
    after = corrected(analysis, notebook.corrections, other)
    assert names(after) == ["Ida Marie Holm", "Works", "bridge", "Jon Holm"]
    assert after.speaker_name(after.quotes[0], text) == "Jon Holm"


@pytest.mark.parametrize(
    ("kind", "pane", "value", "scope"),
    [
        ("merge", "quotes", "x", "here"),
        ("kind", "actors", "robot", "here"),
        ("add", "actors", "", "here"),
        ("rename", "actors", " ", "here"),
        ("set-value", "numbers", "many", "here"),
        ("set-value", "numbers", "7", "everywhere"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    notebook: Notebook, kind: CorrectionKind, pane: Pane, value: str, scope: Scope
) -> None:
    with pytest.raises(NotebookError):
        notebook.add_correction(kind, pane, spot("bridge"), value=value, scope=scope)
    assert notebook.corrections == ()


@pytest.mark.parametrize(
    ("typed", "value", "high", "relation", "unit", "kind"),
    [
        ("1200", 1200, None, "=", None, None),
        ("1,200.5 km", 1200.5, None, "=", "km", None),
        ("about 1.47 billion USD", 1_470_000_000, None, "~", "USD", "money"),
        ("$ 3 million", 3_000_000, None, "=", "USD", "money"),
        ("5-7 %", 5, 7, "=", "percent", "percent"),
        ("at least 3 to 4 degrees Celsius", 3, 4, ">=", "degrees Celsius", None),
        ("-2.5", -2.5, None, "=", None, None),
        ("down 4 percent", 4, None, "down", "percent", "percent"),
    ],
)
def test_figures_are_read_as_typed(
    typed: str, value: float, high: float | None, relation: str, unit: str | None, kind: str | None
) -> None:
    figure = read_figure(typed)
    assert (figure.value, figure.high, figure.relation, figure.unit, figure.kind) == (value, high, relation, unit, kind)
    number = Number(0, 1, "x", "count", figure.value, figure.high, figure.relation, figure.unit)
    assert read_figure(write_figure(number)) == figure


def test_a_figure_of_any_length_is_written_out_or_refused() -> None:
    with pytest.raises(NotebookError, match="too many digits"):
        read_figure("1" + 5_000 * "0" + " USD")
    assert read_figure("9" * 40).value == 10**40 - 1


def test_a_name_is_added_wherever_it_stands_apart_from_others() -> None:
    text = "Ann Lee met Lee. Lee and Ann Lee left; Lees stayed. " * 400
    whole = tuple(match.span() for match in re.finditer("Ann Lee", text))
    analysis = Analysis(actors=(Actor("a1", "Ann Lee", "person", None, (), whole),))
    article = make_article(text)
    place = (text.index("Lee."), text.index("Lee.") + 3)
    one = Correction("c", "add", "actors", describe(text, *place), "group", created="2026-01-01")
    added = corrected(analysis, [one], article).actors[1]
    alone = [match.span() for match in re.finditer(r"(?<!Ann )\bLee\b", text)]
    assert (added.name, [*added.mentions]) == ("Lee", alone)


@pytest.mark.parametrize("typed", ["", "many", "$", "1.2.3.", "NaN"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(NotebookError, match="not a figure"):
        read_figure(typed)


def any_correction(article: Article) -> st.SearchStrategy[Correction]:
    """A correction of any kind at any place, also one that a hand-edited file may hold."""
    words = st.sampled_from(["Ida Holm", "Holm", "Works", "Jon Holm", "", "person", "3 %", "x"])
    places = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 40))
    kinds = st.sampled_from(["rename", "merge", "split", "reject", "add", "kind", "set-speaker", "set-value"])
    panes = st.sampled_from(["actors", "numbers", "quotes"])

    def make(
        kind: CorrectionKind, pane: Pane, place: tuple[int, int], value: str, name: str, scope: Scope
    ) -> Correction:
        start, end = place[0], min(len(TEXT), sum(place))
        selector = replace(describe(TEXT, start, end), version=article.text_hash)
        return Correction("c", kind, pane, selector, value, name, scope)

    return st.builds(make, kinds, panes, places, words, words, st.sampled_from(["here", "everywhere"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(any_correction(ARTICLE), max_size=5))
def test_whatever_is_put_right_the_analysis_stays_sound(corrections: list[Correction]) -> None:
    after = corrected(ANALYSIS, corrections, ARTICLE)
    assert from_json(to_json(after)) == after
    ids = [actor.id for actor in after.actors]
    assert len(set(ids)) == len(ids)
    assert all(actor.name and actor.kind in ACTOR_KINDS for actor in after.actors)
    assert all(quote.actor is None or quote.actor in ids for quote in after.quotes)
    assert list(after.numbers) == sorted(after.numbers, key=lambda number: number.span)
    assert all(0 <= start < end <= len(TEXT) for actor in after.actors for start, end in actor.mentions)


def test_a_correction_that_is_sound_passes_the_check(notebook: Notebook) -> None:
    made = notebook.add_correction("rename", "actors", spot("Holm"), value="X", name="Ida Holm")
    check(made)


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("$65.4bn", 65_400_000_000, "USD"), ("$5m", 5_000_000, "USD"), ("5 m", 5, "m"),
        ("2.5 Million people", 2_500_000, "people"),
        ("3k", 3_000, None), ("5 km", 5, "km"), ("65.4 billion dollars", 65_400_000_000, "dollars"),
    ],
)  # fmt: skip
def test_scale_words_may_be_short_and_are_told_from_units(typed: str, value: int, unit: str | None) -> None:
    figure = read_figure(typed)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("value", "written"),
    [(1_500_000_000, "1.5 billion"), (1_234_567, "1,234,567"), (-3_000_000, "-3 million"), (2.5, "2.5")],
)
def test_a_figure_is_offered_as_a_person_would_write_it(value: float, written: str) -> None:
    assert write_figure(Number(0, 1, "x", "count", value)) == written
