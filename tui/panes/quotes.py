"""What a row of the quotes pane looks like, and in which orders the pane can be."""

from collections.abc import Sequence
from functools import partial

from store.analysis import Analysis, Quote
from tui.panes.actors import DOUBTFUL
from tui.panes.lines import Line, Piece, clean, spread, wrap
from tui.panes.row import MadeRows, Row, numbered

ORDERS = ("appearance", "speaker")
UNNAMED = "(not said by whom)"
_MOST_LINES = 5


def quote_rows(analysis: Analysis, text: str, order: str = "appearance") -> MadeRows:
    """A row for each quote of `text`, in one of `ORDERS`; in that of speakers a name stands above all that it said."""
    quotes, speakers = analysis.quotes, analysis.speaker_names(text)
    indexes: Sequence[int] = range(len(quotes))
    if order == "speaker":
        first = {speaker: index for index, speaker in reversed([*enumerate(speakers)])}
        indexes = sorted(indexes, key=lambda index: first[speakers[index]])

    def make(place: int) -> Row:
        index = indexes[place]
        quote, speaker = quotes[index], speakers[index]
        headed = order == "appearance" or not place or speaker != speakers[indexes[place - 1]]
        words = said(quote, text)
        draw = partial(quote_lines, quote, words, speaker if headed else "", headed)
        return Row(f"q{index}", draw, quote.spans, f"{speaker}: {words}" if speaker else words)

    return MadeRows(len(quotes), make, partial(numbered, indexes))


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
