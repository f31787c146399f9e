"""Archives and XML that are traps: refused, or read in bounded time and memory, with one sentence."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import IntakeError
from store.intake import archive, read_all
from store.intake.archive import Archive
from store.intake.xml_events import events

Write = Callable[[str, str | bytes], str]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = "word/document.xml"
ODT = "content.xml"
MIMETYPES = {ODT: b"application/vnd.oasis.opendocument.text", "OPS/a.xhtml": b"application/epub+zip"}
OPF = (
    '<package><manifest><item id="a" href="a.xhtml" media-type="text/html"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)


def document(name: str, content: bytes) -> bytes:
    """A Word, OpenDocument or EPUB file whose text is `content`, by the entry that holds it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if name in MIMETYPES:
            made.writestr("mimetype", MIMETYPES[name], zipfile.ZIP_STORED)
        made.writestr("META-INF/container.xml", '<c><rootfile full-path="OPS/book.opf"/></c>')
        made.writestr("OPS/book.opf", OPF)
        made.writestr(name, content)
    return out.getvalue()


def sentence(path: str) -> str:
    """Why the document is refused; it must be refused quickly and without much memory."""
    start = time.monotonic()
    tracemalloc.start()
    (outcome,) = read_all(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(outcome, IntakeError)
    assert time.monotonic() - start < 5 and peak < 200_000_000
    return str(outcome).removeprefix(f"{path}: ")


@pytest.mark.parametrize("name", [DOCX, ODT, "OPS/a.xhtml"])
def test_an_entry_that_unpacks_to_far_too_much_is_refused(write: Write, name: str) -> None:
    packer = zlib.compressobj(9)
    content = bytes(40_000_000)
    assert len(packer.compress(content) + packer.flush()) < 60_000
    assert sentence(write("a", document(name, content))).startswith("it unpacks to far more than it seems to hold")


def test_many_entries_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2_000_000)
    opened = Archive(document(DOCX, b"w" * 900_000), "a")
    assert len(opened.read(DOCX) + opened.read(DOCX)) == 1_800_000
    with pytest.raises(IntakeError, match="it unpacks to far more"):
        opened.read(DOCX)


def test_a_size_that_lies_is_not_believed(write: Write) -> None:
    data = document(DOCX, b"<w:t>" * 1_000_000)
    size = struct.pack("<L", 5_000_000)
    assert sentence(write("a.docx", data.replace(size, struct.pack("<L", 50))))
    assert sentence(write("b.docx", data.replace(size, struct.pack("<L", 0xFFFFFFF0))))


def test_a_list_of_too_many_entries_is_not_read(write: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(archive.MOST_ENTRIES + 1):
            made.writestr(f"word/{number}", b"")
    data = out.getvalue()
    assert sentence(write("a.docx", data)) == (
        "the archive that it is made of lists more than 10,000 entries; get it again, or save it as text"
    )
    # An end record that claims a list of 4 MB is refused before the list is read.
    end = bytearray(data[-22:])
    struct.pack_into("<L", end, 12, 4_000_000)
    assert "lists more than 10,000 entries" in sentence(write("b.docx", data[:-22] + bytes(4_000_000) + end))


def test_a_password_is_told(write: Write) -> None:
    data = bytearray(document(DOCX, b"x"))
    at = data.index(b"PK\1\2", data.index(b"word/document") + 30)
    while data[at + 46 : at + 46 + len(DOCX)] != DOCX.encode():
        at = data.index(b"PK\1\2", at + 4)
    data[at + 8] |= 1
    assert sentence(write("a.docx", bytes(data))) == "it is protected by a password; save it without one"


LAUGH = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha" * 9}">' for at in range(12))
OUTSIDE = '<!ENTITY a11 SYSTEM "file:///etc/passwd">'
PARAMETER = '<!ENTITY % a11 SYSTEM "http://127.0.0.1:9/x"> %a11;'


@pytest.mark.parametrize("name", [DOCX, ODT])
@pytest.mark.parametrize("entities", [LAUGH, OUTSIDE, PARAMETER])
def test_entities_are_not_followed(write: Write, name: str, entities: str) -> None:
    content = f"<!DOCTYPE d [{entities}]><d {W}><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></d>"
    assert sentence(write("a", document(name, content.encode()))) == (
        "the XML in it declares entities, which is not allowed; save it as text"
    )


@pytest.mark.parametrize("name", [DOCX, ODT])
def test_elements_within_elements_without_end_are_refused(write: Write, name: str) -> None:
    path = write("a", document(name, b"<p>" * 300_000))
    assert sentence(path) == "the XML in it is nested more than 1,000 deep; save it as text"


def test_a_document_type_alone_does_no_harm() -> None:
    text = '<!DOCTYPE a PUBLIC "-//A//B" "http://127.0.0.1:9/a.dtd"><x:a xmlns:x="y" x:b="c">d</x:a>'
    assert list(events(text.encode(), "a")) == [(1, "a", {"b": "c"}), (0, "d", {}), (-1, "a", {})]


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 600), st.sampled_from([DOCX, ODT, "OPS/a.xhtml"]))
def test_no_damage_makes_reading_fail_otherwise(damage: bytes, at: int, name: str) -> None:
    from store.intake import formats

    whole = document(name, f"<d {W}><w:p><w:r><w:t>Water.</w:t></w:r></w:p></d>".encode())
    data = whole[:at] + damage + whole[at + len(damage) :]
    try:
        list(formats.readings(data, formats.tell(data), "a"))
    except IntakeError as error:
        assert str(error).startswith("a: ")
