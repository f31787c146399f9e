"""Searching one text: what matches, how many, which is next. No Textual in here.

Words are searched with smart case (capitals count when the query has some), across line ends and runs of blanks, and
whatever the kind of quotes, dashes, blanks, dots and composed letters. They become a linear regular expression, run
here in slices. Regular expressions of the reader's own may take for ever, which nothing can stop within a process: they
run in `tui.reader.matching`, in a process of their own that is ended after a time.
"""

import asyncio
import json
import re
import sys
import time
import unicodedata
from array import array
from collections.abc import AsyncIterator
from functools import cached_property
from pathlib import Path

from store.errors import BriefbookError
from store.spans import Span
from tui.reader.matches import Matches

TIME_LIMIT = 3.0
"""Seconds that a regular expression may take."""
MOST = 1_000_000
"""Matches that are counted; then the search is taken for complete."""

_VARIANTS = ("'‘’‚‛′ʼ＇`´", '"“”„‟″«»＂', "-‐‑‒–—―−－")
_CLASSES = {character: f"[{re.escape(group)}]" for group in _VARIANTS for character in group}
_PART = re.compile(r"\s+|…|\.\.\.|.", re.DOTALL)


class SearchError(BriefbookError):
    """A regular expression is wrong or takes too long."""


class SearchedText:
    """A text with what is needed to search it often."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str | None:
        """The text in lower case, offsets unchanged; None when that is not to be had (some capitals become longer)."""
        folded = self.text.lower()
        return folded if len(folded) == len(self.text) else None


def words_pattern(words: str, *, ignore_case: bool) -> str:
    """The regular expression for `words` in any typography; white space in it matches any run of white space."""
    return "".join(_part(part, ignore_case=ignore_case) for part in _PART.findall(words))


def _part(part: str, *, ignore_case: bool) -> str:
    if part.isspace():
        return r"\s+"
    if part in ("...", "…"):
        return r"(?:\.\.\.|…)"
    if part in _CLASSES:
        return _CLASSES[part]
    part = part.lower() if ignore_case else part
    forms = dict.fromkeys(unicodedata.normalize(form, part) for form in ("NFC", "NFD"))
    return re.escape(part) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"


def smart_case(query: str) -> bool:
    """Whether the case of letters is ignored: unless the query has a capital."""
    return query == query.lower()


class WordSearch:
    """A search for words. Matches that are needed at once are found at once; all of them by `advance`."""

    def __init__(self, searched: SearchedText, words: str) -> None:
        ignore = smart_case(words)
        folded = searched.folded if ignore else None
        self._text = searched.text if folded is None else folded
        flags = re.IGNORECASE if ignore and folded is None else 0
        self._pattern = re.compile(words_pattern(words, ignore_case=ignore and folded is not None), flags)
        self._at = 0
        self.matches = Matches()

    def advance(self, seconds: float) -> bool:
        """Look for more matches for about so long; whether all of them are known now."""
        matches, until = self.matches, time.monotonic() + seconds
        if matches.complete:
            return True
        for number, match in enumerate(self._pattern.finditer(self._text, self._at)):
            matches.add(*match.span())
            if number % 64 == 63 and (time.monotonic() > until or len(matches) >= MOST):
                self._at = match.end()
                matches.complete = len(matches) >= MOST
                return matches.complete
        matches.complete = True
        return True

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The matches that share a code point with `[start, end)`, whether counted yet or not."""
        if self.matches.known_until() >= end:
            return self.matches.overlapping(start, end)
        found = []
        for match in self._pattern.finditer(self._text, max(0, start - 200)):
            if match.start() >= end:
                break
            if match.end() > start:
                found.append(match.span())
        return found

    def after(self, offset: int) -> Span | None:
        """The first match that starts behind `offset`, the first of the text when there is none."""
        if self.matches.known_until() > offset + 1 and (found := self.matches.after(offset)) and found[0] > offset:
            return found
        match = self._pattern.search(self._text, offset + 1) or self._pattern.search(self._text)
        return match.span() if match else None

    def before(self, offset: int) -> Span | None:
        """The last match that starts before `offset`, the last of the text when there is none."""
        matches = self.matches
        if matches.complete or (len(matches) and matches.starts[0] < offset <= matches.known_until()):
            return matches.before(offset)
        return self._last_before(offset) or self._last_before(len(self._text) + 1)

    def _last_before(self, offset: int) -> Span | None:
        """The last match that starts before `offset`, looked for in ever larger windows that end there."""
        window, start = 4_096, offset
        while start > 0:
            start = max(0, offset - window)
            last = None
            for match in self._pattern.finditer(self._text, start):
                if match.start() >= offset:
                    break
                last = match.span()
            if last:
                return last
            window *= 8
        return None


async def regex_matches(text: str, pattern: str, start: int = 0) -> AsyncIterator[list[Span]]:
    """The matches of a regular expression, in batches, those behind `start` first; smart case, `^` and `$` at lines.

    Raises:
        SearchError: when the expression is wrong, or takes longer than `TIME_LIMIT`; what was found until then stands.
    """
    check_regex(pattern)
    flags = re.MULTILINE | (re.IGNORECASE if smart_case(re.sub(r"\\.", "", pattern)) else 0)
    head = json.dumps({"pattern": pattern, "flags": int(flags), "start": start, "most": MOST}) + "\n"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", str(Path(__file__).with_name("matching.py")),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    sending = asyncio.create_task(_send(child, head.encode() + text.encode("utf-8", "surrogatepass")))
    try:
        async for batch in _batches(child, time.monotonic() + TIME_LIMIT):
            yield batch
    except TimeoutError as error:
        raise SearchError("this expression takes too long", pattern, "make it simpler") from error
    finally:
        sending.cancel()
        if child.returncode is None:
            child.kill()
        await child.wait()


def check_regex(pattern: str) -> None:
    """Raise SearchError when `pattern` is no regular expression."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise SearchError(f"this is no regular expression ({error})", pattern) from error


async def _send(child: asyncio.subprocess.Process, data: bytes) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(data)
        await child.stdin.drain()
        child.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        return


async def _batches(child: asyncio.subprocess.Process, until: float) -> AsyncIterator[list[Span]]:
    """What the process finds; TimeoutError when it is not done at `until` (monotonic seconds)."""
    assert child.stdout is not None
    rest = b""
    while data := await _read(child.stdout, until - time.monotonic()):
        data = rest + data
        whole = len(data) - len(data) % 16
        rest = data[whole:]
        numbers = array("q", data[:whole])
        yield list(zip(numbers[::2], numbers[1::2], strict=True))


async def _read(stream: asyncio.StreamReader, seconds: float) -> bytes:
    async with asyncio.timeout(seconds):
        return await stream.read(1 << 16)
