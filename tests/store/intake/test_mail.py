"""Messages and mailboxes: who, when, what; quotations and signatures as furniture; broken ones without a crash."""

import io
import tracemalloc
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.article import Article
from store.errors import IntakeError
from store.intake import begin_stdin, mail, mbox, read, read_all

Write = Callable[[str, str | bytes], str]

HEAD = """From: Ana Ruiz <ana@example.org>
Date: Tue, 4 Mar 2025 10:00:00 +0100
Subject: Water
Message-ID: <1@example.org>
"""
TEXT = "The harbour was closed on Monday.\n\nNobody was hurt.\n"


def dimmed(article: Article) -> list[str]:
    return [article.text[slice(*span)] for span in article.furniture]


def test_a_message_tells_who_when_and_what(write: Write) -> None:
    article = read(write("a.eml", f"{HEAD}List-Id: Harbour news <news.example.org>\n\n{TEXT}"))
    assert (article.title, article.byline, article.publisher) == ("Water", "Ana Ruiz", "Harbour news")
    assert (article.published, article.text) == ("2025-03-04T10:00:00+01:00", TEXT.strip())


def test_headers_in_other_alphabets_are_decoded(write: Write) -> None:
    head = "From: =?utf-8?q?J=C3=BCrgen_M?= <j@example.org>\nSubject: =?iso-8859-1?Q?H=F6he?= =?utf-8?b?w7xiZXI=?=\n"
    article = read(write("a.eml", f"MIME-Version: 1.0\n{head}\n{TEXT}"))
    assert (article.byline, article.title) == ("Jürgen M", "Höheüber")
    raw = "From: Jürgen M <j@example.org>\nSubject: Höhe\n"
    article = read(write("b.eml", f"{raw}\n{TEXT}"))
    assert (article.byline, article.title) == ("Jürgen M", "Höhe")


def test_what_is_quoted_and_signed_is_furniture(write: Write) -> None:
    body = (
        "It opens on Friday.\n\nOn Mon, 3 Mar 2025, Tom Lee wrote:\n> When does it open?\n> And who says so?\n\n"
        "So they say.\n\n-- \nAna Ruiz\nHarbour office\n"
    )
    article = read(write("a.eml", f"{HEAD}\n{body}"))
    quoted = ["On Mon, 3 Mar 2025, Tom Lee wrote:", "> When does it open?", "> And who says so?"]
    assert dimmed(article) == [*quoted, "--", "Ana Ruiz", "Harbour office"]
    assert article.text.startswith("It opens on Friday.\n\n") and "\n\nSo they say.\n\n" in article.text


def test_what_is_below_an_original_message_line_is_furniture(write: Write) -> None:
    body = "Friday.\n\n-----Original Message-----\nFrom: Tom Lee\nWhen does it open?\n"
    assert dimmed(read(write("a.eml", f"{HEAD}\n{body}")))[-1] == "When does it open?"
    rule = "A line\n\n----------------------------\n\nbelow a rule.\n"
    assert "below a rule." not in dimmed(read(write("b.eml", f"{HEAD}\n{rule}")))


def test_lines_that_were_broken_for_the_way_are_joined_and_others_not(write: Write) -> None:
    body = (
        "The harbour was closed on Monday after the water rose higher than\nanybody had seen in forty years.\n\n"
        "Ships:\n- Aurora\n- Borealis, which is a longer name\n\nAna\nQuay 7\n"
    )
    assert read(write("a.eml", f"{HEAD}\n{body}")).text == (
        "The harbour was closed on Monday after the water rose higher than anybody had seen in forty years.\n\n"
        "Ships:\n- Aurora\n- Borealis, which is a longer name\n\nAna\nQuay 7"
    )
    flowed = f"{HEAD}Content-Type: text/plain; format=flowed\n\nShort \nlines \nflow.\nThis does not.\n"
    assert read(write("b.eml", flowed)).text == "Short lines flow.\nThis does not."


def message(plain: str, html: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "ana@example.org", "Water", "<2@example.org>"
    made.set_content(plain)
    made.add_alternative(html, subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="water.pdf")
    return made.as_bytes()


def test_the_fuller_form_is_taken_and_attachments_are_named(write: Write) -> None:
    html = "<p>The harbour was closed on <b>Monday</b>.</p><blockquote type=cite><p>When?</p></blockquote><p>Now.</p>"
    article = read(write("a.eml", message("See this in a browser.", html * 3)))
    assert article.text.startswith("The harbour was closed on Monday.\n\nWhen?\n\nNow.")
    assert dimmed(article) == ["When?", "When?", "When?", "Attached: water.pdf"]
    assert read(write("b.eml", message(TEXT, "<p>Water</p>"))).text == f"{TEXT.strip()}\n\nAttached: water.pdf"


def test_a_forwarded_message_is_read_too(write: Write) -> None:
    inner = f"From: Tom Lee <t@example.org>\nSubject: Tides\n\n{TEXT}"
    parts = f"--x\n\nLook:\n--x\nContent-Type: message/rfc822\n\n{inner}--x--\n"
    article = read(write("a.eml", f'{HEAD}Content-Type: multipart/mixed; boundary="x"\n\n{parts}'))
    assert article.text == f"Look:\n\nTides · Tom Lee\n\n{TEXT.strip()}"


BOX = (
    f"From ana@example.org Tue Mar  4 10:00:00 2025\n{HEAD}\n{TEXT}>From here on it rose.\n\n"
    "From tom@example.org Wed Mar  5 10:00:00 2025\nFrom: Tom Lee <tom@example.org>\nSubject: Tides\n\nLow water.\n"
    "From then on it fell.\n\n"
    "From nobody Wed Mar  5 10:00:00 2025\nSubject: Nothing\n\n"
)


def test_a_mailbox_holds_several_articles_and_each_is_found_again(write: Write) -> None:
    path = write("a.mbox", BOX)
    first, second, third = read_all(path)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.title, first.source) == ("Water", f"{path}#1@example.org")
    assert first.text.endswith("From here on it rose.")
    assert (second.title, second.source, second.text) == ("Tides", f"{path}#2", "Low water.\nFrom then on it fell.")
    assert str(third) == f"{path}#3: there is no text in it; give a file that has some"
    assert read(path) == first and read(second.source) == second
    with pytest.raises(IntakeError, match="this article is no longer there"):
        read(f"{path}#99")


def test_messages_and_mailboxes_without_a_name_are_known_by_their_look() -> None:
    assert begin_stdin(io.BytesIO(f"{HEAD}\n{TEXT}".encode())).article.title == "Water"
    assert begin_stdin(io.BytesIO(BOX.encode())).article.title == "Water"
    assert begin_stdin(io.BytesIO(b"Title: Water\nAuthor: Ana Ruiz\n\nFrom: the sea.\n")).article.title == "Water"


def test_a_mailbox_that_is_none_is_told(write: Write) -> None:
    for name, content, why in (("a.mbox", "Water.\n", "it is no mailbox"), ("b.mbox", "", "there is no message in it")):
        with pytest.raises(IntakeError, match=why):
            read(write(name, content))


def test_a_mailbox_is_read_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST", 1_000_000)
    lines = b"From a Tue Mar 4 10:00:00 2025\nSubject: Large\n\n" + b"water " * 10 + b"\n"
    box = io.BytesIO(lines + b"w" * 20_000_000 + b"\n\n" + lines)
    tracemalloc.start()
    large, small = mbox.readings(box, "box")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(large) == "box, message 1: it has more than 0 MB; save its text and give that"
    assert not isinstance(small, IntakeError) and small.title == "Large"
    assert peak < 10_000_000


def test_a_character_set_that_is_no_name_does_not_matter(write: Write) -> None:
    head = 'MIME-Version: 1.0\nContent-Type: text/plain; charset="u\0tf"\n'
    assert read(write("a.eml", f"{head}{HEAD}\n{TEXT}")).text == TEXT.strip()


def test_a_parameter_that_cannot_be_read_is_told(write: Write) -> None:
    head = "MIME-Version: 1.0\nContent-Disposition: attachment; filename*=u\0tf''a.pdf\n"
    with pytest.raises(IntakeError, match="its headers are broken; save its text"):
        read(write("a.eml", f"{head}{HEAD}\n{TEXT}"))


def test_parts_within_parts_without_end_are_read_in_bounded_time() -> None:
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{at}"\n\n--{at}\n' for at in range(5_000))
    try:
        assert mail.read(f"{HEAD}{deep}".encode(), "deep").text == ""
    except IntakeError as error:
        assert "nested too deep" in str(error)


@settings(max_examples=100)
@given(st.binary(max_size=300), st.sampled_from([b"", b"MIME-Version: 1.0\nContent-Type: ", b"Subject: =?", b"From: "]))
def test_no_bytes_make_a_message_fail_otherwise(data: bytes, start: bytes) -> None:
    try:
        told = mail.read(start + data, "some bytes")
    except IntakeError:
        return
    assert all(0 <= start <= end <= len(told.text) for start, end in told.furniture)
