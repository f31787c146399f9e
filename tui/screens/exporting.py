"""Writing out the notes of the open article: which format, where to, and what came of it. A side of the reader
screen.
"""

import asyncio
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from textual import work

from store.article import Article
from store.errors import BriefbookError, ExportError
from tui import clipboard
from tui.screens.asking import Asking

if TYPE_CHECKING:
    from store.export import Export
    from store.export.blocks import Outcome
    from store.export.delivery import Target, Written
    from tui.screens.export_choice import Choice

_CLIPBOARD = "-"
_OVER, _LEAVE = "Write over it", "Leave it as it is"
_KEPT = "export"
"""Under which name the choices made last are remembered."""


class Exporting(Asking):
    """The side of the reader screen that exports."""

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Ask for a format, a file and what is to be in it, and write that of this article."""
        try:
            target = await self._target()
            proposal = await self._proposal(target) if target else None
        except (BriefbookError, OSError, ValueError, RuntimeError) as error:
            self.status.say(str(error), alert=True)
            return
        problem = ""
        while target and proposal and (proposal := await self._choose(target, proposal, problem)):
            # The next dialog ends this worker, and must not end the writing.
            exporting = self.run_worker(self._export_and_say(target, proposal), group="export")
            problem = await asyncio.shield(exporting.wait())
            if not problem:
                return

    async def _export_and_say(self, target: "Target", choice: "Choice") -> str:
        """What went wrong; nothing when all is done. The status line says either: the dialog may not come again."""
        try:
            self.status.say(await self._export(target, choice))
        except (BriefbookError, OSError, ValueError, RuntimeError) as error:
            self.status.say(str(error), alert=True)
            return str(error)
        return ""

    async def _target(self) -> "Target | None":
        from store.export import FORMATS, template
        from store.export.delivery import Target

        folder = self.desk.home.root / "templates"
        names = [*template.own(folder), *template.shipped()]
        rows = {name: f"{name}: {known.does}" for name, known in FORMATS.items() if name != "template"}
        rows |= {f"template {name}": f"template {name}" for name in dict.fromkeys(names)}
        picked = await self.pick("Export as", [*rows.values()], first=rows.get(str(self._remembered("last")), ""))
        name = next((name for name, row in rows.items() if picked and row == picked.value), "")
        if name in FORMATS:
            return Target(name)
        wanted = name.removeprefix("template ")
        return Target("template", await self.desk.call(template.find, wanted, folder)) if name else None

    async def _proposal(self, target: "Target") -> "Choice":
        """What was chosen last for that format; which marks is asked each time, so that none is left out unawares."""
        from store.export import FORMATS
        from tui.screens.export_choice import Choice

        known, kept = FORMATS[target.format], self._remembered(target.name)
        kept = kept if isinstance(kept, dict) else {}
        whole, tables = kept.get("whole", known.whole == "yes"), kept.get("tables", True)
        folder = kept.get("folder", "")
        path = await self.desk.call(_proposed, target, self.reading.article, folder if isinstance(folder, str) else "")
        return Choice(path, "", bool(whole), bool(tables) and self.reading.analysis is not None)

    def _remembered(self, name: str) -> Any:
        """What is remembered of exports under a name; None when nothing is."""
        kept = self.kept_state.get(_KEPT)
        return kept.get(name) if isinstance(kept, dict) else None

    def _remember(self, target: "Target", choice: "Choice", folder: str = "") -> None:
        """Remember what was chosen, for the next time."""
        kept = self.kept_state.get(_KEPT)
        before = self._remembered(target.name)
        made = dict(before) if isinstance(before, dict) else {}
        made |= {"whole": choice.whole} | ({"tables": choice.tables} if self.reading.analysis is not None else {})
        made |= {"folder": folder} if folder else {}
        self.kept_state[_KEPT] = (kept if isinstance(kept, dict) else {}) | {target.name: made, "last": target.name}

    async def _choose(self, target: "Target", proposal: "Choice", problem: str) -> "Choice | None":
        from store.export import FORMATS
        from tui.screens.export_choice import TABLES, ExportScreen

        tables = TABLES if self.reading.analysis is not None else f"{TABLES} (not there yet)"
        screen = ExportScreen(target.name, FORMATS[target.format], proposal, problem, tables)
        return await self.app.push_screen_wait(screen)

    async def _export(self, target: "Target", choice: "Choice") -> str:
        """What was done, in a sentence."""
        from store.export import delivery

        export = await self._chosen(target, choice)
        if choice.path == _CLIPBOARD:
            text = await self.desk.call(lambda: "".join(delivery.pieces(target, [export])))
            roads = await asyncio.to_thread(clipboard.copy, text, self.app.copy_to_clipboard)
            self._remember(target, choice)
            return f"Copied as {target.name}, {len(text):,} characters ({roads})"
        typed = os.path.expanduser(choice.path)  # noqa: PTH111 (a Path forgets that it ended like a folder)
        kept = self.desk.home.exports
        try:
            written = await self.desk.call(_write, target, typed, export, kept)
        except delivery.FileIsThereError as error:
            name = PurePath(error.subject).name
            question = f"{name} is there already, and not as briefbook wrote it"
            picked = await self.pick(question, [_OVER, _LEAVE])
            if picked is None or picked.value != _OVER:
                return f"{error.subject} was left as it is"
            written = await self.desk.call(_write, target, typed, export, kept, True)
        self._remember(target, choice, _folder(typed, written.path))
        return f"Exported to {written.path}{_changes(written.outcome)}"

    async def _chosen(self, target: "Target", choice: "Choice") -> "Export":
        """What is to be written. Raises BriefbookError when that is nothing, or not to be had."""
        from store.export import Export, only

        reading, notebook = self.reading, self.reading.notebook
        if not choice.path:
            raise ExportError("no file is named", "", "name one, or - to copy it")
        if choice.tables and reading.analysis is None:
            raise ExportError("the actors, numbers and quotes are not there yet", "", "wait, or leave them out")
        analysis = reading.analysis if choice.tables else None
        marks = notebook.placed(), notebook.notes
        entries = await self.desk.call(self.desk.library.entries_of, [reading.article.id])
        tags = next((entry.tags for entry in entries), ())
        export = Export(reading.article, *marks, analysis, choice.whole, notebook.corrections, tags)
        if not choice.only:
            return export
        if notebook.unsaved:
            raise ExportError("marks that are not saved yet answer no query", choice.only, "leave that line empty")
        found = await self.desk.call(self.desk.annotations, choice.only, -1)
        ids = {one.id for one in found if one.article == reading.article.id}
        if not ids:
            raise ExportError("no highlight or note of this article fits", choice.only, "ask for others")
        return only(export, ids)


def proposed(name: str) -> str:
    """Where a new file of that name is proposed to be: in the working folder; in the home folder when that is gone."""
    try:
        return str(Path.cwd() / name)
    except OSError:
        return f"~/{name}"


def _proposed(target: "Target", article: Article, folder: str) -> str:
    """Where the export is proposed to be: in the folder of the last one; the folder itself, if that was named."""
    from store.export import file_names

    name = file_names.safe_name(article.title, article.id) + target.suffix
    if not folder or not Path(folder).is_dir():
        return proposed(name)
    return folder if folder.endswith(os.sep) else str(Path(folder, name))


def _folder(typed: str, written: Path) -> str:
    """The folder of an export, to be remembered; it ends as one when it was named and not the file."""
    from store.export import delivery

    return f"{Path(typed).absolute()}{os.sep}" if delivery.means_folder(typed) else str(written.parent)


def _write(target: "Target", typed: str, export: "Export", written_before: Path, force: bool = False) -> "Written":
    from store.export import delivery
    from store.export.record import Record

    record = Record(written_before)
    if delivery.means_folder(typed):
        return delivery.write_into(target, Path(typed), export, record, force=force)
    return delivery.write(target, Path(typed), [export], record, force=force)


def _changes(outcome: "Outcome | None") -> str:
    if outcome is None:
        return ""
    counts = {"added": outcome.added, "updated": outcome.updated, "deleted": outcome.deleted}
    words = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    if outcome.edited:
        words.append(f"{len(outcome.edited)} left as you changed them there")
    return f" ({', '.join(words)})" if words else " (nothing new)"
