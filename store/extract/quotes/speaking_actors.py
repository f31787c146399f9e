"""Which actor a speaker's words stand for: by name, by a reference that `actors` found, else by who spoke before.

In a report "he said" goes on with the person who was quoted last, which plain nearness does not know. Who the actors
are is decided in `store.extract.actors`; what was said, in `store.extract.quotes`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, islice, takewhile

from store.analysis import Actor
from store.extract.actors import lexicon
from store.extract.actors.lexicon import Gender
from store.extract.quotes.tree import Tree

HE, SHE, IT, THEY = (
    frozenset({"he", "his", "him"}),
    frozenset({"she", "her"}),
    frozenset({"it", "its"}),
    frozenset({"they", "their"}),
)
FIRST = frozenset({"i", "me", "my"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
SHORT = {"sen.": "senator", "rep.": "representative", "gov.": "governor", "gen.": "general", "prof.": "professor"}
"""Titles as they stand before names, and the words for who has them."""
OTHERS = frozenset({"vice", "deputy", "former", "ex", "assistant", "acting"})
"""Words that make another role of a role: "the president" is no vice president."""
ARTICLES = frozenset({"the", "a", "an", "this", "that"})
MOST_HEADS = 10
"""Heads above a relative pronoun that are looked at."""
FARTHEST_NAME = 120
"""Words before a pronoun in which who spoke or was named is looked for."""
FARTHEST_CUE = 30
"""Words after a pronoun in which its sentence is looked at."""
MOST_NAMES = 24
"""Words of names before a pronoun that are looked at."""


class SpeakingActors:
    """The actors of an article by where they stand, and who has spoken so far. Ask in the order of the text.

    Args:
        tree: the parsed article.
        actors: who acts in it.
        contents: the words of all that is said, as runs; who is only spoken of does not become "he".
    """

    def __init__(self, tree: Tree, actors: Sequence[Actor], contents: Iterable[tuple[int, int]] = ()) -> None:
        self._tree = tree
        self._actors = {actor.id: actor for actor in actors}
        self._named = _by_word(tree, ((actor.id, actor.mentions) for actor in actors))
        self._referred = _by_word(tree, ((actor.id, actor.references) for actor in actors))
        self._named_words = sorted(self._named)
        self._gender = _genders(tree, actors, self._named)
        self._roles = _by_role_word(actors)
        self._names = _by_last_name(actors)
        self._spoken: list[str] = []
        self._heard = 0
        self._said = bytearray(len(tree))
        for first, end in contents:
            self._said[first:end] = b"\x01" * (end - first)

    def of(self, head: int | None, end: int, goes_on: bool = False) -> str | None:
        """The id of the actor for whom the speaker's `head` stands; None when it is none.

        Args:
            head: the head word of the speaker; None when the text names nobody.
            end: the word after what is said and its cue.
            goes_on: whether an unnamed speaker is the one who spoke last.
        """
        if head is None:
            return self._spoken[-1] if goes_on and self._spoken else None
        found = self._stands_for(head)
        if found is not None:
            word = self._tree.words[head]
            self._spoken.append(found)
            if word in HE | SHE:
                self._gender.setdefault(found, "male" if word in HE else "female")
            self._heard = end
        return found

    def _stands_for(self, head: int) -> str | None:
        tree = self._tree
        for place in (head, *self._apposed(head)):
            if place in self._named:
                return self._named[place]
        word = tree.words[head]
        if word in HE | SHE:
            return self._person(head, "male" if word in HE else "female")
        if head in self._referred:
            return self._referred[head]
        if word in RELATIVE:
            antecedent = self._antecedent(head)
            return None if antecedent is None else self._stands_for(antecedent)
        if word in IT | THEY:
            return self._last_spoken(("organization", "place", "group"))
        bare = tree.subtree(head)[0] == head and tree.child(head, "det", "poss") is None
        return self._names.get(word) if bare or tree.tags[head] in {"NNP", "NNPS"} else self._by_role(head)

    def _apposed(self, head: int) -> list[int]:
        apposed = self._tree.all(head, "appos")
        if not apposed and self._tree.child(head, "cc") is None:
            # "The town's MP, Ann Lee, asked ..": the parser often joins the two as it would with "and".
            apposed = self._tree.all(head, "conj")
        return [word for word in apposed if word in self._named and self._actors[self._named[word]].kind != "place"]

    def _antecedent(self, pronoun: int) -> int | None:
        """The noun that a relative pronoun takes up: "*Ms Lee*, who said"."""
        for above in islice(self._tree.ancestors(pronoun), MOST_HEADS):
            if self._tree.deps[above] == "relcl":
                return self._tree.heads[above]
        return None

    def _person(self, pronoun: int, gender: Gender) -> str | None:
        """Whom "he" or "she" means beside a cue.

        Who was quoted last goes on speaking, unless somebody else has become the subject since; then it is whom
        `actors` found, or that subject. When nobody has been quoted, it is who was named last.
        """
        subject = self._subject_since(pronoun, gender)
        if subject is None and pronoun - self._heard <= FARTHEST_NAME:
            others = self._first_persons(pronoun)
            for actor in reversed(self._spoken[-6:]):
                if self._can_be(actor, gender) and actor not in others:
                    return actor
        return self._referred.get(pronoun, subject) or self._named_last(pronoun, gender)

    def _subject_since(self, pronoun: int, gender: Gender) -> str | None:
        """The last person of that gender who is the subject of a clause between the last quote and `pronoun`."""
        first, end = (bisect_left(self._named_words, word) for word in (self._heard, pronoun))
        for word in reversed(self._named_words[max(first, end - MOST_NAMES) : end]):
            actor = self._named[word]
            if self._tree.deps[word] in {"nsubj", "nsubjpass"} and not self._said[word] and self._can_be(actor, gender):
                return actor
        return None

    def _first_persons(self, pronoun: int) -> set[str | None]:
        """Who says "I" in the sentence of `pronoun`, and so is not she: "when I met Ms Lee, *she* told me"."""
        tree = self._tree
        first = tree.sentences[pronoun]
        words = range(first, min(pronoun + FARTHEST_CUE, len(tree)))
        same = takewhile(lambda word: tree.sentences[word] == first, words)
        return {
            self._referred.get(word)
            for word in same
            if tree.words[word] in FIRST and self._said[word] == self._said[pronoun]
        }

    def _named_last(self, pronoun: int, gender: Gender) -> str | None:
        end = bisect_left(self._named_words, pronoun)
        for word in reversed(self._named_words[max(0, end - MOST_NAMES) : end]):
            if pronoun - word > FARTHEST_NAME:
                break
            if self._can_be(self._named[word], gender):
                return self._named[word]
        return None

    def _can_be(self, actor: str, gender: Gender) -> bool:
        return self._actors[actor].kind == "person" and self._gender.get(actor, gender) == gender

    def _last_spoken(self, kinds: Sequence[str]) -> str | None:
        return next((actor for actor in reversed(self._spoken[-3:]) if self._actors[actor].kind in kinds), None)

    def _by_role(self, noun: int) -> str | None:
        """Who is said to be that: "the *minister*" is who has "minister" in the role; of several, who spoke last."""
        article = self._tree.child(noun, "det")
        if article is None or self._tree.words[article] not in {"the", "this", "that"}:
            return None
        first = max(self._tree.lefts[noun], noun - MOST_HEADS)
        words = {self._tree.words[word] for word in range(first, noun + 1)} - ARTICLES
        roles = self._roles.get(self._tree.words[noun], ())
        fits = [actor for actor, role in roles if words <= role and not (role - words) & OTHERS]
        if len(fits) == 1:
            return fits[0]
        end = bisect_left(self._named_words, noun)
        named = (self._named[word] for word in reversed(self._named_words[max(0, end - MOST_NAMES) : end]))
        return next((actor for actor in chain(reversed(self._spoken[-MOST_NAMES:]), named) if actor in fits), None)


def _by_word(tree: Tree, spans: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> dict[int, str]:
    """Each word that a span covers, with the id that the span belongs to; of nested spans the longest."""
    placed: dict[int, tuple[int, str]] = {}
    for name, places in spans:
        for start, end in places:
            for word in range(bisect_right(tree.ends, start), bisect_left(tree.starts, end)):
                if end - start > placed.get(word, (0, ""))[0]:
                    placed[word] = (end - start, name)
    return {word: name for word, (_, name) in placed.items()}


def _by_last_name(actors: Iterable[Actor]) -> dict[str, str]:
    """For each last word of a name who goes by it: who is so called by that word alone, else the most important one."""
    found: dict[str, str] = {}
    names = [(name.lower(), actor.id) for actor in actors for name in (actor.name, *actor.aliases)]
    for name, actor in names:
        found.setdefault(name.split()[-1], actor)
    return found | {name: actor for name, actor in reversed(names) if " " not in name}


def _by_role_word(actors: Iterable[Actor]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """For the head noun of each role the actors who have it, with all the words of their roles."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for actor in actors:
        role = frozenset(SHORT.get(word, word) for word in (actor.role or "").lower().split())
        found.setdefault(_head_of_role(actor.role or ""), []).append((actor.id, role))
    return found


def _head_of_role(role: str) -> str:
    """The noun of a role: "deputy mayor of Leeds" is a mayor.

    >>> _head_of_role("Sen."), _head_of_role("deputy mayor of Leeds")
    ('senator', 'mayor')
    """
    words = list(takewhile(lambda word: word not in {"of", "for", "in", "at", "to", "on"}, role.lower().split()))
    return SHORT.get(words[-1], words[-1].rstrip(",")) if words else ""


def _genders(tree: Tree, actors: Iterable[Actor], named: dict[int, str]) -> dict[str, Gender]:
    """The gender of whom a given name or a title tells it."""
    given = {actor.id: lexicon.forenames().get(actor.name.split()[0].lower()) for actor in actors}
    found = {name: gender for name, gender in given.items() if gender is not None}
    titles = lexicon.titles().genders
    for word, actor in named.items():
        if word and (gender := titles.get(tree.words[word - 1].rstrip("."))):
            found[actor] = gender
    return found
