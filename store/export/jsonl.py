"""JSON Lines: one object an article with all that is known of it, and how JSON reaches standard output at all."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from store.analysis import Analysis, extract_json, to_json
from store.annotation import Correction, Note
from store.annotation import to_json as annotation_json
from store.article import Article
from store.export import Export, Placed, in_order

_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def line(data: Any) -> str:
    """`data` as one line of JSON, with the newline.

    Letters of every script stay readable; what could act on a terminal, or is no character at all, is escaped.
    """
    text = json.dumps(data, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def pieces(exports: Iterable[Export]) -> Iterator[str]:
    """A line an article."""
    for export in exports:
        yield render(export.article, export.placed, export.notes, export.analysis, export.corrections)


def render(
    article: Article,
    placed: Iterable[Placed],
    notes: Iterable[Note],
    analysis: Analysis | None = None,
    corrections: Iterable[Correction] = (),
) -> str:
    """One line: the keys of `briefbook extract`, what else is known of the article, and what the reader made of it.

    That is "highlights", "notes" and "corrections". A highlight has, beside its own fields, "span" (null when its
    passage is gone) and "grade". Without `analysis` the keys "actors", "numbers" and "quotes" are missing.
    """
    head = extract_json(article, analysis or Analysis())
    if analysis is None:
        for key in to_json(Analysis()):
            del head[key]
    known = {name: getattr(article, name) for name in ("byline", "publisher", "published", "furniture")}
    highlights = [
        annotation_json(item.highlight) | {"span": item.span, "grade": item.grade} for item in in_order(placed)
    ]
    made = {"highlights": highlights, "notes": [*map(annotation_json, notes)]}
    return line(head | known | made | {"corrections": [*map(annotation_json, corrections)]})
