"""Where reading stopped in an article, asked of the library's file without opening the library.

It is for what must be on the screen at once: opening the library takes 15 ms and may bring the file into a new form.
`store.library` keeps these places and has the last word; here nothing is written, and what cannot be told is the start.
"""

import contextlib
import sqlite3
from pathlib import Path

from store.article import Article


def place(library: Path, article: Article) -> int:
    """The code point where reading `article` stopped; 0 when it is new, or when the file does not say."""
    if not library.exists():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"{library.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as file:
            row = file.execute(_BY_SOURCE, (_source(article.source),)).fetchone()
            row = row or file.execute(_BY_TEXT, (article.text_hash,)).fetchone()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0


_BY_SOURCE = "SELECT a.position FROM sources s JOIN articles a ON a.number = s.article WHERE s.source = CAST(? AS TEXT)"
_BY_TEXT = (
    "SELECT a.position FROM versions v JOIN articles a ON a.number = v.article WHERE v.hash = ?"
    " ORDER BY a.version = v.hash DESC, a.number LIMIT 1"
)


def _source(source: str) -> bytes:
    if source.startswith(("http://", "https://")):
        from store.canonical import canonical

        source = canonical(source)
    return source.encode("utf-8", "surrogatepass")
