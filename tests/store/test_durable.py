"""A file of tables survives what can happen to it: damage, other formats, full disks, other windows."""

import fcntl
import json
import resource
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from store import atomic
from store.durable import DurableStorage
from store.errors import NotebookError
from store.tablefile import DamagedError, Format, decode, encode


def check(tables: Any) -> None:
    for table in tables.values():
        for document in table.values():
            document["name"].lower()


def rename_fields(content: dict[str, Any]) -> dict[str, Any]:
    """Format 1 called a name `title`."""
    return {"birds": {key: {"name": bird["title"]} for key, bird in content["birds"].items()}}


FORM = Format(number=2, check=check, migrations={0: dict, 1: rename_fields})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "birds.json"


def put(storage: DurableStorage, *names: str) -> None:
    """Insert birds through TinyDB, all in one write."""
    birds = TinyDB(storage=lambda: storage).table("birds", cache_size=0)
    with storage.change():
        for name in names:
            birds.insert({"name": name})


def names(path: Path) -> list[str]:
    """The birds that a fresh look at the file finds."""
    tables = DurableStorage(path, FORM).read() or {}
    return [bird["name"] for bird in tables.get("birds", {}).values()]


def test_opening_writes_nothing(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    assert storage.read() is None
    assert not path.parent.exists()


def test_what_is_changed_is_in_the_file_for_the_owner_alone(path: Path) -> None:
    put(DurableStorage(path, FORM), "wren", "owl")
    assert names(path) == ["wren", "owl"]
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_folders_that_are_made_are_for_the_owner_alone(tmp_path: Path) -> None:
    put(DurableStorage(tmp_path / "a" / "b" / "birds.json", FORM), "wren")
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path / "a", tmp_path / "a" / "b")} == {0o700}


def test_the_file_is_sorted_readable_json_and_plain_tinydb_reads_it(path: Path) -> None:
    put(DurableStorage(path, FORM), "skylark")
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
    with TinyDB(path, access_mode="r") as database:
        assert database.table("birds").search(where("name") == "skylark")


def test_tinydb_cannot_write_outside_of_a_change(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    with pytest.raises(RuntimeError, match="change"):
        TinyDB(storage=lambda: storage).table("birds").insert({"name": "crow"})


def test_a_change_that_fails_half_way_leaves_nothing(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    birds = TinyDB(storage=lambda: storage).table("birds", cache_size=0)
    with pytest.raises(ZeroDivisionError), storage.change():
        birds.update({"name": "dodo"})
        raise ZeroDivisionError
    assert [bird["name"] for bird in birds] == names(path) == ["wren"]


def test_two_windows_see_each_others_changes(path: Path) -> None:
    first, second = DurableStorage(path, FORM), DurableStorage(path, FORM)
    put(first, "wren")
    assert second.stale()
    put(second, "owl")
    assert first.stale()
    first.reload()
    assert not first.stale()
    assert first.read() == second.read()
    assert names(path) == ["wren", "owl"]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "zeros at the end": lambda data: data[:-20] + bytes(20),
    "another kind of JSON": lambda data: b"[]\n",
    "a document of another kind": lambda data: b'{"birds": {"1": {"wings": 2}}, "format": 2}',
    "a table of another kind": lambda data: b'{"birds": {}, "format": 2, "history": 3}',
    "a format of another kind": lambda data: b'{"birds": {}, "format": "two"}',
    "nested without end": lambda data: b'{"birds":' * 100_000,
    "not UTF-8": lambda data: data.replace(b"wren", b"wr\xff"),
    "merge marks": lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> theirs\n",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_set_aside_and_the_last_good_copy_used(path: Path, damage: Callable[[bytes], bytes]) -> None:
    put(DurableStorage(path, FORM), "wren", "owl")
    spoilt = damage(path.read_bytes())
    path.write_bytes(spoilt)
    storage = DurableStorage(path, FORM)
    assert "last good copy is used" in storage.problem
    assert storage.problem.count("\n") == 0
    (aside,) = path.parent.glob("birds.json.damaged-*")
    assert aside.read_bytes() == spoilt
    put(storage, "kite")
    assert names(path) == ["wren", "owl", "kite"]
    assert DurableStorage(path, FORM).problem == ""


def test_a_file_that_is_gone_comes_back_from_its_copy(path: Path) -> None:
    put(DurableStorage(path, FORM), "wren")
    path.unlink()
    assert "it is gone" in DurableStorage(path, FORM).problem
    assert names(path) == ["wren"]


def test_without_a_good_copy_it_starts_empty_and_keeps_both(path: Path) -> None:
    put(DurableStorage(path, FORM), "wren")
    for file in (path, path.with_name(".birds.json.copy")):
        file.write_bytes(b"spoilt " + file.name.encode())
    storage = DurableStorage(path, FORM)
    assert "starts empty" in storage.problem
    put(storage, "owl")
    assert names(path) == ["owl"]
    kept = {file.read_bytes() for file in path.parent.glob("*.damaged-*")}
    assert kept == {b"spoilt birds.json", b"spoilt .birds.json.copy"}


def test_nothing_that_was_set_aside_is_written_over(path: Path) -> None:
    put(DurableStorage(path, FORM), "wren")
    for number in range(3):
        path.write_bytes(b"spoilt %d" % number)
        DurableStorage(path, FORM)
    assert len(list(path.parent.glob("*.damaged-*"))) == 3


def test_damage_that_is_found_while_saving_is_mended_first(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    path.write_bytes(b"spoilt")
    put(storage, "owl")
    assert names(path) == ["wren", "owl"]
    assert "set aside" in storage.problem


def test_after_damage_what_was_there_before_can_be_saved_again(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    for file in (path, path.with_name(".birds.json.copy")):
        file.write_bytes(b"spoilt")
    put(storage, "wren")
    assert "starts empty" in storage.problem
    assert names(path) == ["wren"]


def test_a_change_that_fails_after_damage_goes_back_to_the_last_good_copy(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    put(DurableStorage(path, FORM), "owl")
    path.write_bytes(b"spoilt")
    with pytest.raises(ZeroDivisionError), storage.change():
        raise ZeroDivisionError
    assert [bird["name"] for bird in (storage.read() or {})["birds"].values()] == names(path) == ["wren", "owl"]


def test_a_newer_format_is_refused_and_left_alone(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    newer = path.read_bytes().replace(b'"format": 2', b'"format": 3')
    path.write_bytes(newer)
    with pytest.raises(NotebookError, match="newer briefbook"):
        DurableStorage(path, FORM)
    with pytest.raises(NotebookError, match="newer briefbook"):
        put(storage, "owl")
    assert path.read_bytes() == newer


def test_an_older_format_is_migrated_and_backed_up_with_the_first_change(path: Path) -> None:
    path.parent.mkdir()
    old = b'{"birds": {"1": {"title": "wren"}}, "format": 1}'
    path.write_bytes(old)
    storage = DurableStorage(path, FORM)
    assert names(path) == ["wren"]
    assert path.read_bytes() == old
    put(storage, "owl")
    assert names(path) == ["wren", "owl"]
    (backup,) = path.parent.glob("birds.json.format-1-*")
    assert backup.read_bytes() == old


def test_a_save_that_fails_stays_in_memory_and_says_why(path: Path) -> None:
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    obstacle = path.with_name(".birds.json.new")
    obstacle.mkdir()
    with pytest.raises(NotebookError, match="cannot be saved"):
        put(storage, "owl")
    assert len((storage.read() or {})["birds"]) == 2
    assert names(path) == ["wren"]
    obstacle.rmdir()
    put(storage, "kite")
    assert names(path) == ["wren", "kite"]


def test_a_full_disk_leaves_the_old_file_whole(path: Path) -> None:
    path.parent.mkdir()
    put(DurableStorage(path, FORM), "wren")
    with pytest.raises(OSError), limited_files(1000):
        atomic.write_all({path: b"x" * 5000})
    assert names(path) == ["wren"]
    assert not list(path.parent.glob("*.new"))


class limited_files:  # noqa: N801 (reads as a word in a with statement)
    """Let this process write no file longer than so many bytes, as a disk does that is full."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __enter__(self) -> None:
        self.signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        self.limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most, self.limits[1]))

    def __exit__(self, *_: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.limits)
        signal.signal(signal.SIGXFSZ, self.signal)


def test_another_process_that_keeps_the_lock_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.durable.LOCK_SECONDS", 0.0)
    storage = DurableStorage(path, FORM)
    put(storage, "wren")
    with path.with_name(".birds.json.lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotebookError, match="another process"):
            put(storage, "owl")
    assert names(path) == ["wren"]


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "checkout" / "birds.json"
    put(DurableStorage(elsewhere, FORM), "wren")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    put(DurableStorage(path, FORM), "owl")
    assert path.is_symlink()
    assert names(elsewhere) == ["wren", "owl"]


def test_a_folder_in_its_place_is_no_damage(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(NotebookError, match="cannot be read"):
        DurableStorage(path, FORM)


def test_repair_writes_the_copy_anew(path: Path) -> None:
    put(DurableStorage(path, FORM), "wren")
    copy = path.with_name(".birds.json.copy")
    copy.unlink()
    DurableStorage(path, FORM).repair()
    assert copy.read_bytes() == path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.text(st.characters(exclude_categories=()), max_size=30), max_size=4))
def test_any_text_comes_back_and_no_character_acts(texts: dict[str, str]) -> None:
    tables = {"birds": {key: {"name": text} for key, text in texts.items()}}
    data = encode(tables, FORM)
    assert decode(data, FORM, Path("x")) == tables
    shown = data.decode("utf-8").replace("\n", "")
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202a\u202e\u2066\u2069" for c in shown)


def test_a_leftover_of_an_interrupted_write_is_written_over(path: Path) -> None:
    path.parent.mkdir()
    path.with_name(".birds.json.new").write_bytes(b"half")
    put(DurableStorage(path, FORM), "wren")
    assert sorted(file.name for file in path.parent.iterdir()) == [".birds.json.copy", ".birds.json.lock", "birds.json"]


def test_decoding_says_what_is_wrong() -> None:
    with pytest.raises(DamagedError, match="empty"):
        decode(b"  \n", FORM, Path("x"))
