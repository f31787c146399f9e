"""A list of thousands of rows: its cursor is in sight after any jump, and what is in sight holds together."""

import re

from store.analysis import Analysis, Quote

COUNT = 3_000


def shown(pane) -> list[int]:
    """The numbers of the rows that are in sight, from above."""
    text = "\n".join(pane.render_line(y).text for y in range(pane.scrollable_content_region.height))
    return [int(number) for number in re.findall(r"no (\d+)", text)]


async def test_jumps_and_steps_through_thousands_of_rows(home, analysed, opened, until):
    async with opened(home, analysed / "1-harbour.txt", size=(200, 60)) as (pilot, screen):
        words = [f"no {index} " + "and on " * (index % 17) for index in range(COUNT)]
        text = "\n".join(words)
        starts = [text.index(f"no {index} ") for index in range(COUNT)]
        object.__setattr__(screen.reading.article, "text", text)
        screen.reading.raw = Analysis(
            quotes=tuple(
                Quote(((start, start + len(said)),), said, "indirect")
                for start, said in zip(starts, words, strict=True)
            )
        )
        screen.draw_analysis()
        pane = screen.pane("quotes")
        pane.focus()
        await pilot.pause()
        for act, row in (
            (pane.action_last_row, COUNT - 1),
            (pane.action_row_up, COUNT - 2),
            (lambda: pane.select("q1500"), 1500),
            *((pane.action_row_up, 1500 - step) for step in range(1, 60)),
            *((pane.action_rows_page_up, None) for _ in range(6)),
            *((pane.action_rows_page_down, None) for _ in range(9)),
            (lambda: pane.select("q2900"), 2900),
            *((pane.action_row_down, 2900 + step) for step in range(1, 40)),
            (pane.action_first_row, 0),
        ):
            act()
            await pilot.pause()
            in_sight = shown(pane)
            assert row is None or pane.cursor == row
            assert pane.cursor in in_sight
            assert in_sight == [*range(in_sight[0], in_sight[-1] + 1)]
        pane.scroll_to(y=pane.max_scroll_y // 2, animate=False)
        await pilot.pause()
        before = shown(pane)
        for _ in range(30):
            pane.scroll_to(y=pane.scroll_offset.y - 3, animate=False)
            await pilot.pause()
            after = shown(pane)
            assert after == [*range(after[0], after[-1] + 1)]
            assert 0 <= before[0] - after[0] <= 3
            before = after
