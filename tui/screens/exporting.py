"""Writing out the notes of the open article: which format, where to, and what came of it. A side of the reader
screen.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from store.errors import BriefbookError
from tui import clipboard
from tui.screens.asking import Asking

if TYPE_CHECKING:
    from store.export import Export
    from store.export.blocks import Outcome
    from store.export.delivery import Target, Written

_CLIPBOARD = "-"
_OVER, _LEAVE = "Write over it", "Leave it as it is"


class Exporting(Asking):
    """The side of the reader screen that exports."""

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Ask for a format and a file, and write highlights and notes of this article to it."""
        try:
            target = await self._target()
            path = await self._path(target) if target else None
            if target and path:
                self.status.say(await self._export(target, path))
        except (BriefbookError, OSError, ValueError, RuntimeError) as error:
            self.status.say(str(error), alert=True)

    async def _target(self) -> "Target | None":
        from store.export import FORMATS, template
        from store.export.delivery import Target

        folder = self.desk.home.root / "templates"
        names = [*template.own(folder), *template.shipped()]
        rows = {f"{name}: {known.does}": name for name, known in FORMATS.items() if name != "template"}
        templates = {f"template {name}": name for name in dict.fromkeys(names)}
        picked = await self.pick("Export as", [*rows, *templates])
        if picked is None:
            return None
        if picked.value in rows:
            return Target(rows[picked.value])
        return Target("template", await self.desk.call(template.find, templates[picked.value], folder))

    async def _path(self, target: "Target") -> str | None:
        """The answer: a path, or the sign for the clipboard; None when nothing is to be done."""
        from store.export import file_names

        article = self.reading.article
        name = file_names.safe_name(article.title, article.id) + target.suffix
        what = "an existing file is updated" if target.format == "markdown" else "a file, or a folder"
        answer = await self.ask(f"Export as {target.format} to", proposed(name), f"{what} · - copies it")
        if not answer or answer == _CLIPBOARD or target.format == "markdown" or not _path(answer).is_file():
            return answer
        picked = await self.pick(f"{_path(answer).name} is there already", [_OVER, _LEAVE])
        return answer if picked and picked.value == _OVER else None

    async def _export(self, target: "Target", answer: str) -> str:
        """What was done, in a sentence."""
        from store.export import FORMATS, Export, delivery

        reading = self.reading
        whole = FORMATS[target.format].whole in ("yes", "always")
        analysis = reading.analysis if FORMATS[target.format].tables else None
        notebook = reading.notebook
        export = Export(reading.article, notebook.placed(), notebook.notes, analysis, whole, notebook.corrections)
        if answer == _CLIPBOARD:
            text = await self.desk.call(lambda: "".join(delivery.pieces(target, [export])))
            roads = await asyncio.to_thread(clipboard.copy, text, self.app.copy_to_clipboard)
            return f"Copied as {target.format}, {len(text):,} characters ({roads})"
        written = await self.desk.call(_write, target, _path(answer), export)
        return f"Exported to {written.path}{_changes(written.outcome)}"


def proposed(name: str) -> str:
    """Where a new file of that name is proposed to be: in the working folder; in the home folder when that is gone."""
    try:
        return str(Path.cwd() / name)
    except OSError:
        return f"~/{name}"


def _path(answer: str) -> Path:
    return Path(answer).expanduser()


def _write(target: "Target", path: Path, export: "Export") -> "Written":
    from store.export import delivery

    return delivery.write_into(target, path, export) if path.is_dir() else delivery.write(target, path, [export])


def _changes(outcome: "Outcome | None") -> str:
    if outcome is None:
        return ""
    counts = {"added": outcome.added, "updated": outcome.updated, "deleted": outcome.deleted}
    words = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    if outcome.edited:
        words.append(f"{len(outcome.edited)} left as you changed them there")
    return f" ({', '.join(words)})" if words else " (nothing new)"
