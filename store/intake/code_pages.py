"""Which of the old 8-bit code pages a text is in, told by the letters of languages; the statistics of byte pairs, which
short texts mislead, are left to a library (`store.intake.decoding`).

A text in the wrong code page shows letters that no one language has together, signs within words, or capitals after
small letters.
"""

import re
import unicodedata

_LATIN = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüßéèà",  # German
        "áéíñóúü",  # Spanish
        "àáâãçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åäöéàü",  # Swedish, Finnish
        "æøåéèêòóôü",  # Danish, Norwegian
        "áèéëïíóöúü",  # Dutch
        "áðéíóúýþæö",  # Icelandic
        "äõöüšž",  # Estonian
    ),
    "cp1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšž",  # Croatian, Slovene
        "ăâîşţ",  # Romanian
    ),
    "iso8859-2": (),
    "cp1254": ("çğıöşüâîûi\u0307",),  # Turkish
}
"""The letters beyond ASCII of the languages that a code page is used for, the likeliest code page first."""
_LATIN["iso8859-2"] = _LATIN["cp1250"]
_ANYWHERE = frozenset("’‘“”„‚–—…\xa0\xad•·")
_OUTSIDE = frozenset("«»‹›¿¡€£¥¢§©®™°±×÷†‡¶´ªº")
_RAISED = frozenset("²³¹½¼¾")
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ")
_GREEK = frozenset("αβγδεζηθικλμνξοπρσςτυφχψω")
_RUSSIAN, _HELLENIC = frozenset("оеаинтсрвлі"), frozenset("αοιετσςνηυρ")
_OTHER = {
    "cp1251": (_CYRILLIC, _RUSSIAN, 0.55),
    "koi8-r": (_CYRILLIC, _RUSSIAN, 0.55),
    "cp1253": (_GREEK, _HELLENIC, 0.65),
    "iso8859-7": (_GREEK, _HELLENIC, 0.65),
}
"""The letters of a script; its usual ones, two thirds of a Russian text, three quarters of a Greek one; and the share
of these below which it is another script's text: Hebrew read as Greek has 0.54."""
_COVERED = 0.8
"""The share of the characters beyond ASCII that one language must account for."""
_WELL_FORMED = 0.9
"""In other scripts: the share of words that are written as words are, and that of the script's letters."""
_LONGEST = 10_000
"""Bytes that are looked at."""


def guess(data: bytes) -> str | None:
    """The code page that `data` is in, as Python knows it; None when none fits well. Linear in at most 10,000 bytes."""
    start = data[:_LONGEST]
    beyond = sum(byte > 0x7F for byte in start)
    ascii_letters = len(re.findall(rb"[A-Za-z]", start))
    if not beyond:
        return None
    scores = _other_scores(start) if beyond > ascii_letters else _latin_scores(start)
    best = max(scores, key=lambda page: scores[page], default=None)
    return best if best is not None and _decoded(data, best) is not None else None


def _latin_scores(data: bytes) -> dict[str, float]:
    """By code page: how much of what is beyond ASCII its best language accounts for, where that is enough."""
    scores = {}
    for page, languages in _LATIN.items():
        text = _decoded(data, page)
        if text is not None:
            scores[page] = max(_covered(text, frozenset(letters)) for letters in languages)
    return {page: score for page, score in scores.items() if score >= _COVERED}


def _covered(text: str, letters: frozenset[str]) -> float:
    beyond = [match.start() for match in re.finditer(r"[^\x00-\x7f]", text)]
    return sum(_fits(text, at, letters) for at in beyond) / len(beyond)


def _fits(text: str, at: int, letters: frozenset[str]) -> bool:
    """Whether the character at `at` is a letter of the language, or a sign that stands where signs stand."""
    character, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if character in _RAISED:
        return before.isdigit() or before == "m"
    if character in _OUTSIDE:
        return not (before.isalpha() and after.isalpha()) and (character not in "¿¡" or not before.isalpha())
    return character in _ANYWHERE or set(character.lower()) <= letters


def _other_scores(data: bytes) -> dict[str, float]:
    """By code page of another script: the share of its usual letters, where its words look like words."""
    scores = {}
    for page, (script, usual, least) in _OTHER.items():
        text = _decoded(data, page) or ""
        beyond = [_bare(one) for one in text.lower() if one > "\x7f" and one not in _ANYWHERE | _OUTSIDE | {"№"}]
        words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
        if not words or sum(map(_is_word, words)) < _WELL_FORMED * len(words):
            continue
        share = sum(letter in usual for letter in beyond) / len(beyond)
        if share >= least and sum(letter in script for letter in beyond) >= _WELL_FORMED * len(beyond):
            scores[page] = share
    return scores


def _bare(letter: str) -> str:
    """A Greek letter without its accents; others as they are."""
    return unicodedata.normalize("NFD", letter)[0] if "Ͱ" <= letter < "Ѐ" else letter


def _is_word(word: str) -> bool:
    """Whether capitals and the Greek final sigma stand where they may."""
    cased = word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())
    return cased and "ς" not in word[:-1] and not word[1:].endswith("σ")


def _decoded(data: bytes, page: str) -> str | None:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f]", text) else text
