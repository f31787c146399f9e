"""`python -m tests.screenshots [FOLDER]`: the README's pictures, drawn by the real app on the seeds, as SVG.

Runs the app without a terminal (Textual's pilot) in an empty home of its own; takes some seconds for the model.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from store import intake
from store.home import Config, find_home
from tui.app import Briefbook
from tui.desk import Desk
from tui.keymaps import keymap

SEEDS = Path(__file__).parent.parent / "seeds"
OUT = Path(__file__).parent / "screens"
SHOTS: tuple[tuple[str, tuple[int, int], str, tuple[str, ...]], ...] = (
    ("wide", (200, 60), "dark", ("}", "}", "H", "}", "c", "3", "4", "j", "1", "}")),
    ("medium", (120, 40), "dark", ("}", "H", "2", "j", "enter")),
    ("narrow", (80, 24), "dark", ("}", "4", "1")),
    ("light", (120, 40), "light", ("}", "H", "3", "j", "enter")),
    ("selection", (100, 30), "dark", ("}", "v", "s", "s")),
    ("help", (100, 30), "dark", ("?",)),
)
"""Name, size, theme, and the keys that lead there."""


async def shoot(name: str, size: tuple[int, int], theme: str, keys: tuple[str, ...], article: int) -> str:
    """The SVG of one picture."""
    home = find_home()
    sources, _ = intake.find([str(SEEDS)])
    sources = sources[article:] + sources[:article]
    desk = Desk(home, Config(theme=theme), sources)
    try:
        opened = desk.first()
        assert opened is not None, "the seeds cannot be read"
        app = Briefbook(desk, *opened, keymap(), theme)
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            while screen.reading.analysis is None:  # type: ignore[attr-defined]
                await pilot.pause(0.1)
            await pilot.press(*keys)
            await pilot.pause(0.3)
            svg = app.export_screenshot(title=f"briefbook, {size[0]} x {size[1]}")
            await screen.leave()  # type: ignore[attr-defined]
            return svg
    finally:
        desk.close()


def main(folder: Path) -> None:
    """Draw all pictures into `folder`."""
    folder.mkdir(exist_ok=True)
    models = find_home().models
    for number, (name, size, theme, keys) in enumerate(SHOTS):
        with tempfile.TemporaryDirectory() as home:
            os.environ["BRIEFBOOK_HOME"] = home
            (Path(home) / "models").symlink_to(models)
            svg = asyncio.run(shoot(name, size, theme, keys, number))
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(folder / f"{name}.svg", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
