"""Subscriptions in and out as OPML 2.0: feeds in folders. Feeds themselves are `feed`'s business."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from store.article import one_line
from store.errors import IntakeError
from store.intake.files import is_url
from store.intake.xml_events import events

MOST = 20_000
"""Subscriptions that are read from one file."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed that somebody reads."""

    url: str
    """The address of the feed, http or https."""
    title: str = ""
    site: str = ""
    """The address of the site that it tells of; empty when unknown."""
    folder: tuple[str, ...] = ()
    """The folders in which it stands, the outermost first."""


def read(data: bytes, subject: str) -> list[Subscription]:
    """The subscriptions in an OPML file in order, each address once.

    Args:
        subject: what errors name.

    Raises:
        IntakeError: when it is no OPML, or holds no subscription.
    """
    found: dict[str, Subscription] = {}
    for subscription in _outlines(data, subject):
        if len(found) >= MOST:
            raise IntakeError(f"it has more than {MOST:,} feeds", subject, "split it")
        found.setdefault(subscription.url, subscription)
    if not found:
        raise IntakeError("there is no feed in it", subject, "export the subscriptions as OPML again")
    return list(found.values())


def write(subscriptions: Iterable[Subscription], title: str = "briefbook") -> str:
    """An OPML document of subscriptions; those of one folder stand together, folders in the order of first sight."""
    top: _Folder = {}
    for subscription in subscriptions:
        inside = top
        for name in subscription.folder:
            inner = inside.setdefault((name,), {})
            assert isinstance(inner, dict)
            inside = inner
        inside[subscription.url] = subscription
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_text(title)}</title></head>",
    ]
    return "\n".join([*lines, "  <body>", *_written(top, "    "), "  </body>", "</opml>", ""])


_Folder = dict["str | tuple[str]", "Subscription | _Folder"]
"""Subscriptions by address and folders by name; a name stands in a tuple, so that none is taken for an address."""


def _outlines(data: bytes, subject: str) -> Iterator[Subscription]:
    path: list[str | None] = []
    root = ""
    for nesting, name, values in events(data, subject):
        root = root or (name if nesting > 0 else "")
        if root.lower() not in ("", "opml"):
            raise IntakeError("it is no OPML file", subject, "export the subscriptions as OPML")
        if name != "outline" or not nesting:
            continue
        if nesting < 0:
            path.pop()
            continue
        title = one_line(values.get("text") or values.get("title") or "")
        url = values.get("xmlUrl", "").strip()
        if is_url(url):
            site = values.get("htmlUrl", "").strip()
            folder = tuple(part for part in path if part)
            yield Subscription(url, title, site if is_url(site) else "", folder)
        path.append(None if url else title)


def _written(folder: _Folder, indent: str) -> Iterator[str]:
    for key, inside in folder.items():
        if isinstance(inside, Subscription):
            title = _quoted(clean(inside.title) or inside.url)
            site = f" htmlUrl={_quoted(inside.site)}" if inside.site else ""
            yield f'{indent}<outline type="rss" text={title} title={title} xmlUrl={_quoted(inside.url)}{site}/>'
        else:
            yield f"{indent}<outline text={_quoted(key[0])}>"
            yield from _written(inside, indent + "  ")
            yield f"{indent}</outline>"


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


def _text(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """`text` on one line, without the characters that XML cannot hold."""
    kept = "".join(" " if character < " " or character in "\ufffe\uffff" else character for character in text)
    return one_line(kept.encode("utf-8", "replace").decode())
