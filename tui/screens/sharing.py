"""Out of the program: copying, piping, exporting, the source; and what is known about the article. A side of the reader
self.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from store.errors import BriefbookError, printable
from store.spans import Span
from tui import clipboard
from tui.screens.about import about
from tui.screens.asking import Asking

if TYPE_CHECKING:
    from store.export.blocks import Outcome

_PIPE_PATIENCE = 30.0
"""Seconds that a command may take."""
_MOST_ANSWER = 100_000
"""Bytes of its answer that are shown."""


class Sharing(Asking):
    """The side of the reader screen that gives things out."""

    def copy(self, span: Span, cited: bool = False) -> None:
        """Copy a passage, with its citation or without."""
        text = self.reading.article.text[slice(*span)]
        self.copy_text(f"“{text}” ({self.reading.citation()})" if cited else text)
        self.reader.leave_selection()

    @work(group="copy")
    async def copy_text(self, text: str) -> None:
        """Copy a text; the status line says by which roads."""
        roads = await asyncio.to_thread(clipboard.copy, printable_text(text), self.app.copy_to_clipboard)
        self.status.say(f"Copied {len(text):,} characters ({roads})")

    def open_source(self) -> None:
        """Open the article's web page, or say where its file is."""
        source = self.reading.article.source
        if source.startswith(("http://", "https://")):
            self.app.open_url(source)
            self.status.say(f"Opened {source}")
        else:
            self.status.say(f"Read from {source}" if source else "This article came from standard input")

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Write highlights and notes of this article to a Markdown file."""
        from store.export import markdown

        reading = self.reading
        proposed = str(Path.cwd() / markdown.file_name(reading.article))
        answer = await self.ask("Export as Markdown to", proposed, "an existing file is updated")
        if not answer:
            return
        path = Path(answer).expanduser()
        notebook = reading.notebook

        def write() -> markdown.Written:
            return markdown.write(path, reading.article, notebook.placed(), notebook.notes, reading.analysis)

        try:
            outcome = (await self.desk.call(write)).outcome
        except BriefbookError as error:
            self.status.say(str(error), alert=True)
        else:
            self.status.say(f"Exported to {path}{_changes(outcome)}")

    @work(group="dialog", exclusive=True)
    async def action_pipe(self) -> None:
        """Give the selection, or the sentence, to a command and show its answer."""
        span = self.reader.selection or self.reader.sentence
        command = await self.ask("Pipe to", "", "a shell command")
        if command and command.strip():
            self.status.say(f"Running {command} …")
            answer = await _piped(command, self.reading.article.text[slice(*span)])
            self.status.say("")
            self.show_text(printable(command), answer)

    def show_about(self) -> None:
        """Show what is known about the article."""
        self.show_text("About this article", about(self.reading))


def _changes(outcome: "Outcome") -> str:
    counts = {"added": outcome.added, "updated": outcome.updated, "deleted": outcome.deleted}
    words = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    if outcome.edited:
        words.append(f"{len(outcome.edited)} left as you changed them there")
    return f" ({', '.join(words)})" if words else " (nothing new)"


def printable_text(text: str) -> str:
    """`text` with control characters as visible stand-ins, but with its line ends and tabs."""
    return "\n".join("\t".join(printable(cell) for cell in line.split("\t")) for line in text.split("\n"))


async def _piped(command: str, text: str) -> str:
    process = await asyncio.create_subprocess_shell(
        command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(text.encode()), _PIPE_PATIENCE)
    except TimeoutError:
        process.kill()
        return f"The command did not end within {_PIPE_PATIENCE:.0f} seconds and was stopped."
    answer = printable_text(output.decode("utf-8", "replace")[:_MOST_ANSWER])
    if process.returncode:
        answer += f"\n(The command ended with status {process.returncode}.)"
    return answer or "(The command answered nothing.)"
