"""What is known of the files that were written."""

from pathlib import Path

from store.export.record import Digest, Record


def test_a_file_is_ours_while_it_reads_as_it_was_written(tmp_path: Path) -> None:
    record, file = Record(tmp_path / "exports.json"), tmp_path / "a.html"
    assert record.may_write_over(file)
    digest = Digest(["One ", "é\ud800"])
    file.write_bytes("".join(digest).encode("utf-8", "replace"))
    assert not record.may_write_over(file)
    record.remember(file, digest.hexadecimal)
    link = tmp_path / "link.html"
    link.symlink_to(file)
    assert Record(tmp_path / "exports.json").may_write_over(file) and record.may_write_over(link)
    file.write_text("Two", encoding="utf-8")
    assert not record.may_write_over(file) and not record.may_write_over(tmp_path)


def test_a_record_that_is_spoilt_or_cannot_be_kept_knows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("One", encoding="utf-8")
    for spoilt in (b"[1]", b"{", b"\xff\xfe", b"[" * 100_000):
        (tmp_path / "exports.json").write_bytes(spoilt)
        assert not Record(tmp_path / "exports.json").may_write_over(file)
    Record(file / "exports.json").remember(file, "x")
    assert not Record(file / "exports.json").may_write_over(file)


def test_a_link_to_itself_is_a_name_like_another(tmp_path: Path) -> None:
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    record = Record(tmp_path / "exports.json")
    record.remember(loop, "x")
    assert record.may_write_over(loop) and loop.is_symlink()


def test_the_last_written_are_remembered(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("store.export.record._MOST", 2)
    record = Record(tmp_path / "exports.json")
    files = [tmp_path / name for name in ("a", "b", "c")]
    for file in files:
        digest = Digest([file.name])
        file.write_text("".join(digest), encoding="utf-8")
        record.remember(file, digest.hexadecimal)
    assert [record.may_write_over(file) for file in files] == [False, True, True]
