"""JSON Lines: one object an article with all that is known of it, and how JSON reaches standard output at all."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from store.analysis import Analysis, extract_json, to_json
from store.annotation import to_json as annotation_json
from store.export import Export

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def line(data: Any) -> str:
    """`data` as one line of JSON, with the newline.

    Letters of every script stay readable; what could act on a terminal, or is no character at all, is escaped.
    """
    text = json.dumps(data, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """A line an article."""
    yield from map(render, exports)


def render(export: Export) -> str:
    """One line: the keys of `briefbook extract`, what else is known of the article, and what the reader made of it.

    That is "tags", the article's own, "highlights", "notes" and "corrections". A highlight has, beside its own fields,
    "span" (null when its passage is gone) and "grade". Without an analysis the keys "actors", "numbers" and "quotes"
    are missing.
    """
    article = export.article
    head = extract_json(article, export.analysis or Analysis())
    if export.analysis is None:
        for key in to_json(Analysis()):
            del head[key]
    known = {name: getattr(article, name) for name in ("byline", "publisher", "published", "furniture")}
    highlights = [annotation_json(item.highlight) | {"span": item.span, "grade": item.grade} for item in export.placed]
    made = {"tags": export.tags, "highlights": highlights, "notes": [*map(annotation_json, export.notes)]}
    return line(head | known | made | {"corrections": [*map(annotation_json, export.corrections)]})
