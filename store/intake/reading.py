"""What a format module hands back: the text it read, and what the source told of it. No format is known here."""

from dataclasses import dataclass

from store.spans import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, or one article of a source that holds several, read. Empty fields are unknown."""

    text: str
    """The article's text with LF line ends; nothing in it changes after this."""
    title: str = ""
    byline: str = ""
    """Who wrote it, without "By"."""
    publisher: str = ""
    published: str = ""
    """ISO 8601, date or date and time."""
    language: str = ""
    """BCP 47."""
    furniture: tuple[Span, ...] = ()
    """Paragraphs that the source's markup or its head show not to be the report, as spans of `text`."""
    source: str = ""
    """The URL at which the article itself is found, where the source names one."""
    part: str = ""
    """Which part of a source that holds several it is: a message's id, a number."""
