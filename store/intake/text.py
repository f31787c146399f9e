"""Plain text: its characters stay as they are, its first lines tell title, byline, date and publisher."""

from store.article import first_line
from store.intake import head
from store.intake.reading import Reading


def read(text: str) -> Reading:
    """What a plain text holds; only line ends become LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = head.read(text)
    return Reading(
        text,
        title=told.title or first_line(head.without_dateline(text.lstrip())),
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        furniture=told.furniture,
    )
