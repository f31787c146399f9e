"""The words that the actors pane knows: places and peoples, titles, key words of organizations, read from the `.toml`
files beside it, once a process. No rule lives here, only look-ups; each file's head documents its format."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from store.analysis import ActorKind
from store.extract.actors.names import key

Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places and the words derived from them."""

    names: Mapping[str, str]
    """Every known name and spelling of a place, to the name that its row gets: "U.K." to "United Kingdom"."""
    adjectives: Mapping[str, str]
    """"Afghan" to "Afghanistan"."""
    peoples: Mapping[str, str]
    """"Afghans" to "Afghanistan"."""
    states: frozenset[str]
    """Countries: places that act, and that "the country" can stand for."""
    ambiguous: frozenset[str]
    """Names that persons and organizations bear as well: there spaCy's label counts."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Words that stand before a name or for a person; lower case, no full stops."""

    courtesy: frozenset[str]
    offices: frozenset[str]
    modifiers: frozenset[str]
    persons: frozenset[str]
    """Role nouns: offices and other nouns for one person."""
    particles: frozenset[str]
    camps: frozenset[str]
    """What may stand right before a name and says the side somebody is on: "Libertarian"."""
    genders: Mapping[str, Gender]
    """Courtesy words and role nouns that tell the gender."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Head words of names, by what they name; lower case."""

    organization: frozenset[str]
    place: frozenset[str]
    optional: frozenset[str]
    """Heads of places that a name may go without: "Lorn" is "Lorn Dam"."""
    other: frozenset[str]
    """Events, laws, works, prizes: what is no actor."""
    organization_nouns: frozenset[str]
    """"company": common nouns that refer to an organization named before."""
    place_nouns: frozenset[str]
    standing: frozenset[str]
    """Key words that are a name when they stand alone with a capital letter: "Congress"."""
    openings: Mapping[str, ActorKind | None]
    """Key words at the start of a name, with what they make of it: "Lake"."""
    surnames: frozenset[str]
    """Key words that are surnames as well."""
    products: frozenset[str]
    """Well-known names of one word that are no actors, as they are written."""
    groups: frozenset[str]
    """Names of groups of people, as they are written."""

    def kind(self, head: str) -> ActorKind | Literal[False] | None:
        """What a name with that head is; None: no actor; False: the head does not tell."""
        if head in self.other:
            return None
        if head in self.organization:
            return "organization"
        return "place" if head in self.place else False


@dataclass(frozen=True, slots=True)
class Contexts:
    """Words around a name that tell what it names; lemmas."""

    saying: frozenset[str]
    """Verbs of saying."""
    acting: frozenset[str]
    """Verbs whose subjects are people, those of saying among them."""
    locating: frozenset[str]
    """Prepositions right before places."""
    moving: frozenset[str]
    """Verbs after which "to" and "from" lead to places."""
    things: frozenset[str]
    """Nouns that have the name of a thing before them."""
    organization_endings: tuple[str, ...]
    calling_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]


@cache
def places() -> Places:
    """The table of `places.toml`."""
    data = _read("places.toml")
    names: dict[str, str] = {city: city for city in data["cities"]}
    adjectives: dict[str, str] = {}
    peoples: dict[str, str] = {}
    for name, row in _rows(data):
        names |= {capital: capital for capital in _list(row.get("capital", []))}
        names |= dict.fromkeys((name, *row.get("also", [])), name)
        words = row.get("adjectives", [])
        adjectives |= dict.fromkeys(words, name)
        adjectives |= {word[:-1]: name for word in row.get("people", []) if word.endswith("ers")}
        peoples |= dict.fromkeys(row.get("people", [plural for word in words if (plural := people(word))]), name)
    names |= {city: "Washington" for city, name in names.items() if city.startswith("Washington")}
    return Places(names, adjectives, peoples, frozenset(data["countries"]), frozenset(data["ambiguous"]))


@cache
def contexts() -> Contexts:
    """The lists of `contexts.toml`."""
    data = _read("contexts.toml")
    saying = frozenset(data["saying"])
    return Contexts(
        saying=saying,
        acting=saying | set(data["acting"]),
        locating=frozenset(data["locating"]),
        moving=frozenset(data["moving"]),
        things=frozenset(data["things"]),
        organization_endings=tuple(data["organization_endings"]),
        calling_endings=tuple(data["calling_endings"]),
        plural_endings=tuple(data["plural_endings"]),
    )


@cache
def country_keys() -> frozenset[tuple[str, ...]]:
    """The keys (`store.extract.actors.names.key`) of the countries."""
    return frozenset(key(name) for name in places().states)


@cache
def area_keys() -> frozenset[tuple[str, ...]]:
    """The keys of continents, seas, rivers and the like: places that are no town."""
    return frozenset(key(name) for name in _read("places.toml")["regions"])


@cache
def titles() -> Titles:
    """The lists of `titles.toml`."""
    data = _read("titles.toml")
    male, female, either = (frozenset(data["courtesy"][key]) for key in ("male", "female", "either"))
    genders: dict[str, Gender] = dict.fromkeys((*male, *data["gender"]["male"]), "male")
    genders |= dict.fromkeys((*female, *data["gender"]["female"]), "female")
    offices = frozenset(data["office"]["words"])
    return Titles(
        courtesy=male | female | either,
        offices=offices,
        modifiers=frozenset(data["modifiers"]["words"]),
        persons=offices | set(data["person"]["words"]) | set(data["gender"]["male"]) | set(data["gender"]["female"]),
        particles=frozenset(data["particles"]["words"]),
        camps=frozenset(data["camps"]["words"]),
        genders=genders,
    )


@cache
def heads() -> Heads:
    """The lists of `organizations.toml`."""
    data = _read("organizations.toml")
    organization, place, other = (frozenset(data[key]["heads"]) for key in ("organization", "place", "other"))
    references = {key: frozenset(words) for key, words in data["references"].items()}
    standing = frozenset(data["organization"]["standing"])
    openings: dict[str, ActorKind | None] = dict.fromkeys(data["openings"]["other"])
    openings |= dict.fromkeys(data["openings"]["organization"], "organization")
    openings |= dict.fromkeys(data["openings"]["place"], "place")
    return Heads(
        organization,
        place,
        frozenset(data["place"]["optional"]),
        other,
        references["organization"],
        references["place"],
        standing,
        openings,
        frozenset(data["surnames"]["words"]),
        frozenset(data["products"]["names"]),
        frozenset(data["groups"]["names"]),
    )


@cache
def forenames() -> Mapping[str, Gender | None]:
    """Given names, folded, with the gender that they tell or None; the table of `forenames.toml`."""
    data = _read("forenames.toml")
    genders: dict[str, Gender | None] = {}
    for gender in ("male", "female"):
        for name in data[gender].lower().split():
            genders[name] = gender if name not in genders else None
    return genders | dict.fromkeys(data["either"].lower().split())


@cache
def surnames() -> frozenset[str]:
    """Surnames that tell a person even when they stand alone, in lower case."""
    return frozenset(_read("forenames.toml")["surnames"].lower().split())


def people(adjective: str) -> str:
    """The plural that names the people of a place; empty when the adjective forms none.

    >>> people("Afghan"), people("Iraqi"), people("Chinese")
    ('Afghans', 'Iraqis', '')
    """
    return adjective + "s" if adjective.endswith(("an", "i", "er")) else ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def _rows(data: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    # Countries come last: where a state and a country share a name, the name stands for the country.
    for table in ("regions", "states", "countries"):
        yield from data[table].items()


def _list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
