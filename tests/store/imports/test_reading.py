"""Files of other programs: each is recognised by what is in it, read in full, and refused in one sentence if wrong."""

import io
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.annotation import Highlight
from store.errors import ImportingError
from store.imports import Bundle, jsonl, reading

KINDLE = {
    "en": (
        "- Your Highlight on page 27 | location 398-399 | Added on Thursday, 24 August 2017 22:31:50",
        "- Your Note on page 27 | location 399 | Added on Thursday, August 24, 2017 10:32:10 PM",
        "- Your Bookmark at location 400 | Added on Thursday, 24 August 2017 22:33:00",
    ),
    "de": (
        "- Ihre Markierung auf Seite 27 | bei Position 398-399 | Hinzugefügt am Donnerstag, 24. August 2017 22:31:50",
        "- Ihre Notiz auf Seite 27 | bei Position 399 | Hinzugefügt am Donnerstag, 24. August 2017 22:32:10",
        "- Ihr Lesezeichen bei Position 400 | Hinzugefügt am Donnerstag, 24. August 2017 22:33:00",
    ),
    "fr": (
        "- Votre surlignement sur la page 27 | emplacement 398-399 | Ajouté le jeudi 24 août 2017 22:31:50",
        "- Votre note sur la page 27 | emplacement 399 | Ajouté le jeudi 24 août 2017 22:32:10",
        "- Votre signet à l'emplacement 400 | Ajouté le jeudi 24 août 2017 22:33:00",
    ),
    "es": (
        "- La subrayado en la página 27 | posición 398-399 | Añadido el jueves, 24 de agosto de 2017 22:31:50",
        "- Tu nota en la página 27 | posición 399 | Añadido el jueves, 24 de agosto de 2017 22:32:10",
        "- Tu marcador en la posición 400 | Añadido el jueves, 24 de agosto de 2017 22:33:00",
    ),
    "it": (
        "- La tua evidenziazione a pagina 27 | posizione 398-99 | Aggiunto in data giovedì 24 agosto 2017 22:31:50",
        "- La tua nota a pagina 27 | posizione 399 | Aggiunto in data giovedì 24 agosto 2017 22:32:10",
        "- Il tuo segnalibro alla posizione 400 | Aggiunto in data giovedì 24 agosto 2017 22:33:00",
    ),
    "pt": (
        "- Seu destaque na página 27 | posição 398-399 | Adicionado: quinta-feira, 24 de agosto de 2017 22:31:50",
        "- Sua nota na página 27 | posição 399 | Adicionado: quinta-feira, 24 de agosto de 2017 22:32:10",
        "- Seu marcador ou posição 400 | Adicionado: quinta-feira, 24 de agosto de 2017 22:33:00",
    ),
}


def bundles(data: bytes | str | Any) -> list[Bundle]:
    if not isinstance(data, (bytes, str)):
        data = json.dumps(data)
    data = data.encode() if isinstance(data, str) else data
    found = list(reading.read(io.BytesIO(data)).bundles)
    assert all(isinstance(one, Bundle) for one in found), found
    return [one for one in found if isinstance(one, Bundle)]


def clippings(*records: tuple[str, str], end: str = "\r\n", title: str = "Harbours (And Ports) (Lind, Mara)") -> bytes:
    text = "".join(f"{title}{end}{what}{end}{end}{words}{end}=========={end}" for what, words in records)
    return b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize("language", KINDLE)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_clippings_in_every_language(language: str, end: str) -> None:
    highlight, note, bookmark = KINDLE[language]
    (one,) = bundles(clippings((bookmark, ""), (note, "Ask them."), (highlight, "Ships wait."), end=end))
    assert (one.origin.title, one.origin.byline) == ("Harbours (And Ports)", "Lind, Mara")
    (made,) = one.highlights
    assert made.selector.exact == "Ships wait." and made.created == "2017-08-24T22:31:50.000Z"
    assert [(item.text, item.highlight, item.created) for item in one.notes] == [
        ("Ask them.", made.id, "2017-08-24T22:32:10.000Z")
    ]


def test_a_highlight_that_was_changed_is_there_once_and_the_longest() -> None:
    what = "- Your Highlight on page 2 | location {} | Added on Thursday, 24 August 2017 22:31:50"
    data = clippings(
        (what.format("10-11"), "Ships wait"), (what.format("30-31"), "Other words"),
        (what.format("10-12"), "Ships wait for days."), (what.format("10-12"), "Something else there"),
    )  # fmt: skip
    (one,) = bundles(data)
    words = [made.selector.exact for made in one.highlights]
    assert words == ["Ships wait for days.", "Other words", "Something else there"]


def test_a_note_alone_and_a_limit_are_no_highlights() -> None:
    what = "- Your {} on page 7 | Added on Thursday, 24 August 2017 22:31:50"
    limit = "<You have reached the clipping limit for this item>"
    (one,) = bundles(clippings((what.format("Note"), "Alone."), (what.format("Highlight"), limit), title="No author"))
    assert one.highlights == () and [note.highlight for note in one.notes] == [None] and one.origin.byline == ""


def test_a_note_is_on_the_highlight_that_ends_or_stands_around_it() -> None:
    what = "- Your {} on location {} | Added on Thursday, 24 August 2017 22:31:50"
    marks = (("40-60", "Wide words"), ("10-20", "Early words"), ("50-52", "Inner words"), ("900-900", "Late words"))
    notes = (("20", "early"), ("51", "wide"), ("52", "inner"), ("5", "alone"), ("61", "alone"), ("900", "late"))
    data = [(what.format("Note", place), words) for place, words in notes]
    data += [(what.format("Highlight", place), words) for place, words in marks]
    (one,) = bundles(clippings(*data))
    words = {made.id: made.selector.exact.split()[0].lower() for made in one.highlights}
    assert {(note.text, words.get(note.highlight or "", "alone")) for note in one.notes} == {
        (text, text) for _, text in notes
    }


@pytest.mark.parametrize("place", ["", " on page 7"])
def test_many_clippings_of_one_place_take_no_time(place: str) -> None:
    what = f"- Your Highlight{place} | Added on Thursday, 24 August 2017 22:31:50"
    records = [(what, f"Ship {number} waits for its crew.") for number in range(4_000)]
    (one,) = bundles(clippings(*records, records[-1]))
    assert len(one.highlights) == 4_000


def test_koreader_one_book_and_several() -> None:
    entry = {"text": "Ships wait.", "note": "Ask.", "time": 1503613910, "page": 3, "color": "blue", "drawer": "lighten"}
    book = {"title": "Harbours", "author": "M. Lind", "entries": [entry, {"text": "", "note": ""}, 5]}
    (one,) = bundles(book)
    assert (one.highlights[0].colour, one.highlights[0].created) == (4, "2017-08-24T22:31:50.000Z")
    assert one.notes[0].highlight == one.highlights[0].id and one.skipped == 2
    several = bundles({"created_on": 1, "documents": [book, {**book, "title": "Ports"}]})
    assert [bundle.origin.title for bundle in several] == ["Harbours", "Ports"]


def test_readwise_as_it_goes_in_and_as_it_comes_out() -> None:
    into = "Highlight,Title,Author,URL,Note,Location,Date\n"
    into += (
        '"Ships, ""all"" wait.",Harbours,M. Lind,https://x.example/a,".todo .b-c\nAsk.\n.5",12,2025-04-02 08:00:00\n'
    )
    (one,) = bundles(into)
    (made,) = one.highlights
    assert made.selector.exact == 'Ships, "all" wait.' and made.tags == ("todo", "b-c") and made.selector.start == 12
    assert one.notes[0].text == "Ask.\n.5" and made.created == "2025-04-02T08:00:00.000Z"
    out = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at\n"
    out += 'Ships wait.,Harbours,M. Lind,,Plain note,blue,"a,b c",page,3,2025-04-02 08:00:00+02:00\n\n'
    (one,) = bundles("\ufeff" + out)
    (made,) = one.highlights
    assert (made.colour, made.tags, made.created) == (4, ("a", "b c"), "2025-04-02T06:00:00.000Z")
    (one,) = bundles("Highlight\nShips wait.\n")
    assert one.origin.title == "" and one.highlights[0].tags == ()


def test_hypothesis_with_replies_and_page_notes() -> None:
    selectors = [
        {"type": "RangeSelector", "startContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 12, "end": 22},
        {"type": "TextQuoteSelector", "exact": "Ships wait", "prefix": "they say: ", "suffix": " for days"},
    ]
    page = {"uri": "https://x.example/a", "document": {"title": ["Harbours"]}, "created": "2025-04-02T08:00:00.1+02:00"}
    root = page | {"id": "AbC", "text": "Ask.", "tags": ["x", "#y"], "target": [{"selector": selectors}]}
    reply = page | {"id": "r", "text": "They did.", "references": ["AbC"], "target": [{"source": "x"}], "tags": []}
    alone = page | {"id": "p", "text": "On the page.", "tags": ["z"], "target": [{"source": "x"}]}
    (one,) = bundles({"annotations": [reply, root, alone, {}, 7]})[:1]
    (made,) = one.highlights
    assert one.utf16 and (made.tags, made.created) == (("x", "y"), "2025-04-02T06:00:00.100Z")
    assert (made.selector.prefix, made.selector.start) == ("they say: ", 12)
    assert {note.text: note.highlight for note in one.notes} == {
        "Ask.": made.id, "They did.": made.id, "On the page.": None
    }  # fmt: skip


QUOTE = {"type": "TextQuoteSelector", "exact": "Ships wait", "prefix": "a ", "suffix": " b"}
TARGET = {"source": {"id": "https://x.example/a"}, "selector": QUOTE}


@pytest.mark.parametrize(
    ("annotation", "tags", "notes"),
    [
        ({"target": TARGET, "bodyValue": "Ask."}, (), ["Ask."]),
        ({"target": ["https://x.example/b", TARGET], "body": {"type": "TextualBody", "value": "Ask."}}, (), ["Ask."]),
        ({"target": TARGET, "body": [{"value": "t", "purpose": ["tagging"]}, {"value": "Ask."}]}, ("t",), ["Ask."]),
        ({"target": TARGET, "motivation": "tagging", "body": {"value": "t"}}, ("t",), []),
        ({"target": TARGET, "body": "https://x.example/comment"}, (), ["https://x.example/comment"]),
        ({"target": TARGET, "body": {"type": "Choice", "items": [{"value": "A"}, {"value": "B"}]}}, (), ["A", "B"]),
        ({"target": {"source": "https://x.example/a", "selector": [
            {"type": "FragmentSelector", "value": "x", "refinedBy": QUOTE}]}}, (), []),
    ],
)  # fmt: skip
def test_annotations_of_others(annotation: dict[str, Any], tags: tuple[str, ...], notes: list[str]) -> None:
    made = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://a.example/1",
        "type": "Annotation",
    } | annotation
    for data in (made, [made], {"type": "AnnotationPage", "items": [made]},
                 {"type": ["AnnotationCollection"], "first": {"type": "AnnotationPage", "items": [made]}}):  # fmt: skip
        (one,) = bundles(data)
        assert one.origin.source == "https://x.example/a" and not one.ours
        assert one.highlights[0].selector.exact == "Ships wait" and one.highlights[0].tags == tags
        assert [note.text for note in one.notes] == notes


def test_the_same_file_gives_the_same_ids() -> None:
    data = clippings((KINDLE["en"][0], "Ships wait."), (KINDLE["en"][1], "Ask."))
    assert bundles(data) == bundles(data)


DEEP = "[" * 100_000
BAD = [
    ("", "nothing in it"), ("   \n", "nothing in it"), ("Just some words.\nAnd more.", "no format"), ("{", "not JSON"),
    ('{"a": 1}', "no format"), ("[]", "no format"), (DEEP, "too deep"), (f'{{"annotations": {DEEP}', "too deep"),
    ('{"annotations": [' + "9" * 5_000 + "]}", "too long"), (b'{"annotations": "\xff\xfe"}', "not UTF-8"),
    (b"\x89PNG\r\n\x1a\n\0\0", "no format"), ("Name,Date\na,b\n", "no format"), ('"Highlight\x00', "no format"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), BAD)
def test_what_is_wrong_is_one_sentence(data: str | bytes, says: str) -> None:
    with pytest.raises(ImportingError, match=says):
        bundles(data)


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(ImportingError, match="larger than"):
        bundles('{"annotations": [' + " " * 200 + "]}")


def test_a_damaged_line_is_named_and_the_others_come_in() -> None:
    good = json.dumps({"id": "a" * 12, "text": "Ships wait.", "highlights": [], "notes": []})
    broken = json.dumps({"text": "x", "highlights": [{"id": 1}], "notes": []})
    lines = [good, "{", DEEP, broken, "[]", '{"highlights": [7], "notes": []}', "", good]
    found = list(reading.read(io.BytesIO("\n".join(lines).encode())).bundles)
    assert [isinstance(one, Bundle) for one in found] == [True, False, False, False, False, False, True]
    assert "line 2 cannot be taken in (it is not JSON)" in str(found[1]) and "too deep" in str(found[2])


def test_a_cell_without_end_is_told() -> None:
    found = list(reading.read(io.BytesIO(b'Highlight\nfirst\n"' + b"x" * 1_100_000)).bundles)
    assert isinstance(found[0], Bundle) and "came in" in str(found[1])


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("TextQuoteSelector"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "type", "id", "target", "source", "selector", "exact", "body", "value", "items", "annotations", "entries",
            "documents", "text", "note", "time", "uri", "document", "title", "references", "tags", "refinedBy", "start",
            "briefbook:article", "briefbook:colour", "briefbook:tags", "created", "styleClass", "first", "highlights",
        ]), inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(ANY, st.sampled_from(["jsonld", "hypothesis", "koreader", "jsonl"]))
@example({"selector": True}, "hypothesis")
def test_no_json_breaks_a_reader(data: Any, name: str) -> None:
    wrapped = {
        "jsonld": {"type": "AnnotationPage", "items": [{"type": "Annotation", "target": data, "body": data}, data]},
        "hypothesis": {"annotations": [{"target": [data], "text": "x"}, {"target": data, "document": data}, data]},
        "koreader": {
            "documents": [{"entries": [data]}, data, {"entries": [{"text": "x", "time": data, "color": data}]}]
        },
        "jsonl": {"highlights": [data], "notes": [data], "furniture": data, "text": data},
    }[name]
    try:
        found = list(reading.read(io.BytesIO(json.dumps(wrapped).encode())).bundles)
    except ImportingError:
        return
    for one in found:
        if isinstance(one, Bundle):
            for made in one.highlights:
                assert isinstance(made, Highlight) and made.selector.exact.strip() and made.colour in range(1, 6)
                assert 0 <= made.selector.start < made.selector.end
        else:
            assert name == "jsonl"


def test_first_lines_decide() -> None:
    assert jsonl.recognises({"highlights": [], "notes": []}) and not jsonl.recognises([])
