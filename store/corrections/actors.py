"""Corrections in the actors pane: rename, merge, split, reject, add, another kind."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.analysis import Actor, ActorKind, Analysis
from store.annotation import Correction
from store.article import Article, one_line
from store.spans import Span, merge, overlap


def apply(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> Analysis:
    """`analysis` with the correction `one`, whose passage stands at `place` (None: go by its name)."""
    if one.kind == "add":
        return _add(analysis, one, place, article)
    actor = _meant(analysis, one, place)
    if actor is None:
        return analysis
    match one.kind:
        case "rename":
            return put(analysis, _renamed(actor, one.value))
        case "merge":
            return _merge(analysis, actor, one.value)
        case "split":
            return _split(analysis, actor, one.value, place, article)
        case "reject":
            return _without(analysis, actor)
        case _:
            return put(analysis, replace(actor, kind=_kind(one.value, actor.kind), confidence=1.0))


def named(actors: Iterable[Actor], name: str) -> Actor | None:
    """The actor of that name, else the one that goes by it too; letters' case aside."""
    wanted = name.casefold()
    actors = tuple(actors)
    by_name = (actor for actor in actors if actor.name.casefold() == wanted)
    by_alias = (actor for actor in actors if wanted in (alias.casefold() for alias in actor.aliases))
    return next(by_name, None) or next(by_alias, None)


def put(analysis: Analysis, actor: Actor) -> Analysis:
    """`actor` in the place of the one with its id, at the end when there is none."""
    if analysis.actor(actor.id) is None:
        return replace(analysis, actors=(*analysis.actors, actor))
    return replace(analysis, actors=tuple(actor if other.id == actor.id else other for other in analysis.actors))


def new_actor(analysis: Analysis, name: str, kind: ActorKind, mentions: Iterable[Span]) -> Actor:
    """An actor with an id that `analysis` does not have."""
    numbers = [int(actor.id[1:]) for actor in analysis.actors if actor.id[1:].isdecimal()]
    return Actor(f"a{max(numbers, default=0) + 1}", name, kind, None, (), tuple(mentions))


def occurrences(text: str, name: str) -> list[Span]:
    """Where `name` stands in `text` as whole words, white space as it comes."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return [match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", text)] if words else []


def _meant(analysis: Analysis, one: Correction, place: Span | None) -> Actor | None:
    """The actor at the passage, of several the one with the name that the pane showed; else the one of that name."""
    there = [actor for actor in analysis.actors if place and _shared(actor, place)]
    best = named(there, one.name)
    if best is None and there and place is not None:
        best = max(there, key=lambda actor: _shared(actor, place))
    return best or (named(analysis.actors, one.name) if one.name else None)


def _shared(actor: Actor, place: Span) -> int:
    return max((overlap(span, place) for span in (*actor.mentions, *actor.references)), default=0)


def _renamed(actor: Actor, name: str) -> Actor:
    name = one_line(name)
    aliases = tuple(alias for alias in dict.fromkeys((actor.name, *actor.aliases)) if alias != name)
    return replace(actor, name=name, aliases=aliases, confidence=1.0)


def _merge(analysis: Analysis, actor: Actor, name: str) -> Analysis:
    target = named((other for other in analysis.actors if other.id != actor.id), name)
    if target is None:
        return put(analysis, _renamed(actor, name))
    merged = replace(
        target,
        role=target.role or actor.role,
        aliases=tuple(
            alias for alias in dict.fromkeys((*target.aliases, actor.name, *actor.aliases)) if alias != target.name
        ),
        mentions=tuple(sorted({*target.mentions, *actor.mentions})),
        references=tuple(sorted({*target.references, *actor.references})),
        confidence=1.0,
    )
    earlier = next(other.id for other in analysis.actors if other.id in (actor.id, target.id))
    rows = (merged if other.id == earlier else other for other in analysis.actors)
    kept = tuple(other for other in rows if other is merged or other.id not in (actor.id, target.id))
    return _speaking(replace(analysis, actors=kept), actor.id, target.id)


def _split(analysis: Analysis, actor: Actor, name: str, place: Span | None, article: Article) -> Analysis:
    """Let the mentions that read `name` leave `actor` and be one of their own; without any, the one at the passage."""
    leaving = [span for span in actor.mentions if one_line(article.text[slice(*span)]).casefold() == name.casefold()]
    leaving = leaving or [span for span in actor.mentions if place and overlap(span, place)]
    if not leaving or len(leaving) == len(actor.mentions):
        return analysis
    own = new_actor(analysis, one_line(name), actor.kind, leaving)
    rest = tuple(span for span in actor.mentions if span not in leaving)
    aliases = tuple(alias for alias in actor.aliases if alias.casefold() != name.casefold())
    analysis = put(put(analysis, replace(actor, mentions=rest, aliases=aliases, confidence=1.0)), own)
    quotes = tuple(
        replace(quote, actor=own.id)
        if quote.speaker and any(overlap(quote.speaker, span) for span in leaving)
        else quote
        for quote in analysis.quotes
    )
    return replace(analysis, quotes=quotes)


def _add(analysis: Analysis, one: Correction, place: Span | None, article: Article) -> Analysis:
    """The words of the passage as an actor, wherever they stand apart from other actors' mentions."""
    name = one_line(one.selector.exact)
    if place is not None:
        analysis = _cleared(analysis, place)
    taken = merge(span for actor in analysis.actors for span in actor.mentions)
    found = [span for span in occurrences(article.text, name) if not _meets(taken, span)]
    mentions = sorted({*found, *([place] if place else [])})
    if not mentions:
        return analysis
    same = named(analysis.actors, name)
    if same is not None:
        return put(analysis, replace(same, mentions=tuple(sorted({*same.mentions, *mentions})), confidence=1.0))
    return put(analysis, new_actor(analysis, name, _kind(one.value, "person"), mentions))


def _meets(spans: Sequence[Span], span: Span) -> bool:
    """Whether one of `spans`, which are in order and apart, shares a code point with `span`."""
    last = bisect_left(spans, (span[1], -1)) - 1
    return last >= 0 and bool(overlap(spans[last], span))


def _cleared(analysis: Analysis, place: Span) -> Analysis:
    """Without the mentions that overlap `place`, and without the actors that had no other."""
    for actor in analysis.actors:
        rest = tuple(span for span in actor.mentions if not overlap(span, place))
        if not rest and actor.mentions:
            analysis = _without(analysis, actor)
        elif rest != actor.mentions:
            analysis = put(analysis, replace(actor, mentions=rest))
    return analysis


def _without(analysis: Analysis, actor: Actor) -> Analysis:
    others = tuple(other for other in analysis.actors if other.id != actor.id)
    return _speaking(replace(analysis, actors=others), actor.id, None)


def _speaking(analysis: Analysis, before: str, now: str | None) -> Analysis:
    quotes = tuple(replace(quote, actor=now) if quote.actor == before else quote for quote in analysis.quotes)
    return replace(analysis, quotes=quotes)


def _kind(value: str, otherwise: ActorKind) -> ActorKind:
    kinds: dict[str, ActorKind] = {
        "person": "person",
        "organization": "organization",
        "place": "place",
        "group": "group",
    }
    return kinds.get(value, otherwise)
