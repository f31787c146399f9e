"""What is written with digits or number words and is no figure: dates, clock times, telephone numbers, list numbering,
names, labels, "one" as a pronoun.

`spans` knows those that show in the letters alone; `is_figure` those that need the parse.
"""

import re
from typing import TYPE_CHECKING

from store.extract.counted import Counting
from store.extract.figures import Figure
from store.spans import Span, merge

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_YEAR = r"(?:1[0-9]|20)\d\d(?![\d%]|[.,]\d)"
_NOT_IN_WORD = r"(?<![\w.,$£€])"
_SHAPES = (
    rf"\b{_MONTH},?\s(?:{_DAY}(?:\s?(?:[-–,&]|and|to)\s?{_DAY}(?!\s(?:per|million|people)))?)?(?:,?\s?{_YEAR})?(?=\W|$)",
    rf"{_NOT_IN_WORD}{_DAY}(?:\s?(?:[-–&]|and|to)\s?{_DAY})?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?\b",
    rf"{_NOT_IN_WORD}\d{{1,4}}([-/.])\d{{1,2}}\1\d{{1,4}}(?![\w%])",
    rf"{_NOT_IN_WORD}{_YEAR}\s?[-–/]\s?(?:\d\d|{_YEAR})(?![\w%]|[.,]\d)(?!\s?[-–/]\d)",
    r"(?<![\w/])(?:9/11|24/7|7/7|50/50)(?![\w/])",
    r"\bA\.?D\.?\s?\d{1,4}(?:\s?(?:and|to|[-–])\s?\d{1,4})?|\b\d{1,4}\s?(?:B\.?C\.?(?:E\.?)?|C\.?E\.|CE|A\.?D\.?)(?!\w)",
    r"(?<![\w.])\d{1,2}(?:[:.]\d\d){0,2}(?:\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?)?\s?(?:[ap]\.?\s?m\b\.?|[AP]\.?M\b\.?)",
    r"(?<![\w.:])\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?![\d:])",
    r"\b\d{4}\s?(?:GMT|UTC|EST|EDT|PST|PDT|CET|BST|hrs)\b",
    r"\b\w+ o['’]clock\b",
    r"(?<![\w.])\+\d[\d ().-]{6,18}\d(?!\w)|(?<![\w.,])\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}(?!\w)|(?<!\w)1-[89]\d\d-[\dA-Z]{3}-?[\dA-Z]{4}",
    r"(?:https?://|www\.)[^\s<>]{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}",
    r"(?<!\w)[#§№]\s?\d+(?:[.,-]\d+)*",
    r"(?m:^)[ \t]{0,8}(?:\d{1,3}[.)]|\(\d{1,3}\))(?=[ \t])",
    r"\b(?:[Nn]os?|[Pp]p?|[Aa]rt|[Vv]ol|[Cc]h|[Ss]ec|[Ff]ig|NO)\.\s?\d+(?:[-–,]\s?\d+)*|\bNos? \d+|\b[Nn]umber (?:\d+|one|two|three|ten)\b(?! (?:of|million))",
    r"\b[A-Z]{2,}-\d+(?:-\d+)*\b|\bISO \d+(?:-\d+)*",
    r"(?i:\b(?:no one|(?:every|some|any|each|which|this|that|another|good|bad|last|next|only|right|wrong|big|little|loved|new|old)[ -]ones?|one another|one[ -]third party|one(?:self|['’]s)|at once|one[ -]?on[ -]?one|one by one"
    r"|one day|one or the other|(?:from )?one (?:\w+ )?to (?:another|the other)|all in one|one and all|one thing|one-off|one way or|on the one hand|ground zero|zero[- ](?:sum|tolerance|hour)"
    r"|cloud nine|back to square one|nine-to-five|nine to five|catch-22|second half|first half|other half|half[- ](?:staff|mast|time|brother|sister|hearted|way|life|past|year|hour|century|baked)"
    r"|halfway|better half|one-stop|one-sided|one-way|one-time|one-size|one-woman|one-man|one-party|one-china|one china|on all fours|high five|top ten|big four|big three|four-letter|million dollar question|thanks a million|one in a million|first and foremost"
    r"|plan (?:a|b)|two cents|level one|two-way|two-fold|second-?guess|fifty-fifty|the two of (?:us|them|you)|one of a kind|one of those|in one piece|in one go|one-liners?|three-dimensional|two-dimensional|third party))\b",
)
_SHAPE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES).replace(r"\1", r"(?:[-/.])"))


def spans(text: str) -> list[Span]:
    """Where `text` writes dates, clock times, telephone numbers, addresses, labels and idioms; sorted and disjoint."""
    return merge(match.span() for match in _SHAPE.finditer(text) if match.end() > match.start())


_NAME_TYPES = frozenset(["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"])
_LABELS = frozenset(
    ["page", "chapter", "section", "article", "item", "room", "level", "grade", "phase", "type", "version", "round", "route", "highway", "channel", "gate", "question", "table", "figure", "stage", "tier", "class", "district", "ward", "precinct", "title", "part", "volume", "episode", "season", "week", "day", "act", "amendment", "clause", "paragraph", "resolution", "unit", "game", "number", "no", "category", "platform", "flight", "apartment", "building", "line", "verse", "psalm", "step", "week", "form", "schedule", "exhibit", "appendix", "annex", "protocol", "group", "size", "bus", "train", "lot", "bay", "zone", "sector", "interstate", "studio", "suite", "series"]
)
_DATE_PREPOSITIONS = frozenset(
    ["in", "since", "by", "of", "until", "till", "from", "during", "before", "after", "between", "and", "to", "through", "around", "late", "early", "mid", "circa", "for"]
)


def is_figure(figure: Figure, reading: Counting) -> bool:
    """Whether `figure` is one that a reader would write down."""
    tokens = [reading.doc[word] for word in reading.words(*figure.numeral)]
    if figure.unit is not None:
        return True
    noun = reading.noun(figure)
    rules = (_year, _clock, _pronoun, _label, _in_name, _compound, _loose_part, _loose_plural)
    return not any(rule(figure, tokens, noun) for rule in rules)


def _doc(tokens: "list[Token]") -> "Doc":
    return tokens[0].doc


def _left(tokens: "list[Token]") -> "Token | None":
    return _doc(tokens)[tokens[0].i - 1] if tokens[0].i > 0 and not tokens[0].is_sent_start else None


def _right(tokens: "list[Token]") -> "Token | None":
    doc = _doc(tokens)
    return doc[tokens[-1].i + 1] if tokens[-1].i + 1 < len(doc) else None


def _written(figure: Figure, tokens: "list[Token]") -> str:
    return _doc(tokens).text[figure.start : figure.end]


_BARE_YEAR = re.compile(r"\d{4}(?:\D+\d{4})?")


def _year(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "In 2015", "the 2015 World Cup", "between 1600 and 1900"; not "1900 people"."""
    if not _BARE_YEAR.fullmatch(_written(figure, tokens)) or not 1000 <= figure.low <= 2100:
        return False
    left = _left(tokens)
    dated = any(token.ent_type_ == "DATE" for token in tokens)
    if dated and figure.high is not None:
        return True
    if noun is not None and noun.tag_ in ("NNS", "NNPS") and not (dated and figure.low >= 1900):
        return left is not None and left.lower_ in ("the", "its", "his", "their") and figure.low >= 1900
    if dated or figure.low >= 1900:
        return True
    return left is not None and left.lower_ in _DATE_PREPOSITIONS


def _clock(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "At 6": an hour."""
    return all(token.ent_type_ == "TIME" for token in tokens) and noun is None


_PARTITIVE = re.compile(
    r"\s+of\s+(?:the|these|those|its|his|her|their|our|my|your|several|many|two|three|four|five|six|seven|eight|nine|ten|\d+|only|just|about|more|[A-Z]\w*|\w+s)\b"
)


def _pronoun(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "One" and "zero" that count nothing: "one can see", "the one that"."""
    if _written(figure, tokens).lower() not in ("one", "zero"):
        return False
    if _PARTITIVE.match(_doc(tokens).text, figure.end):
        left = _left(tokens)
        return left is not None and left.lower_ in ("the", "this", "that", "no", "every", "each", "any")
    left = _left(tokens)
    if left is not None and left.lower_ in (
        "the",
        "this",
        "that",
        "no",
        "every",
        "each",
        "any",
        "which",
        "another",
        "day",
    ):
        return True
    return noun is None or noun.i - tokens[-1].i > 4


def _label(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "Page 5", "Section 230": a number that names a thing."""
    left = _left(tokens)
    if (
        left is None
        or figure.form not in ("digits", "words")
        or figure.scaled
        or (figure.high is not None
        and figure.form != "digits")
    ):
        return False
    if left.lower_ not in _LABELS or (noun is not None and noun.tag_ in ("NNS",)):
        return False
    return not isinstance(figure.low, float)


def _in_name(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "iPhone 11", "S&P 500", "Boeing 737 Max", "Big Four"."""
    written = _written(figure, tokens)
    if figure.form == "words":
        return _capitalized_inside(written, tokens) and not figure.scaled
    if figure.form != "digits" or figure.scaled or isinstance(figure.low, float) or figure.high is not None:
        return False
    left, right = _left(tokens), _right(tokens)
    if "," in written:
        return False
    if right is not None and _one_name(tokens[-1], right):
        return True
    return left is not None and not _counts_plural(tokens, noun) and (_one_name(left, tokens[0]) or _is_brand(left))


def _capitalized_inside(written: str, tokens: "list[Token]") -> bool:
    """A number word with a capital in the midst of a sentence: "the Group of Seven"."""
    left = _left(tokens)
    return written[:1].isupper() and left is not None and (left.is_alpha or left.text == "-")


def _counts_plural(tokens: "list[Token]", noun: "Token | None") -> bool:
    """Whether a plural follows without a name between: "gave Ukraine 500 tanks", not "iPhone 11 Pro phones"."""
    if noun is None or noun.tag_ not in ("NNS", "NNPS"):
        return False
    return all(token.text[:1].islower() for token in _doc(tokens)[tokens[-1].i + 1 : noun.i + 1])


def _one_name(first: "Token", second: "Token") -> bool:
    """Whether two neighbours are in one named entity that may hold a number."""
    return second.ent_iob_ == "I" and second.ent_type_ in _NAME_TYPES and first.ent_type_ == second.ent_type_


def _is_brand(left: "Token") -> bool:
    """A name that is no place, person or people: what stands before a model number."""
    if left.ent_type_ in ("GPE", "PERSON", "NORP", "DATE", "TIME") or not any(char.isupper() for char in left.text):
        return False
    return left.pos_ == "PROPN" or any(char.isupper() for char in left.text[1:])


_COUNTED_IN_COMPOUNDS = frozenset(
    ["cylinder", "seat", "bed", "bedroom", "bathroom", "door", "speed", "course", "member", "person", "story", "storey", "room", "page", "seater", "lane", "party", "nation", "state", "game", "match", "set", "hole", "part", "man"]
)


def _compound(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "Two-way", "one-stop": a number word in a compound that counts nothing a reader would note."""
    after = re.match(r"[-‑]([^\W\d_]+)", _doc(tokens).text[figure.end : figure.end + 24])
    if after is None or figure.high is not None:
        return False
    if figure.low < 2:
        return True
    return after[1].lower() not in _COUNTED_IN_COMPOUNDS and not figure.scaled


_PART_FOLLOWS = re.compile(
    r"\s+(?:of\b|the\b|its\b|his\b|their\b|her\b|my\b|our\b|your\b|all\b|an?\b|as\b|more\b|less\b|fewer\b|that\b)"
)


def _loose_part(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """A fraction word that is no share of anything: "the second half", "a third man", "1/2" in a list."""
    if figure.form != "fraction" or figure.kind == "ratio":
        return False
    written = _written(figure, tokens)
    if written.lower() in (
        "half",
        "a half",
        "a third",
        "a quarter",
        "a fourth",
        "a fifth",
        "a sixth",
        "a seventh",
        "a tenth",
        "one half",
    ):
        return not _PART_FOLLOWS.match(_doc(tokens).text, figure.end)
    return False


def _loose_plural(figure: Figure, tokens: "list[Token]", noun: "Token | None") -> bool:
    """ "Scores were level", "tens": plurals that count only before "of"."""
    word = _written(figure, tokens).lower()
    return word in ("scores", "tens") and not _doc(tokens).text[figure.end : figure.end + 4].startswith(" of")
