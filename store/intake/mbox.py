"""Mailboxes: one message after the other, read line by line, so that a mailbox of any size is read in bounded memory.

A message begins at a line "From sender date" after a blank line (RFC 4155). What it says is `mail`'s business.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from store.errors import IntakeError
from store.intake import mail
from store.intake.reading import Reading

MOST = 50 * 1024 * 1024
"""Bytes that one message may have."""

_FIRST = re.compile(rb"From \S.*\d{4}.*")
_ESCAPED = re.compile(rb">+From ")
_LONGEST_LINE = 1024 * 1024


def readings(stream: BinaryIO, name: str) -> Iterator[Reading | IntakeError]:
    """The messages in a mailbox in order; one that cannot be read is an error in its place.

    Args:
        name: what errors name, with the message's number.

    Raises:
        IntakeError: when it is no mailbox.
    """
    number = 0
    for number, data in enumerate(_messages(stream, name), 1):
        subject = f"{name}, message {number}"
        if data is None:
            most = MOST // 1024 // 1024
            yield IntakeError(f"it has more than {most} MB", subject, "save its text and give that")
            continue
        try:
            yield mail.read(data, subject, str(number))
        except IntakeError as error:
            yield error
    if not number:
        raise IntakeError("there is no message in it", name, "give a mailbox that has some")


def _messages(stream: BinaryIO, name: str) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(_LONGEST_LINE):
        if blank and _FIRST.match(line):
            if begun:
                yield b"".join(lines) if size <= MOST else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= MOST:
                lines.append(line[1:] if _ESCAPED.match(line) else line)
        elif line.strip():
            raise IntakeError('it is no mailbox: it does not begin with a line "From ..."', name, "check the file")
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= MOST else None
