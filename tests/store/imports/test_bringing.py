"""Bundles into notebooks: the right article, the right place, nothing twice, nothing lost."""

import io
import json
from typing import Any

import pytest

from store.annotation import Note, new_id
from store.article import Article, make_article
from store.export import Export, load
from store.home import Home
from store.imports import Bundle, reading
from store.imports.bringing import Report, bring
from store.imports.matching import Shelf
from store.library import Library
from store.notebook import Notebook, Placed
from store.notefile import notes_files
from store.stub import NOTICE, is_stub

TEXT = "Harbour plan 🎈 approved\nShips wait for days, the council said.\nShips wait for weeks, said Ms Lind.\n"
URL = "https://news.example/harbour?id=7"
ARTICLE = make_article(TEXT, title="Harbour plan approved", source=URL)


def hypothesis(*marks: tuple[str, str], uri: str = URL + "&utm_source=x", title: str = "Harbour") -> bytes:
    def annotation(number: int, exact: str, text: str) -> dict[str, Any]:
        start = TEXT.find(exact)
        quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": TEXT[max(0, start - 32) : max(0, start)]}
        quote["suffix"] = TEXT[start + len(exact) :][:32] if start >= 0 else ""
        units = len(TEXT[: max(0, start)].encode("utf-16-le")) // 2
        place = {"type": "TextPositionSelector", "start": units, "end": units + len(exact)}
        target = [{"source": uri, "selector": [place, quote]}]
        document = {"title": [title]}
        return {"id": f"n{number}", "uri": uri, "target": target, "text": text, "tags": ["h"], "document": document}

    return json.dumps({"annotations": [annotation(n, *mark) for n, mark in enumerate(marks)]}).encode()


def take_in(home: Home, data: bytes | str, *, rehearse: bool = False) -> list[Report]:
    data = data.encode() if isinstance(data, str) else data
    with Library(home.library) as library:
        shelf = Shelf(home, library)
        found = reading.read(io.BytesIO(data)).bundles
        return [bring(shelf, bundle, rehearse=rehearse) for bundle in found if isinstance(bundle, Bundle)]


def put(home: Home, article: Article) -> Article:
    with Library(home.library) as library:
        return library.put(article)


def placed(home: Home, article: Article) -> tuple[Placed, ...]:
    return Notebook(home, article).placed()


def everything(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in notes_files(home)}


@pytest.fixture
def known(home: Home) -> Article:
    return put(home, ARTICLE)


def test_a_page_is_known_by_its_canonical_address_and_passages_by_their_words(home: Home, known: Article) -> None:
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", "Ask."), ("words that are gone from it", "")))
    assert (report.highlights, report.notes, report.not_found, report.is_new) == (2, 1, 1, False)
    first, gone = placed(home, known)
    start = TEXT.index("Ships wait for weeks")
    assert first.span == (start, start + 20) and first.grade == "exact" and first.highlight.tags == ("h",)
    assert first.highlight.selector.version == known.text_hash
    assert gone.grade == "orphan" and gone.highlight.selector.exact == "words that are gone from it"


def test_utf16_offsets_tell_two_equal_passages_apart(home: Home, known: Article) -> None:
    data = json.loads(hypothesis(("Ships wait", ""), ("Ships wait", "")))
    second = TEXT.rindex("Ships wait")
    place, _ = data["annotations"][1]["target"][0]["selector"]
    place |= {"start": second + 1, "end": second + 11}  # one more unit, for the balloon
    for one in data["annotations"]:
        one["target"][0]["selector"][1] |= {"prefix": "", "suffix": ""}
    take_in(home, json.dumps(data).encode())
    assert [item.span for item in placed(home, known)] == [(TEXT.index("Ships"), TEXT.index("Ships") + 10),
                                                           (second, second + 10)]  # fmt: skip


def test_a_second_import_changes_nothing_and_one_undo_takes_all_back(home: Home, known: Article) -> None:
    data = hypothesis(("Ships wait for weeks", "Ask."), ("gone words that nobody said", "x"))
    take_in(home, data)
    before = everything(home)
    (again,) = take_in(home, data)
    assert (again.highlights, again.notes, again.changed, again.known) == (0, 0, 0, 4)
    assert everything(home) == before
    notebook = Notebook(home, known)
    assert notebook.undo() == "2 highlights and 2 notes imported"
    assert notebook.placed() == () and notebook.notes == ()


def test_a_highlight_that_is_here_gets_what_is_new(home: Home, known: Article) -> None:
    notebook = Notebook(home, known)
    start = TEXT.index("Ships wait for weeks")
    own = notebook.add_highlight((start, start + 20), 3, ["mine"])
    notebook.add_note("Ask.", own.id)
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", " Ask. ")))
    assert (report.highlights, report.notes, report.changed, report.known) == (0, 0, 1, 1)
    (item,) = placed(home, known)
    assert item.highlight.id == own.id and item.highlight.tags == ("mine", "h") and item.highlight.colour == 3
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", "Another note.")))
    assert (report.highlights, report.notes) == (0, 1)


def test_tags_that_a_program_wrote_its_own_way_are_no_new_ones(home: Home, known: Article) -> None:
    notebook = Notebook(home, known)
    start = TEXT.index("Ships wait for weeks")
    own = notebook.add_highlight((start, start + 20), 1, ["who  Pays"])
    notebook.add_note("Ask.", own.id, ["todo"])
    row = f'Highlight,Title,URL,Note\nShips wait for weeks,x,{URL},"{{}}"\n'
    (report,) = take_in(home, row.format(".who-pays .todo\nAsk."))
    assert (report.changed, report.known) == (0, 2)
    (report,) = take_in(home, row.format(".who-pays .new\nAsk."))
    assert report.changed == 1 and placed(home, known)[0].highlight.tags == ("who Pays", "new")


def test_a_rehearsal_writes_nothing(home: Home, known: Article) -> None:
    files = {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file() and "db" not in path.name}
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", "Ask.")), rehearse=True)
    (other,) = take_in(home, hypothesis(("Other words", ""), uri="https://other.example/"), rehearse=True)
    assert report.highlights == other.highlights == 1 and other.is_new and other.article == ""
    now = {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file() and "db" not in path.name}
    assert now == files
    with Library(home.library) as library:
        assert len(library.entries()) == 1


def test_a_page_that_is_not_here_comes_as_its_quotes_and_finds_its_text_when_opened(home: Home) -> None:
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", "Ask."), ("Harbour plan", "")))
    assert report.is_new and report.is_stub and report.not_found == 0
    with Library(home.library) as library:
        stub = library.get(report.article)
    assert stub is not None and is_stub(stub) and stub.text == f"{NOTICE}\nShips wait for weeks\nHarbour plan"
    assert stub.title == "Harbour" and stub.furniture == ((0, len(NOTICE)),)
    assert [item.span for item in placed(home, stub)] == [(99, 119), (120, 132)]  # what stood around them is not here
    opened = put(home, ARTICLE)
    assert opened.id == stub.id
    assert [item.highlight.selector.exact for item in placed(home, opened) if item.grade != "orphan"] == [
        "Harbour plan", "Ships wait for weeks"
    ]  # fmt: skip
    assert placed(home, opened)[1].span == (TEXT.index("Ships wait for weeks"), TEXT.index(" weeks") + 6)
    take_in(home, hypothesis(("Ships wait for weeks", "Ask."), ("Harbour plan", ""), ("the council said", "")))
    with Library(home.library) as library:
        assert not is_stub(library.get(report.article) or stub)


def test_clippings_of_a_book_grow_in_one_place(home: Home) -> None:
    def clippings(*words: str) -> str:
        what = "- Your Highlight on page {0} | location {0} | Added on Thursday, 24 August 2017 22:31:50"
        return "".join(f"Ports (M. Lind)\n{what.format(n + 1)}\n\n{text}\n==========\n" for n, text in enumerate(words))

    (first,) = take_in(home, clippings("Ships wait."))
    (second,) = take_in(home, clippings("Ships wait.", "Cranes stand still."))
    assert first.article == second.article and (second.highlights, second.known) == (1, 1)
    with Library(home.library) as library:
        (entry,) = library.entries()
        book = library.get(entry.id)
    assert book is not None and book.byline == "M. Lind" and book.text.endswith("Ships wait.\nCranes stand still.")
    assert all(item.span for item in placed(home, book))


def test_a_title_is_enough_where_one_of_both_is_no_web_page(home: Home) -> None:
    local = put(home, make_article(TEXT, title="Harbour  plan", source="/desk/harbour.txt"))
    row = "Highlight,Title,URL\nShips wait for weeks,harbour plan,{}\n"
    (report,) = take_in(home, row.format("https://x.example/a"))
    assert report.article == local.id and report.not_found == 0
    put(home, make_article("Another.", title="Harbour plan", source="/desk/other.txt"))
    (report,) = take_in(home, row.format("https://x.example/b"))
    assert report.is_new


def test_two_web_pages_of_one_title_stay_apart(home: Home, known: Article) -> None:
    (report,) = take_in(home, "Highlight,Title,URL\nShips wait,Harbour plan approved,https://other.example/a\n")
    assert report.is_new and report.article != known.id


def test_notes_that_lost_their_article_are_joined(home: Home, known: Article) -> None:
    Notebook(home, known).add_highlight((0, 7))
    with Library(home.library) as library:
        library.remove(known.id)
    (report,) = take_in(home, hypothesis(("Ships wait for weeks", "")))
    assert report.article == known.id and len(everything(home)) == 1
    with Library(home.library) as library:
        stub = library.get(known.id)
    assert stub is not None and stub.text == f"{NOTICE}\nHarbour\nShips wait for weeks" and stub.source == URL
    assert stub.title == known.title and all(item.span for item in placed(home, stub))
    assert len(placed(home, put(home, ARTICLE))) == 2


def test_notes_that_lost_their_article_are_known_by_a_text_of_it(home: Home) -> None:
    first = put(home, make_article("Of a draft.", title="Harbour plan approved", source="/desk/harbour.txt"))
    second = put(home, make_article(TEXT, title="Harbour plan approved", source="/desk/harbour.txt"))
    assert first.id == second.id
    Notebook(home, second).add_highlight((0, 7))
    with Library(home.library) as library:
        library.remove(second.id)
    data = "".join(load("jsonld").pieces([Export(make_article(TEXT, title="x"), notes=(Note(new_id(), "Ask."),))]))
    (report,) = take_in(home, data)
    assert (report.article, report.source) == (second.id, second.source) and len(everything(home)) == 1
    (report,) = take_in(home, data.replace(second.text_hash, "0" * 64))
    assert report.article == "0" * 12


def test_clippings_of_a_book_that_was_taken_out_come_back_under_its_id(home: Home) -> None:
    row = "Highlight,Title,Author\n{},Ports,M. Lind\n"
    (first,) = take_in(home, row.format("Ships wait."))
    with Library(home.library) as library:
        library.remove(first.article)
    (second,) = take_in(home, row.format("Cranes stand still."))
    assert second.article == first.article and second.is_new
    with Library(home.library) as library:
        book = library.get(second.article)
    assert book is not None and book.text == f"{NOTICE}\nShips wait.\nCranes stand still."


def by_position(name: str, article: Article, span: tuple[int, int], source: str = "") -> str:
    """One annotation that tells of its passage only where it stands in the text of `article`."""
    source = source or f"urn:sha256:{article.text_hash}"
    selector = [{"type": "TextPositionSelector", "start": span[0], "end": span[1]}]
    if name == "hypothesis":
        target = [{"source": source, "selector": selector}]
        return json.dumps(
            {"annotations": [{"id": "p1", "uri": source, "target": target, "text": "Ask.", "tags": ["t"]}]}
        )
    body = [{"type": "TextualBody", "value": "Ask."}, {"value": "t", "purpose": "tagging"}]
    target = {"source": source, "selector": selector}
    return json.dumps({"id": "https://a.example/p1", "type": "Annotation", "body": body, "target": target})


@pytest.mark.parametrize("name", ["hypothesis", "jsonld"])
def test_a_position_counts_in_the_text_that_the_file_names(home: Home, known: Article, name: str) -> None:
    start = TEXT.index("Ships wait for weeks")
    units = 1 if name == "hypothesis" else 0
    data = by_position(name, known, (start + units, start + 10 + units))
    changed = put(home, make_article(f"New lead.\n{TEXT}", title="Harbour plan approved", source=URL))
    (report,) = take_in(home, data)
    assert (report.article, report.highlights, report.notes, report.skipped) == (known.id, 1, 1, 0)
    (item,) = placed(home, changed)
    assert item.span == (start + 10, start + 20) and item.highlight.selector.exact == "Ships wait"
    assert item.highlight.tags == ("t",) and Notebook(home, changed).notes_on(item.highlight.id)[0].text == "Ask."
    assert take_in(home, data)[0].known == 2


@pytest.mark.parametrize("name", ["hypothesis", "jsonld"])
def test_a_position_in_a_text_that_nobody_knows_is_a_note_on_the_article(home: Home, known: Article, name: str) -> None:
    for data in (
        by_position(name, known, (0, 7), URL),
        by_position(name, known, (len(TEXT), len(TEXT) + 9)),
        by_position(name, known, (7, 8)),
    ):
        (report,) = take_in(home, data)
        assert (report.article, report.highlights) == (known.id, 0)
    (note, *more) = Notebook(home, known).notes
    assert (note.text, note.highlight, note.tags) == ("Ask.", None, ("t",)) and not more
    (report,) = take_in(home, by_position(name, make_article("Unknown."), (0, 7)))
    assert report.is_stub and report.notes == 1 and report.highlights == 0


def test_a_hostile_article_id_leads_nowhere(home: Home, known: Article) -> None:
    selector = {"exact": "Ships", "prefix": "", "suffix": "", "start": 0, "end": 5, "version": ""}
    mark = {"id": "../../x", "selector": selector, "colour": 1, "tags": [], "created": "", "modified": ""}
    for id_ in ("../../../etc/x", "", known.id, "corrections"):
        data = {"id": id_, "title": "T", "text": f"Ships wait. {id_}", "highlights": [mark], "notes": []}
        (report,) = take_in(home, json.dumps(data))
        assert report.article != known.id and report.highlights == 1
    assert all(path.parent == home.notes for path in notes_files(home))
    assert len(notes_files(home)) == 4


def test_a_thousand_highlights_are_one_write(home: Home) -> None:
    text = "\n".join(f"Sentence number {number} stands here." for number in range(10_000))
    lines = "".join(f"Sentence number {number} stands here.,Big,{number}\n" for number in range(0, 10_000, 10))
    put(home, make_article(text, title="Big"))
    (report,) = take_in(home, "Highlight,Title,Location\n" + lines)
    assert report.highlights == 1_000 and report.not_found == 0
