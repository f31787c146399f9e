"""Which model is used for which language, and what the cache's key says."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.errors import ModelError
from store.extract import language
from store.home import Config, Home

if TYPE_CHECKING:
    from spacy.language import Language


def folder(parent: Path, code: str, name: str, version: str = "1.0.0") -> Path:
    path = parent / f"{code}_{name}"
    path.mkdir(parents=True)
    (path / "meta.json").write_text(json.dumps({"lang": code, "name": name, "version": version}))
    return path


def test_what_the_settings_name_comes_first(home: Home, tmp_path: Path) -> None:
    path = folder(tmp_path / "mine", "en", "own")
    found = language.find(home, Config(model=str(path)))
    assert found is not None and (found.name, found.origin) == ("en_own", "config")
    with pytest.raises(ModelError, match="no_such_model: there is no such language model"):
        language.find(home, Config(model="no_such_model"))


def test_other_languages_have_the_pipeline_that_the_settings_name(home: Home, tmp_path: Path) -> None:
    config = Config(models={"de": str(folder(tmp_path, "de", "small"))})
    for code in ("de", "de-AT"):
        found = language.find_for(home, config, code)
        assert found is not None and found.name == "de_small"
    assert language.find_for(home, config, "fr") is None
    assert language.find_for(home, config, "en-GB") == language.find(home, config)
    with pytest.raises(ModelError, match=r"correct `models\.fr`"):
        language.find_for(home, Config(models={"fr": "no_such_model"}), "fr")


def test_the_stamp_names_rules_and_models(home: Home, tmp_path: Path) -> None:
    plain = language.stamp(home, Config())
    assert plain is not None and plain.startswith(f"{language.extractor_version()}/en:en_core_web_")
    with_german = language.stamp(home, Config(models={"de": str(folder(tmp_path, "de", "small"))}))
    assert with_german == f"{plain}/de:de_small-1.0.0"
    assert len(language.extractor_version()) == 12


def test_check_parses_a_sentence(nlp: "Language", home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "load", lambda model: nlp)
    model = language.find(home, Config())
    assert model is not None
    assert re.fullmatch(r"en_core_web_\w+ 3[.\d]+ works: .* found .*Poland.*", language.check(model))


def test_a_damaged_model_is_one_sentence(home: Home, tmp_path: Path) -> None:
    damaged = language.read_model(folder(tmp_path, "en", "empty"), "config")
    assert damaged is not None
    with pytest.raises(ModelError, match=r"cannot be loaded .* run `briefbook model install`"):
        language.load(damaged)
