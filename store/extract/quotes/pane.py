"""The quotes pane: who said what, in quotation marks, in reported speech, or both.

Here the steps are joined: `reading` lays the article out, `candidates` finds what may be a quote, `choice` chooses, and
`speaking_actors` says whose they are. No rule about language stands here; the cue words stand in `cues.toml`.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from store.analysis import Actor, Quote, QuoteKind
from store.article import Article
from store.extract.quotes.candidates import Candidate, labelled, quoted, reported
from store.extract.quotes.choice import choose
from store.extract.quotes.cues import cues
from store.extract.quotes.reading import Reading, read
from store.extract.quotes.speakers import past_dateline, speaker_phrase
from store.extract.quotes.speaking_actors import SpeakingActors
from store.extract.quotes.tree import Ranges, Tree, tree
from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def quotes(doc: "Doc", article: Article, actors: tuple[Actor, ...]) -> tuple[Quote, ...]:
    """Who said what in `doc`, in the order of the text.

    Args:
        doc: the parsed text of `article`, in English.
        article: its paragraphs and furniture; nothing is taken from furniture.
        actors: who acts in it; a quote is tied to the one that its speaker names or stands for.

    Cost: linear in the text, about 3 % of the time that parsing takes.
    """
    return quotes_in(tree(doc), article, actors)


def quotes_in(parsed: Tree, article: Article, actors: tuple[Actor, ...]) -> tuple[Quote, ...]:
    """As `quotes`, of the parse as plain lists."""
    reading = read(parsed, article, cues())
    found = choose(parsed, chain(quoted(reading), labelled(reading)), reported(reading))
    chosen = [_past_dateline(reading, candidate) for candidate in found]
    return _tied(parsed, [_quote(reading, candidate) for candidate in chosen], chosen, actors)


def _past_dateline(reading: Reading, candidate: Candidate) -> Candidate:
    """A candidate whose speaker is the place of a dateline gets who stands after it."""
    end = reading.datelines.get(-1 if candidate.speaker is None else candidate.speaker)
    if end is None or candidate.cue is None:
        return candidate
    return replace(candidate, speaker=past_dateline(reading.tree, candidate.cue, end))


def _tied(
    parsed: Tree, made: Sequence[Quote], chosen: Sequence[Candidate], actors: tuple[Actor, ...]
) -> tuple[Quote, ...]:
    """The quotes with their actors. A quotation without a cue is of who spoke last."""
    speaking = SpeakingActors(parsed, actors, [run for candidate in chosen for run in candidate.content])
    return tuple(
        replace(quote, actor=speaking.of(candidate.speaker, candidate.end, goes_on=candidate.cue is None))
        for quote, candidate in zip(made, chosen, strict=True)
    )


def _quote(reading: Reading, candidate: Candidate) -> Quote:
    parsed = reading.tree
    spans = tuple(_span(reading, run) for run in candidate.content)
    return Quote(
        spans=spans,
        text=" ".join(reading.text[start:end] for start, end in spans),
        kind="direct" if candidate.verbatim else _kind(reading, candidate.content),
        speaker=None if candidate.speaker is None else parsed.span(_speaker(parsed, candidate, candidate.speaker)),
        cue=None if candidate.cue is None else parsed.span((candidate.cue, candidate.cue + 1)),
        confidence=round(candidate.confidence, 2),
    )


def _speaker(parsed: Tree, candidate: Candidate, head: int) -> tuple[int, int]:
    """The words of the speaker, cut where the cue or the content begins or ends."""
    first, end = speaker_phrase(parsed, head)
    cue = [] if candidate.cue is None else [(candidate.cue, candidate.cue + 1)]
    for other in (*candidate.content, *cue):
        if head < other[0]:
            end = min(end, other[0])
        elif other[1] <= head:
            first = max(first, other[1])
    first, end = parsed.trimmed((first, end))
    return (first, end) if first < end else (head, head + 1)


def _span(reading: Reading, run: tuple[int, int]) -> Span:
    """The code points of a run of words. Marks stay where both of a pair are inside, else both go."""
    first, end = reading.tree.span(run)
    for number in {reading.inside[run[0]], reading.inside[run[1] - 1]} - {-1}:
        piece = reading.pieces[number]
        if piece.run == run:
            return piece.stretch.inner
        if piece.first == run[0]:
            first = piece.stretch.outer[0]
        if piece.end == run[1]:
            end = piece.stretch.outer[1]
    return first, end


def _kind(reading: Reading, content: Ranges) -> QuoteKind:
    words = (word for first, end in content for word in range(first, end) if not reading.tree.is_mark(word))
    within = {reading.inside[word] >= 0 for word in words}
    if within == {True}:
        return "direct"
    return "mixed" if True in within else "indirect"
