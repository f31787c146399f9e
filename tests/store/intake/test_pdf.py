"""PDF files, written by the test: paragraphs from lines, what is repeated goes, and what is refused."""

import itertools
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import IntakeError
from store.intake import pdf, pdf_layout, read
from store.intake.pdf_layout import Line

Write = Callable[[str, str | bytes], str]
Text = tuple[float, float, float, str]
"""Left, baseline, size and words."""


def made(pages: Sequence[Sequence[Text]], info: str = "", more: str = "") -> bytes:
    """A PDF with these texts in Helvetica; `info` holds properties, `more` belongs to the trailer."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, page in enumerate(pages):
        shown = "\n".join(f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in page)
        objects += [f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * at} 0 R>>"]
        objects += [f"<</Length {len(shown)}>>stream\n{shown}\nendstream"]
    objects.append(f"<<{info}>>")
    written = [b"%PDF-1.4\n"]
    written += [f"{number} 0 obj{content}endobj\n".encode("cp1252") for number, content in enumerate(objects, 1)]
    places = list(itertools.accumulate(map(len, written)))[:-1]
    out = b"".join(written)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R"
    return out + f"{end}/Info {len(objects)} 0 R{more}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def column(*lines: str, left: float = 72, top: float = 700, size: float = 10, step: float = 12) -> list[Text]:
    return [(left, top - step * at, size, line) for at, line in enumerate(lines)]


REPORT = column(
    "The harbour of Sarn was closed on Monday after the water rose higher than any-",
    "body had seen in forty years, and ships were told to wait outside the long-",
    "term moorings until the pilots come back from the other side of the bay on",
    "Friday.",
    "Nobody knows when the long-term moorings will open, said the master of the port,",
    "who has worked there since the first crane was built.",
)


def test_lines_become_paragraphs_and_divided_words_whole(write: Write) -> None:
    assert read(write("a.pdf", made([REPORT]))).text == (
        "The harbour of Sarn was closed on Monday after the water rose higher than anybody had seen in forty years, "
        "and ships were told to wait outside the long-term moorings until the pilots come back from the other side of "
        "the bay on Friday.\n\n"
        "Nobody knows when the long-term moorings will open, said the master of the port, who has worked there since "
        "the first crane was built."
    )


def test_properties_headings_and_lists(write: Write) -> None:
    page = [
        (72, 740, 20, "Water at the gates"),
        (72, 700, 14, "What happened"),
        *column("The harbour was closed.", "• Ships wait outside.", "• Pilots wait inside.", top=670),
    ]
    info = "/Title(Microsoft Word - water.docx)/Author(Ana Ruiz)/CreationDate(D:20250304120000+01'00')"
    article = read(write("a.pdf", made([page], info)))
    assert article.text == "What happened\n\nThe harbour was closed.\n\n• Ships wait outside.\n• Pilots wait inside."
    assert (article.title, article.byline, article.published) == ("Water at the gates", "Ana Ruiz", "2025-03-04")


def test_running_heads_and_page_numbers_go_and_a_sentence_runs_on(write: Write) -> None:
    def page(number: int, *lines: str) -> list[Text]:
        return [(72, 760, 8, f"Harbour report {number}"), *column(*lines), (300, 40, 8, f"- {number} -")]

    pages = [
        page(1, "The harbour was closed on Monday and all of the ships that lay there were"),
        page(2, "told to wait. It will open on Friday, when the water has gone down to the"),
        page(3, "old mark. Nobody was hurt."),
    ]
    assert read(write("a.pdf", made(pages))).text == (
        "The harbour was closed on Monday and all of the ships that lay there were told to wait. It will open on "
        "Friday, when the water has gone down to the old mark. Nobody was hurt."
    )


def test_a_contents_page_is_furniture(write: Write) -> None:
    page = column("Ships . . . . . . . . . . . . . . 3", "Cranes . . . . . . . . . . . . . . 7") + column(
        "Water.", top=600
    )
    article = read(write("a.pdf", made([page])))
    assert [article.text[slice(*span)] for span in article.furniture] == [line[3] for line in page[:2]]


def test_two_columns_are_read_one_after_the_other(write: Write) -> None:
    left = column(
        "The harbour was closed on Monday", "and the ships that lay in it had to", "wait for the pilots, who were"
    )
    right = column("on the other side of the bay and", "came back on Friday.", left=320)
    text = read(write("a.pdf", made([[*left, *right]]))).text
    assert text == (
        "The harbour was closed on Monday and the ships that lay in it had to wait for the pilots, who were on the "
        "other side of the bay and came back on Friday."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (made([[]]), "there is no text in it; it may be a scan: let a text recognition program read it"),
        (b"%PDF-1.7\n" + b"broken " * 99, "it is no PDF file, or a broken one; get it again"),
        (b"no PDF at all", "it is no PDF file, or a broken one; get it again"),
        (
            made(
                [REPORT], more=f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<41><41>]"
            ),
            "it is protected by a password; save it without one",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(write: Write, data: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read(write("a.pdf", data))
    assert f"a.pdf: {sentence}" in str(caught.value)


def test_a_broken_table_does_not_matter(write: Write) -> None:
    assert "harbour of Sarn" in read(write("a.pdf", made([REPORT]).replace(b"startxref\n", b"startxref\n9"))).text


def test_ten_thousand_pages_are_refused_at_once(write: Write) -> None:
    data = made([[]] * 10_000)
    with pytest.raises(IntakeError, match="it has 10,000 pages and briefbook reads at most 3,000; split it"):
        read(write("a.pdf", data))


def test_pages_that_take_too_long_are_given_up(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    start = time.monotonic()
    with pytest.raises(IntakeError, match="its pages could not be read in 0 seconds"):
        read(write("a.pdf", made([REPORT] * 50)))
    assert time.monotonic() - start < 5


def test_a_module_in_the_working_folder_is_not_run(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("box/a.pdf", made([REPORT]))
    write("box/json.py", "raise SystemExit('taken')")
    monkeypatch.chdir(path.rpartition("/")[0])
    assert "harbour" in read(path).text


LINES = st.builds(
    Line, st.text(min_size=1, max_size=20), *[st.floats(-1e4, 1e4)] * 3, st.floats(0, 100)
).filter(lambda line: bool(line.text.strip()))  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.lists(LINES, max_size=8), max_size=4))
def test_no_page_makes_the_layout_fail(pages: list[list[Line]]) -> None:
    words = "".join(block.text for block in pdf_layout.blocks(pages))
    assert len(words) <= 2 * sum(3 * len(line.text) + 1 for page in pages for line in page)
