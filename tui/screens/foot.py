"""The lines around the reading: the article's head, the status line, and the line of keys. Drawn without layout."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import monotonic
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from store.article import Article
from tui.actions import Action, Keymap
from tui.keymaps import shown
from tui.panes.lines import Line, Piece, clean, fit, spread, width_of, wrap
from tui.toolkit import LazyLooks

_BAR = 10
_READ_AFTER = 6.0
"""Seconds after which a message may go."""
_LEAST_WORK = 12
"""Cells beside a message from which on it is also said what goes on."""
_MOST_ROWS = 5
"""Rows that a message may take."""
_STYLES = ("title", "key", "dim", "alert", "bar", "name", "tab", "tab-active")


class Lines(LazyLooks):
    """A few lines of styled pieces."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{name}" for name in _STYLES}
    ALLOW_SELECT = False

    def lines(self, width: int) -> Sequence[Line]:
        """What the widget says, each line in at most `width` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line at `y`, on the widget's background."""
        base = self.rich_style
        lines = self.lines(self.content_size.width)
        pieces = lines[y] if y < len(lines) else ()
        segments = [Segment(text, base + self._style(style)) for text, style in pieces]
        return Strip(segments).adjust_cell_length(self.content_size.width, base)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"line--{name}", partial=True) if name else Style()


class Head(Lines):
    """Title, and beneath it byline, publisher, date, length and source of the article."""

    article: Article | None = None
    sign = ""

    def show(self, article: Article, sign: str = "") -> None:
        """Show the head of `article`.

        Args:
            sign: what must be seen before all else that is known of it, in a few words.
        """
        self.article, self.sign = article, sign
        self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """Two lines; what does not fit gives way from the right."""
        if self.article is None:
            return []
        title, about = head_words(self.article)
        sign: list[Piece] = [(f"{self.sign} · ", "alert")] if self.sign else []
        return [((fit(title, width), "title"),), spread([*sign, (about, "dim")], [], width)]


def head_words(article: Article) -> tuple[str, str]:
    """The title, and what is known of the article beside it."""
    known = [f"By {article.byline}" if article.byline else "", article.publisher, article.published[:10]]
    known.append(f"{article.words:,} words, {article.minutes} min")
    known.append(article.source.rsplit("/", 1)[-1] if not article.source.startswith("http") else article.source)
    return clean(article.title), " · ".join(clean(part) for part in known if part)


class Tabs(Lines):
    """The four panes with their counts, the active one set off; for screens that show one pane at a time."""

    class Chosen(Message, namespace="tabs"):
        """A tab was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index
            """Which of the tabs, from 0."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tabs: Sequence[tuple[str, str, bool]] = ()
        self._ends: list[int] = []
        """The cell behind each tab, as they were drawn."""

    def show(self, tabs: Sequence[tuple[str, str, bool]]) -> None:
        """Show these `(key, words, active)`."""
        self._tabs = tabs
        self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """One line; when the room is short only the active one keeps its count."""
        for counted in (True, False):
            pieces: list[Piece] = []
            for key, words, active in self._tabs:
                name = words if counted or active else words.split()[0]
                pieces.append((f" {key} {name} ", "tab-active" if active else "tab"))
            if width_of(pieces) <= width:
                break
        self._ends = list(accumulate(width_of([piece]) for piece in pieces))
        return [spread(pieces, [], width)]

    def on_click(self, event: events.Click) -> None:
        """A click chooses a tab."""
        index = bisect_right(self._ends, event.x)
        if index < len(self._ends):
            self.post_message(self.Chosen(index))


class StatusLine(Lines):
    """What goes on, at the left; how far one has read, at the right.

    A message that is longer than the line stands on as many rows as it needs, first beside how far one has read, then
    without that; the screen makes room for it.
    """

    class Grown(Message, namespace="status_line"):
        """What is said takes that many rows now."""

        def __init__(self, rows: int) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.message = ""
        self.alert = False
        self._said = 0.0
        self.work = ""
        self.progress = 0.0
        self.place = ""
        self._rows = 1

    def say(self, message: str, alert: bool = False) -> None:
        """Show a message until the next one or until it was read; `alert` for what went wrong, which stays."""
        self.message, self.alert = message, alert
        self._said = monotonic()
        self._draw()
        if message and not alert:
            self.set_timer(_READ_AFTER + 0.1, self.fade)

    def fade(self) -> None:
        """Take a message away that has stood long enough to be read; what went wrong stays."""
        if self.message and not self.alert and monotonic() - self._said > _READ_AFTER:
            self.say("")

    def set_work(self, work: str) -> None:
        """Show what goes on in the background; empty for nothing."""
        if work != self.work:
            self.work = work
            self.refresh()

    def set_progress(self, progress: float, place: str) -> None:
        """Show how far one has read, 0 to 1, and where among the articles."""
        if (round(progress, 3), place) != (round(self.progress, 3), self.place):
            self.progress, self.place = progress, place
            self._draw()

    def on_resize(self) -> None:
        """Another width may take another number of rows."""
        self._draw()

    def _draw(self) -> None:
        self.refresh()
        width = self.content_size.width
        if width and (rows := len(self.lines(width))) != self._rows:
            self._rows = rows
            self.post_message(self.Grown(rows))

    def lines(self, width: int) -> Sequence[Line]:
        """One line; more when the message does not fit into it, and then nothing else that goes on."""
        message, style = clean(self.message), "alert" if self.alert else ""
        right = self._how_far()
        room = width - width_of(right) - 1
        left = room - width_of([(message, "")])
        if left >= 0:
            work = f"  {self.work}" if message and self.work else self.work
            work = fit(work, left) if left >= _LEAST_WORK else ""
            return [spread([(message, style), (work, "dim")], right, width)]
        beside = wrap(message, room, 3)
        if len(beside) > 2:
            return [((line, style),) for line in wrap(message, width, _MOST_ROWS)]
        return [spread([(line, style)], right if line is beside[0] else (), width) for line in beside]

    def _how_far(self) -> Sequence[Piece]:
        full = round(self.progress * _BAR)
        bar: list[Piece] = [("━" * full, "bar"), ("─" * (_BAR - full), "dim")]
        place = f"{self.place} " if self.place else ""
        return [(place, "dim"), (f"{round(self.progress * 100):>3}% ", "dim"), *bar]


class KeyLine(Lines):
    """Which keys are of use here."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shown: list[tuple[str, str]] = []

    def show(self, actions: Sequence[Action], keys: Keymap) -> None:
        """Show these actions with their first keys."""
        pairs = [(shown(keys[action.id][0]), action.label) for action in actions if keys[action.id]]
        if pairs != self._shown:
            self._shown = pairs
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """As many as fit, in order."""
        pieces: list[Piece] = []
        for key, label in self._shown:
            more: list[Piece] = [(f" {key}", "key"), (f" {label} ", "dim")]
            if width_of([*pieces, *more]) > width:
                break
            pieces.extend(more)
        return [tuple(pieces)]
