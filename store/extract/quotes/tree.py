"""A parsed document as plain lists: what the rules of grammar ask of it, at a fraction of the cost of tokens.

Here are words, heads, children and the ends of subtrees, and the few questions about a clause that every rule asks.
Nothing here knows what a cue or a quotation is.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from store.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Ranges = tuple[tuple[int, int], ...]
"""Runs of words, `(first, end)`, half-open, in order."""

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
DEEPEST = 100
"""Heads above a word that are ever looked at: no sentence that anybody reads is deeper."""
MOST_CLAUSES = 6
"""Clauses above a verb in which its subject is looked for."""
WITHOUT_SUBJECT = frozenset(
    {"conj", "xcomp", "advcl", "pcomp", "prep", "acl", "ccomp", "auxpass", "dobj", "pobj", "attr"}
)
"""Relations of a word that shares the subject of its head."""
SIGNS = frozenset({"%", "‰", "°", "$", "€", "£", "¥", "₹", "₩", "₽", "¢"})
"""Marks that are read as words."""
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
RAISING = frozenset({"seem", "appear"})
"""Verbs whose subject belongs to what they report, not to who reports: "*the plan* seems *to be ready*"."""
OPENING = frozenset({"that", "whether", "if"})


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of a document with their dependencies. Every list has one entry a word."""

    words: list[str]
    """In lower case."""
    lemmas: list[str]
    """In lower case."""
    tags: list[str]
    """Penn Treebank tags."""
    deps: list[str]
    """Labels of ClearNLP dependencies, as spaCy's English models give them."""
    heads: list[int]
    """The index of each word's head; a root is its own."""
    lefts: list[int]
    """The first word of each word's subtree."""
    rights: list[int]
    """The word after the last one of each word's subtree."""
    children: list[list[int]]
    """In the order of the text."""
    starts: list[int]
    ends: list[int]
    """Code points of the text, half-open."""
    sentences: list[int]
    """The first word of the sentence that each word stands in."""
    entities: list[str]
    """The kind of name that each word is part of ("PERSON", "DATE"); empty when it is none."""

    def __len__(self) -> int:
        return len(self.words)

    def is_mark(self, word: int) -> bool:
        """Whether it is punctuation or white space, not a word."""
        return not any(character.isalnum() for character in self.words[word])

    def only_marks(self, first: int, end: int) -> bool:
        """Whether nothing between `first` and `end` is a word."""
        return all(self.is_mark(word) for word in range(first, end))

    def child(self, word: int, *deps: str) -> int | None:
        """The first child of `word` by one of these relations."""
        return next((child for child in self.children[word] if self.deps[child] in deps), None)

    def all(self, word: int, *deps: str) -> list[int]:
        """Every child of `word` by one of these relations."""
        return [child for child in self.children[word] if self.deps[child] in deps]

    def subtree(self, word: int) -> tuple[int, int]:
        """Where the subtree of `word` begins and ends."""
        return self.lefts[word], self.rights[word]

    def span(self, words: tuple[int, int]) -> Span:
        """The code points of a run of words."""
        return self.starts[words[0]], self.ends[words[1] - 1]

    def trimmed(self, words: tuple[int, int]) -> tuple[int, int]:
        """A run of words without the marks at its ends, but with the bracket that closes one; else empty."""
        first, end = words
        while first < end and self._is_loose(end - 1):
            end -= 1
        while first < end and self._is_loose(first):
            first += 1
        if first < end < len(self) and self.words[end] == ")" and self._opens_bracket(first, end):
            end += 1
        return first, end

    def _is_loose(self, word: int) -> bool:
        """Whether it is a mark that belongs to no word beside it, as the signs of currencies and "%" do."""
        return self.is_mark(word) and self.words[word] not in SIGNS and self.tags[word] != "$"

    def _opens_bracket(self, first: int, end: int) -> bool:
        """Whether the last bracket of a run of words is one that opens."""
        words = (self.words[word] for word in range(end - 1, first - 1, -1))
        return next((word == "(" for word in words if word in ("(", ")")), False)

    def without(self, words: tuple[int, int], *holes: tuple[int, int]) -> Ranges:
        """What is left of a run of words after `holes` are cut out, each piece trimmed, empty ones left out."""
        pieces, (first, end) = [], words
        for hole in sorted(holes):
            pieces.append((first, min(end, hole[0])))
            first = max(first, hole[1])
        pieces.append((first, end))
        trimmed = (self.trimmed(piece) for piece in pieces if piece[0] < piece[1])
        return tuple(piece for piece in trimmed if piece[0] < piece[1])

    def subject(self, verb: int) -> int | None:
        """The head of the subject of `verb`: its own, or that of the clause it depends on without one of its own.

        So "She said it and *added* ..", "She spoke, *adding* ..", "She wants to *say* ..", "workers *demanding* ..",
        "her plan of *saying* ..".
        """
        for _ in range(MOST_CLAUSES):
            own = self.own_subject(verb)
            if own is not None:
                return own
            dep, head = self.deps[verb], self.partner(verb)
            if dep == "acl" and self.tags[head] in NOUN_TAGS and self.tags[verb] == "VBG":
                return head
            if self.tags[verb] in NOUN_TAGS and (owner := self.child(verb, "poss")) is not None:
                return owner
            if dep not in WITHOUT_SUBJECT:
                return None
            verb = head
        return None

    def own_subject(self, verb: int) -> int | None:
        """The subject of `verb` itself; of several the last one before it, as the others belong to a fronted clause."""
        own = self.all(verb, "nsubj", "nsubjpass")
        return next((word for word in reversed(own) if word < verb), own[0]) if own else None

    def partner(self, verb: int) -> int:
        """The head of `verb`; of a verb wrongly joined to a clause, the verb that governs that clause.

        In "said that it was late and *added* that .." the parser joins "added" to "was", yet it goes with "said".
        """
        inner = self.heads[verb]
        outer = self.heads[inner]
        alike = self.tags[outer] == self.tags[verb] and self.deps[inner] == "ccomp" and self.deps[verb] == "conj"
        if alike and self.child(verb, "ccomp") is not None and self.child(verb, "nsubj") is None:
            return outer
        return inner

    def is_passive(self, verb: int) -> bool:
        """Whether `verb` has a passive subject or auxiliary."""
        return any(self.deps[child] in {"nsubjpass", "auxpass"} for child in self.children[verb])

    def clause(self, word: int) -> int:
        """The verb of the clause that `word` stands in; the top of its sentence when none is nearer."""
        for _ in range(DEEPEST):
            if self.tags[word] in VERB_TAGS | {"MD"} and self.deps[word] not in {"amod", "acl", "aux", "auxpass"}:
                return word
            if self.heads[word] == word:
                return word
            word = self.heads[word]
        return word

    def top(self, word: int) -> int:
        """The highest head above `word`, at most `DEEPEST` heads up."""
        return next(iter(deque(islice(self.ancestors(word), DEEPEST), maxlen=1)), word)

    def ancestors(self, word: int) -> Iterator[int]:
        """The heads above `word`, the nearest first."""
        while self.heads[word] != word:
            word = self.heads[word]
            yield word


def tree(doc: "Doc") -> Tree:
    """The plain lists of `doc`. Linear time; about two microseconds a word."""
    strings = doc.vocab.strings
    names: dict[int, str] = {}

    def named(keys: Iterable[int]) -> list[str]:
        return [names[key] if key in names else names.setdefault(key, strings[key]) for key in keys]

    columns = doc.to_array(["LOWER", "LEMMA", "TAG", "DEP", "ENT_TYPE"]).T.tolist()
    words, lemmas, tags, deps, entities = (named(column) for column in columns)
    heads = [token.head.i for token in doc]
    children: list[list[int]] = [[] for _ in words]
    sentences: list[int] = []
    for token, head in zip(doc, heads, strict=True):
        if head != token.i:
            children[head].append(token.i)
        sentences.append(token.i if token.is_sent_start or not sentences else sentences[-1])
    return Tree(
        words=words,
        lemmas=[lemma.lower() for lemma in lemmas],
        tags=tags,
        deps=deps,
        heads=heads,
        lefts=[token.left_edge.i for token in doc],
        rights=[token.right_edge.i + 1 for token in doc],
        children=children,
        starts=[token.idx for token in doc],
        ends=[token.idx + len(token) for token in doc],
        sentences=sentences,
        entities=entities,
    )
