"""What may be a quote: by quotation marks, by a label, by a cue and its grammar. The choice is made elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.extract.quotes.circumstances import circumstances
from store.extract.quotes.pieces import NAMING, spoken
from store.extract.quotes.quoted import Quotation, is_long_speech, quotations
from store.extract.quotes.quoting import cue_farther_before
from store.extract.quotes.reading import Reading
from store.extract.quotes.reported import Report, reports
from store.extract.quotes.speakers import speaker_around, speaker_at_mark, speaker_beside, speaker_head
from store.extract.quotes.titles import is_caption, is_title
from store.extract.quotes.tree import Ranges, Tree
from store.spans import merge

NOBODYS = frozenset({("VBG", "clause"), ("VBG", "object"), ("VBN", "predicate")})
"""Tags and frames that report nothing where nobody speaks: "*Recalling* its decision, ..", "a plan *called* Hope"."""

LEAST_OF_PRONOUN = 0.6
"""What "him" alone takes to be listed as what somebody says."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a quote, until those that overlap have been decided between."""

    content: Ranges
    """In words of the tree; never empty."""
    cue: int | None
    speaker: int | None
    """The head of the phrase that names who speaks."""
    confidence: float
    verbatim: bool = False
    """Whether it is direct speech without quotation marks, as in a transcript."""

    @property
    def end(self) -> int:
        """The word after its last one and its cue."""
        return max(self.content[-1][1], 0 if self.cue is None else self.cue + 1)

    @property
    def weight(self) -> float:
        """How many words of it are likely right: what decides between candidates that overlap."""
        return self.confidence * sum(end - first for first, end in self.content)


def quoted(reading: Reading) -> Iterator[Candidate]:
    """What stands between quotation marks, with the cue beside it."""
    for one in quotations(reading.tree, spoken(reading.tree, reading.pieces), reading.cues):
        if any(not reading.tree.only_marks(*run) for run in one.runs):
            if one.cue is not None:
                yield from _with_cue(reading, one, one.cue)
            elif is_long_speech(reading.tree, one) and not is_title(reading, one):
                yield _without_cue(reading, one)


def _with_cue(reading: Reading, quotation: Quotation, cue: int) -> Iterator[Candidate]:
    """The quotation; nothing when what stands in marks is the subject of its cue: the "*smart bridge*" *explained*."""
    tree, shares = reading.tree, reading.cues.shares
    first = quotation.pieces[0]
    if tree.is_mark(cue):
        speaker = speaker_at_mark(tree, cue, first.gap_before[0], first.gap_after[1])
        if not is_caption(reading, first, cue, speaker):
            yield Candidate(quotation.runs, cue, speaker, shares["mark"])
        return
    chance = reading.cues.of(tree.tags[cue], tree.lemmas[cue]).get("quote", shares["other"])
    speaker = speaker_head(tree, cue, "quote")
    gap = first.gap_after if quotation.after else first.gap_before
    if speaker is None or not gap[0] <= speaker < gap[1]:
        speaker = speaker_beside(tree, cue, gap, quotation.after) or speaker
    inside = speaker is not None and any(begin <= speaker < end for begin, end in quotation.runs)
    if not inside:
        yield Candidate(quotation.runs, cue, speaker, chance)
    elif is_long_speech(tree, quotation):
        yield Candidate(quotation.runs, cue, None, chance)


def _without_cue(reading: Reading, quotation: Quotation) -> Candidate:
    """Who speaks is then whose verb is the nearest that quotes, or the subject of the clause around it."""
    tree = reading.tree
    cue = cue_farther_before(tree, quotation.pieces[0], reading.cues)
    speaker = speaker_around(tree, quotation.runs[0]) if cue is None else speaker_head(tree, cue, "clause")
    if speaker is not None and any(begin <= speaker < end for begin, end in quotation.runs):
        speaker = None
    return Candidate(quotation.runs, None, speaker, reading.cues.shares["none"])


def labelled(reading: Reading) -> Iterator[Candidate]:
    """What follows the speaker's name and a colon at the start of a paragraph. "LEE: *It is late.*" """
    for label in reading.labels:
        first, end = reading.words(label.rest)
        colon, _ = reading.words((label.colon, label.colon + 1))
        if not 0 < colon < first < end or reading.inside[first] >= 0:
            continue
        content = ((first, end),) if label.verbatim else reading.tree.without((first, end))
        if content:
            yield Candidate(content, colon, colon - 1, reading.cues.shares["label"], label.verbatim)


def reported(reading: Reading) -> Iterator[Candidate]:
    """What a cue word reports by its likeliest frame, outside quotation marks."""
    for first, end in reading.paragraphs:
        for cue in range(first, end):
            if reading.inside[cue] < 0:
                best = max(_by_frame(reading, cue), key=lambda one: one.confidence, default=None)
                if best is not None:
                    yield best


def _by_frame(reading: Reading, cue: int) -> Iterator[Candidate]:
    tree, cues = reading.tree, reading.cues
    particle = tree.child(cue, "prt")
    frames = cues.of(tree.tags[cue], tree.lemmas[cue], "" if particle is None else tree.words[particle])
    for report in reports(tree, cue) if frames else ():
        if report.frame in frames and not _is_deed(reading, report):
            speaker = speaker_head(tree, cue, report.frame)
            if speaker is None and _is_told_to_do(reading, cue):
                continue
            if speaker is None and _names(reading, report):
                continue
            chance = cues.chance(frames[report.frame], circumstances(tree, report, speaker))
            if chance >= (LEAST_OF_PRONOUN if _is_pronoun(tree, report) else cues.least):
                yield Candidate(_whole(reading, report.content), cue, speaker, chance)


def _names(reading: Reading, report: Report) -> bool:
    """Whether a cue of nobody only gives a thing its name, or is of a sort that reports nothing without a speaker.

    What stands in quotation marks after a passive may be somebody's words: "it was labelled '..'".
    """
    tree, cue = reading.tree, report.cue
    if tree.deps[cue] in {"acl", "amod"} and tree.words[cue] in NAMING:
        return True
    quoted_words = reading.inside[report.content[0][0]] >= 0
    return (tree.tags[cue], report.frame) in NOBODYS and not quoted_words


def _is_told_to_do(reading: Reading, cue: int) -> bool:
    """Whether a cue is an imperative at the start of its sentence or item: "*Seek* a joint position"."""
    tree = reading.tree
    first = reading.datelines.get(tree.sentences[cue], tree.sentences[cue])
    return tree.tags[cue] == "VB" and cue == first


def _is_pronoun(tree: Tree, report: Report) -> bool:
    """Whether nothing is said but who or what is meant: "sentenced *him*", "sees *it*"."""
    first, end = report.content[0]
    return len(report.content) == 1 and end - first == 1 and tree.tags[first] == "PRP"


def _is_deed(reading: Reading, report: Report) -> bool:
    """Whether the object of a cue is a thing that is done, not said: "reported *a profit of $2 million*"."""
    if report.frame != "object":
        return False
    nouns = reading.cues.deeds.get(reading.tree.lemmas[report.cue], frozenset())
    return any(reading.tree.lemmas[word] in nouns for word in reading.tree.all(report.cue, "dobj"))


def _whole(reading: Reading, content: Ranges) -> Ranges:
    """The content with every quoted stretch that it cuts made whole."""
    runs = list(content)
    for first, end in content:
        for number in {reading.inside[first], reading.inside[end - 1]} - {-1}:
            runs.append(reading.pieces[number].run)
    return tuple(merge(runs))
