"""The measure of the start works: one round of it."""

import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="needs Linux's /proc")
def test_one_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The harbour master counted his boats.\n\nThere were nine.\n", encoding="utf-8")
    place = importlib.util.spec_from_file_location("start", Path(__file__).with_name("start.py"))
    assert place is not None and place.loader is not None
    start = importlib.util.module_from_spec(place)
    place.loader.exec_module(start)
    monkeypatch.setattr(sys, "argv", ["start.py", str(path), "--rounds", "1"])
    start.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line[:12].strip() for line in lines] == ["until", "first page", "first frame", "one line"]
