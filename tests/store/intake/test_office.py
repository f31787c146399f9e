"""Word, OpenDocument and EPUB files, written by the test: paragraphs, lists, tables, notes and what the files tell."""

import io
import zipfile
from collections.abc import Callable

import pytest

from store.errors import IntakeError
from store.intake import read

Write = Callable[[str, str | bytes], str]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = """<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>Flood report</dc:title>
<dc:creator>Ana Ruiz</dc:creator><dcterms:created>2025-03-04T09:00:00Z</dcterms:created></cp:coreProperties>"""
STYLES = f"""<w:styles {W}>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>
<w:style w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/>
<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def zipped(entries: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def p(text: str, style: str = "", listed: str = "") -> str:
    """A paragraph of WordprocessingML; `listed` is list id and level."""
    number = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'.format(*listed) if listed else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def docx(body: str, **more: str) -> bytes:
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", "word/styles.xml": STYLES}
    parts |= {"word/numbering.xml": NUMBERING, "docProps/core.xml": CORE}
    return zipped(parts | {f"word/{name}.xml": text for name, text in more.items()})


def test_a_word_document_is_read_with_its_properties(write: Write) -> None:
    article = read(write("a.docx", docx(p("Rivers rise", "T") + p("Water came.") + p("What now", "Mine") + p("Rain."))))
    assert article.text == "Water came.\n\nWhat now\n\nRain."
    assert (article.title, article.byline, article.published) == (
        "Rivers rise",
        "Ana Ruiz",
        "2025-03-04T09:00:00+00:00",
    )


def test_word_lists_have_bullets_numbers_and_indents(write: Write) -> None:
    items = p("one", listed="10") + p("deep", listed="11") + p("two", listed="10") + p("deeper", listed="11")
    article = read(write("a.docx", docx(p("Water came.") + items + p("Dry", listed="90") + p("End."))))
    assert article.text == "Water came.\n\n3. one\n  a. deep\n4. two\n  a. deeper\n• Dry\n\nEnd."


def test_a_word_table_is_lines_and_a_layout_table_is_paragraphs(write: Write) -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    data = docx(p("Ports.") + table(("Port", "Ships"), ("Varna", "12")) + table(("A paragraph in a frame.",)))
    assert read(write("a.docx", data)).text == "Ports.\n\nPort  | Ships\nVarna |    12\n\nA paragraph in a frame."


def test_word_changes_are_taken_as_accepted_and_fields_and_breaks_as_read(write: Write) -> None:
    body = (
        "<w:p><w:r><w:t>The </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new"
        "</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>dam"
        "</w:t><w:br/><w:t>holds.</w:t></w:r></w:p>"
    )
    assert read(write("a.docx", docx(body))).text == "The new\tdam\nholds."


def test_word_notes_and_captions_are_furniture(write: Write) -> None:
    body = '<w:p><w:r><w:t>It rained.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Figure 1: Rain", "Cap")
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("See the weather office.")}</w:footnote></w:footnotes>'
    article = read(write("a.docx", docx(body, footnotes=notes)))
    dimmed = [article.text[start:end] for start, end in article.furniture]
    assert dimmed == ["Figure 1: Rain", "[1] See the weather office."]


def test_a_style_that_is_based_on_itself_ends(write: Write) -> None:
    assert read(write("a.docx", docx(p("Water.", "Loop")))).text == "Water."


def test_a_text_box_is_read_once(write: Write) -> None:
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    choice = f"<Choice>{box}</Choice><Fallback>{box}</Fallback>"
    body = f"<w:p><w:r><w:t>Around.</w:t>{choice}</w:r></w:p>"
    assert read(write("a.docx", docx(body))).text == "In a box.\n\nAround."


HUGE = "9" * 5_000
"""Digits that no number is made of: Python refuses to."""


def test_numbers_without_measure_in_a_word_document_are_taken_as_the_largest_there_are(write: Write) -> None:
    numbering = NUMBERING.replace('w:ilvl="1"', f'w:ilvl="{HUGE}"').replace(
        'w:start w:val="3"', f'w:start w:val="{HUGE}"'
    )
    body = p("Rain fell.", listed=("1", HUGE)) + f'<w:p><w:pPr><w:outlineLvl w:val="{HUGE}"/></w:pPr></w:p>' + p("Dry.")
    article = read(write("a.docx", docx(body, numbering=numbering)))
    assert [line.strip() for line in article.text.splitlines() if line] == ["a. Rain fell.", "Dry."]


ODT_META = """<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta>
<dc:title>Tide report</dc:title><meta:initial-creator>Tom Lee</meta:initial-creator>
<meta:creation-date>2025-03-04T09:00:00</meta:creation-date>
</office:meta></office:document-meta>"""


def odt(body: str, **more: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s">'
        '<office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
        f"</text:list-style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": ODT_META} | more
    )


def test_an_opendocument_text_is_read(write: Write) -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Tides</text:h>'
        "<text:p>High<text:s text:c='2'/>water<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>As measured.</text:p></text:note-body></text:note> came<text:line-break/>soon.</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep'
        "</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Port</text:p></table:table-cell><table:table-cell>"
        "<text:p>Ships</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Varna"
        "</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    article = read(write("a.odt", odt(body)))
    assert article.text == (
        "High  water came\nsoon.\n\n1. one\n  1. deep\n2. two\n\nPort  | Ships\nVarna |    12\n\n[1] As measured."
    )
    assert (article.title, article.byline, article.published) == ("Tides", "Tom Lee", "2025-03-04T09:00:00")
    assert [article.text[slice(*span)] for span in article.furniture] == ["[1] As measured."]


def test_a_protected_opendocument_text_is_told(write: Write) -> None:
    manifest = {"META-INF/manifest.xml": "<m:manifest><manifest:encryption-data/></m:manifest>"}
    with pytest.raises(IntakeError, match="it is protected by a password; save it without one"):
        read(write("a.odt", odt("", **manifest)))


CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'


def epub(chapters: dict[str, str], **more: str) -> bytes:
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    refs = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    package = (
        '<package xmlns:dc="d"><metadata><dc:title>The Harbour</dc:title><dc:creator>Ana Ruiz</dc:creator>'
        "<dc:creator>Tom Lee</dc:creator><dc:publisher>Quay Press</dc:publisher><dc:date>2025-03-04</dc:date>"
        f"<dc:language>en-GB</dc:language></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"</manifest><spine><itemref idref='nav'/>{refs}<itemref idref='gone'/></spine></package>"
    )
    pages = {f"OPS/{name}.xhtml": f"<html><body>{text}</body></html>" for name, text in chapters.items()}
    book: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    return zipped(
        {**book, "OPS/book.opf": package, "OPS/nav.xhtml": "<html><body>Contents</body></html>", **pages, **more}
    )


def test_a_book_is_one_article_with_its_chapters_in_order(write: Write) -> None:
    article = read(
        write(
            "a.epub",
            epub(
                {
                    "b2": "<h1>Dawn</h1><p>Ships &amp; cranes.</p>",
                    "a1": "<h2>Dusk</h2><p>La<i epub:type='pagebreak'>7</i>mps.</p>",
                }
            ),
        )
    )
    assert article.text == "Dawn\n\nShips & cranes.\n\nDusk\n\nLamps."
    assert (article.title, article.byline, article.publisher) == ("The Harbour", "Ana Ruiz, Tom Lee", "Quay Press")
    assert (article.published, article.language) == ("2025-03-04", "en-GB")


def test_a_protected_book_is_told_and_hidden_fonts_do_not_matter(write: Write) -> None:
    def locked(name: str) -> str:
        return f'<encryption><EncryptedData><CipherReference URI="{name}"/></EncryptedData></encryption>'

    data = epub({"a": "<p>Lamps.</p>"}, **{"META-INF/encryption.xml": locked("OPS/fonts/x.otf")})
    assert read(write("a.epub", data)).text == "Lamps."
    data = epub({"a": "<p>Lamps.</p>"}, **{"META-INF/encryption.xml": locked("OPS/a.xhtml")})
    with pytest.raises(IntakeError, match="protected against copying"):
        read(write("b.epub", data))


@pytest.mark.parametrize("name", ["a.txt", "a", "a.html", "a.epub"])
def test_a_document_is_known_by_its_bytes_whatever_it_is_called(write: Write, name: str) -> None:
    assert read(write(name, docx(p("Water.")))).text == "Water."
    assert read(write(name, odt("<text:p>Water.</text:p>"))).text == "Water."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", docx(""), "there is no text in it; give a file that has some"),
        ("a.docx", docx(p("Water."))[:300], "the archive that it is made of is broken; get it again"),
        ("a.docx", b"no archive at all", "the archive that it is made of is broken; get it again, or save it as text"),
        ("a.docx", docx("<w:p>"), "the XML in it is broken in line 1; get it again, or save it as text"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "this is an old Office file or one with a password"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "the XML in it is broken"),
        ("a.epub", zipped({"mimetype": "application/epub+zip"}), "it is no whole EPUB book; get it again"),
        ("a.zip", zipped({"a.txt": "Water."}), "this is a ZIP archive, and no Word, EPUB or"),
    ],
)  # fmt: skip
def test_a_broken_document_is_one_sentence(write: Write, name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read(write(name, data))
    assert f"{name}: {sentence}" in str(caught.value)


def test_numbers_without_measure_in_an_opendocument_text_are_taken_as_the_largest_there_are(write: Write) -> None:
    body = f'<text:h text:outline-level="{HUGE}">Rain</text:h><text:p>It<text:s text:c="{HUGE}"/>fell.</text:p>'
    assert read(write("a.odt", odt(body))).text == f"Rain\n\nIt{' ' * 100}fell."
