"""The actors pane on sentences of our own, with the real model."""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.analysis import Actor
from store.article import make_article
from store.extract.actors.pane import actors
from store.extract.parse import parse
from store.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

Read = Callable[[str], dict[str, Actor]]

REPORT = (
    "GENEVA (Reuters) - The finance minister of Norway, Ingrid Halvorsen, met Peter Lund, a lawyer from Oslo, in May. "
    "She told him that the country would pay. Norway and the United States had agreed in June, Halvorsen said.\n"
    "The U.S. delegation left Geneva before the Norwegian minister spoke."
)


@pytest.fixture(scope="module")
def read(nlp: "Language") -> Read:
    """Name to actor, in the order of the pane."""
    return lambda text: {actor.name: actor for actor in actors(parse(nlp, text), make_article(text))}


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_report_gives_its_actors_once_with_kind_and_role(read: Read) -> None:
    rows = read(REPORT)
    assert rows["Ingrid Halvorsen"].kind == "person"
    assert rows["Ingrid Halvorsen"].role == "finance minister of Norway"
    assert words(REPORT, rows["Ingrid Halvorsen"].mentions) == ["Ingrid Halvorsen", "Halvorsen"]
    assert rows["Peter Lund"].role == "lawyer from Oslo"
    assert rows["United States"].kind == "place"
    assert words(REPORT, rows["United States"].mentions) == ["United States", "U.S."]
    assert rows["United States"].aliases == ("U.S.",)


def test_the_agency_of_a_dateline_is_no_actor_and_its_place_is(read: Read) -> None:
    rows = read(REPORT)
    assert "Reuters" not in rows
    assert words(REPORT, rows["Geneva"].mentions) == ["GENEVA", "Geneva"]


def test_pronouns_go_to_the_person_of_their_gender(read: Read) -> None:
    rows = read(REPORT)
    assert "She" in words(REPORT, rows["Ingrid Halvorsen"].references)
    assert "him" in words(REPORT, rows["Peter Lund"].references)


def test_nationality_adjectives_join_and_make_no_row(read: Read) -> None:
    assert "Norwegian" in words(REPORT, read(REPORT)["Norway"].mentions)
    assert not read("A Peruvian singer met a Bolivian painter.")


def test_furniture_is_not_read(nlp: "Language") -> None:
    text = "Ada Blum opened the bridge.\nRead more: Paul Rand on rivers"
    article = make_article(text, furniture=[(28, len(text))])
    assert [actor.name for actor in actors(parse(nlp, text), article)] == ["Ada Blum"]


def test_an_acronym_joins_the_name_that_explains_it(read: Read) -> None:
    text = "The Lorn Valley Trust (LVT) met in May. Farmers asked the LVT for help, and LVT agreed."
    (row,) = read(text).values()
    assert (row.name, row.kind, row.aliases) == ("Lorn Valley Trust", "organization", ("LVT",))
    assert len(row.mentions) == 4


def test_an_agreement_is_no_actor_nor_is_its_acronym(read: Read) -> None:
    rows = read("Ministers signed the Arctic Fisheries Agreement (AFA) in Oslo. The AFA ends in June.")
    assert list(rows) == ["Oslo"]


def test_works_products_and_addresses_are_no_actors(read: Read) -> None:
    rows = read('Ada Blum wrote the novel "Riverbed" on the Lynx browser and put it on riverbed.com.')
    assert list(rows) == ["Ada Blum"]


def test_two_people_with_one_surname_stay_apart(read: Read) -> None:
    text = "Maria Keller met Thomas Keller. Mr. Keller spoke of rain. Ms. Keller spoke of snow."
    rows = read(text)
    assert words(text, rows["Thomas Keller"].mentions) == ["Thomas Keller", "Keller"]
    assert rows["Maria Keller"].mentions[1][0] > rows["Thomas Keller"].mentions[1][0]


def test_one_kind_for_a_row_whatever_its_mentions_look_like(read: Read) -> None:
    text = "Greta Holm resigned. Holm said that Holm had erred. Critics of Holm cheered, and Holm's party paid."
    rows = read(text)
    assert rows["Greta Holm"].kind == "person"
    assert len(rows["Greta Holm"].mentions) == 5


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Erik Dahl, the mayor of Lorn, resigned.", "Erik Dahl", "mayor of Lorn"),
        ("Prime Minister Erik Dahl resigned.", "Erik Dahl", "Prime Minister"),
        ("The former Swedish ambassador, Erik Dahl, resigned.", "Erik Dahl", "former Swedish ambassador"),
        (
            "Erik Dahl, founder and chief executive of Lorn Steel, resigned.",
            "Erik Dahl",
            "founder and chief executive of Lorn Steel",
        ),
        ("His brother, Erik Dahl, resigned.", "Erik Dahl", None),
        ("Erik Dahl resigned.", "Erik Dahl", None),
    ],
)
def test_roles_come_from_apposition_and_title(read: Read, sentence: str, name: str, role: str | None) -> None:
    assert read(sentence)[name].role == role


def test_references_of_organizations_and_places(read: Read) -> None:
    text = "Lorn Steel closed its mill in Sweden. The company blamed the country."
    rows = read(text)
    assert words(text, rows["Lorn Steel"].references) == ["its", "The company"]
    assert words(text, rows["Sweden"].references) == ["the country"]


def test_a_role_noun_goes_to_who_bears_the_whole_role(read: Read) -> None:
    text = "Prime Minister Erik Dahl met Finance Minister Paul Rand. The premier smiled. The finance minister left."
    rows = read(text)
    assert "The premier" in words(text, rows["Erik Dahl"].references)
    assert "The finance minister" in words(text, rows["Paul Rand"].references)


def test_first_person_in_quotation_marks_is_the_speaker(read: Read) -> None:
    text = "“I knew the risk,” said Ada Blum. “He told me so,” she added of Erik Dahl."
    rows = read(text)
    assert [word for word in words(text, rows["Ada Blum"].references) if word in ("I", "me")] == ["I", "me"]


@pytest.mark.parametrize(
    ("text", "name", "forms"),
    [
        (
            "The Lorn Foundation met. Lorn Foundation aides left.",
            "Lorn Foundation",
            ["Lorn Foundation", "Lorn Foundation"],
        ),
        (
            "The Supreme Court met. The Court ruled.",
            "Supreme Court",
            ["Supreme Court", "Court"],
        ),
        ("Ada Blum spoke. Prof. Blum left.", "Ada Blum", ["Ada Blum", "Blum"]),
        ("Ada Blum, born Ada Reed, spoke. Reed left.", "Ada Blum", ["Ada Blum", "Ada Reed", "Reed"]),
        ("Viktor Halász spoke. Halász Viktor left.", "Viktor Halász", ["Viktor Halász", "Halász Viktor"]),
        (
            "The US Navy left. The United States Navy came back.",
            "United States Navy",
            ["US Navy", "United States Navy"],
        ),
    ],
)
def test_forms_of_one_name_are_one_row(read: Read, text: str, name: str, forms: list[str]) -> None:
    assert words(text, read(text)[name].mentions) == forms


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Lorn Valley Hospital was closed.", "Lorn Valley Hospital", "place"),
        ("Lorn Valley University was closed.", "Lorn Valley University", "organization"),
        ("The Walloons and the Basques voted.", "Basques", "group"),
        ("Ms. Okonkwo voted.", "Okonkwo", "person"),
        ("He was born in Kaposvar.", "Kaposvar", "place"),
    ],
)
def test_kinds(read: Read, text: str, name: str, kind: str) -> None:
    assert read(text)[name].kind == kind


def test_the_one_interviewed_says_i(read: Read) -> None:
    text = (
        "An interview with Ada Blum\n\nThe Courier talked to Ada Blum about rivers.\n\nHow did it begin?\n\n"
        "I was a child. I saw the flood. My father took me to the dam. I never forgot it."
    )
    assert words(text, read(text)["Ada Blum"].references) == ["I", "I", "My", "me", "I"]


def test_a_quoted_he_is_not_the_speaker(read: Read) -> None:
    text = "Erik Dahl resigned. “He knew the risk,” Paul Rand said."
    rows = read(text)
    assert "He" in words(text, rows["Erik Dahl"].references)
    assert "He" not in words(text, rows["Paul Rand"].references)


def test_most_important_first_with_numbered_ids(nlp: "Language") -> None:
    text = "Ada Blum met Erik Dahl. Blum spoke. Blum left with Dahl's brother. Blum sang."
    found = actors(parse(nlp, text), make_article(text))
    assert [(actor.id, actor.name) for actor in found] == [("a1", "Ada Blum"), ("a2", "Erik Dahl")]
    assert all(0 < actor.confidence < 1 for actor in found)


def test_a_headline_in_capitals_makes_no_rows_of_its_verbs(read: Read) -> None:
    text = "Blum Seeks Early Vote As Dahl Quits Race\n\nAda Blum asked for a vote on Monday. Erik Dahl left the race."
    rows = read(text)
    assert set(rows) == {"Ada Blum", "Erik Dahl"}
    assert rows["Ada Blum"].mentions[0] == (0, 4)


def test_a_list_of_names_takes_linear_time(nlp: "Language") -> None:
    text = ". ".join(f"John Maddox{chr(97 + n % 26)}{chr(97 + n // 26)} left" for n in range(400))
    assert len(actors(parse(nlp, text), make_article(text))) > 300


PIECES = [
    *(
        "Ada Blum",
        " said",
        " she",
        " (",
        ")",
        "\n",
        "“",
        "”",
        " U.S.",
        " Mr.",
        " President",
        "\x00",
        "é",
        " 5",
        " of",
        " the",
    ),
    *(",", "-", "'s", " (ABC)", " &", " Lorn Bank", " “I", " &amp;", "\u200b", "☂", " party", " its"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join).filter(str.strip))
def test_no_text_makes_it_fail(nlp: "Language", text: str) -> None:
    article = make_article(text)
    found = actors(parse(nlp, article.text), article)
    mentions = sorted(span for actor in found for span in actor.mentions)
    assert all(0 <= start < end <= len(article.text) for start, end in mentions)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(mentions))
    assert all(actor.mentions and actor.mentions == tuple(sorted(actor.mentions)) for actor in found)
    assert all(0 <= start < end <= len(article.text) for actor in found for start, end in actor.references)
    references = [span for actor in found for span in actor.references]
    assert len(references) == len(set(references))
    assert [actor.id for actor in found] == [f"a{number}" for number in range(1, len(found) + 1)]


PLACES = {
    "Lornau": "The barge sank in Visp, Lornau and Thunau.",
    "Brask": "The crew came from the harbour at Brask.",
    "Tovel": "The flood raised the Tovel river by a metre.",
    "Quell": "He runs a depot in nearby Quell.",
    "Ruvia": "Two lorries were diverted to Ruvia on Monday.",
    "Szomor": "It is a letter of the farmer from Szomor.",
}


@pytest.mark.parametrize("name", PLACES)
def test_the_words_around_a_name_tell_a_place(read: Read, name: str) -> None:
    rows = read(PLACES[name])
    assert rows[name].kind == "place"


def test_a_place_may_go_without_what_it_is(read: Read) -> None:
    rows = read("Water runs over the Tovel Dam. Engineers surveyed Tovel in May. Tovel supplies the town with power.")
    assert (rows["Tovel Dam"].kind, rows["Tovel Dam"].aliases) == ("place", ("Tovel",))


def test_a_place_in_capitals_opens_a_dateline(read: Read) -> None:
    rows = read("BRASKVIK, Norway (Wire) - The port of Braskvik is shut. Braskvik had asked for help.")
    assert (rows["Braskvik"].kind, len(rows["Braskvik"].mentions)) == ("place", 3)


def test_who_is_called_by_the_last_name_is_a_person(read: Read) -> None:
    rows = read("Tindra Kvalsvik reads the gauges. Kvalsvik, 52, is chief forecaster. Kvalsvik will retire in June.")
    assert rows["Tindra Kvalsvik"].kind == "person"


def test_names_in_capitals_are_shown_as_they_are_written_elsewhere(read: Read) -> None:
    text = (
        "Ada Blum answered.\n\nADA BLUM: It is late.\n\nOWEN STARK, LORN RADIO: Is it?\n\n"
        "ADA BLUM: Yes.\n\nOWEN STARK, LORN RADIO: Judge, why is that?"
    )
    rows = read(text)
    assert rows["Ada Blum"].aliases == ()
    assert (rows["Owen Stark"].kind, rows["Owen Stark"].role) == ("person", None)
    assert rows["Lorn Radio"].kind == "organization"


TALL = """\
Area, Mha | Harvest, Mt
Norway    | 14.1
Runway closed | 3
Buses leave for Visby and Dublin | 4
"""


def test_tables_name_their_rows_and_not_their_heads(read: Read) -> None:
    rows = read(f"The harvest was good.\n\n{TALL}")
    assert {"Norway", "Dublin"} <= set(rows)
    assert not {"Mha", "Mt", "Area", "Harvest", "Runway", "Visby and Dublin"} & set(rows)


def test_no_row_for_what_is_no_name(read: Read) -> None:
    text = (
        "Twice\n\nFunding stands at $9 million. She was wrong twice. The Minister said so, and the Prime Minister. "
        'She spoke in German to the Dutchman.\n\nWATER RISES AGAIN AT LORN\n\n"It is," the Dutchman says.'
    )
    assert set(read(text)) <= {"Lorn"}


def test_a_headline_adds_nothing_to_a_name(read: Read) -> None:
    text = "Ada Blum Blasts Bank Over Fees\nAda Blum spoke in Oslo. Blum said that fees were too high."
    assert set(read(text)) == {"Ada Blum", "Oslo"}


def test_a_role_says_more_than_the_name(read: Read) -> None:
    rows = read("The Dam Safety Directorate, a dam safety directorate, met in Oslo.")
    assert all(row.role is None or row.role.lower() != name.lower() for name, row in rows.items())


def test_an_office_goes_back_to_its_only_bearer(read: Read) -> None:
    filler = "It rained. The road was wet. Cars stood still. Nobody came. A dog barked. "
    text = f"The Minister of Rivers, Dr. Grace Blum, spoke in Oslo. {filler}The minister left."
    assert words(text, read(text)["Grace Blum"].references)[-1] == "The minister"


def test_a_house_that_stands_alone_is_not_the_one_in_a_name(read: Read) -> None:
    rows = read("Reporters waited at the White House. The House passed the bill on Monday. The House then rose.")
    assert "House" not in rows["White House"].aliases
