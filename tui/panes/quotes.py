"""What a row of the quotes pane looks like, and in which orders the pane can be."""

from functools import partial

from store.analysis import Analysis, Quote
from tui.panes.actors import DOUBTFUL
from tui.panes.lines import Line, Piece, clean, spread, wrap
from tui.panes.row import Row

ORDERS = ("appearance", "speaker")
UNNAMED = "(not said by whom)"
_MOST_LINES = 5


def quote_rows(analysis: Analysis, text: str, order: str = "appearance") -> list[Row]:
    """A row for each quote of `text`, in one of `ORDERS`."""
    named = [(index, quote, analysis.speaker_name(quote, text)) for index, quote in enumerate(analysis.quotes)]
    if order == "speaker":
        first: dict[str, int] = {}
        for index, _, speaker in named:
            first.setdefault(speaker, index)
        named.sort(key=lambda item: (first[item[2]], item[0]))
    rows, before = [], None
    for index, quote, speaker in named:
        heading = speaker if order == "appearance" or speaker != before else ""
        words = said(quote, text)
        draw = partial(quote_lines, quote, words, heading, order == "appearance" or speaker != before)
        rows.append(Row(f"q{index}", draw, quote.spans, f"{speaker}: {words}" if speaker else words))
        before = speaker
    return rows


def said(quote: Quote, text: str) -> str:
    """The words of `quote` in `text`: in quotation marks when direct, with an ellipsis where the cue stood."""
    pieces = [clean(text[start:end]) for start, end in quote.spans]
    return "“" + "” … “".join(pieces) + "”" if quote.kind == "direct" else " … ".join(pieces)


def quote_lines(quote: Quote, words: str, speaker: str, headed: bool, width: int) -> list[Line]:
    """The speaker, and beneath it the words."""
    body: list[Line] = [
        (("  ", ""), (line, "direct" if quote.kind == "direct" else "reported"))
        for line in wrap(words, width - 2, _MOST_LINES)
    ] or [(("  ", ""),)]
    if not headed:
        return body
    name: Piece = (clean(speaker), "speaker") if speaker else (UNNAMED, "dim")
    doubt: list[Piece] = [(" ?", "dim")] if quote.confidence < DOUBTFUL else []
    return [spread([name, *doubt, (" ", "")], [(quote.kind, "dim")], width), *body]
