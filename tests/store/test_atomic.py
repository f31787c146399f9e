"""Files are replaced whole, and are for others to read only where the reader lets new files be."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import atomic
from store.article import make_article
from store.export import Export, markdown, writing


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """What the reader's shell set."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o027, 0o640)])
def test_a_new_file_gets_the_mode_that_it_is_given_or_what_the_umask_leaves(
    tmp_path: Path, mask: int, expected: int
) -> None:
    a, b, c, d = (tmp_path / name for name in ("a", "b.html", "c.md", "d"))
    with umask(mask):
        atomic.write(a, b"words", mode=None)
        writing.write(b, ["words"])
        markdown.write(c, Export(make_article("Some words.")))
        atomic.write(d, b"words")
    assert [mode(path) for path in (a, b, c, d)] == [expected, expected, expected, 0o600]


@pytest.mark.parametrize("old", [0o600, 0o664])
def test_a_file_that_is_there_keeps_its_mode_unless_one_is_given(tmp_path: Path, old: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(old)
    atomic.write(path, b"new", mode=None)
    assert (path.read_bytes(), mode(path)) == (b"new", old)
    atomic.write(path, b"newer")
    assert (path.read_bytes(), mode(path)) == (b"newer", 0o600)


def test_two_writers_of_one_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "a"

    def pieces() -> Iterator[bytes]:
        yield b"one"
        atomic.write(path, b"another, and whole")
        assert path.read_bytes() == b"another, and whole"
        yield b" two"

    atomic.write(path, pieces())
    assert path.read_bytes() == b"one two"
    assert not list(tmp_path.glob(".*"))


def test_a_link_stays_one_and_what_fails_leaves_nothing(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        atomic.write(link, failing())
    assert real.read_bytes() == b"old"
    atomic.write(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"
    assert not list(tmp_path.glob(".*"))


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may be passed through and not read, as `/home` often is; root may read what is closed to others."""
    opened = os.open

    def refusing(path: str | Path, *more: int) -> int:
        if Path(path) == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *more)

    monkeypatch.setattr(os, "open", refusing)
    return tmp_path


def test_a_folder_that_cannot_be_read_keeps_nothing_from_being_written(closed: Path) -> None:
    (closed / "there").mkdir()
    for path in (closed / "there" / "a", closed / "made" / "b", closed / "c"):
        atomic.write_all({path: b"words"})
        assert path.read_bytes() == b"words"


def test_the_name_of_a_folder_is_synced_with_the_first_file_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    (tmp_path / "a").mkdir()
    atomic.write(tmp_path / "a" / "b", b"words")
    assert synced == [tmp_path / "a", tmp_path]
    synced.clear()
    atomic.write(tmp_path / "a" / "b", b"others")
    assert synced == [tmp_path / "a"]
