"""Whose words they are: the phrase that names the speaker of a cue, found in the grammar and the words around it.

What is said, and whether it is, is decided elsewhere; which actor the phrase stands for, in `speaking_actors`.
"""

from store.extract.quotes.tree import FINITE, NOUN_TAGS, RAISING, VERB_TAGS, Tree

PRONOUNS = frozenset({"who", "he", "she", "they", "we", "i"})
INNER = frozenset({"of", "for", "from", "at", "in", "with", "to"})
"""Prepositions that belong to a speaker's name: "a spokesman *for* Ms Lee"."""
NEAR = 8
"""Words after a cue in which its speaker begins."""
SOURCES = ("by", "from", "of", "among")
"""Prepositions that lead from a noun to whose it is: "a call *from* the union", "the view *of* many"."""


def speaker_head(tree: Tree, cue: int, frame: str) -> int | None:
    """The head of the phrase that names who speaks; None when the sentence names nobody."""
    tag = tree.tags[cue]
    if tree.words[cue] == "according":
        return _governed(tree, cue, "to")
    if tag == "VBG" and cue and tree.entities[cue - 1] == "PERSON" and tree.deps[cue] != "advcl":
        # "a film of Ann Lee saying": the name beside a participle, not the film.
        return cue - 1
    if tag in VERB_TAGS:
        return _of_verb(tree, cue, frame)
    if tag in NOUN_TAGS:
        return _of_noun(tree, cue, frame)
    return _of_adjective(tree, cue, frame)


def _of_verb(tree: Tree, cue: int, frame: str) -> int | None:
    """She *said*; was *rejected* by her; workers *demanding*; "he was *told*" and "is *expected*" name nobody."""
    agent = tree.child(cue, "agent")
    if agent is not None:
        return tree.child(agent, "pobj")
    if tree.is_passive(cue) or is_asked(tree, cue):
        return None
    if tree.deps[cue] == "acl" and tree.tags[cue] == "VBN":
        # "Ms Lee, the mayor, stated that ..": a participle reports no clause, so the parser took a past tense for one.
        return tree.heads[cue] if frame == "clause" else None
    subject = pronoun_before(tree, cue) if tree.child(cue, "nsubj") is None else None
    subject = tree.subject(cue) if subject is None else subject
    if subject is None and cue and tree.tags[cue] in FINITE and tree.tags[cue - 1] in NOUN_TAGS:
        subject = cue - 1
    return None if subject is None or is_empty(tree, subject, cue) else subject


def is_asked(tree: Tree, cue: int) -> bool:
    """Whether a participle opens the sentence of who was asked: "*Asked* about it, she said"."""
    return tree.deps[cue] == "advcl" and tree.tags[cue] in {"VBN", "VBD"} and tree.child(cue, "nsubj") is None


def pronoun_before(tree: Tree, cue: int) -> int | None:
    """The pronoun right before a cue whose subject the parser did not see: "those *who* also say"."""
    word = cue - 1
    while word > tree.sentences[cue] and (tree.deps[word] in {"aux", "neg"} or tree.tags[word] == "RB"):
        word -= 1
    return word if word >= 0 and tree.words[word] in PRONOUNS else None


def is_empty(tree: Tree, subject: int, cue: int) -> bool:
    """Whether a subject only fills its place: "there was", "*it* seems that", "*it* is important to note"."""
    if tree.words[subject] == "there" or tree.lemmas[cue] in RAISING:
        return True
    verb = tree.heads[subject]
    return tree.words[subject] == "it" and verb != cue and (tree.lemmas[verb] == "be" or tree.is_passive(verb))


def _of_noun(tree: Tree, cue: int, frame: str) -> int | None:
    """*her* claim; a claim *by Ms Lee*; *Ms Lee* made the claim; *Ms Lee* is a supporter of .."""
    owner = tree.child(cue, "poss")
    if owner is not None:
        return owner
    for word in SOURCES:
        if word != frame:
            found = _governed(tree, cue, word)
            if found is not None:
                return found
    above = tree.heads[cue]
    if tree.deps[cue] in {"dobj", "attr", "pobj", "oprd", "conj"} and above != cue:
        verb = above if tree.tags[above] in VERB_TAGS else tree.clause(above)
        return tree.subject(verb) if tree.tags[verb] in VERB_TAGS else None
    return None


def _of_adjective(tree: Tree, cue: int, frame: str) -> int | None:
    """*She* is sure that; *voters* worried about; "it is clear that" names nobody."""
    above = tree.heads[cue]
    if tree.tags[above] in VERB_TAGS:
        subject = tree.subject(above)
        empty = subject is not None and tree.words[subject] == "it" and frame in {"clause", "infinitive"}
        return None if empty else subject
    return above if tree.tags[above] in NOUN_TAGS else None


def _governed(tree: Tree, word: int, preposition: str) -> int | None:
    for prep in tree.all(word, "prep"):
        if tree.words[prep] == preposition:
            return tree.child(prep, "pobj")
    return None


def past_dateline(tree: Tree, cue: int, end: int) -> int | None:
    """The head of the first phrase between a dateline and the cue. Leeds (AP): *Ms Lee* said ..

    A parser takes the place for the subject and what follows for an apposition.
    """
    for word in range(end, cue):
        if tree.tags[word] in NOUN_TAGS | {"PRP"} and not end <= tree.heads[word] < cue:
            return word
    return None


def speaker_beside(tree: Tree, cue: int, gap: tuple[int, int], after: bool) -> int | None:
    """The speaker of a quotation when the grammar gives none, by the order of the words in the gap around the cue.

    A parser that was led astray by quotation marks still knows nouns: "..," *Ms Lee* (Leeds) said; "..," said *Ms Lee*.
    """
    before = [word for word in range(gap[0], cue) if _can_speak(tree, word)]
    if before and after:
        return next((word for word in before if not gap[0] <= tree.heads[word] < cue), before[0])
    if before:
        return tree.heads[before[-1]] if tree.deps[before[-1]] == "appos" else before[-1]
    for word in range(cue + 1, min(gap[1], cue + NEAR)) if after else ():
        if _can_speak(tree, word):
            return _last_of_name(tree, word)
    return None


def _can_speak(tree: Tree, word: int) -> bool:
    return tree.tags[word] in NOUN_TAGS | {"PRP"} and tree.entities[word] not in {"DATE", "TIME"}


def speaker_around(tree: Tree, run: tuple[int, int]) -> int | None:
    """The subject of the clause that a quotation without a cue stands in. *She* came with a plan to ".."."""
    top = next((word for word in range(*run) if not run[0] <= tree.heads[word] < run[1]), None)
    if top is None or tree.sentences[top] >= run[0] - 1:
        return None
    subject = tree.subject(tree.clause(tree.heads[top]))
    return None if subject is None or run[0] <= subject < run[1] else subject


def speaker_at_mark(tree: Tree, mark: int, first: int, end: int) -> int | None:
    """Who speaks where a colon or a dash is the cue, between the words `first` and `end`.

    ".." — *Ann Lee*. *Ann Lee*: "..". *Her answer* was short: "..".
    """
    if tree.words[mark] != ":":
        names = [word for word in range(mark + 1, end) if tree.tags[word] in NOUN_TAGS]
        return _last_of_name(tree, names[0]) if names else None
    if mark > first and tree.entities[mark - 1] in {"PERSON", "ORG"}:
        return mark - 1
    for word in range(max(first, tree.sentences[mark - 1]), mark):
        if tree.deps[word] in {"nsubj", "nsubjpass"}:
            return word
    return mark - 1 if mark > first and tree.tags[mark - 1] in NOUN_TAGS else None


def _last_of_name(tree: Tree, word: int) -> int:
    while tree.heads[word] > word and tree.tags[tree.heads[word]] in NOUN_TAGS:
        word = tree.heads[word]
    return word


def speaker_phrase(tree: Tree, head: int) -> tuple[int, int]:
    """The words of the phrase of `head`, without what only describes it further.

    "the mayor, *Ann Lee*" keeps the name after the role; "Ann Lee, *the mayor*" does not keep the role, and neither
    keeps a clause: "Ann Lee, *who leads it*".
    """
    first, end = _start_of_phrase(tree, head), head + 1
    for child in (word for word in tree.children[head] if word > head):
        dep = tree.deps[child]
        if dep == "appos" and tree.tags[head] in {"NN", "NNS"} and tree.tags[child] in {"NNP", "NNPS"}:
            return tree.trimmed((first, speaker_phrase(tree, child)[1]))
        if dep in {"relcl", "acl", "appos", "advcl"} or (dep == "prep" and tree.words[child] not in INNER):
            break
        if dep not in {"punct", "cc", "case"}:
            end = max(end, tree.rights[child] if dep != "conj" else speaker_phrase(tree, child)[1])
    first, end = tree.trimmed((first, end))
    return (first, end) if first < end else (head, head + 1)


def _start_of_phrase(tree: Tree, head: int) -> int:
    """The first word of the phrase, past what only leads in: "However, *the minister*", "and *the mayor*"."""
    first = tree.lefts[head]
    for child in (word for word in tree.children[head] if word < head):
        leads_in = tree.deps[child] in {"advmod", "prep"} and tree.words[tree.rights[child]] == ","
        if leads_in or tree.deps[child] in {"relcl", "acl", "advcl", "cc", "mark"}:
            first = max(first, tree.rights[child])
    return first
