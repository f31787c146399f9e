"""The units that `number:` is asked for by name, and what is said of a word that no figure has. No index is asked here.

What is counted has any name, so only the articles tell whether such a word is one (`store.search`); what stands here is
known without them.
"""

import difflib
import re
from collections.abc import Iterable, Iterator

from store.analysis import NUMBER_KINDS
from store.contexts import folded
from store.query import And, Not, Or, Query, QueryError, Term
from store.query_parser import value_of

UNITS = (
    *("usd", "eur", "gbp", "jpy", "cny", "inr", "rub", "aud", "cad", "chf", "sek", "nok", "dkk", "pln", "czk", "huf"),
    *("try", "brl", "mxn", "zar", "krw", "ils", "sar", "aed", "sgd", "hkd", "nzd", "uah", "thb", "idr", "php", "ars"),
    *("percent", "point", "second", "minute", "hour", "day", "week", "month", "year", "decade", "century"),
    *("metre", "kilometre", "centimetre", "millimetre", "mile", "foot", "yard", "inch", "acre", "hectare", "square"),
    *("gram", "kilogram", "tonne", "ton", "pound", "ounce", "litre", "gallon", "barrel", "cubic"),
    *("watt", "kilowatt", "megawatt", "gigawatt", "hour", "degree", "celsius", "fahrenheit", "byte", "megabyte"),
    *("gigabyte", "terabyte", "hertz", "volt", "joule", "calorie", "hectopascal", "per"),
)
"""The commonest, as the numbers pane has them, letters' case aside."""
_KNOWN = (*UNITS, *NUMBER_KINDS)
_NUMBER = re.compile(r"number:\s*[^\w\s]?", re.IGNORECASE)


def unit_terms(query: Query) -> Iterator[Term]:
    """What the query says of figures in words, wherever in it."""
    match query:
        case Term("number"):
            yield query
        case And(queries) | Or(queries):
            for one in queries:
                yield from unit_terms(one)
        case Not(inner):
            yield from unit_terms(inner)


def is_known(term: Term) -> bool:
    """Whether all words of `term` are units or kinds of figures wherever there are any."""
    words = folded(term.value).split()
    return all(word in _KNOWN or word.removesuffix("s") in _KNOWN for word in words) or (
        term.prefix and any(known.startswith(words[-1]) for known in _KNOWN)
    )


def refusal(term: Term, typed: str, counted: Iterable[str]) -> QueryError:
    """What is said when no figure has the words of `term`, a part of what was `typed`.

    Args:
        counted: words that figures have, of which the nearest is proposed.
    """
    word = folded(term.value)
    places = [match.end() for match in _NUMBER.finditer(typed)]
    position = next((at for at in places if folded(typed[at:]).startswith(word)), (places or [0])[0])
    message = f"no figure has “{term.value}” as its unit, kind or what is counted"
    return QueryError(message, typed, position, _advice(word, counted))


def _advice(word: str, counted: Iterable[str]) -> str:
    if value_of(word) is not None:
        return f"compare figures with number={word}, number>{word} or number<{word}"
    near = difflib.get_close_matches(word, {*_KNOWN, *counted}, 1)
    if near:
        return f"did you mean number:{near[0]}?"
    return f"units are usd, percent, year and the like; kinds are {', '.join(NUMBER_KINDS)}"
