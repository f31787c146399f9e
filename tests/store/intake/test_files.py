"""What is found in files and folders, in which order, and what is refused without hanging."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import IntakeError
from store.intake import find, read
from store.intake.files import LIMIT, natural

Write = Callable[[str, str | bytes], str]


def names(sources: list[str], root: Path) -> list[str]:
    return [str(Path(source).relative_to(root)) for source in sources]


def test_a_folder_is_searched_in_natural_order(write: Write, tmp_path: Path) -> None:
    for name in ("part 10.txt", "part 2.md", "Part 1.HTML", "b/two.txt", "a.htm", "picture.png", ".hidden.txt"):
        write(name, "text")
    write(".git/description.txt", "text")
    found, errors = find([str(tmp_path)])
    inside = [name for name in names(found, tmp_path) if not name.startswith("home")]
    assert inside == ["a.htm", "b/two.txt", "Part 1.HTML", "part 2.md", "part 10.txt"]
    assert errors == []


def test_the_order_of_the_inputs_is_kept_and_nothing_is_taken_twice(write: Write, tmp_path: Path) -> None:
    later, first = write("box/z.txt", "z"), write("box/a.txt", "a")
    (tmp_path / "box" / "link.txt").symlink_to(later)
    found, errors = find([later, "-", str(tmp_path / "box"), "-", first, later])
    assert (found, errors) == ([later, "-", first], [])


def test_a_file_named_outright_is_taken_whatever_its_extension(write: Write) -> None:
    path = write(".notes", "text")
    assert find([path]) == ([path], [])


def test_a_relative_name_becomes_absolute(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("box/a.txt", "a")
    monkeypatch.chdir(tmp_path / "box")
    assert find(["./../box/a.txt", "a.txt"])[0] == [path]


READABLE = "briefbook reads .txt .md .html .pdf .docx .odt .epub .eml .mbox .json .jsonl .rss files"


def test_what_cannot_be_read_is_one_error_each_and_the_rest_is_found(write: Write, tmp_path: Path) -> None:
    there = write("box/there.txt", "Here.")
    (tmp_path / "bare").mkdir()
    wrong = [str(tmp_path / "gone.txt"), str(tmp_path / "bare"), "ftp://example.org/a", "", "a\0b", f"{there}/x"]
    found, errors = find([*wrong, there])
    assert found == [there]
    assert [str(error).split(": ", 1)[1] for error in errors] == [
        "there is no such file or folder; check the name",
        "there is no article in this folder; " + READABLE,
        "only http and https addresses are fetched; give one of these, or a file by its path",
        "this is not the name of a file; give a path, or - for standard input",
        "this is not the name of a file; give a path, or - for standard input",
        "there is no such file or folder; check the name",
    ]


def test_a_web_address_is_taken_as_it_is_and_once(write: Write) -> None:
    path, url = write("a.txt", "a"), "HTTPS://example.org/a?b#c"
    assert find([url, path, url]) == ([url, path], [])


def test_a_file_address_names_a_file(write: Write) -> None:
    path = write("a b.txt", "a")
    assert find(["file://" + path.replace(" ", "%20"), "file://localhost" + path]) == ([path], [])


def test_links_in_circles_are_followed_once(write: Write, tmp_path: Path) -> None:
    path = write("box/inner/a.txt", "a")
    (tmp_path / "box/inner/up").symlink_to(tmp_path / "box")
    (tmp_path / "box/self").symlink_to(tmp_path / "box/self")
    (tmp_path / "box/broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert find([str(tmp_path / "box")]) == ([path], [])
    found, errors = find([str(tmp_path / "box/self")])
    assert found == [] and "its links lead in a circle" in str(errors[0])


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_pipes_and_devices_are_refused_without_waiting(write: Write, tmp_path: Path) -> None:
    there = write("box/a.txt", "a")
    os.mkfifo(tmp_path / "box/pipe.txt")
    assert find([str(tmp_path / "box")]) == ([there], [])
    for name in (str(tmp_path / "box/pipe.txt"), "/dev/zero"):
        found, errors = find([name])
        assert found == [] and "this is a device or a pipe, not a file" in str(errors[0])
        with pytest.raises(IntakeError, match="send its text to standard input"):
            read(name)


def test_a_folder_is_not_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="this is a folder, not a file"):
        read(str(tmp_path))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(4 * LIMIT)
    with pytest.raises(
        IntakeError, match=r"large\.txt: briefbook reads at most 50 MB at once and it has 200 MB; split it"
    ):
        read(str(large))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(write: Write, tmp_path: Path) -> None:
    there, closed = write("box/b/there.txt", "a"), write("box/a/closed.txt", "a")
    Path(closed).chmod(0)
    with pytest.raises(IntakeError, match="you may not read it; change its permissions or copy it"):
        read(closed)
    Path(closed).parent.chmod(0)
    found, errors = find([str(tmp_path / "box")])
    Path(closed).parent.chmod(0o700)
    assert found == [there] and len(errors) == 1


def test_control_characters_in_a_name_do_not_reach_the_message(write: Write) -> None:
    path = write("bad\nname\x1b[31m.txt", "")
    assert find([path]) == ([path], [])
    with pytest.raises(IntakeError) as caught:
        read(path)
    assert "bad␊name␛[31m.txt: it is empty" in str(caught.value)


def test_a_name_that_is_no_text_can_be_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("Water.")
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    (found,), errors = find([os.fsdecode(path)])
    assert (read(found).text, errors) == ("Water.", [])


@given(st.lists(st.text(max_size=12), max_size=8))
def test_natural_order_is_an_order_of_all_names(some: list[str]) -> None:
    backwards = list(reversed(some))
    assert sorted(some, key=natural) == sorted(backwards, key=natural)
