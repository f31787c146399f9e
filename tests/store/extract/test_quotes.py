"""Whole paragraphs through the real parser: what is quoted, by whom, and of what kind."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from store.analysis import Actor, ActorKind, Quote
from store.article import make_article
from store.extract.parse import parse
from store.extract.quotes import cues
from store.extract.quotes.pane import quotes

if TYPE_CHECKING:
    from spacy.language import Language

Find = Callable[..., tuple[Quote, ...]]


@pytest.fixture(name="find")
def find_(nlp: "Language") -> Find:
    """Gives the quotes of a text."""

    def find(text: str, *actors: Actor, furniture: tuple[tuple[int, int], ...] = ()) -> tuple[Quote, ...]:
        article = make_article(text, furniture=furniture)
        return quotes(parse(nlp, article.text), article, actors)

    return find


def only(found: tuple[Quote, ...]) -> Quote:
    assert len(found) == 1, [quote.text for quote in found]
    return found[0]


def said_by(text: str, quote: Quote) -> str | None:
    return text[slice(*quote.speaker)] if quote.speaker else None


def actor(text: str, number: int, name: str, *aliases: str, kind: ActorKind = "person", role: str = "") -> Actor:
    """An actor who is mentioned wherever one of the names stands."""
    names = re.compile("|".join(map(re.escape, (name, *aliases))))
    return Actor(f"a{number}", name, kind, role or None, aliases, tuple(match.span() for match in names.finditer(text)))


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("“The bridge is safe,” Ann Lee said.", ["The bridge is safe,"], "Ann Lee"),
        ('"The bridge is safe," said Ann Lee.', ["The bridge is safe,"], "Ann Lee"),
        ("''The bridge is safe,'' said Ann Lee.", ["The bridge is safe,"], "Ann Lee"),
        ("«The bridge is safe», said Ann Lee.", ["The bridge is safe"], "Ann Lee"),
        ("‘The bridge is safe,’ said Ann Lee.", ["The bridge is safe,"], "Ann Lee"),
        ("Ann Lee said: “The bridge is safe.”", ["The bridge is safe."], "Ann Lee"),
        ("Ann Lee told the council on Monday, “The bridge is safe.”", ["The bridge is safe."], "Ann Lee"),
        ("“The bridge,” Ann Lee said, “is safe.”", ["The bridge,", "is safe."], "Ann Lee"),
        ("“The bridge is safe,” Ann Lee said. “We tested it.”", ["The bridge is safe,", "We tested it."], "Ann Lee"),
        ("“The bridge is safe. We tested it twice,” she said.", ["The bridge is safe. We tested it twice,"], "she"),
        ("“The bridge is safe,” according to Ann Lee.", ["The bridge is safe,"], "Ann Lee"),
        ("According to Ann Lee, “the bridge is safe.”", ["the bridge is safe."], "Ann Lee"),
        ("“The bridge is safe.” — Ann Lee", ["The bridge is safe."], "Ann Lee"),
        ("“The bridge is safe,” Ann Lee, who built it, said.", ["The bridge is safe,"], "Ann Lee"),
    ],
)
def test_direct_speech(find: Find, text: str, content: list[str], speaker: str) -> None:
    quote = only(find(text))
    assert [text[start:end] for start, end in quote.spans] == content
    assert (quote.kind, said_by(text, quote)) == ("direct", speaker)
    assert quote.text == " ".join(content)


@pytest.mark.parametrize(
    ("text", "content", "speaker", "cue"),
    [
        ("Ann Lee said that the bridge was safe.", "that the bridge was safe", "Ann Lee", "said"),
        ("The bridge was safe, Ann Lee said.", "The bridge was safe", "Ann Lee", "said"),
        ("According to Ann Lee, the bridge was safe.", "the bridge was safe", "Ann Lee", "According"),
        ("The bridge was safe, according to engineers.", "The bridge was safe", "engineers", "according"),
        ("The mayor promised to repair the old bridge.", "to repair the old bridge", "The mayor", "promised"),
        ("The mayor wants the council to repair the bridge.", "the council to repair the bridge", "The mayor", "wants"),
        ("The mayor rejected the plan for a new bridge.", "the plan for a new bridge", "The mayor", "rejected"),
        ("His claim that the bridge was safe is wrong.", "that the bridge was safe", "His", "claim"),
        ("She is worried about the state of the bridge.", "the state of the bridge", "She", "worried"),
    ],
)
def test_reported_speech(find: Find, text: str, content: str, speaker: str, cue: str) -> None:
    quote = only(find(text))
    assert (quote.text, quote.kind, said_by(text, quote)) == (content, "indirect", speaker)
    assert quote.cue is not None
    assert text[slice(*quote.cue)] == cue


def test_the_plan_is_split_by_its_cue(find: Find) -> None:
    quote = only(find("The bridge, she said, would be closed for a year."))
    assert quote.text == "The bridge would be closed for a year"


def test_conjoined_cues_share_their_speaker(find: Find) -> None:
    text = "Ann Lee said that the bridge was safe and added that it would open soon."
    assert [said_by(text, quote) for quote in find(text)] == ["Ann Lee", "Ann Lee"]


def test_a_participle_takes_the_speaker_of_its_clause(find: Find) -> None:
    text = "Ann Lee rejected the plan, saying that the bridge was safe."
    assert ("Ann Lee", "that the bridge was safe") in [(said_by(text, quote), quote.text) for quote in find(text)]


def test_the_outer_of_two_nested_cues_speaks(find: Find) -> None:
    text = "Ann Lee said that the mayor believes that the bridge is safe."
    assert said_by(text, only(find(text))) == "Ann Lee"


def test_a_quoted_part_makes_a_clause_mixed_and_keeps_its_marks(find: Find) -> None:
    quote = only(find("Ann Lee said that the bridge was “perfectly safe.”"))
    assert (quote.kind, quote.text) == ("mixed", "that the bridge was “perfectly safe.”")


def test_two_cues_make_two_quotations(find: Find) -> None:
    text = "“The bridge is safe,” Ann Lee said. “We shall open it soon,” she added."
    assert [said_by(text, quote) for quote in find(text)] == ["Ann Lee", "she"]


def test_a_quotation_runs_over_paragraphs(find: Find) -> None:
    quote = only(find("Ann Lee said: “The bridge is safe.\n\n“We tested it twice.”"))
    assert quote.text == "The bridge is safe. We tested it twice."


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “smart bridge” was built in 1990.",
        "They sang “Jolene” on the bridge.",
        "The bridge opened in 1990 and was closed last year.",
    ],
)
def test_scare_quotes_titles_and_plain_sentences_are_no_quotes(find: Find, text: str) -> None:
    assert find(text) == ()


def test_a_dateline_does_not_speak(find: Find) -> None:
    text = "LEEDS (AP) — Ann Lee said that the bridge was safe."
    assert said_by(text, only(find(text))) == "Ann Lee"


def test_a_dateline_with_a_date_does_not_speak(find: Find) -> None:
    text = "Leeds, York – May 3, 2025 – Ann Lee today announced that the bridge was safe."
    assert said_by(text, only(find(text))) == "Ann Lee"


@pytest.mark.parametrize("number", ["4.", "(4)", "b)", "•"])
def test_the_number_of_an_item_does_not_speak(find: Find, number: str) -> None:
    text = f"The council,\n\n{number} Decides to close the bridge;"
    assert [said_by(text, quote) for quote in find(text)] in ([None], [])


def test_signs_stay_with_their_figures(find: Find) -> None:
    text = "Ann Lee said that bills would rise by 60%. She wants £9 million."
    assert [quote.text for quote in find(text)] == ["that bills would rise by 60%", "£9 million"]


def test_who_is_meant_is_not_said(find: Find) -> None:
    assert not find("The judge sentenced him.")


def test_who_says_i_is_not_she(nlp: "Language") -> None:
    text = "Ann Lee spoke.\n\n“I am glad,” Ann Lee said.\n\nWhen I met Eve Moss, she told me that it was safe."
    lee = replace(actor(text, 1, "Ann Lee"), references=tuple(m.span() for m in re.finditer(r"\b(?:I|me)\b", text)))
    moss = replace(actor(text, 2, "Eve Moss"), references=tuple(m.span() for m in re.finditer("she", text)))
    article = make_article(text)
    assert quotes(parse(nlp, text), article, (lee, moss))[-1].actor == "a2"


def test_a_name_after_a_role_is_who_has_it(find: Find) -> None:
    text = "The town's MP, Greg Hollis (Con), has asked the Culture Secretary, Lisa Moran, to step in."
    assert find(text, actor(text, 1, "Greg Hollis"))[0].actor == "a1"


def test_a_transcript_names_its_speakers(find: Find) -> None:
    text = "LEE: The bridge is safe.\nPARK: Who tested it?\nLEE: Two engineers did."
    found = find(text + "\nAnn Lee and Tom Park met in Leeds.")
    assert [said_by(text, quote) for quote in found][:3] == ["LEE", "PARK", "LEE"]
    assert (found[0].text, found[0].kind) == ("The bridge is safe.", "direct")


def test_words_that_are_said_to_be_of_somebody(find: Find) -> None:
    quote = only(find("It was, in the words of one engineer, “like an earthquake.”"))
    assert (quote.kind, quote.text) == ("mixed", "It was like an earthquake.")


def test_that_before_a_quotation_is_not_part_of_it(find: Find) -> None:
    quote = only(find("Ann Lee said that “the bridge is safe.”"))
    assert (quote.kind, quote.text) == ("direct", "the bridge is safe.")


def test_single_marks_quote_beside_double_ones(find: Find) -> None:
    text = "‘The bridge is safe,’ said Ann Lee, who had called it a “death trap” before."
    assert find(text)[0].text == "The bridge is safe,"


def test_furniture_is_left_out(find: Find) -> None:
    text = "Read more: Ann Lee said that the bridge was safe."
    assert find(text, furniture=((0, len(text)),)) == ()


def test_a_pronoun_is_who_spoke_before(find: Find) -> None:
    text = (
        "“The bridge is safe,” Ann Lee said.\nTom Park had built it with Eve Moss in 1990.\n"
        "“We tested it twice,” she said.\n“I doubt it,” Park replied. “It shakes,” he said."
    )
    lee, park, moss = actor(text, 1, "Ann Lee"), actor(text, 2, "Tom Park", "Park"), actor(text, 3, "Eve Moss")
    assert [quote.actor for quote in find(text, lee, park, moss)] == ["a1", "a1", "a2", "a2"]


def test_a_role_noun_is_the_actor_of_that_role(find: Find) -> None:
    text = "Ann Lee and Tom Park met.\n“The bridge is safe,” the mayor said.\nThe finance minister said it was dear."
    lee = actor(text, 1, "Ann Lee", role="mayor of Leeds")
    park = actor(text, 2, "Tom Park", role="foreign minister")
    assert [quote.actor for quote in find(text, lee, park)] == ["a1", None]


def test_a_relative_pronoun_is_its_antecedent(find: Find) -> None:
    text = "The council met Ann Lee, who said that the bridge was safe."
    assert only(find(text, actor(text, 1, "Ann Lee"))).actor == "a1"


def test_who_became_the_subject_since_is_the_pronoun(find: Find) -> None:
    text = "“The bridge is safe,” Tom Park said.\nJohn Moss walked over it. “It shakes,” he said."
    park, moss = actor(text, 1, "Tom Park"), actor(text, 2, "John Moss")
    assert [quote.actor for quote in find(text, park, moss)] == ["a1", "a2"]


def test_who_is_only_spoken_of_is_not_the_pronoun(find: Find) -> None:
    text = "“John Moss built the bridge,” Tom Park said.\n“It is safe,” he added."
    park, moss = actor(text, 1, "Tom Park"), actor(text, 2, "John Moss")
    assert [quote.actor for quote in find(text, park, moss)] == ["a1", "a1"]


def test_a_signature_in_the_next_paragraph_names_the_speaker(find: Find) -> None:
    text = "“The bridge was never safe in my opinion.”\n— Ann Lee\nThe council met."
    assert said_by(text, find(text)[0]) == "Ann Lee"


def test_according_to_is_said_of_the_whole_sentence(find: Find) -> None:
    text = "The mayor said that the bridge was safe, according to two of his aides."
    quote = only(find(text))
    assert (quote.text, said_by(text, quote)) == ("The mayor said that the bridge was safe", "two of his aides")


def test_figures_after_names_are_no_transcript(find: Find) -> None:
    assert find("Ann Lee: 12.\nTom Park: 14.\nAnn Lee: 20.\nTom Park: 3.") == ()


def test_one_line_teaches_a_cue(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ann Lee yodels that the bridge is safe."
    assert find(text) == ()
    lines = files("store.extract.quotes").joinpath(cues.FILE).read_text(encoding="utf-8")
    taught = cues.read(tomllib.loads(lines.replace("\n[verb]\n", "\n[verb]\nyodel = { clause = 80 }\n")))
    monkeypatch.setattr("store.extract.quotes.pane.cues", lambda: taught)
    assert only(find(text)).text == "that the bridge is safe"


def test_figures_that_a_firm_reports_are_not_said(find: Find) -> None:
    assert not find("Acme Foods reported second-quarter revenue of 5 million euros.")


def test_a_semicolon_ends_what_is_reported(find: Find) -> None:
    text = "Two firms told us that they would close; one, a baker in Lorn, said that it had closed."
    assert [quote.text for quote in find(text)] == ["that they would close", "that it had closed"]


def test_a_bracket_stays_whole(find: Find) -> None:
    text = "The Union of Lorn Bakers (ULB) wants a one-off payment of 1,500 lei (300 euros)."
    quote = only(find(text))
    assert quote.text == "a one-off payment of 1,500 lei (300 euros)"
    assert said_by(text, quote) == "The Union of Lorn Bakers (ULB)"


def test_a_question_put_to_somebody_is_not_part_of_the_answer(find: Find) -> None:
    text = "Asked whether the bridge was safe, Ann Lee laughed. “We have tested it twice this year.”"
    assert [quote.text for quote in find(text)] == ["whether the bridge was safe", "We have tested it twice this year."]


def test_the_full_stop_of_a_title_ends_no_sentence(find: Find) -> None:
    text = "Asked why the bridge was closed, Eng. Ann Lee said that it was not safe."
    assert said_by(text, find(text)[-1]) == "Eng. Ann Lee"


def test_a_word_before_a_colon_in_a_headline_is_no_speaker(find: Find) -> None:
    assert not find("Wealth Before Health: Ada Blum Crosses the Old Bridge\nIt rained in May.")
