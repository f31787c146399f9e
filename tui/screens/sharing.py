"""Out of the program: copying, piping, the source; and what is known about the article. A side of the reader
screen.
"""

import asyncio
import contextlib
import os
import signal

from textual import work

from store.errors import printable
from store.intake import is_url
from store.spans import Span
from tui import clipboard, web_browser
from tui.beside import beside
from tui.screens.about import about
from tui.screens.exporting import Exporting
from tui.terminal import in_browser

_PIPE_PATIENCE = 30.0
"""Seconds that a command may take."""
_GRACE = 1.0
_MOST_ANSWER = 100_000
"""Bytes of its answer that are shown."""


class Sharing(Exporting):
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

    def open_link(self, address: str) -> None:
        """Open a link of the text in the browser; without an address there was none in sight."""
        if address:
            self._browse(address)
        else:
            self.status.say("There is no link on this page of the text")

    def open_source(self) -> None:
        """Open the article's web page, or say where its file is."""
        source = self.reading.article.source
        if is_url(source):
            self._browse(source)
        else:
            self.status.say(f"Read from {source}" if source else "This article came from standard input")

    @work(group="browse")
    async def _browse(self, address: str) -> None:
        if in_browser():
            self.app.open_url(address)
        elif web_browser.is_there():
            await beside(web_browser.show, address)
        else:
            self.status.say(f"There is no browser here; {self._key('copy')} copies what is selected: {address}")
            return
        self.status.say(f"Opened {address}")

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


def printable_text(text: str) -> str:
    """`text` with control characters as visible stand-ins, but with its line ends and tabs."""
    return "\n".join("\t".join(printable(cell) for cell in line.split("\t")) for line in text.split("\n"))


async def _piped(command: str, text: str) -> str:
    process = await asyncio.create_subprocess_shell(
        command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(_PIPE_PATIENCE):
            output = await _answer(process, text.encode("utf-8", "surrogatepass"))
    except TimeoutError:
        return f"The command did not end within {_PIPE_PATIENCE:.0f} seconds and was stopped."
    finally:
        # Whatever the command started ends with it, also when the app is left meanwhile.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                await _end(process)
    answer = printable_text(output.decode("utf-8", "replace"))
    if process.returncode:
        answer += f"\n(The command ended with status {process.returncode}.)"
    return answer or "(The command answered nothing.)"


async def _answer(process: asyncio.subprocess.Process, text: bytes) -> bytes:
    """What the process says to `text`, as far as it is shown."""
    assert process.stdin is not None and process.stdout is not None
    feeding = asyncio.create_task(_feed(process.stdin, text))
    output = bytearray()
    while len(output) < _MOST_ANSWER and (chunk := await process.stdout.read(_MOST_ANSWER)):
        output += chunk
    feeding.cancel()
    if len(output) < _MOST_ANSWER:
        await process.wait()
    return bytes(output[:_MOST_ANSWER])


async def _end(process: asyncio.subprocess.Process) -> None:
    """Let go of a process that was killed: it counts as ended only when its output was read to the end."""
    assert process.stdout is not None
    while await process.stdout.read(_MOST_ANSWER):
        pass
    await process.wait()


async def _feed(stdin: asyncio.StreamWriter, text: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        stdin.write(text)
        await stdin.drain()
        stdin.close()
