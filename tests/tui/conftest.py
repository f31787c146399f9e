"""What the journeys share: two articles, the app opened on them, and waiting for a condition."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store import intake, worker
from store.extract.analyse import analyses
from store.home import Config, Home
from store.library import Library
from tui import cli
from tui.app import Briefbook, _welcome
from tui.client import Client
from tui.desk import Desk
from tui.keymaps import keymap
from tui.screens.reader import ReaderScreen

HARBOUR = """Dockers in Sarn vote to strike

SARN — Dock workers in the port city of Sarn voted on Monday to walk out for 48 hours, their union said.

“We have waited three years for a fair offer,” said Ilse Brandt, president of the Harbour Workers' Union (HWU). “We \
will not wait for a fourth.”

About 2,400 people work at the port, which handled 5.2 million containers last year. Brandt said that the strike would \
start on Thursday.

Tomas Reyes, chief executive of the Port of Sarn, called the vote regrettable. He said the company had offered a \
4.5% rise.
"""
RIVER = """River levels fall after a dry spring

The Orn fell to 1.2 metres on Tuesday, the water board said. Mayor Petra Lang asked residents to save water.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles and something that is none."""
    made = tmp_path / "inbox"
    made.mkdir()
    (made / "1-harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (made / "2-river.txt").write_text(RIVER, encoding="utf-8")
    return made


@pytest.fixture
def analysed(home: Home, folder: Path, nlp) -> Path:
    """`folder`, its articles analysed already: the panes are full from the first frame on."""
    stamp = worker.stamp(home, Config())
    assert stamp is not None
    articles = [intake.read(str(path)) for path in sorted(folder.iterdir())]
    with Library(home.library) as library:
        for article, analysis in zip(articles, analyses(nlp, articles), strict=True):
            library.keep_analysis(article.text_hash, stamp, analysis)
    return folder


@asynccontextmanager
async def _opened(
    home: Home,
    *sources: Path,
    size: tuple[int, int] = (120, 40),
    config: Config | None = None,
    notices: tuple[str, ...] = (),
) -> AsyncIterator[tuple[Pilot[int], ReaderScreen]]:
    """The app on these sources, as `tui.app.run` makes it; its desk is closed afterwards."""
    config = config or Config()
    desk = Desk(home, config, [str(source) for source in sources])
    try:
        if not desk.keys:
            desk.gather()
        key, reading = desk.first() or ("", _welcome(home))
        app = Briefbook(desk, key, reading, keymap(config.preset, config.keys), config.theme)
        app.notices = list(notices)
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            yield pilot, screen
            await screen.leave()
    finally:
        desk.close()


async def _until(pilot: Pilot[int], holds: Callable[[], object], what: str = "the condition") -> None:
    """Wait until `holds()` is true; fails after half a minute."""
    for _ in range(600):
        if holds():
            return
        await pilot.pause()
        await asyncio.sleep(0.05)
    pytest.fail(f"{what} never came")


def _at(screen: ReaderScreen, words: str) -> None:
    """Put the cursor on the sentence that holds `words`."""
    start = screen.reading.article.text.index(words)
    screen.reader.go_to((start, start + 1))


@pytest.fixture
def opened():
    """`async with opened(home, *sources, size=..., config=...) as (pilot, screen)`."""
    return _opened


@pytest.fixture
def without_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is analysed: what a test is not about does not take the two seconds that loading the model takes."""
    monkeypatch.setattr(Client, "_go_on", lambda _: None)


@pytest.fixture(autouse=True)
def _no_time_passes_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the screen counts as read when it is left, and not in the middle of a test on a slow machine."""
    monkeypatch.setattr("tui.screens.reader._KEEP_AFTER", 3600.0)


@pytest.fixture
def until():
    """`await until(pilot, condition, what)`."""
    return _until


@pytest.fixture
def at():
    """`at(screen, words)`."""
    return _at


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs `briefbook` in this process; gives status, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run
