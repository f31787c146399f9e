"""What the reader put right, applied to what the machine made: an analysis and corrections in, an analysis out. Pure.

One module a pane, and one that reads a figure as it is typed. Where corrections are kept is the business of
`store.notebook` and `store.everywhere`; which of them an article has, `store.everywhere.corrections_for` says.
"""

from collections.abc import Iterable

from store import anchoring
from store.analysis import ACTOR_KINDS, NUMBER_KINDS, QUOTE_KINDS, Analysis
from store.annotation import Correction
from store.article import Article
from store.corrections import actors, numbers, quotes
from store.corrections.figure import read_figure
from store.errors import NotebookError
from store.spans import Span

_APPLY = {"actors": actors.apply, "numbers": numbers.apply, "quotes": quotes.apply}
_KINDS: dict[str, tuple[str, ...]] = {"actors": ACTOR_KINDS, "numbers": NUMBER_KINDS, "quotes": QUOTE_KINDS}
_KNOWN = {
    "actors": ("rename", "merge", "split", "reject", "add", "kind"),
    "numbers": ("set-value", "reject", "add", "kind"),
    "quotes": ("set-speaker", "reject", "add", "kind"),
}


def corrected(analysis: Analysis, corrections: Iterable[Correction], article: Article) -> Analysis:
    """`analysis` of `article` with what the reader put right: first what holds everywhere, then what holds here.

    Within each, in the order of making, so that the last word stands. A correction whose passage or name is not in
    this article, or that cannot be followed, changes nothing. What was put right has confidence 1; the actors' ids
    stay, new actors get new ones.
    """
    for one in sorted(corrections, key=lambda one: (one.scope == "here", one.created, one.id)):
        place = _place(one, article)
        if _can_be_followed(one) and (place is not None or one.scope == "everywhere"):
            analysis = _APPLY[one.pane](analysis, one, place, article)
    return analysis


def check(one: Correction) -> None:
    """See to it that `one` can be followed.

    Raises:
        NotebookError: the pane knows no such correction, or the value is not one for it.
    """
    if one.kind not in _KNOWN[one.pane]:
        raise NotebookError(f"{one.pane} know no {one.kind!r}", "", f"they know {', '.join(_KNOWN[one.pane])}")
    if one.scope == "everywhere" and one.pane == "numbers":
        raise NotebookError("a figure can be put right in its own article only", one.selector.exact)
    if one.kind == "kind" or (one.kind == "add" and one.pane == "actors"):
        if one.value not in _KINDS[one.pane]:
            raise NotebookError(f"there is no kind {one.value!r}", "", f"the kinds are {', '.join(_KINDS[one.pane])}")
    elif one.pane == "numbers" and one.kind != "reject":
        read_figure(one.value)
    elif one.kind in ("rename", "merge", "split") and not one.value.strip():
        raise NotebookError("a name needs some letters", one.name, "write one")


def _can_be_followed(one: Correction) -> bool:
    try:
        check(one)
    except NotebookError:
        return False  # a notes file that was edited by hand
    return True


def _place(one: Correction, article: Article) -> Span | None:
    """Where its passage stands; what holds everywhere goes by names in all other texts."""
    selector = one.selector
    if selector.version == article.text_hash and article.text[selector.start : selector.end] == selector.exact:
        return selector.start, selector.end
    if one.scope == "everywhere":
        return None
    found = anchoring.find(selector, article.text)
    return (found.start, found.end) if found else None
