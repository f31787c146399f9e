"""The quotes pane: who said what, in quotation marks, in reported speech, or both.

Here the parts are put together: quoted stretches with their cues (`quotation_marks`, `quoted`), clauses governed by a
cue (`reported`), the choice among what overlaps, and the speaker (`speakers`). The rules themselves stand there.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.analysis import Actor, Quote, QuoteKind
from store.article import Article
from store.extract.cues import Cues, cues
from store.extract.labels import Label, dateline, labels, unlabelled
from store.extract.pieces import STOPS, Piece, pieces, spoken
from store.extract.quotation_marks import stretches
from store.extract.quoted import SHORT_GAP, Quotation, is_long_speech, quotations
from store.extract.reported import circumstances, reports
from store.extract.speakers import (
    past_dateline,
    speaker_around,
    speaker_at_mark,
    speaker_beside,
    speaker_head,
    speaker_phrase,
)
from store.extract.speaking_actors import SpeakingActors
from store.extract.tree import OPENING, Ranges, Tree, tree
from store.spans import Span, merge

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a quote, until those that overlap have been decided between."""

    content: Ranges
    """In words of the tree."""
    cue: int | None
    speaker: int | None
    """The head of the phrase."""
    confidence: float
    verbatim: bool = False
    """Whether it is direct speech without quotation marks, as in a transcript."""

    @property
    def end(self) -> int:
        """The word after its last one and its cue."""
        return max(self.content[-1][1], 0 if self.cue is None else self.cue + 1)

    @property
    def size(self) -> int:
        """How many words it has."""
        return sum(end - first for first, end in self.content)


def quotes(doc: "Doc", article: Article, actors: tuple[Actor, ...]) -> tuple[Quote, ...]:
    """Who said what in `doc`, in the order of the text.

    Args:
        doc: the parsed text of `article`.
        article: its paragraphs and furniture; nothing is taken from furniture.
        actors: who acts in it; a quote is tied to the one that its speaker names or stands for.
    """
    return quotes_in(tree(doc), article, actors)


def quotes_in(parsed: Tree, article: Article, actors: tuple[Actor, ...]) -> tuple[Quote, ...]:
    """As `quotes`, of the parse as plain lists."""
    known = cues()
    paragraphs = _paragraphs(parsed, article)
    spans = [span for span, _ in paragraphs]
    named = labels(article.text, spans, _names(parsed))
    marked = unlabelled(stretches(article.text, spans), named)
    colons = {label.rest[0]: bisect_right(parsed.ends, label.colon) for label in named}
    found = pieces(parsed, marked, [words for _, words in paragraphs], colons)
    inside = _inside(parsed, found)
    direct = [
        candidate
        for one in quotations(parsed, spoken(parsed, found), known)
        if (candidate := _direct(parsed, one, known))
    ]
    direct += _labelled(parsed, [label for label in named if not inside[colons[label.rest[0]] + 1] >= 0], known)
    indirect = [candidate for _, words in paragraphs for candidate in _reported(parsed, words, known, found, inside)]
    datelines = _datelines(parsed, article.text, paragraphs)
    chosen = [_past_dateline(parsed, one, datelines) for one in _joined_on(parsed, _choose(parsed, direct, indirect))]
    made = [_quote(parsed, article.text, candidate, found, inside) for candidate in chosen]
    return _tied(parsed, made, chosen, actors)


def _tied(
    parsed: Tree, made: Sequence[Quote], chosen: Sequence[Candidate], actors: tuple[Actor, ...]
) -> tuple[Quote, ...]:
    """The quotes with their actors. A quotation without a cue is of who spoke last."""
    speaking = SpeakingActors(parsed, actors, [run for candidate in chosen for run in candidate.content])
    return tuple(
        replace(quote, actor=speaking.of(candidate.speaker, candidate.end, goes_on=candidate.cue is None))
        for quote, candidate in zip(made, chosen, strict=True)
    )


def _paragraphs(parsed: Tree, article: Article) -> list[tuple[Span, tuple[int, int]]]:
    """The paragraphs that are the report, each with its words."""
    furniture = set(article.furniture)
    placed = []
    for span in article.paragraphs:
        first, end = bisect_right(parsed.ends, span[0]), bisect_right(parsed.starts, span[1] - 1)
        if span not in furniture and first < end:
            placed.append((span, (first, end)))
    return placed


def _inside(parsed: Tree, found: Sequence[Piece]) -> list[int]:
    """For each word the number of the quoted stretch that it stands in; -1 for none."""
    inside = [-1] * len(parsed)
    for number, piece in enumerate(found):
        inside[piece.first : piece.end] = [number] * (piece.end - piece.first)
    return inside


def _direct(parsed: Tree, quotation: Quotation, known: Cues) -> Candidate | None:
    cue, runs = quotation.cue, quotation.runs
    first = quotation.pieces[0]
    if cue is None:
        if not is_long_speech(parsed, quotation):
            return None
        return Candidate(runs, None, speaker_around(parsed, runs[0]), known.shares["none"])
    if parsed.is_mark(cue):
        speaker = speaker_at_mark(parsed, cue, first.gap_before[0], first.gap_after[1])
        return Candidate(runs, cue, speaker, known.shares["mark"])
    chance = known.of(parsed.tags[cue], parsed.lemmas[cue]).get("quote", known.shares["other"])
    speaker = speaker_head(parsed, cue, "quote")
    gap = first.gap_after if quotation.after else first.gap_before
    if speaker is None or not gap[0] <= speaker < gap[1]:
        speaker = speaker_beside(parsed, cue, gap, quotation.after) or speaker
    return Candidate(runs, cue, speaker, chance)


def _names(parsed: Tree) -> set[str]:
    return {word for word, kind in zip(parsed.words, parsed.entities, strict=True) if kind in {"PERSON", "ORG"}}


def _labelled(parsed: Tree, named: Iterable[Label], known: Cues) -> Iterator[Candidate]:
    """What follows the speaker's name and a colon at the start of a paragraph. "LEE: *It is late.*" """
    for label in named:
        first, end = bisect_right(parsed.ends, label.rest[0]), bisect_right(parsed.starts, label.rest[1] - 1)
        colon = bisect_right(parsed.ends, label.colon)
        content = ((first, end),) if label.verbatim else parsed.without((first, end))
        if content and 0 < colon < first < end:
            yield Candidate(content, colon, colon - 1, known.shares["label"], label.verbatim)


def _datelines(parsed: Tree, text: str, paragraphs: Iterable[tuple[Span, tuple[int, int]]]) -> dict[int, int]:
    """For each word of a dateline the word after the dateline."""
    found: dict[int, int] = {}
    for span, (first, _) in paragraphs:
        end = bisect_right(parsed.starts, dateline(text, span) - 1)
        found.update(dict.fromkeys(range(first, end), end))
    return found


def _past_dateline(parsed: Tree, candidate: Candidate, datelines: dict[int, int]) -> Candidate:
    end = datelines.get(-1 if candidate.speaker is None else candidate.speaker)
    if end is None or candidate.cue is None:
        return candidate
    return replace(candidate, speaker=past_dateline(parsed, candidate.cue, end))


def _joined_on(parsed: Tree, chosen: Sequence[Candidate]) -> list[Candidate]:
    """A quotation without a cue joins the report just before it. She said it was late. "*We must go.*" """
    joined: list[Candidate] = []
    for candidate in chosen:
        before = joined[-1] if joined else None
        if candidate.cue is None and before is not None and before.cue is not None:
            end = max(before.content[-1][1], before.cue + 1)
            gap = range(end, candidate.content[0][0])
            words = sum(1 for word in gap if not parsed.is_mark(word))
            if words <= SHORT_GAP and any(parsed.words[word] in STOPS for word in gap):
                joined[-1] = replace(before, content=before.content + candidate.content)
                continue
        joined.append(candidate)
    return joined


def _reported(
    parsed: Tree, words: tuple[int, int], known: Cues, found: Sequence[Piece], inside: Sequence[int]
) -> Iterator[Candidate]:
    for cue in range(*words):
        if inside[cue] >= 0:
            continue
        particle = parsed.child(cue, "prt")
        frames = known.of(parsed.tags[cue], parsed.lemmas[cue], "" if particle is None else parsed.words[particle])
        best: Candidate | None = None
        for report in reports(parsed, cue) if frames else ():
            if report.frame not in frames:
                continue
            speaker = speaker_head(parsed, cue, report.frame)
            chance = known.chance(frames[report.frame], circumstances(parsed, report, speaker))
            if chance >= known.least and (best is None or chance > best.confidence):
                best = Candidate(_whole(report.content, found, inside), cue, speaker, chance)
        if best is not None:
            yield best


def _whole(content: Ranges, found: Sequence[Piece], inside: Sequence[int]) -> Ranges:
    """The content with every quoted stretch that it cuts made whole."""
    runs = list(content)
    for first, end in content:
        for number in {inside[first], inside[end - 1]} - {-1}:
            runs.append(found[number].run)
    return tuple(merge(runs))


def _choose(parsed: Tree, direct: Sequence[Candidate], indirect: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that overlap the outer one; of two of one cue their union, if one quotes and one reports."""
    by_cue = {candidate.cue: candidate for candidate in direct if candidate.cue is not None}
    pool = [candidate for candidate in direct if candidate.cue is None]
    for candidate in indirect:
        cue = -1 if candidate.cue is None else candidate.cue
        if cue in by_cue:
            by_cue[cue] = _joined(parsed, by_cue[cue], candidate)
        else:
            pool.append(candidate)
    pool += by_cue.values()
    taken = bytearray(len(parsed))
    chosen = []
    for candidate in sorted(pool, key=lambda one: (-one.size * one.confidence, one.content)):
        if candidate.cue is not None and taken[candidate.cue]:
            continue
        if any(any(taken[first:end]) for first, end in candidate.content):
            continue
        for first, end in candidate.content:
            taken[first:end] = b"\x01" * (end - first)
        chosen.append(candidate)
    return sorted(chosen, key=lambda one: one.content)


def _joined(parsed: Tree, quoted: Candidate, reported: Candidate) -> Candidate:
    """A quotation with the unquoted words that the same cue reports, if they touch it."""
    start = quoted.content[0][0]
    outside = [
        word
        for first, end in reported.content
        for word in range(first, min(end, start))
        if not parsed.is_mark(word) and parsed.words[word] not in OPENING
    ]
    runs = merge([*quoted.content, *reported.content])
    overlapping = any(a[0] < b[1] and b[0] < a[1] for a in quoted.content for b in reported.content)
    if not outside or not overlapping or quoted.cue is None:
        return quoted
    if any(first <= quoted.cue < end for first, end in runs):
        return quoted
    return Candidate(tuple(runs), quoted.cue, quoted.speaker or reported.speaker, quoted.confidence)


def _quote(parsed: Tree, text: str, candidate: Candidate, found: Sequence[Piece], inside: Sequence[int]) -> Quote:
    spans = tuple(_span(parsed, text, run, found, inside) for run in candidate.content)
    speaker = None if candidate.speaker is None else parsed.span(_speaker(parsed, candidate, candidate.speaker))
    cue = None if candidate.cue is None else parsed.span((candidate.cue, candidate.cue + 1))
    return Quote(
        spans=spans,
        text=" ".join(text[start:end] for start, end in spans),
        kind="direct" if candidate.verbatim else _kind(parsed, candidate.content, inside),
        speaker=speaker,
        cue=cue,
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


def _span(parsed: Tree, text: str, run: tuple[int, int], found: Sequence[Piece], inside: Sequence[int]) -> Span:
    """The code points of a run of words. Marks stay where both of a pair are inside, else both go."""
    first, end = parsed.span(run)
    opening, closing = inside[run[0]], inside[run[1] - 1]
    for piece in (found[number] for number in {opening, closing} - {-1}):
        if piece.run == run:
            return piece.stretch.inner
        if piece.first == run[0]:
            first = piece.stretch.outer[0]
        if piece.end == run[1]:
            end = piece.stretch.outer[1]
    return first, end


def _kind(parsed: Tree, content: Iterable[tuple[int, int]], inside: Sequence[int]) -> QuoteKind:
    within = [inside[word] >= 0 for first, end in content for word in range(first, end) if not parsed.is_mark(word)]
    if all(within):
        return "direct"
    return "mixed" if any(within) else "indirect"
