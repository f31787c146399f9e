"""Names for exported files: safe on every file system, the same each time, never outside their folder."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from store.export import front_matter

LONGEST_NAME = 120
"""Bytes of a name without its ending; file systems take 255, synced folders and encrypted ones less."""
MOST_FILES = 20_000
"""How many files are looked at for an earlier export."""
HEAD = 4096
"""Bytes of a file within which its front matter must end."""

_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def safe_name(title: str, fallback: str) -> str:
    """`title` as a file name without its ending.

    What Windows, macOS or Obsidian's links refuse becomes a blank; it is no longer than `LONGEST_NAME` bytes in UTF-8,
    never hidden, never a device's name (`CON`), and `fallback` where nothing remains.
    """
    name = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", title)).split()).strip(". ")
    name = name.encode()[:LONGEST_NAME].decode(errors="ignore").strip(". ")
    if not name:
        return fallback
    return f"{name} {fallback}" if _RESERVED.fullmatch(name) else name


def place(folder: Path, title: str, id_: str, suffix: str) -> Path:
    """Where in `folder` the article's export belongs: where it is already, else a free name made from its title.

    An earlier export is known by its front matter, so that it is found under any name and in any folder below.
    """
    for path in _files(folder, suffix):
        if _head_id(path) == id_:
            return path
    name = safe_name(title, id_)
    path = folder / f"{name}{suffix}"
    return folder / f"{name} ({id_}){suffix}" if path.exists() or path.is_symlink() else path


def by_id(folder: Path, title: str, id_: str, suffix: str) -> Path:
    """The same for files without front matter: their name carries the id, by which an earlier one is found."""
    ending = f"({id_}){suffix}"
    earlier = sorted(path for path in folder.glob("*") if path.name.endswith(ending)) if folder.is_dir() else []
    return earlier[0] if earlier else folder / f"{safe_name(title, 'briefing')} {ending}"


def _files(folder: Path, suffix: str) -> Iterator[Path]:
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            if name.endswith(suffix):
                yield Path(root, name)


def _head_id(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return front_matter.article_id(file.read(HEAD).decode(errors="replace"))
    except OSError:
        return None
