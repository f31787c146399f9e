"""What can go wrong, in one sentence each: the message, what it is about, and what to do."""


class BriefbookError(Exception):
    """A failure that the reader can understand: `str()` of it is the one sentence to show.

    Args:
        message: what is wrong, without a full stop ("the file is empty").
        subject: what it is about: a path, a URL, an article's title. Shown first, control characters made visible.
        advice: what to do about it, without a full stop.
    """

    def __init__(self, message: str, subject: object = "", advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.subject = str(subject)
        self.advice = advice

    def __str__(self) -> str:
        sentence = f"{printable(self.subject)}: {self.message}" if self.subject else self.message
        return f"{sentence}; {self.advice}" if self.advice else sentence


class IntakeError(BriefbookError):
    """Something that was to be read is not a readable article."""


class ModelError(BriefbookError):
    """The language model is missing, damaged or could not be fetched."""


class ExtractError(BriefbookError):
    """An article could not be analysed."""


class NotebookError(BriefbookError):
    """Notes could not be read or written."""


class LibraryError(BriefbookError):
    """The library could not be read or written."""


class ExportError(BriefbookError):
    """Notes could not be written out, or an export format is unknown."""


class ImportingError(BriefbookError):
    """A file of annotations, or a part of it, could not be taken in."""


class ConfigError(BriefbookError):
    """`config.toml` says something that cannot be followed."""


_STAND_INS = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_STAND_INS |= dict.fromkeys(
    [*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
)


def printable(text: str) -> str:
    """`text` with each control character replaced, one for one, by a visible stand-in.

    C0 controls become their Unicode control pictures (a newline shows as `␊`), C1 and bidirectional controls,
    line and paragraph separators become U+FFFD, and so do lone surrogates. Code point offsets are unchanged.
    """
    # Most texts have nothing to replace, and exports ask for ten thousands of them.
    if text.isprintable():
        return text
    return text.translate(_STAND_INS).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
