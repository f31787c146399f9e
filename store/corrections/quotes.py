"""Corrections in the quotes pane: who said it, reject, add, another kind."""

from dataclasses import replace

from store.analysis import QUOTE_KINDS, Analysis, Quote, QuoteKind
from store.annotation import Correction
from store.article import Article, one_line
from store.corrections.actors import named, new_actor, occurrences, put
from store.spans import Span, contains, overlap, trim

_MARKS = "\"“”„«»‹›‘’'"


def apply(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> Analysis:
    """`analysis` with the correction `one`, whose passage stands at `place` (None: go by the speaker's name)."""
    if one.kind == "add":
        return _add(analysis, one, place, article)
    for quote in _meant(analysis, one, place, article):
        match one.kind:
            case "reject":
                analysis = replace(analysis, quotes=tuple(other for other in analysis.quotes if other != quote))
            case "set-speaker":
                analysis = _spoken(analysis, quote, one.value, article)
            case _:
                kind = next((kind for kind in QUOTE_KINDS if kind == one.value), quote.kind)
                analysis = _put(analysis, quote, replace(quote, kind=kind, confidence=1.0))
    return analysis


def _meant(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> list[Quote]:
    """The quote at the passage. What holds everywhere means all quotes of that speaker as well, if that is a name:
    "he" is somebody else in the next article."""
    shared = {quote: max(overlap(span, place) for span in quote.spans) for quote in analysis.quotes if place}
    best = max(shared, key=lambda quote: shared[quote], default=None)
    there = [best] if best is not None and shared[best] else []
    if one.scope == "here" or one.kind != "set-speaker" or one.name == one.name.lower():
        return there
    return there + [
        quote for quote in analysis.quotes if quote not in there and _is_by(analysis, quote, one.name, article)
    ]


def _is_by(analysis: Analysis, quote: Quote, name: str, article: Article) -> bool:
    actor = analysis.actor(quote.actor)
    names = (actor.name, *actor.aliases) if actor else (analysis.speaker_name(quote, article.text),)
    return name.casefold() in (other.casefold() for other in names)


def _spoken(analysis: Analysis, quote: Quote, name: str, article: Article) -> Analysis:
    """`quote` with the speaker `name`, who becomes an actor when there is none of that name; "" is nobody."""
    name = one_line(name)
    if not name:
        return _put(analysis, quote, replace(quote, speaker=None, actor=None, confidence=1.0))
    actor = named(analysis.actors, name)
    if actor is None:
        actor = new_actor(analysis, name, "person", occurrences(article.text, name))
        analysis = put(analysis, actor)
    # Words that name somebody else do not name this speaker.
    own = (*actor.mentions, *actor.references)
    speaker = quote.speaker if quote.speaker and any(overlap(quote.speaker, span) for span in own) else None
    return _put(analysis, quote, replace(quote, speaker=speaker, actor=actor.id, confidence=1.0))


def _add(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> Analysis:
    if place is None:
        return analysis
    (start, end), kind = _without_marks(article.text, place)
    made = Quote(((start, end),), article.text[start:end], kind)
    rest = tuple(quote for quote in analysis.quotes if not any(contains(place, span) for span in quote.spans))
    analysis = replace(analysis, quotes=tuple(sorted([*rest, made], key=lambda quote: quote.span)))
    return _spoken(analysis, made, one.value, article) if one.value.strip() else analysis


def _without_marks(text: str, place: Span) -> tuple[Span, QuoteKind]:
    """The passage without quotation marks at its ends; it is direct speech when it had some, or stands in some."""
    start, end = trim(text, place)
    marked = end - start > 2 and text[start] in _MARKS and text[end - 1] in _MARKS
    if marked:
        return (start + 1, end - 1), "direct"
    within = text[start - 1 : start] in _MARKS and text[end : end + 1] in _MARKS and start > 0 and end < len(text)
    return (start, end), "direct" if within else "indirect"


def _put(analysis: Analysis, old: Quote, new: Quote) -> Analysis:
    return replace(analysis, quotes=tuple(new if quote == old else quote for quote in analysis.quotes))
