"""The forms of a name: what of two names is one ("Hassan Rouhani", "Rouhani"; "U.N.", "UN"), by their letters alone.

Names are compared as keys, tuples of folded words. Nothing here looks at a parsed document.
"""

import re
import unicodedata
from collections.abc import Iterator

Key = tuple[str, ...]
"""The words of a name, folded: what two spellings of one name share."""

SMALL_WORDS = frozenset({"of", "the", "and", "for", "on", "in", "to", "at", "de", "la", "du", "des", "del", "&"})
"""Words that an acronym may leave out."""

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "vii"})
_HONOURS = frozenset(
    {"phd", "md", "esq", "obe", "mbe", "cbe", "dbe", "kbe", "kc", "qc", "ra", "frs", "mp", "mep", "msp", "jd"}
)
SUFFIXES = _GENERATIONS | _HONOURS
"""What may follow a person's name, folded."""

_STATES = {
    "us": ("united", "states"),
    "uk": ("united", "kingdom"),
    "un": ("united", "nations"),
    "eu": ("european", "union"),
}

_WORD = re.compile(r"[^\W_]+(?:[.'’&+-][^\W_]+)*\.?|&")
_POSSESSIVE = re.compile(r"['’][sS]$")
_APOSTROPHES = str.maketrans("", "", ".'’")


def fold(word: str) -> str:
    """`word` in lower case, without accents, full stops and apostrophes.

    >>> fold("Élysée"), fold("U.S."), fold("O’Brien")
    ('elysee', 'us', 'obrien')
    """
    plain = (
        word
        if word.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    )
    return plain.translate(_APOSTROPHES).lower()


def key(name: str) -> Key:
    """The key of `name`: its words folded, without a leading article and a closing possessive.

    >>> key("The World Trade Organization's")
    ('world', 'trade', 'organization')
    >>> key("Marks & Spencer") == key("Marks and Spencer")
    True
    """
    words = tuple("and" if word == "&" else fold(_POSSESSIVE.sub("", word)) for word in _WORD.findall(bare(name)))
    words = tuple(word for word in words if word)
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def canonical(words: Key) -> Key:
    """`words` with the usual acronyms of states at their start written out, so that all spellings share a key.

    >>> canonical(key("U.S. Congress"))
    ('united', 'states', 'congress')
    """
    full = _STATES.get(words[0]) if len(words) > 1 else None
    return full + words[1:] if full else words


def surname(words: Key) -> str:
    """The last word that is no "Jr." and no letters after the name.

    >>> surname(key("Martin Luther King Jr."))
    'king'
    """
    for word in reversed(words):
        if word not in SUFFIXES:
            return word
    return words[-1]


def bare(name: str) -> str:
    """`name` on one line, without a closing possessive.

    >>> bare("the  Senate’s")
    'the Senate'
    """
    return re.sub(r"['’][sS]?$", "", " ".join(name.split()))


def is_acronym(word: str) -> bool:
    """Whether `word` looks like initials: two to six capitals, with or without full stops, digits allowed after one.

    >>> [word for word in ("WHO", "U.N.", "A", "Nato", "G20") if is_acronym(word)]
    ['WHO', 'U.N.', 'G20']
    """
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 6 and letters[0].isalpha() and letters.isupper() and letters.isalnum()


def initials(words: Key) -> set[str]:
    """The acronyms that a name may have: with its small words, and without them.

    >>> sorted(initials(("food", "and", "drug", "administration")))
    ['fada', 'fda']
    """
    parts = [part for word in words for part in word.split("-")]
    every = "".join(part[0] for part in parts if part)
    return {every, "".join(part[0] for part in parts if part and part not in SMALL_WORDS)}


def pieces(words: Key) -> Iterator[Key]:
    """Every proper part of a name that is a run of its words, in order ("Heritage" of "Heritage Foundation").

    >>> list(pieces(("a", "b", "c")))
    [('a',), ('a', 'b'), ('b',), ('b', 'c'), ('c',)]
    """
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if end - start < len(words):
                yield words[start:end]


def is_short_person(short: Key, full: Key) -> bool:
    """Whether `short` may name the person of `full`: some of its words in order, the surname among them; or initials.

    >>> is_short_person(("rouhani",), ("hassan", "rouhani")), is_short_person(("h", "rouhani"), ("hassan", "rouhani"))
    (True, True)
    >>> is_short_person(("hassan", "nasrallah"), ("hassan", "rouhani"))
    False
    """
    rest = iter(full)
    return surname(short) == surname(full) and all(
        any(_same(word, other) for other in rest) for word in without_suffix(short)
    )


def without_suffix(words: Key) -> Key:
    """`words` without what follows the surname.

    >>> without_suffix(("zaha", "hadid", "dbe", "ra"))
    ('zaha', 'hadid')
    """
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return words


def is_turned(one: Key, other: Key) -> bool:
    """Whether two names hold the same words in another order: "Viktor Orbán", "Orbán Viktor".

    >>> is_turned(("viktor", "orban"), ("orban", "viktor"))
    True
    """
    return one != other and len(one) == len(other) and sorted(one) == sorted(other)


def _same(short: str, full: str) -> bool:
    return short == full or (len(short) == 1 and full.startswith(short))
