"""Bytes to text: every text comes back from every encoding it is saved in, and what is no text is named."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import IntakeError
from store.intake.decoding import declared_charset, decode

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
PROSE = "Der Minister sagte: „Wir prüfen das.“ Müller zahlte 1,2 Mio. € – sofort.\n"
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@given(ANY_TEXT, st.sampled_from(sorted(MARKED)))
@settings(max_examples=60)
def test_any_text_comes_back_behind_a_byte_order_mark(text: str, encoding: str) -> None:
    # An empty UTF-16 text before two zero characters would be UTF-32's mark: no text begins so.
    assert decode(MARKED[encoding] + text.encode(encoding), "it") == text


@given(ANY_TEXT.filter(lambda text: not text.startswith(("\ufeff", "%PDF-", "{\\rtf", "PK\x03\x04", "GIF8", "BZh9"))))
@settings(max_examples=60)
def test_any_text_comes_back_from_utf8(text: str) -> None:
    assert decode(text.encode(), "it") == text


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=["Cc", "Cn"]), max_size=80))
@settings(max_examples=60)
def test_prose_comes_back_from_utf16_without_a_mark(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode((PROSE * 3 + text).encode(encoding), "it") == PROSE * 3 + text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "The café’s owner said – in French – that the price was €5. " * 20 + "It rained all day long. " * 20,
            "cp1252",
        ),
        ("Der Minister sagte, die Prüfung müsse größer werden. Die Straße bleibt offen. " * 10, "cp1252"),
        ("Министр заявил о новых мерах поддержки экономики страны. " * 10, "cp1251"),
        ("大臣は新しい政策について説明した。記者会見は東京で開かれた。" * 10, "shift_jis"),
    ],
)
def test_old_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "it") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café naïve résumé", "latin-1"),
        ("Müller", "cp1252"),
        ("L’hôtel fêtait déjà Noël : « Nous n’avons pas été prévenus », a dit le maire.", "cp1252"),
        ("Größere Schiffe müssen über Nacht draußen bleiben, erklärte die Bürgermeisterin.", "cp1252"),
        ("¿Por qué no avisó nadie? El señor Núñez pidió más información para mañana.", "cp1252"),
        ("A situação é provisória e não há reuniões amanhã.", "cp1252"),
        ("Åtta båtar låg kvar på ön när stormen nådde hamnen.", "cp1252"),
        ("Wójt gminy powiedział, że większość mieszkańców popiera budowę drogi. " * 3, "cp1250"),
        ("Ściany szkoły są już gotowe, a dach położą jeszcze w październiku. " * 3, "iso8859-2"),
        ("Příští týden začne rekonstrukce nádraží, řekl včera ředitel dráhy. " * 3, "cp1250"),
        ("A híd építése jövő ősszel kezdődik, közölte a főmérnök. " * 3, "cp1250"),
        ("Belediye başkanı köprünün ilkbaharda açılacağını söyledi.", "cp1254"),
        ("Мэр города заявил, что новый мост откроют весной.", "cp1251"),
        ("Мэр города заявил, что новый мост откроют весной.", "koi8-r"),
        ("Ο δήμαρχος είπε ότι η νέα γέφυρα θα ανοίξει την άνοιξη.", "cp1253"),
        ("ראש העיר אמר שהגשר החדש ייפתח באביב. התושבים מחכים כבר שנים.", "cp1255"),
        ("市長は新しい橋が春に開通すると述べた。住民は何年も待っている。", "shift_jis"),
    ],
)
def test_short_texts_in_old_encodings_are_told_apart_by_their_letters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "it") == text


@pytest.mark.parametrize("encoding", ["shift_jis", "iso-2022-jp", "euc-jp", "utf-8"])
def test_a_page_says_its_own_encoding(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><p>大臣は説明した。</p>'
    data = page.encode(encoding)
    assert decode(data, "it", declared_charset(data)) == page


@pytest.mark.parametrize(
    ("start", "charset"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b"<?xml version='1.0' encoding='windows-1251'?><html>", "cp1251"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=utf-7>", "utf-8"),
        (b"<meta charset=nonsense>", ""),
        (b"<meta charset=rot13>", ""),
        (b"<meta charset=zip>", ""),
        (b"<p>No word of it", ""),
    ],
)
def test_declared_character_sets_are_read_as_browsers_do(start: bytes, charset: str) -> None:
    assert declared_charset(start) == charset


def test_a_wrong_declaration_does_not_spoil_utf8() -> None:
    assert decode("Müller – “so”".encode(), "it", "cp1252") == "Müller – “so”"


def test_a_stray_zero_byte_in_a_page_is_dropped() -> None:
    assert decode(b"<p>" + b"Water. " * 300 + b"\0Fire.", "it").endswith("Water. Fire.")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\0", "a ZIP archive, and no Word, EPUB or OpenDocument text in it"),
        (b"\x89PNG\r\n\x1a\n\0", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"\x7fELF\x02", "a program"),
        (b"Water\0\0\0and more", "a binary file, not text"),
        (b"\0\x01\x02\x03" * 100, "a binary file, not text"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, what: str) -> None:
    with pytest.raises(IntakeError) as caught:
        decode(data, "a.txt")
    assert str(caught.value) == f"a.txt: this is {what}; save its text as .txt and give that"


@pytest.mark.parametrize("data", [bytes(range(1, 256)) * 4, b"\xff\xfe\x00\xd8x", b"\xef\xbb\xbf\xff"])
def test_bytes_in_no_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(IntakeError, match="save it"):
        decode(data, "a.txt")


@given(st.binary(max_size=300))
@settings(max_examples=80)
def test_any_bytes_give_a_text_or_one_clear_sentence(data: bytes) -> None:
    try:
        decode(data, "it").encode()
    except IntakeError as error:
        assert "\n" not in str(error) and str(error).startswith("it: ")


@pytest.mark.parametrize(
    ("charset", "texts"),
    [
        (
            "euc_jp",
            ["東京", "はい", "カタカナ", "会議\n議題：予算", "市長は火曜日に、約40隻の船が待っていると述べた。"],
        ),
        ("cp932", ["東京", "はい", "会議\n議題：予算", "市長は火曜日に、約40隻の船が待っていると述べた。"]),
        ("iso2022_jp", ["東京 2025", "港の計画が承認された。"]),
        ("cp949", ["한국어", "대통령", "안녕하세요", "시장은 화요일에 밝혔다."]),
        ("gb18030", ["北京", "你好", "股价下跌", "市长周二表示，约有四十艘船在等待。"]),
        ("big5hkscs", ["臺北", "你好", "市長週二表示，約有四十艘船在等待。"]),
        ("cp1251", ["Привет", "Порт закрыт"]),
        ("cp1253", ["Αθήνα", "Ο δήμαρχος μίλησε"]),
        ("cp1252", ["Ärger über Öl", "São Tomé é já", "Málaga"]),
    ],
)
def test_a_few_words_without_declaration_are_read(charset: str, texts: list[str]) -> None:
    assert [decode(text.encode(charset), "a.txt") for text in texts] == texts
