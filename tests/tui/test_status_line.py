"""The status line: every message can be read whole, and nothing else moves for it that need not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.panes.lines import clean, width_of
from tui.screens.foot import StatusLine

pytestmark = pytest.mark.usefixtures("without_worker")

LONG = "inbox/very/far/away/" * 3 + "report.pdf: there is no such file or folder; check the name, or name its folder"
LONGER = " ".join([LONG] * 2)


def shown(screen) -> str:
    """The words of the status line as drawn, rows joined by blanks."""
    status = screen.status
    rows = [status.render_line(y).text for y in range(status.size.height)]
    return " ".join(" ".join(rows).split())


@pytest.mark.parametrize(("size", "message", "rows"), [((80, 24), LONG, 2), ((80, 24), LONGER, 4), ((40, 10), LONG, 4)])
async def test_a_long_message_can_be_read_whole(home, folder, size, message, rows, opened, until):
    async with opened(home, folder / "1-harbour.txt", size=size) as (pilot, screen):
        before = screen.reader.region
        screen.status.say(message, alert=True)
        await until(pilot, lambda: screen.status.size.height == rows and not screen.key_line.display, "room for it")
        assert "".join(shown(screen).split()).startswith("".join(message.split()))
        assert screen.reader.region.height == before.height - max(0, rows - 2)
        assert screen.status.region.bottom == size[1]
        await pilot.press("escape")
        await until(pilot, lambda: screen.key_line.display, "the keys")
        assert screen.reader.region == before and screen.status.size.height == 1


async def test_a_short_message_takes_no_room(home, folder, opened):
    async with opened(home, folder / "1-harbour.txt", size=(80, 24)) as (pilot, screen):
        screen.status.say("Highlighted and saved")
        await pilot.pause()
        screen.status.set_work("Reading the article …")
        assert screen.key_line.display and screen.status.size.height == 1
        assert shown(screen).startswith("Highlighted and saved Reading the article …")


def test_what_goes_on_stands_beside_a_message_only_where_it_can_be_read() -> None:
    status = StatusLine(id="status")
    status.message, status.work, status.place = "Highlighted and saved", "Reading the article …", "1 of 3"
    rows = {width: "".join(text for text, _ in status.lines(width)[0]) for width in (80, 60, 50)}
    assert rows[80].startswith("Highlighted and saved  Reading the article … ")
    assert rows[60].startswith("Highlighted and saved  Reading the a… 1 of 3")
    assert rows[50].startswith("Highlighted and saved     ")


@settings(max_examples=60, deadline=None)
@given(message=st.text(max_size=300), width=st.integers(30, 200), progress=st.floats(0, 1))
def test_no_row_is_wider_than_the_line(message: str, width: int, progress: float) -> None:
    status = StatusLine(id="status")
    status.message, status.progress, status.place = message, progress, "12 of 84"
    lines = status.lines(width)
    assert 1 <= len(lines) <= 5
    assert all(width_of(line) <= width for line in lines)
    said = "".join(text for line in lines for text, style in line if not style)
    if not said.rstrip().endswith("…"):
        assert "".join(said.split()) == "".join(clean(message).split())
