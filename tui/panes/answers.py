"""What answers look like: an article with the searched words in context, and a highlight or note of any article."""

from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len

from store.contexts import Context
from store.errors import printable
from store.notes_index import Annotation
from store.search import Hit
from tui.panes.lines import Line, Piece, clean, spread, wrap, wrap_marked
from tui.panes.row import Row

HIT_HEIGHT = 4
NOTE_HEIGHT = 4
_EXCERPT_LINES = 2


def hit_rows(hits: Sequence[Hit]) -> list[Row]:
    """A row for each article; its place is where the first of the words stands."""
    return [
        Row(hit.entry.id, partial(hit_lines, hit), ((hit.context.start, hit.context.start),), hit.entry.title)
        for hit in hits
    ]


def hit_lines(hit: Hit, width: int) -> list[Line]:
    """The title, where and when, two lines of excerpt; always four lines."""
    entry = hit.entry
    sign: Piece = ("• ", "strip") if not entry.read else ("  ", "")
    known = " · ".join(clean(part) for part in (entry.published[:10], entry.publisher) if part)
    tags = "".join(f" #{clean(tag)}" for tag in entry.tags)
    title = (*wrap(clean(entry.title), width - 2 - cell_len(known) - 2, 1), "")[0]
    excerpt = [*excerpt_lines(hit.context, width - 2), (), ()][:_EXCERPT_LINES]
    head = spread([sign, (title, "name"), (tags, "tag")], [(f"  {known}", "dim")], width)
    return [head, *((("  ", ""), *line) for line in excerpt), ()]


def excerpt_lines(context: Context, width: int) -> list[Line]:
    """The excerpt in lines of at most `width` cells, the searched words set off."""
    return wrap_marked(printable(context.excerpt), context.marks, width, _EXCERPT_LINES, "dim", "marked-word")


def annotation_rows(annotations: Sequence[Annotation]) -> list[Row]:
    """A row for each highlight or note; its place is where it stood."""
    return [
        Row(f"{one.article} {one.id}", partial(annotation_lines, one), ((one.start, one.start),), one.text or one.quote)
        for one in annotations
    ]


def annotation_lines(one: Annotation, width: int) -> list[Line]:
    """The words that are marked, what was noted, and in which article and when; always four lines."""
    bar: Piece = ("▌ ", f"mark-{one.colour}") if one.is_highlight else ("  ", "")
    quoted: list[Line] = [(bar, (line, "marked")) for line in wrap(clean(one.quote), width - 2, 1 if one.text else 2)]
    noted: list[Line] = [(bar, (f"» {line}", "note")) for line in wrap(clean(one.text), width - 4, 1)]
    if not quoted:
        noted = [(bar, (f"» {line}", "note")) for line in wrap(clean(one.text), width - 4, 2)]
    tags = "".join(f" #{clean(tag)}" for tag in one.tags)
    beneath = spread([("  ", ""), (clean(one.title), "dim"), (tags, "tag")], [(f" {one.modified[:10]}", "dim")], width)
    lines: list[Line] = [*quoted, *noted][:2]
    return [*lines, *([()] * (2 - len(lines))), beneath, ()]
