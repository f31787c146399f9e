"""What is new or changed in a watched folder: told once, and not before it was left alone."""

import os
from collections.abc import Callable
from pathlib import Path

from store.intake import find
from store.intake.watch import Watch, changes

Write = Callable[[str, str | bytes], str]


def test_a_new_file_is_told_once_after_it_was_left_alone(write: Write, tmp_path: Path) -> None:
    old = write("box/old.txt", "Old.")
    watch = Watch([str(tmp_path / "box")], find([str(tmp_path / "box")])[0])
    assert watch.look() == []
    new, _, hidden = write("box/in/new.md", "New."), write("box/picture.png", "x"), write("box/.part.txt", "x")
    assert watch.look() == []
    Path(new).write_text("New, and more of it.")
    assert watch.look() == []
    assert watch.look() == [new]
    assert watch.look() == []
    Path(old).write_text("Old, and changed.")
    os.utime(hidden)
    assert [watch.look(), watch.look(), watch.look()] == [[], [old], []]


def test_what_is_there_already_is_told_unless_it_is_known(write: Write, tmp_path: Path) -> None:
    paths = [write("box/2.txt", "Two."), write("box/10.txt", "Ten.")]
    watch = Watch([str(tmp_path / "box")])
    assert [watch.look(), watch.look()] == [[], paths]


def test_what_went_and_came_again_is_new(write: Write, tmp_path: Path) -> None:
    path = write("box/a.txt", "A.")
    status = Path(path).stat()
    watch = Watch([str(tmp_path / "box")], [path])
    Path(path).rename(tmp_path / "kept")
    assert watch.look() == []
    (tmp_path / "kept").rename(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert [watch.look(), watch.look()] == [[], [path]]


def test_a_folder_may_be_missing_for_a_while(write: Write, tmp_path: Path) -> None:
    watch = Watch([str(tmp_path / "box")])
    assert watch.look() == []
    path = write("box/a.txt", "A.")
    assert [watch.look(), watch.look()] == [[], [path]]


def test_watching_goes_on_until_it_is_told_to_end(write: Write, tmp_path: Path) -> None:
    path = write("box/a.txt", "A.")
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == 4

    assert list(changes([str(tmp_path / "box")], every=0.5, wait=wait)) == [[path]]
    assert waits == [0.5] * 4
