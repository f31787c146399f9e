"""What around a cue makes it more or less likely that it reports: how long the report is, whose it is, "might", "not".

The factors of these circumstances stand in `cues.toml`; what a cue may report, in `reported`.
"""

from collections.abc import Iterator

from store.extract.quotes.reported import Report
from store.extract.quotes.tree import NOUN_TAGS, Tree

PERSONS = frozenset({"he", "she", "they", "i", "we", "his", "her", "their", "my", "our"})


def circumstances(tree: Tree, report: Report, speaker: int | None) -> Iterator[str]:
    """What else makes it more or less likely that `report` reports, as named in `cues.toml`."""
    cue = report.cue
    children = tree.children[cue]
    if any(tree.tags[child] == "MD" for child in children):
        yield "modal"
    if any(tree.deps[child] == "neg" for child in children):
        yield "negated"
    if any(tree.deps[child] == "mark" and tree.words[child] == "if" for child in children):
        yield "if"
    if tree.words[tree.rights[tree.clause(cue)] - 1] == "?":
        yield "question"
    yield _length(sum(end - first for first, end in report.content))
    yield _kind_of_speaker(tree, speaker)


def _length(words: int) -> str:
    for most, name in ((1, "one word"), (2, "two words"), (6, "few words"), (12, "some words")):
        if words <= most:
            return name
    return "many words"


def _kind_of_speaker(tree: Tree, speaker: int | None) -> str:
    if speaker is None:
        return "nobody"
    if tree.words[speaker] in PERSONS:
        return "pronoun"
    if tree.entities[speaker] == "PERSON" or tree.tags[speaker] in {"NNP", "NNPS"}:
        return "name"
    if tree.tags[speaker] in NOUN_TAGS:
        return "noun"
    return "other"
