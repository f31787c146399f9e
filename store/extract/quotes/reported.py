"""What may be reported speech in a sentence, by its grammar alone: a cue word and the words that its frame governs.

Each rule is one frame ("said that ..", "promised to ..", "his claim that ..") and proposes what would be reported if
the cue is one; `cues.toml` says how likely that is. Who speaks is `store.extract.quotes.speakers`' business.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.extract.quotes.tree import OPENING, RAISING, VERB_TAGS, Ranges, Tree

CARRIED = frozenset({"as", "for", "of", "to", "from", "with", "against", "over", "about", "into", "between", "than"})
"""Prepositional phrases after an object that belong to what is reported: "blamed the council *for the delay*"."""
FARTHEST_PART = 60
"""Words before a cue in which a semicolon parts it from the clause before."""
RELATIVE = frozenset({"who", "whom", "which", "that", "what"})


@dataclass(frozen=True, slots=True)
class Report:
    """A cue and what it reports, if it reports."""

    cue: int
    """The word that may be a cue."""
    frame: str
    """How the content hangs on the cue, as named in `cues.toml`."""
    content: Ranges
    """The words of the content; never empty."""


def reports(tree: Tree, cue: int) -> Iterator[Report]:
    """All that `cue` may report by any frame, in no order."""
    tag = tree.tags[cue]
    rules: tuple[Rule, ...] = ()
    if tree.words[cue] == "according":
        rules = (according,)
    elif tag in VERB_TAGS:
        rules = VERB_RULES
    elif tag in {"NN", "NNS"}:
        rules = NOUN_RULES
    elif tag.startswith("JJ"):
        rules = ADJECTIVE_RULES
    for rule in rules:
        for frame, content in rule(tree, cue):
            if content:
                yield Report(cue, frame, content)


Rule = Callable[[Tree, int], Iterator[tuple[str, Ranges]]]


def clause(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`clause`: "She said *(that) it rained*."; `fronted`: "*It rained*, she said."

    A clause in front that opens with "while" or "although" is not what the cue reports.
    """
    fronted: list[int] = []
    for child in tree.all(cue, "ccomp"):
        if not is_finite(tree, child):
            continue
        if child > cue:
            yield "clause", around(tree, (tree.lefts[child], _end_of_clause(tree, child)), cue)
        elif not is_parted(tree, child, cue) and all(tree.words[mark] in OPENING for mark in tree.all(child, "mark")):
            fronted.append(child)
    if fronted:
        first = _start_of_sentence(tree, fronted[0], cue)
        yield "fronted", around(tree, (first, tree.rights[fronted[-1]]), cue)


def _start_of_sentence(tree: Tree, verb: int, cue: int) -> int:
    """Where what stands before a cue begins: with the clause that the parser joins to the cue and not to `verb`.

    "*Winds were strong and* waves were high, the office said."
    """
    first = tree.heads[cue]
    subject = tree.own_subject(cue)
    last = subject is not None and subject > verb and tree.rights[cue] >= tree.rights[first] - 1
    joined = tree.deps[cue] == "conj" and first < verb and is_finite(tree, first) and last
    return tree.lefts[first] if joined and not is_parted(tree, first, cue) else tree.lefts[verb]


def _end_of_clause(tree: Tree, verb: int) -> int:
    """Where the clause of `verb` ends: before a verb that goes with the cue, or a source that is said of all.

    "said *that it was late* and added .."; "said *that it was late*, according to aides".
    """
    for joined in tree.all(verb, "conj"):
        if tree.partner(joined) != verb:
            links = [word for word in tree.all(verb, "cc") if word < joined]
            return min([tree.lefts[joined], *links[-1:]])
    for prep in tree.all(verb, "prep"):
        if tree.words[prep] == "according" and tree.words[prep - 1] == "," and tree.rights[prep] == tree.rights[verb]:
            return prep - 1
    return tree.rights[verb]


def is_parted(tree: Tree, verb: int, cue: int) -> bool:
    """Whether a semicolon ends the clause of `verb` before the clause of `cue`: "*It is late*; others say so." """
    return ";" in tree.words[max(verb, cue - FARTHEST_PART) : cue]


def parenthesis(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`fronted`: the sentence that the cue with its speaker is put into. "*The plan*, she said, *would fail*." """
    parted = tree.heads[cue] < cue and is_parted(tree, tree.heads[cue], cue)
    if tree.deps[cue] == "parataxis" and not parted and tree.child(cue, "ccomp", "dobj") is None:
        yield "fronted", tree.without(tree.subtree(tree.heads[cue]), tree.subtree(cue))


def as_clause(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`as`: the clause that "as X put it" stands in. "*The party is over*, as Ms Park put it."

    Words without a finite verb are a heading or a label, and assert nothing: "Exports by region, as reported".
    """
    mark = tree.child(cue, "mark", "advmod")
    led = mark is not None and tree.words[mark] == "as"
    if tree.deps[cue] == "advcl" and led and tree.child(cue, "ccomp") is None and is_finite(tree, tree.heads[cue]):
        yield "as", tree.without(tree.subtree(tree.heads[cue]), tree.subtree(cue))


def infinitive(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`infinitive`: "promised *to help*"; `urge`: "urged him *to help*"; passive: "*he* is said *to be ill*"."""
    for child in tree.all(cue, "xcomp"):
        if tree.tags[child] == "VBG":
            yield "gerund", tree.without(tree.subtree(child))
        elif any(tree.words[word] == "to" for word in tree.all(child, "aux")):
            passive = tree.child(cue, "nsubjpass")
            if tree.lemmas[cue] in RAISING:
                passive = tree.subject(cue)
            named = tree.child(cue, "dobj")
            content = tree.without(tree.subtree(child))
            if passive is not None:
                yield "passive infinitive", tree.without(tree.subtree(passive)) + content
            else:
                yield "urge" if named is not None else "infinitive", content
        elif tree.child(cue, "nsubjpass") is not None:
            yield "passive predicate", tree.without(tree.subtree(child))


def wish(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`wish`: "wants *him to leave*"; `predicate`: "finds *it dull*"."""
    for child in tree.all(cue, "ccomp"):
        if not is_finite(tree, child):
            to = any(tree.words[word] == "to" for word in tree.all(child, "aux"))
            yield "wish" if to else "predicate", around(tree, tree.subtree(child), cue)


def thing(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`object`: "rejected *the plan*"; `predicate`: "called *it a mistake*"; `relative`: "*the plan* that he made"."""
    named = tree.child(cue, "dobj")
    predicate = tree.child(cue, "oprd")
    if named is None and predicate is None:
        return
    if named is not None and tree.words[named] in RELATIVE and named < cue:
        yield from _relative(tree, cue, predicate)
        return
    first = named if named is not None and named > cue else predicate
    if first is None or first < cue:
        return
    ends = [word for word in (named, predicate) if word is not None]
    ends += [word for word in tree.all(cue, "prep") if word > first and tree.words[word] in CARRIED]
    end = max(tree.rights[word] for word in ends)
    yield "object" if predicate is None else "predicate", tree.without((tree.lefts[first], end))


def _relative(tree: Tree, cue: int, predicate: int | None) -> Iterator[tuple[str, Ranges]]:
    if predicate is not None and predicate > cue:
        yield "predicate", tree.without(tree.subtree(predicate))
    elif tree.deps[cue] == "relcl":
        yield "relative", _antecedent(tree, cue)


def bare_relative(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`relative`: a relative clause without a pronoun. "*the plan* she proposed"."""
    objects = ("dobj", "ccomp", "xcomp", "prep", "oprd")
    if tree.deps[cue] == "relcl" and tree.child(cue, *objects) is None:
        subject = tree.child(cue, "nsubj")
        if subject is not None and tree.words[subject] not in RELATIVE:
            yield "relative", _antecedent(tree, cue)


def _antecedent(tree: Tree, cue: int) -> Ranges:
    noun = tree.heads[cue]
    return tree.without((tree.lefts[noun], tree.lefts[cue]))


def passive(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`passive`: "*The plan* was rejected by the council." """
    subject = tree.child(cue, "nsubjpass")
    if subject is not None and tree.child(cue, "xcomp", "ccomp") is None and tree.words[subject] not in RELATIVE:
        yield "passive", tree.without(tree.subtree(subject))


def participle(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`passive`: "*a plan* rejected by the council"."""
    if tree.deps[cue] == "acl" and tree.tags[cue] == "VBN" and tree.child(cue, "agent") is not None:
        yield "passive", _antecedent(tree, cue)


def preposition(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`about`, `of`, `for`: the preposition names the frame. "talked about *taxes*", "support for *the plan*"."""
    named = tree.child(cue, "dobj")
    for prep in tree.all(cue, "prep"):
        if prep < cue:
            continue
        governed = tree.child(prep, "pobj", "pcomp")
        if governed is not None:
            frame = tree.words[prep]
            first = tree.lefts[governed]
            yield frame if named is None else f"object {frame}", tree.without((first, tree.rights[prep]))


def noun_clause(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`clause`: "the claim *that it rained*"; `infinitive`: "a promise *to help*"."""
    for child in tree.all(cue, "acl", "ccomp", "relcl"):
        if child < cue:
            continue
        marks = tree.all(child, "mark")
        if any(tree.words[mark] in OPENING for mark in marks):
            yield "clause", tree.without(tree.subtree(child))
        elif any(tree.words[word] == "to" for word in tree.all(child, "aux")) and tree.deps[child] == "acl":
            yield "infinitive", tree.without(tree.subtree(child))


def in_words(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`in words`: "In the words of Ms Lee, *it was late*." """
    prep = tree.heads[cue]
    if tree.deps[cue] == "pobj" and tree.words[prep] == "in" and tree.deps[prep] == "prep":
        verb = tree.clause(tree.heads[prep])
        if verb != prep:
            yield "in words", tree.without(tree.subtree(verb), tree.subtree(prep))


def copula_clause(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`clause`: "his fear is *that it rains*"; `infinitive`: "his plan is *to leave*"."""
    verb = tree.heads[cue]
    if tree.deps[cue] == "nsubj" and tree.lemmas[verb] == "be":
        for child in tree.all(verb, "ccomp"):
            if is_finite(tree, child) and child > verb:
                yield "clause", tree.without(tree.subtree(child))
        for child in tree.all(verb, "xcomp"):
            yield "infinitive", tree.without(tree.subtree(child))


def quality_clause(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`clause`, `infinitive`: "is sure *that it rains*", "is eager *to help*"."""
    for child in tree.all(cue, "ccomp", "xcomp"):
        if child > cue:
            yield "clause" if is_finite(tree, child) else "infinitive", tree.without(tree.subtree(child))


def according(tree: Tree, cue: int) -> Iterator[tuple[str, Ranges]]:
    """`to`: the clause that "according to X" stands in. "According to Ms Lee, *the road is closed*." """
    verb = tree.clause(tree.heads[cue])
    if tree.sentences[cue] == cue or tree.words[cue - 1] == ",":
        # Set off by a comma it is said of the whole sentence: "The mayor said it was safe, according to aides."
        verb = tree.top(cue)
    first, end = tree.subtree(cue)
    if verb != cue:
        yield "to", tree.without(tree.subtree(verb), (first, end))


VERB_RULES: tuple[Rule, ...] = (
    clause,
    parenthesis,
    as_clause,
    infinitive,
    wish,
    thing,
    bare_relative,
    passive,
    participle,
    preposition,
)
NOUN_RULES: tuple[Rule, ...] = (noun_clause, copula_clause, in_words, preposition)
ADJECTIVE_RULES: tuple[Rule, ...] = (quality_clause, preposition)


def is_finite(tree: Tree, verb: int) -> bool:
    """Whether the clause of `verb` has a tense or opens with "that", "whether" or a question word."""
    if tree.tags[verb] in {"VBD", "VBP", "VBZ", "MD"}:
        return True
    for child in tree.children[verb]:
        if tree.deps[child] in {"aux", "auxpass"} and tree.tags[child] in {"MD", "VBD", "VBP", "VBZ"}:
            return True
        if tree.deps[child] == "mark" and tree.words[child] in OPENING:
            return True
    return False


def around(tree: Tree, words: tuple[int, int], cue: int) -> Ranges:
    """A run of words without the cue and its own words, should it stand inside."""
    if words[0] <= cue < words[1]:
        own = [word for word in tree.children[cue] if tree.deps[word] in {"nsubj", "aux", "neg", "advmod", "dative"}]
        first = min([cue, *(tree.lefts[word] for word in own if words[0] <= word < words[1])])
        end = max([cue + 1, *(tree.rights[word] for word in own if words[0] <= word < words[1])])
        return tree.without(words, (first, end))
    return tree.without(words)
